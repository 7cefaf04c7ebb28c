"""A piece in three dimensions: from words and sliders to a closed solid with volume, weight and cost."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from lib.errors import InputError
from lib.i18n import N_, number, translate
from lib.merchandising.sketch_to_design.pieces import ACETATES, PRECIOUS, SOLIDS, STONES, WOODS, choices
from lib.merchandising.sketch_to_design.wish import PieceWish

if TYPE_CHECKING:
    from lib.atelier.solids import Piece, Price

VERSION: Final = "2"
OUT_OF_RANGE: Final = N_(
    "{what}: {value} {unit} can’t be made. Ask for {low} to {high} {unit}; until then it is {usual} {unit}."
)
#: Options that name a material.
MADE_OF: Final = ("metal", "stone", "material")


@dataclass(frozen=True)
class Dimension:
    """A slider: its name (a message id), range, step and usual value in ``unit``."""

    name: str
    label: str
    low: float
    high: float
    step: float
    usual: float
    unit: str = "mm"


_WIDTH, _HEIGHT, _THICK = N_("Width"), N_("Height"), N_("Thickness")
DIMENSIONS: Final[Mapping[str, tuple[Dimension, ...]]] = {
    "ring": (
        Dimension("size", N_("Size (inner circumference)"), 44, 70, 1, 52),
        Dimension("width", _WIDTH, 1.4, 10, 0.2, 2.4),
        Dimension("thickness", _THICK, 1.0, 3.6, 0.1, 1.7),
        Dimension("stone_mm", N_("Stone’s diameter"), 1.4, 11, 0.1, 6.0),
    ),
    "pendant": (Dimension("height", _HEIGHT, 8, 60, 1, 18),),
    "earring": (
        Dimension("size", N_("Size"), 6, 60, 1, 22),
        Dimension("thickness", _THICK, 1.2, 2.4, 0.1, 2.2),
    ),
    "bracelet": (
        Dimension("girth", N_("Girth"), 140, 220, 5, 180),
        Dimension("width", _WIDTH, 2, 40, 1, 8),
        Dimension("thickness", _THICK, 1.2, 8, 0.2, 3),
    ),
    "frame": (
        Dimension("lens", N_("Lens width"), 40, 62, 1, 50),
        Dimension("bridge", N_("Bridge"), 14, 26, 1, 20),
        Dimension("temple", N_("Temple"), 125, 155, 5, 145),
        Dimension("rim", N_("Rim"), 1.6, 6, 0.2, 3.2),
        Dimension("thickness", _THICK, 2, 7, 0.2, 4),
    ),
    "chair": (
        Dimension("width", _WIDTH, 380, 680, 10, 470),
        Dimension("depth", N_("Depth"), 380, 640, 10, 460),
        Dimension("seat_height", N_("Seat height"), 380, 520, 10, 450),
        Dimension("height", _HEIGHT, 740, 1100, 10, 800),
        Dimension("leg", N_("Leg’s thickness"), 26, 56, 2, 36),
    ),
    "stool": (
        Dimension("height", _HEIGHT, 380, 820, 10, 650),
        Dimension("seat", N_("Seat"), 280, 440, 10, 340),
        Dimension("leg", N_("Leg’s thickness"), 24, 56, 2, 32),
    ),
    "table": (
        Dimension("length", N_("Length"), 500, 2800, 20, 1600),
        Dimension("width", _WIDTH, 420, 1400, 20, 900),
        Dimension("height", _HEIGHT, 360, 1080, 10, 740),
        Dimension("thickness", _THICK, 18, 56, 2, 28),
    ),
    "lamp": (
        Dimension("height", _HEIGHT, 300, 700, 10, 520),
        Dimension("shade", N_("Shade’s diameter"), 160, 600, 10, 320),
    ),
}
#: A floor lamp stands higher.
FLOOR_LAMP: Final = (
    Dimension("height", _HEIGHT, 1200, 1800, 10, 1500),
    Dimension("shade", N_("Shade’s diameter"), 240, 700, 10, 420),
)

#: Starting prices of the demo house, invented for it, in its currency; every house sets its own.
PRICES: Final[Mapping[str, tuple[float, str]]] = {
    "gold_18k_yellow": (72.0, "g"),
    "gold_18k_rose": (71.0, "g"),
    "gold_18k_white": (78.0, "g"),
    "platinum_950": (36.0, "g"),
    "silver_925": (1.1, "g"),
    "brass": (14.0, "kg"),
    "steel_316l": (7.5, "kg"),
    "titanium_5": (48.0, "kg"),
    "aluminium": (6.0, "kg"),
    "white_oak": (4.2, "dm3"),
    "white_ash": (3.4, "dm3"),
    "beech": (2.6, "dm3"),
    "sugar_maple": (3.6, "dm3"),
    "black_cherry": (4.8, "dm3"),
    "black_walnut": (7.2, "dm3"),
    "diamond": (2400.0, "ct"),
    "sapphire": (900.0, "ct"),
    "ruby": (1300.0, "ct"),
    "emerald": (1100.0, "ct"),
    "amethyst": (18.0, "ct"),
    "onyx": (4.0, "ct"),
    "acetate_tortoise": (0.09, "g"),
    "acetate_black": (0.07, "g"),
    "acetate_honey": (0.09, "g"),
    "lens_cr39": (0.35, "g"),
    "opal_glass": (9.0, "kg"),
}
#: Materials that stand in for each other: the variants of a piece.
FAMILIES: Final = (
    PRECIOUS,
    WOODS,
    STONES,
    (*ACETATES, "titanium_5", "steel_316l"),
    ("brass", "steel_316l", "aluminium"),
)


class SolidDesign(BaseModel):
    """A piece in three dimensions as it was asked for: options by attribute, lengths in millimetres by name."""

    model_config = ConfigDict(frozen=True)

    kind: str
    options: dict[str, str] = Field(default_factory=dict)
    lengths: dict[str, float] = Field(default_factory=dict)

    @property
    def id(self) -> str:
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:10]


def dimensions(kind: str, options: Mapping[str, str]) -> tuple[Dimension, ...]:
    """The sliders of a piece."""
    if kind == "lamp" and options.get("stand") == "floor":
        return FLOOR_LAMP
    if kind == "earring" and options.get("shape") == "stud":
        return (Dimension("size", N_("Size"), 3, 12, 0.5, 6),)
    hidden = set()
    if kind == "ring" and options.get("setting") == "none":
        hidden = {"stone_mm"}
    if kind == "table" and options.get("top") == "round":
        hidden = {"width"}  # its length is its diameter
    return tuple(one for one in DIMENSIONS[kind] if one.name not in hidden)


def from_wish(wish: PieceWish) -> SolidDesign:
    """A piece from words: what they leave open, or ask for and can't be had, takes the usual value."""
    options = {name: wish.drawn(name) or values[0] for name, values in SOLIDS[wish.kind].items()}
    options = {name: options[name] for name in choices(wish.kind, options)}
    asked = {one.name: one.mm for one in wish.lengths}
    lengths = {}
    for one in dimensions(wish.kind, options):
        value = asked.get(one.name, one.usual)
        lengths[one.name] = value if one.low <= value <= one.high else one.usual
    return SolidDesign(kind=wish.kind, options=options, lengths=lengths)


def refused(wish: PieceWish, design: SolidDesign) -> list[InputError]:
    """Lengths that words ask for and that can't be made, each with the range that can."""
    asked = {one.name: one.mm for one in wish.lengths}
    found = []
    for one in dimensions(design.kind, design.options):
        value = asked.get(one.name)
        if value is not None and not one.low <= value <= one.high:
            said = {"value": value, "low": one.low, "high": one.high, "usual": one.usual}
            words = {name: number(length, 0 if float(length).is_integer() else 1) for name, length in said.items()}
            found.append(InputError(OUT_OF_RANGE, what=translate(one.label), unit=one.unit, **words))
    return found


def left_out(wish: PieceWish, design: SolidDesign) -> list[str]:
    """Options and lengths that words ask for and that this model doesn't have: values, and names of dimensions."""
    parts = [value for name, value in wish.said().items() if name in SOLIDS[wish.kind] and name not in design.options]
    known = {one.name for one in dimensions(design.kind, design.options)}
    labels = {one.name: one.label for one in (*DIMENSIONS[design.kind], *FLOOR_LAMP)}
    return [*parts, *(labels[one.name] for one in wish.lengths if one.name not in known and one.name in labels)]


def made_of(design: SolidDesign) -> list[str]:
    """The materials that were chosen and that the piece is really made of."""
    used = {part.material.key for part in build(design).parts}
    return [value for name, value in design.options.items() if name in MADE_OF and value in used]


def build(design: SolidDesign) -> Piece:
    """The piece as closed solids.

    Raises:
        InputError: these measures can't be made.
    """
    return _built(design.model_dump_json())


@lru_cache(maxsize=48)
def _built(said: str) -> Piece:
    from lib.atelier import solids

    design = SolidDesign.model_validate_json(said)
    kinds: dict[str, tuple[Any, Any]] = {
        "ring": (solids.Ring, solids.ring),
        "pendant": (solids.Pendant, solids.pendant),
        "earring": (solids.Earring, solids.earrings),
        "bracelet": (solids.Bracelet, solids.bracelet),
        "frame": (solids.Frame, solids.frame),
        "chair": (solids.Chair, solids.chair),
        "stool": (solids.Stool, solids.stool),
        "table": (solids.Table, solids.table),
        "lamp": (solids.Lamp, solids.lamp),
    }
    asked, made = kinds[design.kind]
    options: dict[str, Any] = dict(design.options)
    if design.kind == "lamp":
        options["kind"] = options.pop("stand")
    if design.kind == "stool":
        options["legs"] = int(options["legs"])
    piece: Piece = made(asked(**options, **design.lengths))
    return piece


def price_table(prices: Mapping[str, tuple[float, str]] = PRICES) -> dict[str, Price]:
    """Prices as the atelier takes them."""
    from lib.atelier.solids import Price

    return {key: Price(amount, unit) for key, (amount, unit) in prices.items()}  # type: ignore[arg-type]


def variants(design: SolidDesign) -> list[SolidDesign]:
    """The same piece in every other material of each of its materials' families, the asked one first."""
    found = [design]
    used = made_of(design)
    for name, value in design.options.items():
        if name not in MADE_OF or value not in used:
            continue
        for family in FAMILIES:
            others = [one for one in family if one != value and one in SOLIDS[design.kind][name]]
            if value in family:
                found += [design.model_copy(update={"options": {**design.options, name: one}}) for one in others]
    return found
