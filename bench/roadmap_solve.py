"""Time to the proven best roadmap of 40 candidates over 8 quarters with 5 skills, or the gap that is left at 10 s."""

from __future__ import annotations

import numpy as np

from bench.model import Result, median, timed
from lib.decide.roadmap.model import Plan
from lib.decide.roadmap.proof import portfolio
from lib.decide.roadmap.searching import SECONDS
from lib.decide.roadmap.solving import greedy, solve

TURNS, STEPS, QUARTERS, SKILLS = 5, 40, 8, 5


def run() -> Result:
    """Five portfolios; the baseline is greedy by value, which proves nothing."""
    rng = np.random.default_rng(0)
    plans, ours, theirs = list[Plan](), list[float](), list[float]()
    shares = list[float]()
    for _turn in range(TURNS):
        steps, capacity = portfolio(rng, STEPS, QUARTERS, SKILLS)
        ours.append(timed(lambda: plans.append(solve(steps, capacity, seconds=SECONDS))))  # noqa: B023
        theirs.append(timed(lambda: greedy(steps, capacity)))  # noqa: B023
        shares.append(plans[-1].value / greedy(steps, capacity).value - 1)
    detail = {
        "candidates": STEPS,
        "quarters": QUARTERS,
        "skills": SKILLS,
        "limit_s": SECONDS,
        "seconds": ours,
        "proven": [plan.proven for plan in plans],
        "gap": [plan.gap for plan in plans],
        "worth_gained_over_greedy": shares,
    }
    return Result(
        "roadmap_solve", "median time to the best plan or the limit", median(ours), median(theirs), "s", detail
    )
