"""Rows of the house's tables turned into comments, pieces, clients and purchases. One bad row is a problem to show."""

from __future__ import annotations

from collections.abc import Sequence

from lib.commerce.stylist.model import Client, Comment, Piece, Purchase
from lib.commerce.stylist.pieces import piece_of
from lib.files.cells import NO_UNITS, YES, Cells, Read, Row, bad, read_rows
from lib.files.values import plain_letters, read_integer, read_language, read_list, read_number
from lib.i18n import N_

MOST_CHARACTERS = 20_000  # of one comment: a longer one is a pasted document
MOST_OF_A_CELL = 400


def comments_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Comment]:
    """Comments; one without words is kept, since the page tells how many there are. Written twice, it counts once."""
    return read_rows(rows, lines, _comment, lambda one: one.id, "id", most=MOST_OF_A_CELL)


def pieces_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Piece]:
    """Pieces of the range."""
    return read_rows(rows, lines, _piece, lambda one: one.sku, "sku", most=MOST_OF_A_CELL)


def clients_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Client]:
    """Clients with what they agreed to."""
    return read_rows(rows, lines, _client, lambda one: one.id, "client", most=MOST_OF_A_CELL)


def purchases_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Purchase]:
    """Lines that were bought; a line of an order that stands twice counts once."""
    return read_rows(rows, lines, _purchase, lambda one: one.line, "order", most=MOST_OF_A_CELL)


def _comment(row: Cells) -> Comment:
    text, title = row.prose("text", MOST_CHARACTERS), row.prose("title", 2_000)
    return Comment(
        id=row.text("id") or f"L{row.line}",
        text=text,
        client=row.text("client"),
        written_on=row.day("written_on"),
        source=row.text("source"),
        language=language_from(row.text("language")),
        rating=_rating(row),
        sku=row.text("sku"),
        group=row.text("group"),
        title=title,
    )


def language_from(text: str) -> str:
    """A language's code from a code or its name; '' where the cell is empty."""
    return read_language(text) or plain_letters(text)[:2]


def _rating(row: Cells) -> float | None:
    text = row.text("rating")
    found = read_number(text.split("/")[0]) if text else None
    if text and (found is None or not 0 <= found <= 100):
        raise bad("rating", N_("“{cell}” is not a rating. Write it in figures, for example 4."), text)
    return found


def _piece(row: Cells) -> Piece:
    names = ("category", "colour", "fabric", "fit", "leg", "length", "pattern", "neckline", "sleeve", "closure")
    cells = {name: row.text(name) for name in names}
    units = row.text("units")
    count = read_integer(units) if units else 1
    if count is None:
        raise bad("units", NO_UNITS, units)
    return piece_of(
        sku=row.needed("sku"),
        name=row.needed("name"),
        category=row.needed("category"),
        cells=cells,
        price=row.price(),
        currency=row.text("currency").upper() or "EUR",
        department=plain_letters(row.text("department")),
        sizes=read_list(row.prose("sizes", 2_000)),
        units=count,
    )


def _client(row: Cells) -> Client:
    agreed = row.prose("purposes")
    purposes = {plain_letters(one) for one in read_list(agreed.replace(",", ";"))} if agreed else set()
    if purposes & {"commentaires", "avis", *YES}:
        purposes.add("comments")
    sizes = {name: size for name in ("top", "trouser", "shoe") if (size := row.text(f"{name}_size").removesuffix(".0"))}
    return Client(
        id=row.needed("client"),
        first_name=row.text("first_name").title(),
        last_name=row.text("last_name").title(),
        language=language_from(row.text("language")),
        purposes=frozenset(purposes) if agreed and agreed != "?" else None,
        sizes=sizes,
    )


def _purchase(row: Cells) -> Purchase:
    text = row.text("price")
    order = row.text("order")
    return Purchase(
        client=row.needed("client"),
        sku=row.needed("sku"),
        day=row.needed_day("day"),
        price=read_number(text) if text else None,
        size=row.text("size"),
        returned=row.text("returned"),
        gift=row.says_yes("gift"),
        line=f"{order} {row.text('line')}" if order else f"row {row.line}",
    )
