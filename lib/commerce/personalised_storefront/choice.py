"""Which of the products on sale is chosen: the conditional logit (McFadden, 1974), fitted by Newton's method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Chosen:
    """One choice: the features of what could be chosen, (options, features), and which one was."""

    features: Array
    which: int


def fit_choice(choices: Sequence[Chosen], penalty: float = 1.0, rounds: int = 30, begin: Array | None = None) -> Array:
    """The weight of each feature, shape (features,), with a ridge ``penalty``. Without choices all are 0.

    The likelihood is concave: each step is halved until it rises, so the fit can't run away, and where it begins
    (``begin``, such as the weights at another penalty) only says how soon it is there.
    """
    if not choices:
        return np.zeros(0)
    weights = np.zeros(choices[0].features.shape[1]) if begin is None else begin
    value, slope, bend = _look(choices, weights, penalty)
    for _round in range(rounds):
        step = np.linalg.solve(bend, slope)
        for _half in range(30):
            found = _look(choices, weights + step, penalty)
            if found[0] >= value:
                break
            step /= 2
        weights, gain = weights + step, found[0] - value
        value, slope, bend = found
        if gain < 1e-7 * abs(value):
            break
    return weights


def _look(choices: Sequence[Chosen], weights: Array, penalty: float) -> tuple[float, Array, Array]:
    """The penalised log likelihood, its gradient and the negative of its second derivative."""
    n = len(weights)
    value, slope, bend = -penalty * float(weights @ weights) / 2, -penalty * weights, penalty * np.eye(n)
    for one in choices:
        utility = one.features @ weights
        utility -= utility.max()
        chance = np.exp(utility)
        total = chance.sum()
        chance /= total
        mean = chance @ one.features
        value += float(utility[one.which] - np.log(total))
        slope = slope + one.features[one.which] - mean
        bend = bend + (one.features.T * chance) @ one.features - np.outer(mean, mean)
    return value, slope, bend
