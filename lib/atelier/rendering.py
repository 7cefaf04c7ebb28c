"""A garment's flat as cloth: each piece cut from its fabric and shaded, seams and stitches drawn over it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.drawing import Points
from lib.atelier.fabrics import Fabric
from lib.atelier.folds import Field, Folds
from lib.atelier.garments import Shape, View
from lib.atelier.palettes import Palette
from lib.atelier.shading import Piece, dressed
from lib.errors import InputError
from lib.i18n import N_

#: Grounds of a picture: for most garments, and for those that are nearly white.
PAPER: Final = "#F8F6F2"
STONE: Final = "#D8D2C8"
#: From this lightness on (of 255) a garment is nearly white.
_PALE: Final = 214
#: Centimetres of air round the garment.
_MARGIN: Final = 3.0
#: Layers whose shapes end at the silhouette.
_CLIPPED: Final = ("pleats", "seams", "stitching", "pockets")
#: Bits of a pixel's fraction that OpenCV's drawing takes.
_BITS: Final = 4
_LARGEST: Final = 4096
#: How dark each kind of line is drawn, 0 to 1.
_STRENGTHS: Final = {"piece": 0.75, "seam": 0.6, "fold": 0.28, "stitch": 0.7}
#: Where an area lies in a picture, and how much of each pixel there is inside.
Area = tuple[tuple[slice, slice], Field]


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
    lines: bool = True,
) -> NDArray[np.uint8]:
    """``render`` in a frame of its own: left, top, width and height in cm, so that several views lie over each other.

    Args:
        falls: how pieces fall, by their ids, where their place in the frame does not tell.
        lines: draw edges, seams and stitches.

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
        placed = _area(path.sampled(), origin, pixels_per_cm, shape)
        if placed is not None:
            np.maximum(silhouette[placed[0]], placed[1], out=silhouette[placed[0]])
    pieces = _cut(view, fabrics, falls or {}, lambda points: _area(points, origin, pixels_per_cm, shape), silhouette)
    picture = dressed(shape, pieces, pixels_per_cm, seed)
    return _lined(picture, view, fabrics["fabric"], origin, pixels_per_cm, silhouette) if lines else picture


def _cut(
    view: View,
    fabrics: Mapping[str, Fabric],
    falls: Mapping[str, Folds],
    area: Callable[[Points], Area | None],
    silhouette: Field,
) -> list[Piece]:
    """All pieces in their cloth; under lace lies a slip, as in a lace garment, except in sleeves and insides."""
    pieces = []
    for shape in view.regions:
        placed = area(shape.path.sampled())
        if placed is None:
            continue
        box, inside = placed
        inside = inside * silhouette[box] if shape.layer in _CLIPPED else inside
        if not inside.any():
            continue
        fabric, fall = _fabric(view, shape, fabrics), falls.get(shape.id, falls_of(shape))
        if fabric.kind == "lace" and shape.layer not in ("sleeves", "inside"):
            pieces.append(Piece(box, inside, _slip(fabric), fall, shape.grain))
        pieces.append(Piece(box, inside, fabric, fall, shape.grain))
    return pieces


def grounded(picture: NDArray[np.uint8], ground: str | None = None) -> NDArray[np.uint8]:
    """A picture with alpha on a ground, sRGB of shape (h, w, 3).

    Args:
        picture: as ``render`` gives it.
        ground: its colour; where None, warm paper, or a stone grey under a garment that is nearly white, so that its
            outline is seen without a drawn frame.
    """
    alpha = picture[..., 3:].astype(np.float32) / 255
    if ground is None:
        seen = picture[picture[..., 3] > 250][:, :3]
        light = float(np.median(seen @ np.array([0.2126, 0.7152, 0.0722]))) if len(seen) else 0.0
        ground = STONE if light > _PALE else PAPER
    paper = np.array([int(ground[place : place + 2], 16) for place in (1, 3, 5)], dtype=np.float32)
    return np.asarray(np.rint(picture[..., :3] * alpha + paper * (1 - alpha)), dtype=np.uint8)


def _slip(lace: Fabric) -> Fabric:
    """What is worn under lace: its second colour, or a tone between the lace's own and skin's."""
    own = lace.palette.rgb
    tone = own[1] if len(own) > 1 else own[0] * 0.30 + np.array([198, 168, 146], dtype=np.float32) * 0.70
    red, green, blue = (round(float(value)) for value in tone)
    return Fabric("plain_weave", Palette.of(f"#{red:02X}{green:02X}{blue:02X}"))


def _area(points: Points, origin: Points, pixels_per_cm: float, shape: tuple[int, int]) -> Area | None:
    """Where a polygon given in centimetres lies in the picture, and how much of each pixel is inside, 0 to 1."""
    import cv2

    low = np.floor((points.min(axis=0) - origin) * pixels_per_cm).astype(int) - 2
    high = np.ceil((points.max(axis=0) - origin) * pixels_per_cm).astype(int) + 2
    left, top = (max(0, int(value)) for value in low)
    right, bottom = min(shape[1], int(high[0])), min(shape[0], int(high[1]))
    if right <= left or bottom <= top:
        return None
    mask = np.zeros((bottom - top, right - left), dtype=np.uint8)
    start = origin + np.array([left, top]) / pixels_per_cm
    cv2.fillPoly(mask, [_fixed(points, start, pixels_per_cm)], 255, cv2.LINE_AA, _BITS)
    return ((slice(top, bottom), slice(left, right)), mask.astype(np.float32) / 255) if mask.any() else None


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
    if piece.material == "sole" and any("-sole-line" in shape.id for shape in view.shapes):
        return Fabric("leather", Palette.of("#E9E5DB"))  # a trainer's rubber
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
    tone = own * 0.55 + 80 if dark else own * 0.35
    thick = max(1, round(pixels_per_cm * 0.09))
    ink = np.zeros(picture.shape[:2], dtype=np.float32)
    for (role, clipped), parts in _strokes(view, origin, pixels_per_cm).items():
        drawn = np.zeros(picture.shape[:2], dtype=np.uint8)
        closed = role == "piece"
        cv2.polylines(drawn, parts, closed, 255, thick, cv2.LINE_AA, _BITS)
        part = drawn * np.float32(_STRENGTHS[role] / 255)
        np.maximum(ink, part * silhouette if clipped else part, out=ink)
    inked = ink > 0
    share, under = ink[inked], picture[inked].astype(np.float32)
    colour = under[:, :3] + share[:, None] * (tone - under[:, :3])
    alpha = np.maximum(under[:, 3], share * 255)
    picture[inked] = np.rint(np.column_stack([colour, alpha])).clip(0, 255).astype(np.uint8)
    return picture


def _strokes(view: View, origin: Points, pixels_per_cm: float) -> dict[tuple[str, bool], list[NDArray[np.int32]]]:
    """All lines by their role, and whether they end at the silhouette: lines of one kind are drawn in one go."""
    strokes: dict[tuple[str, bool], list[NDArray[np.int32]]] = {}
    for shape in view.shapes:
        parts = _dashes(shape) if shape.role == "stitch" else [shape.path.sampled()]
        kind = (shape.role, shape.layer in _CLIPPED)
        strokes.setdefault(kind, []).extend(_fixed(part, origin, pixels_per_cm) for part in parts)
    return strokes


def _dashes(shape: Shape) -> list[NDArray[np.float64]]:
    """A stitched line as stitches of 3 mm with 2 mm between them."""
    points = shape.path.sampled()
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    starts = np.arange(0, along[-1], 0.5)
    ends = np.minimum(starts + 0.3, along[-1])
    both = [np.column_stack([np.interp(at, along, points[:, axis]) for axis in (0, 1)]) for at in (starts, ends)]
    return [np.array([start, end]) for start, end in zip(*both, strict=True)]
