"""The building blocks of the page Sketch to design."""
