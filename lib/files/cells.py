"""Rows of a mapped table, read into what a use case works on. One bad row is a problem to show, never the end.

A use case gives the columns and a function from ``Cells`` to its item; a cell that holds something else than its column
needs raises ``BadCell``, and the row becomes a ``RowProblem`` with its line and its reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from lib.errors import InputError
from lib.files.columns import RowProblem
from lib.files.values import plain_letters, read_date, read_integer, read_number
from lib.i18n import N_

MOST_CHARACTERS = 500
YES = ("1", "yes", "oui", "true", "vrai", "y", "o", "x")
NO = ("", "0", "no", "non", "false", "faux", "n")
SHOWN = 80  # characters of a cell that a message repeats
EMPTY = N_("The cell is empty, and this column is needed. Fill it in, or leave the row out.")
TOO_LONG = N_("The cell holds {n} characters; at most {most} can be read. Shorten it.")
NO_NUMBER = N_("“{cell}” is not a number. Write it in figures, for example 1250 or 1 250,00.")
NO_WHOLE = N_("“{cell}” is no whole number from 0 up. Correct the cell.")
NO_UNITS = N_("“{cell}” is not a number of units. Write a whole number.")
NO_PRICE = N_("“{cell}” is not a price. Write it in figures, for example 390.")
NO_DATE = N_("“{cell}” is not a date. Write it as 2026-03-14 or 14/03/2026.")
NO_SHARE = N_("“{cell}” is not a share. Write 62% or 0.62.")
NO_SHARE_BETWEEN = N_("“{cell}” is not a share between 0% and 100%. Correct it.")
NO_FLAG = N_("“{cell}” is neither yes nor no (1 or 0). Correct the cell.")
FIRST_KEPT = N_("“{key}” already stands on line {first}. The first one is used.")
OWN_REFERENCE = N_("“{key}” already stands on line {first}. Each row needs its own reference.")

Row = Mapping[str, str]
Made = TypeVar("Made")
Read = tuple[tuple[Made, ...], tuple[RowProblem, ...]]


class BadCell(InputError):
    """A cell that doesn't hold what its column needs; ``column`` is empty where the whole row is meant."""

    def __init__(self, column: str, message: str, **values: object) -> None:
        super().__init__(message, **values)
        self.column = column


class BadValue(InputError):
    """A text that isn't what its reader looks for. The message says what it holds and what is expected."""


@dataclass(frozen=True)
class Cells:
    """The cells of one row by their template column's name; a column that the file lacks reads as empty.

    ``line`` is the row's in the person's file; ``most`` the characters that a cell may hold.
    """

    row: Row
    line: int = 0
    most: int = MOST_CHARACTERS

    def prose(self, column: str, most: int = 0) -> str:
        """A cell's text with its line breaks.

        Raises:
            BadCell: over ``most`` characters (0: over the row's own limit). So does each reader below.
        """
        limit = most or self.most
        cell = self.row.get(column) or ""
        if isinstance(cell, str) and len(cell) <= limit and cell.isalnum():
            return cell  # nothing to tidy: most cells of a log
        text = str(cell).replace("\x00", "").strip()
        if len(text) > limit:
            raise BadCell(column, TOO_LONG, n=len(text), most=limit)
        return text

    def text(self, column: str, most: int = 0) -> str:
        """A cell's text on one line."""
        text = self.prose(column, most)
        return text if text.isalnum() else " ".join(text.split())

    def needed(self, column: str) -> str:
        """The text of a cell that must hold something."""
        text = self.text(column)
        if not text:
            raise BadCell(column, EMPTY)
        return text

    def read(self, column: str, reader: Callable[[str], Made], default: Made) -> Made:
        """A cell as ``reader`` understands it, ``default`` where it is empty; a ``BadValue`` becomes a ``BadCell``."""
        text = self.prose(column)
        try:
            return reader(text) if text else default
        except BadValue as refused:
            raise BadCell(column, refused.message, **refused.values) from refused

    def number(self, column: str) -> float | None:
        """A number; None where the cell is empty."""
        text = self.text(column)
        value = read_number(text) if text else None
        if text and value is None:
            raise bad(column, NO_NUMBER, text)
        return value

    def price(self, column: str = "price") -> float | None:
        """An amount from 0 up; None where the cell is empty."""
        text = self.text(column)
        value = read_number(text) if text else None
        if text and (value is None or value < 0):
            raise bad(column, NO_PRICE, text)
        return value

    def whole(self, column: str, default: int | None = None, message: str = NO_WHOLE) -> int:
        """A whole number from 0 up; ``default`` where the cell is empty, which is refused without one."""
        text = self.text(column)
        if not text and default is not None:
            return default
        value = read_integer(self.needed(column))
        if value is None or value < 0:
            raise bad(column, message, text)
        return value

    def day(self, column: str) -> dt.date | None:
        """A date; None where the cell is empty."""
        text = self.text(column)
        value = read_date(text) if text else None
        if text and value is None:
            raise bad(column, NO_DATE, text)
        return value

    def needed_day(self, column: str) -> dt.date:
        """A date that must be there."""
        self.needed(column)
        value = self.day(column)
        assert value is not None  # the cell holds something, and it was read
        return value

    def share(self, column: str, least: float = 0.0) -> float | None:
        """A share: '62 %', '0.62' and '62' are 0.62, '0.5 %' is 0.005; None where the cell is empty."""
        text = self.text(column)
        value = read_number(text) if text else None
        if value is None:
            if text:
                raise bad(column, NO_SHARE, text)
            return None
        share = value / 100 if "%" in text or abs(value) > 1.5 else value
        if not least <= share <= 1:
            raise bad(column, NO_SHARE_BETWEEN, text)
        return share

    def says_yes(self, column: str) -> bool:
        """Whether the cell is a yes in French or English; any other word is none."""
        return plain_letters(self.text(column)).removesuffix(".0") in YES

    def flag(self, column: str) -> bool:
        """Yes or no, an empty cell being no; a number from 1 up (how often) is yes, another word is refused."""
        said = self.text(column)
        if said in ("0", "1"):
            return said == "1"
        text = plain_letters(said).removesuffix(".0")
        if text in YES or text in NO:
            return text in YES
        number = read_number(text)
        if number is None:
            raise bad(column, NO_FLAG, text)
        return number > 0


def bad(column: str, message: str, cell: str, **values: object) -> BadCell:
    """What is wrong with a cell, its text shortened for the message's {cell}."""
    return BadCell(column, message, cell=cell[:SHOWN], **values)


def read_rows(
    rows: Sequence[Row],
    lines: Sequence[int] | None,
    make: Callable[[Cells], Made],
    key: Callable[[Made], str] | None = None,
    column: str = "",
    twice: str = FIRST_KEPT,
    most: int = MOST_CHARACTERS,
) -> Read[Made]:
    """The items that the rows give, in their order, and the problems of the rows that give none.

    Args:
        rows: a mapping each, from a template column's name to text.
        lines: the line of each row in the person's file; 2, 3, ... without.
        make: an item of a row's cells; what it raises as ``BadCell`` is that row's problem.
        key: what names an item; the second of a name is a problem of ``column`` with the message ``twice``.
        most: the characters that a cell may hold.
    """
    made: list[Made] = []
    first: dict[str, int] = {}
    problems: list[RowProblem] = []
    numbers = lines if lines is not None else range(2, len(rows) + 2)
    for line, row in zip(numbers, rows, strict=True):
        try:
            one = make(Cells(row, line, most))
            name = key(one) if key is not None else ""
            if key is not None and name in first:
                raise BadCell(column, twice, key=name[:SHOWN], first=first[name])
        except BadCell as refused:
            problems.append(RowProblem(line, refused.column, refused.message, dict(refused.values)))
            continue
        if key is not None:
            first[name] = line
        made.append(one)
    return tuple(made), tuple(problems)
