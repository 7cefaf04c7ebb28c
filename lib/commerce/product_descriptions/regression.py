"""Counts regressed on features: a negative binomial log-linear model with a ridge penalty, and its cluster bootstrap.

Orders of a post are counts out of its views, and vary more than chance alone would have them (stock, season, luck). The
model is E[orders] = views * exp(x b) with variance mu + phi mu^2 (Cameron and Trivedi 1998, NB2), so that a post with a
hundred times the views does not weigh a hundred times as much. phi is found by the method of moments (Breslow 1984).
All arrays are numpy float64; n posts, k columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.errors import Cancelled
from lib.i18n import N_

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
LARGEST_STEP = 2.0  # of the linear predictor in one Newton step: keeps a bad start from overflowing
FLAT = 1e-9


def fit(
    design: Array,
    counts: Array,
    exposure: Array,
    penalty: Array,
    dispersion: float = 0.0,
    weights: Array | None = None,
    start: Array | None = None,
    steps: int = 30,
) -> Array:
    """Coefficients by Fisher scoring.

    Args:
        design: (n, k), its first column the intercept.
        counts: (n,) orders. exposure: (n,) views, all above 0.
        penalty: (k,) ridge penalty on each coefficient, in units of information; 0 leaves one free.
        dispersion: phi, 0 for Poisson variance.
        weights: (n,) how often each row counts; 1 when None. start: (k,) where to begin.

    Returns:
        (k,) coefficients on the log scale.
    """
    weights = np.ones(len(counts)) if weights is None else weights
    if start is None:
        start = np.zeros(design.shape[1])
        start[0] = np.log((weights @ counts + 0.5) / (weights @ exposure))
    coefficients = start.copy()
    log_exposure = np.log(exposure)
    for _step in range(steps):
        mean = np.exp(np.clip(design @ coefficients + log_exposure, -30, 30))
        scale = weights / (1 + dispersion * mean)
        information = (design * (scale * mean)[:, None]).T @ design + np.diag(penalty + FLAT)
        gradient = design.T @ (scale * (counts - mean)) - penalty * coefficients
        change = np.linalg.solve(information, gradient)
        largest = np.abs(design @ change).max()
        coefficients = coefficients + change * min(1.0, LARGEST_STEP / max(largest, FLAT))
        if largest < 1e-7:
            break
    return coefficients


def information(design: Array, coefficients: Array, exposure: Array, penalty: Array, dispersion: float) -> Array:
    """(k, k) expected information at ``coefficients``, the penalty's included."""
    mean = exposure * np.exp(np.clip(design @ coefficients, -30, 30))
    return np.asarray((design * (mean / (1 + dispersion * mean))[:, None]).T @ design + np.diag(penalty + FLAT))


def dispersion_of(counts: Array, mean: Array, parameters: int) -> float:
    """phi by moments: Pearson's statistic equals the degrees of freedom left (Breslow 1984); 0 when it is below."""
    left = max(len(counts) - parameters, 1)
    squares = (counts - mean) ** 2

    def excess(phi: float) -> float:
        return float((squares / (mean + phi * mean**2)).sum() - left)

    low, high = 0.0, 1e-3
    if excess(0.0) <= 0:
        return 0.0
    while excess(high) > 0 and high < 1e3:
        high *= 2
    for _step in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2


def deviance(counts: Array, mean: Array, dispersion: float) -> float:
    """Twice the log-likelihood lost against a perfect fit, summed; Poisson when ``dispersion`` is 0."""
    mean = np.maximum(mean, 1e-12)
    first = np.where(counts > 0, counts * np.log(np.maximum(counts, 1e-12) / mean), 0.0)
    if dispersion < 1e-8:
        return float(2 * (first - (counts - mean)).sum())
    shape = 1 / dispersion
    return float(2 * (first - (counts + shape) * np.log((counts + shape) / (mean + shape))).sum())


def grouped_folds(groups: Integers, folds: int, generator: np.random.Generator) -> Integers:
    """(n,) the fold of each row; all rows of a group fall in one."""
    distinct = np.unique(groups)
    place = generator.permutation(len(distinct)) % folds
    return np.asarray(place[np.searchsorted(distinct, groups)], dtype=np.int64)


def choose_penalty(
    design: Array,
    counts: Array,
    exposure: Array,
    groups: Integers,
    penalised: NDArray[np.bool_],
    base: float,
    grid: tuple[float, ...],
    dispersion: float,
    generator: np.random.Generator,
    folds: int = 4,
) -> float:
    """The ridge penalty of ``grid`` with the least held-out deviance, by cross-validation that keeps groups whole.

    ``penalised`` (k,) marks the columns that bear it; the others bear ``base``, the intercept none.
    """
    fold = grouped_folds(groups, folds, generator)
    lost = dict.fromkeys(grid, 0.0)
    for index in range(folds):
        inside, outside = fold != index, fold == index
        if not outside.any():
            continue
        start = None
        for value in grid:
            penalty = penalties(penalised, value, base)
            start = fit(design[inside], counts[inside], exposure[inside], penalty, dispersion, start=start, steps=8)
            mean = exposure[outside] * np.exp(np.clip(design[outside] @ start, -30, 30))
            lost[value] += deviance(counts[outside], mean, dispersion)
    return min(grid, key=lambda value: lost[value])


def penalties(penalised: NDArray[np.bool_], value: float, base: float) -> Array:
    """(k,) ``value`` on the penalised columns, ``base`` on the others, none on the intercept."""
    penalty = np.where(penalised, value, base).astype(np.float64)
    penalty[0] = 0.0
    return penalty


def cluster_weights(groups: Integers, draws: int, generator: np.random.Generator) -> Iterator[Array]:
    """(n,) how often each row stands in a bootstrap draw of whole groups (Efron and Tibshirani 1993, section 8)."""
    distinct, place = np.unique(groups, return_inverse=True)
    for _draw in range(draws):
        times = generator.multinomial(len(distinct), np.full(len(distinct), 1 / len(distinct)))
        yield times[place].astype(np.float64)


def bootstrap(
    design: Array,
    counts: Array,
    exposure: Array,
    groups: Integers,
    penalty: Array,
    dispersion: float,
    centre: Array,
    draws: int,
    generator: np.random.Generator,
    progress: Callable[..., None],
    cancelled: Callable[[], bool],
) -> Array:
    """(draws, k) coefficients, each of a draw of whole groups, refitted in three steps from ``centre``."""
    rows = []
    for index, weights in enumerate(cluster_weights(groups, draws, generator)):
        stop_if(cancelled)
        drawn = np.flatnonzero(weights)  # about a third of the groups isn't, and would be computed with weight 0
        rows.append(
            fit(design[drawn], counts[drawn], exposure[drawn], penalty, dispersion, weights[drawn], centre, steps=3)
        )
        if index % 50 == 0:
            progress(index / draws)
    return np.array(rows)


def stop_if(cancelled: Callable[[], bool]) -> None:
    """Raise ``Cancelled`` when the person stopped the calculation."""
    if cancelled():
        raise Cancelled(N_("Stopped before the end. Start it again when you want the result."))


def t_interval(value: Any, error: Any, freedom: int, level: float) -> tuple[Any, Any]:
    """The interval that leaves out ``level`` in both tails together, by Student's t."""
    from scipy.special import stdtrit

    reach = stdtrit(freedom, 1 - level / 2) * error
    return value - reach, value + reach


def two_sided_p(values: Array, errors: Array, freedom: int) -> Array:
    """(k,) probability of a value as far from 0 as this one by chance, by Student's t."""
    from scipy.special import stdtr

    return np.asarray(2 * stdtr(freedom, -np.abs(values) / np.maximum(errors, 1e-12)))


def false_discovery_q(p_values: Array) -> Array:
    """(k,) the smallest false discovery rate at which each is still claimed (Benjamini and Hochberg 1995)."""
    order = np.argsort(p_values)
    ranked = p_values[order] * len(p_values) / np.arange(1, len(p_values) + 1)
    smallest = np.minimum.accumulate(ranked[::-1])[::-1]
    q_values = np.empty_like(smallest)
    q_values[order] = np.minimum(smallest, 1.0)
    return q_values


def ranks(values: Array) -> Array:
    """(n,) rank of each value from 1 on; equal values share the mean of their ranks.

    As scipy.stats.rankdata, whose import takes longer than all of the analysis.
    """
    _distinct, place, times = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(times) - (times - 1) / 2)[place])


def rank_correlation(one: Array, other: Array) -> float:
    """Spearman's rank correlation with averaged ties; 0 where one of them does not vary."""
    first, second = ranks(one), ranks(other)
    first, second = first - first.mean(), second - second.mean()
    length = float(np.sqrt((first @ first) * (second @ second)))
    return float(first @ second) / length if length > 0 else 0.0
