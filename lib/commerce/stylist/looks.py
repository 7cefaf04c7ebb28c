"""What words look like: a colour's value, a cloth and a garment of the atelier; and how alike two values are."""

from __future__ import annotations

import math
from functools import lru_cache

from lib.atelier.colours.names import find_name
from lib.commerce.stylist.reading.values import SHADES
from lib.errors import NotFound
from lib.vocabulary import concept

#: Colours of the vocabulary under a name that the atelier's list doesn't have.
HEX = {
    "white": "#FDFDFB", "optic_white": "#FFFFFF", "milk": "#FBF7EC", "wool_white": "#F3EEDF", "linen_colour": "#D9CBB0",
    "chestnut": "#6B3A23", "brown": "#5F4331", "espresso": "#3B2A22", "mocha": "#7A5C49", "mink": "#8A7465",
    "cinnamon": "#9C5A33", "brick": "#9B4534", "copper": "#A8643A", "bronze": "#7D6235", "silver": "#B9BBBD",
    "palladium": "#A9A9A6", "gunmetal": "#4A4F54", "grey": "#8C8C8A", "grey_melange": "#9A9A98", "pebble": "#A39C90",
    "smoke": "#848884", "midnight": "#191F3A", "blue": "#2F5AA8", "ice_blue": "#CFE3EC", "denim_blue": "#4A6A8C",
    "aqua": "#7FC6C3", "storm_blue": "#4F6276", "green": "#3E7A4E", "fir_green": "#1F4433", "almond_green": "#A9B88F",
    "anise": "#B5C34A", "yellow": "#E8C53A", "straw_yellow": "#E2CF8A", "blush": "#E6BDB4", "dusty_rose": "#C4958F",
    "cotton_candy": "#F0B8CB", "red": "#B5252B", "scarlet": "#C62B22", "parma": "#9A86B5", "natural": "#DCCFB4",
    "tortoiseshell": "#6E4A2A", "multicolour": "#B8746A", "black": "#242427", "navy": "#1F2B47", "bright": "#D8423A",
}  # fmt: skip
UNKNOWN = "#B5AFA4"
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
CLOTHS = {
    "silk": "satin", "satin": "satin", "silk_satin": "satin", "linen": "linen", "denim": "denim", "tweed": "tweed",
    "jersey": "jersey", "viscose": "jersey", "lyocell": "jersey", "merino": "jersey", "cashmere": "jersey",
    "lambswool": "rib_knit", "mohair": "boucle", "alpaca": "boucle", "boucle": "boucle", "knit": "rib_knit",
    "velvet": "velvet", "corduroy": "corduroy", "lace": "lace", "leather": "leather", "calfskin": "leather",
    "grained_leather": "leather", "smooth_leather": "leather", "nappa": "leather", "suede": "velvet",
    "chambray": "chambray", "oxford": "chambray", "twill": "twill", "gabardine": "twill", "flannel": "twill",
    "wool": "twill", "double_faced_wool": "twill", "canvas": "linen", "cupro": "satin", "shearling": "boucle",
}  # fmt: skip
PRINTS = {
    "stripes": "stripe", "breton": "stripe", "pinstripes": "stripe", "check": "check", "gingham": "check",
    "windowpane": "tartan", "tartan": "tartan", "prince_of_wales": "tartan", "houndstooth": "houndstooth",
    "dots": "dot", "floral": "floral", "paisley": "paisley", "geometric": "ikat", "argyle": "ikat",
    "cable_knit": "cable_knit", "rib_knit": "rib_knit", "moss_stitch": "rib_knit",
}  # fmt: skip


@lru_cache(maxsize=2_000)
def hex_of(colour: str) -> str:
    """A colour value as '#RRGGBB'; a warm grey for words that nobody knows."""
    if colour in SHADES:
        return SHADES[colour][2]
    if colour in HEX:
        return HEX[colour]
    try:
        named = concept(colour).en.noun
    except NotFound:
        named = colour.replace("_", " ")
    found = find_name(named) or find_name(named.split()[-1])
    return found.hex if found else UNKNOWN


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
