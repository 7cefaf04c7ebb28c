"""From a grid of cells to a table: which row holds the column names, and names that are unique."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from lib.errors import FileRejected
from lib.files.columns import RowProblem
from lib.files.tables import Grid, Limits, Notice, Table
from lib.files.values import read_date, read_number
from lib.i18n import N_

_LOOKED_AT = 25  # rows in which the header is looked for
_MAX_COLUMN_NAME = 120
_RAGGED_SHARE = 0.5  # above it the file has unnamed columns; below, single rows are broken
_YEAR = re.compile(r"(19|20)\d\d")


def to_table(grid: Grid, name: str, kind: str, limits: Limits) -> Table:
    """The table in ``grid``.

    Raises:
        FileRejected: there is no row under the column names, or there are too many columns.
    """
    notices = list(grid.warnings)
    rows = [_trimmed(row) for row in grid.rows]
    lines = grid.lines
    if grid.header is not None:
        header = grid.header
    else:
        header, rows, lines = _split(rows, lines, notices)
    if not rows:
        raise FileRejected(
            N_("{name} has column names but no rows below them. Add the data, then upload the file again."), name=name
        )
    width = _width(header, rows)
    if width > limits.max_columns:
        raise FileRejected(
            N_("{name} has {count} columns; at most {limit} are read. Leave out those that aren’t needed."),
            name=name,
            count=width,
            limit=limits.max_columns,
        )
    header = [*header[:width], *[""] * (width - len(header))]
    kept, kept_lines, problems = _fitting(rows, lines, width)
    filled = [at for at in range(width) if header[at].strip() or any(row[at] for row in kept)]
    if len(filled) < width:
        kept = [tuple(row[at] for at in filled) for row in kept]
    return Table(
        name=name,
        kind=kind,
        columns=unique_names([header[at] for at in filled], filled),
        rows=kept,
        lines=kept_lines,
        sheet=grid.sheet,
        sheets=grid.sheets,
        encoding=grid.encoding,
        separator=grid.separator,
        decimal=grid.decimal,
        warnings=tuple(notices),
        problems=tuple(problems),
    )


def _trimmed(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end] if end < len(row) else row


def _split(
    rows: list[list[str]], lines: list[int], notices: list[Notice]
) -> tuple[list[str], list[list[str]], list[int]]:
    """Header, rows and lines; a file that starts with data gets names from its columns' letters."""
    if not rows:
        return [], [], []
    at = _header_at(rows)
    if _is_data(rows, at):
        notices.append(
            Notice(N_("The first line looks like data, so the columns are named by their letters. Match them below."))
        )
        return [""] * max(len(row) for row in rows), rows, lines
    if at:
        notices.append(
            Notice(
                N_("The column names were found on line {line}; what stands above was left out."), {"line": lines[at]}
            )
        )
    return rows[at], rows[at + 1 :], lines[at + 1 :]


def _header_at(rows: list[list[str]]) -> int:
    """The first row that is about as full as the rows below and holds names: words, hardly any of them twice."""
    head = rows[:_LOOKED_AT]
    typical = Counter(_filled(row) for row in rows[: 4 * _LOOKED_AT]).most_common()
    usual = max((count for count, times in typical if times == typical[0][1]), default=1)
    if usual < 2:
        usual = max(_filled(row) for row in head) if len(rows) > 2 and typical[0][1] < len(rows) / 2 else 1
    for at, row in enumerate(head):
        names = [cell.strip() for cell in row if cell.strip()]
        wordy = sum(1 for name in names if not _is_value(name))
        if len(names) >= 0.6 * usual and wordy >= 0.8 * len(names) and len(set(names)) >= 0.5 * len(names):
            return at
    return 0


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell and not cell.isspace())


def _is_value(text: str) -> bool:
    """Whether ``text`` is a number or a date; a bare year may well be a column's name."""
    return not _YEAR.fullmatch(text) and (read_number(text) is not None or read_date(text) is not None)


def _is_data(rows: list[list[str]], at: int) -> bool:
    """Whether row ``at`` is data itself: it holds a number where (nearly) all rows below hold numbers."""
    below = rows[at + 1 : at + 1 + _LOOKED_AT]
    if at > 0 or len(below) < 2:
        return False
    for position, cell in enumerate(rows[at]):
        others = [row[position] for row in below if position < len(row) and row[position].strip()]
        if cell.strip() and _is_value(cell) and len(others) >= 2 and all(_is_value(other) for other in others):
            return True
    return False


def _width(header: list[str], rows: list[list[str]]) -> int:
    """How many columns the table has: the header's, or more where many rows are wider."""
    wider = [len(row) for row in rows if len(row) > len(header)]
    if len(wider) > _RAGGED_SHARE * len(rows):
        return max(wider)
    return len(header)


def _fitting(
    rows: list[list[str]], lines: list[int], width: int
) -> tuple[list[tuple[str, ...]], list[int], list[RowProblem]]:
    kept: list[tuple[str, ...]] = []
    kept_lines: list[int] = []
    problems: list[RowProblem] = []
    padding = [""] * width
    for row, line in zip(rows, lines, strict=True):
        if len(row) > width:
            problems.append(
                RowProblem(
                    line,
                    "",
                    N_(
                        "This row has {count} cells for {width} columns: "
                        "a separator may stand in a text without quotes."
                    ),
                    {"count": len(row), "width": width},
                )
            )
            continue
        kept.append(tuple(row) if len(row) == width else tuple(row + padding[len(row) :]))
        kept_lines.append(line)
    return kept, kept_lines, problems


def unique_names(names: Sequence[str], positions: Sequence[int] | None = None) -> tuple[str, ...]:
    """Column names cleaned of line breaks and control characters; an empty one becomes its spreadsheet letter in
    brackets, '(C)', and the second 'Price' becomes 'Price (2)'."""
    taken: set[str] = set()
    result = []
    for at, raw in enumerate(names):
        position = positions[at] if positions else at
        base = _clean(raw)[:_MAX_COLUMN_NAME] or f"({column_letters(position)})"
        name, times = base, 1
        while name.casefold() in taken:
            times += 1
            name = f"{base} ({times})"
        taken.add(name.casefold())
        result.append(name)
    return tuple(result)


def _clean(name: str) -> str:
    text = unicodedata.normalize("NFC", re.sub(r"\s+", " ", name))
    return "".join(letter for letter in text if unicodedata.category(letter)[0] != "C").strip()


def column_letters(position: int) -> str:
    """A column's letters in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
