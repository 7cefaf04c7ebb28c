"""Many people's scores of a cell (a use case on a criterion) as one range, and the cells on which they differ most.

The median and the quartiles are what a Delphi study hands back to its panel (Dalkey and Helmer, 1963).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.agreement import Agreement, agreement
from lib.catalogue import Criterion
from lib.database.scores import HIGHEST, LOWEST, Score

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HALF_STEP = 0.5  # how far a score may be off, either way, of somebody who gave no range: an assumption
Cell = tuple[str, Criterion]


@dataclass(frozen=True)
class Pooled:
    """What the people said of one cell, on the scale from 1 to 5.

    ``median``, ``lower`` and ``upper`` (quartiles) are of their likeliest scores; ``low`` is the lower quartile of
    their lowest scores and ``high`` the upper one of their highest.
    """

    people: int
    median: float
    lower: float
    upper: float
    low: float
    high: float

    @property
    def spread(self) -> float:
        """How far the middle half of the people lie apart."""
        return self.upper - self.lower


def pool(scores: Sequence[Score]) -> dict[Cell, Pooled]:
    """Each cell's pooled scores; cells that nobody scored are left out."""
    import numpy as np

    if not scores:
        return {}
    cells = {cell: at for at, cell in enumerate(dict.fromkeys((one.slug, one.criterion) for one in scores))}
    rows = np.array([cells[one.slug, one.criterion] for one in scores])
    likeliest = np.array([one.likeliest for one in scores])
    low = np.array([_low(one) for one in scores])
    high = np.array([_high(one) for one in scores])
    counts = np.bincount(rows)
    lower, median, upper = (quantile(likeliest, rows, counts, share) for share in (0.25, 0.5, 0.75))
    lowest = np.minimum(quantile(low, rows, counts, 0.25), median)
    highest = np.maximum(quantile(high, rows, counts, 0.75), median)
    columns = (counts, median, lower, upper, lowest, highest)
    return {cell: Pooled(*(column[at].item() for column in columns)) for cell, at in cells.items()}


def quantile(
    values: NDArray[np.float64], rows: NDArray[np.int64], counts: NDArray[np.int64], share: float
) -> NDArray[np.float64]:
    """A quantile of the values of each row at once, linear between two values.

    Args:
        values: all values; ``rows`` says to which row each belongs, ``counts`` how many each row has (at least one).
    """
    import numpy as np

    ordered = values[np.lexsort((values, rows))]
    start = np.concatenate([[0], counts.cumsum()[:-1]])
    place = (counts - 1) * share
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, counts - 1)
    found: NDArray[np.float64] = ordered[start + below] + (place - below) * (
        ordered[start + above] - ordered[start + below]
    )
    return found


def _low(one: Score) -> float:
    return max(LOWEST, one.likeliest - HALF_STEP) if one.low is None else one.low


def _high(one: Score) -> float:
    return min(HIGHEST, one.likeliest + HALF_STEP) if one.high is None else one.high


@dataclass(frozen=True)
class Difference:
    """A cell on which people differ, with everybody's likeliest score, sorted, and what was noted at either end."""

    slug: str
    criterion: Criterion
    pooled: Pooled
    given: tuple[float, ...]
    low_note: str
    high_note: str


def differences(scores: Sequence[Score], most: int = 5) -> list[Difference]:
    """The cells to talk about first: where the middle half lies furthest apart, then the ends."""
    by_cell: dict[Cell, list[Score]] = {}
    for one in scores:
        by_cell.setdefault((one.slug, one.criterion), []).append(one)
    pooled = pool(scores)
    found = []
    for (slug, criterion), given in by_cell.items():
        given = sorted(given, key=lambda one: one.likeliest)
        if given[0].likeliest < given[-1].likeliest:
            values = tuple(one.likeliest for one in given)
            middle = pooled[slug, criterion].median
            low = next((one.note for one in given if one.note and one.likeliest < middle), "")
            high = next((one.note for one in reversed(given) if one.note and one.likeliest > middle), "")
            found.append(Difference(slug, criterion, pooled[slug, criterion], values, low, high))
    return sorted(found, key=lambda one: (-one.pooled.spread, one.given[0] - one.given[-1], one.slug))[:most]


def agreed(scores: Sequence[Score], seed: int = 0) -> Agreement:
    """Krippendorff's alpha of the likeliest scores as ranked values, over the cells."""
    raters = max((one.rater for one in scores), default=-1) + 1
    units: dict[Cell, list[float | None]] = {}
    for one in scores:
        units.setdefault((one.slug, one.criterion), [None] * raters)[one.rater] = one.likeliest
    return agreement(list(units.values()), seed, "ordinal")
