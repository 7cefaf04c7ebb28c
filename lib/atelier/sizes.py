"""The French women's sizes of the atelier and their girths: one table for figures and garments.

Girths are the women's rows of EN 13402-3 (2004: bust, waist and hip girths at their usual 4, then 6 cm steps). A row
carries the French size whose usual bust it has in trade: 38 is a bust of 88 cm. The standard itself names girths, not
French numbers, and houses differ by a few centimetres. The rows are as reprinted in trade tables; the standard's own
text, which is sold, was not at hand.
"""

from __future__ import annotations

from dataclasses import dataclass

from lib.errors import InputError
from lib.i18n import N_

SIZES = tuple(range(34, 56, 2))
BUST = (80, 84, 88, 92, 96, 100, 104, 110, 116, 122, 128)
WAIST = (64, 68, 72, 76, 80, 84, 88, 94, 100, 106, 112)
HIPS = (88, 92, 96, 100, 104, 108, 112, 117, 122, 127, 132)
NO_SIZE = N_("There is no size {size} here. Choose an even size from 34 to 54.")


@dataclass(frozen=True)
class Girths:
    """Girths of a body in centimetres."""

    bust: float
    waist: float
    hips: float


def girths(size: int) -> Girths:
    """The girths of a size.

    Raises:
        InputError: the size is not an even number from 34 to 54.
    """
    if size not in SIZES:
        raise InputError(NO_SIZE, size=size)
    row = SIZES.index(size)
    return Girths(BUST[row], WAIST[row], HIPS[row])
