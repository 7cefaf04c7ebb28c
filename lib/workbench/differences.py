"""What changed between two texts: line by line, and word by word within a changed line (difflib, Python)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "removed", "added"]
WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORDS = 1_500  # of a line; comparing longer ones word by word would take seconds


@dataclass(frozen=True)
class Piece:
    """Part of a line; ``marked`` where it is what changed within the line."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Line:
    """One line of the older text ('removed'), of the newer one ('added') or of both ('same')."""

    kind: Kind
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def differences(old: str, new: str) -> tuple[Line, ...]:
    """All lines of both texts in reading order; a changed line stands twice, as it was and as it is.

    The lines that are 'same' or 'removed' are ``old``, those that are 'same' or 'added' are ``new``.
    """
    before, after = old.split("\n"), new.split("\n")
    lines: list[Line] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [Line("same", (Piece(text),)) for text in before[i:j]]
        elif tag == "replace":
            lines += _replaced(before[i:j], after[k:m])
        else:
            lines += [Line("removed", (Piece(text, True),)) for text in before[i:j]]
            lines += [Line("added", (Piece(text, True),)) for text in after[k:m]]
    return tuple(lines)


def _replaced(before: list[str], after: list[str]) -> Iterator[Line]:
    """A block of lines that gave way to another: lines are paired in order, what is left over stands whole."""
    pairs = [_within(old, new) for old, new in zip(before, after, strict=False)]
    paired = len(pairs)
    yield from (Line("removed", old) for old, _new in pairs)
    yield from (Line("removed", (Piece(text, True),)) for text in before[paired:])
    yield from (Line("added", new) for _old, new in pairs)
    yield from (Line("added", (Piece(text, True),)) for text in after[paired:])


def _within(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both lines with the words marked that only one of them has."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return (Piece(old, True),), (Piece(new, True),)
    left: list[Piece] = []
    right: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        left += [Piece("".join(before[i:j]), tag != "equal")] if j > i else []
        right += [Piece("".join(after[k:m]), tag != "equal")] if m > k else []
    return tuple(left) or (Piece(""),), tuple(right) or (Piece(""),)


def folded(lines: tuple[Line, ...], around: int = 2) -> tuple[Line | int, ...]:
    """The lines near a change; a run of unchanged ones further off becomes its number of lines."""
    near = {
        place + step for place, line in enumerate(lines) if line.kind != "same" for step in range(-around, around + 1)
    }
    shown: list[Line | int] = []
    for place, line in enumerate(lines):
        if place in near:
            shown.append(line)
        elif shown and isinstance(shown[-1], int):
            shown[-1] += 1
        else:
            shown.append(1)
    return tuple(shown)
