"""From a flat to a worn garment: where each point of a flat's front lies on a figure's body.

A flat is a garment laid down: its width is half a girth. On a body the cloth goes around, so widths shrink by what an
ellipse of that girth shows from the front; heights follow the body's levels; sleeves follow the arms and legs the legs,
joint by joint; a skirt hangs from the hips, or lies over the lap. Nothing is ever narrower than the body under it.

This is a draughtsman's rule, not a simulation: cloth neither stretches nor collides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lib.atelier.drawing import Cubic, Path, Points, line
from lib.atelier.figures.body import ARM_INNER, ARM_OUTER, LEG_INNER, LEG_OUTER, arm_size, leg_size, widths
from lib.atelier.figures.people import Person
from lib.atelier.figures.poses import SIDES, Skeleton, rotate, skeleton
from lib.atelier.figures.sizes import HEIGHTS, half_width
from lib.atelier.figures.sizes import measures as body_measures
from lib.atelier.garments.model import Shape, View
from lib.atelier.garments.sizes import measures as garment_measures

Values = NDArray[np.float64]
#: Depth over width of the body where cloth goes round it.
DEPTH = {"bust": 0.78, "waist": 0.74, "hips": 0.68}
#: What of a sleeve's or leg's flat width is seen when an arm or leg rounds it: between a round tube and a flat one.
ROUND_SLEEVE, ROUND_LEG = 0.72, 0.74
#: Cm of air between body and cloth, and for each further layer.
AIR, LAYER = 0.45, 0.35
#: The joints of a limb.
ARM, LEG = ("shoulder_joint", "elbow", "wrist"), ("hip_joint", "knee", "ankle")
#: Cm that an armhole lies below the armpit.
ARMHOLE = 1.2
#: Cm after which a path's cubic is cut, so that it can bend, and the most pieces of one.
PIECE_CM, MOST_PIECES = 5.0, 12
#: Share of the upper arm at which the armpit lies.
ARMPIT = 0.36
#: Cm over which a sleeve's head turns from the body's frame into the arm's.
TURN = 11.0


@dataclass(frozen=True)
class Drape:
    """A front view on a person.

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

    def worn(self) -> View:
        """The view where it lies on the figure: x to the viewer's right, y down, the floor at 0; in cm."""
        return View(self.view.name, tuple(self._moved(shape) for shape in self.view.shapes), {})

    def sleeve_heads(self) -> View:
        """Cloth under both sleeves' heads, from the armhole to the arm: where an arm is lifted, no gap shows."""
        if not any(shape.layer == "sleeves" and "-sleeve-" in shape.id for shape in self.view.shapes):
            return View(self.view.name, (), {})
        sleeve = self._moved(self._sleeve_piece)
        return View(
            self.view.name,
            tuple(
                replace(sleeve, id=f"{self.view.name}-sleeve-{side}", side=side, path=self._head(side), outline=True)
                for side in ("left", "right")
            ),
            {},
        )

    def _head(self, side: str) -> Path:
        start, away = self._arm_axis
        end = float((self._view_mark("underarm") - start) @ away)
        along = np.linspace(0.0, end, 8)
        inner, _outer = self._sleeve_span(along)
        flat = start + along[:, None] * away + inner[:, None] * np.array([away[1], -away[0]])
        body = self._trunk(flat * np.array([SIDES[side], 1]))
        edges = [self._on_arm(along, np.full(len(along), share), side) for share in (0.06, 0.94)]
        around = hull(np.vstack([body, *edges]))
        return line(*((float(x), float(y)) for x, y in around)).close()

    def _moved(self, shape: Shape) -> Shape:
        if shape.layer == "sleeves" and shape.side:
            turn = self._sleeve_turn(shape.side)
            grain = shape.grain + (turn if shape.side == "left" else -turn)
            return replace(shape, path=bent(shape.path, lambda points: self.sleeve(points, shape.side)), grain=grain)
        return replace(shape, path=bent(shape.path, lambda points: self.body(points, shape.side)))

    def body(self, points: Points, side: str = "") -> Points:
        """Points of the body pieces, (n, 2) in the flat, on the figure; of a leg where the garment has legs."""
        trunk = self._trunk(points)
        below = smoothstep(points[:, 1], self._flat.hip_height - 3, self._flat.crotch + 5)[:, None]
        if not below.any():
            return trunk
        low = self._legs(points, side) if self._has_legs else self._skirt(points)
        return np.asarray(trunk * (1 - below) + low * below)

    def sleeve(self, points: Points, side: str) -> Points:
        """Points of a sleeve on the figure's arm of this side ('left' is the wearer's)."""
        sign = SIDES[side]
        at = points * np.array([sign, 1])
        start, away = self._arm_axis
        along = (at - start) @ away
        across = (at - start) @ np.array([away[1], -away[0]])
        inner, outer = self._sleeve_span(along)
        share = np.clip((across - inner) / np.maximum(outer - inner, 0.5), -0.15, 1.15)
        placed = self._on_arm(along, share, side)
        # The tip of the shoulder stays where the body's is.
        tip = self._trunk(self._view_mark("shoulder")[None] * np.array([sign, 1]))
        held = 1 - smoothstep(along, 0.0, TURN)[:, None]
        placed = placed + (tip - self._on_arm(np.zeros(1), np.ones(1), side)) * held
        return np.asarray(placed + self._lifted(along, share, side))

    def _on_arm(self, along: Values, share: Values, side: str) -> Points:
        """Where ``along`` cm down the sleeve and ``share`` of its width (0 within, 1 without) lie on the arm."""
        inner, outer = self._sleeve_span(along)
        t = np.interp(along, *self._along_arm)
        beyond, within = self._around_arm(t, outer - inner)
        # From the shoulder's tip to the armpit a sleeve widens to the whole arm.
        begun = np.clip(t / ARMPIT, 0, 1) ** 0.7
        within = beyond + (within - beyond) * begun
        return self._beside(ARM, side, t, within + (beyond - within) * share)

    def _lifted(self, along: Values, share: Values, side: str) -> Points:
        """What keeps the sleeve at the armhole where an arm is lifted away from the body; nothing where it hangs."""
        start, away = self._arm_axis
        end = float((self._view_mark("underarm") - start) @ away)
        seam = np.minimum(along, end)
        inner, _outer = self._sleeve_span(seam)
        flat = start + seam[:, None] * away + inner[:, None] * np.array([away[1], -away[0]])
        on_body = self._trunk(flat * np.array([SIDES[side], 1]))
        gap = on_body - self._on_arm(seam, np.zeros(len(seam)), side)
        low = self._on_arm(np.array([end]), np.zeros(1), side)
        body = self._trunk(self._view_mark("underarm")[None] * np.array([SIDES[side], 1]))
        lift = smoothstep((low - body)[:, 0] * SIDES[side], -2.0, 2.0)
        near = (1 - np.clip(share, 0, 1)) * (1 - smoothstep(along - end, 0.0, TURN)) * smoothstep(along, 0.0, 5.0)
        return np.asarray(gap * (near * lift)[:, None])

    @property
    def _air(self) -> float:
        return AIR + LAYER * self.layer

    @cached_property
    def _flat(self) -> Measure:
        return Measure.of(self.view.size)

    @cached_property
    def _has_legs(self) -> bool:
        return any("-leg-" in shape.id and shape.role == "piece" for shape in self.view.shapes)

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

    def _narrowing(self, y: Values) -> Values:
        """What a flat width is multiplied with, by height: the body's ellipse, and never narrower than the body."""
        return np.asarray(np.interp(y, *self._body_factor))

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

    @cached_property
    def _outline(self) -> tuple[Points, ...]:
        shapes = [s for s in self.view.shapes if s.outline and s.layer == "body"]
        return tuple(shape.path.sampled(10) for shape in shapes)

    def _half_width_at(self, y: float) -> float:
        """Half the width of the body pieces at a height of the flat; 0 where there are none."""
        return float(max((span(points, 1, np.array([y]))[1][0] for points in self._outline), default=0.0))

    def _skirt(self, points: Points) -> Points:
        """Points below the hips of what has no legs: around both legs, level, over the lap of who sits."""
        y = points[:, 1]
        t = self._leg_share(y)
        middles = {side: self._beside(LEG, side, t, np.zeros(len(t))) for side in SIDES}
        centre = (middles["left"] + middles["right"]) / 2
        if not self.person.seated:
            hang = self.frame.pelvis[0][0]
            centre[:, 0] = hang + (centre[:, 0] - hang) * 0.55
            centre[:, 1] = self._standing_y(y)
        factor = np.interp(y, *self._skirt_factor)
        return np.column_stack([centre[:, 0] + points[:, 0] * factor, centre[:, 1]])

    @cached_property
    def _skirt_factor(self) -> tuple[Values, Values]:
        """What a skirt's flat width is multiplied with, by height: it hangs from the hips, and covers both legs."""
        start = self._flat.hip_height
        hem = max(float(points[:, 1].max()) for points in self._outline)
        levels = np.linspace(start, max(hem, start + 1), 24)
        wide = np.array([self._half_width_at(float(level)) for level in levels])
        # A hem that rises to the sides narrows the outline, not the cloth.
        wide = np.maximum(np.maximum.accumulate(wide * 0.9), wide)
        need, wide = self._cover(levels), np.maximum(wide, 4.0)
        share = half_width(4.0, DEPTH["hips"])
        if self.person.seated:  # what is wide lies on the lap and falls between the knees
            return levels, np.maximum(need, np.minimum(share * wide, need + 2.5)) / wide
        return levels, np.maximum(share, need / wide)

    def _cover(self, levels: Values) -> Values:
        """Half the width that covers both legs at these heights of the flat, from the middle between them."""
        t = np.minimum(self._leg_share(levels), 1.0 if self.person.seated else 2.0)
        out = np.interp(t, *np.array(LEG_OUTER).T) * np.array([leg_size(self.frame, float(each)) for each in t])
        left, right = (self._beside(LEG, side, t, out)[:, 0] for side in ("left", "right"))
        return np.asarray(np.abs(left - right) / 2 + 0.6)

    def _standing_y(self, y: Values) -> Values:
        """Where a height lies below the pelvis of a person who stands."""
        point, _tilt = self.frame.pelvis
        return np.asarray(point[1] + self.frame.body.height_of("hips") - self._height(y))

    def _leg_share(self, y: Values) -> Values:
        """How far down a leg a height of the flat is: 0 at the hip joint, 1 at the knee, 2 at the ankle and on."""
        height = self._height(y) / self.frame.body.stature
        joint, knee, ankle = HEIGHTS["hip_joint"], HEIGHTS["knee"], HEIGHTS["ankle"]
        return np.asarray(
            np.where(height > knee, (joint - height) / (joint - knee), 1 + (knee - height) / (knee - ankle))
        )

    def _legs(self, points: Points, side: str) -> Points:
        if not side:
            right = self._leg(points, "left")
            left = self._leg(points, "right")
            return np.where(points[:, :1] >= 0, right, left)
        return self._leg(points, side)

    def _leg(self, points: Points, side: str) -> Points:
        y = points[:, 1]
        across = points[:, 0] * SIDES[side]
        inner, outer = self._leg_span(y)
        t = self._leg_share(y)
        size = np.array([leg_size(self.frame, float(each)) for each in np.clip(t, 0, 2)])
        half = (outer - inner) / 2 * ROUND_LEG
        air = self._air
        out = np.maximum(half, np.interp(t, *np.array(LEG_OUTER).T) * size + air)
        into = np.maximum(half, np.interp(t, *np.array(LEG_INNER).T) * size + air * 0.6)
        share = (across - inner) / np.maximum(outer - inner, 0.5)
        return self._beside(LEG, side, t, -into + (out + into) * np.clip(share, -0.2, 1.1))

    @cached_property
    def _leg_rows(self) -> tuple[Values, Values, Values]:
        piece = next(s for s in self.view.shapes if "-leg-" in s.id and s.side == "left" and s.role == "piece")
        path = piece.path.sampled(12)
        levels = np.linspace(path[:, 1].min() + 0.05, path[:, 1].max() - 0.3, 60)
        low, high = span(path, 1, levels)
        return levels, low, high

    def _leg_span(self, y: Values) -> tuple[Values, Values]:
        levels, low, high = self._leg_rows
        return np.asarray(np.interp(y, levels, low)), np.asarray(np.interp(y, levels, high))

    @cached_property
    def _arm_axis(self) -> tuple[Values, Values]:
        """Where the flat's sleeve begins, and the unit vector down it, on the viewer's right."""
        piece = self._sleeve_piece
        angle = np.radians(-piece.grain)
        return self._view_mark("shoulder"), np.array([np.sin(angle), np.cos(angle)])

    @cached_property
    def _sleeve_piece(self) -> Shape:
        return next(
            s for s in self.view.shapes if s.layer == "sleeves" and s.side == "left" and "-sleeve-" in s.id
            and s.role == "piece"
        )  # fmt: skip

    def _sleeve_turn(self, side: str) -> float:
        """Degrees from the flat sleeve's grain to that of the arm on the figure, on the viewer's right."""
        start, end = (self.frame.joints[f"{side}_{joint}"] for joint in ("shoulder_joint", "wrist"))
        lean = np.degrees(np.arctan2(SIDES[side] * (end - start)[0], (end - start)[1]))
        return float(-(lean + self._sleeve_piece.grain))

    @cached_property
    def _sleeve_rows(self) -> tuple[Values, Values, Values]:
        start, away = self._arm_axis
        path = self._sleeve_piece.path.sampled(12) - start
        local = np.column_stack([path @ away, path @ np.array([away[1], -away[0]])])
        levels = np.linspace(local[:, 0].min() + 0.2, local[:, 0].max() - 0.3, 50)
        low, high = span(local, 0, levels)
        return levels, low, high

    def _sleeve_span(self, along: Values) -> tuple[Values, Values]:
        levels, low, high = self._sleeve_rows
        return np.asarray(np.interp(along, levels, low)), np.asarray(np.interp(along, levels, high))

    @property
    def _along_arm(self) -> tuple[Values, Values]:
        """Cm down the flat sleeve, and the share of the arm that they are: 1 the elbow, 2 the wrist."""
        long = self._flat.arm
        return np.array([-6.0, 0.0, long * 0.56, long, long * 1.2]), np.array([-0.1, 0.0, 1.0, 2.0, 2.42])

    def _around_arm(self, t: Values, wide: Values) -> tuple[Values, Values]:
        """How far the sleeve reaches outwards and (negative) inwards of the arm's bones."""
        size = np.array([arm_size(self.frame, float(each)) for each in np.clip(t, 0, 2)])
        half = wide / 2 * (0.0 if self.covered else ROUND_SLEEVE)
        air = self._air
        outer = np.maximum(half, np.interp(t, *np.array(ARM_OUTER).T) * size + air)
        inner = np.maximum(half, np.interp(t, *np.array(ARM_INNER).T) * size + air)
        return outer, -inner

    def _beside(self, joints: Sequence[str], side: str, t: Values, offset: Values) -> Points:
        """Points beside a limb: ``t`` from 0 to 2 over its two segments and on, ``offset`` cm outwards."""
        start, middle, end = (self.frame.joints[f"{side}_{joint}"] for joint in joints)
        upper = start + (middle - start) * t[:, None]
        lower = middle + (end - middle) * (t[:, None] - 1)
        point = np.where(t[:, None] <= 1, upper, lower)
        first, second = _unit(middle - start), _unit(end - middle)
        blend = smoothstep(t, 0.65, 1.35)[:, None]
        ahead = first * (1 - blend) + second * blend
        ahead = ahead / np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-6)[:, None]
        out = np.column_stack([ahead[:, 1], -ahead[:, 0]]) * SIDES[side]
        return np.asarray(point + out * offset[:, None])


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


def _unit(vector: Values) -> Values:
    return np.asarray(vector / max(float(np.hypot(*vector)), 1e-9))


def hull(points: Points) -> Points:
    """The convex outline of points (n, 2)."""
    import cv2

    return np.asarray(cv2.convexHull(points.astype(np.float32))[:, 0], dtype=np.float64)


def smoothstep(values: Values, low: float, high: float) -> Values:
    """0 below ``low``, 1 above ``high``, and smooth in between."""
    share = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(share * share * (3 - 2 * share))


def span(points: Points, axis: int, levels: Values) -> tuple[Values, Values]:
    """The least and the greatest other coordinate of a closed outline at each level along ``axis``; 0, 0 off it."""
    a, b = points, np.roll(points, -1, axis=0)
    along_a, along_b = a[:, axis][None], b[:, axis][None]
    crossed = ((along_a <= levels[:, None]) & (along_b > levels[:, None])) | (
        (along_b <= levels[:, None]) & (along_a > levels[:, None])
    )
    share = (levels[:, None] - along_a) / np.where(along_a == along_b, 1.0, along_b - along_a)
    at = a[:, 1 - axis][None] + share * (b[:, 1 - axis] - a[:, 1 - axis])[None]
    found = crossed.any(axis=1)
    low = np.where(crossed, at, np.inf).min(axis=1)
    high = np.where(crossed, at, -np.inf).max(axis=1)
    return np.where(found, low, 0.0), np.where(found, high, 0.0)


def bent(path: Path, move: Callable[[Points], Points]) -> Path:
    """A path whose points and handles were moved, each cubic cut first where it is long (de Casteljau, 1959)."""
    at = path.start
    knots: list[tuple[float, float]] = [at]
    for cubic in path.cubics:
        rest: Cubic = cubic
        long = np.hypot(cubic[2][0] - at[0], cubic[2][1] - at[1])
        for left in range(int(np.clip(np.ceil(long / PIECE_CM), 1, MOST_PIECES)), 1, -1):
            first, rest = _cut(at, rest, 1 / left)
            knots += first
            at = first[2]
        knots += rest
        at = rest[2]
    moved = [(float(x), float(y)) for x, y in move(np.array(knots, dtype=float))]
    cubics = tuple((moved[k], moved[k + 1], moved[k + 2]) for k in range(1, len(moved), 3))
    return Path(moved[0], cubics, path.closed)


def _cut(start: tuple[float, float], cubic: Cubic, t: float) -> tuple[Cubic, Cubic]:
    """One cubic as two, cut at share ``t``."""
    p0, p1, p2, p3 = (np.array(p) for p in (start, *cubic))
    a, b, c = p0 + (p1 - p0) * t, p1 + (p2 - p1) * t, p2 + (p3 - p2) * t
    d, e = a + (b - a) * t, b + (c - b) * t
    middle = d + (e - d) * t
    return (_pair(a), _pair(d), _pair(middle)), (_pair(e), _pair(c), _pair(p3))


def _pair(point: Values) -> tuple[float, float]:
    return float(point[0]), float(point[1])


def only(view: View, wanted: Callable[[Shape], bool]) -> View:
    """The view with some of its shapes."""
    return replace(view, shapes=tuple(shape for shape in view.shapes if wanted(shape)))
