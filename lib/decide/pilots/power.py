"""How many figures a pilot needs to show what it is to show, and how likely a given number is to.

Two-sided tests at 5%. Averages: noncentral t distribution; shares: arcsine effect size h (Cohen, Statistical Power
Analysis for the Behavioral Sciences, 2nd ed., 1988, chapters 2 and 6).
"""

from __future__ import annotations

import math

from lib.database.pilots import Plan
from lib.errors import InputError
from lib.i18n import N_

ALPHA = 0.05
FARTHEST = 1_000.0  # standard errors; certain beyond it at any size
MOST = 10_000_000  # figures a side; beyond it a pilot is no way to find out


def effect(plan: Plan) -> float:
    """The planned improvement as Cohen's d (averages) or h (shares), above zero."""
    if plan.measure == "share":
        return abs(2 * math.asin(math.sqrt(plan.target)) - 2 * math.asin(math.sqrt(plan.baseline)))
    if not plan.spread or plan.spread <= 0:
        raise InputError(N_("Say how much single figures differ: a standard deviation above zero."))
    return plan.improvement / plan.spread


def power_of(plan: Plan, n: int) -> float:
    """The chance that ``n`` figures on each side (or ``n`` pairs) show an improvement as large as planned."""
    from scipy import stats

    if n < 2:
        return 0.0
    size = effect(plan)
    if plan.measure == "share":
        reach = size * math.sqrt(n / 2)
        edge = float(stats.norm.ppf(1 - ALPHA / 2))
        return float(stats.norm.sf(edge - reach) + stats.norm.cdf(-edge - reach))
    freedom, shift = (n - 1, size * math.sqrt(n)) if plan.paired else (2 * n - 2, size * math.sqrt(n / 2))
    # The two-sided t test is F with one degree above; scipy's noncentral t gives nothing far out, its F does.
    edge = float(stats.f.ppf(1 - ALPHA, 1, freedom))
    return float(stats.ncf.sf(edge, 1, freedom, min(shift, FARTHEST) ** 2))


def needed(plan: Plan) -> int:
    """The fewest figures on each side (or pairs) that show the planned improvement with ``plan.power``.

    Raises:
        InputError: baseline and target are the same, or so close that no pilot is large enough.
    """
    if effect(plan) > 0 and power_of(plan, MOST) >= plan.power:
        low, high = 1, 2
        while power_of(plan, high) < plan.power:
            low, high = high, high * 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if power_of(plan, middle) >= plan.power else (middle, high)
        return high
    raise InputError(
        N_("The target lies so close to the baseline that no pilot is large enough to tell them apart. Move it away.")
    )
