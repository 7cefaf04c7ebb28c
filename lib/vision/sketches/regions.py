"""From lines to regions: what belongs to a drawing, what to the ground, what to noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.vision.sketches.areas import areas, nearest
from lib.vision.sketches.closing import bridges
from lib.vision.sketches.model import Labels, Mask

#: A drawing is at least this share of the page, and of the largest drawing on it: what is smaller is writing.
_DRAWING, _OF_LARGEST = 0.006, 0.04
#: A region is at least this share of its drawing, unless it is round (a button).
_REGION: Final = 0.0012
#: A line that is this much weaker than the outline parts no regions: a fold, a construction line.
_WEAK: Final = 0.42


@dataclass(frozen=True, eq=False)
class Parted:
    """A page parted into drawings and regions.

    Args:
        labels: (h, w) int32: 0 the ground, else a region.
        drawing: (h, w) int32: 0 the ground, else which drawing, from 1, left to right.
    """

    labels: Labels
    drawing: Labels


def parted(mask: Mask, darkness: NDArray[np.float32], gap: float) -> Parted:
    """The regions that strokes enclose.

    Args:
        mask: strokes, at the size at which areas are looked for.
        darkness: of the page at that size.
        gap: widest gap in an outline, in pixels.
    """
    closed = mask | bridges(mask, 2.2 * gap)
    found = areas(closed, gap)
    ground = _ground(found)
    drawing = _drawings(found, ground)
    found[(drawing == 0) | ground[found]] = 0
    found = _merged(found, darkness, mask)
    found = _without_slivers(found, drawing)
    labels = _filled(found, drawing)
    return Parted(labels, np.where(labels > 0, drawing, 0).astype(np.int32))


def _ground(found: Labels) -> NDArray[np.bool_]:
    """Which areas reach the page's rim, by label; 0, the lines, is none of them."""
    rim = np.concatenate([found[0], found[-1], found[:, 0], found[:, -1]])
    ground = np.zeros(int(found.max()) + 1, dtype=bool)
    ground[np.unique(rim)] = True
    ground[0] = False
    return ground


def _drawings(found: Labels, ground: NDArray[np.bool_]) -> Labels:
    """Which drawing each pixel belongs to: what the ground surrounds, without lines that stand out and small things."""
    import cv2

    within = ((found > 0) & ~ground[found]).astype(np.uint8)
    # Across a line of the drawing, not across the ground.
    reach = max(3, round(0.006 * max(found.shape))) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    solid = cv2.morphologyEx(np.pad(within, reach), cv2.MORPH_CLOSE, kernel)[reach:-reach, reach:-reach]
    count, pieces, stats, middles = cv2.connectedComponentsWithStats(solid)
    sizes = stats[:, cv2.CC_STAT_AREA].astype(float)
    sizes[0] = 0
    kept = [
        piece
        for piece in range(1, count)
        if sizes[piece] >= _DRAWING * found.size and sizes[piece] >= _OF_LARGEST * sizes.max()
    ]
    numbers = np.zeros(count, dtype=np.int32)
    for number, piece in enumerate(sorted(kept, key=lambda one: float(middles[one][0]))):
        numbers[piece] = number + 1
    return numbers[pieces]


def _merged(found: Labels, darkness: NDArray[np.float32], mask: Mask) -> Labels:
    """Regions joined where only a weak line parts them."""
    import cv2

    if not found.any():
        return found
    near = nearest(found)
    wall = cv2.dilate(darkness, np.ones((5, 5), np.uint8))
    typical = float(np.median(wall[mask])) if mask.any() else 0.0
    became = np.arange(int(found.max()) + 1)
    for (one, two), strength in _walls(near, found, wall).items():
        if strength < _WEAK * typical:
            became[became == became[two]] = became[one]
    return became[found].astype(np.int32)


def _walls(near: Labels, found: Labels, wall: NDArray[np.float32]) -> dict[tuple[int, int], float]:
    """How dark the line is between each two regions that lie beside each other (median)."""
    pairs, values = [], []
    for axis in (0, 1):
        here = near[:-1] if axis == 0 else near[:, :-1]
        there = near[1:] if axis == 0 else near[:, 1:]
        dark = wall[:-1] if axis == 0 else wall[:, :-1]
        differ = (here != there) & (here > 0) & (there > 0)
        both = np.stack([here[differ], there[differ]], axis=1)
        pairs.append(np.sort(both, axis=1))
        values.append(dark[differ])
    every, dark = np.concatenate(pairs), np.concatenate(values)
    if not len(every):
        return {}
    keys, inverse, counts = np.unique(every, axis=0, return_inverse=True, return_counts=True)
    order = np.argsort(inverse.ravel(), kind="stable")
    groups = np.split(dark[order], np.cumsum(counts)[:-1])
    return {
        (int(one), int(two)): float(np.median(group))
        for (one, two), group in zip(keys.tolist(), groups, strict=True)
        if len(group) >= 4
    }


def _without_slivers(found: Labels, drawing: Labels) -> Labels:
    """Without what lies between restated strokes: too small or too thin for a region, and not round."""
    import cv2

    count = int(found.max()) + 1
    sizes = np.bincount(found.ravel(), minlength=count).astype(float)
    whole = np.bincount(drawing.ravel()).astype(float)
    belongs = np.zeros(count, dtype=np.int64)
    np.maximum.at(belongs, found.ravel(), drawing.ravel())
    depth = cv2.distanceTransform((found > 0).astype(np.uint8), cv2.DIST_L2, 5)
    widest = np.zeros(count, dtype=np.float32)
    np.maximum.at(widest, found.ravel(), depth.ravel())
    least = max(2.2, 0.004 * max(found.shape))
    round_ = sizes < 6.5 * np.maximum(widest, 1) ** 2
    large = sizes >= _REGION * whole[belongs]
    kept = (widest >= least) & (large | (round_ & (sizes >= 0.15 * _REGION * whole[belongs])))
    kept[0] = False
    return np.where(kept[found], found, 0).astype(np.int32)


def _filled(found: Labels, drawing: Labels) -> Labels:
    """The lines given to the regions beside them; what lies outside the drawings stays ground."""
    ground = int(found.max()) + 1
    seeds = np.where(drawing == 0, ground, found).astype(np.int32)
    full = nearest(seeds)
    return connected(np.where(full == ground, 0, full).astype(np.int32))


def connected(labels: Labels) -> Labels:
    """Each label in one connected piece, its largest; the rest goes to the neighbours. Numbered from 1 by size."""
    import cv2
    from scipy.ndimage import find_objects

    kept = labels.copy()
    for index, box in enumerate(find_objects(labels)):
        if box is None:
            continue
        own = (labels[box] == index + 1).astype(np.uint8)
        count, pieces, stats, _middles = cv2.connectedComponentsWithStats(own, connectivity=4)
        if count > 2:
            main = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
            kept[box][(pieces > 0) & (pieces != main)] = -1
    loose = kept < 0
    if loose.any():
        ground = int(labels.max()) + 1
        seeds = np.where(loose, 0, np.where(kept == 0, ground, kept)).astype(np.int32)
        full = nearest(seeds)
        kept = np.where(full == ground, 0, full).astype(np.int32)
    return _by_size(kept)


def _by_size(labels: Labels) -> Labels:
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    order = [int(label) for label in np.argsort(-sizes, kind="stable") if sizes[label] > 0]
    table = np.zeros(len(sizes), dtype=np.int32)
    table[order] = np.arange(1, len(order) + 1)
    return table[labels]
