"""The page in a photo: its four corners, and the page laid flat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.vision.sketches.model import Mask, Pixels

#: The photo is searched at this size; corners are found again in the lines' fine size.
_SEARCHED: Final = 480
#: How much of the photo a page covers at least.
_LEAST: Final = 0.18
#: How much of a page's edge has to differ from what lies beside it.
_SUPPORTED: Final = 0.5
#: A difference in CIELAB that an eye sees at an edge.
_SEEN: Final = 6.0
#: How much of its four sides' area a page fills; a garment on a wall fills less.
_FILLED: Final = 0.84
#: What is cut off at each edge of a page that was found, as a share of its longer side.
_TRIM: Final = 0.008


@dataclass(frozen=True, eq=False)
class Page:
    """A page laid flat.

    Args:
        pixels: (h, w, 3) uint8 sRGB.
        to_photo: (3, 3), from a point of it to one of the photo.
        found: whether a page was found; else the whole photo is taken for the page.
        cut: whether a corner of it lies outside of the photo.
    """

    pixels: Pixels
    to_photo: NDArray[np.float64]
    found: bool
    cut: bool = False


def find_page(photo: Pixels, longest: int) -> Page:
    """The page in a photo, straightened, ``longest`` pixels on its longer side.

    Candidates are the areas that differ from what surrounds them (Otsu's threshold, 1979, in each channel of CIELAB
    and in the distance from the colour at the photo's rim) and those that edges enclose (Canny, 1986). Each one's
    convex hull is brought to four sides by taking away, again and again, the side whose removal adds least, so that a
    corner that lies outside of the photo is found where its sides meet. The quadrilateral whose sides are best seen as
    edges wins. Its aspect follows from its perspective (Zhang and He, 2007).
    """
    import cv2

    height, width = photo.shape[:2]
    shrink = min(1.0, _SEARCHED / max(height, width))
    small = cv2.resize(photo, (round(width * shrink), round(height * shrink)), interpolation=cv2.INTER_AREA)
    corners = _best_quadrilateral(np.asarray(small, dtype=np.uint8))
    if corners is None:
        return whole(photo, longest)
    corners = (corners + 0.5) / shrink - 0.5
    return _straightened(photo, corners, longest)


def whole(photo: Pixels, longest: int) -> Page:
    """The photo itself, at the size asked for where it is larger."""
    import cv2

    height, width = photo.shape[:2]
    shrink = min(1.0, longest / max(height, width))
    size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    pixels = photo if shrink == 1 else cv2.resize(photo, size, interpolation=cv2.INTER_AREA)
    scale_x, scale_y = width / size[0], height / size[1]
    back = np.array([[scale_x, 0, (scale_x - 1) / 2], [0, scale_y, (scale_y - 1) / 2], [0, 0, 1]])
    return Page(np.asarray(pixels, dtype=np.uint8), back, found=False)


def _straightened(photo: Pixels, corners: NDArray[np.float64], longest: int) -> Page:
    """The quadrilateral as an upright rectangle, a little inside its edges."""
    import cv2

    height, width = photo.shape[:2]
    aspect = _aspect(corners, width, height)
    # More pixels than the photo has would only be blur.
    sides = np.hypot(*(corners - np.roll(corners, 1, axis=0)).T)
    longest = max(256, min(longest, round(1.1 * float(sides.max()))))
    size = (longest, max(64, round(longest / aspect))) if aspect >= 1 else (max(64, round(longest * aspect)), longest)
    trim = _TRIM * max(size)
    inside = np.array(
        [[-trim, -trim], [size[0] + trim, -trim], [size[0] + trim, size[1] + trim], [-trim, size[1] + trim]]
    )
    to_photo = cv2.getPerspectiveTransform(inside.astype(np.float32), corners.astype(np.float32))
    sharp = _shrunk_first(photo, corners, longest)
    fit = np.diag([sharp.shape[1] / width, sharp.shape[0] / height, 1.0])
    pixels = cv2.warpPerspective(
        sharp, fit @ to_photo, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )
    cut = bool((corners < -2).any() or (corners[:, 0] > width + 1).any() or (corners[:, 1] > height + 1).any())
    return Page(np.asarray(pixels, dtype=np.uint8), np.asarray(to_photo, dtype=np.float64), True, cut)


def _shrunk_first(photo: Pixels, corners: NDArray[np.float64], longest: int) -> Pixels:
    """The photo, averaged down where it is much finer than what is wanted: else thin lines would be skipped."""
    import cv2

    sides = np.hypot(*(corners - np.roll(corners, 1, axis=0)).T)
    finer = float(sides.max()) / longest
    if finer < 1.4:
        return photo
    size = (round(photo.shape[1] / finer), round(photo.shape[0] / finer))
    return np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _aspect(corners: NDArray[np.float64], width: int, height: int) -> float:
    """Width over height of the page whose picture the corners are; near a paper size, that of the paper."""
    top_left, top_right, low_right, low_left = (np.array([*corner, 1.0]) for corner in corners)
    across = (np.linalg.norm(top_right - top_left) + np.linalg.norm(low_right - low_left)) / 2
    down = (np.linalg.norm(low_left - top_left) + np.linalg.norm(low_right - top_right)) / 2
    plain = float(across) / max(float(down), 1e-6)
    # Zhang and He's k2, k3: the vanishing points of the two pairs of sides.
    k2 = np.dot(np.cross(top_left, low_right), low_left) / _nonzero(np.dot(np.cross(top_right, low_right), low_left))
    k3 = np.dot(np.cross(top_left, low_right), top_right) / _nonzero(np.dot(np.cross(low_left, low_right), top_right))
    n2, n3 = k2 * top_right - top_left, k3 * low_left - top_left
    middle = np.array([width / 2, height / 2])
    n2[:2] -= n2[2] * middle
    n3[:2] -= n3[2] * middle
    ratio = plain
    if abs(n2[2] * n3[2]) > 1e-4:
        focal = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2])
        if (0.4 * max(width, height)) ** 2 < focal < (6 * max(width, height)) ** 2:
            scale = np.array([1 / focal, 1 / focal, 1.0])
            ratio = float(np.sqrt((scale * n2 * n2).sum() / max((scale * n3 * n3).sum(), 1e-12)))
    if not 0.75 < ratio / plain < 1.33:
        ratio = plain
    for paper in (2**0.5, 2**-0.5):
        if abs(np.log(ratio / paper)) < 0.07:
            return paper
    return float(np.clip(ratio, 0.2, 5.0))


def _nonzero(value: float) -> float:
    return value if abs(value) > 1e-9 else 1e-9


def _best_quadrilateral(small: Pixels) -> NDArray[np.float64] | None:
    """Corners (4, 2), clockwise from the top left, of the likeliest page; None where there is none."""
    import cv2

    lab = np.asarray(cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2Lab), dtype=np.float32)
    best, won = None, 0.0
    for mask in _candidates(lab):
        corners = _four_sided(mask)
        if corners is None:
            continue
        score = _score(mask, corners, lab)
        if score > won:
            best, won = corners, score
    return best


def _candidates(lab: NDArray[np.float32]) -> Iterator[Mask]:
    """Areas that may be the page."""
    import cv2

    smooth = np.asarray(cv2.GaussianBlur(cv2.medianBlur(lab, 5), (0, 0), 1.5), dtype=np.float32)
    rim = np.concatenate([smooth[:3].reshape(-1, 3), smooth[-3:].reshape(-1, 3)])
    rim = np.concatenate([rim, smooth[:, :3].reshape(-1, 3), smooth[:, -3:].reshape(-1, 3)])
    away = np.linalg.norm(smooth - np.median(rim, axis=0), axis=2)
    chroma = np.hypot(smooth[..., 1], smooth[..., 2])
    for channel in (smooth[..., 0], away, chroma, smooth[..., 1], smooth[..., 2]):
        low, high = np.percentile(channel, (1, 99))
        if high - low < 4:
            continue
        scaled = ((channel - low) / (high - low) * 255).clip(0, 255).astype(np.uint8)
        level, _thrown = cv2.threshold(scaled, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        for mask in (scaled > level, scaled <= level):
            yield from _solid(mask)
    yield from _enclosed(smooth)


def _solid(mask: Mask) -> Iterator[Mask]:
    """The largest piece of a mask, its holes and what is drawn on it filled."""
    import cv2

    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    closed = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    count, labels, stats, _middles = cv2.connectedComponentsWithStats(closed)
    if count < 2:
        return
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    yield labels == largest


def _enclosed(smooth: NDArray[np.float32]) -> Iterator[Mask]:
    """The areas that edges enclose."""
    import cv2

    edges = np.zeros(smooth.shape[:2], dtype=np.uint8)
    for channel in range(3):
        plane = smooth[..., channel] * (2.55 if channel == 0 else 3.0) + (0 if channel == 0 else 128)
        edges = np.maximum(edges, np.asarray(cv2.Canny(plane.clip(0, 255).astype(np.uint8), 18, 45), dtype=np.uint8))
    edges = np.asarray(cv2.dilate(edges, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    edges[0] = edges[-1] = 255
    edges[:, 0] = edges[:, -1] = 255
    count, labels, stats, _middles = cv2.connectedComponentsWithStats((edges == 0).astype(np.uint8), connectivity=4)
    for label in sorted(range(1, count), key=lambda one: -stats[one, cv2.CC_STAT_AREA])[:2]:
        filled = cv2.dilate((labels == label).astype(np.uint8), np.ones((3, 3), np.uint8))
        yield filled > 0


def _four_sided(mask: Mask) -> NDArray[np.float64] | None:
    """The hull of a mask brought to four sides; None where that isn't the mask's form."""
    import cv2

    contours, _tree = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    outline = max(contours, key=cv2.contourArea)
    hull = cv2.convexHull(outline)
    if cv2.contourArea(hull) < _LEAST * mask.size:
        return None
    sides = cv2.approxPolyDP(hull, 0.004 * cv2.arcLength(hull, True), True)[:, 0].astype(np.float64)
    while len(sides) > 4:
        cheapest = _without_a_side(sides)
        if cheapest is None:
            return None
        sides = cheapest
    if len(sides) < 4:
        return None
    area = cv2.contourArea(sides.astype(np.float32))
    if area > 1.35 * cv2.contourArea(hull) or not cv2.isContourConvex(sides.astype(np.float32)):
        return None
    return _ordered(sides)


def _without_a_side(sides: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """The polygon with the side removed, its neighbours drawn on until they meet, that adds least area."""
    best, least = None, np.inf
    for index in range(len(sides)):
        before, start, end, after = (sides[(index + step) % len(sides)] for step in (-1, 0, 1, 2))
        meet = _meeting(before, start, after, end)
        if meet is None:
            continue
        added = abs(_cross(start - meet, end - meet)) / 2
        if added < least:
            rest = [sides[(index + step) % len(sides)] for step in range(2, len(sides))]
            best, least = np.array([meet, *rest]), added
    return best


def _meeting(
    a: NDArray[np.float64], b: NDArray[np.float64], c: NDArray[np.float64], d: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Where a-b drawn on past b meets c-d drawn on past d."""
    one, two = b - a, d - c
    turn = _cross(one, two)
    if abs(turn) < 1e-9:
        return None
    along, other = _cross(c - a, two) / turn, _cross(c - a, one) / turn
    if along < 1 or other < 1:
        return None
    met: NDArray[np.float64] = a + along * one
    return met


def _cross(one: NDArray[np.float64], two: NDArray[np.float64]) -> float:
    return float(one[0] * two[1] - one[1] * two[0])


def _ordered(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Clockwise from the top left."""
    middle = corners.mean(axis=0)
    turned = corners[np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))]
    first = int(np.argmin(turned.sum(axis=1)))
    return np.roll(turned, -first, axis=0)


def _score(mask: Mask, corners: NDArray[np.float64], lab: NDArray[np.float32]) -> float:
    """How much the quadrilateral looks like a page: its sides seen as edges, its area filled; 0 where it doesn't."""
    import cv2

    filled = np.zeros(mask.shape, dtype=np.uint8)
    cv2.fillPoly(filled, [np.rint(corners).astype(np.int32)], 1)
    area = int(filled.sum())
    if area < _LEAST * mask.size:
        return 0.0
    inside = filled > 0
    covered = (mask & inside).sum() / area
    if covered < _FILLED:
        return 0.0
    seen, rims = [], 0.0
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        side, rim = _seen(start, end, lab)
        rims += rim
        if rim < 0.8:
            seen.append(side)
    # A page may run out of the photo on sides; what is left to see must then be plain.
    if len(seen) < 2 or min(seen) < 0.25 or rims > (2.8 if min(seen) > 0.9 else 2.2):
        return 0.0
    edge = float(np.mean(seen))
    return 0.0 if edge < _SUPPORTED else edge * (0.5 + 0.5 * covered) * (area / mask.size) ** 0.25 * (1 - 0.05 * rims)


def _seen(start: NDArray[np.float64], end: NDArray[np.float64], lab: NDArray[np.float32]) -> tuple[float, float]:
    """The share of a side beside which colour changes, and the share that lies at the photo's rim or beyond."""
    along = end - start
    length = float(np.hypot(*along))
    if length < 1:
        return 0.0, 1.0
    outwards = np.array([along[1], -along[0]]) / length
    places = start + np.linspace(0.04, 0.96, 48)[:, None] * along
    height, width = lab.shape[:2]
    within = ((places > 3) & (places < np.array([width - 4, height - 4]))).all(axis=1)
    if not within.any():
        return 0.0, 1.0
    outer, inner = (_colours(places[within] + step * outwards, lab) for step in (4.0, -5.0))
    change = np.linalg.norm(outer - inner, axis=1)
    return float((change > _SEEN).mean()), float(1 - within.mean())


def _colours(places: NDArray[np.float64], lab: NDArray[np.float32]) -> NDArray[np.float32]:
    columns = np.rint(places[:, 0]).astype(int).clip(0, lab.shape[1] - 1)
    rows = np.rint(places[:, 1]).astype(int).clip(0, lab.shape[0] - 1)
    return np.asarray(lab[rows, columns], dtype=np.float32)
