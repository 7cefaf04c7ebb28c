"""One reader for every table that comes in: ``read_table``. What a file is, is told by its content and never its name.

Nothing is executed, unpickled or fetched: formulas stay text, entities and compression bombs are refused, and every
refusal is a ``FileRejected`` whose message names the fix.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lib.database.artefacts import safe_name
from lib.errors import FileRejected
from lib.files.columns import RowProblem
from lib.files.values import DecimalMark
from lib.i18n import N_, translate
from lib.settings import settings

Progress = Callable[[float], None]


def no_progress(share: float) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Limits:
    """How large a file may be. Characters and cells are counted after decoding and unpacking."""

    max_bytes: int = 50 * 1024 * 1024
    max_rows: int = 100_000
    max_columns: int = 500
    max_cells: int = 5_000_000
    max_cell_characters: int = 1_000_000
    max_unpacked_bytes: int = 600 * 1024 * 1024
    max_unpacked_ratio: int = 250  # of a whole archive; XLSX files of real houses stay below 60

    @classmethod
    def configured(cls) -> Limits:
        """The installation's limits."""
        return cls(max_bytes=settings().max_upload_bytes, max_rows=settings().max_rows)


@dataclass(frozen=True)
class Notice:
    """Something that a person should know of how their file was read; an English message id and its values."""

    message: str
    values: dict[str, Any] = field(default_factory=dict)

    def text(self, language: str | None = None) -> str:
        """The notice in ``language``, or in the reader's language where it is None."""
        return translate(self.message, language, **self.values)


@dataclass(frozen=True)
class Grid:
    """A file's cells before its header was found: rows of text, with the line on which each starts."""

    rows: list[list[str]]
    lines: list[int]
    header: list[str] | None = None  # the names, where the format itself gives them (JSON, Parquet)
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    separator: str = ""
    decimal: DecimalMark = ""  # '.' where the file's numbers are numbers and not text
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table as it stands in the person's file. Every cell is text, exactly as given; wholly blank rows are left out.

    ``rows`` has one tuple per row, as long as ``columns``; ``lines`` the line (or spreadsheet row) on which each
    starts, counted from 1. ``problems`` are rows that don't fit the columns: they aren't in ``rows``.
    """

    name: str
    kind: str  # 'csv', 'xlsx', 'parquet', 'json', 'json lines'
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    lines: list[int]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    separator: str = ""
    decimal: DecimalMark = ""
    warnings: tuple[Notice, ...] = ()
    problems: tuple[RowProblem, ...] = ()

    def records(self) -> Iterator[dict[str, str]]:
        """Each row as a dict from column name to cell."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def cells(self, column: str, limit: int | None = None) -> list[str]:
        """The non-blank cells of ``column``, of at most the first ``limit`` rows."""
        at = self.columns.index(column)
        return [row[at] for row in self.rows[:limit] if row[at].strip()]


def read_table(
    content: bytes,
    name: str,
    limits: Limits | None = None,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    progress: Progress = no_progress,
) -> Table:
    """Read an uploaded table: CSV and its kin, XLSX, JSON, JSON lines or Parquet.

    Args:
        content: the file's bytes.
        name: its name, for messages only.
        limits: the installation's when None.
        sheet: which sheet of a workbook; the first that holds a table when None.
        encoding: overrules the detected encoding of a text file.
        separator: overrules the detected separator of a text file.
        progress: called with a share between 0 and 1.

    Raises:
        FileRejected: the file is empty, too large, no table, broken or hostile; the message names the fix.
    """
    from lib.files.headers import to_table
    from lib.files.kinds import Kind, kind_of

    limits = limits or Limits.configured()
    shown = safe_name(name)
    if not content:
        raise FileRejected(N_("The file {name} is empty. Export it again, then upload it."), name=shown)
    if len(content) > limits.max_bytes:
        raise FileRejected(
            N_(
                "The file {name} has {size} MB; at most {limit} MB are read. Split it, or leave out columns "
                "that aren’t needed."
            ),
            name=shown,
            size=-(-len(content) // 2**20),
            limit=limits.max_bytes // 2**20,
        )
    kind = kind_of(content, shown)
    if kind is Kind.WORKBOOK:
        from lib.files.workbooks import read_workbook

        grid = read_workbook(content, shown, limits, sheet, progress)
        return to_table(grid, shown, "xlsx", limits)
    if kind is Kind.PARQUET:
        from lib.files.structured import read_parquet

        return to_table(read_parquet(content, shown, limits), shown, "parquet", limits)
    return _read_text(content, shown, limits, encoding, separator, progress)


def _read_text(
    content: bytes, name: str, limits: Limits, encoding: str | None, separator: str | None, progress: Progress
) -> Table:
    from lib.files.encodings import decode
    from lib.files.headers import to_table
    from lib.files.kinds import require_table_text
    from lib.files.structured import looks_like_json, read_json
    from lib.files.text_tables import read_delimited

    decoded = decode(content, name, encoding)
    require_table_text(decoded.text, name)
    if separator is None and looks_like_json(decoded.text):
        grid, kind = read_json(decoded.text, name, limits)
    else:
        grid, kind = read_delimited(decoded.text, name, limits, separator, progress), "csv"
    grid = replace(grid, encoding=decoded.encoding, warnings=(*decoded.warnings, *grid.warnings))
    return to_table(grid, name, kind, limits)
