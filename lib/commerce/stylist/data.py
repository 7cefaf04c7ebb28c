"""Rows of the house's tables turned into comments, pieces, clients and purchases. One bad row is a problem to show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from lib.commerce.stylist.model import Client, Comment, Piece, Purchase
from lib.commerce.stylist.pieces import piece_of
from lib.errors import InputError
from lib.files.columns import RowProblem
from lib.files.values import plain_letters, read_date, read_integer, read_list, read_number
from lib.i18n import N_

MOST_CHARACTERS = 20_000  # of one comment: a longer one is a pasted document
MOST_OF_A_CELL = 400
YES = {"yes", "oui", "y", "o", "1", "true", "vrai", "x"}
Row = Mapping[str, str]
Made = TypeVar("Made", Comment, Piece, Client, Purchase)
LANGUAGES = {"francais": "fr", "french": "fr", "anglais": "en", "english": "en"}


class _BadCell(InputError):
    """A cell that doesn't hold what its column needs."""

    def __init__(self, column: str, message: str, **values: object) -> None:
        super().__init__(message, **values)
        self.column = column


def comments_from(rows: Sequence[Row], lines: Sequence[int]) -> tuple[tuple[Comment, ...], tuple[RowProblem, ...]]:
    """Comments; one without words is kept, since the page tells how many there are. Written twice, it counts once."""
    return _read(rows, lines, _comment, lambda one: one.id, "id")


def pieces_from(rows: Sequence[Row], lines: Sequence[int]) -> tuple[tuple[Piece, ...], tuple[RowProblem, ...]]:
    """Pieces of the range."""
    return _read(rows, lines, lambda row, _line: _piece(row), lambda one: one.sku, "sku")


def clients_from(rows: Sequence[Row], lines: Sequence[int]) -> tuple[tuple[Client, ...], tuple[RowProblem, ...]]:
    """Clients with what they agreed to."""
    return _read(rows, lines, lambda row, _line: _client(row), lambda one: one.id, "client")


def purchases_from(rows: Sequence[Row], lines: Sequence[int]) -> tuple[tuple[Purchase, ...], tuple[RowProblem, ...]]:
    """Lines that were bought; a line of an order that stands twice counts once."""
    return _read(rows, lines, _purchase, lambda one: one.line, "order")


def _read(
    rows: Sequence[Row], lines: Sequence[int], make: Callable[[Row, int], Made], key: Callable[[Made], str], column: str
) -> tuple[tuple[Made, ...], tuple[RowProblem, ...]]:
    made: dict[str, Made] = {}
    line_of: dict[str, int] = {}
    problems: list[RowProblem] = []
    for line, row in zip(lines, rows, strict=True):
        try:
            one = make(row, line)
        except _BadCell as bad:
            problems.append(RowProblem(line, bad.column, bad.message, dict(bad.values)))
            continue
        name = key(one)
        if name in made:
            message = N_("“{key}” already stands on line {first}. The first one is used.")
            problems.append(RowProblem(line, column, message, {"key": name[:80], "first": line_of[name]}))
            continue
        made[name], line_of[name] = one, line
    return tuple(made.values()), tuple(problems)


def _text(row: Row, column: str, most: int = MOST_OF_A_CELL) -> str:
    text = str(row.get(column) or "").replace("\x00", "").strip()
    if len(text) > most:
        message = N_("The cell holds {n} characters; at most {most} can be read. Shorten it.")
        raise _BadCell(column, message, n=len(text), most=most)
    return text


def _needed(row: Row, column: str) -> str:
    text = _text(row, column)
    if not text:
        message = N_("The cell is empty, and this column is needed. Fill it in, or leave the row out.")
        raise _BadCell(column, message)
    return text


def _comment(row: Row, line: int) -> Comment:
    text, title = _text(row, "text", MOST_CHARACTERS), _text(row, "title", 2_000)
    return Comment(
        id=_text(row, "id") or f"L{line}",
        text=text,
        client=_text(row, "client"),
        written_on=_day(row, "written_on"),
        source=_text(row, "source"),
        language=language_from(_text(row, "language")),
        rating=_rating(row),
        sku=_text(row, "sku"),
        group=_text(row, "group"),
        title=title,
    )


def language_from(text: str) -> str:
    """A language's code from a code or its name; '' where the cell is empty."""
    name = plain_letters(text)
    return LANGUAGES.get(name, name[:2])


def _day(row: Row, column: str) -> dt.date | None:
    text = _text(row, column)
    found = read_date(text) if text else None
    if text and found is None:
        message = N_("“{cell}” is not a date. Write it as 2026-03-14 or 14/03/2026.")
        raise _BadCell(column, message, cell=text[:80])
    return found


def _rating(row: Row) -> float | None:
    text = _text(row, "rating")
    found = read_number(text.split("/")[0]) if text else None
    if text and (found is None or not 0 <= found <= 100):
        raise _BadCell("rating", N_("“{cell}” is not a rating. Write it in figures, for example 4."), cell=text[:80])
    return found


def _piece(row: Row) -> Piece:
    text = _text(row, "price")
    price = read_number(text) if text else None
    if text and (price is None or price < 0):
        raise _BadCell("price", N_("“{cell}” is not a price. Write it in figures, for example 390."), cell=text[:80])
    names = ("category", "colour", "fabric", "fit", "leg", "length", "pattern", "neckline", "sleeve", "closure")
    cells = {name: " ".join(_text(row, name).split()) for name in names}
    units = _text(row, "units")
    count = read_integer(units) if units else 1
    if count is None:
        raise _BadCell("units", N_("“{cell}” is not a number of units. Write a whole number."), cell=units[:80])
    return piece_of(
        sku=_needed(row, "sku"),
        name=" ".join(_needed(row, "name").split()),
        category=_needed(row, "category"),
        cells=cells,
        price=price,
        currency=_text(row, "currency").upper() or "EUR",
        department=plain_letters(_text(row, "department")),
        sizes=read_list(_text(row, "sizes", 2_000)),
        units=count,
    )


def _client(row: Row) -> Client:
    agreed = _text(row, "purposes")
    purposes = {plain_letters(one) for one in read_list(agreed.replace(",", ";"))} if agreed else set()
    if purposes & {"commentaires", "avis", *YES}:
        purposes.add("comments")
    sizes = {
        name: size for name in ("top", "trouser", "shoe") if (size := _text(row, f"{name}_size").removesuffix(".0"))
    }
    return Client(
        id=_needed(row, "client"),
        first_name=_text(row, "first_name").title(),
        last_name=_text(row, "last_name").title(),
        language=language_from(_text(row, "language")),
        purposes=frozenset(purposes) if agreed and agreed != "?" else None,
        sizes=sizes,
    )


def _purchase(row: Row, line: int) -> Purchase:
    day = _day(row, "day")
    if day is None:
        message = N_("The cell is empty, and this column is needed. Fill it in, or leave the row out.")
        raise _BadCell("day", message)
    text = _text(row, "price")
    order = _text(row, "order")
    return Purchase(
        client=_needed(row, "client"),
        sku=_needed(row, "sku"),
        day=day,
        price=read_number(text) if text else None,
        size=_text(row, "size"),
        returned=_text(row, "returned"),
        gift=plain_letters(_text(row, "gift")) in YES,
        line=f"{order} {_text(row, 'line')}" if order else f"row {line}",
    )
