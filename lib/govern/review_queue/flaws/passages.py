"""A text cut into the passages that a reader can mark: clauses, so that a mark says where within a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A clause ends after its mark and before the blank that follows; a decimal comma or an ellipsis inside ends none.
_END = re.compile(r"[.!?;,…]+[»”\"')\]]*(?=\s|$)")


@dataclass(frozen=True)
class Passage:
    """From ``start`` to ``end`` (exclusive) in the text, blanks at both ends left out."""

    start: int
    end: int
    text: str


def passages(text: str) -> tuple[Passage, ...]:
    """The clauses of a text in their order; every sign that is no blank is in exactly one."""
    ends = [match.end() for match in _END.finditer(text)] + [len(text)]
    made, start = [], 0
    for end in ends:
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        if piece.strip():
            made.append(Passage(start + left, start + len(piece.rstrip()), piece.strip()))
        start = end
    return tuple(made)
