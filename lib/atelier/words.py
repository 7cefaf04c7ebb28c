"""What the vocabulary's words look like when the atelier draws them: a colour's value, a cloth, a print.

Keys are ids of ``lib.vocabulary``; a use case whose customers mean something else by a word keeps that word itself.
"""

from __future__ import annotations

from functools import lru_cache

from lib.atelier.colours.names import find_name
from lib.errors import NotFound
from lib.vocabulary import concept

#: Colours of the vocabulary that the atelier's list has under no such name; values chosen for the words.
COLOURS = {
    "white": "#FDFDFB", "optic_white": "#FFFFFF", "milk": "#FBF7EC", "wool_white": "#F3EEDF", "linen_colour": "#D9CBB0",
    "chestnut": "#6B3A23", "brown": "#5F4331", "espresso": "#3B2A22", "mocha": "#7A5C49", "mink": "#8A7465",
    "cinnamon": "#9C5A33", "brick": "#9B4534", "copper": "#A8643A", "bronze": "#7D6235", "silver": "#B9BBBD",
    "palladium": "#A9A9A6", "gunmetal": "#4A4F54", "grey": "#8C8C8A", "grey_melange": "#9A9A98", "pebble": "#A39C90",
    "smoke": "#848884", "midnight": "#191F3A", "blue": "#2F5AA8", "ice_blue": "#CFE3EC", "denim_blue": "#4A6A8C",
    "aqua": "#7FC6C3", "storm_blue": "#4F6276", "green": "#3E7A4E", "fir_green": "#1F4433", "almond_green": "#A9B88F",
    "anise": "#B5C34A", "yellow": "#E8C53A", "straw_yellow": "#E2CF8A", "blush": "#E6BDB4", "dusty_rose": "#C4958F",
    "cotton_candy": "#F0B8CB", "red": "#B5252B", "scarlet": "#C62B22", "parma": "#9A86B5", "natural": "#DCCFB4",
    "tortoiseshell": "#6E4A2A", "multicolour": "#B8746A", "black": "#242427", "navy": "#1F2B47",
}  # fmt: skip
UNKNOWN = "#B5AFA4"  # a warm grey for a word that nobody knows
CLOTHS = {
    "silk": "satin", "satin": "satin", "silk_satin": "satin", "acetate": "satin", "taffeta": "satin", "cupro": "satin",
    "linen": "linen", "hemp": "linen", "ramie": "linen", "canvas": "linen", "denim": "denim", "tweed": "tweed",
    "jersey": "jersey", "viscose": "jersey", "lyocell": "jersey", "modal": "jersey", "merino": "jersey",
    "cashmere": "jersey", "lambswool": "rib_knit", "knit": "rib_knit", "mohair": "boucle", "alpaca": "boucle",
    "boucle": "boucle", "felt": "boucle", "shearling": "boucle", "velvet": "velvet", "suede": "velvet",
    "corduroy": "corduroy", "lace": "lace", "broderie_anglaise": "lace", "leather": "leather", "calfskin": "leather",
    "grained_leather": "leather", "smooth_leather": "leather", "nappa": "leather", "lambskin": "leather",
    "chambray": "chambray", "oxford": "chambray", "twill": "twill", "gabardine": "twill", "flannel": "twill",
    "wool": "twill", "virgin_wool": "twill", "double_faced_wool": "twill", "wool_cloth": "twill",
    "silk_twill": "twill", "sequins": "sequins",
}  # fmt: skip
PRINTS = {
    "stripes": "stripe", "breton": "stripe", "pinstripes": "stripe", "check": "check", "gingham": "check",
    "windowpane": "tartan", "tartan": "tartan", "prince_of_wales": "tartan", "houndstooth": "houndstooth",
    "dots": "dot", "floral": "floral", "paisley": "paisley", "geometric": "ikat", "abstract": "ikat", "argyle": "ikat",
    "ikat": "ikat", "camouflage": "camouflage", "cable_knit": "cable_knit", "rib_knit": "rib_knit",
    "moss_stitch": "rib_knit", "chunky_knit": "rib_knit",
}  # fmt: skip
#: The repeat of a pattern whose print comes larger by itself, in cm.
REPEATS = {"breton": 1.6, "pinstripes": 1.0, "stripes": 2.4, "dots": 2.6, "houndstooth": 2.2, "check": 2.0}


@lru_cache(maxsize=2_000)
def hex_of(colour: str) -> str:
    """A colour's id as '#RRGGBB'; where the list knows no such name, its last word's: 'light olive' as 'olive'."""
    if colour in COLOURS:
        return COLOURS[colour]
    try:
        named = concept(colour).en.noun
    except NotFound:
        named = colour.replace("_", " ")
    found = find_name(named) or find_name(named.rpartition(" ")[2])
    return found.hex if found else UNKNOWN
