"""The parts of the bulk benches: their tasks, a server that answers fast, and the sides that are compared."""
