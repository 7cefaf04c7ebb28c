"""A house's own records out of the tables that somebody brought; which house a run speaks of."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from sqlite_utils import Database

from lib.access import Actor
from lib.commerce.service_assistant.house import House, Line, Order, Product, Store, sample_house
from lib.commerce.service_assistant.record_columns import ORDERS, PRODUCTS, RETURNS, STOCK, STORES
from lib.commerce.service_assistant.record_reading import (
    OrderRow,
    ReturnRow,
    StockRow,
    read_orders,
    read_products,
    read_returns,
    read_stock,
    read_stores,
)
from lib.database import connect, data_sets
from lib.database.page_states import remembered
from lib.errors import NotFound
from lib.files.columns import Column
from lib.files.intake import Parse
from lib.files.kept import reopen
from lib.i18n import N_
from lib.tasks import Context

USE_CASE: Final = "service_assistant"


@dataclass(frozen=True)
class Slot:
    """One table of a house. ``title``: an English message id."""

    name: str
    title: str
    columns: tuple[Column, ...]
    parse: Parse[Any]


SLOTS: Final = (
    Slot("orders", N_("Orders"), ORDERS, read_orders),
    Slot("returns", N_("Returns"), RETURNS, read_returns),
    Slot("stores", N_("Stores"), STORES, read_stores),
    Slot("stock", N_("Stock"), STOCK, read_stock),
    Slot("products", N_("Products"), PRODUCTS, read_products),
)


@dataclass(frozen=True)
class Rules:
    """What a house's records leave open. Days, and euros of an order above which a person handles it."""

    return_days: int = 30
    guarantee_days: int = 730
    high_value: float = 2_000.0


def chosen_tables(database: Database, actor: Actor) -> dict[str, str]:
    """Which kept table stands for each slot: the one that was chosen, else the newest; none where none was brought."""
    found = {}
    for slot in SLOTS:
        kept = [one.id for one in data_sets.listing(database, actor, USE_CASE, slot.name)]
        wanted = remembered(database, actor, f"{USE_CASE}/{slot.name}").get("data_set")
        if kept:
            found[slot.name] = wanted if wanted in kept else kept[0]
    return found


def rules_of(database: Database, actor: Actor) -> Rules:
    """The rules as this person set them."""
    kept = remembered(database, actor, USE_CASE).get("rules", {})
    known = {name: kept[name] for name in ("return_days", "guarantee_days", "high_value") if name in kept}
    return Rules(**known)


def records_of(actor: Actor) -> str | None:
    """The data set that runs of this person name when they work on records of their own; None: the demo house's."""
    with connect() as database:
        if remembered(database, actor, USE_CASE).get("records", "sample") != "own":
            return None
        tables = chosen_tables(database, actor)
    return next(iter(tables.values()), None)


def house_for(actor: Actor, data_set: str | None) -> House:
    """The records behind a data set that ``records_of`` named.

    Raises:
        NotFound: a table was taken away in between.
        StorageError: a file is missing or was changed on disk.
    """
    if data_set is None:
        return sample_house()
    with connect() as database:
        tables = chosen_tables(database, actor)
        if data_set not in tables.values():
            # The table of the run that is looked at, where another one was chosen since.
            tables[data_sets.get(database, actor, data_set).slot] = data_set
        rules = rules_of(database, actor)
    return _assembled(actor, tuple(sorted(tables.items())), rules, dt.date.today())


def house_of(context: Context) -> House:
    """The records that a run speaks of."""
    try:
        return house_for(context.actor, context.data_set)
    except NotFound:  # its tables were taken away: it speaks of none
        return House(dt.date.today(), {}, {}, {})


@lru_cache(maxsize=16)
def _assembled(actor: Actor, tables: tuple[tuple[str, str], ...], rules: Rules, today: dt.date) -> House:
    items: dict[str, Sequence[Any]] = {slot.name: () for slot in SLOTS}
    with connect() as database:
        for slot in SLOTS:
            if slot.name in dict(tables):
                _found, intake = reopen(database, actor, dict(tables)[slot.name], slot.columns, slot.parse)
                items[slot.name] = intake.items
    made = assembled(items["orders"], items["returns"], items["stores"], items["stock"], items["products"], today)
    return replace(
        made, return_days=rules.return_days, guarantee_days=rules.guarantee_days, high_value=rules.high_value
    )


def assembled(
    orders: Sequence[OrderRow],
    returns: Sequence[ReturnRow],
    stores: Sequence[Store],
    stock: Sequence[StockRow],
    products: Sequence[Product],
    today: dt.date,
) -> House:
    """One house out of its tables' rows."""
    back: dict[str, set[int]] = defaultdict(set)
    for row in returns:
        back[row.order_id].add(row.line)
    rows: dict[str, list[OrderRow]] = defaultdict(list)
    for order in orders:
        rows[order.order_id].append(order)
    units: dict[tuple[str, str, str], int] = defaultdict(int)
    for one in stock:
        units[one.place, one.sku, one.size] += one.units
    return House(
        today=today,
        orders={number: _order(number, found, back[number]) for number, found in rows.items()},
        stores={store.id: store for store in stores},
        products={product.sku: product for product in products},
        stock=dict(units),
    )


def _order(number: str, rows: Sequence[OrderRow], back: set[int]) -> Order:
    lines: dict[int, Line] = {}
    for row in rows:
        at = row.line.number or max(lines, default=0) + 1
        lines.setdefault(at, replace(row.line, number=at))  # lines sent twice count once
    first = rows[0]
    return Order(
        id=number,
        placed_on=first.placed_on,
        channel="",
        gift=any(row.gift for row in rows),
        country=first.country,
        email=next((row.email for row in rows if row.email), ""),
        postcode=next((row.postcode for row in rows if row.postcode), ""),
        note=" ".join(dict.fromkeys(row.note for row in rows if row.note)),
        lines=tuple(line for _at, line in sorted(lines.items())),
        returned=frozenset(back),
    )
