"""Colours: one colour, colour spaces, a list of names in two languages, contrast and how colour-blind people see.

The list of names is ``names.tsv``: made for this product and free for any use. ``spaces`` says which standards the
arithmetic follows, ``vision`` which studies.
"""

from lib.atelier.colours.colour import Colour
from lib.atelier.colours.names import NamedColour, colour_list, find_name, nearest_name
from lib.atelier.colours.spaces import difference, lab_from_rgb, lch_from_lab, rgb_from_lab
from lib.atelier.colours.vision import VISIONS, contrast, luminance, passes_contrast, simulate

__all__ = [
    "VISIONS",
    "Colour",
    "NamedColour",
    "colour_list",
    "contrast",
    "difference",
    "find_name",
    "lab_from_rgb",
    "lch_from_lab",
    "luminance",
    "nearest_name",
    "passes_contrast",
    "rgb_from_lab",
    "simulate",
]
