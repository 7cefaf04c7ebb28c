"""The parts of the page Beauty formulation."""
