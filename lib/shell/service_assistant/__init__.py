"""The parts of the service assistant's page."""
