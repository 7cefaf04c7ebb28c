"""What CP-SAT's roadmap is worth beside greedy ones, over 1,000 random portfolios of 12 steps, 4 quarters, 3 skills.

Greedy by value is what a team does by hand; greedy by the value of a person-week is the stronger rule.
"""

from __future__ import annotations

from dataclasses import asdict

from bench.model import Result
from lib.decide.roadmap.proof import gains, roomy

PORTFOLIOS, NULL = 1_000, 100


def run() -> Result:
    """The mean share of worth gained, with its interval; and on portfolios in which nothing is to be gained."""
    value, weeks = gains(PORTFOLIOS)
    null, _weeks = gains(NULL, make=roomy)
    detail = {
        "against_value": asdict(value),
        "against_value_of_a_week": asdict(weeks),
        "null_control": asdict(null),
    }
    return Result("roadmap_value", "worth of the plan, greedy by value = 1", 1 + value.mean, 1.0, "ratio", detail)
