"""Shading that makes a flat read as cloth: folds, the rounding at edges, gloss, by the weight and fall of the fabric.

A region of a flat is a mask. ``shade`` gives the light on it, the gloss, and how far folds shift what is printed;
``lay`` cuts a fabric to the region with them; ``dress`` does so for all regions of a flat, each over the ones before.

The picture is a draughtsman's convention (light from the upper left, folds that hang from where the cloth is held and
open towards the hem), not a simulation of cloth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.fabrics import Fabric, Kind, natural_size, open_tile
from lib.atelier.folds import Field, Folds, Mask, fold_height
from lib.errors import InputError
from lib.i18n import N_

#: Folds are smooth: beyond this many pixels on the longer side their light is drawn smaller and enlarged.
_WORKING: Final = 420
#: Centimetres that a slope of 1 pulls a pattern sideways.
_PULL: Final = 0.8
#: From this value on (of 255) light is held back, and how slowly it then nears white.
_KNEE: Final = 224.0
_SLOW: Final = 0.75
#: How much of its contrast a structure keeps where it is drawn larger than life.
_ENLARGED: Final = 0.42
#: Pixels from thread to thread, or in a repeat, that an eye needs to know the cloth by its structure.
_READABLE: Final = {
    "twill": 2.6,
    "denim": 2.6,
    "tweed": 2.8,
    "linen": 2.4,
    "jersey": 5.0,
    "rib_knit": 3.5,
    "corduroy": 6.0,
    "boucle": 6.0,
    "sequins": 7.0,
    "lace": 110.0,
    "cable_knit": 70.0,
}


_THREADS: Final = ("twill", "denim", "tweed", "linen", "jersey")


@dataclass(frozen=True)
class Shade:
    """Light on a region, each (h, w): ``light`` multiplies colours, ``gloss`` is added (0 to 255), ``shift`` is how
    many pixels across a fold moves the pattern."""

    light: Field
    gloss: Field
    shift: Field


def shade(
    mask: Mask, pixels_per_cm: float, kind: Kind, *, folds: Folds = "hang", seed: int = 0, depth: float = 1.0
) -> Shade:
    """The light on a region of cloth.

    Args:
        mask: shape (h, w), True inside.
        pixels_per_cm: resolution.
        kind: the fabric's; light and fluid cloth falls in many fine folds, heavy and stiff cloth in few broad ones.
        folds: how the cloth falls.
        depth: how strong folds and edges are, 1 as drawn by default, 0 flat.

    Raises:
        InputError: the region is empty.
    """
    _box(mask)
    # A margin, so that the edges of the array are never the edges of the cloth.
    room = np.pad(mask, 2)
    shrink = min(1.0, _WORKING / max(room.shape))
    small = _resized(room.astype(np.float32), _shape(room, shrink)) > 0.5 if shrink < 1 else room
    small = small if small.any() else np.ones_like(small)
    scale = pixels_per_cm * shrink
    height = fold_height(small, scale, kind, folds, seed) * np.float32(depth)
    light, gloss = _lit(small, height, scale, kind, depth)
    slope = np.gradient(height, 1 / scale, axis=1) * np.float32(_PULL * pixels_per_cm)
    enlarged = [_resized(field, room.shape)[2:-2, 2:-2] for field in (light, gloss, slope)]
    return Shade(enlarged[0], np.maximum(enlarged[1], 0), enlarged[2])


def _shape(mask: Mask, shrink: float) -> tuple[int, int]:
    return max(1, round(mask.shape[0] * shrink)), max(1, round(mask.shape[1] * shrink))


def _resized(field: Field, shape: tuple[int, ...]) -> Field:
    import cv2

    if field.shape == shape:
        return field.astype(np.float32)
    way = cv2.INTER_AREA if shape[0] < field.shape[0] else cv2.INTER_CUBIC
    return cv2.resize(field.astype(np.float32), (shape[1], shape[0]), interpolation=way).astype(np.float32)


def _lit(mask: Mask, height: Field, scale: float, kind: Kind, depth: float) -> tuple[Field, Field]:
    """Light and gloss on a height map: Lambert's law, Blinn's highlight (1977), the rounding at the region's edge."""
    import cv2

    edge = _edge(mask) / np.float32(scale)
    thick = np.float32(0.5 + kind.weight / 500)
    soft = cv2.GaussianBlur(height, (0, 0), max(0.6, 0.18 * scale))
    surface = soft + np.float32(0.8 * depth) * thick * _rounded(mask, scale, float(thick))
    down, across = np.gradient(surface, 1 / scale)
    length = np.sqrt(across**2 + down**2 + 1)
    facing = (0.46 * across + 0.34 * down + 0.82) / length
    light = 0.34 + 0.81 * facing
    valley = soft - cv2.GaussianBlur(soft, (0, 0), max(1.0, 1.6 * scale))
    light = light + np.clip(valley * 0.42, -0.34, 0.10)
    light = 1 + (light - 1) * np.float32(1 + 0.7 * kind.shine)  # what shines has deeper shade beside its lights
    light *= 1 - np.float32(0.20 * depth) * np.exp(-edge / 0.9)
    highlight = np.clip((0.25 * across + 0.19 * down + 0.95) / length, 0, 1) ** (10 + 50 * kind.shine)
    flat = np.float32(0.95 ** (10 + 50 * kind.shine))
    gloss = 190 * kind.shine * np.maximum(highlight - flat, 0) * min(1.0, depth)
    gloss = gloss * (1 - np.exp(-np.maximum(edge, 0) / 0.6))
    return light.clip(0.25, 1.35).astype(np.float32), gloss.astype(np.float32)


def _rounded(mask: Mask, scale: float, thick: float) -> Field:
    """How a piece rounds away at its edges, 0 to 1, shape (h, w).

    Blurred outlines instead of the distance to the edge: a distance has ridges in the middle of a piece, and what is
    lit by it looks cut like a stone.
    """
    import cv2

    solid = mask.astype(np.float32)
    near, far = (cv2.GaussianBlur(solid, (0, 0), max(0.6, reach * thick * scale)) for reach in (0.45, 1.3))
    return np.asarray(0.55 * near + 0.45 * far, dtype=np.float32)


def _edge(mask: Mask) -> Field:
    """Pixels to the region's edge, shape (h, w), negative outside, so that the light has no step at the edge."""
    import cv2

    padded = np.pad(mask, 1).astype(np.uint8)
    within = cv2.distanceTransform(padded, cv2.DIST_L2, 5) - cv2.distanceTransform(1 - padded, cv2.DIST_L2, 5)
    return np.maximum(cv2.GaussianBlur(within, (0, 0), 1.2), -1.5)[1:-1, 1:-1].astype(np.float32)


def readable(fabric: Fabric, pixels_per_cm: float) -> Fabric:
    """The same fabric with its structure as large as an eye needs at this resolution, as a sketch exaggerates a weave.

    Only what is smaller than that is enlarged; prints, and cloths known by their sheen, keep their real scale.
    """
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
    box = _box(covered > 0)
    part = covered[box]
    solid = part >= 0.5
    light = shade(solid if solid.any() else part > 0, pixels_per_cm, fabric.about, folds=folds, seed=seed, depth=depth)
    drawn = _tile(fabric, pixels_per_cm, real_scale)
    cloth = _read(drawn, box, light.shift, grain)
    colours = _held(cloth[..., :3] * light.light[..., None] + light.gloss[..., None])
    whole = np.dstack([colours.clip(0, 255), cloth[..., 3] * part]).round().astype(np.uint8)
    cut = np.zeros((*covered.shape, 4), dtype=np.uint8)
    cut[box] = np.where(part[..., None] > 0, whole, 0)
    return cut


def _held(colours: Field) -> Field:
    """Colours whose brightest channel nears white held back, hue kept, as film does: folds stay visible in white."""
    most = colours.max(axis=-1, keepdims=True)
    room = np.float32(255 - _KNEE)
    over = np.maximum(most - _KNEE, 0)
    held: Field = colours * np.where(over > 0, (_KNEE + room * over / (over + room * _SLOW)) / np.maximum(most, 1), 1)
    return held


def _read(drawn: NDArray[np.uint8], box: tuple[slice, slice], shift: Field, grain: float) -> Field:
    """A tile laid over a box of the picture, moved by folds and turned by the grain; shape (h, w, 4)."""
    import cv2

    down = np.arange(box[0].start, box[0].stop, dtype=np.float32)[:, None]
    across = np.arange(box[1].start, box[1].stop, dtype=np.float32)[None, :] + shift
    cosine, sine = np.cos(np.radians(grain)), np.sin(np.radians(grain))
    at_x = ((across * cosine + down * sine) % drawn.shape[1]).astype(np.float32)
    at_y = ((down * cosine - across * sine) % drawn.shape[0]).astype(np.float32)
    return cv2.remap(drawn, at_x, at_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP).astype(np.float32)


def _box(mask: Mask) -> tuple[slice, slice]:
    """The rows and columns that a region lies in.

    Raises:
        InputError: the region is empty.
    """
    if mask.ndim != 2 or not mask.any():
        raise InputError(N_("There is nothing to shade: the region is empty. Choose a region of the drawing."))
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


@lru_cache(maxsize=48)
def _tile(asked: Fabric, pixels_per_cm: float, real_scale: bool) -> NDArray[np.uint8]:
    """A tile of about 1,000 pixels or fewer to cut regions from: the same for all regions, so that a print runs on."""
    fabric = asked if real_scale else readable(asked, pixels_per_cm)
    size = min(max(natural_size(fabric), 640 / pixels_per_cm), 1100 / pixels_per_cm)
    drawn = open_tile(fabric, pixels_per_cm, max(1, round(size / fabric.scale)) * fabric.scale)
    if fabric is not asked and fabric.kind in _THREADS:
        drawn = _softened(drawn, fabric.scale * pixels_per_cm)
    drawn.setflags(write=False)
    return drawn


def _softened(drawn: NDArray[np.uint8], thread: float) -> NDArray[np.uint8]:
    """A tile with less contrast from thread to thread: a weave drawn larger than life must not look like a stripe."""
    import cv2

    pad = max(4, round(4 * thread))
    wrapped = np.pad(drawn[..., :3].astype(np.float32), ((pad, pad), (pad, pad), (0, 0)), mode="wrap")
    smooth = cv2.GaussianBlur(wrapped, (0, 0), 1.4 * thread)[pad:-pad, pad:-pad]
    mixed = smooth + np.float32(_ENLARGED) * (drawn[..., :3] - smooth)
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
    picture = np.zeros((*shape, 4), dtype=np.float32)
    for index, name in enumerate(named):
        falls = (folds or {}).get(name, "hang")
        turned = (grains or {}).get(name, 0.0)
        cut = lay(regions[name], fabrics[name], pixels_per_cm, folds=falls, seed=seed + index, grain=turned)
        picture[..., :3] *= 1 - _cast(regions[name], pixels_per_cm, fabrics[name].about)[..., None]
        picture = _composed(picture, cut.astype(np.float32))
    return picture.round().clip(0, 255).astype(np.uint8)


def _cast(mask: Mask | Field, pixels_per_cm: float, kind: Kind) -> Field:
    """The shadow that a layer throws to its lower right, 0 to 1: thicker cloth stands higher above what is below."""
    import cv2

    far = (0.25 + kind.weight / 1200) * pixels_per_cm
    moved = np.array([[1, 0, far], [0, 1, far * 1.2]], dtype=np.float32)
    thrown = cv2.warpAffine(mask.astype(np.float32), moved, (mask.shape[1], mask.shape[0]))
    return np.asarray(cv2.GaussianBlur(thrown, (0, 0), max(0.7, far)) * 0.38, dtype=np.float32)


def _composed(under: Field, upper: Field) -> Field:
    """One picture over another, both with alpha, 0 to 255 (Porter and Duff, 1984)."""
    alpha, beneath = upper[..., 3:] / 255, under[..., 3:] / 255
    total = alpha + beneath * (1 - alpha)
    colour = (upper[..., :3] * alpha + under[..., :3] * beneath * (1 - alpha)) / np.maximum(total, 1e-6)
    return np.concatenate([colour, total * 255], axis=-1)
