"""What a person says of a sketch against what was read in it: how it stands, what it is, what isn't of cloth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from lib.errors import InputError
from lib.i18n import N_
from lib.vision.sketches.model import Drawn, Guess, Mask, Pixels, Sketch
from lib.vision.sketches.naming import named
from lib.vision.sketches.regions import connected

#: A place on a sketch in shares of its width and height, so that it holds at any size.
Place = tuple[float, float]
#: Which of two drawings is the back; 'neither' where both are fronts; '' as it was read.
Back = Literal["", "left", "right", "neither"]
#: The outlines for which a back can be named.
_PAIR: Final = 2


def turned(pixels: Pixels, degrees: int) -> Pixels:
    """A picture turned clockwise by 0, 90, 180 or 270 degrees.

    Raises:
        InputError: another angle.
    """
    if degrees % 90:
        raise InputError(N_("A sketch is turned by quarters. Choose 0, 90, 180 or 270 degrees."))
    return np.ascontiguousarray(np.rot90(pixels, -(degrees // 90) % 4))


def turned_place(place: Place, degrees: int) -> Place:
    """Where a place of a picture lies when the picture is turned clockwise."""
    x, y = place
    for _quarter in range(degrees // 90 % 4):
        x, y = 1 - y, x
    return round(x, 4), round(y, 4)


def places(sketch: Sketch, labels: Iterable[int]) -> tuple[Place, ...]:
    """The innermost place of each of these regions: what stands for it when the sketch is read again."""
    found = []
    for label in labels:
        row, column = innermost(sketch.regions == label)
        found.append((round((column + 0.5) / sketch.shape[1], 4), round((row + 0.5) / sketch.shape[0], 4)))
    return tuple(found)


def innermost(mask: Mask) -> tuple[int, int]:
    """Row and column of the pixel that lies furthest from what is outside of a mask."""
    import cv2

    rows, columns = np.nonzero(mask)
    top, left = int(rows.min()), int(columns.min())
    part = np.pad(mask[top : rows.max() + 1, left : columns.max() + 1], 1).astype(np.uint8)
    away = cv2.distanceTransform(part, cv2.DIST_L2, 3)
    row, column = np.unravel_index(int(away.argmax()), away.shape)
    return top + int(row) - 1, left + int(column) - 1


def labels_at(sketch: Sketch, at: Iterable[Place]) -> tuple[int, ...]:
    """The regions that lie at these places; a place on the ground stands for none."""
    height, width = sketch.shape
    found = {
        int(sketch.regions[min(height - 1, max(0, int(y * height))), min(width - 1, max(0, int(x * width)))])
        for x, y in at
    }
    return tuple(sorted(found - {0}))


def corrected(
    sketch: Sketch,
    *,
    kind: str = "",
    back: Back = "",
    neckline: str = "",
    closure: str = "",
    left_out: Iterable[Place] = (),
) -> Sketch:
    """A sketch with what a person says of it in the place of what was read; the lines stay.

    Args:
        sketch: as it was read.
        kind: what is drawn; roles and size follow it.
        back: which of two drawings is the back.
        neckline: or collar, a word of the vocabulary.
        closure: likewise.
        left_out: places in regions that take no cloth: skin, hair, a scribble. They become ground.

    Raises:
        InputError: nothing would be left.
    """
    regions = _without(sketch.regions, labels_at(sketch, left_out))
    parts, garments, pixels_per_cm = sketch.parts, sketch.garments, sketch.pixels_per_cm
    if kind or regions is not sketch.regions:
        parts, garments, pixels_per_cm = named(regions, sketch.lines, kind)
    if neckline:
        garments = tuple(replace(one, neckline=Guess(neckline, 1.0)) for one in garments)
    if closure:
        garments = tuple(replace(one, closure=Guess(closure, 1.0)) for one in garments)
    return replace(
        sketch, regions=regions, parts=parts, garments=_seen_from(garments, back), pixels_per_cm=pixels_per_cm
    )


def _without(regions: NDArray[np.int32], labels: tuple[int, ...]) -> NDArray[np.int32]:
    if not labels:
        return regions
    left = np.where(np.isin(regions, labels), 0, regions).astype(np.int32)
    if not left.any():
        raise InputError(N_("Every part of the sketch is left out: no cloth can be laid. Keep at least one."))
    return connected(left)


def _seen_from(garments: tuple[Drawn, ...], back: Back) -> tuple[Drawn, ...]:
    if not back or len(garments) != _PAIR:
        return garments
    views = {"left": ("back", "front"), "right": ("front", "back"), "neither": ("front", "front")}[back]
    return tuple(replace(one, view=view) for one, view in zip(garments, views, strict=True))
