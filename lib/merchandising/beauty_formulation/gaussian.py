"""A Gaussian process over mixtures, for few and noisy trials: what is expected of a formula and how sure that is.

Constant and linear part (a mixture's first order), Matérn 5/2 with a length for each ingredient, and noise. The
hyperparameters maximise the marginal likelihood (Rasmussen and Williams, 2006, chapter 5) under weak priors; the prior
of the lengths grows with the number of ingredients (Hvarfner and others, 2024), so that many of them and few trials
don't make the surface rough. Leave-one-out predictions are in closed form (Sundararajan and Keerthi, 2001).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lib.merchandising.beauty_formulation.space import Array

LEAST_TRIALS = 4
_ROOT5 = np.sqrt(5.0)
_JITTER = 1e-8


@dataclass(frozen=True)
class GaussianProcess:
    """``z`` (n, d) scaled mixtures and ``y`` (n,) results in units of ``spread`` around ``middle``.

    ``theta``: logarithms of the d lengths, then of the variances of the surface, its linear part, and the noise.
    """

    z: Array
    y: Array
    middle: float
    spread: float
    theta: Array
    lower: Array
    alpha: Array

    def predict(self, places: Array) -> tuple[Array, Array]:
        """Mean and standard deviation of the noise-free response at scaled mixtures (m, d), in the response's unit."""
        from scipy.linalg import solve_triangular

        across = kernel(places, self.z, self.theta)
        half = solve_triangular(self.lower, across.T, lower=True, check_finite=False)
        variance = own_variance(places, self.theta) - (half**2).sum(axis=0)
        mean = self.middle + self.spread * (across @ self.alpha)
        return mean, self.spread * np.sqrt(np.maximum(variance, 1e-12))

    @property
    def noise(self) -> float:
        """The standard deviation of one measurement, in the response's unit."""
        return float(self.spread * np.exp(self.theta[-1] / 2))

    def believing(self, place: Array) -> GaussianProcess:
        """As if the trial at ``place`` (d,) had come out as expected (the kriging believer of Ginsbourger, 2010)."""
        mean, _sd = self.predict(place[None])
        y = np.append(self.y, (mean[0] - self.middle) / self.spread)
        return solved(replace(self, z=np.vstack([self.z, place]), y=y))

    def left_out(self) -> tuple[Array, Array]:
        """What each trial would have been expected to give without itself, and the sd of such a measurement."""
        inverse = np.linalg.inv(self.lower @ self.lower.T)
        variance = 1.0 / np.diag(inverse)
        mean = self.y - (inverse @ self.y) * variance
        return self.middle + self.spread * mean, self.spread * np.sqrt(variance)


def kernel(one: Array, other: Array, theta: Array) -> Array:
    """The prior covariance of two sets of scaled mixtures, without noise."""
    lengths = np.exp(theta[:-3])
    a, b = one / lengths, other / lengths
    squares = np.maximum((a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T, 0.0)
    distance = _ROOT5 * np.sqrt(squares)
    rough = np.exp(theta[-3]) * (1 + distance + 5 / 3 * squares) * np.exp(-distance)
    return np.asarray(rough + np.exp(theta[-2]) * (one @ other.T))


def own_variance(places: Array, theta: Array) -> Array:
    """The prior variance at each place."""
    return np.asarray(np.exp(theta[-3]) + np.exp(theta[-2]) * (places**2).sum(axis=1))


def priors(dimensions: int) -> tuple[Array, Array]:
    """Mean and standard deviation of the normal priors of ``theta``."""
    length = np.sqrt(2) + 0.5 * np.log(dimensions) - 1.0  # places lie in [-1/2, 1/2]
    mean = np.concatenate([np.full(dimensions, length), [np.log(0.7), np.log(0.4), np.log(0.05)]])
    spread = np.concatenate([np.full(dimensions, 1.0), [1.0, 1.2, 1.3]])
    return mean, spread


def fit(z: Array, values: Array, start: Array | None = None, quick: bool = False) -> GaussianProcess:
    """The process that explains ``values`` (n,) at ``z`` (n, d) best.

    Args:
        start: a ``theta`` to begin from, for instance that of the last round.
        quick: one start and few steps.
    """
    from scipy.optimize import minimize

    middle, spread = float(values.mean()), float(values.std()) or 1.0
    y = (values - middle) / spread
    mean, width = priors(z.shape[1])
    squares = (z[:, None] - z[None]) ** 2
    linear = z @ z.T
    best: Any = None
    starts = [mean] if start is None or len(start) != len(mean) else [start] if quick else [start, mean]
    limits = [(m - 4 * w, m + 4 * w) for m, w in zip(mean, width, strict=True)]
    for begin in starts:
        found = minimize(
            _loss, begin, (squares, linear, y, mean, width), "L-BFGS-B", True, bounds=limits,
            options={"maxiter": 12 if quick else 60},
        )  # fmt: skip
        best = found if best is None or found.fun < best.fun else best
    empty = np.zeros((0, 0))
    return solved(GaussianProcess(z, y, middle, spread, np.asarray(best.x), empty, empty))


def solved(process: GaussianProcess) -> GaussianProcess:
    """With the factor and the weights that belong to its data and hyperparameters."""
    from scipy.linalg import cho_solve

    covariance = kernel(process.z, process.z, process.theta)
    covariance[np.diag_indices_from(covariance)] += np.exp(process.theta[-1]) + _JITTER
    lower = np.asarray(np.linalg.cholesky(covariance)).astype(np.float64)
    return replace(process, lower=lower, alpha=cho_solve((lower, True), process.y, check_finite=False))


def with_theta(z: Array, values: Array, theta: Array) -> GaussianProcess:
    """The process of these data with hyperparameters that were found before."""
    middle, spread = float(values.mean()), float(values.std()) or 1.0
    empty = np.zeros((0, 0))
    return solved(GaussianProcess(z, (values - middle) / spread, middle, spread, np.asarray(theta), empty, empty))


def _loss(theta: Array, squares: Array, linear: Array, y: Array, mean: Array, width: Array) -> tuple[float, Array]:
    """The negative log posterior of the hyperparameters, and its gradient."""
    lengths2 = np.exp(2 * theta[:-3])
    r2 = squares @ (1 / lengths2)
    distance = _ROOT5 * np.sqrt(r2)
    decay = np.exp(-distance)
    surface, slope, noise = np.exp(theta[-3:])
    shape = (1 + distance + 5 / 3 * r2) * decay
    covariance = surface * shape + slope * linear
    covariance[np.diag_indices_from(covariance)] += noise + _JITTER
    try:
        lower = np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        return 1e10, np.zeros_like(theta)
    identity = np.eye(len(y))
    half = np.linalg.solve(lower, identity)
    inverse = half.T @ half
    alpha = inverse @ y
    pull = inverse - np.outer(alpha, alpha)
    steep = pull * (5 / 3 * surface * (1 + distance) * decay)
    gradient = np.empty_like(theta)
    gradient[:-3] = 0.5 * np.tensordot(steep, squares, axes=([0, 1], [0, 1])) / lengths2
    gradient[-3] = 0.5 * surface * (pull * shape).sum()
    gradient[-2] = 0.5 * slope * (pull * linear).sum()
    gradient[-1] = 0.5 * noise * np.trace(pull)
    away = (theta - mean) / width
    value = 0.5 * y @ alpha + np.log(np.diag(lower)).sum() + 0.5 * (away**2).sum()
    return float(value), gradient + away / width
