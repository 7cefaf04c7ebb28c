"""From an uploaded file to a use case's items: read, map, parse; and how to do it the same way again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar

from lib.files.columns import Column, RowProblem
from lib.files.mapping import Mapping, apply_mapping, chosen, propose
from lib.files.tables import Progress, Table, no_progress, read_table

T = TypeVar("T")
# What a use case gives: rows (template column's name to text) and their lines in, items and problems out.
Parse = Callable[[Sequence[dict[str, str]], Sequence[int]], tuple[Sequence[T], Sequence[RowProblem]]]


@dataclass(frozen=True)
class Choices:
    """What a person decided about reading a file; None where the proposal stands."""

    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None
    sources: dict[str, str | None] | None = None  # template column's name to the file's column

    def as_json(self) -> dict[str, Any]:
        """For the database."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Choices:
        """From the database; names that an older version kept and this one doesn't know are left out."""
        return cls(**{name: kept.get(name) for name in ("sheet", "encoding", "separator", "sources")})


@dataclass(frozen=True)
class Intake(Generic[T]):
    """What a file gives. ``problems`` name the rows that gave no item, by line."""

    table: Table
    mapping: Mapping
    items: tuple[T, ...]
    problems: tuple[RowProblem, ...]


def read(content: bytes, name: str, choices: Choices, progress: Progress = no_progress) -> Table:
    """The table, read as the person chose.

    Raises:
        FileRejected: see ``read_table``.
    """
    return read_table(
        content,
        name,
        sheet=choices.sheet,
        encoding=choices.encoding,
        separator=choices.separator,
        progress=progress,
    )


def mapping_of(table: Table, columns: Sequence[Column], choices: Choices) -> Mapping:
    """The mapping that the person chose, where all its columns are in the file; else the proposal."""
    sources = choices.sources
    if sources is not None and {source for source in sources.values() if source} <= set(table.columns):
        return chosen(columns, sources)
    return propose(table, columns)


def take_in(table: Table, mapping: Mapping, columns: Sequence[Column], parse: Parse[T]) -> Intake[T]:
    """Parse the mapped rows; what the reader couldn't align and what ``parse`` refuses stand in one list.

    Raises:
        ColumnsMissing: a required column has no source.
    """
    rows, lines = apply_mapping(table, mapping, columns)
    items, problems = parse(rows, lines)
    together = sorted((*table.problems, *problems), key=lambda problem: problem.line)
    return Intake(table, mapping, tuple(items), tuple(together))
