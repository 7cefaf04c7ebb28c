"""Item similarity: EASE (Steck, 2019) and neighbours by cosine (Deshpande and Karypis, 2004)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Similar:
    """How much having one product speaks for another: (products, products), zero on the diagonal."""

    weights: Array

    def scores(self, done: Array) -> Array:
        """How much each product suits each shopper, (shoppers, products), from what they did with each."""
        return np.asarray(done @ self.weights)


def ease(done: Array, penalty: float = 50.0) -> Similar:
    """The linear autoencoder without self-similarity, in closed form: B = I − P·diag(1/P), P = (XᵀX + λI)⁻¹."""
    inverse = np.linalg.inv(done.T @ done + penalty * np.eye(done.shape[1]))
    weights = -inverse / np.diag(inverse)[None, :]
    np.fill_diagonal(weights, 0.0)
    return Similar(weights)


def neighbours(done: Array, most: int = 30, shrink: float = 10.0) -> Similar:
    """Cosine between products' columns, shrunk where few did both, the ``most`` nearest of each kept."""
    both = done.T @ done
    norms = np.sqrt(np.diag(both))
    weights = both / (np.outer(norms, norms) + shrink)
    np.fill_diagonal(weights, 0.0)
    if most < weights.shape[0]:
        least = np.partition(weights, -most, axis=0)[-most]
        weights = np.where(weights >= least[None, :], weights, 0.0)
    return Similar(weights)
