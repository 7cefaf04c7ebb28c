"""What sells: recent popularity day by day, and when each product was on sale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.commerce.personalised_storefront.attributes import Range
from lib.commerce.personalised_storefront.model import Tables

Array = NDArray[np.float64]
HALF_LIFE = 30.0  # days after which a sale counts half
FEW = 0.3  # sales that a product without any counts as
NEW_DAYS = 30


@dataclass(frozen=True)
class Sales:
    """Aggregated sales, of nobody in particular. ``decayed[d]`` are those before day ``first + d``, (days, products).

    ``begins`` and ``ends`` are the first and last day (ordinals) on which a product was sold or shown; 0 for never.
    """

    first: int
    decayed: Array
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]

    def popular(self, day: int) -> Array:
        """The logarithm of recent sales before ``day``, (products,)."""
        at = min(max(day - self.first, 0), len(self.decayed) - 1)
        later = max(day - self.first - at, 0)
        return np.asarray(np.log(self.decayed[at] * 0.5 ** (later / HALF_LIFE) + FEW))

    def new(self, day: int) -> Array:
        """1 for a product that came on sale less than ``NEW_DAYS`` ago, or wasn't yet, (products,)."""
        return np.asarray((self.begins == 0) | (self.begins > day - NEW_DAYS), dtype=float)

    def on_sale(self, day: int) -> NDArray[np.bool_]:
        """Which products could be had on that day, as far as sales and pages tell."""
        return np.asarray((self.begins > 0) & (self.begins <= day) & (day <= self.ends))


def sales_of(tables: Tables, line: Range) -> Sales:
    """All sales, whoever bought: a sum that needs nobody's consent, since nobody can be told from it."""
    sold = [(one.placed_on.toordinal(), line.index[one.sku]) for one in tables.lines if one.sku in line.index]
    shown = [(one.at.toordinal(), line.index[one.sku]) for one in tables.visits if one.sku in line.index]
    days = [day for day, _product in (*sold, *shown)] or [1]
    first, last = min(days), max(days)
    daily = np.zeros((last - first + 2, len(line)))
    for day, product in sold:
        daily[day - first + 1, product] += 1.0  # seen from the next day on
    keep = 0.5 ** (1 / HALF_LIFE)
    decayed = np.zeros_like(daily)
    for at in range(1, len(daily)):
        decayed[at] = decayed[at - 1] * keep + daily[at]
    begins, ends = np.zeros(len(line), dtype=np.int64), np.zeros(len(line), dtype=np.int64)
    for day, product in (*sold, *shown):
        begins[product] = min(begins[product] or day, day)
        ends[product] = max(ends[product], day)
    return Sales(first, decayed, begins, ends)
