"""Whether a drawing is worn: a head stands above it."""

from __future__ import annotations

from typing import Final

import numpy as np

from lib.vision.sketches.forms import outlines
from lib.vision.sketches.model import Labels, Mask

#: A head's width as a share of the garment's, and its height over its width.
_WIDE: Final = (0.05, 0.5)
_TALL: Final = (0.85, 1.9)
#: How much of its box an oval fills (a circle or an ellipse fills 0.79), and how far it may stand off the axis.
_OVAL: Final = (0.68, 0.88)
_OFF: Final = 0.14
#: A head and its neck rise at most this share of the garment's height above it, and reach at most so far into it.
_ABOVE, _INTO = 0.5, 0.04


def worn(mask: Mask, labels: Labels) -> bool:
    """Whether strokes draw an oval above the middle of a garment, as a head: (h, w) strokes and region map."""
    import cv2

    # A stroke that all but closes is closed: a hand lifts the pen before an oval's end.
    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    closed[0] = closed[-1] = 1  # a head may run out of the page
    closed[:, 0] = closed[:, -1] = 1
    count, _holes, stats, _middles = cv2.connectedComponentsWithStats((closed == 0).astype(np.uint8), connectivity=4)
    for outline in outlines(labels):
        left, top, right, low = outline.box
        wide, tall = right - left, low - top
        for hole in range(1, count):
            x, y, w, h, area = (int(value) for value in stats[hole])
            if (
                _WIDE[0] * wide < w < _WIDE[1] * wide
                and _TALL[0] < h / w < _TALL[1]
                and _OVAL[0] < area / (w * h) < _OVAL[1]
                and abs(x + w / 2 - (left + right) / 2) < _OFF * wide
                and top - _ABOVE * tall < y
                and y + h < top + _INTO * tall
            ):
                return True
    return False
