"""The areas that lines enclose, although the lines have gaps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.vision.sketches.model import Labels, Mask

#: A passage this much narrower than what it joins on both sides is a gap in a line, not a part of the form.
_NARROWER: Final = 0.55


@dataclass
class _Basins:
    """Areas as they grow together: each one's widest ball, and which has become which."""

    radius: list[float] = field(default_factory=lambda: [0.0])
    became: list[int] = field(default_factory=lambda: [0])

    def new(self, radius: float) -> int:
        self.radius.append(radius)
        self.became.append(len(self.became))
        return len(self.became) - 1

    def of(self, label: int) -> int:
        while self.became[label] != label:
            self.became[label] = self.became[self.became[label]]
            label = self.became[label]
        return label

    def join(self, one: int, two: int) -> None:
        one, two = self.of(one), self.of(two)
        wide, narrow = (one, two) if self.radius[one] >= self.radius[two] else (two, one)
        self.became[narrow] = wide

    def resolved(self) -> NDArray[np.int32]:
        return np.array([self.of(label) for label in range(len(self.became))], dtype=np.int32)


def areas(lines: Mask, gap: float) -> Labels:
    """The areas between lines, (h, w) int32: 1 and up, 0 on the lines.

    Trapped-ball segmentation (Zhang et al., 2009): a ball that is wider than a gap cannot leave through it. Here the
    balls shrink step by step; where two areas meet at a smaller ball, the passage is a gap in a line if it is narrower
    than ``gap`` and much narrower than either area, and else one form that grows thin there (a cuff, a strap).

    Args:
        lines: True where a line is, or where a gap has been closed.
        gap: widest gap in a line, in pixels.
    """
    import cv2

    free = np.pad(~lines, 1, constant_values=True).astype(np.uint8)
    depth = np.asarray(cv2.distanceTransform(free, cv2.DIST_L2, 5)[1:-1, 1:-1], dtype=np.float32)
    largest = max(1.5, gap / 2)
    levels = [*np.arange(largest, 1.5, -1.0), 1.0]
    basins = _Basins()
    labels = np.zeros(lines.shape, dtype=np.int32)
    for level in levels:
        labels = _grown(labels, depth, float(level), basins)
    return _numbered(basins.resolved()[labels])


def _grown(labels: Labels, depth: NDArray[np.float32], level: float, basins: _Basins) -> Labels:
    """The areas after the ball has shrunk to ``level``: new ones, larger ones, and some that are one."""
    import cv2

    fresh = ((depth >= level) & (labels == 0)).astype(np.uint8)
    count, pieces = cv2.connectedComponents(fresh, connectivity=4, ltype=cv2.CV_32S)
    if count == 1:
        return labels
    touching = _touching(pieces, labels)
    table = np.zeros(count, dtype=np.int32)
    widest = _maxima(pieces, depth, count)
    shared = np.zeros(count, dtype=bool)
    for piece in range(1, count):
        near = sorted({basins.of(int(label)) for label in touching.get(piece, ())})
        if not near:
            table[piece] = basins.new(float(widest[piece]))
            continue
        kept = _joined(near, level, basins)
        table[piece] = kept[0]
        shared[piece] = len(kept) > 1
    labels = np.where(pieces > 0, table[pieces], labels).astype(np.int32)
    contested = shared[pieces]
    if contested.any():
        labels[contested] = _nearest(np.where(contested, 0, labels), contested)
    return labels


def _joined(near: list[int], level: float, basins: _Basins) -> list[int]:
    """Of areas that meet at a passage as wide as ``level``, those that stay apart, widest first."""
    near = sorted(near, key=lambda label: -basins.radius[label])
    kept = [near[0]]
    for label in near[1:]:
        if level < _NARROWER * basins.radius[label]:
            kept.append(label)
        else:
            basins.join(kept[0], label)
    return kept


def _touching(pieces: Labels, labels: Labels) -> dict[int, set[int]]:
    """Which labels lie beside each piece."""
    found: dict[int, set[int]] = {}
    for here, there in _neighbours():
        meet = (pieces[here] > 0) & (labels[there] > 0)
        pairs = np.unique(np.stack([pieces[here][meet], labels[there][meet]], axis=1), axis=0)
        for piece, label in pairs.tolist():
            found.setdefault(piece, set()).add(label)
    return found


def _neighbours() -> tuple[tuple[tuple[slice, slice], tuple[slice, slice]], ...]:
    """Slices that lay each pixel beside its neighbour above, below, left and right."""
    all_, first, last = slice(None), slice(None, -1), slice(1, None)
    return (
        ((first, all_), (last, all_)),
        ((last, all_), (first, all_)),
        ((all_, first), (all_, last)),
        ((all_, last), (all_, first)),
    )


def _maxima(pieces: Labels, depth: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    widest = np.zeros(count, dtype=np.float32)
    within = pieces > 0
    np.maximum.at(widest, pieces[within], depth[within])
    return widest


def _nearest(labels: Labels, where: Mask) -> Labels:
    """The label nearest to each pixel of ``where``."""
    return nearest(labels)[where]


def nearest(labels: Labels) -> Labels:
    """At each pixel the label of the nearest pixel that has one (Borgefors, 1986)."""
    import cv2

    if not labels.any():
        return labels
    empty = (labels == 0).astype(np.uint8)
    _far, cells = cv2.distanceTransformWithLabels(empty, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    table = np.zeros(int(cells.max()) + 1, dtype=np.int32)
    own = labels > 0
    table[cells[own]] = labels[own]
    return table[cells]


def _numbered(labels: Labels) -> Labels:
    """The same areas, each connected, numbered from 1."""
    import cv2
    from scipy.ndimage import find_objects

    out = np.zeros(labels.shape, dtype=np.int32)
    following = 1
    # Pieces of one label that do not touch are different areas; neighbours of different labels stay apart.
    for index, box in enumerate(find_objects(labels)):
        if box is None:
            continue
        count, pieces = cv2.connectedComponents((labels[box] == index + 1).astype(np.uint8), connectivity=4)
        part = out[box]
        part[pieces > 0] = pieces[pieces > 0] + following - 1
        following += count - 1
    return out
