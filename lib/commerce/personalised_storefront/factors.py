"""Matrix factorisation for implicit feedback by alternating least squares (Hu, Koren and Volinsky, 2008)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Factors:
    """What each product is, in ``n`` dimensions. A shopper's vector is solved for from what they did (``fold``)."""

    items: Array  # (products, n)
    alpha: float
    penalty: float

    def fold(self, done: Array) -> Array:
        """Shoppers' vectors, (shoppers, n), from how much they did with each product, (shoppers, products)."""
        return _solve(done, self.items, self.alpha, self.penalty)

    def scores(self, done: Array) -> Array:
        """How much each product suits each shopper, (shoppers, products)."""
        return np.asarray(self.fold(done) @ self.items.T)


def factorise(
    done: Array, n: int = 16, alpha: float = 10.0, penalty: float = 5.0, rounds: int = 12, seed: int = 0
) -> Factors:
    """Fit factors to ``done`` (shoppers, products), all ≥ 0: the confidence in a preference is 1 + alpha × done."""
    rng = np.random.default_rng(seed)
    items = rng.normal(0, 0.1, (done.shape[1], n))
    for _round in range(rounds):
        people = _solve(done, items, alpha, penalty)
        items = _solve(done.T, people, alpha, penalty)
    return Factors(items, alpha, penalty)


def _solve(done: Array, fixed: Array, alpha: float, penalty: float) -> Array:
    """One side's vectors given the other's: (YᵀCY + λI) x = YᵀCp for each row, with C = 1 + alpha × done."""
    gram = fixed.T @ fixed + penalty * np.eye(fixed.shape[1])
    made = np.zeros((done.shape[0], fixed.shape[1]))
    for row in range(done.shape[0]):
        which = np.flatnonzero(done[row])
        if which.size:
            part, extra = fixed[which], alpha * done[row, which]
            made[row] = np.linalg.solve(gram + (part.T * extra) @ part, part.T @ (1 + extra))
    return made
