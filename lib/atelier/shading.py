"""Shading that makes a flat read as cloth: folds, the rounding at edges, gloss, by the weight and fall of the fabric.

A region of a flat is a mask. ``shade`` gives the light on it, the gloss, and how far folds shift what is printed;
``lay`` cuts a fabric to the region with them; ``dress`` does so for all regions of a flat, each over the ones before.

The picture is a draughtsman's convention (light from the upper left, folds that hang from where the cloth is held and
open towards the hem), not a simulation of cloth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.fabrics import Fabric, natural_size, open_tile
from lib.atelier.folds import Field, Folds, Mask
from lib.atelier.light import Shade, box_of, shade
from lib.errors import InputError
from lib.i18n import N_

#: From this value on (of 255) light is held back, and how slowly it then nears white.
_KNEE: Final = 224.0
_SLOW: Final = 0.75
#: How much of its contrast a structure keeps where it is drawn larger than life.
_ENLARGED: Final = 0.42
#: Denim keeps more: it is known by its white weft.
_ENLARGED_OF: Final = {"denim": 0.66}
#: Pixels beyond which what is repeated is a motif, and how much contrast it keeps.
_KNOWN: Final = 24.0
_EASED: Final = 0.62
#: Pixels on a tile's side at least, and for pieces as small as buttons and trims.
_WIDE: Final = 640
_SMALL: Final = 160
#: Pixels from thread to thread, or in a repeat, that an eye needs to know the cloth by its structure.
_READABLE: Final = {
    "twill": 2.6,
    "denim": 2.8,
    "tweed": 2.8,
    "linen": 2.4,
    "jersey": 5.0,
    "rib_knit": 3.5,
    "corduroy": 9.0,
    "boucle": 6.0,
    "leather": 6.0,
    "sequins": 7.0,
    "lace": 110.0,
    "cable_knit": 70.0,
}


__all__ = ["Piece", "Shade", "dress", "dressed", "forget", "lay", "readable", "shade"]
_THREADS: Final = ("twill", "denim", "tweed", "linen", "jersey", "cable_knit")


@dataclass(frozen=True)
class Piece:
    """A region with its cloth: where it lies in the picture, how much of each pixel there is inside (h, w), 0 to 1."""

    box: tuple[slice, slice]
    inside: Field
    fabric: Fabric
    folds: Folds = "hang"
    grain: float = 0.0


def readable(fabric: Fabric, pixels_per_cm: float) -> Fabric:
    """The same fabric with its structure as large as an eye needs at this resolution, as a sketch exaggerates a weave.

    Only what is smaller than that is enlarged; prints, and cloths known by their sheen, keep their real scale.
    """
    if fabric.on is not None:
        return replace(fabric, on=readable(fabric.on, pixels_per_cm))
    least = _READABLE.get(fabric.kind, 0) / pixels_per_cm
    return fabric if fabric.scale >= least else replace(fabric, scale_cm=least)


def lay(
    mask: Mask | Field,
    fabric: Fabric,
    pixels_per_cm: float,
    *,
    folds: Folds = "hang",
    seed: int = 0,
    depth: float = 1.0,
    grain: float = 0.0,
    real_scale: bool = False,
) -> NDArray[np.uint8]:
    """A region cut from a fabric and shaded.

    Args:
        mask: shape (h, w): True inside, or how much of each pixel is inside, 0 to 1.
        fabric: what it is cut from.
        pixels_per_cm: resolution of the mask.
        grain: how far the fabric is turned, in degrees clockwise.
        real_scale: keep even a weave that is too fine to be seen at its real size.

    Returns:
        sRGB with alpha, shape (h, w, 4); transparent outside, and where lace is open.

    Raises:
        InputError: the region is empty.
    """
    covered = np.asarray(mask, dtype=np.float32)
    box = box_of(covered > 0)
    piece = Piece(box, covered[box], fabric, folds, grain)
    cut = np.zeros((*covered.shape, 4), dtype=np.uint8)
    colours, alpha = _laid(piece, pixels_per_cm, seed, depth, real_scale)
    whole = np.dstack([colours, alpha * 255]).round().astype(np.uint8)
    cut[box] = np.where(piece.inside[..., None] > 0, whole, 0)
    return cut


def _laid(
    piece: Piece, pixels_per_cm: float, seed: int, depth: float = 1.0, real_scale: bool = False
) -> tuple[Field, Field]:
    """A piece's colours (h, w, 3), 0 to 255, and how much they hide (h, w), 0 to 1."""
    solid = piece.inside >= 0.5
    light = shade(
        solid if solid.any() else piece.inside > 0,
        pixels_per_cm,
        piece.fabric.about,
        folds=piece.folds,
        seed=seed,
        depth=depth,
    )
    # Only a print shows where one tile ends and the next begins in a piece that is smaller than either.
    small = piece.fabric.about.family != "print" and piece.fabric.kind != "lace" and max(piece.inside.shape) < _SMALL
    drawn = _tile(piece.fabric, pixels_per_cm, real_scale, _SMALL if small else _WIDE)
    cloth = _read(drawn, piece.box, light.shift, piece.grain)
    colours = cloth[..., :3]
    colours *= light.light[..., None]
    colours += light.gloss[..., None]
    return _held(colours), cloth[..., 3] / 255 * piece.inside


def _held(colours: Field) -> Field:
    """Colours whose brightest channel nears white held back, hue kept, as film does: folds stay visible in white."""
    np.maximum(colours, 0, out=colours)
    most = np.maximum(np.maximum(colours[..., 0], colours[..., 1]), colours[..., 2])
    bright = most > _KNEE
    if bright.any():
        over, room = most[bright] - np.float32(_KNEE), np.float32(255 - _KNEE)
        colours[bright] *= ((_KNEE + room * over / (over + room * np.float32(_SLOW))) / most[bright])[:, None]
    return colours


def _read(drawn: NDArray[np.uint8], box: tuple[slice, slice], shift: Field, grain: float) -> Field:
    """A tile laid over a box of the picture, moved by folds and turned by the grain; shape (h, w, 4)."""
    import cv2

    down = np.arange(box[0].start, box[0].stop, dtype=np.float32)[:, None]
    across = np.arange(box[1].start, box[1].stop, dtype=np.float32)[None, :] + shift
    cosine, sine = np.cos(np.radians(grain)), np.sin(np.radians(grain))
    at_x = ((across * cosine + down * sine) % drawn.shape[1]).astype(np.float32)
    at_y = ((down * cosine - across * sine) % drawn.shape[0]).astype(np.float32)
    return cv2.remap(drawn, at_x, at_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP).astype(np.float32)


@lru_cache(maxsize=48)
def _tile(asked: Fabric, pixels_per_cm: float, real_scale: bool, least: int) -> NDArray[np.uint8]:
    """A tile of about ``least`` to 1,000 pixels to cut regions from: the same for all regions, so that a print runs
    on."""
    fabric = asked if real_scale else readable(asked, pixels_per_cm)
    size = max(natural_size(fabric), least / pixels_per_cm) if least == _WIDE else least / pixels_per_cm
    size = min(size, 1100 / pixels_per_cm)
    drawn = open_tile(fabric, pixels_per_cm, max(1, round(size / fabric.scale)) * fabric.scale)
    if fabric is not asked and fabric.kind in _THREADS:
        drawn = _softened(drawn, fabric.scale * pixels_per_cm, _ENLARGED_OF.get(fabric.kind, _ENLARGED))
    drawn.setflags(write=False)
    return drawn


def _softened(drawn: NDArray[np.uint8], thread: float, kept: float) -> NDArray[np.uint8]:
    """A tile with less contrast from thread to thread: a weave drawn larger than life must not look like a stripe."""
    import cv2

    if thread > _KNOWN:  # a repeat and no thread: cables stand out less from their ground
        mean = drawn[..., :3].mean(axis=(0, 1), dtype=np.float64).astype(np.float32)
        eased = mean + np.float32(_EASED) * (drawn[..., :3] - mean)
        return np.dstack([eased.round().clip(0, 255).astype(np.uint8), drawn[..., 3]])
    pad = max(4, round(4 * thread))
    wrapped = np.pad(drawn[..., :3].astype(np.float32), ((pad, pad), (pad, pad), (0, 0)), mode="wrap")
    smooth = cv2.GaussianBlur(wrapped, (0, 0), 1.4 * thread)[pad:-pad, pad:-pad]
    mixed = smooth + np.float32(kept) * (drawn[..., :3] - smooth)
    return np.dstack([mixed.round().clip(0, 255).astype(np.uint8), drawn[..., 3]])


def dress(
    regions: Mapping[str, Mask | Field],
    fabrics: Mapping[str, Fabric],
    pixels_per_cm: float,
    *,
    folds: Mapping[str, Folds] | None = None,
    grains: Mapping[str, float] | None = None,
    seed: int = 0,
) -> NDArray[np.uint8]:
    """All regions of a flat in their fabrics, each over the ones before it, with the shadow that it casts on them.

    Args:
        regions: masks of one shape (h, w) by name, from the lowest up.
        fabrics: by the regions' names; a region without one stays open.
        folds: by the regions' names; ``hang`` where none is given.
        grains: how far the fabric is turned, in degrees, by the regions' names; 0 where none is given.

    Returns:
        sRGB with alpha, shape (h, w, 4).

    Raises:
        InputError: no region has a fabric, or one that has is empty.
    """
    named = [name for name in regions if name in fabrics]
    if not named:
        raise InputError(N_("No region of the drawing has a fabric. Give one of them a fabric."))
    shape = regions[named[0]].shape
    pieces = []
    for name in named:
        covered = np.asarray(regions[name], dtype=np.float32)
        box = box_of(covered > 0)
        falls, turned = (folds or {}).get(name, "hang"), (grains or {}).get(name, 0.0)
        pieces.append(Piece(box, covered[box], fabrics[name], falls, turned))
    return dressed((shape[0], shape[1]), pieces, pixels_per_cm, seed)


def dressed(shape: tuple[int, int], pieces: Sequence[Piece], pixels_per_cm: float, seed: int) -> NDArray[np.uint8]:
    """``dress`` for pieces that know their place: sRGB with alpha, (h, w, 4) of this ``shape``."""
    colours = np.zeros((*shape, 3), dtype=np.float32)  # times alpha, so that a layer is one multiplication and one sum
    alpha = np.zeros(shape, dtype=np.float32)
    for index, piece in enumerate(pieces):
        where, dark = _cast(piece, pixels_per_cm, shape)
        colours[where] *= (1 - dark)[..., None]
        laid, hidden = _laid(piece, pixels_per_cm, seed + index)
        colours[piece.box] *= (1 - hidden)[..., None]
        colours[piece.box] += laid * hidden[..., None]
        alpha[piece.box] *= 1 - hidden
        alpha[piece.box] += hidden
    picture = np.empty((*shape, 4), dtype=np.float32)
    np.divide(colours, np.maximum(alpha, 1e-6)[..., None], out=picture[..., :3])
    np.multiply(alpha, 255, out=picture[..., 3])
    np.rint(picture, out=picture)
    return np.clip(picture, 0, 255, out=picture).astype(np.uint8)


def _cast(piece: Piece, pixels_per_cm: float, shape: tuple[int, int]) -> tuple[tuple[slice, slice], Field]:
    """Where a layer throws its shadow, to its lower right, and how dark, 0 to 1: thicker cloth stands higher above
    what is below."""
    import cv2

    far = (0.25 + piece.fabric.about.weight / 1200) * pixels_per_cm
    soft = max(0.7, far)
    room = round(far * 1.2 + 3 * soft) + 1
    (rows, columns) = piece.box
    where = tuple(
        slice(max(0, side.start - room), min(most, side.stop + room))
        for side, most in zip(piece.box, shape, strict=True)
    )
    moved = np.array(
        [[1, 0, columns.start - where[1].start + far], [0, 1, rows.start - where[0].start + far * 1.2]],
        dtype=np.float32,
    )
    size = (where[1].stop - where[1].start, where[0].stop - where[0].start)
    thrown = cv2.warpAffine(piece.inside, moved, size)
    deep = 0.10 if piece.fabric.kind == "lace" else 0.38  # most of the light goes through lace
    return (where[0], where[1]), np.asarray(cv2.GaussianBlur(thrown, (0, 0), soft) * deep, dtype=np.float32)


def forget() -> None:
    """Drop the tiles that were drawn, so that a bench measures drawing them."""
    _tile.cache_clear()
