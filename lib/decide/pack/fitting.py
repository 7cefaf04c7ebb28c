"""What a slide has room for: each text as large as fits, shortened where nothing else helps, its whole kept aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from lib.decide.model import BASIS_SIGNS, Basis
from lib.decide.pack.model import Cell, PackTable, Points
from lib.files.documents.measuring import LEADING, POINT, Fitted, fitted, width_of, wrapped
from lib.files.documents.pages import row_height

SURE: Final = 0.97  # of the width that is used: programs round letters' widths in their own ways
TABLE_SIZES: Final = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
POINT_SIZES: Final = (20.0, 18.0, 16.0, 14.0, 13.0, 12.0, 11.0)
GAP: Final = 0.35  # cm between two sentences
WORD: Final = 6.0  # cm at 10 points: what is longer is no word, and may break


@dataclass
class Aside:
    """Whole texts of what was shortened: they go to the speaker's notes."""

    whole: list[str] = field(default_factory=list)

    def fit(self, said: str, face: str, width: float, height: float, sizes: Sequence[float]) -> Fitted:
        """A text in its room, its whole kept where it had to be cut."""
        found = fitted(said, face, width * SURE, height, sizes)
        if not found.whole and said not in self.whole:
            self.whole.append(said)
        return found


@dataclass(frozen=True)
class SetTable:
    """A table as it is written: cells that fit, shares of the columns, size, and the rows' heights."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    size: float
    heights: tuple[float, ...]  # cm, the head's first


def signed(said: str, basis: Basis | None) -> str:
    """A number or a sentence with the sign of what it rests on."""
    return f"{BASIS_SIGNS[basis]}\u00a0{said}" if basis is not None else said


def set_table(table: PackTable, sans: str, bold: str, width: float, height: float, aside: Aside) -> SetTable:
    """The largest size at which all cells fit; at the smallest, cells are cut to as many lines as there is room for."""
    rows = [tuple(signed(cell.said, cell.basis) for cell in row) for row in table.rows]
    for size in TABLE_SIZES:
        shares = _shares(table, bold, size, width)
        rooms = [width * share - 0.2 for share in shares]
        faces = (bold, *(sans for _row in rows))
        if any(
            _broken(said, face, size, room)
            for face, line in zip(faces, (table.columns, *rows), strict=True)
            for said, room in zip(line, rooms, strict=True)
        ):
            continue
        heights = _heights(table.columns, rows, (sans, bold), size, rooms)
        if sum(heights) <= height:
            return SetTable(table.columns, tuple(rows), shares, size, heights)
    size = TABLE_SIZES[-1]
    head = tuple(_cut(name, bold, size, room, 2, aside) for name, room in zip(table.columns, rooms, strict=True))
    left = (height - _heights(head, (), (sans, bold), size, rooms)[0]) / max(len(rows), 1)
    most = max(1, int((left - row_height(0, size)) / (size * LEADING * POINT)))
    kept = tuple(
        tuple(_cut(said, sans, size, room, most, aside) for said, room in zip(row, rooms, strict=True)) for row in rows
    )
    return SetTable(head, kept, shares, size, _heights(head, kept, (sans, bold), size, rooms))


def _broken(name: str, face: str, size: float, room: float) -> bool:
    """Whether a word would break within itself."""
    return any(width_of(word, face, size) > room * SURE for word in name.split(" "))


def _cut(said: str, face: str, size: float, room: float, most: int, aside: Aside) -> str:
    return aside.fit(said, face, room, (most + 0.01) * size * LEADING * POINT, (size,)).said


def _heights(
    head: Sequence[str], rows: Sequence[Sequence[str]], faces: tuple[str, str], size: float, rooms: Sequence[float]
) -> tuple[float, ...]:
    """Each row's height, the head's first; ``faces`` are those of cells and of the head."""
    found = []
    for at, row in enumerate([head, *rows]):
        face = faces[0 if at else 1]
        lines = [len(wrapped(said, face, size, room * SURE)) for said, room in zip(row, rooms, strict=True)]
        found.append(row_height(max(lines, default=1), size))
    return tuple(found)


def _shares(table: PackTable, face: str, size: float, width: float) -> tuple[float, ...]:
    """Each column takes its longest word's width; what is left goes to those whose texts are longer than that."""
    floors, wishes = [], []
    for at, name in enumerate(table.columns):
        texts = [signed(row[at].said, row[at].basis) for row in table.rows]
        longest = max((width_of(said, face, size) for said in texts), default=0.0) + 0.6
        words = [part for said in (name, *texts) for part in said.split(" ")]
        floor = min(max(width_of(part, face, size) for part in words) / SURE + 0.25, WORD * size / 10)
        floors.append(floor)
        wishes.append(max(floor, min(longest, (4.0 if at in table.numbers else 9.0) * size / 10)))
    left, wanted = width - sum(floors), sum(wishes) - sum(floors)
    if left <= 0:
        return tuple(one / sum(floors) for one in floors)
    given = min(left / wanted, 1.0) if wanted > 0 else 0.0
    wide = [floor + (wish - floor) * given for floor, wish in zip(floors, wishes, strict=True)]
    return tuple(one / sum(wide) for one in wide)


def set_points(points: Points, face: str, width: float, height: float, aside: Aside) -> list[tuple[Fitted, float]]:
    """Each sentence with its place from the top in cm, all in one size; cut where even the smallest is too large."""
    said = [signed(text, basis) if basis else f"–\u00a0{text}" for text, basis in points.said]
    for size in POINT_SIZES:
        made = [fitted(text, face, width * SURE, 1000, (size,)) for text in said]
        if sum(one.height + GAP for one in made) - GAP <= height:
            break
    else:
        room = height / max(len(said), 1) - GAP
        made = [aside.fit(text, face, width, room, POINT_SIZES[-1:]) for text in said]
    tops, top = [], 0.0
    for one in made:
        tops.append(top)
        top += one.height + GAP
    return list(zip(made, tops, strict=True))


def cells(*said: str | tuple[str, Basis | None]) -> tuple[Cell, ...]:
    """A row of a table: plain words, or (number, what it rests on)."""
    return tuple(Cell(one) if isinstance(one, str) else Cell(*one) for one in said)
