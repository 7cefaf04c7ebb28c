"""The house's own records that tools read: orders, returns, stores, stock and products of the demo house."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from lib.settings import ROOT

SAMPLE = ROOT / "sample_data"
SAMPLE_TODAY = dt.date(2026, 10, 31)  # the day on which the sample was drawn


@dataclass(frozen=True)
class Line:
    """One line of an order. ``status``: 'in preparation', 'shipped', 'delivered', 'collected' or 'lost'."""

    number: int
    sku: str
    size: str
    quantity: int
    price: float
    status: str
    shipped_on: dt.date | None
    delivered_on: dt.date | None
    carrier: str
    parcel: str


@dataclass(frozen=True)
class Order:
    """One order with its lines. ``email`` and ``postcode`` check an identity and are never told."""

    id: str
    placed_on: dt.date
    channel: str
    gift: bool
    country: str
    email: str
    postcode: str
    note: str
    lines: tuple[Line, ...]
    returned: frozenset[int] = frozenset()  # lines that came back, or are on their way

    @property
    def total(self) -> float:
        """In euros."""
        return sum(line.price * line.quantity for line in self.lines)

    @property
    def arrived_on(self) -> dt.date | None:
        """The day of the last parcel; None while one is on its way."""
        days = [line.delivered_on for line in self.lines if line.status in ("delivered", "collected")]
        known = [day for day in days if day is not None]
        return max(known) if known and len(days) == len(self.lines) else None


@dataclass(frozen=True)
class Store:
    """One store. Hours are 'HH:MM-HH:MM', empty where it is closed."""

    id: str
    name: str
    country: str
    hours: str
    hours_sunday: str
    services: tuple[str, ...]
    hours_holiday: str = ""  # on its country's public holidays
    closed_on: tuple[tuple[int, int], ...] = ()  # (month, day), whatever the other hours say
    eves: tuple[tuple[int, int], ...] = ()  # (month, day) on which it closes at ``eve_close``
    eve_close: str = "17:00"


@dataclass(frozen=True)
class Product:
    """What a client may call a piece."""

    sku: str
    name: str
    category: str
    colour: str


@dataclass(frozen=True)
class House:
    """All records, the day that counts as today, and the rules on time and value."""

    today: dt.date
    orders: Mapping[str, Order]
    stores: Mapping[str, Store]
    products: Mapping[str, Product]
    stock: Mapping[tuple[str, str, str], int] = field(default_factory=dict)  # (place, sku, size) -> units
    return_days: int = 30
    guarantee_days: int = 730
    high_value: float = 2_000.0  # euros of an order, above which a person handles it

    @cached_property
    def order_pattern(self) -> re.Pattern[str]:
        """How an order number of this house looks, in a message: the same for numbers that exist and that don't."""
        return pattern_of(self.orders)


@cache
def sample_house() -> House:
    """The demo house on 31 October 2026."""
    return House(
        today=SAMPLE_TODAY,
        orders=_orders(),
        stores={
            row["store_id"]: Store(
                row["store_id"],
                row["name"],
                row["country"],
                row["hours_mon_sat"],
                row["hours_sunday"],
                tuple(part.strip() for part in row["services"].split(";")),
                row["hours_sunday"] if row["store_id"] == "paris-marais" else "",
                ((1, 1), (5, 1), (12, 25)),
                ((12, 24), (12, 31)),
            )
            for row in _rows("stores.csv")
        },
        products=_products(),
        stock={
            (row["place"], row["sku"], row["size"]): int(row["units"])
            for row in _rows("stock.csv")
            if row["units"].isdigit()
        },
    )


MOST_SHAPES = 12


def pattern_of(numbers: Iterable[str]) -> re.Pattern[str]:
    """Letters as they are, digits by their count; a number without letters has to be called one: 'order 10423'."""
    shapes = {tuple(re.findall(r"[A-Z]+|\d+", number)) for number in numbers}
    forms = {tuple(part if part.isalpha() else len(part) for part in shape) for shape in shapes}
    if not forms:
        return re.compile(r"(?!)")
    if len(forms) > MOST_SHAPES:
        return re.compile(
            r"(?<![A-Za-z0-9])(?=[A-Z0-9-]*\d{3})(?=[A-Z0-9-]*[A-Z])[A-Z0-9-]{5,24}(?![A-Z0-9])", re.IGNORECASE
        )
    return re.compile("|".join(sorted((_form(form) for form in forms), key=len, reverse=True)), re.IGNORECASE)


def _form(form: tuple[str | int, ...]) -> str:
    parts = r"[\s-]?".join(part if isinstance(part, str) else rf"\d{{{part}}}" for part in form)
    called = (
        "" if any(isinstance(part, str) for part in form) else r"(?<=order )|(?<=commande )|(?<=#)|(?<=n° )|(?<=no )"
    )
    return rf"(?<![A-Za-z0-9])(?:{called}){parts}(?![A-Za-z0-9])" if called else rf"(?<![A-Za-z0-9]){parts}(?!\d)"


def _rows(name: str) -> list[dict[str, str]]:
    path = Path(SAMPLE / name)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _products() -> dict[str, Product]:
    return {
        row["sku"].upper(): Product(row["sku"].upper(), row["name"].strip(), row["category"], row["colour"])
        for row in _rows("products.csv")
    }


def _orders() -> dict[str, Order]:
    customers = {row["customer_id"]: row for row in _rows("customers.csv")}
    returned: dict[str, set[int]] = defaultdict(set)
    for row in _rows("returns.csv"):
        returned[row["order_id"]].add(int(row["line"]))
    lines: dict[str, dict[int, dict[str, str]]] = defaultdict(dict)
    for row in _rows("orders.csv"):
        lines[row["order_id"]].setdefault(int(row["line"]), row)  # lines sent twice count once
    found = {}
    for identifier, rows in lines.items():
        first = rows[min(rows)]
        customer = customers.get(first["customer_id"], {})
        found[identifier] = Order(
            id=identifier,
            placed_on=day_of(first["placed_on"]) or SAMPLE_TODAY,
            channel=first["channel"],
            gift=any(row["gift"] == "yes" for row in rows.values()),
            country=customer.get("country", ""),
            email=customer.get("email", "").strip().lower(),
            postcode=customer.get("postcode", ""),
            note=" ".join(dict.fromkeys(row["note"] for row in rows.values() if row["note"])),
            lines=tuple(_line(number, row) for number, row in sorted(rows.items())),
            returned=frozenset(returned.get(identifier, ())),
        )
    return found


def _line(number: int, row: dict[str, str]) -> Line:
    return Line(
        number=number,
        sku=row["sku"],
        size=row["size"],
        quantity=int(row["quantity"] or 1),
        price=float(row["price"] or 0),
        status=row["status"],
        shipped_on=day_of(row["shipped_on"]),
        delivered_on=day_of(row["delivered_on"]),
        carrier=row["carrier"],
        parcel=row["parcel"],
    )


def day_of(text: str) -> dt.date | None:
    """'2026-10-31' or '31/10/2026' as a day; None for anything else."""
    text = text.strip()
    try:
        if "/" in text:
            return dt.datetime.strptime(text, "%d/%m/%Y").date()
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


@cache
def _wishes() -> dict[str, dict[str, str]]:
    rows = json.loads((SAMPLE / "service_intents.json").read_text(encoding="utf-8"))
    return {row["intent"]: row for row in rows}


def wish_title(intent: str, language: str) -> str:
    """What an intent is called, from the house's own list; the intent itself where the list doesn't hold it."""
    return _wishes()[intent][language] if intent in _wishes() else intent
