"""How wide a text is before it is set, and what to do when it doesn't fit: smaller, then shorter, never over the edge.

The typefaces of PDFs are measured from their files. Slides name Georgia and Calibri, which may be missing here: their
advance widths are those of Gelasio and Carlito (SIL Open Font License 1.1), which were drawn to the same metrics.
Lengths are centimetres, sizes points.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from lib.files.documents.typefaces import FALLBACK, FILES, letters, register

WIDTHS: Final = Path(__file__).parent / "widths.json"
POINT: Final = 2.54 / 72  # cm
LEADING: Final = 1.22  # a line's height by the letters' size
UNKNOWN: Final = 1000  # thousandths of the size: a letter that no table has is taken for a wide one
CUT: Final = "…"


@dataclass(frozen=True)
class Fitted:
    """A text as it fits its room: what is said of it, in how many lines, their size in points, whether it is whole."""

    said: str  # without the line ends of the wrapping: who sets it wraps it again
    lines: tuple[str, ...]
    size: float
    whole: bool

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING * POINT


@cache
def _table(face: str) -> dict[str, int]:
    tables: dict[str, dict[str, int]] = json.loads(WIDTHS.read_text(encoding="utf-8"))
    return tables[face]


@cache
def _letter(letter: str, face: str) -> float:
    """Thousandths of the size."""
    if face not in FILES:
        return _table(face).get(letter, UNKNOWN)
    from reportlab.pdfbase import pdfmetrics

    register()
    found = face if ord(letter) in letters(face) else FALLBACK
    return float(pdfmetrics.stringWidth(letter, found, 1000))


def width_of(text: str, face: str, size: float) -> float:
    """The width of a line."""
    return sum(_letter(letter, face) for letter in text) / 1000 * size * POINT


def wrapped(text: str, face: str, size: float, room: float) -> list[str]:
    """The lines of a text within ``room``: broken at spaces, and within a word that is wider than a line."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            trial = f"{line} {word}" if line else word
            if width_of(trial, face, size) <= room:
                line = trial
                continue
            if line:
                found.append(line)
            *full, line = _pieces(word, face, size, room)
            found.extend(full)
        found.append(line)
    return found


def _pieces(word: str, face: str, size: float, room: float) -> list[str]:
    """A word cut where a line ends; whole where it fits."""
    pieces, piece = [], ""
    for letter in word:
        if piece and width_of(piece + letter, face, size) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


def fitted(text: str, face: str, width: float, height: float, sizes: Sequence[float]) -> Fitted:
    """The text at the first of ``sizes`` at which it fits, else at the last, shortened with an ellipsis.

    Args:
        sizes: from the wished one to the smallest that can be read.
    """
    for size in sizes:
        lines = wrapped(text, face, size, width)
        if len(lines) * size * LEADING * POINT <= height:
            return Fitted(text, tuple(lines), size, True)
    size = sizes[-1]
    most = max(1, int(height / (size * LEADING * POINT)))
    lines = _cut(wrapped(text, face, size, width), most, face, size, width)
    return Fitted(_kept(text, lines), tuple(lines), size, False)


def shortened(text: str, face: str, size: float, width: float) -> str:
    """A line that fits ``width``, with an ellipsis where it had to be cut."""
    plain = " ".join(text.split(" ")).replace("\n", " ")
    return plain if width_of(plain, face, size) <= width else _closed(plain, face, size, width)


def _cut(lines: list[str], most: int, face: str, size: float, width: float) -> list[str]:
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _closed(lines[most - 1], face, size, width)]


def _kept(text: str, lines: Sequence[str]) -> str:
    """What of ``text`` the cut lines hold, with the ellipsis."""
    end = 0
    for line in lines:
        plain = line.removesuffix(CUT)
        end = text.index(plain, end) + len(plain)
    return text[:end] + CUT


def _closed(line: str, face: str, size: float, width: float) -> str:
    """A line with its ellipsis, as long as it may be; cut between words where that leaves more than half."""
    low, high = 0, len(line)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(line[:middle].rstrip() + CUT, face, size) <= width:
            low = middle
        else:
            high = middle - 1
    kept = line[:low].rstrip()
    if low < len(line) and " " in kept[len(kept) // 2 :]:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip(" ,;:·(") + CUT
