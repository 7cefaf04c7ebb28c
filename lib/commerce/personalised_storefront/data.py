"""Rows of a house's tables, read into what the page works on. One bad row is a problem to show, never the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from lib.commerce.personalised_storefront.model import Comment, Cost, Line, Purpose, Return, Seen, Shopper, Stock
from lib.files.cells import BadCell, Cells, Read, Row, read_rows
from lib.files.values import plain_letters, read_date, read_language, read_list
from lib.i18n import N_

_PURPOSES = {
    "orders": Purpose.ORDERS, "order": Purpose.ORDERS, "purchases": Purpose.ORDERS, "commandes": Purpose.ORDERS,
    "achats": Purpose.ORDERS,
    "browsing": Purpose.BROWSING, "visits": Purpose.BROWSING, "clicks": Purpose.BROWSING,
    "navigation": Purpose.BROWSING, "visites": Purpose.BROWSING,
    "comments": Purpose.COMMENTS, "reviews": Purpose.COMMENTS, "commentaires": Purpose.COMMENTS,
    "avis": Purpose.COMMENTS,
}  # fmt: skip


def shoppers_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Shopper]:
    """Profiles; a customer who stands twice counts once."""
    return read_rows(rows, lines, _shopper, lambda one: one.customer_id, "customer_id")


def orders_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Line]:
    """Order lines, with those sent twice: ``cleaning`` drops and counts them."""
    return read_rows(rows, lines, _line)


def returns_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Return]:
    """Lines that came back."""
    return read_rows(rows, lines, _return)


def visits_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Seen]:
    """Logged places, with visits recorded twice: ``cleaning`` drops and counts them."""
    return read_rows(rows, lines, _seen)


def costs_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Cost]:
    """Costs and floors; a product that stands twice counts once."""
    return read_rows(rows, lines, _cost, lambda one: one.sku, "sku")


def stock_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Stock]:
    """Units by place and size."""
    return read_rows(rows, lines, _stock)


def comments_from(rows: Sequence[Row], lines: Sequence[int]) -> Read[Comment]:
    """Ratings of products. Comments without a product or a rating give none, which is no fault of theirs."""
    rated = [at for at, row in enumerate(rows) if str(row.get("sku") or "").strip() and str(row.get("rating") or "")]
    return read_rows([rows[at] for at in rated], [lines[at] for at in rated], _comment)


def _sku(row: Cells) -> str:
    return row.needed("sku").upper()


def _shopper(row: Cells) -> Shopper:
    said = read_list(row.prose("allowed_purposes"))
    purposes = frozenset(_PURPOSES[word] for one in said if (word := plain_letters(one)) in _PURPOSES)
    sizes = {kind: row.text(f"{kind}_size").removesuffix(".0") for kind in ("top", "trouser", "shoe")}
    return Shopper(
        customer_id=row.needed("customer_id"),
        first_name=row.text("first_name").title(),
        language=read_language(row.text("language")) or "",
        country=row.text("country"),
        sizes=tuple((kind, size) for kind, size in sizes.items() if size),
        purposes=purposes,
        unclear=bool(said) and not purposes,
    )


def _line(row: Cells) -> Line:
    return Line(
        order_id=row.needed("order_id"),
        number=row.text("line") or _sku(row),
        customer_id=row.needed("customer_id"),
        placed_on=row.needed_day("placed_on"),
        sku=_sku(row),
        size=row.text("size"),
        quantity=row.whole("quantity", 1),
        gift=row.flag("gift"),
    )


def _return(row: Cells) -> Return:
    return Return(row.needed("order_id"), row.text("line") or _sku(row), _sku(row), row.text("reason"))


def _moment(row: Cells) -> dt.datetime:
    text = row.needed("at")
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        day = row.needed_day("at")
        return dt.datetime(day.year, day.month, day.day)


def _seen(row: Cells) -> Seen:
    position = row.whole("position")
    if position < 1:
        raise BadCell("position", N_("Places are counted from 1. Correct the cell."))
    return Seen(
        visit_id=row.needed("visit_id"),
        customer_id=row.text("customer_id"),
        at=_moment(row),
        device=row.text("device"),
        page=row.needed("page").casefold(),
        position=position,
        sku=_sku(row),
        chance=row.number("chance"),
        clicked=row.flag("clicked"),
        in_cart=row.flag("in_cart"),
        ordered=row.flag("ordered"),
    )


def _cost(row: Cells) -> Cost:
    floor = row.share("lowest_margin")
    if floor == 1:
        raise BadCell("lowest_margin", N_("No price leaves a margin of 100%. Write a share below it, for example 55%."))
    return Cost(_sku(row), row.number("landed_cost"), floor)


def _stock(row: Cells) -> Stock:
    return Stock(row.text("place") or "online", _sku(row), row.text("size"), row.whole("units"))


def _comment(row: Cells) -> Comment:
    rating = row.number("rating")
    if rating is None or not 1 <= rating <= 5:
        raise BadCell("rating", N_("A rating lies between 1 and 5. Correct the cell."))
    written = read_date(row.text("written_on"))
    return Comment(row.needed("customer_id"), _sku(row), round(rating), written.toordinal() if written else 0)
