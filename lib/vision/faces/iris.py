"""Where an iris ends against the white of the eye: the strongest step of brightness along arcs left and right of it.

After Daugman's integro-differential operator (1993), on the two sectors that lids leave free. Smoothed over a tenth of
the radius, placed between pixels by a parabola; on light and not on the picture's coded values, whose steepest step
lies nearer to the dark side.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]
SECTOR = np.radians(np.linspace(-32, 32, 33))
RADII = np.linspace(0.62, 1.45, 84)
LEAST = 4.0  # pixels of radius below which the picture says nothing that the model doesn't


def edges(pixels: Pixels, centre: Array, radius: float) -> tuple[Array, Array, Array]:
    """(left edge, right edge, centre) of the iris near ``centre``, in pixels; as guessed where it is too small."""
    guess = np.asarray(centre, dtype=float)
    if radius < LEAST:
        return guess - np.array([radius, 0.0]), guess + np.array([radius, 0.0]), guess
    grey = (pixels.astype(float) / 255) ** 2.2 @ np.array([0.30, 0.55, 0.15])
    for _again in range(3):
        left = _step(grey, guess, radius, np.pi)
        right = _step(grey, guess, radius, 0.0)
        guess = guess + np.array([(right - left) / 2, 0.0])
        radius = (left + right) / 2
    return guess - np.array([radius, 0.0]), guess + np.array([radius, 0.0]), guess


def _step(grey: Array, centre: Array, radius: float, towards: float) -> float:
    """The distance from the centre at which it becomes bright most steeply."""
    angle = towards + SECTOR
    r = RADII * radius
    x = centre[0] + r[:, None] * np.cos(angle)[None]
    y = centre[1] + r[:, None] * np.sin(angle)[None]
    profile = np.median(_sampled(grey, x, y), axis=1)
    smooth = np.convolve(np.pad(profile, 6, mode="edge"), np.ones(7) / 7, mode="same")[6:-6]
    rise = np.gradient(smooth)
    rise[:4] = rise[-4:] = -np.inf
    at = int(np.argmax(rise))
    if not 5 <= at < len(rise) - 5:
        return radius
    a, b, c = rise[at - 1], rise[at], rise[at + 1]
    shift = 0.0 if a - 2 * b + c == 0 else 0.5 * (a - c) / (a - 2 * b + c)
    return float(np.interp(at + np.clip(shift, -1, 1), np.arange(len(r)), r))


def _sampled(grey: Array, x: Array, y: Array) -> Array:
    """Values between pixels (bilinear); beyond the edge the edge's own. A pixel's centre lies at half."""
    h, w = grey.shape
    x, y = np.clip(x - 0.5, 0, w - 1.001), np.clip(y - 0.5, 0, h - 1.001)
    i, j = y.astype(int), x.astype(int)
    fy, fx = y - i, x - j
    top = grey[i, j] * (1 - fx) + grey[i, np.minimum(j + 1, w - 1)] * fx
    below = np.minimum(i + 1, h - 1)
    bottom = grey[below, j] * (1 - fx) + grey[below, np.minimum(j + 1, w - 1)] * fx
    value: Array = top * (1 - fy) + bottom * fy
    return value
