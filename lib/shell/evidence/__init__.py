"""The parts of the Evidence page."""
