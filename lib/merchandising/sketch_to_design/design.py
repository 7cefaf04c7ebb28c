"""A design: a garment with its options, its cloth and its colours. What is drawn, locked, varied and taken away."""

from __future__ import annotations

import hashlib
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from lib.atelier.colours import Colour
from lib.atelier.fabrics import KINDS as FABRICS
from lib.atelier.fabrics import Fabric
from lib.atelier.garments import Garment
from lib.atelier.garments.options import OPTIONS
from lib.atelier.palettes import Palette

By = Literal["words", "board", "sketch", "form", "house"]


class Design(BaseModel):
    """One variant.

    ``cloth`` is what it is sewn from, ``pattern`` what is printed or woven into it ('' for none); ``colours`` are hex
    values, the ground first. ``sketch`` is the artefact of a sketch whose lines are kept, '' where the flat is drawn.
    """

    model_config = ConfigDict(frozen=True)

    kind: str
    options: dict[str, str] = Field(default_factory=dict)
    size: int = 38
    cloth: str
    pattern: str = ""
    colours: tuple[str, ...]
    scale: float = 0.0  # of cloth or pattern in centimetres; 0 is the kind's own
    sketch: str = ""
    seed: int = 0

    @property
    def id(self) -> str:
        """Ten letters that stand for exactly this design."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:10]

    @property
    def garment(self) -> Garment:
        """The garment that is drawn; options that the kind doesn't have are left out."""
        known = OPTIONS[self.kind]
        kept = {part: value for part, value in self.options.items() if value in known.get(part, ())}
        return Garment(self.kind, size=self.size, **kept).settled()

    @property
    def fabric(self) -> Fabric:
        """The fabric that is laid into its main pieces: the cloth, or the pattern on it."""
        if not self.pattern:
            return Fabric(self.cloth, self.palette, self.scale or None)
        return Fabric(self.pattern, self.palette, self.scale or None, on=Fabric(self.cloth, self.palette))

    @property
    def palette(self) -> Palette:
        return Palette.of(*self.colours)

    @property
    def shown(self) -> tuple[Colour, ...]:
        """The colours that can be seen: a plain cloth shows one, a print as many as it takes."""
        return self.palette.colours[: FABRICS[self.pattern or self.cloth].colours]


class Decision(BaseModel):
    """Who decided what: a sentence, a mood board, a sketch, the page's fields, or the house's habit."""

    model_config = ConfigDict(frozen=True)

    attribute: str
    value: str
    by: By
    shown: str = ""  # what was read instead of the input that decided, where it could be compared


class Brief(BaseModel):
    """Everything that was asked for, from all inputs together."""

    model_config = ConfigDict(frozen=True)

    kind: str
    options: dict[str, str] = Field(default_factory=dict)
    size: int = 38
    cloths: tuple[str, ...] = ()  # to be tried, the asked one first
    patterns: tuple[str, ...] = ()  # '' is plain; the asked one first
    palettes: tuple[tuple[str, ...], ...] = ()  # hex values, the asked one first
    asked_cloth: bool = False
    asked_pattern: bool = False
    asked_colours: tuple[str, ...] = ()
    decided: tuple[Decision, ...] = ()
    fibres: tuple[str, ...] = ()
    sketch: str = ""
    overruled: tuple[Decision, ...] = ()  # what an input said and another one decided
