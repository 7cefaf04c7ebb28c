"""What a hand left open in a sketch, closed where the rest of the drawing says how.

Pieces that no stroke parts are one piece. A collar of which one half was read is mirrored about the centre front where
the strokes on the other side agree. A placket whose lower end is open goes on between its two strokes. Nothing is
added that the pencil didn't begin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from lib.vision.sketches import Drawn, Region, Sketch

Field = NDArray[np.float32]
Labels = NDArray[np.int32]
Mask = NDArray[np.bool_]
#: Ink from which on a pixel is drawn.
_INK: Final = 0.2
#: Of a border between two pieces, how much is inked at most where nobody drew one: less than a row of stitches; across
#: a handle, whose own edges run close by, more.
_OPEN, _ACROSS = 0.72, 0.9
#: A piece of a larger share of the drawing was meant as one.
_LARGE: Final = 0.02
#: Pixels from a third piece within which a border isn't looked at.
_CROSSED: Final = 10.0
#: Of a mirrored collar's edge on the body, how much finds a stroke at least.
_AGREES: Final = 0.55
#: A placket is at most this wide as a share of its garment, and lies this near to its middle.
_NARROW, _MIDDLE = 0.09, 0.12
#: Rows of a placket that show both its strokes, at least, and how far a stroke wanders from row to row, in pixels.
_GOES_ON, _WANDERS = 0.4, 5


def repaired(sketch: Sketch) -> Labels:
    """The sketch's regions, (h, w), with what was left open closed; no new labels."""
    regions = _merged(sketch)
    for drawn in sketch.garments:
        if drawn.view != "back":
            parts = [part for part in sketch.parts if part.label in drawn.labels]
            _collar(regions, sketch.lines, drawn, parts)
            _placket(regions, sketch.lines, drawn, parts)
    return regions


def _merged(sketch: Sketch) -> Labels:
    """Neighbours without a stroke between them, under the larger one's label."""
    regions = np.asarray(sketch.regions, dtype=np.int32).copy()
    roles = {part.label: part.role for part in sketch.parts}
    for part in sorted(sketch.parts, key=lambda one: one.area):
        handle = part.role == "handle"
        if not handle and (part.role != "panel" or part.area > _LARGE * (regions > 0).sum()):
            continue
        found = {
            other: inked / max(1, long) for other, (long, inked) in _borders(regions, sketch.lines, part.label).items()
        }
        joins = {
            other: share
            for other, share in found.items()
            if (roles.get(other) == "handle" and share < _ACROSS)
            or (not handle and roles.get(other) in ("panel", "body", "skirt", "bodice") and share < _OPEN)
        }
        if joins:
            regions[regions == part.label] = min(joins, key=lambda other: joins[other])
    return regions


def _borders(regions: Labels, lines: Field, label: int) -> dict[int, tuple[int, int]]:
    """By neighbour: pixels along the border with it, and how many of them lie by ink."""
    import cv2

    rows, columns = np.nonzero(regions == label)
    if not len(rows):
        return {}
    room = 8
    box = (
        slice(max(0, int(rows.min()) - room), int(rows.max()) + room + 1),
        slice(max(0, int(columns.min()) - room), int(columns.max()) + room + 1),
    )
    part, ink = regions[box], cv2.dilate(lines[box], np.ones((3, 3), np.uint8)) > _INK
    ring = (cv2.dilate((part == label).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0) & (part != label) & (part > 0)
    found = {}
    for other in np.unique(part[ring]).tolist():
        shared = ring & (part == other)
        # Where a third one begins its stroke lies across the border's end and says nothing of the border.
        third = cv2.distanceTransform(np.isin(part, (label, other)).astype(np.uint8), cv2.DIST_L2, 5)
        own = shared & (third > _CROSSED)
        counted = own if own.sum() > 0.3 * shared.sum() else shared
        found[int(other)] = int(counted.sum()), int((counted & ink).sum())
    return found


def _collar(regions: Labels, lines: Field, drawn: Drawn, parts: list[Region]) -> None:
    """The missing half of a collar, mirrored, where its strokes are there; in place."""
    import cv2

    halves = [part for part in parts if part.role == "collar" and part.side]
    if len(halves) != 1:
        return
    (half,) = halves
    bodies = [part.label for part in parts if part.role in ("body", "bodice")]
    # A spur where a stroke let it out is no part of a collar.
    round_ = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size := 1 + 2 * ((half.box[2] - half.box[0]) // 12), size))
    whole = regions == half.label
    mask = cv2.morphologyEx(whole.astype(np.uint8), cv2.MORPH_OPEN, round_) > 0
    regions[whole & ~mask] = bodies[0] if bodies else half.label
    rows, columns = np.nonzero(mask)
    inked = cv2.dilate((lines > _INK).astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    middle = (drawn.box[0] + drawn.box[2]) / 2
    reach = 0.04 * (drawn.box[2] - drawn.box[0])
    best = (0.0, middle, 0.0)
    edge = mask & ~(cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)
    edge_rows, edge_columns = np.nonzero(edge)
    for axis in np.arange(middle - reach, middle + reach, 1.0).tolist():
        for tilt in (-0.06, -0.03, 0.0, 0.03, 0.06):
            y, x = _mirrored(edge_rows, edge_columns, axis, tilt, regions.shape)
            own = np.isin(regions[y, x], bodies)
            score = float(inked[y, x].mean()) if own.mean() > 0.3 else 0.0
            if score > best[0]:
                best = (score, axis, tilt)
    if best[0] >= _AGREES:
        y, x = _mirrored(rows, columns, best[1], best[2], regions.shape)
        added = np.zeros(regions.shape, np.uint8)
        added[y, x] = 1
        closed = cv2.morphologyEx(added, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)) > 0
        regions[closed & np.isin(regions, bodies)] = half.label


def _mirrored(
    rows: NDArray[np.intp], columns: NDArray[np.intp], axis: float, tilt: float, shape: tuple[int, ...]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pixels mirrored about a line that stands at ``axis`` and leans by ``tilt`` from the rows' middle on."""
    centre = float(rows.mean())
    off, down = columns - axis, rows - centre
    cosine, sine = np.cos(2 * tilt), np.sin(2 * tilt)
    y = np.round(centre + down * cosine + off * sine).astype(np.intp)
    x = np.round(axis - off * cosine + down * sine).astype(np.intp)
    return y.clip(0, shape[0] - 1), x.clip(0, shape[1] - 1)


def _placket(regions: Labels, lines: Field, drawn: Drawn, parts: list[Region]) -> None:
    """A placket that ends in the open, led on between its two strokes for as long as they go on; in place."""
    left, _top, right, low = drawn.box
    for part in parts:
        wide, tall = part.box[2] - part.box[0], part.box[3] - part.box[1]
        off = abs((part.box[0] + part.box[2]) / 2 - (left + right) / 2) / (right - left)
        if part.role != "panel" or wide > _NARROW * (right - left) or tall < 2 * wide or off > _MIDDLE:
            continue
        rows = [row for row in range(part.box[1], part.box[3]) if (regions[row] == part.label).sum() > 0.5 * wide]
        if len(rows) < wide:
            continue
        start = rows[-1 - len(rows) // 6]
        columns = np.flatnonzero(regions[start] == part.label)
        _led_on(regions, lines, part.label, start, (float(columns[0]) - 2, float(columns[-1]) + 2), low)


def _led_on(regions: Labels, lines: Field, label: int, start: int, edges: tuple[float, float], low: int) -> None:
    """Fill between two strokes, row by row, from where the placket was left open; in place."""
    below = int(np.bincount(regions[min(start + 1, low - 1) : low, round(sum(edges) / 2)]).argmax())
    found: list[tuple[int, int, int]] = []
    seen: list[bool] = []
    at = list(edges)
    apart = edges[1] - edges[0]
    for row in range(start, min(low, regions.shape[0])):
        hits = 0
        for side in (0, 1):
            first = max(0, round(at[side]) - _WANDERS)
            ink = lines[row, first : round(at[side]) + _WANDERS + 1]
            if len(ink) and ink.max() > _INK:
                middle = first + float((ink * np.arange(len(ink))).sum() / ink.sum())
                at[side] += 0.25 * (middle - at[side])
                hits += 1
        seen.append(hits == 2)
        at[1] = at[0] + float(np.clip(at[1] - at[0], 0.75 * apart, 1.25 * apart))
        found.append((row, round(at[0]), round(at[1])))
    if len(seen) < 8 or np.mean(seen) < _GOES_ON:
        return
    rows, first, last = np.array(found, dtype=np.float64).T
    ends = [np.polyval(np.polyfit(rows, line, 2), rows).round().astype(int) for line in (first, last)]
    for row, begin, end in zip(rows.astype(int).tolist(), *(line.tolist() for line in ends), strict=True):
        stretch = regions[row, begin : end + 1]
        stretch[np.isin(stretch, (below, label))] = label
