"""Rows of a house's own tables to records; what can't be used is listed with its line and the reason."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from lib.commerce.service_assistant.house import Line, Product, Store
from lib.files.columns import RowProblem
from lib.files.values import read_date, read_integer, read_list, read_number
from lib.i18n import N_
from lib.retrieval.words import fold

T = TypeVar("T")
Rows = Sequence[dict[str, str]]
NO_NUMBER: Final = N_("There is no order number.")
NO_SKU: Final = N_("There is no SKU.")
NO_STATUS: Final = N_("“{text}” is no state. Write in preparation, shipped, delivered, collected or lost.")
NO_DATE: Final = N_("“{text}” is no date. Write it like 2026-10-17.")
NO_PRICE: Final = N_("“{text}” is no price of zero or more.")
NO_COUNT: Final = N_("“{text}” is no whole number.")
NO_PROOF: Final = N_("Neither an e-mail nor a postcode: nobody could be recognised.")
NO_HOURS: Final = N_("“{text}” are no hours. Write them like 10:30-19:00.")
NO_NAME: Final = N_("There is no name.")
STATES: Final = {
    "in preparation": ("in preparation", "preparation", "en preparation", "unfulfilled", "processing", "en cours"),
    "shipped": ("shipped", "expedie", "expediee", "fulfilled", "en route", "in transit", "sent", "partie", "parti"),
    "delivered": ("delivered", "livre", "livree", "recu", "received"),
    "collected": ("collected", "retire", "retiree", "picked up"),
    "lost": ("lost", "perdu", "perdue"),
}
_STATE_OF: Final = {word: state for state, words in STATES.items() for word in words}
_HOURS: Final = re.compile(r"\s*([0-2]?\d)(?:[:h]([0-5]\d)?)?\s*(?:-|–|à|to)\s*([0-2]?\d)(?:[:h]([0-5]\d)?)?\s*")


class _Unusable(ValueError):
    """Why a row gives no record. ``column`` and ``message`` as in ``RowProblem``."""

    def __init__(self, column: str, message: str, text: str = "") -> None:
        super().__init__(message)
        self.column, self.message, self.text = column, message, text[:60]


@dataclass(frozen=True)
class OrderRow:
    """One line of an order as the file has it, with what its order has in common. ``number`` 0: not told."""

    order_id: str
    placed_on: dt.date
    email: str
    postcode: str
    country: str
    gift: bool
    note: str
    line: Line


@dataclass(frozen=True)
class ReturnRow:
    """One line that came back, or is on its way."""

    order_id: str
    line: int


@dataclass(frozen=True)
class StockRow:
    """Units of a piece in a size at one place."""

    place: str
    sku: str
    size: str
    units: int


def _each(rows: Rows, lines: Sequence[int], read: Callable[[dict[str, str]], T]) -> tuple[list[T], list[RowProblem]]:
    found: list[T] = []
    problems: list[RowProblem] = []
    for row, line in zip(rows, lines, strict=True):
        try:
            found.append(read(row))
        except _Unusable as reason:
            problems.append(RowProblem(line, reason.column, reason.message, {"text": reason.text}))
    return found, problems


def read_orders(rows: Rows, lines: Sequence[int]) -> tuple[list[OrderRow], list[RowProblem]]:
    """Lines of orders."""
    return _each(rows, lines, _order_row)


def _order_row(row: dict[str, str]) -> OrderRow:
    email, postcode = _cell(row, "email").lower(), _cell(row, "postcode")
    if "@" not in email and not postcode:
        raise _Unusable("email", NO_PROOF)
    return OrderRow(
        order_id=_number_of_order(row),
        placed_on=_day(row, "placed_on", required=True) or dt.date.min,
        email=email if "@" in email else "",
        postcode=postcode,
        country=_cell(row, "country").upper()[:2],
        gift=fold(_cell(row, "gift")) in ("yes", "oui", "true", "1", "y", "o"),
        note=_cell(row, "note")[:2_000],
        line=_line(row),
    )


def _line(row: dict[str, str]) -> Line:
    state = _STATE_OF.get(fold(_cell(row, "status")))
    if state is None:
        raise _Unusable("status", NO_STATUS, _cell(row, "status"))
    price = read_number(_cell(row, "price"))
    if price is None or price < 0:
        raise _Unusable("price", NO_PRICE, _cell(row, "price"))
    return Line(
        number=_count(row, "line", 0),
        sku=_sku(row),
        size=_cell(row, "size"),
        quantity=max(_count(row, "quantity", 1), 1),
        price=price,
        status=state,
        shipped_on=_day(row, "shipped_on"),
        delivered_on=_day(row, "delivered_on"),
        carrier=_cell(row, "carrier"),
        parcel=_cell(row, "parcel"),
    )


def read_returns(rows: Rows, lines: Sequence[int]) -> tuple[list[ReturnRow], list[RowProblem]]:
    """Lines that came back."""
    return _each(rows, lines, lambda row: ReturnRow(_number_of_order(row), _count(row, "line")))


def read_stores(rows: Rows, lines: Sequence[int]) -> tuple[list[Store], list[RowProblem]]:
    """Stores with their hours."""
    return _each(rows, lines, _store)


def _store(row: dict[str, str]) -> Store:
    identifier, name = _cell(row, "store_id").lower(), _cell(row, "name")
    if not identifier or not name:
        raise _Unusable("name" if identifier else "store_id", NO_NAME)
    hours = {part: _hours(row, part) for part in ("hours", "sunday", "holidays")}
    services = tuple(_SERVICES.get(fold(one), fold(one)) for one in read_list(_cell(row, "services")))
    country = _cell(row, "country").upper()[:2]
    return Store(identifier, name, country, hours["hours"], hours["sunday"], services, hours["holidays"])


_SERVICES: Final = {"rendez-vous": "appointments", "conseil": "appointments", "retouches": "alterations"}


def read_stock(rows: Rows, lines: Sequence[int]) -> tuple[list[StockRow], list[RowProblem]]:
    """Units by place, piece and size."""
    return _each(
        rows,
        lines,
        lambda row: StockRow(_place(row), _sku(row), _cell(row, "size"), _count(row, "units")),
    )


def read_products(rows: Rows, lines: Sequence[int]) -> tuple[list[Product], list[RowProblem]]:
    """What pieces are called."""
    return _each(rows, lines, _product)


def _product(row: dict[str, str]) -> Product:
    if not (name := _cell(row, "name")):
        raise _Unusable("name", NO_NAME)
    return Product(_sku(row), name, _cell(row, "category"), _cell(row, "colour"))


def _cell(row: dict[str, str], name: str) -> str:
    return " ".join(row.get(name, "").split())


def _number_of_order(row: dict[str, str]) -> str:
    found = re.sub(r"[^A-Z0-9]", "", _cell(row, "order_id").upper())
    if not re.search(r"\d{3}", found):
        raise _Unusable("order_id", NO_NUMBER)
    return found


def _sku(row: dict[str, str]) -> str:
    if not (found := _cell(row, "sku").upper()):
        raise _Unusable("sku", NO_SKU)
    return found


def _place(row: dict[str, str]) -> str:
    found = _cell(row, "place").lower()
    if not found:
        raise _Unusable("place", NO_NAME)
    return "online" if fold(found) in ("online", "en ligne", "web", "e-shop", "eshop") else found


def _count(row: dict[str, str], name: str, missing: int | None = None) -> int:
    text = _cell(row, name)
    if not text and missing is not None:
        return missing
    found = read_integer(text)
    if found is None or found < 0:
        raise _Unusable(name, NO_COUNT, text)
    return found


def _day(row: dict[str, str], name: str, required: bool = False) -> dt.date | None:
    text = _cell(row, name)
    found = read_date(text) if text else None
    if found is None and (text or required):
        raise _Unusable(name, NO_DATE, text)
    return found


def _hours(row: dict[str, str], name: str) -> str:
    text = _cell(row, name)
    if not text or fold(text) in ("closed", "ferme", "fermee", "-"):
        return ""
    match = _HOURS.fullmatch(text)
    if match is None or int(match[1]) > 24 or int(match[3]) > 24:
        raise _Unusable(name, NO_HOURS, text)
    return f"{int(match[1]):02d}:{match[2] or '00'}-{int(match[3]):02d}:{match[4] or '00'}"
