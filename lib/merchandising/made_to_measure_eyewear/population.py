"""How adult faces are spread, where nothing about a person is known: what one size for all is cut to.

Pupils: men 64.67 (standard deviation 3.71) and women 62.31 (3.60) mm in the US Army's survey of 1988, as Dodgson (2004)
reports them. Breadth across the cheekbones: men 143.5 (6.9), women 135.1 (6.5) mm in the survey of respirator users of
Zhuang and Bradtmiller (2005), rounded; the face beside the eyes is taken to be as broad. Iris: 11.71 (0.42) mm (Rüfer,
Schröder and Erb, 2005). For the nose between a frame's pads and for the way back to the ear we know no survey of this
kind: 18 (2) and 100 (5) mm are assumptions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """Mean and standard deviation of a measurement, in millimetres."""

    mean: float
    deviation: float


def _both(men: Spread, women: Spread) -> Spread:
    """As many women as men together."""
    mean = (men.mean + women.mean) / 2
    inside = (men.deviation**2 + women.deviation**2) / 2
    return Spread(mean, math.sqrt(inside + ((men.mean - women.mean) / 2) ** 2))


MEN: Mapping[str, Spread] = {"pd": Spread(64.67, 3.71), "width": Spread(143.5, 6.9)}
WOMEN: Mapping[str, Spread] = {"pd": Spread(62.31, 3.60), "width": Spread(135.1, 6.5)}
ADULTS: Mapping[str, Spread] = {
    "pd": _both(MEN["pd"], WOMEN["pd"]),
    "width": _both(MEN["width"], WOMEN["width"]),
    "nose": Spread(18.0, 2.0),
    "ear": Spread(100.0, 5.0),
    "iris": Spread(11.71, 0.42),
    "eye_height": Spread(9.0, 2.0),
}
