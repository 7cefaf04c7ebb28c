"""What shoppers did, as far as they agreed that it may be used, as arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.commerce.personalised_storefront.attributes import Range
from lib.commerce.personalised_storefront.model import Purpose, Tables

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
SOURCES = (Purpose.ORDERS, Purpose.BROWSING, Purpose.COMMENTS)
#: How much an act says: a purchase 1, one that came back for a reason of taste nothing.
BOUGHT, CAME_BACK, CLICKED, IN_CART, RATED_WELL = 1.0, 0.35, 0.25, 0.5, 0.5
_SIZE_REASONS = ("too large", "too small", "trop grand", "trop petit", "arrived late", "arrivé tard", "size", "taille")


@dataclass(frozen=True)
class Acts:
    """Acts of shoppers on products, one entry each: who, what, on which day (ordinal), how much it says, from where."""

    who: Whole
    what: Whole
    day: Whole
    weight: Array
    source: Whole  # place in SOURCES

    def __len__(self) -> int:
        return len(self.who)

    def only(self, wanted: NDArray[np.bool_]) -> Acts:
        return Acts(self.who[wanted], self.what[wanted], self.day[wanted], self.weight[wanted], self.source[wanted])

    def before(self, day: int) -> Acts:
        """Acts of earlier days."""
        return self.only(self.day < day)

    def of(self, source: Purpose) -> Acts:
        return self.only(self.source == SOURCES.index(source))

    def done(self, shoppers: int, products: int) -> Array:
        """How much each shopper did with each product, (shoppers, products)."""
        made = np.zeros((shoppers, products))
        np.add.at(made, (self.who, self.what), self.weight)
        return np.minimum(made, 2.0)


def people(tables: Tables) -> dict[str, int]:
    """A row number for each shopper: those of the file, then those that only orders or visits know."""
    names = [shopper.customer_id for shopper in tables.shoppers]
    names += sorted({line.customer_id for line in tables.lines} | {v.customer_id for v in tables.visits} - {""})
    return {name: number for number, name in enumerate(dict.fromkeys(names))}


def consents(tables: Tables) -> Mapping[str, frozenset[Purpose]]:
    """What each shopper of the file agreed to; whoever isn't in it agreed to nothing."""
    return {shopper.customer_id: shopper.purposes for shopper in tables.shoppers}


def all_acts(tables: Tables, line: Range, who: Mapping[str, int]) -> Acts:
    """Every act, whether agreed to or not; only ``agreed`` and one's own page may be built on it."""
    rows = [*_orders(tables, line, who), *_visits(tables, line, who), *_comments(tables, line, who)]
    if not rows:
        nothing = np.zeros(0, dtype=np.int64)
        return Acts(nothing, nothing, nothing, np.zeros(0), nothing)
    found = list(zip(*rows, strict=True))
    whole = [np.array(found[at], dtype=np.int64) for at in (0, 1, 2, 4)]
    return Acts(whole[0], whole[1], whole[2], np.array(found[3], dtype=float), whole[3])


def agreed(acts: Acts, tables: Tables, who: Mapping[str, int]) -> Acts:
    """The acts whose shopper agreed to the purpose that they are used for."""
    allowed = np.zeros((len(who), len(SOURCES)), dtype=bool)
    for name, purposes in consents(tables).items():
        for at, purpose in enumerate(SOURCES):
            allowed[who[name], at] = purpose in purposes
    return acts.only(allowed[acts.who, acts.source])


def _orders(tables: Tables, line: Range, who: Mapping[str, int]) -> list[tuple[int, int, int, float, int]]:
    """Purchases for oneself: presents say nothing of taste, what came back for another reason than its size little."""
    back = {(one.order_id, one.number, one.sku): one.reason.casefold() for one in tables.returns}
    found = []
    for one in tables.lines:
        reason = back.get((one.order_id, one.number, one.sku))
        weight = BOUGHT if reason is None or reason in _SIZE_REASONS else CAME_BACK
        if not one.gift and one.sku in line.index:
            found.append((who[one.customer_id], line.index[one.sku], one.placed_on.toordinal(), weight, 0))
    return found


def _visits(tables: Tables, line: Range, who: Mapping[str, int]) -> list[tuple[int, int, int, float, int]]:
    found = []
    for place in tables.visits:
        if place.customer_id and place.clicked and place.sku in line.index:
            weight = IN_CART if place.in_cart else CLICKED
            found.append((who[place.customer_id], line.index[place.sku], place.at.toordinal(), weight, 1))
    return found


def _comments(tables: Tables, line: Range, who: Mapping[str, int]) -> list[tuple[int, int, int, float, int]]:
    """Ratings of 4 and 5 speak for a product's attributes; lower ones are left out."""
    return [
        (who[one.customer_id], line.index[one.sku], one.day, RATED_WELL, 2)
        for one in tables.comments
        if one.rating >= 4 and one.customer_id in who and one.sku in line.index
    ]
