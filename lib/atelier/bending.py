"""Outlines and paths that are measured and bent: what draping and slanted hems need of geometry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.drawing import Cubic, Path, Points

Values = NDArray[np.float64]
#: Cm after which a path's cubic is cut, so that it can bend, and the most pieces of one.
PIECE_CM: Final = 5.0
MOST_PIECES: Final = 12


def unit(vector: Values) -> Values:
    return np.asarray(vector / max(float(np.hypot(*vector)), 1e-9))


def hull(points: Points) -> Points:
    """The convex outline of points (n, 2)."""
    import cv2

    return np.asarray(cv2.convexHull(points.astype(np.float32))[:, 0], dtype=np.float64)


def smoothstep(values: Values, low: float, high: float) -> Values:
    """0 below ``low``, 1 above ``high``, and smooth in between."""
    share = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(share * share * (3 - 2 * share))


def span(points: Points, axis: int, levels: Values) -> tuple[Values, Values]:
    """The least and the greatest other coordinate of a closed outline at each level along ``axis``; 0, 0 off it."""
    a, b = points, np.roll(points, -1, axis=0)
    along_a, along_b = a[:, axis][None], b[:, axis][None]
    crossed = ((along_a <= levels[:, None]) & (along_b > levels[:, None])) | (
        (along_b <= levels[:, None]) & (along_a > levels[:, None])
    )
    share = (levels[:, None] - along_a) / np.where(along_a == along_b, 1.0, along_b - along_a)
    at = a[:, 1 - axis][None] + share * (b[:, 1 - axis] - a[:, 1 - axis])[None]
    found = crossed.any(axis=1)
    low = np.where(crossed, at, np.inf).min(axis=1)
    high = np.where(crossed, at, -np.inf).max(axis=1)
    return np.where(found, low, 0.0), np.where(found, high, 0.0)


def bent(path: Path, move: Callable[[Points], Points]) -> Path:
    """A path whose points and handles were moved, each cubic cut first where it is long (de Casteljau, 1959)."""
    at = path.start
    knots: list[tuple[float, float]] = [at]
    for cubic in path.cubics:
        rest: Cubic = cubic
        long = np.hypot(cubic[2][0] - at[0], cubic[2][1] - at[1])
        for left in range(int(np.clip(np.ceil(long / PIECE_CM), 1, MOST_PIECES)), 1, -1):
            first, rest = _cut(at, rest, 1 / left)
            knots += first
            at = first[2]
        knots += rest
        at = rest[2]
    moved = [(float(x), float(y)) for x, y in move(np.array(knots, dtype=float))]
    cubics = tuple((moved[k], moved[k + 1], moved[k + 2]) for k in range(1, len(moved), 3))
    return Path(moved[0], cubics, path.closed)


def _cut(start: tuple[float, float], cubic: Cubic, t: float) -> tuple[Cubic, Cubic]:
    """One cubic as two, cut at share ``t``."""
    p0, p1, p2, p3 = (np.array(p) for p in (start, *cubic))
    a, b, c = p0 + (p1 - p0) * t, p1 + (p2 - p1) * t, p2 + (p3 - p2) * t
    d, e = a + (b - a) * t, b + (c - b) * t
    middle = d + (e - d) * t
    return (_pair(a), _pair(d), _pair(middle)), (_pair(e), _pair(c), _pair(p3))


def _pair(point: Values) -> tuple[float, float]:
    return float(point[0]), float(point[1])
