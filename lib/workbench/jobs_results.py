"""What a job's rows came to: as texts to look at, and as one table to take away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lib.catalogue import use_case
from lib.comparable import Passage, comparable
from lib.database.jobs import Item
from lib.errors import NotFound
from lib.files.writers import MAX_CELL_CHARACTERS, Cell
from lib.i18n import N_, translate

# The columns that every job's table begins and ends with; the output's own stand between them.
FIRST = ("row", "label", "language", "status")
LAST = ("checks_to_fix", "checks_to_look_at", "error", "attempts", "seconds", "cost", "model", "finished_at", "run")
MISSING_TEXT = N_("This row’s result is empty.")
SHOWN_LINES = 12
CUT = " […]"  # ends a text that a cell of XLSX would not hold


def passages_of(case: str, output: dict[str, Any]) -> tuple[Passage, ...]:
    """An output as it is read: in its use case's own way where it has one, else all of its texts in their order.

    ``case`` is a slug; one that the catalogue does not hold (any more) is read in the general way, too.
    """
    try:
        dotted = use_case(case).comparable
    except NotFound:
        dotted = ""
    if dotted:
        return comparable(dotted).passages(output)
    texts = [str(value) for _name, value in _leaves(output) if value not in (None, "")]
    return tuple(Passage("text", (text,)) for text in texts[:SHOWN_LINES]) or (
        Passage("small", (translate(MISSING_TEXT),)),
    )


@dataclass(frozen=True)
class Table:
    """A table to write into a file. Its column names are the same in every language: other programs read them."""

    columns: tuple[str, ...]
    rows: list[list[Cell]]

    def fitted(self) -> Table:
        """The table with texts cut where a cell of XLSX would not hold them; CSV and Parquet hold all."""
        return Table(self.columns, [[_fitted(cell) for cell in row] for row in self.rows])


def table_of(items: Iterable[Item]) -> Table:
    """All rows of a job, one a line; an output's fields become columns, 'options.1.title' one inside another.

    A list of plain values is one cell, a value a line. A row without a result has its status and its error in the
    reader's language.
    """
    known: dict[str, None] = {}
    read: list[tuple[Item, dict[str, Cell]]] = []
    for item in items:
        fields = dict(_leaves(item.output or {}))
        known.update(dict.fromkeys(fields))
        read.append((item, fields))
    names = [name if name not in FIRST + LAST else f"output.{name}" for name in known]
    rows = [[*_before(item), *(fields.get(name) for name in known), *_after(item)] for item, fields in read]
    return Table((*FIRST, *names, *LAST), rows)


def _fitted(cell: Cell) -> Cell:
    if not isinstance(cell, str) or len(cell) <= MAX_CELL_CHARACTERS:
        return cell
    return cell[: MAX_CELL_CHARACTERS - len(CUT)] + CUT


def _before(item: Item) -> list[Cell]:
    return [item.position + 1, item.label, item.language, item.status]


def _after(item: Item) -> list[Cell]:
    finished = dt.datetime.fromisoformat(item.finished_at) if item.finished_at else None
    checks: list[Cell] = [item.to_fix, item.to_check] if item.status == "done" else [None, None]
    rest: list[Cell] = [item.attempts, item.seconds, item.cost, item.model or "", finished, item.run or ""]
    return [*checks, error_text(item.error), *rest]


def error_text(error: Mapping[str, Any] | None) -> str:
    """A recorded error or reason in the reader's language; '' where there is none."""
    return translate(str(error["message"]), None, **error.get("values", {})) if error else ""


def _leaves(value: Any, name: str = "") -> list[tuple[str, Cell]]:
    """Every plain value below ``value`` with its path."""
    if isinstance(value, Mapping):
        pairs: Iterable[tuple[Any, Any]] = value.items()
    elif isinstance(value, list | tuple):
        if not any(isinstance(part, Mapping | list | tuple) for part in value):
            return [(name, "\n".join(str(part) for part in value))]
        pairs = enumerate(value, start=1)
    else:
        return [(name, value if isinstance(value, str | int | float | bool) or value is None else str(value))]
    return [leaf for key, part in pairs for leaf in _leaves(part, f"{name}.{key}" if name else str(key))]
