"""How much each attribute counts: learned from what clients chose, and on from what a stylist is told.

The start is a conditional logit over what was bought against what else was on sale (McFadden 1974), with a ridge. From
then on each piece that is kept or sent back moves one client's weights by a logistic step with a diagonal Gaussian
posterior (Spiegelhalter and Lauritzen 1990): the surer a weight is, the less one answer moves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.commerce.stylist.features import FEATURES

Array = NDArray[np.float64]
RIDGE = 100.0  # of 20, 100, 400 and 1,500 the best on quarters before those that the Proof holds out
STEPS = 30
#: Before anything was learned: what is said counts most in colour, then fit and cloth.
START = {
    "said_colour": 3.0, "said_fit": 1.5, "said_fabric": 2.0, "said_length": 1.0, "said_occasion": 0.7,
    "said_pattern": 1.0, "said_kind": 2.0, "said_price": 0.5, "bought_kind": 2.0, "bought_colour": 2.0,
    "bought_fabric": 1.5, "bought_fit": 1.0, "bought_length": 0.7, "bought_pattern": 1.0, "price_near": 1.0,
    "same_piece": -1.0, "popularity": 0.3, "new": 0.2, "department": 3.0,
}  # fmt: skip
GOOD = (*(name for name in FEATURES if name.startswith(("said_", "bought_"))), "price_near", "department")
OWN_SPREAD = 0.8  # how far one client's weights may differ from all clients', in weights


@dataclass(frozen=True)
class Weights:
    """A weight for each of ``FEATURES`` with its variance."""

    mean: tuple[float, ...]
    variance: tuple[float, ...]
    learned_from: int = 0

    def score(self, features: Array) -> Array:
        """(pieces,) from (pieces, features)."""
        return np.asarray(features @ np.array(self.mean))

    def parts(self, features: Array) -> Array:
        """(pieces, features): what each feature adds to the score."""
        return np.asarray(features * np.array(self.mean))

    def answered(self, features: Sequence[float], sign: int) -> Weights:
        """After one piece was kept (1) or sent back (-1): one logistic step of each weight by its variance."""
        x, mean, variance = np.array(features), np.array(self.mean), np.array(self.variance)
        spread = float(x * x @ variance)
        margin = float(x @ mean) / np.sqrt(1 + np.pi * spread / 8)
        chance = 1 / (1 + np.exp(-margin))
        error = (1.0 if sign > 0 else 0.0) - chance
        curve = chance * (1 - chance)
        shrunk = variance / (1 + variance * curve * x * x)
        return Weights(tuple(mean + shrunk * error * x), tuple(shrunk), self.learned_from)


def start() -> Weights:
    """Weights where nothing was bought yet to learn from."""
    return Weights(tuple(START[name] for name in FEATURES), (OWN_SPREAD**2,) * len(FEATURES))


def learned(choices: Sequence[tuple[Array, int]], used: Sequence[str] = FEATURES, ridge: float = RIDGE) -> Weights:
    """Weights from choices: the features (pieces, features) of what was on sale, and which piece was bought.

    ``used``: the features that may count; the others get 0. The ridge draws towards ``START``.
    """
    if not choices:
        return start()
    scale = np.sqrt(np.mean([np.var(rows, axis=0) for rows, _at in choices], axis=0)) + 1e-9
    keep = np.array([name in used for name in FEATURES]) & (scale > 1e-6)
    if not keep.any():  # nothing that was known told one piece from another
        return start()
    first = np.array([START[name] for name in FEATURES])[keep] * scale[keep]
    least = np.array([0.0 if name in GOOD else -np.inf for name in FEATURES])[keep]
    scaled = [(rows[:, keep] / scale[keep], at) for rows, at in choices]
    mean = np.zeros(len(FEATURES))
    mean[keep] = _fitted(scaled, first, least, ridge) / scale[keep]
    return Weights(tuple(mean), (OWN_SPREAD**2,) * len(FEATURES), len(choices))


def _fitted(choices: Sequence[tuple[Array, int]], first: Array, least: Array, ridge: float) -> Array:
    """Newton's steps from ``first``, to which the ridge draws; what should count for a piece doesn't fall below 0."""
    found = first.copy()
    for _step in range(STEPS):
        gradient, hessian = -ridge * (found - first), ridge * np.eye(len(found))
        for rows, at in choices:
            chance = _softmax(rows @ found)
            middle = chance @ rows
            gradient += rows[at] - middle
            hessian += (rows * chance[:, None]).T @ rows - np.outer(middle, middle)
        free = ~((found <= least) & (gradient < 0))
        step = np.zeros(len(found))
        step[free] = np.linalg.solve(hessian[np.ix_(free, free)], gradient[free])
        after = np.maximum(found + step, least)
        if np.abs(after - found).max() < 1e-5:
            break
        found = after
    return found


def _softmax(scores: Array) -> Array:
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())
