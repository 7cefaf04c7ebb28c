"""The parts of the Engines page."""
