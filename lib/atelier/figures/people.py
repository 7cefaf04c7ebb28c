"""Who is drawn: size, skin, age, hair, pose, and what they move with."""

from __future__ import annotations

from dataclasses import dataclass

from lib.atelier.figures.sizes import measures
from lib.atelier.figures.tones import mixed, skin
from lib.errors import InputError
from lib.i18n import N_, _

HAIRS = ("bun", "bob", "long", "coily", "short", "shaved", "headwrap")
POSES = ("upright", "contrapposto", "walk", "reach", "seated")
PROSTHESES = ("none", "left_leg", "right_leg", "left_arm", "right_arm")
HAIR_COLOURS = {"black": "#231c1b", "brown": "#4a3226", "chestnut": "#74452b", "red": "#9c4a26", "blond": "#cba770"}
SILVER = "#c9c7c4"

NOT_DRAWN = N_("{what}: there is no {value} here. Choose one of: {known}.")
TOO_YOUNG = N_("Figures are of adults. Give an age from 18 to 95.")


@dataclass(frozen=True)
class Person:
    """A person to draw. Left and right are the person's own. ``towards`` and ``step`` draw a moment between two poses.

    Raises:
        InputError: the size, tone, age or a name is none of those offered.
    """

    size: int = 38
    tone: int = 4
    age: int = 28
    hair: str = "bun"
    hair_colour: str = "brown"
    pose: str = "contrapposto"
    wheelchair: bool = False
    prosthesis: str = "none"
    stature: float = 170.0
    towards: str = ""  # another pose, and how far the person is on the way to it, 0 to 1
    step: float = 0.0
    mirrored: bool = False  # the other pose's left and right exchanged

    def __post_init__(self) -> None:
        """Everything is checked before anything is drawn."""
        measures(self.size)
        skin(self.tone)
        if not 18 <= self.age <= 95:
            raise InputError(TOO_YOUNG)
        for what, value, known in (
            (N_("Hair"), self.hair, HAIRS),
            (N_("Hair colour"), self.hair_colour, tuple(HAIR_COLOURS)),
            (N_("Pose"), self.pose, POSES),
            (N_("Prosthesis"), self.prosthesis, PROSTHESES),
        ):
            if value not in known:
                raise InputError(NOT_DRAWN, what=_(what), value=value, known=", ".join(known))
        if self.towards and self.towards not in POSES:
            raise InputError(NOT_DRAWN, what=_(N_("Pose")), value=self.towards, known=", ".join(POSES))
        if not 140 <= self.stature <= 200:
            raise InputError(
                N_("A stature of {value} cm can’t be drawn. Give one from 140 to 200."), value=self.stature
            )

    @property
    def years(self) -> float:
        """How far age shows, from 0 (up to 35) to 1 (from 80)."""
        return min(max((self.age - 35) / 45, 0.0), 1.0)

    @property
    def seated(self) -> bool:
        return self.wheelchair or self.pose == "seated"

    @property
    def hair_hex(self) -> str:
        """The hair's colour, silver with the years."""
        grey = min(max((self.age - 45) / 30, 0.0), 1.0)
        return mixed(HAIR_COLOURS[self.hair_colour], SILVER, grey)
