"""Colour spaces: sRGB (IEC 61966-2-1), CIE XYZ and CIELAB (CIE 15, 1976) under D65, and CIEDE2000's difference."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating[Any]]

# IEC 61966-2-1: linear sRGB to XYZ, and D65's white point for the 2 degree observer.
_XYZ_FROM_LINEAR = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_LINEAR_FROM_XYZ = np.linalg.inv(_XYZ_FROM_LINEAR)
_WHITE = _XYZ_FROM_LINEAR.sum(axis=1)
_DELTA = 6 / 29


def linear_from_rgb(rgb: ArrayLike) -> Array:
    """Linear light, 0 to 1, of sRGB values 0 to 255, shape (..., 3)."""
    encoded = np.asarray(rgb, dtype=float) / 255
    light: Array = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return light


def rgb_from_linear(light: ArrayLike) -> Array:
    """sRGB values 0 to 255 (not rounded) of linear light, cut to what sRGB can show, shape (..., 3)."""
    held = np.clip(np.asarray(light, dtype=float), 0, 1)
    encoded: Array = np.where(held <= 0.0031308, held * 12.92, 1.055 * held ** (1 / 2.4) - 0.055)
    return encoded * 255


def lab_from_rgb(rgb: ArrayLike) -> Array:
    """CIELAB of sRGB values 0 to 255, shape (..., 3): L* 0 to 100, a*, b*."""
    ratio = linear_from_rgb(rgb) @ _XYZ_FROM_LINEAR.T / _WHITE
    f = np.where(ratio > _DELTA**3, np.cbrt(ratio), ratio / (3 * _DELTA**2) + 4 / 29)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def linear_from_lab(lab: ArrayLike) -> Array:
    """Linear light of CIELAB values, outside 0 to 1 where sRGB cannot show the colour; shape (..., 3)."""
    values = np.asarray(lab, dtype=float)
    y = (values[..., 0] + 16) / 116
    f = np.stack([y + values[..., 1] / 500, y, y - values[..., 2] / 200], axis=-1)
    ratio = np.where(f > _DELTA, f**3, 3 * _DELTA**2 * (f - 4 / 29))
    light: Array = (ratio * _WHITE) @ _LINEAR_FROM_XYZ.T
    return light


def rgb_from_lab(lab: ArrayLike) -> Array:
    """sRGB values 0 to 255 (not rounded) of one CIELAB colour, shape (3,).

    What sRGB cannot show loses chroma, not hue or lightness: the largest chroma that fits is found by bisection.
    """
    wanted = np.asarray(lab, dtype=float)
    fits, beyond = 0.0, 1.0
    if not _shown(wanted):
        for _step in range(24):
            middle = (fits + beyond) / 2
            fits, beyond = (middle, beyond) if _shown(wanted * [1, middle, middle]) else (fits, middle)
        wanted = wanted * [1, fits, fits]
    return rgb_from_linear(linear_from_lab(wanted))


def _shown(lab: Array) -> bool:
    """Whether sRGB can show a CIELAB colour, to within a rounding of 8 bits."""
    light = linear_from_lab(lab)
    return bool((light > -5e-4).all() and (light < 1 + 5e-4).all())


def lch_from_lab(lab: ArrayLike) -> Array:
    """Lightness, chroma and hue angle (degrees, 0 to 360) of CIELAB values, shape (..., 3)."""
    values = np.asarray(lab, dtype=float)
    chroma = np.hypot(values[..., 1], values[..., 2])
    hue = np.degrees(np.arctan2(values[..., 2], values[..., 1])) % 360
    return np.stack([values[..., 0], chroma, hue], axis=-1)


def lab_from_lch(lch: ArrayLike) -> Array:
    """CIELAB of lightness, chroma and hue angle in degrees, shape (..., 3)."""
    values = np.asarray(lch, dtype=float)
    angle = np.radians(values[..., 2])
    return np.stack([values[..., 0], values[..., 1] * np.cos(angle), values[..., 1] * np.sin(angle)], axis=-1)


def difference(first: ArrayLike, second: ArrayLike) -> Array:
    """CIEDE2000 between CIELAB colours, broadcast over shapes (..., 3); 1 is about what an eye just sees.

    Method: Sharma, Wu and Dalal, The CIEDE2000 color-difference formula (2005), with kL = kC = kH = 1.
    """
    one, two = np.broadcast_arrays(np.asarray(first, dtype=float), np.asarray(second, dtype=float))
    mean_seventh = ((np.hypot(one[..., 1], one[..., 2]) + np.hypot(two[..., 1], two[..., 2])) / 2) ** 7
    stretch = 1.5 - 0.5 * np.sqrt(mean_seventh / (mean_seventh + 25.0**7))
    chroma_1, hue_1 = _chroma_and_hue(one, stretch)
    chroma_2, hue_2 = _chroma_and_hue(two, stretch)
    grey = chroma_1 * chroma_2 == 0
    turn = np.where(grey, 0, (hue_2 - hue_1 + 180) % 360 - 180)
    # At exactly half a turn Sharma's rule keeps the sign of the plain difference.
    turn = np.where((turn == -180) & (hue_2 > hue_1), 180, turn)
    mean_hue = np.where(grey, hue_1 + hue_2, _mean_hue(hue_1, hue_2))
    mean_chroma = (chroma_1 + chroma_2) / 2
    wide = 2 * np.sqrt(chroma_1 * chroma_2) * np.sin(np.radians(turn) / 2)
    light_off = ((one[..., 0] + two[..., 0]) / 2 - 50) ** 2
    lightness = (two[..., 0] - one[..., 0]) / (1 + 0.015 * light_off / np.sqrt(20 + light_off))
    chroma = (chroma_2 - chroma_1) / (1 + 0.045 * mean_chroma)
    hue = wide / (1 + 0.015 * mean_chroma * _hue_weight(mean_hue))
    rotation = -_rotation(mean_chroma, mean_hue)
    total: Array = np.sqrt(np.maximum(lightness**2 + chroma**2 + hue**2 + rotation * chroma * hue, 0))
    return total


def _chroma_and_hue(lab: Array, stretch: Array) -> tuple[Array, Array]:
    """Chroma and hue angle with a* stretched, as CIEDE2000 has them."""
    red = lab[..., 1] * stretch
    return np.hypot(red, lab[..., 2]), np.degrees(np.arctan2(lab[..., 2], red)) % 360


def _mean_hue(one: Array, two: Array) -> Array:
    """The middle of two hue angles on the shorter way round."""
    middle = (one + two) / 2
    far = np.abs(one - two) > 180
    mean: Array = np.where(far, np.where(one + two < 360, middle + 180, middle - 180), middle)
    return mean


def _hue_weight(hue: Array) -> Array:
    """CIEDE2000's T."""
    weight: Array = (
        1
        - 0.17 * np.cos(np.radians(hue - 30))
        + 0.24 * np.cos(np.radians(2 * hue))
        + 0.32 * np.cos(np.radians(3 * hue + 6))
        - 0.20 * np.cos(np.radians(4 * hue - 63))
    )
    return weight


def _rotation(chroma: Array, hue: Array) -> Array:
    """CIEDE2000's turn of blue, without its sign."""
    seventh = chroma**7
    spread = 30 * np.exp(-(((hue - 275) / 25) ** 2))
    turn: Array = 2 * np.sqrt(seventh / (seventh + 25.0**7)) * np.sin(np.radians(2 * spread))
    return turn
