"""The parts of the page Automatic checks."""
