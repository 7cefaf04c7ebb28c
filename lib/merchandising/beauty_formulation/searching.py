"""Where among all allowed mixtures the next trial gains most, and how that is made a formula that one can weigh."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from lib.merchandising.beauty_formulation.judging import Judge
from lib.merchandising.beauty_formulation.sampling import candidates, nearby, scaled
from lib.merchandising.beauty_formulation.space import Array, Polytope, Space

POOL = 1_600  # mixtures looked at first
LEADERS = 6  # of them, around which is looked further
NEARER = (0.5, 0.3, 0.2, 0.1, 0.05, 0.03)  # how far, as a share of the way to a corner
STEP = 0.01  # percentage points to which a laboratory weighs
SAME = 0.02  # scaled distance below which two mixtures are one trial
TRACE = 0.1  # of the most that may be used, below which an ingredient is a trace
SPARED = 0.97  # of its worth that a mixture must keep without it
APART = 0.12  # least scaled distance of two trials of one round, times the root of the number of ingredients that vary


def best_gain(
    judge: Judge,
    space: Space,
    tried: Array,
    best: float,
    generator: np.random.Generator,
    also: Array | None = None,
    batch: Array | None = None,
) -> Array:
    """The mixture (p,) of greatest expected improvement: a wide pool, then ever nearer around the best of it.

    ``also`` are mixtures around which is looked besides those tried; from the ``batch`` that is weighed in the same
    round the next trial keeps away further, since nobody weighs one formula twice a day to learn of it.
    """
    nobody = judge.incumbent(tried)[0] is None
    known = scaled(tried, judge.low, judge.high)

    def worth(pool: Array) -> Array:
        value = judge.chance(pool) if nobody and judge.single() is not None else judge.gain(pool, best)
        places = scaled(pool, judge.low, judge.high)
        fresh = _new(places, known, SAME)
        if batch is not None and len(batch):
            fresh &= _new(places, scaled(batch, judge.low, judge.high), APART * places.shape[1] ** 0.5)
        return np.asarray(np.where(fresh, value, -1.0))

    seeds = tried if also is None else np.vstack([tried, also])
    return _search(worth, space, seeds, generator)[0]


def _search(
    worth: Callable[[Array], Array], space: Space, tried: Array, generator: np.random.Generator
) -> tuple[Array, float]:
    """The mixture of greatest worth: a wide pool and the trials, then ever nearer around the best of them."""
    found = [_search_in(part, worth, space, tried, generator) for part in space.parts]
    return max(found, key=lambda pair: pair[1])


def _search_in(
    part: Polytope, worth: Callable[[Array], Array], space: Space, tried: Array, generator: np.random.Generator
) -> tuple[Array, float]:
    pool = np.vstack([candidates(part, POOL // len(space.parts), generator), tried[part.holds(tried, 0.02)]])
    values = worth(pool)
    # In many directions a step rarely goes the right way, so there are more of them.
    many = 12 * max(2, len(part.basis))
    for size in NEARER if len(part.basis) > 4 else NEARER[1::2]:
        order = np.argsort(-values)[:LEADERS]
        around = nearby(part, pool[order], many, size, generator)
        pool, values = np.vstack([pool[order], around]), np.concatenate([values[order], worth(around)])
    at = int(values.argmax())
    return pool[at], float(values[at])


def _new(places: Array, known: Array, least: float) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which places aren't a repetition of one that is known."""
    if not len(known):
        return np.ones(len(places), dtype=bool)
    squares = (places**2).sum(1)[:, None] + (known**2).sum(1)[None] - 2 * places @ known.T
    return np.asarray(squares.min(axis=1) > least**2)


def expected_best(judge: Judge, space: Space, tried: Array, generator: np.random.Generator) -> Array:
    """The mixture (p,) that is expected to be best, weighed or not."""
    return _search(judge.score, space, tried, generator)[0]


def without_traces(mixture: Array, space: Space, worth: Callable[[Array], Array]) -> Array:
    """Leave out what only stands in a mixture as a trace, where that is allowed and costs next to nothing.

    The search ends anywhere; nobody weighs 0.04% of an ingredient of which up to 6% may be used.
    """
    rest = int(mixture.argmax())
    for at in np.argsort(mixture):
        if not 0 < mixture[at] < TRACE * space.high[at]:
            continue
        less = mixture.copy()
        less[rest] += less[at]
        less[at] = 0.0
        if space.holds(less[None])[0] and worth(less[None])[0] >= SPARED * worth(mixture[None])[0]:
            mixture = less
    return mixture


def rounded(mixture: Array, space: Space) -> Array:
    """To what a laboratory weighs: steps of 0.01 points, the largest share taking what is left; else as it was."""
    found = np.round(np.round(mixture / STEP) * STEP, 4)
    largest = int(found.argmax())
    found[largest] = round(100.0 - float(np.delete(found, largest).sum()), 4)
    near = Space(space.parts, space.bounds)
    fits = any(bool(part.holds(found[None], slack=0.011)[0]) for part in near.parts)
    return found if fits else mixture
