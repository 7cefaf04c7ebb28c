"""The proof's own soundness: a gain where there is one, none where there is nothing to gain."""

from __future__ import annotations

import numpy as np

from lib.decide.roadmap.model import Capacity, Step
from lib.decide.roadmap.proof import gains, roomy


def trap(rng: np.random.Generator) -> tuple[list[Step], Capacity]:
    """The most valuable step takes the whole team; two others together are worth twice as much."""
    steps = [
        Step("big", "Big", 3, 1, {"data": 10.0}),
        *(Step(name, name, float(rng.uniform(2.9, 2.95)), 1, {"data": 5.0}) for name in ("one", "two")),
    ]
    return steps, Capacity(("Q1",), {"data": (10.0,)}, (0.0,))


def test_what_greedy_leaves_lying_is_measured() -> None:
    value, weeks = gains(10, make=trap)
    assert 0.9 < value.low <= value.mean <= value.high < 1.0
    assert (value.better, value.worse, value.sound, value.proven) == (1.0, 0.0, True, 1.0)
    assert weeks.mean == 0.0


def test_where_everything_fits_at_once_nothing_is_gained() -> None:
    value, weeks = gains(5, make=roomy)
    assert (value.mean, weeks.mean, value.better) == (0.0, 0.0, 0.0)


def test_random_portfolios_are_solved_soundly_and_never_worse_than_by_hand() -> None:
    value, weeks = gains(6, seed=3)
    assert value.sound and value.proven == 1.0
    assert (value.worse, weeks.worse) == (0.0, 0.0)
