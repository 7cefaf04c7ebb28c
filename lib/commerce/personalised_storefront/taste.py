"""Taste by attributes: how much more often a shopper chose a value than everybody does (smoothed log ratio)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.commerce.personalised_storefront.attributes import GROUPS, Range

Array = NDArray[np.float64]
TRUST = 3.0  # purchases' worth of the crowd's habit that stand against a shopper's own


@dataclass(frozen=True)
class Crowd:
    """How often everybody chose each value of each group: shares that add up to 1."""

    shares: dict[str, Array]


def crowd_of(done: Array, line: Range) -> Crowd:
    """The crowd's habits from ``done`` (shoppers, products); a value that nobody chose counts a half."""
    sold = done.sum(axis=0)
    found: dict[str, Array] = {}
    for group in GROUPS:
        code, n = line.codes[group], len(line.values[group])
        counts = np.bincount(code[code >= 0], weights=sold[code >= 0], minlength=n) + 0.5
        found[group] = np.asarray(counts / counts.sum() if n else counts, dtype=float)
    return Crowd(found)


def likings(done: Array, line: Range, crowd: Crowd, group: str) -> Array:
    """For each shopper and value of a group, the log ratio of own to common share, (shoppers, values)."""
    code, share = line.codes[group], crowd.shares[group]
    told = code >= 0
    onehot = np.zeros((len(line), len(share)))
    onehot[np.flatnonzero(told), code[told]] = 1.0
    counts = done @ onehot
    total = counts.sum(axis=1, keepdims=True)
    return np.asarray(np.log((counts + TRUST * share) / ((total + TRUST) * share)))


def liking_scores(done: Array, line: Range, crowd: Crowd, group: str) -> Array:
    """The same for each product, (shoppers, products); 0 where a product doesn't tell its value."""
    code = line.codes[group]
    if not len(line.values[group]):
        return np.zeros((done.shape[0], len(line)))
    liked = likings(done, line, crowd, group)
    return np.where(code >= 0, liked[:, np.maximum(code, 0)], 0.0)


def price_scores(done: Array, line: Range) -> Array:
    """How near a product's price place is to the shopper's own, (shoppers, products); 0 for who did nothing."""
    total = done.sum(axis=1, keepdims=True)
    usual = (done @ line.price)[:, None] / (total + TRUST)
    certain = total / (total + TRUST)
    return np.asarray(certain * (usual**2 - (line.price[None, :] - usual) ** 2) / 2)
