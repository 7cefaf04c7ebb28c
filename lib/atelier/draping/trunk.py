"""The trunk under a garment: heights of a flat on a body's levels, flat widths on its ellipses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from lib.atelier.bending import Values, smoothstep, span, unit
from lib.atelier.drawing import Points
from lib.atelier.figures.body import widths
from lib.atelier.figures.people import Person
from lib.atelier.figures.poses import SIDES, Skeleton, rotate, skeleton
from lib.atelier.figures.sizes import HEIGHTS, half_width
from lib.atelier.figures.sizes import measures as body_measures
from lib.atelier.garments.model import View
from lib.atelier.garments.sizes import measures as garment_measures

#: Depth over width of the body where cloth goes round it.
DEPTH: Final = {"bust": 0.78, "waist": 0.74, "hips": 0.68}
#: Cm of air between body and cloth, and for each further layer.
AIR: Final = 0.45
LAYER: Final = 0.35
#: Cm that an armhole lies below the armpit.
ARMHOLE: Final = 1.2


@dataclass(frozen=True)
class Measure:
    """The heights of a flat that has been drafted to a size, in cm down from the neck."""

    shoulder: float
    shoulder_drop: float
    armhole: float
    waist_height: float
    hip_height: float
    crotch: float
    knee: float
    ankle: float
    arm: float

    @classmethod
    def of(cls, size: int) -> Measure:
        """Those of a size."""
        m = garment_measures(size)
        return cls(*(getattr(m, name) for name in cls.__dataclass_fields__))


@dataclass(frozen=True)
class Trunk:
    """A front view on a person's trunk.

    Args:
        view: the garment's.
        person: who wears it.
        layer: how many garments lie beneath.
        covered: another garment for the same part of the body lies over it and presses it close.
    """

    view: View
    person: Person
    layer: int = 0
    covered: bool = False

    @cached_property
    def frame(self) -> Skeleton:
        """The person's joints."""
        return skeleton(self.person, body_measures(self.person.size, self.person.stature))

    @property
    def _air(self) -> float:
        return AIR + LAYER * self.layer

    @cached_property
    def _flat(self) -> Measure:
        return Measure.of(self.view.size)

    def _view_mark(self, name: str) -> Values:
        return np.array(self.view.landmarks[name], dtype=float)

    @cached_property
    def _levels(self) -> tuple[Values, Values]:
        """Heights down from the neck in the flat, and those above the floor of the upright body that they lie at."""
        tall, flat = self.frame.body.stature, self._flat
        levels = ("neck_point", "shoulder", "underarm", "waist", "hips", "crotch", "knee", "ankle")
        own = (0.0, flat.shoulder_drop, flat.armhole, flat.waist_height, flat.hip_height, flat.crotch, flat.knee,
               flat.ankle)  # fmt: skip
        heights = np.array([tall * HEIGHTS[level] for level in levels])
        heights[2] -= ARMHOLE
        return np.array(own), heights

    def _height(self, y: Values) -> Values:
        """Heights above the floor, of the upright body, of heights down from the neck in the flat."""
        own, heights = self._levels
        above = heights[0] - y * self.frame.body.stature / 168
        below = heights[-1] - (y - own[-1]) * self.frame.body.stature / 168
        return np.where(y < 0, above, np.where(y > own[-1], below, np.interp(y, own, heights)))

    def _in_flat(self, level: str) -> float:
        """How far down the flat a level of the body lies."""
        own, heights = self._levels
        return float(np.interp(-self.frame.body.height_of(level), -heights, own))

    def _trunk(self, points: Points) -> Points:
        y = points[:, 1]
        sideways = points[:, 0] * self._narrowing(y)
        return trunk_points(self.frame, self._height(y), sideways)

    @cached_property
    def _body_factor(self) -> tuple[Values, Values]:
        flat, body = self._flat, self.frame.body
        share = {level: half_width(4.0, depth) for level, depth in DEPTH.items()}
        bust, high = self._in_flat("bust"), self._in_flat("high_hip")
        levels = np.array([-8.0, 0.0, flat.shoulder_drop, flat.armhole, bust, flat.waist_height, high,
                           flat.hip_height, flat.crotch])  # fmt: skip
        shoulder = (body.shoulder + 0.3) / flat.shoulder
        middle = (share["waist"] + share["hips"]) / 2
        values = np.array([0.80, 0.98, shoulder, share["bust"], share["bust"], share["waist"], middle, share["hips"],
                           share["hips"]])  # fmt: skip
        w = widths(self.frame)
        needs = (w["underarm"], w["bust"], w["waist"], w["high_hip"], w["hips"], w["hips"])
        for place, need in enumerate(needs, start=3):
            wide = self._half_width_at(float(levels[place]))
            if wide > 1:
                least = (need + self._air) / wide
                values[place] = least if self.covered else max(values[place], least)
        return levels, values

    def _narrowing(self, y: Values) -> Values:
        """What a flat width is multiplied with, by height: the body's ellipse, and never narrower than the body."""
        return np.asarray(np.interp(y, *self._body_factor))

    @cached_property
    def _outline(self) -> tuple[Points, ...]:
        shapes = [s for s in self.view.shapes if s.outline and s.layer == "body"]
        return tuple(shape.path.sampled(10) for shape in shapes)

    def _half_width_at(self, y: float) -> float:
        """Half the width of the body pieces at a height of the flat; 0 where there are none."""
        return float(max((span(points, 1, np.array([y]))[1][0] for points in self._outline), default=0.0))

    def _beside(self, joints: Sequence[str], side: str, t: Values, offset: Values) -> Points:
        """Points beside a limb: ``t`` from 0 to 2 over its two segments and on, ``offset`` cm outwards."""
        start, middle, end = (self.frame.joints[f"{side}_{joint}"] for joint in joints)
        upper = start + (middle - start) * t[:, None]
        lower = middle + (end - middle) * (t[:, None] - 1)
        point = np.where(t[:, None] <= 1, upper, lower)
        first, second = unit(middle - start), unit(end - middle)
        blend = smoothstep(t, 0.65, 1.35)[:, None]
        ahead = first * (1 - blend) + second * blend
        ahead = ahead / np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-6)[:, None]
        out = np.column_stack([ahead[:, 1], -ahead[:, 0]]) * SIDES[side]
        return np.asarray(point + out * offset[:, None])


def trunk_points(frame: Skeleton, heights: Values, sideways: Values) -> Points:
    """``Skeleton.torso_at`` for many points: heights above the upright body's floor, cm from its middle line."""
    low, high = frame.body.height_of("hips"), frame.body.height_of("underarm")
    share = smoothstep(heights, low, high)[:, None]
    (chest, chest_tilt), (pelvis, pelvis_tilt) = frame.chest, frame.pelvis
    by_chest = chest + _turned(sideways, frame.body.height_of("shoulder") - heights, chest_tilt)
    by_pelvis = pelvis + _turned(sideways, low - heights, pelvis_tilt)
    return np.asarray(by_pelvis * (1 - share) + by_chest * share)


def _turned(x: Values, y: Values, degrees: float) -> Points:
    across, down = rotate(np.array([1.0, 0.0]), degrees), rotate(np.array([0.0, 1.0]), degrees)
    return np.asarray(x[:, None] * across + y[:, None] * down)
