"""A region's place and form within its drawing, in shares of the drawing's box, and what lies beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.vision.sketches.model import Box, Labels, Mask

#: Regions are measured at this many pixels on the longer side.
_MEASURED = 500


@dataclass(frozen=True)
class Form:
    """A region as it is seen.

    Args:
        label: its number in the map.
        area: pixels at the sketch's size.
        box: left, top, right, bottom at the sketch's size.
        x, y: its middle, 0 to 1 across and down the drawing.
        left, right, top, low: its box, likewise.
        share: of the drawing's area.
        long: its length over its width (of the ellipse with its moments).
        turn: of its long axis from the vertical, in degrees clockwise, -90 to 90.
        compact: 1 a disc, less for what is thin or ragged.
        beside: neighbour's label (0: the ground) to the share of this region's outline that it takes.
    """

    label: int
    area: int
    box: Box
    x: float
    y: float
    left: float
    right: float
    top: float
    low: float
    share: float
    long: float
    turn: float
    compact: float
    beside: dict[int, float]

    @property
    def wide(self) -> float:
        """Its box's width, as a share of the drawing's."""
        return self.right - self.left

    @property
    def tall(self) -> float:
        """Its box's height, as a share of the drawing's."""
        return self.low - self.top

    @property
    def off(self) -> float:
        """How far its middle lies from the drawing's axis."""
        return abs(self.x - 0.5)


@dataclass(frozen=True, eq=False)
class Outline:
    """A drawing as a whole: its box and mask at the measured size, and its regions."""

    box: Box
    mask: Mask
    labels: Labels
    scale: float
    forms: tuple[Form, ...]

    @property
    def aspect(self) -> float:
        """Height over width."""
        return float(self.mask.shape[0] / self.mask.shape[1])


def outlines(labels: Labels) -> list[Outline]:
    """Each drawing of a map, from left to right."""
    import cv2

    shrink = min(1.0, _MEASURED / max(labels.shape))
    size = (max(1, round(labels.shape[1] * shrink)), max(1, round(labels.shape[0] * shrink)))
    small = cv2.resize(labels.astype(np.float32), size, interpolation=cv2.INTER_NEAREST).astype(np.int32)
    solid = cv2.morphologyEx((small > 0).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, pieces, stats, _middles = cv2.connectedComponentsWithStats(solid, connectivity=8)
    areas = np.bincount(labels.ravel())
    found = []
    for piece in sorted(range(1, count), key=lambda one: int(stats[one, cv2.CC_STAT_LEFT])):
        left, top, wide, tall = (int(value) for value in stats[piece, :4])
        window = (slice(top, top + tall), slice(left, left + wide))
        own = np.where(pieces[window] == piece, small[window], 0).astype(np.int32)
        if not own.any():
            continue
        scale_x, scale_y = labels.shape[1] / size[0], labels.shape[0] / size[1]
        box = (
            round(left * scale_x),
            round(top * scale_y),
            min(labels.shape[1], round((left + wide) * scale_x)),
            min(labels.shape[0], round((top + tall) * scale_y)),
        )
        forms = tuple(_form(own, int(label), areas, box) for label in np.unique(own[own > 0]))
        found.append(Outline(box, own > 0, own, scale_y, forms))
    return found


def _form(own: Labels, label: int, areas: NDArray[np.int64], whole: Box) -> Form:
    import cv2

    mask = own == label
    rows, columns = np.nonzero(mask)
    height, width = own.shape
    spread = np.cov(np.stack([columns, rows])) if len(rows) > 2 else np.eye(2)
    values, axes = np.linalg.eigh(spread + np.eye(2) * 0.08)
    axis = axes[:, 1] * np.sign(axes[1, 1] or 1.0)
    beside = _beside(own, mask)
    contours, _tree = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    around = max(cv2.arcLength(max(contours, key=len), True), 4.0)
    left, right = int(columns.min()), int(columns.max()) + 1
    top, low = int(rows.min()), int(rows.max()) + 1
    step_x, step_y = (whole[2] - whole[0]) / width, (whole[3] - whole[1]) / height
    return Form(
        label,
        int(areas[label]),
        (
            round(whole[0] + left * step_x),
            round(whole[1] + top * step_y),
            round(whole[0] + right * step_x),
            round(whole[1] + low * step_y),
        ),
        float(columns.mean() + 0.5) / width,
        float(rows.mean() + 0.5) / height,
        left / width,
        right / width,
        top / height,
        low / height,
        float(mask.sum() / (own > 0).sum()),
        float(np.sqrt(values[1] / max(values[0], 1e-6))),
        # Clockwise as seen: an arm that runs down to the right is turned anticlockwise from the vertical.
        float(-np.degrees(np.arctan2(axis[0], axis[1]))),
        float(min(1.0, 4 * np.pi * mask.sum() / around**2)),
        beside,
    )


def _beside(own: Labels, mask: Mask) -> dict[int, float]:
    """Which labels lie around a region, by their share of its outline."""
    padded, inside = np.pad(own, 1), np.pad(mask, 1)
    met = []
    for axis, step in ((0, 1), (0, -1), (1, 1), (1, -1)):
        edge = inside & ~np.roll(inside, step, axis=axis)
        met.append(np.roll(padded, step, axis=axis)[edge])
    labels, counts = np.unique(np.concatenate(met), return_counts=True)
    return {int(label): float(count / counts.sum()) for label, count in zip(labels, counts, strict=True)}


def runs(row: Mask, least: int = 2) -> list[tuple[int, int]]:
    """Where a row is filled: starts and ends of runs at least ``least`` long."""
    edges = np.flatnonzero(np.diff(np.pad(row.astype(np.int8), 1)))
    pairs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    return [(start, end) for start, end in pairs if end - start >= least]
