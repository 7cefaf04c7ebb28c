"""Strokes as lines one pixel wide, and where those end."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lib.vision.sketches.model import Mask

#: Neighbours clockwise from above: their offsets (row, column).
_AROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))


@lru_cache(maxsize=1)
def _tables() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each of the 256 neighbourhoods, whether the first and the second pass take the pixel away."""
    first, second = np.zeros(256, dtype=bool), np.zeros(256, dtype=bool)
    for code in range(256):
        p = [(code >> bit) & 1 for bit in range(8)]
        turns = sum(1 for bit in range(8) if not p[bit] and p[(bit + 1) % 8])
        if turns != 1 or not 2 <= sum(p) <= 6:
            continue
        up, right, down, left = p[0], p[2], p[4], p[6]
        first[code] = not (up and right and down) and not (right and down and left)
        second[code] = not (up and right and left) and not (up and down and left)
    return first, second


def thinned(mask: Mask) -> Mask:
    """The middle lines of strokes, (h, w) (Zhang and Suen, 1984); only pixels of strokes are looked at."""
    padded = np.pad(mask, 1).astype(np.uint8)
    width = padded.shape[1]
    flat = padded.ravel()
    steps = np.array([row * width + column for row, column in _AROUND])
    alive = np.flatnonzero(flat)
    active = alive
    tables = _tables()
    while len(active):
        removed = []
        for table in tables:
            gone = active[table[_codes(flat, active, steps)]]
            flat[gone] = 0
            active = active[flat[active] == 1]
            removed.append(gone)
        taken = np.concatenate(removed)
        if not len(taken):
            break
        # Only beside a pixel that has gone can another one go.
        touched = np.unique((taken[:, None] + steps[None]).ravel())
        active = touched[flat[touched] == 1]
    return padded[1:-1, 1:-1] > 0


def _codes(flat: NDArray[np.uint8], at: NDArray[np.int64], steps: NDArray[np.int64]) -> NDArray[np.int64]:
    code = np.zeros(len(at), dtype=np.int64)
    for bit, step in enumerate(steps):
        code |= flat[at + step].astype(np.int64) << bit
    return code


def end_points(line: Mask) -> NDArray[np.int64]:
    """Where lines one pixel wide end: (n, 2), row and column of each pixel with one neighbour."""
    padded = np.pad(line, 1).astype(np.uint8)
    width = padded.shape[1]
    flat = padded.ravel()
    at = np.flatnonzero(flat)
    around = sum(flat[at + row * width + column].astype(np.int64) for row, column in _AROUND)
    ends = at[np.asarray(around) == 1]
    return np.stack([ends // width - 1, ends % width - 1], axis=1)


def heading(line: Mask, end: tuple[int, int], steps: int) -> tuple[float, float]:
    """The direction (row, column), of length 1, in which a line goes on past its end; (0, 0) where it is a dot.

    It is followed back from the end for ``steps`` pixels.
    """
    height, width = line.shape
    path = [end]
    seen = {end}
    while len(path) <= steps:
        row, column = path[-1]
        near = [
            (row + down, column + across)
            for down, across in _AROUND
            if 0 <= row + down < height and 0 <= column + across < width and line[row + down, column + across]
        ]
        following = [place for place in near if place not in seen]
        if not following or (len(following) > 1 and len(path) > 3):
            break
        seen.update(following)
        path.append(following[0])
    if len(path) < 3:
        return 0.0, 0.0
    down, across = end[0] - path[-1][0], end[1] - path[-1][1]
    length = float(np.hypot(down, across))
    return (down / length, across / length) if length else (0.0, 0.0)
