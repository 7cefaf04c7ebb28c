"""The parts of the Prompts page."""
