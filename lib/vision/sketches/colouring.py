"""A drawing that was coloured in: marker, pencil or wash taken out, so that its lines stand on plain paper again.

Pigment takes light away in some channels and leaves it in others, graphite and ink take it in all: what the channel
that a colour darkens least still lacks, beyond that colour's own share, is line (black top-hat against the local fill).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.vision.sketches.model import Mask

#: A difference in colour (CIELAB) from the paper that no lamp explains.
COLOUR: Final = 17.0
#: From this share of a page on there is colouring; below it a coloured pen is a line like any other.
_SHARE: Final = 0.012
#: Colour that reaches this share of a page's rim is no colouring of a drawing on it.
_RIM: Final = 0.12
#: How far light varies within a fill that a hand laid, as a share of the paper's: a photographed cloth varies more.
FLAT: Final = 0.1
#: A pixel is coloured where its channels differ by this share of the paper's light; its fill is looked at this far
#: around, and varies by this much with the paper's tooth.
_PIGMENT, _AROUND, _TOOTH = 0.12, 0.03, 0.03
#: A slit between two strokes of a marker is narrower than this, in pixels.
_SLIT: Final = 7


@dataclass(frozen=True, eq=False)
class Fill:
    """Where a page is coloured in, (h, w), and its bare paper's light without the colour, (h, w, 3), 0 to 255."""

    where: Mask
    paper: NDArray[np.float32]

    @property
    def share(self) -> float:
        """Of the page."""
        return float(self.where.mean())


def coloured_in(smooth: NDArray[np.float32], paper: NDArray[np.float32]) -> Fill | None:
    """What of a page is coloured in; None where nothing is, or where the page itself or a photo is coloured.

    Args:
        smooth: the page, (h, w, 3), 0 to 255.
        paper: the light of what is wider than any line, likewise.
    """
    import cv2

    small = np.asarray(cv2.resize(paper, (200, 200), interpolation=cv2.INTER_AREA), dtype=np.float32)
    lab = cv2.cvtColor(small / 255, cv2.COLOR_RGB2Lab)
    bright = lab[..., 0] >= np.percentile(lab[..., 0], 55)
    away = np.asarray(np.hypot(*np.moveaxis(lab[..., 1:] - np.median(lab[bright], axis=0)[1:], -1, 0)))
    far = away > COLOUR
    rim = np.concatenate([far[:8].ravel(), far[-8:].ravel(), far[:, :8].ravel(), far[:, -8:].ravel()])
    if far.mean() < _SHARE or rim.mean() > _RIM:
        return None
    near = cv2.dilate((away > 0.35 * COLOUR).astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    bare = _bare(small, near)
    height, width = smooth.shape[:2]
    where = cv2.resize(near.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST) > 0
    return Fill(where, np.asarray(cv2.resize(bare, (width, height)), dtype=np.float32))


def _bare(small: NDArray[np.float32], covered: Mask) -> NDArray[np.float32]:
    """The paper under what covers it: what lies nearest around, drawn on by normalised convolution."""
    import cv2

    seen = np.where(covered, 0.0, 1.0).astype(np.float32)
    found, told = small * 0, seen * 0
    for reach in (4, 10, 25, 60):
        weight = np.asarray(cv2.GaussianBlur(seen, (0, 0), reach), dtype=np.float32)
        blurred = np.asarray(cv2.GaussianBlur(small * seen[..., None], (0, 0), reach), dtype=np.float32)
        there = (weight > 0.02) & (told == 0)
        found = np.where(there[..., None], blurred / np.maximum(weight, 1e-6)[..., None], found)
        told = np.where(there, 1.0, told)
    missing = told == 0
    found[missing] = np.median(small[~covered], axis=0) if (~covered).any() else np.median(small, axis=(0, 1))
    return np.where(covered[..., None], found, small).astype(np.float32)


def without_colour(
    smooth: NDArray[np.float32], fill: Fill, lack_of_all: NDArray[np.float32]
) -> tuple[NDArray[np.float32], float]:
    """How much light the lines take away where a page is coloured in, (h, w), and how uneven the fill is (0 flat).

    In each pixel the channel that lacks least is what a colour leaves of the light; the fill's usual lack around is
    taken off it. Slits that a marker left between two strokes part no line.

    Args:
        smooth: the page, (h, w, 3), 0 to 255.
        fill: where it is coloured in.
        lack_of_all: the light that all channels together lack: what counts where there is no colour.
    """
    import cv2

    lack = 1 - np.clip(smooth / np.maximum(fill.paper, 12), 0, 1.15)
    least = np.asarray(lack.min(axis=2), dtype=np.float32)
    reach = max(9, round(_AROUND * max(least.shape)) | 1)
    near = cv2.dilate(fill.where.astype(np.uint8), np.ones((reach, reach), np.uint8)) > 0
    own = (near & (lack.max(axis=2) - least > _PIGMENT)).astype(np.float32)
    over = np.asarray(cv2.dilate(own, np.ones((5, 5), np.uint8)) > 0)
    if not over.any():
        return lack_of_all, 0.0
    weight = cv2.boxFilter(own, -1, (reach, reach))
    usual = cv2.boxFilter(np.minimum(least, 0.5) * own, -1, (reach, reach)) / np.maximum(weight, 1e-4)
    lines = ((least - usual - _TOOTH) / (1 - usual)).clip(0, 1).astype(np.float32)
    lines = np.asarray(cv2.morphologyEx(lines, cv2.MORPH_CLOSE, np.ones((_SLIT, _SLIT), np.uint8)), dtype=np.float32)
    uneven = float(np.percentile(np.abs((least - usual)[over]), 70))
    return np.where(over, lines, lack_of_all).astype(np.float32), uneven
