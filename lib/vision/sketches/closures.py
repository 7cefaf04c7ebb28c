"""How a garment closes, read off what is drawn down its front: buttons in one row or two, a zip, edges that meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.vision.sketches.forms import Outline, runs
from lib.vision.sketches.model import Guess, Mask

Roles = Mapping[int, tuple[str, str, float]]
#: Garments that can close down the front; of these, those whose front is open where nothing closes it.
_CLOSING: Final = ("dress", "coat", "blazer", "shirt", "knit", "skirt", "jumpsuit")
_OPEN: Final = ("coat", "blazer")
#: Buttons across, as shares of the garment's width, and how far from the axis they sit.
_LEAST, _MOST, _OFF = 0.008, 0.07, 0.2
#: More ink than this around a spot, and it is where strokes cross.
_CROWDED: Final = 0.42
#: How far buttons of one row stand off its line, and the two rows of a double-breasted front apart.
_LINE: Final = 0.022
_APART: Final = (0.05, 0.36)
#: A zip's teeth are a dark band at least this many strokes wide, over this share of the front's length.
_BAND, _LONG = 1.7, 0.45
#: A row is told as sure where it stands this near to the axis, holds this share of all spots, and its steps differ by
#: no more than this; found on tuning sketches, so that nine of ten that are told are right.
_ON_AXIS, _SHARE, _EVEN_ROW, _EVEN_PAIR = 0.03, 0.46, 0.75, 0.6


@dataclass(frozen=True, eq=False)
class _Front:
    """A drawing's ink within its box, and half the width of its usual stroke in pixels."""

    ink: Mask
    half: float

    @property
    def wide(self) -> int:
        return int(self.ink.shape[1])

    @property
    def tall(self) -> int:
        return int(self.ink.shape[0])


def closure_of(outline: Outline, roles: Roles, lines: NDArray[np.float32], kind: str) -> Guess:
    """How the garment closes, as a word of the vocabulary; nothing where its front doesn't show it.

    Args:
        outline: the drawing.
        roles: of its regions.
        lines: of the whole sketch.
        kind: what the garment is taken for.
    """
    if kind not in _CLOSING:
        return Guess()
    left, top, right, low = outline.box
    ink = lines[top:low, left:right] > 0.35
    if min(ink.shape) < 40 or not ink.any():
        return Guess()
    front = _Front(ink, _half_stroke(ink))
    return _zipped(front) or _buttoned(front, kind) or _crossing(outline, roles) or _meeting(front, kind)


def _half_stroke(ink: Mask) -> float:
    """Half the width of the usual stroke: the distance to paper averages a half of it across a stroke."""
    import cv2

    depth = cv2.distanceTransform(ink.astype(np.uint8), cv2.DIST_L2, 3)
    return max(1.0, 1.6 * float(np.median(depth[ink])))


def _buttoned(front: _Front, kind: str) -> Guess:
    """Round spots above each other, in one row or in two that mirror each other."""
    spots = _spots(front)
    rows = _rows(spots)
    if not rows:
        return Guess()
    best = max(rows, key=len)
    pair = _beside(best, rows)
    if pair is not None:
        sure = kind in _OPEN and len(pair) > 2 and _alone([*best, *pair], spots) and _unevenness(best) < _EVEN_PAIR
        return Guess("double_breasted", round(min(0.85, 0.45 + 0.1 * (len(best) + len(pair)) / 2), 2) if sure else 0.3)
    if len(best) < 2 or not _evenly(best) or abs(float(np.mean([x for x, _y in best])) - 0.5) > 0.06:
        return Guess()
    middle = abs(float(np.mean([x for x, _y in best])) - 0.5) < _ON_AXIS
    sure = middle and len(best) > 2 and _alone(best, spots) and _unevenness(best) < _EVEN_ROW
    return Guess("buttons", round(min(0.9, 0.4 + 0.1 * len(best)), 2) if sure else 0.35)


def _alone(row: list[tuple[float, float]], spots: list[tuple[float, float]]) -> bool:
    """Whether most of all spots stand in a row: among many others a row comes about by chance."""
    return len(row) >= _SHARE * len(spots)


def _unevenness(row: list[tuple[float, float]]) -> float:
    """How much the steps of a row differ: their spread over their mean."""
    steps = np.diff([y for _x, y in row])
    return float(steps.std() / max(float(steps.mean()), 1e-6)) if len(steps) else 1.0


def _spots(front: _Front, *, free: bool = True) -> list[tuple[float, float]]:
    """Middles of what is round, filled or a ring, and wider than any stroke: shares of the width and height.

    Args:
        front: the drawing's ink.
        free: only what has paper around it.
    """
    import cv2

    filled = _rings_filled(front)
    side = 2 * round(1.45 * front.half) + 1
    wider = cv2.morphologyEx(filled, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    count, _labels, stats, middles = cv2.connectedComponentsWithStats(wider, connectivity=8)
    found = []
    for spot in range(1, count):
        wide, tall, area = (int(stats[spot, at]) for at in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
        x, y = middles[spot][0] / front.wide, middles[spot][1] / front.tall
        roundish = 0.6 < wide / max(1, tall) < 1.67 and area > 0.5 * wide * tall
        sized = _LEAST * front.wide < max(wide, tall) < _MOST * front.wide
        placed = abs(x - 0.5) < _OFF and 0.08 < y < 0.95
        if (
            roundish
            and sized
            and placed
            and not (free and not _stands_free(front.ink, middles[spot], (wide + tall) / 4))
        ):
            found.append((float(x), float(y)))
    return found


def _stands_free(ink: Mask, middle: NDArray[np.float64], radius: float) -> bool:
    """Whether a spot has paper around it, a line through it apart: where strokes cross or crowd there is ink."""
    reach = int(np.ceil(2.6 * radius + 2))
    x, y = round(float(middle[0])), round(float(middle[1]))
    part = ink[max(0, y - reach) : y + reach + 1, max(0, x - reach) : x + reach + 1]
    down, across = np.ogrid[: part.shape[0], : part.shape[1]]
    away = np.hypot(down - min(y, reach), across - min(x, reach))
    around = part[(away > 1.5 * radius + 1) & (away <= 2.4 * radius + 2)]
    return bool(around.size) and float(around.mean()) < _CROWDED


def _rings_filled(front: _Front) -> NDArray[np.uint8]:
    """The ink with what small round rings enclose."""
    import cv2

    count, holes, stats, _middles = cv2.connectedComponentsWithStats((~front.ink).astype(np.uint8), connectivity=4)
    wide, tall = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    small = np.maximum(wide, tall) < _MOST * front.wide
    round_ = (np.minimum(wide, tall) > 0.6 * np.maximum(wide, tall)) & (stats[:, cv2.CC_STAT_AREA] > 0.55 * wide * tall)
    ring = small & round_
    ring[0] = False
    del count
    return np.asarray(front.ink | ring[holes], dtype=np.uint8)


def _rows(spots: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Spots that stand above each other, longest row first; each spot in one row."""
    left = list(spots)
    rows = []
    while left:
        groups = [[other for other in left if abs(other[0] - one[0]) < _LINE] for one in left]
        best = max(groups, key=len)
        rows.append(sorted(best, key=lambda spot: spot[1]))
        left = [spot for spot in left if spot not in best]
    return rows


def _beside(row: list[tuple[float, float]], rows: list[list[tuple[float, float]]]) -> list[tuple[float, float]] | None:
    """The row that mirrors another one about the axis, spot by spot."""
    x = float(np.mean([one for one, _y in row]))
    for other in rows:
        there = float(np.mean([one for one, _y in other]))
        if other is row or not _APART[0] < abs(there - x) < _APART[1] or abs((there + x) / 2 - 0.5) > 0.1:
            continue
        level = sum(1 for _x, y in row if any(abs(y - across) < 0.015 for _there, across in other))
        if level >= 2 and level >= 0.5 * len(row):
            return other
    return None


def _evenly(row: list[tuple[float, float]]) -> bool:
    """Whether spots follow each other in even steps, some of which may be missed."""
    steps = np.diff([y for _x, y in row])
    if len(steps) < 2:
        return bool(len(steps)) and bool(0.04 < steps[0] < 0.4)
    step = float(np.percentile(steps, 30))
    if step < 0.015:
        return False
    off = np.abs(steps / step - np.rint(steps / step))
    return bool((off < 0.3).mean() > 0.6)


def _zipped(front: _Front) -> Guess:
    """A narrow dark band down the axis: teeth between two edges."""
    reach = max(6, round(0.03 * front.wide))
    middle = front.wide // 2
    band = front.ink[round(0.1 * front.tall) : round(0.95 * front.tall), middle - reach : middle + reach + 1]
    wide = np.array([max((end - start for start, end in runs(row, 1)), default=0) for row in band], dtype=float)
    dark = (wide > 2 * _BAND * front.half) & (wide < 1.6 * reach)
    share = float(dark.mean()) if dark.size else 0.0
    return Guess("zip", round(min(0.8, 0.35 + share), 2)) if share > _LONG else Guess()


def _meeting(front: _Front, kind: str) -> Guess:
    """Two edges that meet on the axis with nothing to hold them: an open front, of what is worn open."""
    reach = max(4, round(0.03 * front.wide))
    middle = front.wide // 2
    band = front.ink[round(0.45 * front.tall) : round(0.93 * front.tall), middle - reach : middle + reach + 1]
    drawn = float(band.any(axis=1).mean()) if band.size else 0.0
    held = [row for row in _rows(_spots(front, free=False)) if len(row) > 1 and abs(row[0][0] - 0.5) < 0.06]
    if kind not in _OPEN or drawn < 0.75 or any(_evenly(row) for row in held):
        return Guess()
    return Guess("open_front", round(0.15 + 0.3 * drawn, 2))


def _crossing(outline: Outline, roles: Roles) -> Guess:
    """Two fronts of which one runs over the other on a slant: a wrap."""
    fronts = [
        form
        for form in outline.forms
        if roles.get(form.label, ("",))[0] in ("body", "bodice") and form.share > 0.05 and form.tall > 0.2
    ]
    if len(fronts) != 2:
        return Guess()
    one, two = sorted(fronts, key=lambda form: form.x)
    if one.beside.get(two.label, 0) < 0.12 or max(one.area, two.area) < 1.5 * min(one.area, two.area):
        return Guess()
    return Guess("wrap", 0.45)
