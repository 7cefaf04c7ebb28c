"""Body measurements by French women's size (``lib.atelier.sizes``), and the heights at which a body is measured.

Heights are shares of stature after Drillis and Contini (1966, printed in
Winter, Biomechanics and Motor Control of Human Movement, 2009, figure 4.1) for chin, shoulder, hip joint and knee; the
others lie between them as on a dress form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lib.atelier.sizes import SIZES, girths

__all__ = ["FOREARM", "HAND", "HEIGHTS", "SHIN", "SIZES", "THIGH", "UPPER_ARM", "Measures", "half_width", "measures"]

# Share of stature above the floor.
HEIGHTS: Mapping[str, float] = {
    "chin": 0.870, "neck_point": 0.851, "shoulder": 0.820, "underarm": 0.738, "bust": 0.715, "under_bust": 0.680,
    "waist": 0.630, "high_hip": 0.574, "hips": 0.515, "hip_joint": 0.522, "crotch": 0.474, "knee": 0.285,
    "ankle": 0.048,
}  # fmt: skip
UPPER_ARM, FOREARM, HAND = 0.186, 0.146, 0.104
THIGH, SHIN = HEIGHTS["hip_joint"] - HEIGHTS["knee"], HEIGHTS["knee"] - HEIGHTS["ankle"]


@dataclass(frozen=True)
class Measures:
    """A body in centimetres: stature and girths."""

    size: int
    stature: float
    bust: float
    waist: float
    hips: float

    @property
    def step(self) -> float:
        """Sizes above 38."""
        return (self.size - 38) / 2

    @property
    def shoulder(self) -> float:
        """Half the width over both shoulder tips; bone grows much less than girth."""
        return self.stature * 0.1025 + 0.40 * self.step

    @property
    def upper_arm(self) -> float:
        """Girth of the upper arm."""
        return 27.0 + 1.35 * self.step

    @property
    def wrist(self) -> float:
        """Girth of the wrist."""
        return 15.6 + 0.28 * self.step

    @property
    def thigh(self) -> float:
        """Girth of the thigh, about 57% of the hips'."""
        return self.hips * 0.57

    def height_of(self, level: str) -> float:
        """Height above the floor of a level of ``HEIGHTS``, standing upright."""
        return self.stature * HEIGHTS[level]


def half_width(girth: float, depth_to_width: float) -> float:
    """Half the width, seen from the front, of an ellipse of this girth (Ramanujan's approximation of 1914)."""
    k = depth_to_width
    h = ((1 - k) / (1 + k)) ** 2
    return float(girth / (np.pi * (1 + k) * (1 + 3 * h / (10 + np.sqrt(4 - 3 * h)))))


def measures(size: int, stature: float = 170.0) -> Measures:
    """The body of a size.

    Raises:
        InputError: the size is not an even number from 34 to 54.
    """
    girth = girths(size)
    return Measures(size, stature, girth.bust, girth.waist, girth.hips)
