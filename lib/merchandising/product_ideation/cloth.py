"""Values of a line as the atelier's colours, cloths and prints."""

from __future__ import annotations

from functools import lru_cache

from lib.atelier.colours.names import find_name
from lib.errors import NotFound
from lib.vocabulary import concept

# The vocabulary's colours that the atelier's list has under no such name; values chosen for the words.
HEX = {
    "black": "#242427", "white": "#FDFDFB", "optic_white": "#FFFFFF", "milk": "#FBF7EC", "wool_white": "#F3EEDF",
    "linen_colour": "#D9CBB0",
    "chestnut": "#6B3A23", "brown": "#5F4331", "espresso": "#3B2A22", "mocha": "#7A5C49", "mink": "#8A7465",
    "cinnamon": "#9C5A33", "brick": "#9B4534", "copper": "#A8643A", "bronze": "#7D6235", "silver": "#B9BBBD",
    "palladium": "#A9A9A6", "gunmetal": "#4A4F54", "grey": "#8C8C8A", "grey_melange": "#9A9A98", "pebble": "#A39C90",
    "smoke": "#848884", "midnight": "#191F3A", "blue": "#2F5AA8", "ice_blue": "#CFE3EC", "denim_blue": "#4A6A8C",
    "aqua": "#7FC6C3", "storm_blue": "#4F6276", "green": "#3E7A4E", "fir_green": "#1F4433", "almond_green": "#A9B88F",
    "anise": "#B5C34A", "yellow": "#E8C53A", "straw_yellow": "#E2CF8A", "blush": "#E6BDB4", "dusty_rose": "#C4958F",
    "cotton_candy": "#F0B8CB", "red": "#B5252B", "scarlet": "#C62B22", "parma": "#9A86B5", "natural": "#DCCFB4",
    "tortoiseshell": "#6E4A2A", "multicolour": "#B8746A", "ink": "#22304F", "navy": "#1F2B47", "sage": "#8E9C80",
}  # fmt: skip
FABRICS = {
    "silk": "satin", "satin": "satin", "silk_satin": "satin", "acetate": "satin", "taffeta": "satin",
    "linen": "linen",
    "hemp": "linen", "ramie": "linen", "denim": "denim", "tweed": "tweed", "jersey": "jersey", "viscose": "jersey",
    "lyocell": "jersey", "modal": "jersey", "merino": "jersey", "cashmere": "jersey", "lambswool": "rib_knit",
    "mohair": "boucle", "alpaca": "boucle", "boucle": "boucle", "knit": "rib_knit", "velvet": "velvet",
    "corduroy": "corduroy", "lace": "lace", "broderie_anglaise": "lace", "leather": "leather", "calfskin": "leather",
    "nappa": "leather", "lambskin": "leather", "suede": "velvet", "chambray": "chambray", "oxford": "chambray",
    "twill": "twill", "gabardine": "twill", "flannel": "twill", "wool": "twill", "virgin_wool": "twill",
    "double_faced_wool": "twill", "wool_cloth": "twill", "silk_twill": "twill", "canvas": "linen", "felt": "boucle",
    "sequins": "sequins", "shearling": "boucle",
}  # fmt: skip
PRINTS = {
    "stripes": "stripe", "breton": "stripe", "pinstripes": "stripe", "check": "check", "gingham": "check",
    "windowpane": "tartan", "tartan": "tartan", "prince_of_wales": "tartan", "houndstooth": "houndstooth",
    "dots": "dot", "floral": "floral", "paisley": "paisley", "geometric": "ikat", "abstract": "ikat",
    "camouflage": "camouflage",
    "cable_knit": "cable_knit", "rib_knit": "rib_knit", "chunky_knit": "rib_knit", "ikat": "ikat",
}  # fmt: skip
SMALL = {"breton": 1.6, "pinstripes": 1.0, "stripes": 2.4, "dots": 2.6, "houndstooth": 2.2, "check": 2.0}  # cm


@lru_cache(maxsize=2_000)
def colour_hex(colour: str) -> str:
    """A colour value as '#RRGGBB'; a warm grey for a word that nobody knows."""
    if colour in HEX:
        return HEX[colour]
    try:
        named = concept(colour).en.noun
    except NotFound:
        named = colour
    found = find_name(named) or find_name(named.replace("_", " "))
    return found.hex if found else "#B5AFA4"
