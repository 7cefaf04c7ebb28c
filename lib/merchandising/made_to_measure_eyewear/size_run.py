"""The smallest run of sizes that fits most faces: k-medoids over the sizes that faces would be made.

What is made small is the share of faces that no size fits, and among near equals the misfit of all. How many a run fits
is counted on faces that it wasn't chosen on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from lib.merchandising.made_to_measure_eyewear.fitting import WITHIN, Array, Faces, Sizes, fit, misfit
from lib.merchandising.made_to_measure_eyewear.medoids import nested

NEARNESS = 0.05  # what a unit of misfit counts beside a face that isn't fitted
FAR = 4.0  # misfit beyond which worse is no worse
MOST_CANDIDATES = 500
MOST_ROWS = 12_000
LONGEST_RUN = 10
# What shops are usually sent: one model graded by 2 mm of lens around 52, one bridge, one temple (an assumption; a
# buyer's own run takes its place).
TRADE: Mapping[int, tuple[str, ...]] = {
    1: ("52-18-145",),
    2: ("50-18-145", "54-18-145"),
    3: ("50-18-145", "52-18-145", "54-18-145"),
    4: ("48-18-145", "50-18-145", "52-18-145", "54-18-145"),
    5: ("48-18-145", "50-18-145", "52-18-145", "54-18-145", "56-18-145"),
    6: ("48-18-140", "50-18-140", "50-20-145", "52-18-145", "54-18-145", "56-18-150"),
    7: ("48-18-140", "50-18-140", "50-20-145", "52-18-145", "52-20-145", "54-18-145", "56-18-150"),
    8: ("48-18-140", "50-18-140", "50-20-145", "52-18-145", "52-20-145", "54-18-145", "54-20-145", "56-18-150"),
}


@dataclass(frozen=True)
class Run:
    """A run of sizes: how many faces it fits of those that it was chosen on, and of others."""

    sizes: tuple[str, ...]
    fitted: float
    held_out: float


def sizes_of(notations: tuple[str, ...]) -> Sizes:
    """Sizes from texts such as '52-18-145'.

    Raises:
        InputError: one isn't such a text.
    """
    from lib.atelier.solids import parse_notation

    rows = np.array([parse_notation(text) for text in notations], dtype=float).reshape(-1, 3)
    return Sizes(rows[:, 0], rows[:, 1], rows[:, 2])


def share_fitted(faces: Faces, sizes: Sizes, within: Mapping[str, float] = WITHIN) -> float:
    """The share of faces that at least one of the sizes fits; 0 where there is no face."""
    if not len(faces) or not len(sizes):
        return 0.0
    return float((misfit(faces, sizes, within).min(axis=1) <= 1).mean())


def candidates(faces: Faces) -> Sizes:
    """The distinct sizes that these faces would be made, the commonest first; at most ``MOST_CANDIDATES``."""
    made = fit(faces)
    rows = np.stack([made.lens, made.bridge, made.temple], -1)
    distinct, counts = np.unique(rows, axis=0, return_counts=True)
    chosen = distinct[np.argsort(-counts, kind="stable")[:MOST_CANDIDATES]]
    return Sizes(chosen[:, 0], chosen[:, 1], chosen[:, 2])


def losses(faces: Faces, sizes: Sizes, within: Mapping[str, float] = WITHIN) -> NDArray[np.float32]:
    """(n, m): what each size on each face costs, between 0 and about 1.2."""
    off = misfit(faces, sizes, within)
    cost = np.minimum(off, np.float32(FAR)) * np.float32(NEARNESS)
    cost += off > 1
    return cost


def runs(
    faces: Faces,
    most: int = 8,
    within: Mapping[str, float] = WITHIN,
    seed: int = 0,
    progress: Callable[[float], None] = lambda share: None,
) -> list[Run]:
    """The best run of 1, 2, ... ``most`` sizes, with the share fitted of the faces and, chosen on the other half, of
    each half: what a run fits of people whom nobody measured.
    """
    generator = np.random.default_rng(seed)
    if len(faces) > MOST_ROWS:
        faces = faces.only(np.sort(generator.permutation(len(faces))[:MOST_ROWS]))
    half = generator.permutation(len(faces)) % 2 == 0
    parts = [(faces, None), (faces.only(half), faces.only(~half)), (faces.only(~half), faces.only(half))]
    chosen: list[list[list[int]]] = []
    pools, counted = [], []
    for index, (inside, outside) in enumerate(parts):
        pool = candidates(inside)
        cost = losses(inside, pool, within)
        found = nested(cost, most, seed, partial(_within, progress, index, len(parts)))
        pools.append(pool)
        chosen.append(found)
        counted.append([share_fitted(outside or inside, pool.only(np.array(one)), within) for one in found])
    result = []
    for k in range(most):
        sizes = pools[0].only(np.array(chosen[0][k]))
        result.append(Run(tuple(sorted(sizes.notations())), counted[0][k], (counted[1][k] + counted[2][k]) / 2))
    return result


def _within(progress: Callable[[float], None], part: int, parts: int, share: float) -> None:
    progress((part + share) / parts)


def trade_shares(faces: Faces, within: Mapping[str, float] = WITHIN) -> dict[int, float]:
    """The share of faces that the trade's run of n sizes fits."""
    return {count: share_fitted(faces, sizes_of(sizes), within) for count, sizes in TRADE.items()}


def array_of(values: list[float]) -> Array:
    """Numbers as (n,)."""
    return np.asarray(values, dtype=float)
