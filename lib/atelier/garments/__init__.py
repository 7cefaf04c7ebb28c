"""Garments by their options, drawn flat, front and back, as a technical designer would."""

from lib.atelier.garments.build import flat
from lib.atelier.garments.model import LAYERS, Flat, Garment, Shape, View, combinations, options
from lib.atelier.garments.options import KINDS
from lib.atelier.garments.sheet import picture, svg
from lib.atelier.garments.sizes import SIZES, Measures, measures

__all__ = [
    "KINDS",
    "LAYERS",
    "SIZES",
    "Flat",
    "Garment",
    "Measures",
    "Shape",
    "View",
    "combinations",
    "flat",
    "measures",
    "options",
    "picture",
    "svg",
]
