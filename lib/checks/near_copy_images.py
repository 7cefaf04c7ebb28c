"""Near-copies of pictures: the same picture resized, cropped, coloured anew, mirrored or written over.

Method: perceptual hashes, compared by Hamming distance. pHash keeps the signs of the lowest frequencies of a cosine
transform (Zauner, 2010, Implementation and benchmarking of perceptual image hash functions); dHash those of the
differences between neighbours (Krawetz, 2013, Kind of like that). Both are taken of the brightness with its histogram
levelled, so that another colour changes little, and of the outlines, so that it changes nothing. The plain margin is
cut off first; the earlier picture is hashed in windows too, so that a crop is found in it; the new one is hashed
mirrored as well. Another drawing of the same idea is beyond this method.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from lib.checks.model import Finding, Verdict
from lib.i18n import N_

COPIED = N_("This picture is nearly the same as “{picture}”. Draw it anew, or name it as the source.")
MIRRORED = N_("This picture is nearly the same as “{picture}”, mirrored. Draw it anew, or name it as the source.")
LIMITS = N_(
    "Finds the same picture resized, cropped by up to a fifth, mirrored, in other colours or with something "
    "written on "
    "it. A picture drawn anew after another one, or turned by more than a few degrees, is missed."
)
SIDE = 32  # pixels of the square that is hashed
KEPT = 12  # frequencies kept in each direction
MARGIN = 10  # grey levels by which a margin may vary
# Windows of the earlier picture (share of its side, and where): crops are looked for in these.
SHARES = (1.0, 0.92, 0.85, 0.78)
CLOSE = 0.22  # share of differing bits up to which pictures are the same, the mean of brightness and outline
Grey = NDArray[np.float64]
Bits = NDArray[np.bool_]


@dataclass(frozen=True)
class Fingerprint:
    """Hashes of a picture: ``whole`` (and ``mirrored``) one row, ``windows`` one row each; columns are bits."""

    whole: Bits
    mirrored: Bits
    windows: Bits


@dataclass(frozen=True)
class Likeness:
    """How far two pictures are apart: the share of differing bits, 0 for the same, about 0.5 for strangers."""

    distance: float
    mirrored: bool


def fingerprint(pixels: NDArray[np.uint8]) -> Fingerprint:
    """Of a picture (height x width x 3 or x 4, or grey).

    Raises:
        ValueError: the picture has no pixels.
    """
    if not pixels.size or min(pixels.shape[:2]) < 1:
        raise ValueError("a picture without pixels has no fingerprint")
    grey = _grey(pixels[:: max(1, pixels.shape[0] // 180), :: max(1, pixels.shape[1] // 180)])
    trimmed = _trimmed(grey)
    views = [trimmed, *_windows(trimmed)[1:], *([] if trimmed.shape == grey.shape else [grey])]
    rows = np.stack([_bits(view) for view in views])
    return Fingerprint(rows[:1], _bits(trimmed[:, ::-1])[None], rows)


def likeness(new: Fingerprint, earlier: Fingerprint) -> Likeness:
    """The smallest distance over all windows, of the new picture as it is and mirrored."""
    straight = min(_least(new.whole, earlier.windows), _least(earlier.whole, new.windows))
    turned = min(_least(new.mirrored, earlier.windows), _least(earlier.mirrored, new.windows))
    return Likeness(min(straight, turned), turned < straight)


def picture_findings(
    new: NDArray[np.uint8], earlier: Sequence[tuple[str, Fingerprint]], path: str = ""
) -> list[Finding]:
    """A warning for each of the ``earlier`` pictures (name, fingerprint) of which the new one is nearly a copy."""
    own = fingerprint(new)
    found = []
    for name, other in earlier:
        like = likeness(own, other)
        if like.distance <= CLOSE:
            message = MIRRORED if like.mirrored else COPIED
            found.append(Finding(path, Verdict.WARN, message, {"picture": name}, kind="near_copy_images"))
    return found


def _least(row: Bits, rows: Bits) -> float:
    return float((row != rows).mean(axis=1).min())


def _grey(pixels: NDArray[np.uint8]) -> Grey:
    """Brightness (ITU-R BT.601) between 0 and 255; what is see-through lies on white."""
    colours = np.asarray(pixels, dtype=np.float64)
    if colours.ndim == 2:
        return colours
    grey: Grey = colours[..., :3] @ np.array([0.299, 0.587, 0.114]) if colours.shape[2] >= 3 else colours[..., 0]
    if colours.shape[2] == 4:
        opaque = colours[..., 3] / 255
        grey = grey * opaque + 255 * (1 - opaque)
    return grey


def _trimmed(grey: Grey) -> Grey:
    """Without the plain margin, whose level is that of the corners."""
    corners = np.median([grey[0, 0], grey[0, -1], grey[-1, 0], grey[-1, -1]])
    drawn = np.abs(grey - corners) > MARGIN
    rows, columns = np.flatnonzero(drawn.mean(axis=1) > 0.01), np.flatnonzero(drawn.mean(axis=0) > 0.01)
    if len(rows) < 8 or len(columns) < 8:
        return grey
    return grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _windows(grey: Grey) -> list[Grey]:
    """The whole, and crops of it from the middle, the sides and the corners."""
    height, width = grey.shape
    found = []
    for share in SHARES:
        tall, wide = max(1, round(height * share)), max(1, round(width * share))
        starts = (0.5,) if share == 1.0 else (0.0, 0.5, 1.0)
        for down in starts:
            for across in starts:
                top, left = round((height - tall) * down), round((width - wide) * across)
                found.append(grey[top : top + tall, left : left + wide])
    return found


def _bits(grey: Grey) -> Bits:
    small = _shrunk(grey, SIDE)
    low, high = np.percentile(small, [2, 98])
    levelled = np.clip((small - low) / max(high - low, 1.0), 0.0, 1.0)
    down, across = np.gradient(_shrunk(grey, SIDE))
    outline = np.minimum(np.hypot(down, across), np.percentile(np.hypot(down, across), 95) + 1e-9)
    return np.concatenate([_phash(levelled), _phash(outline), _dhash(grey)])


def _phash(square: Grey) -> Bits:
    low = (_cosines() @ square @ _cosines().T)[:KEPT, :KEPT].ravel()[1:]
    bits: Bits = low > np.median(low)
    return bits


def _dhash(grey: Grey) -> Bits:
    small = _shrunk(grey, 9)
    bits: Bits = (small[:, 1:] > small[:, :-1] + 4).ravel()
    return bits


@cache
def _cosines() -> Grey:
    """The matrix of the cosine transform (DCT-II) of ``SIDE`` values."""
    place = np.arange(SIDE)
    matrix: Grey = np.cos(np.pi / SIDE * np.outer(place, place + 0.5))
    return matrix


def _shrunk(grey: Grey, side: int) -> Grey:
    """The mean of each of ``side`` x ``side`` boxes; a small picture is repeated first."""
    height, width = grey.shape
    grey = np.repeat(np.repeat(grey, -(-side // height), axis=0), -(-side // width), axis=1)
    rows = np.linspace(0, grey.shape[0], side + 1).astype(int)
    columns = np.linspace(0, grey.shape[1], side + 1).astype(int)
    sums = np.add.reduceat(np.add.reduceat(grey, rows[:-1], axis=0), columns[:-1], axis=1)
    means: Grey = sums / np.outer(np.diff(rows), np.diff(columns))
    return means
