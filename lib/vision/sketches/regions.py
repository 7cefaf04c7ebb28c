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
#: Where less than this share of the way between two regions is drawn as strongly as the drawing's usual line, they are
#: one: a fold, a guide line, a gap that the ball took for a wall.
_DRAWN: Final = 0.68
#: To the ground it takes less: an outline with gaps and faint stretches is one.
_OUTLINE: Final = 0.25
#: ... and a region whose way to the ground is shorter than this share of its outline has a gap there and no more.
_OPEN: Final = 0.15
#: How often regions may grow together.
_TURNS: Final = 5
#: A line weaker than this, as a share of the usual one, is no wall between regions, and none to the ground.
_WEAK, _FAINT = 0.48, 0.30
#: A stroke shorter than this share of the page, joined to nothing, is a stitch or a speck and no wall.
_STITCH: Final = 0.026


@dataclass(frozen=True, eq=False)
class Parted:
    """A page parted into drawings and regions.

    Args:
        labels: (h, w) int32: 0 the ground, else a region.
        walls: (h, w), the strokes that part regions, with the gaps closed.
    """

    labels: Labels
    walls: Mask


def parted(mask: Mask, darkness: NDArray[np.float32], gap: float) -> Parted:
    """The regions that strokes enclose.

    Args:
        mask: strokes, at the size at which areas are looked for.
        darkness: of the page at that size.
        gap: widest gap in an outline, in pixels.
    """
    walls = _walls(mask)
    closed = walls | bridges(walls, 2.2 * gap)
    found = areas(closed, gap)
    found = _one_ground(found)
    found = _without_slivers(found)  # first: else two forms would grow together across what parts them
    found = _without_slivers(_merged(found, darkness, mask))
    return Parted(_drawings(nearest(found)), closed)


def _walls(mask: Mask) -> Mask:
    """Strokes without what is as short as a stitch or a speck, unless it goes round something, as a button does."""
    import cv2

    count, labels, stats, _middles = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    reach = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    short = reach < _STITCH * max(mask.shape)
    short[0] = False
    if not short.any():
        return mask
    _count, outside = cv2.connectedComponents((~mask).astype(np.uint8), connectivity=4)
    rings = np.zeros(count, dtype=bool)
    grown = cv2.dilate(labels.astype(np.float32), np.ones((3, 3), np.uint8)).astype(np.int64)
    beside = ~mask & (grown > 0)
    pairs = np.unique(grown[beside] * (int(outside.max()) + 1) + outside[beside])
    stroke, counts = np.unique(pairs // (int(outside.max()) + 1), return_counts=True)
    rings[stroke[counts > 1]] = True
    return np.asarray(mask & ~(short & ~rings)[labels])


def _one_ground(found: Labels) -> Labels:
    """The areas with all that reaches the page's rim as one, ``found.max() + 1`` of what comes in."""
    rim = np.unique(np.concatenate([found[0], found[-1], found[:, 0], found[:, -1]]))
    ground = np.zeros(int(found.max()) + 1, dtype=bool)
    ground[rim] = True
    ground[0] = False
    return np.where(ground[found], int(found.max()) + 1, found).astype(np.int32)


def _drawings(full: Labels) -> Labels:
    """The regions of what is large enough to be a drawing; the highest label, the ground, and all else become 0."""
    import cv2

    within = (full != full.max()).astype(np.uint8)
    count, pieces, stats, _middles = cv2.connectedComponentsWithStats(within, connectivity=4)
    sizes = stats[:, cv2.CC_STAT_AREA].astype(float)
    sizes[0] = 0
    kept = (sizes >= _DRAWING * full.size) & (sizes >= _OF_LARGEST * sizes.max())
    del count
    return connected(np.where(kept[pieces], full, 0).astype(np.int32))


def _merged(found: Labels, darkness: NDArray[np.float32], mask: Mask) -> Labels:
    """Regions joined where what parts them isn't drawn, or only faintly."""
    import cv2

    wall = np.asarray(cv2.dilate(darkness, np.ones((3, 3), np.uint8)), dtype=np.float32)
    typical = float(np.median(wall[mask])) if mask.any() else 0.0
    ground = int(found.max())
    for _turn in range(_TURNS):  # what has grown together is looked at again as one: chains would join anything
        ways = _between(nearest(found), wall, _WEAK * typical)
        weak = {pair: way.drawn for pair, way in ways.items() if ground not in pair and way.drawn < _DRAWN}
        if not weak:
            break
        found = _once(found, weak)
    # An outline may be fainter than what it encloses, and is one for all that: the ground comes in over guides alone.
    ways = _between(nearest(found), wall, _FAINT * typical)
    around = _around(ways, ground)
    lost = [
        one
        for (one, two), way in ways.items()
        if two == ground and way.drawn < _OUTLINE and way.length > _OPEN * around[one]
    ]
    return np.where(np.isin(found, lost), ground, found).astype(np.int32)


def _once(found: Labels, weak: dict[tuple[int, int], float]) -> Labels:
    """Each region joined with one other at most, the least parted first."""
    became = np.arange(int(found.max()) + 1)
    taken: set[int] = set()
    for one, two in sorted(weak, key=lambda pair: weak[pair]):
        if one not in taken and two not in taken:
            became[two] = one
            taken |= {one, two}
    return became[found].astype(np.int32)


def _around(ways: dict[tuple[int, int], _Way], labels: int) -> NDArray[np.float64]:
    """The length of each region's outline, by label up to ``labels``."""
    around = np.zeros(labels + 1)
    for pair, way in ways.items():
        around[list(pair)] += way.length
    return around


@dataclass(frozen=True)
class _Way:
    """What lies between two regions: how many pixels long, and the share of it that is drawn."""

    length: int
    drawn: float


def _between(near: Labels, wall: NDArray[np.float32], least: float) -> dict[tuple[int, int], _Way]:
    """The way between each two regions side by side; a line at least as dark as ``least`` is drawn there or not."""
    pairs, drawn = [], []
    for axis in (0, 1):
        here = near[:-1] if axis == 0 else near[:, :-1]
        there = near[1:] if axis == 0 else near[:, 1:]
        dark = wall[:-1] if axis == 0 else wall[:, :-1]
        differ = here != there
        pairs.append(np.sort(np.stack([here[differ], there[differ]], axis=1), axis=1))
        drawn.append(dark[differ] >= least)
    keys, inverse, counts = np.unique(np.concatenate(pairs), axis=0, return_inverse=True, return_counts=True)
    shares = np.bincount(inverse.ravel(), weights=np.concatenate(drawn).astype(float)) / counts
    return {
        (int(one), int(two)): _Way(int(count), float(share))
        for (one, two), share, count in zip(keys.tolist(), shares, counts, strict=True)
        if count >= 4
    }


def _without_slivers(found: Labels) -> Labels:
    """Without what lies between restated strokes: too small or too thin for a region, and not round."""
    import cv2

    ground = int(found.max())
    sizes = np.bincount(found.ravel()).astype(float)
    whole = float(sizes[1:ground].sum())
    depth = cv2.distanceTransform((found > 0).astype(np.uint8), cv2.DIST_L2, 5)
    widest = np.zeros(len(sizes), dtype=np.float32)
    np.maximum.at(widest, found.ravel(), depth.ravel())
    least = max(2.2, 0.004 * max(found.shape))
    disc = sizes < 6.5 * np.maximum(widest, 1) ** 2
    kept = (widest >= least) & ((sizes >= _REGION * whole) | (disc & (sizes >= 0.15 * _REGION * whole)))
    kept[0] = False
    kept[ground] = True
    return np.where(kept[found], found, 0).astype(np.int32)


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
