"""What a garment is drafted to: the sizes' girths (``lib.atelier.sizes``) and lengths, in centimetres.

Lengths are those of a body of 168 cm and follow the trade's usual grading; they are this product's judgement. A
house's own chart differs by a few centimetres: what is drawn is a proportion, not a pattern.
"""

from __future__ import annotations

from dataclasses import dataclass

from lib.atelier.sizes import SIZES, girths

__all__ = ["SIZES", "Measures", "measures"]


@dataclass(frozen=True)
class Measures:
    """A body in cm. Heights run down from the high point of the shoulder, where the neck begins."""

    size: int
    bust: float
    waist: float
    hip: float
    neck: float  # half the neck's width
    shoulder: float  # half the width from shoulder tip to shoulder tip
    shoulder_drop: float
    armhole: float  # height of the underarm
    waist_height: float
    hip_height: float
    crotch: float
    knee: float
    ankle: float
    floor: float
    arm: float  # shoulder tip to wrist
    upper_arm: float
    wrist: float


def measures(size: int) -> Measures:
    """The measurements of a size.

    Raises:
        InputError: the size is not an even number from 34 to 54.
    """
    body = girths(size)
    step = (size - 38) / 2
    return Measures(
        size=size,
        bust=body.bust,
        waist=body.waist,
        hip=body.hips,
        neck=7.2 + 0.12 * step,
        shoulder=18.9 + 0.42 * step,
        shoulder_drop=4.4,
        armhole=21.5 + 0.45 * step,
        waist_height=41.5 + 0.15 * step,
        hip_height=61.5 + 0.2 * step,
        crotch=69.5 + 0.45 * step,
        knee=99,
        ankle=134,
        floor=143,
        arm=59 + 0.15 * step,
        upper_arm=28 + 1.2 * step,
        wrist=16 + 0.3 * step,
    )
