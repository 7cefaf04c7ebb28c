"""The parts of the Review queue page."""
