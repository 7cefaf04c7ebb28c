"""What words look like: a colour's value, a cloth and a garment of the atelier; and how alike two values are."""

from __future__ import annotations

import math
from functools import lru_cache

from lib.atelier import words
from lib.atelier.words import CLOTHS, PRINTS
from lib.commerce.stylist.reading.values import SHADES

__all__ = ["PRINTS", "cloth_of", "colours_apart", "hex_of", "lab_of", "likeness"]

#: Colours that comments name, beside those of the vocabulary.
SAID = {"bright": "#D8423A"}
NEAR_COLOUR = 12.0  # CIEDE2000 at which a liking has lost 40% of its say: two neighbours on a colour card
#: Cloths that feel alike: a liking of one says half as much of the others.
FAMILIES = (
    {"wool", "virgin_wool", "merino", "lambswool", "shetland", "cashmere", "mohair", "alpaca", "angora", "camel_hair",
     "wool_cloth", "double_faced_wool", "flannel", "tweed", "boucle", "felt", "knit"},
    {"silk", "silk_satin", "silk_crepe", "silk_twill", "satin", "chiffon", "silk_chiffon", "cupro", "organza"},
    {"cotton", "organic_cotton", "pima", "poplin", "oxford", "chambray", "canvas", "denim", "corduroy", "jersey",
     "twill", "seersucker", "gabardine"},
    {"linen", "hemp", "ramie"},
    {"leather", "calfskin", "grained_leather", "smooth_leather", "patent_leather", "nappa", "lambskin", "goatskin"},
    {"suede", "nubuck", "velvet", "shearling"},
    {"viscose", "lyocell", "modal", "crepe", "acetate"},
    {"polyester", "polyamide", "acrylic", "technical", "recycled_polyester", "recycled_polyamide"},
)  # fmt: skip
SAME_FAMILY = 0.5
SCALES = {"fit": ("tight", "straight", "loose"), "length": ("short", "midi", "long")}
ONE_STEP = 0.25  # what a liking of 'midi' says of its neighbours on the scale


@lru_cache(maxsize=2_000)
def hex_of(colour: str) -> str:
    """A colour value as '#RRGGBB'; a warm grey for words that nobody knows."""
    if colour in SHADES:
        return SHADES[colour][2]
    return SAID.get(colour) or words.hex_of(colour)


@lru_cache(maxsize=2_000)
def lab_of(colour: str) -> tuple[float, float, float]:
    """A colour value in CIELAB."""
    from lib.atelier.colours import Colour

    light, green_red, blue_yellow = Colour(hex_of(colour)).lab
    return float(light), float(green_red), float(blue_yellow)


@lru_cache(maxsize=40_000)
def colours_apart(one: str, two: str) -> float:
    """The difference of two colour values (CIEDE2000; Sharma, Wu and Dalal 2005)."""
    import numpy as np

    from lib.atelier.colours import difference

    return float(difference(np.array(lab_of(one)), np.array(lab_of(two))))


@lru_cache(maxsize=100_000)
def likeness(aspect: str, one: str, two: str) -> float:
    """How much of what is said of one value holds for another: 1 for the same, 0 for strangers."""
    if one == two:
        return 1.0
    if not one or not two:
        return 0.0
    if aspect == "colour":
        return math.exp(-((colours_apart(one, two) / NEAR_COLOUR) ** 2) / 2)
    if aspect == "fabric":
        return SAME_FAMILY if any(one in family and two in family for family in FAMILIES) else 0.0
    scale = SCALES.get(aspect, ())
    if one in scale and two in scale:
        return ONE_STEP if abs(scale.index(one) - scale.index(two)) == 1 else 0.0
    return 0.0


def cloth_of(fabrics: tuple[str, ...]) -> str:
    """The atelier's cloth for a piece's fabrics."""
    from lib.atelier.fabrics import KINDS

    return next((CLOTHS[one] for one in fabrics if CLOTHS.get(one) in KINDS), "plain_weave")
