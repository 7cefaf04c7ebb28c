"""What tells denim at first sight: double rows of contrast topstitching along its seams and hems, faded beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.fabrics import Fabric

Field = NDArray[np.float32]
Mask = NDArray[np.bool_]
Labels = NDArray[np.integer[Any]]
#: Ochre, as on blue jeans; on cloth of a warm or pale colour the thread is its own, deeper or paler.
_OCHRE: Final = (205.0, 148.0, 72.0)
#: Centimetres from the seam to each row, and the least as a share of the picture's longer side.
_ROWS: Final = ((0.5, 0.0042), (1.1, 0.0092))
#: A stitch and the gap behind it in centimetres, and the least in pixels.
_STITCH, _GAP, _LEAST = 0.5, 0.26, 4.0
#: How much of the dye is gone at a seam, and over how many centimetres it comes back.
_WORN, _BACK = 0.34, 1.1
_LUMINANCE: Final = np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
#: Pieces that are narrower than their rows, or no cloth.
_BARE: Final = ("inside", "button", "strap", "handle")


def is_denim(fabric: Fabric | None) -> bool:
    """Whether a region is cut from denim, plain or printed."""
    return fabric is not None and (fabric.on or fabric).kind == "denim"


def faded(piece: Field, mask: Mask, fabric: Fabric, pixels_per_cm: float, seed: int) -> None:
    """Take dye out of a piece (h, w, 3 or 4) along its edges, in place; unevenly, as a seam puckers."""
    import cv2

    far = cv2.distanceTransform(np.pad(mask, 1).astype(np.uint8), cv2.DIST_L2, 5)[1:-1, 1:-1] / pixels_per_cm
    chance = np.random.default_rng([seed & 0xFFFFFFFF, 19])
    shape = tuple(max(2, round(side / pixels_per_cm / 1.4)) for side in mask.shape)
    coarse = chance.uniform(0.45, 1.0, shape).astype(np.float32)
    pucker = cv2.resize(coarse, (mask.shape[1], mask.shape[0]), interpolation=cv2.INTER_CUBIC)
    gone = (np.float32(_WORN) * np.exp(-far / _BACK) * pucker)[..., None]
    pale = (fabric.on or fabric).colours(2)[1] * np.float32(0.5) + fabric.colours(1)[0] * np.float32(0.5)
    piece[..., :3] += gone * (np.maximum(pale, piece[..., :3]) - piece[..., :3])


def topstitched(
    picture: Field,
    regions: Labels,
    order: Sequence[int],
    fills: Mapping[int, Fabric],
    roles: Mapping[int, str],
    per_cm: float,
) -> None:
    """Sew rows onto the picture (h, w, 3), in place: on the upper of two pieces along their seam, and along hems."""
    ranks = {label: place for place, label in enumerate(order)}
    for label in order:
        if is_denim(fills.get(label)) and roles.get(label, "") not in _BARE:
            for row in _rows(regions, label, ranks, per_cm):
                _sewn(picture, row, _thread(fills[label]), per_cm)


def _thread(fabric: Fabric) -> Field:
    own = fabric.colours(1)[0]
    light = float(own @ _LUMINANCE)
    if light < 140 and own[2] >= own[0] - 12:
        return np.array(_OCHRE, dtype=np.float32)
    return np.asarray(own * 0.55 if light >= 140 else own + (255 - own) * 0.45, dtype=np.float32)


def _rows(regions: Labels, label: int, ranks: Mapping[int, int], per_cm: float) -> list[Field]:
    """The rows of a piece as lines (n, 2), x and y in pixels."""
    import cv2

    rows, columns = np.nonzero(regions == label)
    top, left = max(0, int(rows.min()) - 2), max(0, int(columns.min()) - 2)
    part = regions[top : int(rows.max()) + 3, left : int(columns.max()) + 3]
    mask = (part == label).astype(np.uint8)
    far, index = cv2.distanceTransformWithLabels(mask, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    beyond = np.zeros(int(index.max()) + 1, dtype=np.int64)
    beyond[index[mask == 0]] = part[mask == 0]
    beside = beyond[index]
    upper = np.isin(beside, [other for other, rank in ranks.items() if rank < ranks[label]])
    falls = cv2.GaussianBlur(np.asarray(far, dtype=np.float32), (0, 0), 2.0)
    down, across = np.gradient(falls)
    hem = (beside == 0) & (down < -0.8 * np.hypot(down, across)) & (np.arange(part.shape[0])[:, None] > 0.6 * len(part))
    found: list[Field] = []
    for apart, least in _ROWS:
        deep = max(apart * per_cm, least * max(regions.shape))
        contours, _tree = cv2.findContours((far >= deep).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        for contour in contours:
            points = contour[:, 0]
            kept = (upper | hem)[points[:, 1], points[:, 0]]
            found += [
                run + np.array([left, top], dtype=np.float32) for run in _runs(points, kept) if len(run) > 3 * _LEAST
            ]
    return found


def _runs(points: NDArray[np.integer[Any]], kept: Mask) -> list[Field]:
    """The stretches of a closed line that are kept, without the steps of pixels."""
    if not kept.any():
        return []
    start = int(np.flatnonzero(~kept)[0]) if (~kept).any() else 0
    points, kept = np.roll(points, -start, axis=0).astype(np.float32), np.roll(kept, -start)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], kept.astype(int), [0]])))
    found = []
    for begin, end in edges.reshape(-1, 2).tolist():
        run = points[begin:end]
        room = min(7, (len(run) - 1) // 2)
        if room > 1:
            padded = np.pad(run, ((room, room), (0, 0)), mode="reflect", reflect_type="odd")
            window = np.ones(2 * room + 1) / (2 * room + 1)
            run = np.stack([np.convolve(padded[:, axis], window, mode="valid") for axis in (0, 1)], axis=1)
        found.append(np.asarray(run, dtype=np.float32))
    return found


def _sewn(picture: Field, row: Field, colour: Field, per_cm: float) -> None:
    """Stitches along a row: thread that lies on the cloth and presses a small shadow into it."""
    import cv2

    long, gap = max(_LEAST, _STITCH * per_cm), max(0.5 * _LEAST, _GAP * per_cm)
    wide = max(1.3, 0.11 * per_cm)
    low = np.maximum(row.min(axis=0) - 6, 0).astype(int)
    high = np.minimum(row.max(axis=0) + 7, picture.shape[1::-1]).astype(int)
    cover = np.zeros((2 * (high[1] - low[1]), 2 * (high[0] - low[0])), np.uint8)
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(row, axis=0).T))])
    for begin in np.arange(0, along[-1] - 0.6 * long, long + gap).tolist():
        steps = np.linspace(begin, begin + long, 5)
        line = np.stack([np.interp(steps, along, row[:, axis]) for axis in (0, 1)], axis=1) - low
        cv2.polylines(
            cover, [np.round(line * 32).astype(np.int32)], False, 255, max(1, round(2 * wide)), cv2.LINE_AA, 4
        )
    size = (int(high[0] - low[0]), int(high[1] - low[1]))
    thread = cv2.resize(cover, size, interpolation=cv2.INTER_AREA).astype(np.float32)[..., None] / 255
    shadow = cv2.GaussianBlur(np.roll(thread[..., 0], (1, 1), (0, 1)), (0, 0), 1.0)[..., None]
    part = picture[low[1] : high[1], low[0] : high[0]]
    part *= 1 - np.float32(0.45) * shadow
    part += np.float32(0.92) * thread * (colour - part)
