"""What a sample says of the whole job: the share of errors with its interval, and whether to accept or to hold it."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Method = Literal["census", "exact", "exact_stratified", "wilson", "stratified"]
Z = 1.959964
TAIL = 0.025  # on each side of a 95% interval


@dataclass(frozen=True)
class Stratum:
    """``judged`` of a stratum's ``population`` outputs have a verdict; ``errors`` of these may not go out as is."""

    name: str
    population: int
    judged: int
    errors: int


@dataclass(frozen=True)
class Estimate:
    """The share of errors among the outputs that the sample speaks for, with its 95% interval.

    ``method`` says how the interval was made; ``left_out`` are outputs in strata of which nothing is judged yet.
    """

    value: float
    low: float
    high: float
    method: Method
    judged: int
    errors: int
    population: int
    left_out: int = 0


def clopper_pearson(errors: int, n: int) -> tuple[float, float]:
    """95% interval of a share of ``n`` that never covers less than it says (Clopper and Pearson, Biometrika, 1934)."""
    from scipy.stats import beta

    low = 0.0 if errors == 0 else float(beta.ppf(TAIL, errors, n - errors + 1))
    high = 1.0 if errors == n else float(beta.ppf(1 - TAIL, errors + 1, n - errors))
    return low, high


def wilson(share: float, n: float) -> tuple[float, float]:
    """95% interval of a share of ``n`` observations, which may be an effective number (Wilson, JASA, 1927)."""
    centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    reach = Z / (1 + Z * Z / n) * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return max(0.0, centre - reach), min(1.0, centre + reach)


def most_errors_unseen(strata: Sequence[Stratum]) -> int:
    """The largest number of errors in all strata together that a sample without any would miss with 2.5% or more.

    Each stratum's chance to show none is hypergeometric; the errors are laid where they are seen least, one by one,
    which is the worst case since each further one in a stratum lowers the chance by a growing factor.
    """
    chance = math.log(TAIL)
    heap = [(-_step(one, 0), at, 0) for at, one in enumerate(strata) if one.population > one.judged]
    heapq.heapify(heap)
    found, total = 0, 0.0
    while heap:
        cost, at, laid = heapq.heappop(heap)
        if total - cost < chance:
            return found
        total, found = total - cost, found + 1
        one = strata[at]
        if laid + 1 < one.population - one.judged:
            heapq.heappush(heap, (-_step(one, laid + 1), at, laid + 1))
    return found


def _step(one: Stratum, laid: int) -> float:
    """Log of the factor by which one more error, after ``laid`` ones, lowers the chance of seeing none (at most 0)."""
    return math.log((one.population - one.judged - laid) / (one.population - laid))


def estimate(strata: Sequence[Stratum]) -> Estimate | None:
    """The share of errors; None while nothing is judged.

    One stratum: Wilson's interval on the effective number (with the finite population correction), Clopper and
    Pearson's where no error, or nothing else, was seen. Several: Cochran's stratified estimator, whose variance gives
    the effective number for Wilson's interval; where no error was seen, the exact bound over the worst division of
    errors.

    Source: Cochran, Sampling Techniques, 3rd edition, 1977, sections 3.2, 5.3 and 5.10; Korn and Graubard, Survey
    Methodology 24, 1998 (intervals on the effective number).
    """
    known = [one for one in strata if one.judged]
    if not known:
        return None
    population, judged = sum(one.population for one in known), sum(one.judged for one in known)
    errors = sum(one.errors for one in known)
    value = sum(one.population * one.errors / one.judged for one in known) / population
    low, high, method = _interval(known, value, population, judged, errors)
    missing = sum(one.population for one in strata if not one.judged)
    return Estimate(value, low, high, method, judged, errors, population, missing)


def _interval(
    known: Sequence[Stratum], value: float, population: int, judged: int, errors: int
) -> tuple[float, float, Method]:
    if judged == population:
        return value, value, "census"
    # Errors and sound outputs that were seen are there: the whole can't have fewer.
    least, most = errors / population, 1 - (judged - errors) / population
    if errors in (0, judged) and len(known) == 1:
        low, high = clopper_pearson(errors, judged)
        return max(low, least), min(high, most), "exact"
    if errors == 0:
        return 0.0, most_errors_unseen(known) / population, "exact_stratified"
    if errors == judged:
        return 1 - most_errors_unseen(known) / population, 1.0, "exact_stratified"
    variance = sum(_variance(one, errors / judged) * (one.population / population) ** 2 for one in known)
    low, high = wilson(value, max(1.0, value * (1 - value) / variance)) if variance else (value, value)
    low, high = max(low, least), min(high, most)
    return min(low, value), max(high, value), "wilson" if len(known) == 1 else "stratified"


def _variance(one: Stratum, pooled: float) -> float:
    """Variance of one stratum's share. A stratum too small to show both kinds borrows from the pooled share, since a
    share of 0 or 1 among three outputs doesn't mean that nothing varies."""
    if one.judged == one.population:
        return 0.0
    plain = one.errors / one.judged
    share = plain if 0 < plain < 1 and one.judged > 4 else (one.errors + 2 * pooled) / (one.judged + 2)
    return (1 - one.judged / one.population) * share * (1 - share) / max(1, one.judged - 1)


@dataclass(frozen=True)
class Plan:
    """A sample's rule: accept the whole when at most ``allowed`` of ``size`` outputs are wrong, hold it otherwise.

    ``allowed`` is None where even a sample without errors would let a job of the limit's share pass too often;
    ``needed`` is then the smallest sample that would do. ``passing`` is how often a job with a share of errors is
    accepted: (share, chance), each share a whole number of this job's outputs.
    """

    population: int
    size: int
    limit: float
    risk: float
    allowed: int | None
    needed: int
    passing: tuple[tuple[float, float], ...]


def acceptance(population: int, size: int, limit: float, risk: float = 0.1) -> Plan:
    """The largest number of errors with which a job whose share of errors is ``limit`` passes at most with ``risk``.

    The chance is hypergeometric, as the sample is drawn without replacement. It is computed for this job and this
    sample, in the way of the plans for isolated lots in ISO 2859-2 (by limiting quality); nothing is looked up.
    """
    from scipy.stats import hypergeom

    wrong = max(1, math.ceil(limit * population - 1e-9))
    allowed = -1
    while allowed + 1 < size and hypergeom.cdf(allowed + 1, population, wrong, size) <= risk:
        allowed += 1
    shares = (limit / 10, limit / 4, limit / 2, limit * 1.5)
    counts = sorted({*(min(population, round(share * population)) for share in shares), wrong})
    passing = tuple(
        (count / population, float(hypergeom.cdf(allowed, population, count, size)) if allowed >= 0 else 0.0)
        for count in counts
    )
    needed = _needed(population, wrong, risk)
    return Plan(population, size, limit, risk, allowed if allowed >= 0 else None, needed, passing)


def _needed(population: int, wrong: int, risk: float) -> int:
    """The smallest sample that shows at least one of ``wrong`` errors with 1 - ``risk``."""
    from scipy.stats import hypergeom

    low, high = 1, population
    while low < high:
        middle = (low + high) // 2
        if hypergeom.pmf(0, population, wrong, middle) <= risk:
            high = middle
        else:
            low = middle + 1
    return low


Decision = Literal["accept", "hold", "open"]


def decide(plan: Plan, found: Estimate | None, proportional: bool) -> Decision:
    """Accept, hold, or still open.

    The plan's number counts where every output had about the same chance to be drawn. Elsewhere the estimate decides: a
    job is accepted once the whole interval lies under the limit, and held once all of the sample is judged.
    """
    if found is None:
        return "open"
    complete = found.judged >= plan.size
    if proportional and plan.allowed is not None:
        return "hold" if found.errors > plan.allowed else "accept" if complete else "open"
    if not complete:
        return "hold" if found.low > plan.limit else "open"
    return "accept" if found.high <= plan.limit else "hold"
