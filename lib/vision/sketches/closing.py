"""Open outlines closed: where a line ends short of another line, or of another end, it is drawn on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lib.vision.sketches.model import Mask
from lib.vision.sketches.thinning import end_points, heading, thinned

#: How far (cosine) a line may turn to meet another end, and to meet a line.
_TO_END, _TO_LINE = 0.62, 0.88


def bridges(mask: Mask, reach: float) -> Mask:
    """Strokes that close gaps of a drawing: (h, w), True where a line was drawn on.

    Two ends that look towards each other are joined; an end that meets nobody is drawn on straight to the next line
    within a third of the reach (line closing by end points; on gaps in hand-made drawings: Sýkora et al., 2009).

    Args:
        mask: strokes.
        reach: longest gap, in pixels.
    """
    import cv2

    line = thinned(mask)
    ends = end_points(line)
    drawn = np.zeros(mask.shape, dtype=np.uint8)
    if not len(ends):
        return drawn > 0
    back = max(4, round(reach * 0.5))
    ways = np.array([heading(line, (int(row), int(column)), back) for row, column in ends])
    moving = np.abs(ways).sum(axis=1) > 0
    ends, ways = ends[moving], ways[moving]
    joined = np.zeros(len(ends), dtype=bool)
    for one, two in _facing(ends, ways, reach):
        if joined[one] or joined[two]:
            continue
        joined[[one, two]] = True
        cv2.line(drawn, _xy(ends[one]), _xy(ends[two]), 255, 1)
    for index in np.flatnonzero(~joined):
        hit = _ahead(mask, line, ends[index], ways[index], reach / 3)
        if hit is not None:
            cv2.line(drawn, _xy(ends[index]), hit, 255, 1)
    return (drawn > 0) & ~mask


def _xy(place: NDArray[np.int64]) -> tuple[int, int]:
    return int(place[1]), int(place[0])


def _facing(ends: NDArray[np.int64], ways: NDArray[np.float64], reach: float) -> list[tuple[int, int]]:
    """Pairs of ends that look towards each other, best first: near ones, and straight on before bent."""
    from scipy.spatial import cKDTree

    if len(ends) < 2:
        return []
    pairs = np.array(sorted(cKDTree(ends).query_pairs(reach)), dtype=np.int64).reshape(-1, 2)
    if not len(pairs):
        return []
    between = (ends[pairs[:, 1]] - ends[pairs[:, 0]]).astype(float)
    far = np.hypot(*between.T)
    towards = between / np.maximum(far, 1e-9)[:, None]
    from_one = (ways[pairs[:, 0]] * towards).sum(axis=1)
    from_two = -(ways[pairs[:, 1]] * towards).sum(axis=1)
    near = far < 0.35 * reach
    fit = (np.minimum(from_one, from_two) > _TO_END) | near & (np.minimum(from_one, from_two) > 0)
    cost = far * (3 - from_one - from_two)
    chosen = np.flatnonzero(fit)
    return [(int(pairs[at, 0]), int(pairs[at, 1])) for at in chosen[np.argsort(cost[chosen], kind="stable")]]


def _ahead(
    mask: Mask, line: Mask, end: NDArray[np.int64], way: NDArray[np.float64], reach: float
) -> tuple[int, int] | None:
    """The first stroke, as (x, y), that lies straight ahead of an end within reach, past the end's own thickness."""
    height, width = mask.shape
    left_own = False
    for step in range(1, round(reach) + 6):
        row, column = round(end[0] + way[0] * step), round(end[1] + way[1] * step)
        if not (0 <= row < height and 0 <= column < width):
            return None
        if not mask[row, column]:
            left_own = True
        elif left_own:
            return column, row
    return None
