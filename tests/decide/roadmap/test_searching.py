"""The search: two side by side prove what one worker proves; a large roadmap gets a plan and a bound."""

from __future__ import annotations

import numpy as np
import pytest

from lib.decide.roadmap import searching, solving
from lib.decide.roadmap.proof import portfolio


@pytest.mark.parametrize("seed", range(3))
def test_two_searches_side_by_side_prove_what_one_worker_proves(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    steps, capacity = portfolio(np.random.default_rng(seed))
    alone = solving.solve(steps, capacity)

    def impatient(solver_status: object) -> bool:
        return False

    with monkeypatch.context() as patched:
        # The worker who is alone never counts as done: the two have to prove it.
        patched.setattr(searching, "_over", impatient)
        both = solving.solve(steps, capacity, seconds=5)
    assert alone.proven and both.proven
    assert both.value == pytest.approx(alone.value)
    assert solving.fits(both.starts, steps, capacity)


def test_a_roadmap_too_large_to_prove_has_a_plan_that_fits_and_a_bound_above_it() -> None:
    steps, capacity = portfolio(np.random.default_rng(0), 40, 8, 5)
    plan = solving.solve(steps, capacity, seconds=3)
    assert solving.fits(plan.starts, steps, capacity)
    assert plan.value >= solving.greedy(steps, capacity).value
    assert plan.bound >= plan.value and 0 <= plan.gap < 0.5
    assert plan.proven == (plan.gap == 0)
