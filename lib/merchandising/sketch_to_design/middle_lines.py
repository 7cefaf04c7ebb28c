"""Strokes as lines: the pixels of their middles put into order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Mask = NDArray[np.bool_]
_AROUND: Final = ((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, -1), (-1, 1))
#: A line of fewer pixels is a speck.
_SPECK: Final = 4


def middle_lines(strokes: Mask, kept: Callable[[NDArray[np.int64], NDArray[np.int64]], Mask]) -> list[Points]:
    """The middle lines of strokes, each (n, 2) as x and y, cut where they fork.

    Args:
        strokes: (h, w).
        kept: of rows and columns of middle pixels, which of them count.
    """
    from lib.vision.sketches.thinning import thinned

    rows, columns = np.nonzero(thinned(strokes))
    own = kept(rows, columns)
    left = set(zip(rows[own].tolist(), columns[own].tolist(), strict=True))
    near = {at: [step for step in _steps(at) if step in left] for at in left}
    found = []
    # From the ends first, so that a line isn't begun in its middle; what is left then are rings.
    for start in sorted(left, key=lambda at: (len(near[at]) != 1, at)):
        if start in left:
            line = _followed(start, left, near)
            if len(line) >= _SPECK:
                found.append(np.array([(column, row) for row, column in line], dtype=np.float64))
    return found


def _steps(at: tuple[int, int]) -> list[tuple[int, int]]:
    return [(at[0] + down, at[1] + across) for down, across in _AROUND]


def _followed(
    start: tuple[int, int], left: set[tuple[int, int]], near: dict[tuple[int, int], list[tuple[int, int]]]
) -> list[tuple[int, int]]:
    """Pixel after pixel, straight on where there is a choice; each is taken out of ``left``."""
    line = [start]
    left.discard(start)
    while True:
        following = [one for one in near[line[-1]] if one in left]
        if not following:
            return line
        if len(line) > 3:
            back = line[-4]
            ahead = (line[-1][0] - back[0], line[-1][1] - back[1])
            following.sort(key=lambda one: -((one[0] - line[-1][0]) * ahead[0] + (one[1] - line[-1][1]) * ahead[1]))
        line.append(following[0])
        left.discard(following[0])
