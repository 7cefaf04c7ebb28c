"""Where neck, shoulders, underarms, cuffs, waist and crotch of a cut-out garment lie, told by its outline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.errors import InputError
from lib.i18n import N_

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
UNREADABLE = N_(
    "The outline doesn’t look like this kind of garment laid flat from the front. Choose another kind, or correct the "
    "cut-out."
)
#: How far the tip of the shoulder is from the middle, in shares of the underarm's distance: of the atelier's drafts.
TIP: Final = 0.76
SHARP: Final = 0.7  # radians by which the outline turns inwards at an armpit, at least


@dataclass(frozen=True)
class Contour:
    """The outline (n, 2) in pixels, clockwise, its middle, and the places found on it.

    Sides are the viewer's right (1) and left (-1) in the picture.
    """

    points: Array
    middle: float
    places: dict[str, Array]  # 'neck', 'shoulder', 'underarm', 'cuff' (2, 2) rows: viewer's left, viewer's right
    sleeved: bool = False


def outline_of(mask: Mask) -> Array:
    """The outer contour of a mask, (n, 2).

    Raises:
        InputError: there is none.
    """
    import cv2

    found, _tree = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not found:
        raise InputError(UNREADABLE)
    largest = max(found, key=cv2.contourArea)[:, 0].astype(float)
    window = max(3, len(largest) // 400) | 1
    ring = np.vstack([largest[-window:], largest, largest[:window]])
    kernel = np.ones(window) / window
    smooth = np.column_stack([np.convolve(ring[:, axis], kernel, "same") for axis in (0, 1)])[window:-window]
    return np.asarray(smooth)


def read_top(mask: Mask) -> Contour:
    """The places of what hangs from the shoulders.

    Raises:
        InputError: neck, shoulders and underarms can't be told.
    """
    points = outline_of(mask)
    top, low = points[:, 1].min(), points[:, 1].max()
    height = low - top
    middle = _middle(mask, top + 0.45 * height, low)
    armpits, cuffs = _armpits(points, middle, top, height)
    sleeved = armpits is not None
    if armpits is None:
        armpits = _armholes(mask, middle, top, height)
    half = float(np.abs(armpits[:, 0] - middle).mean())
    if half < 0.04 * height:
        raise InputError(UNREADABLE)
    necks = np.array([_neck(points, middle, sign, half) for sign in (-1, 1)])
    tips = np.array([_on_top(points, middle + sign * TIP * half) for sign in (-1, 1)])
    places = {"neck": necks, "shoulder": tips, "underarm": armpits}
    if cuffs is not None:
        places["cuff"] = cuffs
    if (armpits[:, 1] <= tips[:, 1]).any():
        raise InputError(UNREADABLE)
    return Contour(points, middle, places, sleeved)


def read_bottom(mask: Mask, legs: bool) -> Contour:
    """The places of what hangs from the waist.

    Raises:
        InputError: there is no waist, or no legs where there should be some.
    """
    points = outline_of(mask)
    top, low = points[:, 1].min(), points[:, 1].max()
    height = low - top
    near = points[points[:, 1] < top + 0.04 * height]
    waist = np.array([near[np.argmin(near[:, 0])], near[np.argmax(near[:, 0])]])
    middle = float(waist[:, 0].mean())
    places = {"waist": waist}
    if legs:
        places["crotch"] = _crotch(mask, middle, top, height)[None]
    return Contour(points, middle, places)


def _middle(mask: Mask, above: float, below: float) -> float:
    """Half-way between both sides, as most rows of the lower part have it."""
    rows = mask[int(above) : int(below)]
    rows = rows[rows.any(axis=1)]
    if not len(rows):
        raise InputError(UNREADABLE)
    first = rows.argmax(axis=1)
    last = rows.shape[1] - 1 - rows[:, ::-1].argmax(axis=1)
    return float(np.median((first + last) / 2))


def _armpits(points: Array, middle: float, top: float, height: float) -> tuple[Array | None, Array | None]:
    """On both sides the sharpest inward corner of the upper outline, and the sleeves' ends; None without sleeves."""
    reach = max(4, round(0.045 * height))
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(np.vstack([points, points[:1]]), axis=0).T))])[:-1]
    step = max(1, round(reach / max(float(along[-1]) / len(points), 1e-6)))
    before, after = np.roll(points, step, axis=0) - points, np.roll(points, -step, axis=0) - points
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    between = np.arctan2(np.abs(cross), (before * after).sum(axis=1))  # pi on a straight line
    turns = np.sign(_area(points)) * cross
    sharp = np.where(turns < 0, np.pi - between, 0.0)  # inward corners alone
    y = (points[:, 1] - top) / height
    found = []
    for sign in (-1, 1):
        away = sign * (points[:, 0] - middle)
        allowed = (away > 0.06 * height) & (y > 0.08) & (y < 0.66)
        at = int(np.argmax(np.where(allowed, sharp, 0.0)))
        if not allowed[at] or sharp[at] < SHARP:
            return None, None
        found.append(points[at])
    armpits = np.array(found)
    mirrored = np.array([2 * middle - armpits[1][0], armpits[1][1]])
    if float(np.abs(armpits[0] - mirrored).max()) > 0.16 * height:
        return None, None
    cuffs = [_cuff(points, armpits[side], middle) for side in (0, 1)]
    if any(sign * (cuffs[side][0] - armpits[side][0]) < 0 for side, sign in enumerate((-1, 1))):
        return None, None
    return armpits, np.array(cuffs)


def _area(points: Array) -> float:
    """Signed area of a polygon: its sign is the direction in which it is drawn."""
    x, y = points.T
    return float((np.roll(x, -1) * y - x * np.roll(y, -1)).sum() / 2)


def beyond(points: Array, tip: Array, armpit: Array, middle: float) -> NDArray[np.intp]:
    """Places along the outline from the tip of the shoulder around the sleeve to the armpit."""
    a, b = (int(np.argmin(np.hypot(*(points - place).T))) for place in (tip, armpit))
    n = len(points)
    ways = [np.arange(a, b + (n if b < a else 0) + 1) % n, np.arange(b, a + (n if a < b else 0) + 1) % n]
    far = [float(np.abs(points[way][:, 0] - middle).max()) for way in ways]
    if abs(far[0] - far[1]) < 0.5:  # the skirt is as wide: the sleeve is the shorter way
        return min(ways, key=len)
    high = [float(points[way][:, 1].max()) for way in ways]
    return ways[int(np.argmin(high))] if abs(high[0] - high[1]) > 1 else min(ways, key=len)


def _cuff(points: Array, armpit: Array, middle: float) -> Array:
    """The middle of a sleeve's end: where its outline is farthest from the shoulder."""
    tip = _on_top(points, middle + TIP * (armpit[0] - middle))
    sleeve = points[beyond(points, tip, armpit, middle)]
    away = np.hypot(*(sleeve - (tip + armpit) / 2).T)
    end = sleeve[away > 0.93 * away.max()]
    return np.asarray(end.mean(axis=0))


def _armholes(mask: Mask, middle: float, top: float, height: float) -> Array:
    """Without sleeves: where the sides are first as wide as they get in the upper third."""
    rows = []
    for sign in (-1, 1):
        part = mask[:, int(middle) :] if sign > 0 else mask[:, : int(middle)][:, ::-1]
        wide = part.shape[1] - part[:, ::-1].argmax(axis=1) * part.any(axis=1)
        wide = np.where(part.any(axis=1), wide, 0)
        ys = np.arange(int(top + 0.10 * height), int(top + 0.42 * height))
        most = wide[ys].max(initial=0)
        y = int(ys[np.argmax(wide[ys] >= 0.98 * most)])
        rows.append([middle + sign * float(wide[y]), float(y)])
    return np.array(rows)


def _neck(points: Array, middle: float, sign: int, half: float) -> Array:
    """The high point beside the neck: of what is highest, the outermost."""
    near = points[(sign * (points[:, 0] - middle) > 0.04 * half) & (sign * (points[:, 0] - middle) < 0.62 * half)]
    if not len(near):
        raise InputError(UNREADABLE)
    highest = near[near[:, 1] < near[:, 1].min() + 0.05 * half]
    return np.asarray(highest[np.argmax(sign * highest[:, 0])])


def _on_top(points: Array, x: float) -> Array:
    """The outline's highest point at this x."""
    near = points[np.abs(points[:, 0] - x) < 3.0]
    if not len(near):
        raise InputError(UNREADABLE)
    return np.asarray(near[np.argmin(near[:, 1])])


def _crotch(mask: Mask, middle: float, top: float, height: float) -> Array:
    """Where the gap between the legs begins."""
    column = slice(max(0, int(middle - 0.05 * height)), int(middle + 0.05 * height) + 1)
    gaps = np.asarray(~mask[:, column].all(axis=1))
    rows = np.flatnonzero(gaps[int(top + 0.08 * height) : int(top + 0.95 * height)]) + int(top + 0.08 * height)
    if not len(rows):
        raise InputError(UNREADABLE)
    row = rows[0]
    empty = np.flatnonzero(~mask[row, column])
    return np.array([column.start + float(empty.mean()), float(row)])
