"""Classical mixture designs: corners and centroids of what is allowed, and a first round chosen among them.

Simplex-centroid design: Scheffé (1963). Extreme vertices: McLean and Anderson (1966).
"""

from __future__ import annotations

import itertools
import math

import numpy as np

from lib.merchandising.beauty_formulation.sampling import gaps, scaled, space_filling
from lib.merchandising.beauty_formulation.space import TOTAL, Array, Polytope, Space

MOST_CORNERS = 50_000  # combinations of bounds that are tried for corners


def framed(space: Space, count: int, generator: np.random.Generator, near: Array | None = None) -> Array:
    """``count`` mixtures from the middle, the corners and the centroids of edges and faces, far from each other.

    An optimum of blends lies where a share is at its bound or two are even, more often than elsewhere; the rest, where
    more are wanted than there are, is spread over all that is allowed.
    """
    pool = np.vstack([corners_and_centroids(part) for part in space.parts])
    places = scaled(pool, space.low, space.high)
    chosen: list[int] = []
    if near is not None and len(near):
        gap = gaps(places, scaled(near, space.low, space.high))
    else:
        middle = scaled(np.asarray([part.centre for part in space.parts])[:1], space.low, space.high)
        chosen = [int(gaps(places, middle).argmin())]
        gap = gaps(places, places[chosen])
    while len(chosen) < min(count, len(pool)) and float(gap.max()) > 1e-6:
        # Symmetric designs have ties: they are broken by chance, by less than any real difference.
        chosen.append(int((gap + 1e-3 * generator.random(len(gap))).argmax()))
        gap = np.minimum(gap, gaps(places, places[chosen[-1:]]))
    found = pool[chosen]
    if len(found) < count:
        known = found if near is None else np.vstack([near, found])
        found = np.vstack([found, space_filling(space, count - len(found), generator, known)])
    return found[:count]


def corners_and_centroids(part: Polytope, tolerance: float = 1e-6) -> Array:
    """The design of McLean and Anderson (1966): every corner, the centroid of each face, and the overall one.

    Of a plain simplex the edges' centroids are taken as well, which makes it Scheffé's simplex-centroid design.
    """
    corners = _corners(part)
    found = [*corners, corners.mean(axis=0)]
    tight = np.abs(corners @ part.a.T - part.b) < tolerance
    for at in range(tight.shape[1]):
        on_face = corners[tight[:, at]]
        if 2 <= len(on_face) < len(corners):
            found.append(on_face.mean(axis=0))
    if len(corners) == corners.shape[1]:
        found += [(one + other) / 2 for one, other in itertools.combinations(corners, 2)]
    return np.unique(np.round(found, 9), axis=0)


def _corners(part: Polytope) -> Array:
    """All corners: where as many bounds meet as there are directions to move in."""
    size = part.a.shape[1]
    if math.comb(len(part.a), size - 1) > MOST_CORNERS:
        return part.vertices
    found = []
    for chosen in itertools.combinations(range(len(part.a)), size - 1):
        matrix = np.vstack([part.a[list(chosen)], np.ones(size)])
        if abs(np.linalg.det(matrix)) < 1e-9:
            continue
        corner = np.linalg.solve(matrix, np.append(part.b[list(chosen)], TOTAL))
        if part.holds(corner[None])[0]:
            found.append(np.clip(corner, 0, None))
    return np.unique(np.round(found, 7), axis=0)
