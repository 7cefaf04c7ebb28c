"""k-medoids: which few of many columns serve all rows at least cost.

Partitioning around medoids (Kaufman and Rousseeuw, 1990): a greedy start (BUILD), then the best swap of a chosen column
for another until no swap saves anything. All swaps are judged in one pass (Schubert and Rousseeuw, 2021).
Such an end can still be a local one, so seeded starts are improved beside the greedy one and the best end is taken.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Costs = NDArray[np.float32]
STARTS = 4  # seeded ones, beside the greedy one
GLANCE = 1_000  # rows on which seeded starts compete before the best is improved on all (as CLARA does)
SAVING = 1e-9  # share of the loss below which a swap saves nothing


def loss(cost: Costs, chosen: list[int]) -> float:
    """What the rows cost together, each served by its best chosen column."""
    return float(cost[:, chosen].min(axis=1).sum(dtype=np.float64))


def medoids(cost: Costs, count: int, seed: int = 0) -> list[int]:
    """The last of ``nested``: ``count`` columns, or all where there are fewer."""
    return nested(cost, count, seed)[-1]


def nested(
    cost: Costs, most: int, seed: int = 0, progress: Callable[[float], None] = lambda share: None
) -> list[list[int]]:
    """For 1, 2, ... ``most`` the columns of ``cost`` (n, m) whose smallest entry in each row adds up to least.

    Of each it holds that no single swap lowers the loss, that it is no worse than the greedy choice of as many, and no
    worse than the one before it.

    Args:
        most: at least 1; with fewer columns than that the last choices are all columns.
    """
    generator = np.random.default_rng(seed)
    greedy: list[int] = []
    found: list[list[int]] = []
    for count in range(1, most + 1):
        count = min(count, cost.shape[1])
        greedy = built(cost, count, greedy)
        starts = [greedy, *([built(cost, count, found[-1])] if found else [])]
        starts += _seeded(cost, count, generator)
        ends = [improved(cost, start) for start in _distinct(starts)]
        found.append(min(ends, key=lambda one: loss(cost, one)))
        progress(len(found) / most)
    return found


def built(cost: Costs, count: int, start: list[int]) -> list[int]:
    """``start`` with the columns added that save most, one after the other (BUILD)."""
    chosen = list(start)
    while len(chosen) < count:
        nearest = cost[:, chosen].min(axis=1) if chosen else np.full(len(cost), np.inf, np.float32)
        sums = np.minimum(cost, nearest[:, None]).sum(axis=0, dtype=np.float64)
        sums[chosen] = np.inf
        chosen.append(int(np.argmin(sums)))
    return chosen


def improved(cost: Costs, start: list[int]) -> list[int]:
    """The choice after the best swaps, until none saves anything; each lowers the loss, so this comes to an end."""
    chosen = list(start)
    while (swap := _best_swap(cost, chosen)) is not None:
        chosen[swap[0]] = swap[1]
    return chosen


def _seeded(cost: Costs, count: int, generator: np.random.Generator) -> list[list[int]]:
    """The best end of ``STARTS`` drawn starts; in a long table it is sought on a sample of its rows."""
    if not 1 < count < cost.shape[1]:
        return []
    rows = generator.permutation(len(cost))[:GLANCE]
    glance = cost[rows] if len(rows) < len(cost) else cost
    drawn = [generator.permutation(cost.shape[1])[:count].tolist() for _start in range(STARTS)]
    return [min((improved(glance, one) for one in drawn), key=lambda one: loss(glance, one))]


def _distinct(starts: list[list[int]]) -> list[list[int]]:
    return [list(one) for one in dict.fromkeys(tuple(sorted(start)) for start in starts)]


def _best_swap(cost: Costs, chosen: list[int]) -> tuple[int, int] | None:
    """(place among the chosen, new column) of the swap that saves most; None where none saves anything.

    Where the medoid at a place is given up, only its own rows change: they go to their second best or to the new one.
    """
    own = cost[:, chosen]
    first = own.argmin(axis=1)
    nearest = own.min(axis=1)
    second = np.partition(own, 1, axis=1)[:, 1] if len(chosen) > 1 else np.full(len(cost), np.inf, np.float32)
    kept = np.empty((len(chosen), cost.shape[1]))
    lost = np.empty_like(kept)
    for place in range(len(chosen)):
        mine = first == place
        rows = cost[mine]
        kept[place] = np.minimum(rows, nearest[mine, None]).sum(axis=0, dtype=np.float64)
        lost[place] = np.minimum(rows, second[mine, None]).sum(axis=0, dtype=np.float64)
    after = kept.sum(axis=0) - kept + lost
    after[:, chosen] = np.inf
    best, column = divmod(int(np.argmin(after)), after.shape[1])
    before = float(nearest.sum(dtype=np.float64))
    return (best, column) if after[best, column] < before - SAVING * before else None
