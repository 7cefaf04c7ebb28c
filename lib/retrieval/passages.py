"""From pieces to passages: as long as an answer needs, never over a heading, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

WORDS: Final = 120  # of a passage; a longer piece is cut between sentences
LEAST: Final = 40  # a passage shorter than this takes the next piece in
_SENTENCE: Final = re.compile(r"(?<=[.!?…])[\s\u202f\u00a0]+(?=[A-ZÀ-ÖØ-ÞŒ0-9«“\"(])")


class Standing(Protocol):
    """Where a piece stands: ``lib.files.written.Place`` is one."""

    @property
    def heading(self) -> tuple[str, ...]: ...
    @property
    def page(self) -> int | None: ...
    @property
    def row(self) -> int | None: ...


class Said(Protocol):
    """A piece: ``lib.files.written.Piece`` is one."""

    @property
    def text(self) -> str: ...
    @property
    def place(self) -> Standing: ...


@dataclass(frozen=True)
class Passage:
    """What is found and cited."""

    text: str
    heading: tuple[str, ...]
    page: int | None
    row: int | None


def passages_of(pieces: Iterable[Said]) -> list[Passage]:
    """The pieces in passages of about ``LEAST`` to ``WORDS`` words. Rows of a table stay one each."""
    found: list[Passage] = []
    held: list[str] = []
    at: Standing | None = None
    for piece in pieces:
        for part in _parts(piece.text):
            if at is not None and held and not _goes_on(at, piece.place, held, part):
                found.append(_passage(held, at))
                held, at = [], None
            at = at or piece.place
            held.append(part)
    if at is not None and held:
        found.append(_passage(held, at))
    return found


def _goes_on(at: Standing, place: Standing, held: list[str], part: str) -> bool:
    """Whether ``part`` may join what is held: the same place, and one of the two is short."""
    if (at.heading, at.page) != (place.heading, place.page) or (at.row is not None or place.row is not None):
        return False
    count = sum(_count(said) for said in held)
    return count < LEAST or count + _count(part) <= WORDS


def _passage(held: list[str], at: Standing) -> Passage:
    return Passage(" ".join(held), at.heading, at.page, at.row)


def _parts(text: str) -> Iterator[str]:
    """A piece that is too long, cut between its sentences; a sentence that is too long, between its words."""
    if _count(text) <= WORDS:
        yield text
        return
    held: list[str] = []
    for sentence in _SENTENCE.split(text):
        words = sentence.split()
        for start in range(0, len(words), WORDS):
            part = words[start : start + WORDS]
            if held and len(held) + len(part) > WORDS:
                yield " ".join(held)
                held = []
            held += part
    if held:
        yield " ".join(held)


def _count(text: str) -> int:
    return text.count(" ") + 1
