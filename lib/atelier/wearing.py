"""Garments worn: a figure in one garment or several, draped on its body, with arms, hair and wheels where they are.

What lies behind (the seat, hair, the inside of a collar) is drawn first, then the body, garments from the innermost
out, then head and hair, then arms and, over them, sleeves.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.atelier.draping import Drape, only
from lib.atelier.drawing import Point
from lib.atelier.fabrics import Fabric
from lib.atelier.figures import Figure, svg
from lib.atelier.folds import Folds
from lib.atelier.garments import Shape, View
from lib.atelier.rendering import falls_of, render_in
from lib.errors import InputError
from lib.i18n import N_

Pixels = NDArray[np.uint8]
Frame = tuple[float, float, float, float]
NOT_WORN = N_("A bag or a shoe is drawn from its side and can’t be worn by a figure. Choose a garment of cloth.")
FRONT_ONLY = N_("Figures are seen from the front. Choose the garment’s front.")
NOTHING = N_("There is nothing to wear. Choose at least one garment.")
#: Cm of air round a figure, so that a wide hem is not cut off.
AIR = 6.0
#: Cm below the waist at which a tucked garment ends under the waistband.
TUCKED = 2.0
#: Layers of a figure under and over the garments' bodies.
BENEATH = ("ground", "seat", "hair_behind", "limbs_behind")
BODY = ("body", "legs_in_front")
HEAD = ("head", "face", "hair")


#: Draws some shapes of a worn view in a frame (cm) at so many pixels a centimetre: sRGB with alpha, (h, w, 4).
Paint = Callable[[View, Frame, float], Pixels]


@dataclass(frozen=True)
class Worn:
    """A garment's front and its fabrics, by the names that ``render`` knows; or what draws it from a picture."""

    view: View
    fabrics: Mapping[str, Fabric]
    paint: Paint | None = None


def wear(
    figure: Figure, view: View, fabrics: Mapping[str, Fabric], pixels_per_cm: float = 6, *, seed: int = 0
) -> Pixels:
    """A figure in one garment.

    Args:
        figure: who wears it.
        view: the garment's front, best drafted to the person's size: where it is too small it is drawn as if it gave.
        fabrics: as for ``render``.
        pixels_per_cm: resolution.
        seed: of the folds.

    Returns:
        sRGB with alpha, shape (h, w, 4).

    Raises:
        InputError: a back view, a bag or a shoe; no 'fabric'; a picture larger than 4096 pixels on a side.
    """
    return wear_all(figure, [Worn(view, fabrics)], pixels_per_cm, seed=seed)


def wear_all(figure: Figure, outfit: Sequence[Worn], pixels_per_cm: float = 6, *, seed: int = 0) -> Pixels:
    """A figure in several garments, the innermost first: a shirt before trousers is tucked in, after them it hangs out.

    Raises:
        InputError: nothing to wear, or as ``wear``.
    """
    if not outfit:
        raise InputError(NOTHING)
    drapes = [_drape(figure, worn.view, layer, outfit[layer + 1 :]) for layer, worn in enumerate(outfit)]
    views = [drape.worn() for drape in drapes]
    frame = frame_of(figure, views)
    falls = [{shape.id: falls_of(shape) for shape in worn.view.regions} for worn in outfit]
    painter = _Painter(figure, frame, pixels_per_cm, seed)
    painter.figure(BENEATH)
    for view, worn, fall in zip(views, outfit, falls, strict=True):
        painter.garment(only(view, _is_inside), worn, fall)
    painter.figure(BODY)
    painter.suit([drape.view for drape in drapes])
    for at, (view, worn, fall) in enumerate(zip(views, outfit, falls, strict=True)):
        painter.garment(only(view, _is_body), worn, fall, _tucked_at(figure, outfit[at:]))
    painter.figure(HEAD)
    for layer, side_of in (("limbs_in_front", "right"), ("wheel", "left")):
        painter.figure((layer,))
        sides = ("right", "left") if layer == "limbs_in_front" and not figure.layers["wheel"] else (side_of,)
        for side in sides if figure.layers[layer] else ():
            hidden = any(sleeve_is_hidden(worn, outfit) for worn in outfit)
            for view, worn, fall, drape in zip(views, outfit, falls, drapes, strict=True):
                if hidden and worn is outfit[-1]:  # its shoulders lie over the arms' own
                    painter.garment(only(view, _is_body), worn, fall, above=_armpits(figure))
                if sleeve_is_hidden(worn, outfit):
                    painter.garment(only(view, is_cuff(side)), worn, fall)
                    continue
                painter.garment(only(drape.sleeve_heads(), _is_sleeve(side)), worn, fall, lines=False)
                painter.garment(only(view, _is_sleeve(side)), worn, fall)
    return painter.picture()


def worn_views(figure: Figure, views: Sequence[View]) -> list[View]:
    """The views where they lie on the figure, in its centimetres: for a drawing (SVG) of one's own.

    Raises:
        InputError: a back view, a bag or a shoe.
    """
    outfit = [Worn(view, {}) for view in views]
    return [_drape(figure, view, layer, outfit[layer + 1 :]).worn() for layer, view in enumerate(views)]


def frame_of(figure: Figure, views: Sequence[View]) -> Frame:
    """Left, top, width and height in cm of a picture of the figure in these views."""
    x, y, wide, tall = figure.box
    boxes = [(x, y, x + wide, y + tall), *(view.bounds() for view in views)]
    left, top = min(box[0] for box in boxes[1:]) - AIR, min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes[1:]) + AIR, max(box[3] for box in boxes)
    left, right = min(left, x), max(right, x + wide)
    return (left, top, right - left, bottom - top)


def _drape(figure: Figure, view: View, layer: int, over: Sequence[Worn]) -> Drape:
    if view.name != "front":
        raise InputError(FRONT_ONLY)
    if not {"shoulder", "waist"} & set(view.landmarks):
        raise InputError(NOT_WORN)
    return Drape(view, figure.person, layer, _is_top(view) and bool(over))


def _is_top(view: View) -> bool:
    return "shoulder" in view.landmarks


def _tucked_at(figure: Figure, outfit: Sequence[Worn]) -> tuple[Point, Point] | None:
    """The line at which the first garment ends because a later one holds it at the waist; None where it hangs out."""
    if not _is_top(outfit[0].view) or all(_is_top(later.view) for later in outfit[1:]):
        return None
    (ax, ay), (bx, by) = (figure.landmarks[f"{side}_waist"] for side in ("right", "left"))
    return (ax, ay + TUCKED), (bx, by + TUCKED)


def _is_inside(shape: Shape) -> bool:
    return shape.layer == "inside"


def _is_body(shape: Shape) -> bool:
    return shape.layer not in ("inside", "sleeves")


def _is_sleeve(side: str) -> Callable[[Shape], bool]:
    return lambda shape: shape.layer == "sleeves" and shape.side == side


def _armpits(figure: Figure) -> float:
    """The height of the armpits (cm, downwards)."""
    levels = [figure.landmarks[f"{side}_underarm"][1] for side in ("left", "right")]
    return sum(levels) / len(levels)


def is_cuff(side: str) -> Callable[[Shape], bool]:
    """Whether a shape is the cuff of this side ('left' is the wearer's)."""
    return lambda shape: _is_sleeve(side)(shape) and "-cuff-" in shape.id


def sleeve_is_hidden(worn: Worn, outfit: Sequence[Worn]) -> bool:
    """Whether a later garment's sleeve is as long: then no more than the cuff looks out of it."""
    later = outfit[next(at for at, one in enumerate(outfit) if one is worn) + 1 :]
    own = worn.view.landmarks.get("wrist", (0.0, 0.0))[1]
    return bool(own) and any(over.view.landmarks.get("wrist", (0.0, 0.0))[1] > own - 4.0 for over in later)


class _Painter:
    """A picture that is painted layer by layer, premultiplied, 0 to 1."""

    def __init__(self, figure: Figure, frame: Frame, pixels_per_cm: float, seed: int) -> None:
        self._figure, self._frame, self._scale, self._seed = figure, frame, pixels_per_cm, seed
        self._shape = (round(frame[3] * pixels_per_cm), round(frame[2] * pixels_per_cm))
        self._canvas = np.zeros((*self._shape, 4), dtype=np.float32)

    def figure(self, layers: Sequence[str]) -> None:
        """Layers of the figure's own drawing."""
        if any(self._figure.layers.get(layer) for layer in layers):
            self._over(self._raster(layers))

    def suit(self, views: Sequence[View]) -> None:
        """The bodysuit, where no garment covers: below the waist only, once there is a top."""
        drawn = self._raster(("suit",)).copy()
        if any(_is_top(view) for view in views):
            waist = max(self._figure.landmarks[f"{side}_waist"][1] for side in ("left", "right"))
            drawn[: max(0, round((waist - self._frame[1]) * self._scale))] = 0
        self._over(drawn)

    def garment(
        self,
        view: View,
        worn: Worn,
        falls: Mapping[str, Folds],
        end: tuple[Point, Point] | None = None,
        lines: bool = True,
        above: float | None = None,
    ) -> None:
        """Some shapes of a worn view, down to the line ``end``, or what lies above a height (cm)."""
        if view.silhouette:
            if worn.paint is not None:
                drawn = worn.paint(view, self._frame, self._scale).copy()
            else:
                fabrics = worn.fabrics
                drawn = render_in(view, fabrics, self._frame, self._scale, seed=self._seed, falls=falls, lines=lines)
            if end is not None:
                drawn[self._below(end)] = 0
            if above is not None:
                drawn[max(0, round((above - self._frame[1]) * self._scale)) :] = 0
            self._over(drawn)

    def _below(self, line: tuple[Point, Point]) -> NDArray[np.bool_]:
        (ax, ay), (bx, by) = line
        x = self._frame[0] + (np.arange(self._shape[1]) + 0.5) / self._scale
        y = self._frame[1] + (np.arange(self._shape[0]) + 0.5) / self._scale
        return np.asarray(y[:, None] > ay + (by - ay) / (bx - ax) * (x[None, :] - ax))

    def picture(self) -> Pixels:
        """What has been painted: sRGB with alpha."""
        alpha = self._canvas[..., 3:]
        colours = self._canvas[..., :3] / np.maximum(alpha, 1e-6)
        return np.asarray(np.rint(np.concatenate([colours, alpha], axis=-1) * 255).clip(0, 255), dtype=np.uint8)

    def _over(self, upper: Pixels) -> None:
        values = upper.astype(np.float32) / 255
        values[..., :3] *= values[..., 3:]
        self._canvas *= 1 - values[..., 3:]
        self._canvas += values

    def _raster(self, layers: Sequence[str]) -> Pixels:
        import resvg_py
        from PIL import Image

        x, y, wide, tall = self._figure.box
        left, top, width, height = self._frame
        rows, columns = self._shape
        own = f'width="{wide:.1f}cm" height="{tall:.1f}cm" viewBox="{x:.2f} {y:.2f} {wide:.2f} {tall:.2f}"'
        wanted = f'width="{columns}" height="{rows}" viewBox="{left:.4f} {top:.4f} {width:.4f} {height:.4f}"'
        drawn = svg(self._figure, layers).replace(own, wanted + ' preserveAspectRatio="none"', 1)
        data = bytes(resvg_py.svg_to_bytes(svg_string=drawn, skip_system_fonts=True))
        with Image.open(io.BytesIO(data)) as image:
            return np.asarray(image.convert("RGBA").resize((self._shape[1], self._shape[0])))
