"""Shading that makes a flat read as cloth: folds, the rounding at edges, gloss, by the weight and fall of the fabric.

A region of a flat is a mask. ``shade`` gives the light on it, the gloss, and how far folds shift what is printed;
``lay`` cuts a fabric to the region with them; ``dress`` does so for all regions of a flat, each over the ones before.

The picture is a draughtsman's convention (light from the upper left, folds that hang from where the cloth is held and
open towards the hem), not a simulation of cloth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from lib.atelier.fabrics import Fabric, Kind, cover, natural_size, tile
from lib.errors import InputError
from lib.i18n import N_

Field = NDArray[np.float32]
Mask = NDArray[np.bool_]
#: How a region's cloth falls: hanging free (skirt, sleeve, coat), lying close (bodice, collar), or without folds.
Folds = Literal["hang", "close", "none"]

#: Folds are smooth: beyond this many pixels on the longer side their light is drawn smaller and enlarged.
_WORKING: Final = 420
#: Pixels from thread to thread under which an eye sees no weave.
_READABLE: Final = 4.5


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
    if mask.ndim != 2 or not mask.any():
        raise InputError(N_("There is nothing to shade: the region is empty. Choose a region of the drawing."))
    shrink = min(1.0, _WORKING / max(mask.shape))
    small = _resized(mask.astype(np.float32), _shape(mask, shrink)) > 0.5 if shrink < 1 else mask
    small = small if small.any() else np.ones_like(small)
    scale = pixels_per_cm * shrink
    height = _folds(small, scale, kind, folds, seed) * np.float32(depth)
    light, gloss = _lit(small, height, scale, kind, depth)
    slope = np.gradient(height, axis=1) * np.float32(scale * 0.5 / shrink)
    enlarged = [_resized(field, mask.shape) for field in (light, gloss, slope)]
    return Shade(*enlarged)


def _shape(mask: Mask, shrink: float) -> tuple[int, int]:
    return max(1, round(mask.shape[0] * shrink)), max(1, round(mask.shape[1] * shrink))


def _resized(field: Field, shape: tuple[int, ...]) -> Field:
    import cv2

    if field.shape == shape:
        return field.astype(np.float32)
    way = cv2.INTER_AREA if shape[0] < field.shape[0] else cv2.INTER_CUBIC
    return cv2.resize(field.astype(np.float32), (shape[1], shape[0]), interpolation=way).astype(np.float32)


def _folds(mask: Mask, scale: float, kind: Kind, folds: Folds, seed: int) -> Field:
    """Height of the cloth's folds in centimetres, shape (h, w)."""
    chance = np.random.default_rng([seed & 0xFFFFFFFF, 7])
    if folds == "none":
        return np.zeros(mask.shape, dtype=np.float32)
    across, down, widths = _inside(mask)
    broad = (3.0 + 6.0 * (1 - kind.fall)) * (0.85 + kind.weight / 2000)
    count = int(np.clip(round(widths.max() / scale / broad), 2, 16))
    flare = float(np.clip(widths[-max(1, len(widths) // 12) :].mean() / max(1.0, np.median(widths)), 0.7, 1.6))
    tall = {"hang": 0.55 * flare, "close": 0.16}[folds] * (0.45 + 0.75 * kind.fall)
    height = np.zeros(mask.shape, dtype=np.float32)
    places = (np.arange(count) + 0.5 + chance.uniform(-0.35, 0.35, count)) / count
    for place, size, start, drift in zip(
        places,
        chance.uniform(0.55, 1.15, count),
        chance.uniform(0, 0.45, count),
        chance.normal(0, 0.025, count),
        strict=True,
    ):
        rise = np.clip((down - start) / (1.05 - start), 0, 1) ** (1.1 if folds == "hang" else 0.4)
        spread = (0.30 + 0.22 * rise) / count
        off = (across - place - drift * down) / spread
        height += (np.exp(-off * off) * rise * size).astype(np.float32)
    return (height * np.float32(tall * broad * 0.34) + _creases(mask, scale, kind, folds, chance)).astype(np.float32)


def _inside(mask: Mask) -> tuple[Field, Field, Field]:
    """Places across (0 to 1 between each row's ends) and down the region, (h, w) each, and its rows' widths."""
    filled = np.flatnonzero(mask.any(axis=1))
    rows = np.arange(mask.shape[0]).clip(filled[0], filled[-1])
    rows = filled[np.searchsorted(filled, rows).clip(0, len(filled) - 1)]
    left = mask.argmax(axis=1)[rows].astype(np.float32)
    right = (mask.shape[1] - mask[:, ::-1].argmax(axis=1))[rows].astype(np.float32)
    left, right = _smoothed(left), _smoothed(right)
    across = (np.arange(mask.shape[1])[None, :] + 0.5 - left[:, None]) / np.maximum(right - left, 1)[:, None]
    down = (np.arange(mask.shape[0]) - filled[0]) / max(1, filled[-1] - filled[0])
    down_field = np.broadcast_to(down.astype(np.float32)[:, None], mask.shape)
    widths = (right - left)[filled[0] : filled[-1] + 1]
    return across.astype(np.float32), down_field, widths


def _smoothed(line: Field) -> Field:
    """A line without the steps of notches and corners: folds do not jump."""
    width = max(3, len(line) // 12) | 1
    padded = np.pad(line, width // 2, mode="edge")
    return np.convolve(padded, np.ones(width) / width, mode="valid").astype(np.float32)


def _creases(mask: Mask, scale: float, kind: Kind, folds: Folds, chance: np.random.Generator) -> Field:
    """Small slanting creases, in centimetres: sharper in stiff cloth, softer in fluid cloth."""
    rows, columns = (max(2, round(side / scale / step)) for side, step in zip(mask.shape, (3.2, 7.0), strict=True))
    coarse = chance.uniform(-1, 1, (rows + 3, columns + 3)).astype(np.float32)
    down, across = np.mgrid[: mask.shape[0], : mask.shape[1]].astype(np.float32)
    slanted = (down + 0.45 * across) / (mask.shape[0] + 0.45 * mask.shape[1])
    import cv2

    noise = cv2.remap(coarse, across / mask.shape[1] * columns + 1, slanted * rows + 1, cv2.INTER_CUBIC)
    ridged = (1 - np.abs(noise)) if kind.fall < 0.35 else noise
    amount = {"hang": 0.10, "close": 0.16, "none": 0.0}[folds]
    return np.asarray(ridged * np.float32(amount), dtype=np.float32)


def _lit(mask: Mask, height: Field, scale: float, kind: Kind, depth: float) -> tuple[Field, Field]:
    """Light and gloss on a height map: Lambert's law, Blinn's highlight (1977), the rounding at the region's edge."""
    import cv2

    padded = np.pad(mask, 1).astype(np.uint8)
    edge = cv2.distanceTransform(padded, cv2.DIST_L2, 5)[1:-1, 1:-1].astype(np.float32) / np.float32(scale)
    thick = np.float32(0.5 + kind.weight / 500)
    bulge = thick * (1 - np.exp(-edge / (thick * 1.1)))
    soft = cv2.GaussianBlur(height, (0, 0), max(0.6, 0.18 * scale))
    surface = soft + np.float32(0.55 * depth) * bulge
    down, across = np.gradient(surface, 1 / scale)
    length = np.sqrt(across**2 + down**2 + 1)
    facing = (0.46 * across + 0.34 * down + 0.82) / length
    light = 0.50 + 0.61 * facing
    valley = soft - cv2.GaussianBlur(soft, (0, 0), max(1.0, 1.6 * scale))
    light = light + np.clip(valley * 0.24, -0.24, 0.08)
    light *= 1 - np.float32(0.20 * depth) * np.exp(-edge / 0.9)
    highlight = np.clip((0.25 * across + 0.19 * down + 0.95) / length, 0, 1) ** (10 + 50 * kind.shine)
    flat = np.float32(0.95 ** (10 + 50 * kind.shine))
    gloss = 150 * kind.shine * np.maximum(highlight - flat, 0) * min(1.0, depth)
    return light.clip(0.25, 1.35).astype(np.float32), gloss.astype(np.float32)


def readable(fabric: Fabric, pixels_per_cm: float) -> Fabric:
    """The same fabric with its structure as large as an eye needs at this resolution, as a sketch exaggerates a weave.

    Only what is smaller than that is enlarged; prints and large motifs keep their real scale.
    """
    least = _READABLE / pixels_per_cm
    return fabric if fabric.scale >= least or fabric.about.family == "print" else replace(fabric, scale_cm=least)


def lay(
    mask: Mask,
    fabric: Fabric,
    pixels_per_cm: float,
    *,
    folds: Folds = "hang",
    seed: int = 0,
    depth: float = 1.0,
    real_scale: bool = False,
) -> NDArray[np.uint8]:
    """A region cut from a fabric and shaded.

    Args:
        mask: shape (h, w), True inside.
        fabric: what it is cut from.
        pixels_per_cm: resolution of the mask.
        real_scale: keep even a weave that is too fine to be seen at its real size.

    Returns:
        sRGB with alpha, shape (h, w, 4); transparent outside, and where lace is open.

    Raises:
        InputError: the region is empty.
    """
    light = shade(mask, pixels_per_cm, fabric.about, folds=folds, seed=seed, depth=depth)
    cloth = fabric if real_scale else readable(fabric, pixels_per_cm)
    size = min(max(natural_size(cloth), 8 * cloth.scale), max(1024 / pixels_per_cm, cloth.scale))
    size = max(1, round(size / cloth.scale)) * cloth.scale
    drawn = tile(cloth, pixels_per_cm, size, seed)
    down, across = np.mgrid[: mask.shape[0], : mask.shape[1]]
    moved = (across + np.rint(light.shift).astype(np.int64)) % len(drawn)
    down = down % len(drawn)
    colours = drawn[down, moved] * light.light[..., None] + light.gloss[..., None]
    alpha = mask.astype(np.float32)
    if fabric.kind == "lace":
        alpha = alpha * cover(cloth, pixels_per_cm, size, seed)[down, moved]
    return np.dstack([colours.clip(0, 255), alpha * 255]).round().astype(np.uint8)


def dress(
    regions: Mapping[str, Mask],
    fabrics: Mapping[str, Fabric],
    pixels_per_cm: float,
    *,
    folds: Mapping[str, Folds] | None = None,
    seed: int = 0,
) -> NDArray[np.uint8]:
    """All regions of a flat in their fabrics, each over the ones before it, with the shadow that it casts on them.

    Args:
        regions: masks of one shape (h, w) by name, from the lowest up.
        fabrics: by the regions' names; a region without one stays open.
        folds: by the regions' names; ``hang`` where none is given.

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
        cut = lay(regions[name], fabrics[name], pixels_per_cm, folds=falls, seed=seed + index).astype(np.float32)
        picture[..., :3] *= 1 - _cast(regions[name], pixels_per_cm, fabrics[name].about)[..., None]
        picture = _composed(picture, cut)
    return picture.round().clip(0, 255).astype(np.uint8)


def _cast(mask: Mask, pixels_per_cm: float, kind: Kind) -> Field:
    """The shadow that a layer throws to its lower right, 0 to 1: thicker cloth stands higher above what is below."""
    import cv2

    far = (0.25 + kind.weight / 1200) * pixels_per_cm
    moved = np.float32([[1, 0, far], [0, 1, far * 1.2]])
    thrown = cv2.warpAffine(mask.astype(np.float32), moved, (mask.shape[1], mask.shape[0]))
    return np.asarray(cv2.GaussianBlur(thrown, (0, 0), max(0.7, far)) * 0.38, dtype=np.float32)


def _composed(under: Field, upper: Field) -> Field:
    """One picture over another, both with alpha, 0 to 255 (Porter and Duff, 1984)."""
    alpha, beneath = upper[..., 3:] / 255, under[..., 3:] / 255
    total = alpha + beneath * (1 - alpha)
    colour = (upper[..., :3] * alpha + under[..., :3] * beneath * (1 - alpha)) / np.maximum(total, 1e-6)
    return np.concatenate([colour, total * 255], axis=-1)
