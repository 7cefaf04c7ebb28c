"""A bank card in a picture: four corners of a thing that is 85.60 mm by 53.98 mm everywhere (ISO/IEC 7810, ID-1).

Straight segments are found (von Gioi et al., 2010), joined to lines, and every pair of pairs is tried as a rectangle
of a card's proportions; the one whose four sides the picture's edges support best is taken, and its sides are fitted
anew.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]
Box = tuple[float, float, float, float]
CARD_WIDTH, CARD_HEIGHT = 85.60, 53.98
RATIO = CARD_WIDTH / CARD_HEIGHT
WORKING = 1100  # pixels of the longer side in which segments are looked for
MOST_LINES = 26  # of each direction
USUAL_SHARE = 0.66  # of a face's breadth, held against the forehead
SUPPORT = 0.7  # share of each side along which the picture has an edge


def find_card(pixels: Pixels, near: Box | None = None) -> Array | None:
    """The corners (4, 2) of a card from its upper left one clockwise, in pixels; None where none is sure.

    Args:
        near: a face's box (left, top, right, bottom): only what lies on or around it counts, and its size is judged by
            the face's, since a window or a picture on the wall has four corners, too.
    """
    import cv2

    height, width = pixels.shape[:2]
    left, top, right, bottom = near or (0.0, 0.0, float(width), float(height))
    reach = (right - left) * (0.7 if near else 0.0)
    x0, y0 = int(max(left - reach, 0)), int(max(top - 1.1 * reach, 0))
    part = pixels[y0 : int(min(bottom + reach, height)), x0 : int(min(right + reach, width))]
    if min(part.shape[:2]) < 40:
        return None
    shrink = min(1.0, WORKING / max(part.shape[:2]))
    small: Any = part if shrink == 1 else cv2.resize(part, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    face = (right - left) * shrink if near else None
    found = _best(small, face)
    return None if found is None else _refined(pixels, found / shrink + np.array([x0, y0]))


def _best(small: Pixels, face: float | None) -> Array | None:
    """The corners of the best supported rectangle."""
    slope = _gradients(small)
    least = 0.22 * face if face else 0.08 * max(small.shape[:2])
    best, corners = 0.0, None
    for lines in _families(_segments(small, least * 0.5)):
        for quad in _rectangles(*lines, least, face):
            score = _support(slope, quad, face)
            if score > best:
                best, corners = score, quad
    return corners


def _segments(small: Pixels, least: float) -> Array:
    """Straight segments (n, 4) of brightness or of colour, longer than ``least`` pixels."""
    import cv2

    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB)
    detector = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD)
    found = []
    for channel in range(3):
        soft = cv2.GaussianBlur(lab[..., channel], (0, 0), 0.8)
        if channel:  # colours differ less than brightness does: as steep, so that the detector sees them
            soft = np.clip((soft.astype(float) - 128) * 3 + 128, 0, 255).astype(np.uint8)
        lines = detector.detect(soft)[0]
        if lines is not None:
            found.append(lines.reshape(-1, 4))
    every = np.vstack(found).astype(float) if found else np.zeros((0, 4))
    long: Array = every[np.hypot(every[:, 2] - every[:, 0], every[:, 3] - every[:, 1]) > least]
    return long


def _families(segments: Array) -> list[tuple[Array, Array]]:
    """Lines (nx, ny, c, length) in two directions at right angles, for each direction that many segments share."""
    if len(segments) < 4:
        return []
    along = segments[:, 2:] - segments[:, :2]
    length = np.hypot(along[:, 0], along[:, 1])
    angle = np.degrees(np.arctan2(along[:, 1], along[:, 0])) % 180
    quarter = angle % 90
    bins = np.arange(0, 90, 3)
    weight = [length[np.abs((quarter - b + 45) % 90 - 45) < 6].sum() for b in bins]
    families = []
    for b in bins[np.argsort(weight)[::-1][:4]]:
        near = np.abs((quarter - b + 45) % 90 - 45) < 9
        one = near & (np.abs((angle - b + 90) % 180 - 90) < 12)
        other = near & ~one
        families.append((_lines(segments[one]), _lines(segments[other])))
    return families


def _lines(segments: Array) -> Array:
    """One line for all segments that lie on it, the longest first."""
    along = segments[:, 2:] - segments[:, :2]
    length = np.hypot(along[:, 0], along[:, 1])
    order = np.argsort(-length)
    kept: list[Array] = []
    for k in order:
        n = np.array([along[k, 1], -along[k, 0]]) / length[k]
        if n[0] + 0.37 * n[1] < 0:
            n = -n
        middle = (segments[k, :2] + segments[k, 2:]) / 2
        line = np.array([n[0], n[1], n @ middle, length[k], middle[0], middle[1]])
        same = [o for o in kept if abs(o[:2] @ n) > 0.998 and abs(o[:2] @ middle - o[2]) < 2.5]
        if not same:
            kept.append(line)
    return np.array(kept[:MOST_LINES]).reshape(-1, 6)


def _rectangles(one: Array, other: Array, least: float, face: float | None) -> list[Array]:
    """Corners of every rectangle of a card's proportions between two lines of each family."""
    found = []
    most = 0.95 * face if face else np.inf
    for a, b in itertools.combinations(range(len(one)), 2):
        for c, d in itertools.combinations(range(len(other)), 2):
            gap = abs(one[a, :2] @ one[b, 4:6] - one[a, 2]), abs(other[c, :2] @ other[d, 4:6] - other[c, 2])
            long, short = max(gap), min(gap)
            if short < least or long > most or not RATIO * 0.80 < long / short < RATIO * 1.20:
                continue
            corners = [_crossing(p, q) for p in (one[a], one[b]) for q in (other[c], other[d])]
            if any(corner is None for corner in corners):
                continue
            found.append(_ordered(np.array(corners)))
    return found


def _crossing(one: Array, other: Array) -> Array | None:
    matrix = np.stack([one[:2], other[:2]])
    if abs(np.linalg.det(matrix)) < 0.5:
        return None
    return np.linalg.solve(matrix, np.array([one[2], other[2]]))


def _gradients(small: Pixels) -> tuple[Array, Array, float]:
    """Change of the picture along x and y in its strongest channel, and what counts as an edge."""
    import cv2

    soft = cv2.GaussianBlur(small, (0, 0), 1.2).astype(float)
    gx, gy = np.gradient(soft, axis=1), np.gradient(soft, axis=0)
    strongest = np.argmax(np.abs(gx) + np.abs(gy), axis=2)[..., None]
    gx, gy = (np.take_along_axis(each, strongest, axis=2)[..., 0] for each in (gx, gy))
    return gx, gy, max(2.5, float(np.percentile(np.hypot(gx, gy), 75)))


def _support(slope: tuple[Array, Array, float], quad: Array, face: float | None) -> float:
    """How well edges lie along the four sides and end at the corners; 0 where a side has too few."""
    inside, beyond = np.zeros(4), np.zeros(4)
    for k in range(4):
        start, along = quad[k], quad[(k + 1) % 4] - quad[k]
        inside[k] = _edge_share(slope, start, along, np.linspace(0.05, 0.95, 40))
        if inside[k] < SUPPORT:
            return 0.0
        beyond[k] = _edge_share(
            slope, start, along, np.concatenate([np.linspace(-0.16, -0.05, 8), np.linspace(1.05, 1.16, 8)])
        )
    sides = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    across, down = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
    off_ratio = abs(np.log(max(across, down) / min(across, down) / RATIO))
    likely = 1.0 if face is None else float(np.exp(-0.5 * (np.log(max(across, down) / face / USUAL_SHARE) / 0.22) ** 2))
    return float(np.prod(inside) * np.exp(-2.2 * beyond.mean()) * np.exp(-3 * off_ratio)) * likely


def _edge_share(slope: tuple[Array, Array, float], start: Array, along: Array, places: Array) -> float:
    """The share of places along a side at which the picture changes across it."""
    gx, gy, least = slope
    h, w = gx.shape
    length = float(np.hypot(*along))
    normal = np.array([along[1], -along[0]]) / max(length, 1e-9)
    points = start + places[:, None] * along
    best = np.zeros(len(places))
    for off in (-2, -1, 0, 1, 2):
        at = np.round(points + off * normal).astype(int)
        seen = (at[:, 0] >= 0) & (at[:, 0] < w) & (at[:, 1] >= 0) & (at[:, 1] < h)
        x, y = np.clip(at[:, 0], 0, w - 1), np.clip(at[:, 1], 0, h - 1)
        best = np.maximum(best, np.abs(gx[y, x] * normal[0] + gy[y, x] * normal[1]) * seen)
    return float((best > least).mean())


def _ordered(corners: Array) -> Array:
    """From the upper left corner clockwise."""
    middle = corners.mean(axis=0)
    turn = np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))
    ring = corners[turn]
    start = int(np.argmin(ring.sum(axis=1)))
    return np.roll(ring, -start, axis=0)


def _refined(pixels: Pixels, corners: Array) -> Array:
    """Corners as the crossings of lines that are fitted to the steepest steps along each side."""
    grey = pixels.astype(float).mean(axis=2)
    lines = []
    for k in range(4):
        line = _side(grey, pixels, corners[k], corners[(k + 1) % 4], corners.mean(axis=0))
        if line is None:
            return corners
        lines.append(line)
    crossed = []
    for k in range(4):
        a, b = lines[k - 1], lines[k]
        matrix = np.stack([a[:2], b[:2]])
        if abs(np.linalg.det(matrix)) < 1e-3:
            return corners
        crossed.append(np.linalg.solve(matrix, np.array([a[2], b[2]])))
    found = np.array(crossed)
    limit = 0.06 * np.linalg.norm(corners[0] - corners[2])
    return found if np.abs(found - corners).max() < limit else corners


def _side(grey: Array, pixels: Pixels, start: Array, end: Array, middle: Array) -> Array | None:
    """The line (nx, ny, c) with n·p = c along one side of the card."""
    along = end - start
    length = float(np.linalg.norm(along))
    normal = np.array([along[1], -along[0]]) / length
    if (middle - start) @ normal > 0:
        normal = -normal
    reach = max(3.0, 0.03 * length)
    t = np.linspace(0.12, 0.88, 60)
    offsets = np.linspace(-reach, reach, int(reach * 6) | 1)
    places = (start + t[:, None] * along)[:, None] + offsets[None, :, None] * normal
    h, w = grey.shape
    x = np.clip(np.round(places[..., 0] - 0.5), 0, w - 1).astype(int)
    y = np.clip(np.round(places[..., 1] - 0.5), 0, h - 1).astype(int)
    rows = pixels[y, x].astype(float)
    step = np.abs(np.gradient(rows, axis=1)).sum(axis=2)
    kernel = np.ones(5) / 5
    step = np.apply_along_axis(lambda row: np.convolve(row, kernel, mode="same"), 1, step)
    best = offsets[np.argmax(step, axis=1)]
    keep = np.abs(best - np.median(best)) < 1.5
    if keep.sum() < 20:
        return None
    points = start + t[keep, None] * along + best[keep, None] * normal
    centre = points.mean(axis=0)
    direction = np.linalg.svd(points - centre)[2][0]
    n = np.array([direction[1], -direction[0]])
    return np.array([n[0], n[1], n @ centre])
