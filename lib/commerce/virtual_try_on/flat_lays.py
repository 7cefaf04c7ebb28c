"""A cut-out garment as something to wear: its outline in centimetres, and its picture warped to where cloth lies.

The places on the outline give the scale and the parts (trunk, sleeves, legs). Each part's outline is draped on the body
like a drawn garment's, and the picture follows through a thin-plate spline between both outlines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from lib.atelier.bending import bent
from lib.atelier.drawing import Path, Points, line
from lib.atelier.garments import Shape, View
from lib.atelier.garments.sizes import measures
from lib.atelier.wearing import Frame, Worn
from lib.commerce.virtual_try_on.contours import UNREADABLE, Contour, beyond, read_bottom, read_top
from lib.errors import InputError
from lib.vision.bodies.splines import Spline, warped

Pixels = NDArray[np.uint8]
Array = NDArray[np.float64]
#: Kinds that can be read from a flat-lay.
READ: Final = ("t_shirt", "shirt", "knit", "dress", "coat", "blazer", "trousers", "jeans", "skirt")
LEGGED: Final = ("trousers", "jeans")
FROM_WAIST: Final = (*LEGGED, "skirt")
WAIST_HALF: Final = 0.75  # cm that half a waistband is wider than a quarter of the girth
KNOTS: Final = 70
SIMPLE: Final = 0.6  # pixels of a contour that may be given up for fewer points, in thousandths of its length


@dataclass(frozen=True)
class Laid:
    """A user's own garment.

    Attributes:
        picture: the cut-out, sRGB with alpha.
        kind: as the person says.
        key: the picture's fingerprint.
    """

    picture: Pixels = field(repr=False, compare=False)
    kind: str
    name: str
    key: str

    @property
    def sku(self) -> str:
        return f"own-{self.key[:8]}"

    @cached_property
    def contour(self) -> Contour:
        """The outline and its places.

        Raises:
            InputError: it can't be read as this kind.
        """
        mask = self.picture[..., 3] > 127
        if self.kind in FROM_WAIST:
            return read_bottom(mask, self.kind in LEGGED)
        return read_top(mask)

    def worn(self, size: int) -> Worn:
        """The garment for ``wear_all``, taken to be cut in this size.

        Raises:
            InputError: the outline can't be read.
        """
        laid = _Placed.of(self.contour, self.kind, size)
        return Worn(laid.view, {}, _Painter(self.picture, laid).paint)


@dataclass(frozen=True)
class _Placed:
    """The flat view in cm, and for each part the way from there to the picture's pixels: a similarity."""

    view: View
    to_pixels: Mapping[str, tuple[Array, Array]]  # part's id -> (matrix (2, 2), shift (2,))

    @classmethod
    def of(cls, contour: Contour, kind: str, size: int) -> _Placed:
        return _bottom(contour, kind, size) if kind in FROM_WAIST else _top(contour, size)


def _top(contour: Contour, size: int) -> _Placed:
    body = measures(size)
    tips, necks, pits = (contour.places[name] for name in ("shoulder", "neck", "underarm"))
    half = float(np.abs(tips[:, 0] - contour.middle).mean())
    scale = body.shoulder / half  # cm a pixel
    # A collar stands above the neck, so heights are counted from the shoulders' tips.
    origin = np.array([contour.middle, float(tips[:, 1].mean()) - body.shoulder_drop / scale])
    pit = (pits - origin) * scale
    tip = (tips - origin) * scale
    marks = {
        "neck": (float(abs(necks[:, 0] - contour.middle).mean() * scale), 0.0),
        "shoulder": (float(np.abs(tip[:, 0]).mean()), float(tip[:, 1].mean())),
        "underarm": (float(np.abs(pit[:, 0]).mean()), float(pit[:, 1].mean())),
        "waist": (body.waist / 4, body.waist_height),
    }
    straight = np.eye(2) / scale, origin
    ways = {"front-body": straight}
    shapes: list[Shape] = []
    trunk = contour.points
    if contour.sleeved:
        trunk, sleeves = _parted(contour)
        cuffs = (contour.places["cuff"] - origin) * scale
        marks["wrist"] = (float(np.abs(cuffs[:, 0]).mean()), float(cuffs[:, 1].mean()))
        turn = [_turn(tips[side], pits[side], contour.places["cuff"][side], sign) for side, sign in ((0, -1), (1, 1))]
        angle = float(np.mean(turn))
        for side, sign, name in ((0, -1, "right"), (1, 1, "left")):
            spin = _rotation(sign * (turn[side] - angle))
            to = (
                spin / scale,
                tips[side] - (spin / scale) @ np.array([sign * marks["shoulder"][0], marks["shoulder"][1]]),
            )
            ways[f"front-sleeve-{name}"] = to
            flat = (sleeves[side] - to[1]) @ np.linalg.inv(to[0]).T
            shapes.append(
                Shape(f"front-sleeve-{name}", "sleeves", "Sleeve", _path(flat), "piece", outline=True,
                      grain=-sign * angle, side="left" if sign > 0 else "right")
            )  # fmt: skip
    shapes.append(Shape("front-body", "body", "Body", _path((trunk - origin) * scale), "piece", outline=True))
    return _Placed(View("front", tuple(shapes), marks, size), ways)


def _turn(tip: Array, pit: Array, cuff: Array, sign: int) -> float:
    """Degrees of a sleeve's axis from straight down, away from the middle."""
    away = cuff - (tip * 0.6 + pit * 0.4)
    return float(np.degrees(np.arctan2(sign * away[0], away[1])))


def _rotation(degrees: float) -> Array:
    """In pictures, y down: positive turns what points down towards the viewer's right."""
    a = np.radians(degrees)
    return np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])


def _parted(contour: Contour) -> tuple[Array, list[Array]]:
    """The trunk's outline, and the sleeves' (viewer's left, right): cut from the shoulder's tip to the armpit."""
    points = contour.points
    sleeves, gone = [], np.zeros(len(points), bool)
    for side in (0, 1):
        way = beyond(points, contour.places["shoulder"][side], contour.places["underarm"][side], contour.middle)
        sleeves.append(points[way])
        gone[way[1:-1]] = True
    return points[~gone], sleeves


def _bottom(contour: Contour, kind: str, size: int) -> _Placed:
    body = measures(size)
    waist = contour.places["waist"]
    half = float(np.ptp(waist[:, 0])) / 2
    if half < 4:
        raise InputError(UNREADABLE)
    scale = (body.waist / 4 + WAIST_HALF) / half
    origin = np.array([contour.middle, float(waist[:, 1].mean()) - body.waist_height / scale])
    way = np.eye(2) / scale, origin
    flat = (contour.points - origin) * scale
    marks = {"waist": (body.waist / 4, body.waist_height), "hem": (0.0, float(flat[:, 1].max()))}
    if kind not in LEGGED:
        skirt = Shape("front-skirt", "body", "Skirt", _path(flat), "piece", outline=True)
        return _Placed(View("front", (skirt,), marks, size), {"front-skirt": way})
    crotch = (contour.places["crotch"][0] - origin) * scale
    flat = flat - np.array([crotch[0], 0.0]) * np.clip((flat[:, 1:] - body.waist_height) / 25, 0, 1)
    shapes = []
    for name, sign in (("right", -1), ("left", 1)):
        side: Literal["left", "right"] = "left" if sign > 0 else "right"
        leg = _clipped(flat, sign)
        shapes.append(Shape(f"front-leg-{name}", "body", "Leg", _path(leg), "piece", outline=True, side=side))
    return _Placed(View("front", tuple(shapes), marks, size), {f"front-leg-{one}": way for one in ("left", "right")})


def _clipped(points: Array, sign: int) -> Array:
    """The part of a polygon on one side of x = 0, a finger's breadth over it so that no seam gapes."""
    kept = points[sign * points[:, 0] >= 0]
    start = int(np.argmax(np.hypot(*np.diff(np.vstack([kept, kept[:1]]), axis=0).T)))
    return np.roll(kept, -start - 1, axis=0)


def _path(points: Array) -> Path:
    """A closed path of straight lines with as few points as its form needs."""
    import cv2

    around = float(np.hypot(*np.diff(np.vstack([points, points[:1]]), axis=0).T).sum())
    few = cv2.approxPolyDP(points.astype(np.float32)[:, None], SIMPLE / 1000 * around, True)[:, 0]
    return line(*((float(x), float(y)) for x, y in few)).close()


@dataclass
class _Painter:
    """Draws parts of the cut-out where they lie on a body."""

    picture: Pixels
    laid: _Placed

    def paint(self, view: View, frame: Frame, scale: float) -> Pixels:
        """Some parts of the worn view in a frame (cm), sRGB with alpha."""
        shape = (round(frame[3] * scale), round(frame[2] * scale))
        canvas = np.zeros((*shape, 4), np.float32)
        for part in view.shapes:
            flat = next((one for one in self.laid.view.shapes if one.id == part.id), None)
            if flat is None:
                continue
            drawn = self._part(flat, part, frame, scale, shape)
            alpha = drawn[..., 3:] / 255
            canvas[..., :3] = drawn[..., :3] * alpha + canvas[..., :3] * (1 - alpha)
            canvas[..., 3:] = 255 * alpha + canvas[..., 3:] * (1 - alpha)
        canvas[..., :3] /= np.maximum(canvas[..., 3:], 1.0) / 255
        return np.asarray(canvas.round().clip(0, 255), np.uint8)

    def _part(
        self, flat: Shape, worn: Shape, frame: Frame, scale: float, shape: tuple[int, int]
    ) -> NDArray[np.float32]:
        import cv2

        here = bent(flat.path, lambda points: points).sampled(2)
        there = worn.path.sampled(2)
        polygon = (worn.path.sampled(4) - np.array(frame[:2])) * scale
        inside = np.zeros(shape, np.uint8)
        cv2.fillPoly(inside, [np.rint(polygon * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
        out = np.zeros((*shape, 4), np.float32)
        left, top = (max(0, int(v) - 2) for v in polygon.min(axis=0))
        right, bottom = (int(v) + 3 for v in polygon.max(axis=0))
        right, bottom = min(right, shape[1]), min(bottom, shape[0])
        if right <= left or bottom <= top:
            return out
        if len(here) != len(there):  # cloth under a sleeve's head: in the garment's own colour
            out[..., :3] = np.median(self.picture[self.picture[..., 3] > 250][:, :3], axis=0)
            out[..., 3] = inside
            return out
        matrix, shift = self.laid.to_pixels[flat.id]
        source = here @ matrix.T + shift
        target = (there - np.array(frame[:2])) * scale
        drawn = warped(self.picture, through(target, source), (bottom - top, right - left), (left, top))
        out[top:bottom, left:right] = drawn
        out[..., 3] *= inside.astype(np.float32) / 255
        return out


def through(target: Points, source: Points) -> Spline:
    """The spline from places on the body back to places in the picture, through outline points spread evenly."""
    _same, first = np.unique(np.rint(target * 4), axis=0, return_index=True)
    kept = np.sort(first)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(target[kept], axis=0).T))])
    wanted = np.linspace(0, along[-1], KNOTS, endpoint=False)
    chosen = kept[np.unique(np.searchsorted(along, wanted).clip(0, len(kept) - 1))]
    return Spline.through(target[chosen], source[chosen], smooth=1e-4)
