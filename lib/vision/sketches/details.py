"""Neckline and closure, guessed from the drawing where it is plain enough."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.vision.sketches.forms import Form, Outline
from lib.vision.sketches.model import Guess

Roles = Mapping[int, tuple[str, str, float]]
_NECKED: Final = ("dress", "coat", "blazer", "shirt", "t_shirt", "knit", "jumpsuit")
#: Depth over width of an opening: shallower is a boat neck, deeper a scoop.
_SHALLOW, _DEEP = 0.22, 0.62
#: A collar that reaches down further than this share of a torso's width has lapels.
LAPEL: Final = 0.5
_FRONT: Final = ("body", "bodice", "skirt", "panel", "pocket", "button", "waistband")


def neckline_of(outline: Outline, roles: Roles, kind: str, length: float) -> Guess:
    """The neckline or collar, as a word of the vocabulary; ``length`` is the garment's, in widths of its torso."""
    if kind not in _NECKED:
        return Guess()
    collars = [form for form in outline.forms if roles.get(form.label, ("",))[0] == "collar"]
    if collars and sum(form.share for form in collars) > 0.006:
        return _collar(collars, length)
    front = np.isin(outline.labels, [label for label, (role, _side, _sure) in roles.items() if role in _FRONT])
    profile = _opening(front)
    return _shape(*profile) if profile else Guess()


def _collar(collars: list[Form], length: float) -> Guess:
    low, pair = max(form.low for form in collars), len(collars) >= 2
    deep = low * length > LAPEL
    if deep and pair:
        return Guess("notch_lapels", 0.55)
    return Guess("shirt_collar", 0.5) if pair else Guess("band_collar", 0.35)


def _opening(front: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float] | None:
    """The opening between the two highest points beside the axis: its depth across, 0 to 1, and depth over width."""
    height, width = front.shape
    filled = np.asarray(front.any(axis=0))
    tops = np.where(filled, front.argmax(axis=0), height).astype(float)
    middle = width // 2
    if middle < 12 or not filled[middle]:
        return None
    left = int(np.argmin(tops[:middle] + 1e-3 * (middle - np.arange(middle))))
    right = middle + int(np.argmin(tops[middle:] + 1e-3 * np.arange(width - middle)))
    across = right - left
    inside = tops[left : right + 1]
    edge = max(tops[left], tops[right])
    depth = float(np.percentile(inside, 95) - edge)
    if across < 0.06 * width or depth < 2:
        return None
    shape = np.clip((inside - edge) / max(depth, 1), 0, 1)
    return np.interp(np.linspace(0, 1, 41), np.linspace(0, 1, len(shape)), shape), depth / across


def _shape(profile: NDArray[np.float64], ratio: float) -> Guess:
    """The template that the opening is nearest to."""
    across = np.linspace(-1, 1, len(profile))
    templates = {
        "v_neck": 1 - np.abs(across),
        "round": np.sqrt(np.maximum(0, 1 - across**2)),
        "square_neck": np.clip((1 - np.abs(across)) / 0.12, 0, 1),
    }
    errors = {name: float(np.abs(profile - template).mean()) for name, template in templates.items()}
    best, second = sorted(errors, key=lambda name: errors[name])[:2]
    sure = float(np.clip((errors[second] - errors[best]) / 0.15, 0, 1)) * float(np.clip(1.4 - errors[best] * 6, 0, 1))
    if ratio < _SHALLOW and best != "square_neck":
        return Guess("boat_neck", round(0.3 + 0.4 * sure, 2))
    if best == "round":
        best = "scoop_neck" if ratio > _DEEP else "crew_neck"
    return Guess(best, round(0.25 + 0.65 * sure, 2))


def closure_of(outline: Outline, roles: Roles, lines: NDArray[np.float32]) -> Guess:
    """How the garment closes: buttons in one column or two, a line down the middle."""
    spots = _buttons(outline, roles, lines)
    if len(spots) >= 2:
        beside = [x for x, _y in spots if abs(x - 0.5) > 0.035]
        left, right = sum(1 for x in beside if x < 0.5), sum(1 for x in beside if x > 0.5)
        if min(left, right) >= 2 and abs(left - right) <= 1:
            return Guess("double_breasted", 0.75)
        if max(x for x, _y in spots) - min(x for x, _y in spots) < 0.08:
            if len(beside) == len(spots):  # one column off the middle: the other one hangs on the front's edge line
                return Guess("double_breasted", 0.5)
            return Guess("buttons", round(min(0.85, 0.45 + 0.1 * len(spots)), 2))
    crossing = _crossing(outline, roles)
    if crossing:
        return crossing
    left_, top, right_, low = outline.box
    middle = (left_ + right_) // 2
    reach = max(2, round(0.02 * (right_ - left_)))
    band = lines[top + (low - top) // 4 : low - (low - top) // 6, middle - reach : middle + reach + 1]
    drawn = float((band.max(axis=1) > 0.3).mean()) if band.size else 0.0
    return Guess("zip", round(0.35 * drawn, 2)) if drawn > 0.7 else Guess()


def _buttons(outline: Outline, roles: Roles, lines: NDArray[np.float32]) -> list[tuple[float, float]]:
    """Middles of small round things on the garment, 0 to 1: regions that are buttons, or spots of ink."""
    import cv2

    found = [
        (form.x, form.y) for form in outline.forms if roles.get(form.label, ("",))[0] == "button" and form.off < 0.24
    ]
    left, top, right, low = outline.box
    inked = (lines[top:low, left:right] > 0.35).astype(np.uint8)
    count, _labels, stats, middles = cv2.connectedComponentsWithStats(inked, connectivity=8)
    width, height = right - left, low - top
    for spot in range(1, count):
        wide, tall, area = (int(stats[spot, at]) for at in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
        size = max(wide, tall)
        x, y = middles[spot][0] / width, middles[spot][1] / height
        roundish = 0.7 < wide / max(1, tall) < 1.43 and area > 0.3 * wide * tall
        if roundish and 0.017 * width < size < 0.075 * width and abs(x - 0.5) < 0.2 and 0.08 < y < 0.93:
            found.append((float(x), float(y)))
    return _apart(found)


def _apart(spots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    kept: list[tuple[float, float]] = []
    for spot in sorted(spots, key=lambda one: one[1]):
        if all(abs(spot[0] - other[0]) + abs(spot[1] - other[1]) > 0.02 for other in kept):
            kept.append(spot)
    return kept


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
