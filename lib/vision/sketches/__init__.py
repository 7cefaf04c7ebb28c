"""Sketches seen: the page in a photo, its lines, the regions that they enclose, what each of them is.

``read_sketch`` takes the pixels of a photo, a scan or a drawing made on screen; ``read_drawing`` takes an SVG and keeps
its paths.
"""

from lib.vision.sketches.model import ROLES, Box, Drawn, Guess, Note, Region, Sketch
from lib.vision.sketches.reading import Settings, read_drawing, read_sketch, regions_at

__all__ = [
    "ROLES",
    "Box",
    "Drawn",
    "Guess",
    "Note",
    "Region",
    "Settings",
    "Sketch",
    "read_drawing",
    "read_sketch",
    "regions_at",
]
