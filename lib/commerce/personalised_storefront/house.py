"""A house's tables, cleaned, with what is derived from them once; and a profile that somebody makes up."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lib.commerce.personalised_storefront.attributes import Range, range_of
from lib.commerce.personalised_storefront.cleaning import Cleaned, clean
from lib.commerce.personalised_storefront.history import BOUGHT, Acts, agreed, all_acts, people
from lib.commerce.personalised_storefront.model import Line, Purpose, Shopper, Stock, Tables
from lib.commerce.personalised_storefront.sales import NEW_DAYS, Sales, sales_of

MADE_UP = "made-up"  # the reference of the profile that somebody makes up


@dataclass(frozen=True)
class House:
    """A house's tables, cleaned, with what is derived from them once."""

    tables: Tables
    cleaned: Cleaned
    line: Range
    who: Mapping[str, int]
    acts: Acts
    agreed: Acts
    sales: Sales
    stock: Mapping[str, Mapping[str, int]]  # online units by product and size
    today: int

    def shopper(self, customer: str) -> Shopper | None:
        return next((one for one in self.tables.shoppers if one.customer_id == customer), None)


def house_of(tables: Tables) -> House:
    """Clean and index the tables.

    Raises:
        InputError: see ``cleaning.clean``.
    """
    kept, cleaned = clean(tables)
    line = range_of(kept.products)
    who = people(kept)
    acts = all_acts(kept, line, who)
    days = [one.placed_on.toordinal() for one in kept.lines] + [one.at.toordinal() for one in kept.visits]
    return House(
        kept, cleaned, line, who, acts, agreed(acts, kept, who), sales_of(kept, line), _online(kept.stock),
        max(days, default=0) + 1,
    )  # fmt: skip


def _online(stock: Sequence[Stock]) -> dict[str, dict[str, int]]:
    """Units online; of a house that names no such place, those of all places."""
    places = {one.place.casefold() for one in stock}
    online = {name for name in places if re.search(r"online|web|ligne|e-?shop", name)} or places
    found: dict[str, dict[str, int]] = {}
    for one in stock:
        if one.place.casefold() in online:
            sizes = found.setdefault(one.sku, {})
            sizes[one.size] = sizes.get(one.size, 0) + one.units
    return found


def available(house: House) -> NDArray[np.bool_]:
    """What can be had: in stock online, or where no stock is told, sold or shown in the last ``NEW_DAYS``."""
    if not house.stock:
        found = (house.sales.begins > 0) & (house.sales.ends >= house.today - NEW_DAYS)
        return found if found.any() else np.ones(len(house.line), dtype=bool)
    return np.array([sum(house.stock.get(product.sku, {}).values()) > 0 for product in house.line.products])


def with_profile(house: House, skus: Sequence[str], sizes: Mapping[str, str]) -> House:
    """The house with one more shopper, ``MADE_UP``, who bought these pieces yesterday; nothing else is learned anew.

    Args:
        sizes: by kind: 'top', 'trouser', 'shoe'.
    """
    known = [sku for sku in dict.fromkeys(skus) if sku in house.line.index]
    told = tuple((kind, size.strip()) for kind, size in sizes.items() if size.strip())
    shopper = Shopper(MADE_UP, sizes=told, purposes=frozenset((Purpose.ORDERS,)))
    day = dt.date.fromordinal(house.today - 1)
    lines = tuple(Line(MADE_UP, str(number), MADE_UP, day, sku) for number, sku in enumerate(known))
    number, old, n = len(house.who), house.acts, len(known)
    acts = Acts(
        np.append(old.who, np.full(n, number)),
        np.append(old.what, np.array([house.line.index[sku] for sku in known], dtype=np.int64)),
        np.append(old.day, np.full(n, house.today - 1)),
        np.append(old.weight, np.full(n, BOUGHT)),
        np.append(old.source, np.zeros(n, dtype=np.int64)),
    )
    tables = replace(house.tables, shoppers=(*house.tables.shoppers, shopper), lines=(*house.tables.lines, *lines))
    return replace(house, tables=tables, who={**house.who, MADE_UP: number}, acts=acts)
