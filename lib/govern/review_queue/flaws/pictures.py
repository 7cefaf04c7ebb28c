"""Pictures with known errors: the atelier draws a garment that differs in one place from what was asked for."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from lib.govern.review_queue.flaws.model import Flaw, Item
from lib.i18n import N_, translate
from lib.vocabulary import concept

FIELD = "picture"
PER_CM = 5.0
_MADE = ("kind", "sleeve", "pockets", "collar")
GARMENTS: tuple[dict[str, str], ...] = tuple(
    {**dict(zip(_MADE, made, strict=True)), "closure": "buttons"}
    for made in (
        ("shirt", "long_sleeves", "chest_pockets", "shirt_collar"),
        ("coat", "long_sleeves", "flap_pockets", "notch_lapels"),
        ("blazer", "long_sleeves", "patch_pockets", "peak_lapels"),
        ("coat", "three_quarter_sleeves", "welt_pockets", "shirt_collar"),
        ("blazer", "long_sleeves", "flap_pockets", "shawl_collar"),
    )
)
# A colour -> the one that is drawn in its place.
COLOURS = {
    "navy": "bottle_green", "camel": "burgundy", "ivory": "camel", "burgundy": "navy", "bottle_green": "burgundy",
}  # fmt: skip
PARTS = (("colour", N_("Colour")), ("sleeve", N_("Sleeves")), ("closure", N_("Closure")), ("pockets", N_("Pockets")),
         ("collar", N_("Collar")))  # fmt: skip
Drawn = dict[str, Any]


def _button(drawn: Drawn, chance: random.Random) -> Drawn:
    """One button less than was asked for."""
    return {**drawn, "without": [f"button:{chance.randrange(3)}"]}


def _sleeve(drawn: Drawn, chance: random.Random) -> Drawn:
    """One sleeve is missing."""
    return {**drawn, "without": [f"sleeve:{chance.choice(('left', 'right'))}"]}


def _pocket(drawn: Drawn, chance: random.Random) -> Drawn:
    """The pocket of one side is missing."""
    return {**drawn, "without": [f"pocket:{chance.choice(('left', 'right'))}"]}


def _colour(drawn: Drawn, chance: random.Random) -> Drawn:
    """Another colour than was asked for."""
    return {**drawn, "colour": COLOURS[drawn["colour"]]}


# The kind of flaw -> the part of the garment in which it lies, and what makes it.
FLAWS: dict[str, tuple[str, Callable[[Drawn, random.Random], Drawn]]] = {
    "picture_colour": ("colour", _colour),
    "picture_button": ("closure", _button),
    "picture_sleeve": ("sleeve", _sleeve),
    "picture_pocket": ("pockets", _pocket),
}


def make(language: str, kind: str, chance: random.Random) -> Item:
    """A picture to be read, in a language, with a flaw of this kind or ('') without one."""
    asked: Drawn = {**chance.choice(GARMENTS), "colour": chance.choice(list(COLOURS)), "seed": chance.randrange(1000)}
    text, spans = _told(asked, language)
    flaws: tuple[Flaw, ...] = ()
    drawn = asked
    if kind:
        part, seed = FLAWS[kind]
        drawn = seed(asked, chance)
        start, end = spans[part]
        flaws = (Flaw(kind, FIELD, start, end, _seen(drawn, kind, language), text[start:end]),)
    name = concept(asked["kind"]).forms[language].noun.capitalize()
    return Item(name, language, {FIELD: text}, {"asked": asked, "drawn": drawn}, flaws)


def _told(asked: Drawn, language: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """What was asked for as a text of its parts, and each part's place in it."""
    text, spans = "", {}
    for part, name in PARTS:
        said = concept(asked[part]).forms[language].noun
        if part == "closure":
            said = f"{_buttons(asked)} {said}"
        colon, end = ("\u00a0: ", "\u202f; ") if language == "fr" else (": ", "; ")
        piece = f"{translate(name, language)}{colon}{said}"
        start = len(text) + (len(end) if text else 0)
        text = f"{text}{end}{piece}" if text else piece
        spans[part] = (start, start + len(piece))
    return text, spans


def _seen(drawn: Drawn, kind: str, language: str) -> str:
    return concept(drawn["colour"]).forms[language].noun if kind == "picture_colour" else ""


def _buttons(asked: Drawn) -> int:
    """How many buttons the garment has in front."""
    return sum(
        shape.role == "piece" and "-button" in shape.id and "rim" not in shape.id for shape in _front(asked).shapes
    )


def _front(drawn: Mapping[str, Any]) -> Any:
    """The front of the garment as it is drawn, without what a flaw takes away."""
    from lib.atelier.garments import Garment, flat

    parts = {name: drawn[name] for name in ("kind", "sleeve", "closure", "pockets", "collar")}
    view = flat(Garment(**parts)).front
    for one in drawn.get("without", ()):
        what, _colon, which = one.partition(":")
        view = replace(view, shapes=_left(view.shapes, what, which))
    return view


def _left(shapes: tuple[Any, ...], what: str, which: str) -> tuple[Any, ...]:
    if what == "sleeve":
        return tuple(shape for shape in shapes if not (shape.layer == "sleeves" and which in shape.id))
    if what == "pocket":
        return tuple(shape for shape in shapes if not (shape.layer == "pockets" and which in shape.id))
    buttons = [shape.id for shape in shapes if shape.role == "piece" and "-button" in shape.id]
    gone = buttons[int(which) % len(buttons)]
    at = next(place for place, shape in enumerate(shapes) if shape.id == gone)
    after = at + 1
    while after < len(shapes) and ("rim" in shapes[after].id or "hole" in shapes[after].id):
        after += 1  # a button's rim and holes go with it
    return (*shapes[:at], *shapes[after:])


def png(drawn: Mapping[str, Any]) -> bytes:
    """The picture of a garment as it was drawn."""
    return _png(json.dumps(dict(drawn), sort_keys=True))


@lru_cache(maxsize=32)
def _png(drawn: str) -> bytes:
    import io

    from PIL import Image

    from lib.atelier.fabrics import Fabric
    from lib.atelier.palettes import Palette
    from lib.atelier.rendering import PAPER, STONE, render
    from lib.atelier.words import hex_of

    asked = json.loads(drawn)
    cloth = Fabric("twill", Palette.of(hex_of(asked["colour"])))
    pixels = render(_front(asked), {"fabric": cloth}, PER_CM, seed=asked["seed"])
    picture = Image.fromarray(pixels, "RGBA")
    ground = Image.new("RGBA", picture.size, STONE if asked["colour"] == "ivory" else PAPER)
    made = io.BytesIO()
    Image.alpha_composite(ground, picture).convert("RGB").save(made, "PNG")
    return made.getvalue()
