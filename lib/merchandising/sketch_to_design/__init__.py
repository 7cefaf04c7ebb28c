"""Sketch to design: a sentence, a sketch, a mood board or several together become variants, tech sheets and 3D pieces."""
