"""Sketch to design: a sentence, a sketch, a mood board or several together become designs."""
