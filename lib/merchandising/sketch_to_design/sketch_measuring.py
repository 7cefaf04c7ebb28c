"""What a sketch itself says of its piece in centimetres: its points of measure, its pieces, its buttons.

A sketch has proportions and no scale. The scale is the length that a person gives, or else the one guessed from the
usual width of such a piece; whoever shows the numbers says which.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from lib.merchandising.sketch_to_design.fastenings import fastenings
from lib.merchandising.sketch_to_design.measuring import (
    CHEST,
    FROM_SHOULDER,
    FROM_WAIST,
    HEM,
    INSEAM,
    LEG_HEM,
    LENGTH,
    NECK,
    OUTSEAM,
    RISE,
    SLEEVE,
    SMALL,
    TALL,
    THIGH,
    WAIST,
    WHOLE,
    WIDE,
    measured,
)

if TYPE_CHECKING:
    from lib.vision.sketches import Drawn, Region, Sketch

Mask = NDArray[np.bool_]
_ARMS: Final = ("sleeve", "cuff")
_LEGS: Final = ("trousers", "jeans")
#: Kinds whose length differs little from piece to piece.
_OF_ONE_LENGTH: Final = ("shirt", "t_shirt", "knit", "blazer", "trousers", "jeans")
#: A piece of a smaller share of the drawing than this is a trim and isn't cut by itself.
_CUT: Final = 0.004
#: A sketch's line is drawn to about this share of the piece, whatever the scale.
_HAND: Final = 0.01


@dataclass(frozen=True)
class Own:
    """A sketched piece in centimetres.

    Args:
        points: name (a message id), value and tolerance.
        pieces: width and height of each piece that is seen of one side.
        buttons: how many fastenings the sketch shows, and their diameter in millimetres.
        metal: whether they are of metal.
        scaled: whether a person gave the length; else it is guessed.
        length: of the whole piece, as drawn.
        by: the measure (a message id) whose usual value gave the scale, '' where none did.
    """

    points: tuple[tuple[str, float, float], ...]
    pieces: tuple[tuple[float, float], ...]
    buttons: int
    button_mm: float
    metal: bool
    scaled: bool
    length: float
    by: str = ""


def own_measures(sketch: Sketch, length_cm: float = 0.0, kind: str = "", size: int = 38) -> Own:
    """The front of a sketch measured.

    Args:
        sketch: as it was read and set right.
        length_cm: the piece's length from top to hem where a person knows it; else the scale is taken from the measure
            that varies least between pieces of this kind, at this size.
        kind: of the piece, '' as it was read.
        size: of the piece.
    """
    drawn = next((one for one in sketch.garments if one.view == "front"), sketch.garments[0])
    parts = [part for part in sketch.parts if part.label in drawn.labels]
    parts = _at_home(parts)
    body = _mask(sketch, parts, without=_ARMS)
    rows = np.flatnonzero(body.any(axis=1))
    tall = int(rows[-1] - rows[0]) + 1
    points = _points(sketch, drawn, parts, body)
    by, per_cm = ("", tall / length_cm) if length_cm else _scale(points, kind or drawn.kind.value, size)
    per_cm = per_cm or sketch.pixels_per_cm
    found = [one for one in fastenings(sketch) if drawn.box[0] <= one.x <= drawn.box[2]]
    whole = (body | _mask(sketch, parts, only=_ARMS)).sum()
    return Own(
        tuple((name, round(value / per_cm, 1), _tolerance(value / per_cm)) for name, value in points.items()),
        tuple(
            ((part.box[2] - part.box[0]) / per_cm, (part.box[3] - part.box[1]) / per_cm)
            for part in parts
            if part.area > _CUT * whole and part.role not in ("inside", "button")
        ),
        len(found),
        20 * float(np.median([one.radius for one in found])) / per_cm if found else 0.0,
        bool(found) and found[0].kind == "metal",
        bool(length_cm),
        tall / per_cm,
        by,
    )


def _scale(points: dict[str, float], kind: str, size: int) -> tuple[str, float]:
    """The measure that gives the scale, and pixels per centimetre; ('', 0) where none does.

    A shirt's or trousers' length varies less than how wide it is drawn; a dress or a coat is short or long, and its
    chest is what a size fixes.
    """
    from lib.atelier.garments import KINDS, Garment

    if kind not in KINDS or kind in ("bag", "shoe"):
        return "", 0.0
    usual = {line.name: line.values[size] for line in measured(Garment(kind, size=size)) if size in line.values}
    order = (FROM_SHOULDER, OUTSEAM, CHEST, WAIST) if kind in _OF_ONE_LENGTH else (CHEST, OUTSEAM, WAIST)
    name = next((one for one in order if points.get(one) and usual.get(one)), "")
    return (name, points[name] / usual[name]) if name else ("", 0.0)


def _at_home(parts: list[Region]) -> list[Region]:
    """A cuff that lies before the body is none: it is counted with the body."""
    trunk = [part for part in parts if part.role not in _ARMS and part.role not in ("handle", "strap")]
    if not trunk:
        return parts
    left, right = min(part.box[0] for part in trunk), max(part.box[2] for part in trunk)
    return [
        replace(part, role="body") if part.role == "cuff" and left < (part.box[0] + part.box[2]) / 2 < right else part
        for part in parts
    ]


def _tolerance(value: float) -> float:
    return round(max(SMALL if value < 25 else LENGTH, _HAND * value), 1)


def _mask(sketch: Sketch, parts: list[Region], only: Collection[str] = (), without: Collection[str] = ()) -> Mask:
    labels = [part.label for part in parts if (not only or part.role in only) and part.role not in without]
    return np.asarray(np.isin(sketch.regions, labels))


def _points(sketch: Sketch, drawn: Drawn, parts: list[Region], body: Mask) -> dict[str, float]:
    """Points of measure in pixels, by name."""
    kind = drawn.kind.value
    if kind in ("bag", "shoe"):
        return _bag(sketch, parts, body)
    rows = np.flatnonzero(body.any(axis=1))
    top, low = int(rows[0]), int(rows[-1])
    if kind in _LEGS or any(part.role == "trouser_leg" for part in parts):
        return _legs(body, top, low)
    found: dict[str, float] = {}
    inside = _mask(sketch, parts, only=("inside",))
    if inside.any():
        found[NECK] = float(max(_width(row) for row in inside[inside.any(axis=1)]))
    arms = _mask(sketch, parts, only=_ARMS)
    under = _underarm(body, arms)
    if under is not None:
        found[CHEST] = float(_width(body[under]))
        found[SLEEVE] = max(_reach(arms, half) for half in (slice(0, _middle(body)), slice(_middle(body), None)))
    seam = [part for part in parts if part.role in ("bodice", "waistband")]
    if seam:
        at = max(part.box[3] for part in seam)
        found[WAIST] = float(_width(body[max(top, at - max(2, (low - top) // 60))]))
    found[HEM] = float(_width(body[low - max(2, (low - top) // 25)]))
    found[FROM_WAIST if kind == "skirt" else FROM_SHOULDER] = float(low - top)
    return found


def _width(row: NDArray[Any]) -> int:
    at = np.flatnonzero(row)
    return int(at[-1] - at[0]) + 1 if len(at) else 0


def _middle(body: Mask) -> int:
    return int(np.median(np.nonzero(body)[1]))


def _underarm(body: Mask, arms: Mask) -> int | None:
    """The lowest row in which a sleeve still touches the body; None where there is no sleeve."""
    import cv2

    if not arms.any():
        return None
    near = cv2.dilate(arms.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    rows = np.flatnonzero((near & body).any(axis=1))
    return int(np.percentile(rows, 96)) if len(rows) else None


def _reach(arms: Mask, half: slice) -> float:
    """From the highest point of a sleeve to its furthest."""
    rows, columns = np.nonzero(arms[:, half])
    if not len(rows):
        return 0.0
    first = int(np.argmin(rows))
    return float(np.hypot(rows - rows[first], columns - columns[first]).max())


def _legs(body: Mask, top: int, low: int) -> dict[str, float]:
    """A pair of trousers: between the legs the ground is seen."""
    found = {WAIST: float(_width(body[top + max(2, (low - top) // 60)])), OUTSEAM: float(low - top)}
    middle = _middle(body)
    near = body[:, max(0, middle - 40) : middle + 40]
    open_ = np.flatnonzero((~near).any(axis=1) & (np.arange(len(body)) > top + (low - top) // 6))
    legs = open_[open_ < low]
    if len(legs):
        crotch = int(legs[0])
        leg = body[low - max(2, (low - top) // 40), :middle]
        thigh = body[min(low, crotch + max(2, (low - top) // 40)), :middle]
        found |= {INSEAM: float(low - crotch), RISE: float(crotch - top), THIGH: float(thigh.sum())}
        found |= {LEG_HEM: float(leg.sum())}
    return found


def _bag(sketch: Sketch, parts: list[Region], body: Mask) -> dict[str, float]:
    held = _mask(sketch, parts, without=("handle", "strap"))
    rows = np.flatnonzero(held.any(axis=1))
    wide = max(_width(row) for row in held[rows])
    whole = np.flatnonzero(body.any(axis=1))
    # What stands above the widest part and is much narrower is a handle, whatever it was taken for.
    solid = np.flatnonzero(held.sum(axis=1) > 0.5 * wide)
    return {WIDE: float(wide), TALL: float(solid[-1] - solid[0] + 1), WHOLE: float(whole[-1] - whole[0] + 1)}
