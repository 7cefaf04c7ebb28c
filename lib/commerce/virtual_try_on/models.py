"""Who tries on: the atelier's figures of many bodies, and what of them can be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lib.atelier.figures import Person
from lib.i18n import N_

TONES: Final = tuple(range(1, 11))
STANDING: Final = "upright"


@dataclass(frozen=True)
class Model:
    """A figure to choose. ``label`` is an English message id that says how this body differs."""

    label: str
    person: Person


MODELS: Final[dict[str, Model]] = {
    "anna": Model(N_("Size 38, tone 3"), Person(38, 3, 31, "bob", "chestnut", STANDING)),
    "binta": Model(N_("Size 42, tone 9"), Person(42, 9, 29, "coily", "black", STANDING, stature=172)),
    "carla": Model(N_("Size 50, tone 5"), Person(50, 5, 38, "long", "brown", STANDING, stature=166)),
    "dina": Model(N_("Size 46, tone 7, aged 62"), Person(46, 7, 62, "short", "black", STANDING, stature=162)),
    "elif": Model(N_("Size 40, tone 6, in a wheelchair"),
                  Person(40, 6, 34, "long", "black", "seated", wheelchair=True)),
    "freya": Model(N_("Size 36, tone 2, with a leg prosthesis"),
                   Person(36, 2, 27, "bun", "blond", STANDING, prosthesis="left_leg", stature=174)),
    "gail": Model(N_("Size 54, tone 10"), Person(54, 10, 44, "headwrap", "black", STANDING, stature=169)),
    "hana": Model(N_("Size 34, tone 4, with an arm prosthesis"),
                  Person(34, 4, 24, "bob", "black", STANDING, prosthesis="right_arm", stature=158)),
    "iris": Model(N_("Size 44, tone 1, aged 74"), Person(44, 1, 74, "bun", "blond", STANDING, stature=160)),
}  # fmt: skip


def nearest(size: int, tone: int = 0) -> str:
    """The model whose size, and then skin, is nearest: what is offered in place of a photo."""
    return min(MODELS, key=lambda key: (abs(MODELS[key].person.size - size), abs(MODELS[key].person.tone - tone)))
