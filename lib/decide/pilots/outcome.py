"""What a pilot's figures say: each side and their difference with 95% intervals, and the verdict that rests on them.

Averages: Welch's t (1947), or Student's paired t; the percentile bootstrap (Efron and Tibshirani, 1993) must agree.
Shares: Wilson's interval (1927) for each side, Newcombe's hybrid score interval (1998, method 10) for the difference.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from lib.database.pilots import Plan
from lib.decide.pilots.observations import Sides
from lib.decide.pilots.power import needed, power_of
from lib.proofs import share_interval

DRAWS = 2_000
MOST_DRAWN = 20_000  # figures a side up to which the bootstrap is taken: beyond, it and Welch are the same
VERSION = "1"

Method = Literal["welch", "paired", "newcombe"]
Verdict = Literal["reached", "better", "short", "open", "worse"]


@dataclass(frozen=True)
class Estimate:
    """A value with its 95% interval, in the KPI's unit."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Outcome:
    """The result of one evaluation. ``difference`` is with the pilot minus without; ``n`` counts each side, or pairs.

    ``verdict``: 'reached' the target beyond doubt; 'better' beyond doubt with the target open; 'short': better, and
    short of the target beyond doubt; 'open': may be chance; 'worse' beyond doubt. ``power`` is the chance that this
    sample had of showing the planned improvement, ``needed`` how many it takes for the planned power. ``baseline_off``:
    what was measured without the pilot isn't what the plan assumed.
    """

    method: Method
    without: Estimate
    with_it: Estimate
    difference: Estimate
    bootstrap: tuple[float, float] | None
    n: tuple[int, int]
    verdict: Verdict
    power: float
    needed: int
    baseline_off: bool
    outside: int = 0
    unpaired: int = 0

    @property
    def underpowered(self) -> bool:
        """Fewer figures than the planned power takes."""
        return min(self.n) < self.needed

    def as_json(self) -> dict[str, Any]:
        """For a run's output."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Outcome:
        """From a run's output."""
        estimates = {name: Estimate(**kept[name]) for name in ("without", "with_it", "difference")}
        boot = kept["bootstrap"]
        return cls(**{**kept, **estimates, "bootstrap": tuple(boot) if boot else None, "n": tuple(kept["n"])})


def evaluate(plan: Plan, given: Sides, seed: int = 0) -> Outcome:
    """Compare both sides of a pilot's figures."""
    boot: tuple[float, float] | None = None
    if plan.measure == "share":
        method: Method = "newcombe"
        without, with_it = (_share(yes, n) for yes, n in zip(given.yes, given.all, strict=True))
        difference, n = newcombe(given.yes, given.all), given.all
    else:
        method = "paired" if plan.paired else "welch"
        without, with_it = _mean(given.without), _mean(given.with_it)
        difference = (paired if plan.paired else welch)(given.without, given.with_it)
        boot = bootstrap(given.without, given.with_it, plan.paired, seed)
        n = (len(given.without), len(given.with_it))
    return Outcome(
        method,
        without,
        with_it,
        difference,
        boot,
        n,
        _verdict(plan, with_it, difference, boot),
        power_of(plan, min(n)),
        needed(plan),
        not without.low <= plan.baseline <= without.high,
        given.outside,
        given.unpaired,
    )


def _verdict(plan: Plan, with_it: Estimate, difference: Estimate, boot: tuple[float, float] | None) -> Verdict:
    """Both intervals of the difference have to leave out zero: the more careful one decides."""
    ends = [difference.low, difference.high, *(boot or ())]
    if plan.direction == "down":
        ends = [-end for end in ends]
    if max(ends) < 0:
        return "worse"
    if min(ends) <= 0:
        return "open"
    sign = 1 if plan.direction == "up" else -1
    beyond = sorted(sign * (end - plan.target) for end in (with_it.low, with_it.high))
    return "reached" if beyond[0] >= 0 else "short" if beyond[1] < 0 else "better"


def welch(without: Sequence[float], with_it: Sequence[float]) -> Estimate:
    """The difference of two means with unequal variances (Welch, 1947)."""
    import numpy as np

    first, second = np.asarray(without, float), np.asarray(with_it, float)
    parts = first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)
    error = math.sqrt(sum(parts))
    value = float(second.mean() - first.mean())
    if error == 0:
        return Estimate(value, value, value)
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / (len(first) - 1) + parts[1] ** 2 / (len(second) - 1))
    return _around(value, error, float(freedom))


def paired(without: Sequence[float], with_it: Sequence[float]) -> Estimate:
    """The mean of the pairs' differences (Student's paired t)."""
    import numpy as np

    apart = np.asarray(with_it, float) - np.asarray(without, float)
    return _around(float(apart.mean()), float(apart.std(ddof=1)) / math.sqrt(len(apart)), len(apart) - 1)


def newcombe(yes: tuple[int, int], n: tuple[int, int]) -> Estimate:
    """The difference of two shares, second minus first (Newcombe, 1998, method 10)."""
    (first, first_low, first_high), (second, second_low, second_high) = (
        (times / trials, *share_interval(times, trials)) for times, trials in zip(yes, n, strict=True)
    )
    value = second - first
    down = math.hypot(second - second_low, first_high - first)
    up = math.hypot(second_high - second, first - first_low)
    return Estimate(value, value - down, value + up)


def bootstrap(
    without: Sequence[float], with_it: Sequence[float], in_pairs: bool, seed: int
) -> tuple[float, float] | None:
    """Percentile interval of the difference of means; None for samples in which it and Welch are the same."""
    import numpy as np

    if max(len(without), len(with_it)) > MOST_DRAWN:
        return None
    rng = np.random.default_rng(seed)
    first, second = np.asarray(without, float), np.asarray(with_it, float)
    if in_pairs:
        apart = second - first
        drawn = [apart[rng.integers(0, len(apart), len(apart))].mean() for _draw in range(DRAWS)]
    else:
        drawn = [
            second[rng.integers(0, len(second), len(second))].mean()
            - first[rng.integers(0, len(first), len(first))].mean()
            for _draw in range(DRAWS)
        ]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)


def mean_interval(values: Sequence[float]) -> Estimate | None:
    """A mean with Student's interval; None for fewer than two values."""
    return _mean(values) if len(values) >= 2 else None


def _mean(values: Sequence[float]) -> Estimate:
    import numpy as np

    numbers = np.asarray(values, float)
    error = float(numbers.std(ddof=1)) / math.sqrt(len(numbers))
    return _around(float(numbers.mean()), error, len(numbers) - 1)


def _share(yes: int, n: int) -> Estimate:
    return Estimate(yes / n, *share_interval(yes, n))


def _around(value: float, error: float, freedom: float) -> Estimate:
    from scipy import stats

    reach = error * float(stats.t.ppf(0.975, freedom))
    return Estimate(value, value - reach, value + reach)
