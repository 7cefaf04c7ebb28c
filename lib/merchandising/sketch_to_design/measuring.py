"""A garment's measurements laid flat, for its size and the two beside it, with tolerances.

Points of measure are the trade's usual ones, taken on the drawing, whose proportions follow the size chart of
``lib.atelier.garments.sizes``. They say what was drawn and are where a pattern begins, not a pattern.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from lib.atelier.garments import SIZES, Garment, View, flat
from lib.i18n import N_

#: Tolerances in centimetres as mills and makers commonly agree them; a house has its own.
GIRTH, LENGTH, SMALL = 1.0, 1.0, 0.5
#: Knits give: their tolerances are half as large again.
GIVES: Final = ("knit", "t_shirt")

#: Necklines that leave the shoulders bare: no measure is taken there.
_BARE: Final = ("strapless",)

SHOULDER = N_("Shoulder to shoulder")
CHEST = N_("Chest, at the underarm, flat")
WAIST = N_("Waist, flat")
HEM = N_("Hem, flat")
FROM_SHOULDER = N_("Length from the high point of the shoulder")
FROM_WAIST = N_("Length from the waist")
FROM_TOP = N_("Length from the upper edge")
SLEEVE = N_("Sleeve, from the shoulder")
NECK = N_("Neck width")
OUTSEAM, INSEAM, RISE = N_("Outside leg"), N_("Inside leg"), N_("Front rise")
LEG_HEM, THIGH = N_("Leg opening, flat"), N_("Thigh, flat")
WIDE, TALL, WHOLE = N_("Width"), N_("Height"), N_("Height with handle")
SOLE, HEIGHT = N_("Length of the sole"), N_("Height at the heel")


@dataclass(frozen=True)
class Line:
    """One point of measure: its name (a message id), values in centimetres by size, tolerance in centimetres."""

    name: str
    values: dict[int, float]
    tolerance: float


def sizes_beside(size: int) -> tuple[int, ...]:
    """The size and the ones below and above it, where there are any."""
    at = SIZES.index(size)
    return SIZES[max(0, at - 1) : at + 2]


def measured(garment: Garment) -> list[Line]:
    """The table of a garment in its size and the two beside it; a bag or a shoe has one column."""
    sizes = (garment.size,) if garment.kind in ("bag", "shoe") else sizes_beside(garment.size)
    columns = {size: _points(flat(replace(garment, size=size)).front, garment) for size in sizes}
    own = columns[garment.size]
    more = 1.5 if garment.kind in GIVES else 1.0
    return [
        Line(
            name,
            {size: round(columns[size][name], 1) for size in sizes if name in columns[size]},
            round((SMALL if value < 25 else LENGTH) * more, 1),
        )
        for name, value in own.items()
    ]


def _points(view: View, garment: Garment) -> dict[str, float]:
    """Every point of measure of one side."""
    kinds: dict[str, Callable[[View], dict[str, float]]] = {"bag": _bag, "shoe": _shoe}
    if garment.kind in kinds:
        return kinds[garment.kind](view)
    marks = view.landmarks
    found: dict[str, float] = {}
    if "shoulder" in marks and garment.neckline not in _BARE:
        found[SHOULDER] = 2 * abs(marks["shoulder"][0])
        found[NECK] = 2 * abs(marks["neck"][0])
    if "underarm" in marks:
        found[CHEST] = 2 * abs(marks["underarm"][0])
    if "waist" in marks:
        found[WAIST] = 2 * abs(marks["waist"][0])
    if "wrist" in marks and "shoulder" in marks:
        found[SLEEVE] = float(np.hypot(*(np.subtract(marks["wrist"], marks["shoulder"]))))
    legs = "crotch" in marks or garment.kind == "jumpsuit"
    return found | (_legs(view) if legs else _length(view, garment.neckline in _BARE))


def _length(view: View, bare: bool) -> dict[str, float]:
    marks = view.landmarks
    if bare:  # nothing lies on the shoulders: the length begins at the upper edge
        top = min(shape.path.bounds()[1] for shape in view.shapes if shape.outline)
        return {HEM: 2 * abs(marks["hem"][0]), FROM_TOP: marks["hem"][1] - top}
    start, name = (0.0, FROM_SHOULDER) if "shoulder" in marks else (marks["waist"][1], FROM_WAIST)
    return {HEM: 2 * abs(marks["hem"][0]), name: marks["hem"][1] - start}


def _legs(view: View) -> dict[str, float]:
    marks = view.landmarks
    waist, hem = marks["waist"][1], marks["hem"][1]
    found = {OUTSEAM: hem - waist}
    if "crotch" in marks:
        crotch = marks["crotch"][1]
        found |= {INSEAM: hem - crotch, RISE: crotch - waist, THIGH: _leg_width(view, crotch + 2.5)}
    return found | {LEG_HEM: _leg_width(view, hem - 0.6)}


def _leg_width(view: View, height: float) -> float:
    """Width of one leg at a height, in centimetres."""
    widths = []
    for shape in view.shapes:
        if not shape.outline:
            continue
        points = shape.path.sampled()
        ends = np.roll(points, -1, axis=0)
        crossing = (points[:, 1] - height) * (ends[:, 1] - height) < 0
        first, last = points[crossing], ends[crossing]
        across = first[:, 0] + (height - first[:, 1]) / (last[:, 1] - first[:, 1]) * (last[:, 0] - first[:, 0])
        right = np.sort(across[across > 0.01])
        if len(right) >= 2:
            widths.append(float(right[-1] - right[0]))
        elif len(right) == 1:
            widths.append(float(right[0]))
    return max(widths, default=0.0)


def _bag(view: View) -> dict[str, float]:
    left, top, right, bottom = view.bounds()
    body = view.landmarks["base"][1] - view.landmarks["top"][1]
    return {WIDE: right - left, TALL: body, WHOLE: bottom - top}


def _shoe(view: View) -> dict[str, float]:
    left, top, right, bottom = view.bounds()
    return {SOLE: right - left, HEIGHT: bottom - top}
