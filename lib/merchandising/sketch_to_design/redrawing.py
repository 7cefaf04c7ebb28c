"""A sketch drawn again at the size of its picture: regions with smooth edges, strokes as fine, tapered lines.

A photo's strokes are as thick as the pencil was on that paper, and grow with the picture. Here each stroke becomes its
middle line, and is drawn anew: the outline strongest, seams finer, folds and stitches finest, each as strong as it was
pressed. Regions are led to the middles of the strokes between them, so that cloth and line end together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from lib.merchandising.sketch_to_design.fastenings import Fastening, fastenings
from lib.merchandising.sketch_to_design.middle_lines import middle_lines
from lib.merchandising.sketch_to_design.repairing import repaired

if TYPE_CHECKING:
    from lib.vision.sketches import Sketch

Field = NDArray[np.float32]
Labels = NDArray[np.int32]
Points = NDArray[np.float64]
Box = tuple[slice, slice]
#: Widths of ink as shares of the drawing's longer side: against the ground, between regions, within one.
_OUTLINE, _SEAM, _FOLD = 0.0012, 0.0009, 0.0008
#: Lines are drawn at this many times their size, and brought down again.
_FINER: Final = 2
#: A stroke this near to a border, as a share of the drawing's longer side, restates it.
_RESTATED: Final = 0.013
#: Ink from which on a pixel is of a stroke; weaker guides and smudges aren't drawn again.
_INKED: Final = 0.28
#: A region of a smaller share of what is drawn than this wasn't meant as a piece.
_MEANT: Final = 0.003
#: Ink below which a pixel is bare paper.
_BARE: Final = 0.25
#: A bite or a spur at the edge of a garment that is smaller than this share of its longer side is a slip of the pencil.
_SLIP: Final = 0.007


@dataclass(frozen=True, eq=False)
class Redrawn:
    """A sketch at a picture's size.

    Args:
        lines: (h, w), 0 paper to 1 ink.
        regions: (h, w), 0 the ground; labels as the sketch's.
        fastenings: where it closes, in pixels of the picture.
        pixels_per_cm: of the garment.
    """

    lines: Field
    regions: Labels
    fastenings: tuple[Fastening, ...]
    pixels_per_cm: float


@lru_cache(maxsize=6)
def redrawn(sketch: Sketch, box: tuple[int, int, int, int], size: tuple[int, int]) -> Redrawn:
    """What lies in a box (left, top, right, bottom) of the sketch, enlarged to fit the middle of a sheet of ``size``
    (width, height)."""
    left, top, right, low = box
    where = slice(top, low), slice(left, right)
    scale = min(size[0] / (right - left), size[1] / (low - top))
    shape = max(1, round((low - top) * scale)), max(1, round((right - left) * scale))
    lines = np.ascontiguousarray(sketch.lines[where])
    regions = np.ascontiguousarray(repaired(sketch)[where])
    inside = [part.label for part in sketch.parts if part.role == "inside"]
    led = _even(_led(regions, lines), inside)
    found = [
        Fastening(one.x - left, one.y - top, one.radius, one.kind)
        for one in fastenings(sketch)
        if left <= one.x < right and top <= one.y < low
    ]
    grown = enlarged(_without(led, found), shape)
    ink = _drawn(lines, led, grown, found, scale)
    down, across = (size[1] - shape[0]) // 2, (size[0] - shape[1]) // 2
    room = (down, size[1] - shape[0] - down), (across, size[0] - shape[1] - across)
    moved = tuple(
        Fastening((one.x + 0.5) * scale + across, (one.y + 0.5) * scale + down, one.radius * scale, one.kind)
        for one in found
    )
    return Redrawn(np.pad(ink, room), np.pad(grown, room), moved, sketch.pixels_per_cm * scale)


def _led(regions: Labels, lines: Field) -> Labels:
    """Regions whose borders run along the middles of strokes: ink belongs to the nearest bare paper; without slips."""
    import cv2

    slip = max(1, round(_SLIP * max(_extent(regions))))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * slip + 1, 2 * slip + 1))
    whole = cv2.morphologyEx((regions > 0).astype(np.uint8), cv2.MORPH_CLOSE, disc) > 0
    kept = np.where(_spurs(regions > 0, slip), 0, _joined(regions))
    filled = np.where((kept == 0) & whole & ~_spurs(whole, slip), _nearest(kept, kept > 0), kept)
    bare = lines < _BARE
    for label in np.unique(filled[filled > 0]).tolist():
        mask = filled == label
        if not (bare & mask).any():
            bare |= mask
    return _nearest(filled, bare)


def _even(regions: Labels, inside: list[int]) -> Labels:
    """Regions whose openings have an even back edge: what is torn there is the pencil's tremble, not the cloth's."""
    made = regions.copy()
    for label in inside:
        rows, columns = np.nonzero(regions == label)
        if len(rows) < 50:
            continue
        size = min(2 * round(0.09 * (np.ptp(columns) + 1)) + 1, 61)
        near = np.zeros(regions.shape, bool)
        room = size // 2
        near[
            max(0, rows.min() - room) : rows.min() + np.ptp(rows) // 2, columns.min() + room : columns.max() - room
        ] = 1
        near &= np.isin(regions, (0, label))
        edge = _upper(regions == label, columns.min(), columns.max(), size)
        down = np.arange(regions.shape[0])[:, None]
        made[near & (down >= edge)] = label
        made[near & (down < edge)] = 0
    return made


def _upper(mask: NDArray[np.bool_], first: int, last: int, size: int) -> Points:
    """The row at which a region begins in each column, smooth, (1, w); beyond its columns the last row."""
    import cv2

    begins = np.full(mask.shape[1], mask.shape[0], dtype=np.float64)
    own = mask[:, first : last + 1]
    top = np.where(own.any(axis=0), own.argmax(axis=0), mask.shape[0]).astype(np.float32)
    known = top < mask.shape[0]
    top = np.interp(np.arange(len(top)), np.flatnonzero(known), top[known]).astype(np.float32)
    half = size // 2
    padded = np.pad(top, half, mode="edge")
    calm = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1), axis=1)
    begins[first : last + 1] = cv2.GaussianBlur(calm.astype(np.float32)[None], (0, 0), size / 4)[0]
    return begins[None, :]


def _spurs(cloth: NDArray[np.bool_], slip: int) -> NDArray[np.bool_]:
    """What stands out of the garment's edge and is small: neither a corner nor a strap."""
    import cv2

    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * slip + 1, 2 * slip + 1))
    mask = cloth.astype(np.uint8)
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, disc) > 0
    out = (cloth & ~opened).astype(np.uint8)
    _count, pieces, stats, _middles = cv2.connectedComponentsWithStats(out, connectivity=8)
    share = stats[:, cv2.CC_STAT_AREA] / max(1, int(mask.sum()))
    spur = (share > 0.0003) & (share < 0.0015)
    spur[0] = False
    return np.asarray(spur[pieces])


def _joined(regions: Labels) -> Labels:
    """Regions so small that a hand didn't mean them, joined to the cloth around them."""
    labels, sizes = np.unique(regions[regions > 0], return_counts=True)
    small = labels[sizes < _MEANT * sizes.sum()]
    sure = ~np.isin(regions, small)
    near = _nearest(regions, sure & (regions > 0)) if len(labels) > len(small) else regions
    return np.where(np.isin(regions, small), near, regions)


def _nearest(labels: Labels, sure: NDArray[np.bool_]) -> Labels:
    """Each pixel with the label of the nearest one that is sure."""
    import cv2

    _far, index = cv2.distanceTransformWithLabels(
        (~sure).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    named = np.zeros(int(index.max()) + 1, dtype=np.int32)
    named[index[sure]] = labels[sure]
    return np.asarray(named[index], dtype=np.int32)


def _extent(regions: Labels) -> tuple[int, int]:
    down, across = np.nonzero(regions)
    return (int(np.ptp(down)) + 1, int(np.ptp(across)) + 1) if len(down) else (1, 1)


def _without(regions: Labels, found: list[Fastening]) -> Labels:
    """Regions without those that are a fastening: the cloth below goes on, and the fastening is laid on it."""
    import cv2

    kept = regions.copy()
    for one in found:
        disc = np.zeros(regions.shape, np.uint8)
        cv2.circle(disc, (round(one.x), round(one.y)), max(2, round(one.radius * 1.15)), 1, -1)
        ring = cv2.dilate(disc, np.ones((5, 5), np.uint8)) - disc
        around = regions[(ring > 0) & (regions > 0)]
        if not len(around):
            continue
        below = int(np.bincount(around).argmax())
        for label in np.unique(regions[disc > 0]).tolist():
            mask = regions == label
            if label and label != below and (mask & (disc > 0)).sum() > 0.7 * mask.sum():
                kept[mask] = below
    return kept


def enlarged(regions: Labels, shape: tuple[int, int]) -> Labels:
    """A map of regions at another size, its edges smooth instead of stairs."""
    import cv2

    scale = shape[0] / regions.shape[0]
    best = np.full(shape, 0.0, np.float32)
    made = np.zeros(shape, np.int32)
    soft = 1.6
    for label in np.unique(regions).tolist():
        mask = (regions == label).astype(np.float32)
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        room = 8
        top, low = max(0, int(rows[0]) - room), min(regions.shape[0], int(rows[-1]) + room + 1)
        left, right = max(0, int(columns[0]) - room), min(regions.shape[1], int(columns[-1]) + room + 1)
        smooth = cv2.GaussianBlur(mask[top:low, left:right], (0, 0), soft, borderType=cv2.BORDER_REPLICATE)
        at = slice(round(top * scale), min(shape[0], round(low * scale)))
        across = slice(round(left * scale), min(shape[1], round(right * scale)))
        rows_ = ((np.arange(at.start, at.stop) + 0.5) / scale - 0.5 - top).astype(np.float32)
        columns_ = ((np.arange(across.start, across.stop) + 0.5) / scale - 0.5 - left).astype(np.float32)
        grid = np.meshgrid(columns_, rows_)
        big = cv2.remap(smooth, grid[0], grid[1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        over = big > best[at, across]
        made[at, across][over] = label
        best[at, across][over] = big[over]
    return made


def _drawn(lines: Field, led: Labels, regions: Labels, found: list[Fastening], scale: float) -> Field:
    """The ink: borders of regions as they are now, and the strokes that lie within regions."""
    import cv2

    size = max(_extent(regions))
    sheet = np.zeros((regions.shape[0] * _FINER, regions.shape[1] * _FINER), np.uint8)
    grown = cv2.dilate(lines, np.ones((5, 5), np.uint8))
    pressure: Field = np.asarray(cv2.GaussianBlur(grown, (0, 0), 4), dtype=np.float32)
    for line, outer in _borders(regions):
        width = (_OUTLINE if outer else _SEAM) * size
        _stroke(sheet, line, pressure, scale, width, 0.62 if outer else 0.0)
    for inner in _within(lines, led, found):
        _stroke(sheet, _smooth(inner, 3.2, False) * scale, pressure, scale, _FOLD * size, 0.0)
    drawn = cv2.resize(sheet, (regions.shape[1], regions.shape[0]), interpolation=cv2.INTER_AREA)
    return np.asarray(drawn, dtype=np.float32) / np.float32(255)


def _borders(regions: Labels) -> Iterator[tuple[Points, bool]]:
    """Borders of regions as lines in pixels, and whether each is against the ground."""
    import cv2

    for label in np.unique(regions[regions > 0]).tolist():
        mask = (regions == label).astype(np.uint8)
        contours, _tree = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
        for contour in contours:
            points = contour[:, 0].astype(np.float64)
            if len(points) < 40:
                continue
            beside = _beside(regions, label, points)
            smooth = _smooth(points, 0.0042 * max(regions.shape), True)
            for start, end in _stretches(beside):
                other = int(beside[start])
                if other == 0 or other > label:  # each seam once, by the lower label
                    yield smooth[max(0, start - 2) : end + 3], other == 0


def _beside(regions: Labels, label: int, points: Points) -> NDArray[np.int64]:
    """For each point of a region's border the label on its other side; 0 the ground."""
    height, width = regions.shape
    found = np.zeros(len(points), np.int64)
    x, y = points[:, 0].astype(int), points[:, 1].astype(int)
    for far in (2, 1):
        for right, down in ((0, far), (0, -far), (far, 0), (-far, 0)):
            across, along = x + right, y + down
            within = (across >= 0) & (across < width) & (along >= 0) & (along < height)
            other = np.where(within, regions[along.clip(0, height - 1), across.clip(0, width - 1)], 0)
            # The ground goes before a neighbour: what ends there is an outline.
            found = np.where((other != label) & ((found != 0) | (far == 2)), np.where(other == 0, -1, other), found)
    return np.where(found < 0, 0, found)


def _stretches(values: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Starts and ends of where a row keeps its value."""
    edges = np.concatenate([[0], np.flatnonzero(np.diff(values)) + 1, [len(values)]])
    return [(int(start), int(end)) for start, end in pairwise(edges) if end - start > 3]


def _within(lines: Field, led: Labels, found: list[Fastening]) -> list[Points]:
    """Middle lines of strokes that are no border: folds, darts, stitches, pocket edges."""
    import cv2

    inked = (lines > _INKED).astype(np.uint8)
    half = cv2.distanceTransform(inked, cv2.DIST_L2, 5)
    border = np.zeros(led.shape, np.uint8)
    border[:, 1:] |= led[:, 1:] != led[:, :-1]
    border[1:] |= led[1:] != led[:-1]
    away = cv2.distanceTransform(1 - border, cv2.DIST_L2, 5)
    for one in found:
        cv2.circle(inked, (round(one.x), round(one.y)), round(one.radius * 1.45 + 1), 0, -1)
    own = inked.astype(bool) & (led > 0)
    inner = middle_lines(own, lambda rows, columns: away[rows, columns] > 1.5 * half[rows, columns] + 2.5)
    wobble = _RESTATED * max(_extent(led))
    return [line for line in inner if np.median(away[line[:, 1].astype(int), line[:, 0].astype(int)]) > wobble]


def _smooth(points: Points, sigma: float, closed: bool) -> Points:
    """A line without the steps of pixels; its ends stay."""
    import cv2

    room = min(len(points) - 1, round(4 * sigma))
    if room < 2:
        return points
    if closed:
        padded = np.concatenate([points[-room:], points, points[:room]])
    else:  # mirrored through its ends
        padded = np.concatenate(
            [2 * points[0] - points[room:0:-1], points, 2 * points[-1] - points[-2 : -room - 2 : -1]]
        )
    kernel = np.asarray(cv2.getGaussianKernel(2 * room + 1, sigma), dtype=np.float64)[:, 0]
    return np.stack([np.convolve(padded[:, axis], kernel, mode="valid") for axis in (0, 1)], axis=1)


def _stroke(sheet: NDArray[np.uint8], line: Points, pressure: Field, scale: float, width: float, least: float) -> None:
    """A line onto the sheet: as strong as it was pressed, thinner towards its ends."""
    import cv2

    if len(line) < 3:
        return
    step = max(1, len(line) // 400)
    line = np.concatenate([line[:-1:step], line[-1:]])
    at = (line / scale).astype(int)
    pressed = pressure[at[:, 1].clip(0, pressure.shape[0] - 1), at[:, 0].clip(0, pressure.shape[1] - 1)]
    pressed = np.maximum(np.clip((pressed - 0.06) / 0.5, 0, 1), least)
    run = np.minimum(np.arange(len(line)), np.arange(len(line))[::-1]) / max(1.0, 6 / step * scale)
    taper = np.clip(0.35 + run, 0, 1)
    wide = np.maximum(1, np.round(width * _FINER * (0.55 + 0.55 * pressed) * taper)).astype(int)
    dark = (255 * np.clip(0.3 + 0.8 * pressed, 0, 1) * (pressed > 0.02)).astype(int)
    points = np.round(line * _FINER * 16 + 8).astype(np.int32)
    for index in range(len(line) - 1):
        if dark[index]:
            cv2.line(
                sheet,
                tuple(points[index].tolist()),
                tuple(points[index + 1].tolist()),
                int(dark[index]),
                int(wide[index]),
                cv2.LINE_AA,
                4,
            )
