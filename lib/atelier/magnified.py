"""A cloth magnified in a circle beside a garment: what is too fine to be seen at the picture's scale."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.fabrics import Fabric, tile
from lib.atelier.folds import Mask
from lib.atelier.shading import shade

#: A structure of fewer pixels than this needs the circle; there it is drawn at so many on a sheet of that width.
_FINE, _CLEAR, _WIDTH, _LEAST = 9.0, 11.0, 1600, 5.0
#: The circle's diameter as a share of the sheet's width, the largest that has room.
_DIAMETERS: Final = (0.24, 0.2, 0.16)
#: Pixels of the largest repeat that is drawn.
_MOST: Final = 900.0
#: Centimetres of cloth that the fold in the circle is as wide as.
_FOLDED: Final = 9.0
_RIM: Final = (58, 52, 48)
#: The circle lies this share of the sheet's width from its edges.
_EDGE: Final = 0.035


def beside(
    picture: NDArray[np.uint8], cloth: Mask, fabric: Fabric, pixels_per_cm: float, seed: int = 0
) -> NDArray[np.uint8]:
    """The picture with the circle in a corner that is free; as it is where the structure reads by itself, or no corner
    is free.

    Args:
        picture: sRGB, (h, w, 3).
        cloth: where the garment is, (h, w).
    """
    finest = min(fabric.scale, fabric.on.scale if fabric.on else fabric.scale)
    if finest * pixels_per_cm >= _FINE:
        return picture
    place = _free(cloth)
    if place is None:
        return picture
    x, y, radius = place
    per_cm = _magnified(fabric, finest, picture.shape[1], radius)
    made = picture.copy()
    box = slice(y - radius, y + radius), slice(x - radius, x + radius)
    rows, columns = np.mgrid[-radius:radius, -radius:radius] + 0.5
    far = np.hypot(rows, columns)
    inside = np.clip(radius - 0.012 * radius - far + 0.5, 0, 1)[..., None]
    rim = np.clip(radius - far + 0.5, 0, 1)[..., None]
    ringed = made[box] * (1 - rim) + np.array(_RIM, dtype=np.float32) * rim
    made[box] = (ringed * (1 - inside) + _cloth(fabric, per_cm, radius, seed) * inside).round().clip(0, 255)
    _labelled(made, x, y, radius, per_cm / pixels_per_cm)
    return made


def _magnified(fabric: Fabric, finest: float, width: int, radius: int) -> float:
    """Pixels a centimetre in the circle: threads clear; a repeat too large for that is kept to what a tile holds."""
    threads = max(_LEAST, _CLEAR * width / _WIDTH) / finest
    if fabric.on is not None:  # a motif and a half, where threads still show then
        threads = min(threads, max(2 * radius / (1.5 * fabric.scale), _LEAST / 2 / finest))
    return min(threads, _MOST / fabric.scale)


def _free(cloth: Mask) -> tuple[int, int, int] | None:
    """Middle and radius of the largest circle in a corner that no garment is near."""
    import cv2

    height, width = cloth.shape
    far = cv2.distanceTransform((~cloth).astype(np.uint8), cv2.DIST_L2, 5)
    for share in _DIAMETERS:
        radius = round(share * width / 2)
        edge = round(_EDGE * width) + radius
        corners = [(width - edge, height - edge), (edge, height - edge), (width - edge, edge), (edge, edge)]
        x, y = max(corners, key=lambda corner: far[corner[1], corner[0]])
        if far[y, x] > radius * 1.12:
            return x, y, radius
    return None


def _cloth(fabric: Fabric, per_cm: float, radius: int, seed: int) -> NDArray[np.float32]:
    """A square of the cloth with one soft fold, (2 radius, 2 radius, 3)."""
    side = 2 * radius
    drawn = tile(fabric, per_cm, max(1, round(side / per_cm / fabric.scale)) * fabric.scale)
    repeats = -(-side // drawn.shape[0]), -(-side // drawn.shape[1]), 1
    whole = np.tile(drawn, repeats)[:side, :side].astype(np.float32)
    light = shade(np.ones((side, side), dtype=bool), side / _FOLDED, fabric.about, folds="hang", seed=seed, depth=0.7)
    return np.asarray(whole * light.light[..., None] + light.gloss[..., None], dtype=np.float32)


def _labelled(picture: NDArray[np.uint8], x: int, y: int, radius: int, times: float) -> None:
    """How many times it is magnified, above or below the circle."""
    from PIL import Image, ImageDraw, ImageFont

    size = max(10, round(radius * 0.17))
    low = y < picture.shape[0] / 2
    at = y + radius + size if low else y - radius - size
    box = slice(at - size, at + size), slice(x - radius, x + radius)
    label = Image.fromarray(np.ascontiguousarray(picture[box]))
    said = str(round(times)) if times >= 1.5 else f"{times:.1f}"
    draw, face = ImageDraw.Draw(label), ImageFont.load_default(size)
    wide = draw.textlength(said, font=face)
    left, arm = radius - wide / 2 - 0.2 * size, 0.2 * size
    for sign in (-1, 1):  # a multiplication sign: the typeface has none
        ends = [(left - arm, size - sign * arm), (left + arm, size + sign * arm)]
        draw.line(ends, fill=_RIM, width=max(1, round(size / 12)))
    draw.text((radius - wide / 2 + 0.3 * size, size), said, fill=_RIM, font=face, anchor="lm")
    picture[box] = np.asarray(label)
