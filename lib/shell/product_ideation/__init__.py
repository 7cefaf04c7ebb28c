"""The parts of the product ideation page."""
