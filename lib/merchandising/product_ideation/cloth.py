"""Values of a line as the atelier's colours, cloths and prints."""

from __future__ import annotations

from lib.atelier import words
from lib.atelier.words import CLOTHS as FABRICS
from lib.atelier.words import PRINTS
from lib.atelier.words import REPEATS as SMALL

__all__ = ["FABRICS", "HEX", "PRINTS", "SMALL", "colour_hex"]

HEX = {"ink": "#22304F", "sage": "#8E9C80"}  # as the house's line means them


def colour_hex(colour: str) -> str:
    """A colour value as '#RRGGBB'; a warm grey for a word that nobody knows."""
    return HEX.get(colour) or words.hex_of(colour)
