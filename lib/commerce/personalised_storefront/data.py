"""Rows of a house's tables, read into what the page works on. One bad row is a problem to show, never the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from lib.commerce.personalised_storefront.model import Comment, Cost, Line, Purpose, Return, Seen, Shopper, Stock
from lib.errors import InputError
from lib.files.columns import RowProblem
from lib.files.values import plain_letters, read_date, read_integer, read_list, read_number
from lib.i18n import N_

MOST_CHARACTERS = 500
_YES = ("1", "yes", "oui", "true", "vrai", "y", "o", "x")
_NO = ("", "0", "no", "non", "false", "faux", "n")
_PURPOSES = {
    "orders": Purpose.ORDERS, "order": Purpose.ORDERS, "purchases": Purpose.ORDERS, "commandes": Purpose.ORDERS,
    "achats": Purpose.ORDERS,
    "browsing": Purpose.BROWSING, "visits": Purpose.BROWSING, "clicks": Purpose.BROWSING,
    "navigation": Purpose.BROWSING, "visites": Purpose.BROWSING,
    "comments": Purpose.COMMENTS, "reviews": Purpose.COMMENTS, "commentaires": Purpose.COMMENTS,
    "avis": Purpose.COMMENTS,
}  # fmt: skip
Row = Mapping[str, str]
Made = TypeVar("Made")
Read = tuple[tuple[Made, ...], tuple[RowProblem, ...]]


class _BadCell(InputError):
    """A cell that doesn't hold what its column needs."""

    def __init__(self, column: str, message: str, **values: object) -> None:
        super().__init__(message, **values)
        self.column = column


def shoppers_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Shopper]:
    """Profiles; a customer who stands twice counts once."""
    return _read(rows, lines, _shopper, lambda one: one.customer_id, "customer_id")


def orders_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Line]:
    """Order lines, with those sent twice: ``cleaning`` drops and counts them."""
    return _read(rows, lines, _line)


def returns_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Return]:
    """Lines that came back."""
    return _read(rows, lines, _return)


def visits_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Seen]:
    """Logged places, with visits recorded twice: ``cleaning`` drops and counts them."""
    return _read(rows, lines, _seen)


def costs_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Cost]:
    """Costs and floors; a product that stands twice counts once."""
    return _read(rows, lines, _cost, lambda one: one.sku, "sku")


def stock_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Stock]:
    """Units by place and size."""
    return _read(rows, lines, _stock)


def comments_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Comment]:
    """Ratings of products. Comments without a product or a rating give none, which is no fault of theirs."""
    rated = [at for at, row in enumerate(rows) if str(row.get("sku") or "").strip() and str(row.get("rating") or "")]
    return _read([rows[at] for at in rated], [lines[at] for at in rated], _comment)


def _read(
    rows: Sequence[Row],
    lines: Sequence[int],
    make: Callable[[Row], Made],
    key: Callable[[Made], str] | None = None,
    column: str = "",
) -> Read[Made]:
    made: list[Made] = []
    first: dict[str, int] = {}
    problems: list[RowProblem] = []
    for line, row in zip(lines, rows, strict=True):
        try:
            one = make(row)
        except _BadCell as bad:
            problems.append(RowProblem(line, bad.column, bad.message, dict(bad.values)))
            continue
        if key is not None:
            name = key(one)
            if name in first:
                message = N_("“{key}” already stands on line {first}. The first one is used.")
                problems.append(RowProblem(line, column, message, {"key": name[:80], "first": first[name]}))
                continue
            first[name] = line
        made.append(one)
    return tuple(made), tuple(problems)


def _text(row: Row, column: str) -> str:
    text = " ".join(str(row.get(column) or "").replace("\x00", "").split())
    if len(text) > MOST_CHARACTERS:
        message = N_("The cell holds {n} characters; at most {most} can be read. Shorten it.")
        raise _BadCell(column, message, n=len(text), most=MOST_CHARACTERS)
    return text


def _needed(row: Row, column: str) -> str:
    text = _text(row, column)
    if not text:
        message = N_("The cell is empty, and this column is needed. Fill it in, or leave the row out.")
        raise _BadCell(column, message)
    return text


def _sku(row: Row) -> str:
    return _needed(row, "sku").upper()


def _whole(row: Row, column: str, default: int | None = None) -> int:
    text = _text(row, column)
    if not text and default is not None:
        return default
    value = read_integer(_needed(row, column))
    if value is None or value < 0:
        raise _BadCell(column, N_("“{cell}” is no whole number from 0 up. Correct the cell."), cell=text[:60])
    return value


def _number(row: Row, column: str) -> float | None:
    """A number, None where the cell is empty."""
    text = _text(row, column)
    if not text:
        return None
    value = read_number(text)
    if value is None:
        raise _BadCell(column, N_("“{cell}” is no number. Correct the cell."), cell=text[:60])
    return value


def _flag(row: Row, column: str) -> bool:
    text = plain_letters(_text(row, column)).removesuffix(".0")
    if text in _YES:
        return True
    if text in _NO:
        return False
    number = read_number(text)
    if number is None:
        raise _BadCell(column, N_("“{cell}” is neither yes nor no (1 or 0). Correct the cell."), cell=text[:60])
    return number > 0


def _shopper(row: Row) -> Shopper:
    said = read_list(_text(row, "allowed_purposes"))
    purposes = frozenset(_PURPOSES[word] for one in said if (word := plain_letters(one)) in _PURPOSES)
    sizes = {kind: _text(row, f"{kind}_size").removesuffix(".0") for kind in ("top", "trouser", "shoe")}
    return Shopper(
        customer_id=_needed(row, "customer_id"),
        first_name=_text(row, "first_name").title(),
        language=_text(row, "language").casefold()[:2],
        country=_text(row, "country"),
        sizes=tuple((kind, size) for kind, size in sizes.items() if size),
        purposes=purposes,
        unclear=bool(said) and not purposes,
    )


def _line(row: Row) -> Line:
    return Line(
        order_id=_needed(row, "order_id"),
        number=_text(row, "line") or _sku(row),
        customer_id=_needed(row, "customer_id"),
        placed_on=_day(row, "placed_on"),
        sku=_sku(row),
        size=_text(row, "size"),
        quantity=_whole(row, "quantity", 1),
        gift=_flag(row, "gift"),
    )


def _day(row: Row, column: str) -> dt.date:
    text = _needed(row, column)
    found = read_date(text)
    if found is None:
        raise _BadCell(column, N_("“{cell}” is no date. Write it as 2026-10-31 or 31/10/2026."), cell=text[:60])
    return found


def _return(row: Row) -> Return:
    return Return(_needed(row, "order_id"), _text(row, "line") or _sku(row), _sku(row), _text(row, "reason"))


def _moment(row: Row) -> dt.datetime:
    text = _needed(row, "at")
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        day = _day(row, "at")
        return dt.datetime(day.year, day.month, day.day)


def _seen(row: Row) -> Seen:
    position = _whole(row, "position")
    if position < 1:
        raise _BadCell("position", N_("Places are counted from 1. Correct the cell."))
    return Seen(
        visit_id=_needed(row, "visit_id"),
        customer_id=_text(row, "customer_id"),
        at=_moment(row),
        device=_text(row, "device"),
        page=_needed(row, "page").casefold(),
        position=position,
        sku=_sku(row),
        chance=_number(row, "chance"),
        clicked=_flag(row, "clicked"),
        in_cart=_flag(row, "in_cart"),
        ordered=_flag(row, "ordered"),
    )


def _share(row: Row, column: str) -> float | None:
    value = _number(row, column)
    if value is not None and value > 1:
        value /= 100
    if value is not None and not 0 <= value < 1:
        raise _BadCell(column, N_("A share lies between 0 and 1, or 0% and 100%. Correct the cell."))
    return value


def _cost(row: Row) -> Cost:
    return Cost(_sku(row), _number(row, "landed_cost"), _share(row, "lowest_margin"))


def _stock(row: Row) -> Stock:
    return Stock(_text(row, "place") or "online", _sku(row), _text(row, "size"), _whole(row, "units"))


def _comment(row: Row) -> Comment:
    rating = _number(row, "rating")
    if rating is None or not 1 <= rating <= 5:
        raise _BadCell("rating", N_("A rating lies between 1 and 5. Correct the cell."))
    written = read_date(_text(row, "written_on"))
    return Comment(_needed(row, "customer_id"), _sku(row), round(rating), written.toordinal() if written else 0)
