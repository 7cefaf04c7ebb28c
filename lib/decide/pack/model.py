"""What a page hands in to the board pack. Texts are in the pack's language; each number carries what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lib.decide.model import Basis, Reference
from lib.figures import Figure, Map, Timeline

Part = Literal["portfolio", "top", "roadmap", "pilots", "partners", "risks", "ask"]  # in the order of the slides


@dataclass(frozen=True)
class Cell:
    """A cell of a slide's table. A number carries its basis; plain words have none."""

    said: str
    basis: Basis | None = None


@dataclass(frozen=True)
class PackTable:
    """A table of at most eight rows: more belongs in the XLSX."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...] = ()  # columns set flush right


@dataclass(frozen=True)
class Points:
    """Up to six sentences."""

    said: tuple[tuple[str, Basis | None], ...]


@dataclass(frozen=True)
class PackSlide:
    """One slide: a title that states the finding, one or two bodies, and the references behind its numbers."""

    part: Part
    title: str
    bodies: tuple[Figure | Map | Timeline | PackTable | Points, ...]
    references: tuple[Reference, ...] = ()
    notes: str = ""  # what the speaker sees


@dataclass(frozen=True)
class PackSheet:
    """One sheet of the XLSX: all rows, numbers as numbers."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]


@dataclass(frozen=True)
class Handed:
    """What one page hands in; empty where it has nothing to say yet."""

    slides: tuple[PackSlide, ...] = ()
    sheets: tuple[PackSheet, ...] = ()
