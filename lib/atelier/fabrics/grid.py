"""The square that a tile is drawn on: real size, pixels, seeded chance, and what lays a repeat over it.

Everything here wraps round: the right edge is the left one's neighbour. Chance never depends on the number of pixels,
so a tile at twice the resolution is the same cloth seen closer.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.floating[Any]]

#: Cells across beyond which a structure is far below a pixel: its mean is drawn.
FINEST: Final = 4096


@dataclass(frozen=True)
class Grid:
    """A square of ``size_cm`` drawn with ``pixels`` on a side, with its seed."""

    size_cm: float
    pixels: int
    seed: int

    def count(self, scale_cm: float, multiple: int = 1) -> int:
        """How many steps of ``scale_cm`` fit, to the nearest whole ``multiple``: what makes a tile seamless."""
        return multiple * max(1, round(self.size_cm / (scale_cm * multiple)))

    def chance(self, name: str) -> np.random.Generator:
        """Seeded chance for one purpose; two purposes never share their numbers."""
        return np.random.default_rng([self.seed & 0xFFFFFFFF, zlib.crc32(name.encode())])

    def positions(self) -> Field:
        """Middles of the pixels as parts of the side, shape (pixels,)."""
        return ((np.arange(self.pixels) + 0.5) / self.pixels).astype(np.float32)

    def noise(self, rows: int, columns: int, name: str) -> Field:
        """Smooth chance, -1 to 1, with ``rows`` x ``columns`` independent values; shape (pixels, pixels)."""
        values = self.chance(name).uniform(-1, 1, (rows, columns)).astype(np.float32)
        return _smooth(_smooth(values, self.positions() * rows, 0), self.positions() * columns, 1)


def _smooth(values: Field, at: Field, axis: int) -> Field:
    """Values between lattice points along one axis, wrapped, by a smooth step (Perlin, 1985)."""
    count = values.shape[axis]
    below = np.floor(at).astype(np.int64)
    part = at - below
    part = (part * part * (3 - 2 * part)).astype(np.float32)
    part = part[:, None] if axis == 0 else part[None, :]
    first, second = values.take(below % count, axis=axis), values.take((below + 1) % count, axis=axis)
    blended: Field = first + (second - first) * part
    return blended


def resample(image: Field, height: int, width: int) -> Field:
    """A wrapped picture at another size: areas are averaged when it shrinks, values blended when it grows."""
    import cv2

    if height <= image.shape[0] and width <= image.shape[1]:
        if image.shape[:2] == (height, width):
            return image
        return cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32, copy=False)
    grown = _grow(_grow(image, height, 0), width, 1)
    return grown if grown.shape[:2] == (height, width) else resample(grown, height, width)


def _grow(image: Field, length: int, axis: int) -> Field:
    """One axis at a larger length, wrapped; left as it is where it would shrink."""
    count = image.shape[axis]
    if length <= count:
        return image
    at = (np.arange(length) + 0.5) * count / length - 0.5
    below = np.floor(at).astype(np.int64)
    shape = [1] * image.ndim
    shape[axis] = length
    part = (at - below).astype(np.float32).reshape(shape)
    blended: Field = (
        image.take(below % count, axis=axis) * (1 - part) + image.take((below + 1) % count, axis=axis) * part
    )
    return blended


def lay(repeat: Field, down: int, across: int, pixels: int) -> Field:
    """One repeat laid ``down`` x ``across`` times over a square of ``pixels``; no seam, no moiré."""
    if max(down, across) > FINEST:
        mean = repeat.mean(axis=(0, 1), keepdims=True)
        return np.broadcast_to(mean, (pixels, pixels, *repeat.shape[2:])).astype(np.float32)
    small = resample(repeat, ceil(pixels / down), ceil(pixels / across))
    tiled = np.tile(small, (down, across) + (1,) * (repeat.ndim - 2))
    return resample(tiled, pixels, pixels)


def relief(height: Field, strength: float, hollow: float = 0.0) -> Field:
    """Light on a wrapped height map, about 1: from the upper left, and darker by ``hollow`` in the deepest.

    ``strength`` is per height over the map's side, so that it holds at any resolution.
    """
    across = (np.roll(height, -1, 1) - np.roll(height, 1, 1)) * np.float32(height.shape[1] / 2)
    down = (np.roll(height, -1, 0) - np.roll(height, 1, 0)) * np.float32(height.shape[0] / 2)
    slope = np.tanh((across + down) * np.float32(strength))
    low, high = float(height.min()), float(height.max())
    sunk = (height - high) / max(high - low, 1e-6)
    light: Field = 1 + np.float32(0.35) * slope + np.float32(hollow) * sunk
    even = light / light.mean()
    # What is lit most is held back, so that pale colours keep their hue.
    held: Field = np.where(even > 1, 1 + np.float32(0.28) * np.tanh((even - 1) / np.float32(0.28)), even)
    return held


def inside(distance: Field, pixel: float) -> Field:
    """A mask, 0 to 1, of where a signed distance is negative, softened over one ``pixel`` of the same unit."""
    drawn: Field = np.clip(0.5 - distance / np.float32(pixel), 0, 1)
    return drawn


def over(ground: Field, mask: Field, colour: Field) -> Field:
    """``colour``, shape (3,) or (h, w, 3), laid over ``ground``, shape (h, w, 3), where ``mask`` is 1."""
    blended: Field = ground + mask[..., None] * (colour - ground)
    return blended
