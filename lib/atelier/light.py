"""The light on a region of cloth: folds, the rounding at edges, gloss, by the weight and fall of the fabric."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from lib.atelier.fabrics import Kind
from lib.atelier.folds import Field, Folds, Mask, fold_height
from lib.errors import InputError
from lib.i18n import N_

#: Folds are smooth: beyond this many pixels on the longer side their light is drawn smaller and enlarged.
_WORKING: Final = 420
#: Centimetres that a slope of 1 pulls a pattern sideways.
_PULL: Final = 0.8


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
    box_of(mask)
    # A margin, so that the edges of the array are never the edges of the cloth.
    room = np.pad(mask, 2)
    shrink = min(1.0, _WORKING / max(room.shape))
    small = _resized(room.view(np.uint8) * np.float32(1), _shape(room, shrink)) > 0.5 if shrink < 1 else room
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
    if kind.pile:
        nap = _nap(mask, np.hypot(across, down), edge, scale) * np.float32(kind.pile)
        light = light + np.float32(kind.pile) * (0.66 + 0.35 * (light - 1) - light) + 0.85 * nap
        gloss = gloss + 62 * nap
    return light.clip(0.25, 1.35).astype(np.float32), gloss.astype(np.float32)


def _nap(mask: Mask, slope: Field, edge: Field, scale: float) -> Field:
    """Light that pile sends from where its hairs are seen from their side, 0 to about 1: the flanks of folds, the body
    turning away, the very edge (asperity scattering: Koenderink and Pont, 2003)."""
    import cv2

    flank = 1 - 1 / np.sqrt(1 + (2.6 * slope) ** 2)
    body = np.maximum(1 - cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 2.2 * scale), 0)
    rim = np.exp(-np.maximum(edge, 0) / 0.35)
    return np.asarray(0.9 * flank + 0.8 * body**1.5 + 0.2 * rim, dtype=np.float32)


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


def box_of(mask: Mask) -> tuple[slice, slice]:
    """The rows and columns that a region lies in.

    Raises:
        InputError: the region is empty.
    """
    if mask.ndim != 2 or not mask.any():
        raise InputError(N_("There is nothing to shade: the region is empty. Choose a region of the drawing."))
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
