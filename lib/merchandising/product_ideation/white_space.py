"""White space: combinations of two values that were rarely made although each of the two sells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import erf, sqrt

from lib.merchandising.product_ideation.feasible import can_be_made
from lib.merchandising.product_ideation.line import PastLine
from lib.merchandising.product_ideation.model import Genome, Style
from lib.merchandising.product_ideation.pooling import Pooled, all_pairs, share_of

RARE = 2  # styles; a combination made more often than this is no gap
SHARE_OF_EXPECTED = 0.34  # made at most so often as a third of what the two values' frequencies would give
SAME_VALUE = 3  # gaps with one value or in one category that are listed
MOST_CELLS = 12  # values of an attribute on the map; the most frequent ones


@dataclass(frozen=True)
class Cell:
    """Two values of two attributes: how often they were made together, and what such styles sell (95% interval).

    ``gain`` is against the mean of the line or category; ``sure`` the probability that it is above 0. ``expected``:
    how often the two would have met by their own frequencies. ``rare``: made seldom, and both values sell.
    """

    first: str
    second: str
    made: int
    expected: float
    value: float
    low: float
    high: float
    gain: float
    sure: float
    possible: bool
    rare: bool


@dataclass(frozen=True)
class Map:
    """The cells of two attributes, in all categories ('') or in one."""

    category: str
    rows: str
    columns: str
    row_values: tuple[str, ...]
    column_values: tuple[str, ...]
    cells: tuple[Cell, ...]
    mean: float  # what the line, or the category, sells

    @property
    def gaps(self) -> tuple[Cell, ...]:
        """The rare ones, the surest and largest gain first."""
        return tuple(sorted((cell for cell in self.cells if cell.rare), key=lambda cell: -worth(cell)))


def worth(cell: Cell) -> float:
    """What orders gaps: the gain times its probability, so that a wide interval counts against it."""
    return cell.gain * max(2 * cell.sure - 1, 0)


def white_space(pooled: Pooled, rows: str, columns: str, category: str = "") -> Map:
    """The map of two attributes.

    Cells' estimates are for styles that have these two values and are average in all else; see ``pooling``.
    """
    line = pooled.line
    inside = [style for style in line.styles if not category or style.genome["category"] == category]
    lists = {name: _values(line, name, category) for name in (rows, columns)}
    made = _counts(inside, rows, columns)
    grid = [(first, second) for first in lists[rows] for second in lists[columns]]
    base: Genome = {"category": category} if category else {}
    genomes = [{**base, rows: first, columns: second} for first, second in grid]
    found = pooled.predict([*genomes, base])
    value, low, high = found.interval(share_of)
    parts = {
        name: dict(zip(lists[name], pooled.means([{**base, name: one} for one in lists[name]]), strict=True))
        for name in (rows, columns)
    }
    mean_odds = float(found.mean[-1])
    cells = []
    for at, (first, second) in enumerate(grid):
        count = made.get((first, second), 0)
        expected = made.get((first, ""), 0) * made.get(("", second), 0) / max(len(inside), 1)
        both_sell = parts[rows][first] > mean_odds and parts[columns][second] > mean_odds
        possible = can_be_made(genomes[at]) if category else True
        seldom = count <= RARE and count <= max(SHARE_OF_EXPECTED * expected, 0.5)
        gain = float(value[at] - value[-1])
        sure = _above(float(found.mean[at]) - mean_odds, float(found.deviation[at]))
        rare = possible and seldom and both_sell and gain > 0 and expected >= 0.5
        ends = float(value[at]), float(low[at]), float(high[at])
        cells.append(Cell(first, second, count, expected, *ends, gain, sure, possible, rare))
    return Map(category, rows, columns, lists[rows], lists[columns], tuple(cells), float(value[-1]))


def best_gaps(pooled: Pooled, most: int = 12, cancelled: Callable[[], bool] = lambda: False) -> list[tuple[Map, Cell]]:
    """The gaps of all categories and pairs of attributes that are worth most, each with the map that it is on."""
    found: list[tuple[Map, Cell]] = []
    for category in pooled.line.categories:
        names = [name for name in pooled.line.offered[category] if name in pooled.line.attributes]
        for rows, columns in all_pairs(names):
            if cancelled():
                return found
            drawn = white_space(pooled, rows, columns, category)
            found += [(drawn, cell) for cell in drawn.gaps[:3]]
    return _varied(sorted(found, key=lambda pair: -worth(pair[1])), most)


def _varied(gaps: Sequence[tuple[Map, Cell]], most: int) -> list[tuple[Map, Cell]]:
    """The first ones of which no value comes up more than twice: one strong value would fill the list."""
    counted: dict[tuple[str, str], int] = {}
    kept: list[tuple[Map, Cell]] = []
    for drawn, cell in gaps:
        values = [(drawn.rows, cell.first), (drawn.columns, cell.second), ("category", drawn.category)]
        if len(kept) < most and max(counted.get(value, 0) for value in values) < SAME_VALUE:
            kept.append((drawn, cell))
            for value in values:
                counted[value] = counted.get(value, 0) + 1
    return kept


def _values(line: PastLine, name: str, category: str) -> tuple[str, ...]:
    offered = line.offered[category].get(name, ()) if category else line.values[name]
    return offered[:MOST_CELLS]


def _counts(styles: Sequence[Style], rows: str, columns: str) -> dict[tuple[str, str], int]:
    """How often each pair was made, and with '' in place of the other each value alone."""
    counted: dict[tuple[str, str], int] = {}
    for style in styles:
        first, second = style.genome.get(rows, ""), style.genome.get(columns, "")
        for key in {(first, second), (first, ""), ("", second)}:
            if key != ("", "") and (key != (first, second) or (first and second)):
                counted[key] = counted.get(key, 0) + 1
    return counted


def _above(gain: float, deviation: float) -> float:
    """The probability that a normal value is above 0."""
    return 0.5 * (1 + erf(gain / (max(deviation, 1e-9) * sqrt(2))))
