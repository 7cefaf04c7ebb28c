"""How colours are seen: luminance and contrast, and what colour-blind people see of them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lib.atelier.colours.spaces import linear_from_rgb, rgb_from_linear
from lib.errors import InputError
from lib.i18n import N_

#: Machado, Oliveira and Fernandes, A physiologically-based model for simulation of color vision deficiency (2009),
#: on linear sRGB: severity 0.5 (an anomalous cone) and 1.0 (a missing cone).
_MATRICES: Final[dict[str, list[list[float]]]] = {
    "protanomaly": [[0.458064, 0.679578, -0.137642], [0.092785, 0.846313, 0.060902], [-0.007494, -0.016807, 1.024301]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranomaly": [
        [0.547494, 0.607765, -0.155259],
        [0.181692, 0.781742, 0.036566],
        [-0.010410, 0.027275, 0.983136],
    ],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanomaly": [[1.017277, 0.027029, -0.044306], [-0.006113, 0.958479, 0.047634], [0.006379, 0.248708, 0.744913]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}

#: Kinds of colour blindness that can be simulated, with what a person reads.
VISIONS: Final[dict[str, str]] = {
    "protanomaly": N_("weak red cones (protanomaly)"),
    "protanopia": N_("no red cones (protanopia)"),
    "deuteranomaly": N_("weak green cones (deuteranomaly)"),
    "deuteranopia": N_("no green cones (deuteranopia)"),
    "tritanomaly": N_("weak blue cones (tritanomaly)"),
    "tritanopia": N_("no blue cones (tritanopia)"),
}


def luminance(rgb: ArrayLike) -> NDArray[np.float64]:
    """WCAG 2.2's relative luminance, 0 to 1, of sRGB values 0 to 255, shape (..., 3)."""
    light: NDArray[np.float64] = linear_from_rgb(rgb) @ np.array([0.2126, 0.7152, 0.0722])
    return light


def contrast(first: ArrayLike, second: ArrayLike) -> float:
    """WCAG 2.2's contrast ratio of two sRGB colours (0 to 255), 1 to 21."""
    bright, dark = sorted((float(luminance(first)), float(luminance(second))), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def passes_contrast(first: ArrayLike, second: ArrayLike, *, large: bool = False) -> bool:
    """Whether text in one colour on the other reaches WCAG 2.2's level AA: 4.5, or 3 for ``large`` text."""
    return contrast(first, second) >= (3.0 if large else 4.5)


def simulate(rgb: ArrayLike, vision: str) -> NDArray[np.uint8]:
    """What a person with ``vision`` (a key of ``VISIONS``) sees of sRGB values 0 to 255, shape (..., 3).

    Raises:
        InputError: no such kind of colour blindness.
    """
    if vision not in _MATRICES:
        raise InputError(
            N_("'{vision}' is not a kind of colour blindness that is known here. Choose one of: {known}."),
            vision=vision,
            known=", ".join(_MATRICES),
        )
    seen = linear_from_rgb(rgb) @ np.array(_MATRICES[vision]).T
    return np.rint(rgb_from_linear(seen)).astype(np.uint8)
