"""What a brief may ask for: garments with their options, and pieces in three dimensions with theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lib.atelier.fabrics import KINDS as FABRICS
from lib.atelier.garments import KINDS as GARMENTS
from lib.atelier.garments.options import OPTIONS

METALS: Final = (
    "gold_18k_yellow",
    "gold_18k_rose",
    "gold_18k_white",
    "platinum_950",
    "silver_925",
    "brass",
    "steel_316l",
    "titanium_5",
    "aluminium",
)
WOODS: Final = ("white_oak", "white_ash", "beech", "sugar_maple", "black_cherry", "black_walnut")
STONES: Final = ("diamond", "sapphire", "ruby", "emerald", "amethyst", "onyx")
ACETATES: Final = ("acetate_tortoise", "acetate_black", "acetate_honey")
PRECIOUS: Final = METALS[:5]

#: What each piece in three dimensions can be had with, the usual value first.
SOLIDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "ring": {
        "setting": ("solitaire", "bezel", "halo", "trilogy", "eternity", "signet", "none"),
        "section": ("court", "flat", "round"),
        "metal": PRECIOUS,
        "stone": STONES,
    },
    "pendant": {"shape": ("drop", "disc", "heart", "bar", "stone"), "metal": PRECIOUS, "stone": STONES},
    "earring": {"shape": ("hoop", "stud", "drop"), "metal": PRECIOUS, "stone": STONES},
    "bracelet": {"shape": ("bangle", "cuff", "chain", "tennis"), "metal": PRECIOUS, "stone": STONES},
    "frame": {
        "shape": ("panto", "round", "rectangle", "cat_eye", "aviator"),
        "material": (*ACETATES, "titanium_5", "steel_316l"),
    },
    "chair": {"material": WOODS},
    "stool": {"legs": ("4", "3"), "material": WOODS, "metal": ("brass", "steel_316l", "aluminium")},
    "table": {"top": ("oval", "round", "rectangle"), "base": ("legs", "pedestal"), "material": WOODS},
    "lamp": {"stand": ("table", "floor"), "metal": ("brass", "steel_316l", "aluminium")},
}
KINDS: Final = (*GARMENTS, *SOLIDS)
#: Models that carry no stone: the attribute that says so, and its values.
STONELESS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "ring": ("setting", ("signet", "none")),
    "pendant": ("shape", ("drop", "heart", "bar")),
    "earring": ("shape", ("hoop",)),
    "bracelet": ("shape", ("bangle", "cuff", "chain")),
}

#: Fabrics by what the eye takes them for: a cloth, or something printed or woven in.
CLOTHS: Final = tuple(name for name, kind in FABRICS.items() if kind.family != "print")
PRINTS: Final = tuple(name for name, kind in FABRICS.items() if kind.family == "print")


def offered(kind: str) -> Mapping[str, tuple[str, ...]]:
    """What a piece can be had with: attribute to values, the usual one first; empty where the kind isn't known yet."""
    if kind in SOLIDS:
        return SOLIDS[kind]
    return {**OPTIONS.get(kind, {}), "fabric": CLOTHS, "print": (*PRINTS, "none")}


def choices(kind: str, options: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """What is left to choose of a piece in three dimensions with these options: a hoop has no stone."""
    attribute, bare = STONELESS.get(kind, ("", ()))
    hidden = ("stone",) if options.get(attribute) in bare else ()
    return {name: values for name, values in SOLIDS[kind].items() if name not in hidden}


def everything() -> Mapping[str, frozenset[str]]:
    """Every attribute with all values that any piece can have."""
    found: dict[str, set[str]] = {"fabric": set(CLOTHS), "print": {*PRINTS, "none"}}
    for parts in (*OPTIONS.values(), *SOLIDS.values()):
        for name, values in parts.items():
            found.setdefault(name, set()).update(values)
    return {name: frozenset(values) for name, values in found.items()}
