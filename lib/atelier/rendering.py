"""A garment's flat as cloth: each piece cut from its fabric and shaded, seams and stitches drawn over it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.fabrics import Fabric
from lib.atelier.folds import Field, Folds
from lib.atelier.garments import Shape, View
from lib.atelier.palettes import Palette
from lib.atelier.shading import dress
from lib.errors import InputError
from lib.i18n import N_

#: Centimetres of air round the garment.
_MARGIN: Final = 3.0
#: Layers whose shapes end at the silhouette.
_CLIPPED: Final = ("pleats", "seams", "stitching", "pockets")
#: Bits of a pixel's fraction that OpenCV's drawing takes.
_BITS: Final = 4
_LARGEST: Final = 4096


def render(view: View, fabrics: Mapping[str, Fabric], pixels_per_cm: float = 12, *, seed: int = 0) -> NDArray[np.uint8]:
    """One side of a garment in its fabrics.

    Args:
        view: the side.
        fabrics: by a shape's id ('front-sleeve-left'), by its name in both views ('sleeve'), or by material
            ('fabric', 'lining', 'rib', 'trim', 'hardware', 'sole'). Only 'fabric' is needed: linings, ribs, trims and
            metal follow it.
        pixels_per_cm: resolution.
        seed: of the folds.

    Returns:
        sRGB with alpha, shape (h, w, 4), with 3 cm of air on each side.

    Raises:
        InputError: no 'fabric', or the picture would be larger than 4096 pixels on a side.
    """
    left, top, right, bottom = view.bounds()
    size = (right - left + 2 * _MARGIN, bottom - top + 2 * _MARGIN)
    return render_in(view, fabrics, (left - _MARGIN, top - _MARGIN, *size), pixels_per_cm, seed=seed)


def render_in(
    view: View,
    fabrics: Mapping[str, Fabric],
    frame: tuple[float, float, float, float],
    pixels_per_cm: float = 12,
    *,
    seed: int = 0,
    falls: Mapping[str, Folds] | None = None,
) -> NDArray[np.uint8]:
    """``render`` in a frame of its own: left, top, width and height in cm, so that several views lie over each other.

    Args:
        falls: how pieces fall, by their ids, where their place in the frame does not tell.

    Raises:
        InputError: as ``render``.
    """
    if "fabric" not in fabrics:
        raise InputError(N_("The garment needs a fabric. Choose one for its main pieces."))
    shape = (round(frame[3] * pixels_per_cm), round(frame[2] * pixels_per_cm))
    if max(shape) > _LARGEST:
        raise InputError(
            N_("The picture would be larger than {most} pixels. Choose a lower resolution."), most=_LARGEST
        )
    origin = np.array(frame[:2])
    silhouette = np.zeros(shape, dtype=np.float32)
    for path in view.silhouette:
        silhouette = np.maximum(silhouette, _area(path.sampled(), origin, pixels_per_cm, shape))
    masks = {
        piece.id: _area(piece.path.sampled(), origin, pixels_per_cm, shape)
        * (silhouette if piece.layer in _CLIPPED else 1)
        for piece in view.regions
    }
    shown = {piece.id: piece for piece in view.regions if masks[piece.id].any()}
    if not shown:
        return np.zeros((*shape, 4), dtype=np.uint8)
    picture = _cut(view, shown, masks, fabrics, pixels_per_cm, seed, falls or {})
    return _lined(picture, view, fabrics["fabric"], origin, pixels_per_cm, silhouette)


def _cut(
    view: View,
    shown: Mapping[str, Shape],
    masks: Mapping[str, Field],
    fabrics: Mapping[str, Fabric],
    pixels_per_cm: float,
    seed: int,
    falls: Mapping[str, Folds],
) -> NDArray[np.uint8]:
    """All pieces in their cloth; under lace lies a slip, as in a lace garment, except in sleeves and insides."""
    regions: dict[str, Field] = {}
    cloth: dict[str, Fabric] = {}
    for name, piece in shown.items():
        fabric = _fabric(view, piece, fabrics)
        if fabric.kind == "lace" and piece.layer not in ("sleeves", "inside"):
            regions[f"{name} slip"], cloth[f"{name} slip"] = masks[name], _slip(fabric)
        regions[name], cloth[name] = masks[name], fabric
    pieces = {name: shown[name.removesuffix(" slip")] for name in regions}
    return dress(
        regions,
        cloth,
        pixels_per_cm,
        folds={name: falls.get(piece.id, falls_of(piece)) for name, piece in pieces.items()},
        grains={name: piece.grain for name, piece in pieces.items()},
        seed=seed,
    )


def _slip(lace: Fabric) -> Fabric:
    """What is worn under lace: its second colour, or a tone between the lace's own and skin's."""
    own = lace.palette.rgb
    tone = own[1] if len(own) > 1 else own[0] * 0.30 + np.array([198, 168, 146], dtype=np.float32) * 0.70
    red, green, blue = (round(float(value)) for value in tone)
    return Fabric("plain_weave", Palette.of(f"#{red:02X}{green:02X}{blue:02X}"))


def _area(points: NDArray[np.float64], origin: NDArray[np.float64], pixels_per_cm: float, shape: Any) -> Field:
    """How much of each pixel lies in a polygon given in centimetres, 0 to 1."""
    import cv2

    mask = np.zeros(shape, dtype=np.uint8)
    cv2.fillPoly(mask, [_fixed(points, origin, pixels_per_cm)], 255, cv2.LINE_AA, _BITS)
    return mask.astype(np.float32) / 255


def _fixed(points: NDArray[np.float64], origin: NDArray[np.float64], pixels_per_cm: float) -> NDArray[np.int32]:
    """Points in OpenCV's fixed fractions of a pixel."""
    return np.rint(((points - origin) * pixels_per_cm - 0.5) * 2**_BITS).astype(np.int32)


def _fabric(view: View, piece: Shape, fabrics: Mapping[str, Fabric]) -> Fabric:
    """The fabric that was asked for, from the most exact name to the material, or one that follows the main one."""
    short = piece.id.removeprefix(f"{view.name}-")
    bare = re.sub(r"(-(left|right))?(-\d+)?$", "", short)
    for name in (piece.id, short, bare, piece.material):
        if name in fabrics:
            return fabrics[name]
    main = fabrics["fabric"]
    if piece.material == "rib":
        return Fabric("rib_knit", main.palette)
    if piece.material in ("hardware", "sole", "lining", "trim"):
        return _follows(piece.material, main)
    return main


def _follows(material: str, main: Fabric) -> Fabric:
    """What a garment of a main fabric is finished with where nobody chose: lining of its colour, metal, leather."""
    if material == "hardware":
        return Fabric("satin", Palette.of("#C9BC9C"))
    if material == "sole":
        return Fabric("leather", Palette.of("#4A423B"))
    own = main.palette.rgb[0]
    red, green, blue = (round(float(value)) for value in own * (0.72 if material == "lining" else 0.5))
    return Fabric("satin" if material == "lining" else "leather", Palette.of(f"#{red:02X}{green:02X}{blue:02X}"))


def falls_of(piece: Shape) -> Folds:
    """Long pieces below the bodice hang, others lie close, small ones have no folds."""
    left, top, right, bottom = piece.path.bounds()
    if min(right - left, bottom - top) < 7:
        return "none"
    return "hang" if bottom - top > 38 and bottom > 75 else "close"


def _lined(
    picture: NDArray[np.uint8],
    view: View,
    main: Fabric,
    origin: NDArray[np.float64],
    pixels_per_cm: float,
    silhouette: Field,
) -> NDArray[np.uint8]:
    """The picture with the pieces' edges, seams, folds and stitches drawn in a darker or lighter tone of the cloth."""
    import cv2

    own = main.palette.rgb[0]
    dark = float(own @ np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)) < 70
    tone = own * 0.5 + 105 if dark else own * 0.35
    thick = max(1, round(pixels_per_cm * 0.09))
    ink = np.zeros(picture.shape[:2], dtype=np.float32)
    strengths = {"piece": 0.75, "seam": 0.6, "fold": 0.28, "stitch": 0.7}
    for shape in view.shapes:
        drawn = np.zeros(picture.shape[:2], dtype=np.uint8)
        for part in _dashes(shape) if shape.role == "stitch" else [shape.path.sampled()]:
            cv2.polylines(
                drawn,
                [_fixed(part, origin, pixels_per_cm)],
                shape.path.closed and shape.role == "piece",
                255,
                thick,
                cv2.LINE_AA,
                _BITS,
            )
        inked = drawn.astype(np.float32) / 255 * strengths[shape.role]
        ink = np.maximum(ink, inked * silhouette if shape.layer in _CLIPPED else inked)
    colour = picture[..., :3] + ink[..., None] * (tone - picture[..., :3])
    alpha = np.maximum(picture[..., 3], ink * 255)
    return np.dstack([colour, alpha]).round().clip(0, 255).astype(np.uint8)


def _dashes(shape: Shape) -> list[NDArray[np.float64]]:
    """A stitched line as stitches of 3 mm with 2 mm between them."""
    points = shape.path.sampled()
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    starts = np.arange(0, along[-1], 0.5)
    ends = np.minimum(starts + 0.3, along[-1])
    both = [np.column_stack([np.interp(at, along, points[:, axis]) for axis in (0, 1)]) for at in (starts, ends)]
    return [np.array([start, end]) for start, end in zip(*both, strict=True)]
