"""Which frame fits a face: the dispensing rules, for one face or for ten thousand at once.

The rules are those of dispensing textbooks (Brooks and Borish, System for Ophthalmic Dispensing, 2007, chapters on
frame selection and fitting), written with numbers; where a text gives a range we take its middle, and say so here:

- the frame's own distance between lens centres (lens + bridge) should be the wearer's pupillary distance or a little
  more: ``CENTRES`` mm more, ``WITHIN['centres']`` mm either way;
- the front should be as wide as the face beside the eyes, ``SPARE`` mm more, ``WITHIN['width']`` either way;
- the distance between the lenses should be the nose's width where the pads rest, ``WITHIN['bridge']`` either way;
- the temple should bend over the ear: its straight part reaches from the hinge to the ear, ``WITHIN['temple']`` either
  way, which an optician bends to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
CENTRES = 6.0
SPARE = 2.0
BEND = 44.0  # mm: the bent end (42) and the way from the hinge to the corneas' plane, for the atelier's frame
RIM = 3.2
ENDS = 8.2  # mm: both end pieces beside the rims, in the atelier's frame
LENS, BRIDGE, TEMPLE = (40, 62), (13, 26), (125, 160)
TEMPLE_STEP = 5
WITHIN: Mapping[str, float] = {"centres": 6.0, "width": 5.0, "bridge": 2.0, "temple": 7.0}
RULES = ("centres", "width", "bridge", "temple")


@dataclass(frozen=True)
class Faces:
    """Many faces, each array (n,) in millimetres; see ``measuring.Measured`` for what each means."""

    pd: Array
    width: Array
    nose: Array
    ear: Array

    def __len__(self) -> int:
        return len(self.pd)

    def only(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Faces:
        """The chosen rows."""
        return Faces(self.pd[rows], self.width[rows], self.nose[rows], self.ear[rows])


@dataclass(frozen=True)
class Sizes:
    """Frame sizes, each array (m,) in millimetres."""

    lens: Array
    bridge: Array
    temple: Array

    def __len__(self) -> int:
        return len(self.lens)

    def notations(self) -> list[str]:
        """'52-18-145' for each."""
        rows = zip(self.lens, self.bridge, self.temple, strict=True)
        return [f"{lens:.0f}-{bridge:.0f}-{temple:.0f}" for lens, bridge, temple in rows]

    def only(self, rows: NDArray[np.int64]) -> Sizes:
        """The chosen sizes."""
        return Sizes(self.lens[rows], self.bridge[rows], self.temple[rows])


def front_width(lens: Array, bridge: Array, rim: float = RIM) -> Array:
    """How wide the front is: both lenses, the bridge, the rims and the end pieces."""
    width: Array = 2 * lens + bridge + 2 * rim + ENDS
    return width


def fit(faces: Faces, rim: float = RIM) -> Sizes:
    """The size that fits each face best, in whole millimetres, temples in steps of five.

    Bridge and temple follow from nose and ear. The lens is where the pupils' rule and the width's rule, each weighed by
    its tolerance, are broken least: a parabola in the lens's width, so the best whole number is one of two.
    """
    bridge = np.clip(np.round(faces.nose), *BRIDGE)
    temple = np.clip(np.round((faces.ear + BEND) / TEMPLE_STEP) * TEMPLE_STEP, *TEMPLE)
    by_pupils = faces.pd + CENTRES - bridge
    by_width = (faces.width + SPARE - bridge - 2 * rim - ENDS) / 2
    one, two = 1 / WITHIN["centres"] ** 2, 4 / WITHIN["width"] ** 2
    lens = np.clip(np.round((by_pupils * one + by_width * two) / (one + two)), *LENS)
    return Sizes(lens, bridge, temple)


def deviations(faces: Faces, sizes: Sizes, rim: float = RIM) -> dict[str, Array]:
    """By rule: millimetres too large (+) or too small (-), each (n,), of each face's own size; arrays broadcast."""
    return {
        "centres": sizes.lens + sizes.bridge - faces.pd - CENTRES,
        "width": front_width(sizes.lens, sizes.bridge, rim) - faces.width - SPARE,
        "bridge": sizes.bridge - faces.nose,
        "temple": sizes.temple - BEND - faces.ear,
    }


def misfit(faces: Faces, sizes: Sizes, within: Mapping[str, float] = WITHIN, rim: float = RIM) -> NDArray[np.float32]:
    """(n, m): each size on each face; the worst rule's deviation over its tolerance. Up to 1 it fits.

    The table of pairs is large, so it is made of half-length numbers, in place: a deviation is a size's part less a
    face's part.
    """
    wide = front_width(sizes.lens, sizes.bridge, rim) - SPARE
    pairs = {
        "centres": (sizes.lens + sizes.bridge - CENTRES, faces.pd),
        "width": (wide, faces.width),
        "bridge": (sizes.bridge, faces.nose),
        "temple": (sizes.temple - BEND, faces.ear),
    }
    worst = np.zeros((len(faces), len(sizes)), dtype=np.float32)
    one = np.empty_like(worst)
    for rule, (made, needed) in pairs.items():
        columns, rows = (made / within[rule]).astype(np.float32), (needed / within[rule]).astype(np.float32)
        np.subtract(columns[None], rows[:, None], out=one)
        np.maximum(worst, np.abs(one, out=one), out=worst)
    return worst


def own_misfit(faces: Faces, sizes: Sizes, within: Mapping[str, float] = WITHIN, rim: float = RIM) -> Array:
    """(n,): ``misfit`` of each face's own size."""
    parts = [np.abs(off) / within[rule] for rule, off in deviations(faces, sizes, rim).items()]
    worst: Array = np.max(parts, axis=0)
    return worst
