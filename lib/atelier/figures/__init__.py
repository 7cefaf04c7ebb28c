"""Croquis: people of different sizes, skin tones, ages and abilities, with the landmarks on which garments drape."""

from lib.atelier.figures.croquis import LAYERS, Figure, figure, png, svg
from lib.atelier.figures.people import HAIR_COLOURS, HAIRS, POSES, PROSTHESES, Person
from lib.atelier.figures.sizes import SIZES, Measures, measures
from lib.atelier.figures.tones import MONK

__all__ = [
    "HAIRS",
    "HAIR_COLOURS",
    "LAYERS",
    "MONK",
    "POSES",
    "PROSTHESES",
    "SIZES",
    "Figure",
    "Measures",
    "Person",
    "figure",
    "measures",
    "png",
    "svg",
]
