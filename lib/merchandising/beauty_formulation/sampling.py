"""Mixtures drawn from what is allowed: hit-and-run, space-filling and D-optimal first trials.

Hit-and-run: Smith (1984). Maximin distance: Johnson, Moore and Ylvisaker (1990). Extreme vertices: McLean and Anderson
(1966). Mixture models: Scheffé (1958). D-optimality by exchange: Fedorov (1972).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lib.merchandising.beauty_formulation.space import Array, Polytope, Space

STEPS = 48


def hit_and_run(part: Polytope, count: int, generator: np.random.Generator, steps: int = STEPS) -> Array:
    """``count`` mixtures (count, p), each the end of a walk of its own; uniform over the polytope as steps grow."""
    found = np.repeat(part.centre[None], count, axis=0)
    if not len(part.basis):
        return found
    for _step in range(steps):
        way = generator.standard_normal((count, len(part.basis))) @ part.basis
        least, most = reach(part, found, way)
        found = found + (least + (most - least) * generator.random(count))[:, None] * way
    return np.clip(found, 0.0, None)


def reach(part: Polytope, mixtures: Array, ways: Array) -> tuple[Array, Array]:
    """How far one may go from each mixture along its way, backwards (<= 0) and forwards (>= 0)."""
    slack = np.maximum(part.b - mixtures @ part.a.T, 0.0)
    rate = ways @ part.a.T
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = slack / rate
    forward = np.where(rate > 1e-12, quotient, np.inf).min(axis=1)
    backward = np.where(rate < -1e-12, quotient, -np.inf).max(axis=1)
    return np.where(np.isfinite(backward), backward, 0.0), np.where(np.isfinite(forward), forward, 0.0)


def candidates(part: Polytope, count: int, generator: np.random.Generator) -> Array:
    """Where the next trial may lie: mixtures inside, on edges and faces, and the corners.

    The best of a mixture is often at a border, where a uniform draw never falls.
    """
    inside = hit_and_run(part, count // 2, generator)
    corners = part.vertices
    weights = generator.dirichlet(np.full(len(corners), 0.35), count // 4)
    pairs = corners[generator.integers(0, len(corners), (count // 4, 2))]
    edges = pairs.mean(axis=1)
    return np.vstack([inside, weights @ corners, edges, corners, part.centre[None]])


def nearby(part: Polytope, centres: Array, count: int, size: float, generator: np.random.Generator) -> Array:
    """``count`` mixtures around each of ``centres``; a step is towards a corner, so it stays allowed (convexity)."""
    chosen = np.repeat(centres, count, axis=0)
    goals = part.vertices[generator.integers(0, len(part.vertices), len(chosen))]
    mixed = generator.random((len(chosen), 1))
    goals = mixed * goals + (1 - mixed) * part.vertices[generator.integers(0, len(part.vertices), len(chosen))]
    return np.asarray(chosen + size * generator.random((len(chosen), 1)) * (goals - chosen))


def scaled(mixtures: Array, low: Array, high: Array) -> Array:
    """Mixtures in units of each ingredient's span, the middle at 0: (n, d) of the d ingredients that vary."""
    free = high - low > 1e-7
    return np.asarray((mixtures[:, free] - (low + high)[free] / 2) / (high - low)[free])


def space_filling(space: Space, count: int, generator: np.random.Generator, near: Array | None = None) -> Array:
    """``count`` mixtures as far from each other, and from those weighed already, as can be (greedy maximin).

    Without earlier trials the first is the middle of what is allowed.
    """
    pool = np.vstack([candidates(part, 400, generator) for part in space.parts])
    places = scaled(pool, space.low, space.high)
    chosen: list[int] = []
    if near is not None and len(near):
        gap = gaps(places, scaled(near, space.low, space.high))
    else:
        middle = np.asarray([part.centre for part in space.parts])[:1]
        first = int(gaps(places, scaled(middle, space.low, space.high)).argmin())
        chosen, gap = [first], gaps(places, places[[first]])
    while len(chosen) < count:
        chosen.append(int(gap.argmax()))
        gap = np.minimum(gap, gaps(places, places[[chosen[-1]]]))
    return pool[chosen[:count]]


def gaps(places: Array, others: Array) -> Array:
    """Each place's distance to the nearest of the others."""
    return np.asarray(np.sqrt(((places[:, None] - others[None]) ** 2).sum(axis=2)).min(axis=1))


def scheffe(mixtures: Array, pairs: NDArray[np.intp] | None = None) -> Array:
    """The terms of Scheffé's quadratic: the shares (of 1) and their products, (n, q + q(q - 1)/2)."""
    shares = mixtures / 100.0
    if pairs is None:
        pairs = np.array(np.triu_indices(shares.shape[1], 1))
    return np.hstack([shares, shares[:, pairs[0]] * shares[:, pairs[1]]])


def d_optimal(space: Space, count: int, generator: np.random.Generator, near: Array | None = None) -> Array:
    """``count`` mixtures from which a linear mixture model is learned best: the greatest determinant of X'X.

    The model is Scheffé's linear one in what varies; a small ridge keeps the determinant above zero where there are
    fewer trials than terms. Greedy, then exchanged until no exchange helps.
    """
    pool = np.vstack([candidates(part, 240, generator) for part in space.parts])
    terms = _terms(pool, space)
    known = _terms(near, space) if near is not None and len(near) else np.zeros((0, terms.shape[1]))
    base = 1e-3 * np.eye(terms.shape[1]) + known.T @ known
    chosen: list[int] = []
    for _turn in range(count):
        chosen.append(_best_addition(terms, base, chosen))
    for _round in range(5):
        before = list(chosen)
        for at in range(count):
            others = chosen[:at] + chosen[at + 1 :]
            chosen[at] = _best_addition(terms, base, others)
        if chosen == before:
            break
    return pool[chosen]


def _terms(mixtures: Array, space: Space) -> Array:
    return np.hstack([np.ones((len(mixtures), 1)), 2 * scaled(mixtures, space.low, space.high)])


def _best_addition(terms: Array, base: Array, chosen: Sequence[int]) -> int:
    held = terms[list(chosen)]
    inverse = np.linalg.inv(base + held.T @ held)
    return int(np.einsum("ij,jk,ik->i", terms, inverse, terms).argmax())
