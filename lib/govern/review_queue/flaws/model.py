"""A text to be read, a flaw in it, a reader's mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lib.i18n import N_

TEXT_KINDS: dict[str, str] = {
    "wrong_material": N_("Wrong material"),
    "wrong_measurement": N_("Wrong measure or size"),
    "wrong_origin": N_("Wrong origin"),
    "wrong_price": N_("Wrong price"),
    "invented_claim": N_("Invented claim"),
    "tone_slip": N_("Slip of tone"),
    "other_language": N_("Sentence in another language"),
    "agreement": N_("Error of agreement"),
    "forbidden_word": N_("Word the house rules out"),
    "missing_care": N_("Care line missing"),
}
PICTURE_KINDS: dict[str, str] = {
    "picture_colour": N_("Wrong colour in the picture"),
    "picture_button": N_("Button missing in the picture"),
    "picture_sleeve": N_("Sleeve missing in the picture"),
    "picture_pocket": N_("Pocket missing in the picture"),
}
KINDS = {**TEXT_KINDS, **PICTURE_KINDS}

# What the reader is told of a flaw after the round: {said} stands in the text, {true} in the data.
WHY: dict[str, str] = {
    "wrong_material": N_("The text says “{said}”; the product’s data say “{true}”."),
    "wrong_measurement": N_("The text says “{said}”; it was “{true}” before."),
    "wrong_origin": N_("The text says “{said}”; the product’s data say “{true}”."),
    "wrong_price": N_("The text says “{said}”; the product’s data say “{true}”."),
    "invented_claim": N_("“{said}” Nothing in the product’s data says so."),
    "tone_slip": N_("“{said}” This isn’t how the house speaks."),
    "other_language": N_("“{said}” This sentence is in another language than the text."),
    "agreement": N_("“{said}” doesn’t agree; it was “{true}” before."),
    "forbidden_word": N_("“{true}” is among the words that the house rules out."),
    "missing_care": N_("The care instructions of the data are missing: “{true}”."),
    "picture_colour": N_("The picture shows {said}; asked for was “{true}”."),
    "picture_button": N_("The picture has a button less than asked for: “{true}”."),
    "picture_sleeve": N_("The picture has one sleeve only; asked for was “{true}”."),
    "picture_pocket": N_("The picture lacks the pocket on one side; asked for was “{true}”."),
}


@dataclass(frozen=True)
class Specimen:
    """A text with what its writer was given.

    ``fields`` are its texts by path in reading order ('title', 'body', 'bullets.0'); ``product`` is the product's
    record as JSON (materials, origin, price, currency, care); ``forbidden`` are words that the house rules out.
    """

    label: str
    language: str
    fields: Mapping[str, str]
    product: Mapping[str, Any]
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flaw:
    """A known error from ``start`` to ``end`` (exclusive) in the text at ``path``; ``said`` there, ``true`` instead."""

    kind: str
    path: str
    start: int
    end: int
    said: str
    true: str


@dataclass(frozen=True)
class Seeded:
    """A text after a flaw was put in; ``path`` alone differs from before."""

    fields: Mapping[str, str]
    flaw: Flaw


@dataclass(frozen=True)
class Mark:
    """What a reader, or a check, objects to. A check names no kind."""

    path: str
    start: int
    end: int
    kind: str = ""


@dataclass(frozen=True)
class Item:
    """One text of a round with its key. ``findings`` are what the automatic checks object to in it."""

    label: str
    language: str
    fields: Mapping[str, str]
    facts: Mapping[str, Any]
    flaws: tuple[Flaw, ...] = ()
    findings: tuple[Mark, ...] = field(default=())
