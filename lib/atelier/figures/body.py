"""The outlines of trunk, arms and legs around the joints: one line a side, so that forms flow into each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lib.atelier.figures.poses import SIDES, Skeleton
from lib.atelier.figures.sizes import half_width
from lib.atelier.figures.strokes import Array, curve


@dataclass(frozen=True)
class Leg:
    """A leg: its outer and inner line from hip to ankle, (n, 2) each."""

    outer: Array
    inner: Array

    @property
    def form(self) -> Array:
        return np.vstack([self.outer, self.inner[::-1]])


@dataclass(frozen=True)
class Arm:
    """An arm: its outer line from the neck over the shoulder to the wrist, its inner from the armpit."""

    outer: Array
    inner: Array
    tip: int

    @property
    def form(self) -> Array:
        """The arm alone, from the shoulder on."""
        return np.vstack([self.outer[self.tip :], self.inner[::-1]])


def widths(frame: Skeleton) -> dict[str, float]:
    """Half the trunk's width at each level, from the girths."""
    body, years = frame.body, frame.person.years
    big = max(body.step, 0) / 8
    bust = half_width(body.bust, 0.78 + 0.05 * big)
    waist = half_width(body.waist * (1 + 0.035 * years), 0.74 + 0.14 * big)
    hips = half_width(body.hips, 0.68 + 0.06 * big)
    return {
        "underarm": min(bust * 0.985, body.shoulder * 0.97 + 1.4 * big), "bust": bust,
        "under_bust": bust * 0.60 + waist * 0.335, "waist": waist, "high_hip": waist * 0.42 + hips * 0.56, "hips": hips,
    }  # fmt: skip


def trunk_side(frame: Skeleton, side: int) -> Array:
    """The trunk's side from the armpit to the hip, (n, 2)."""
    w = widths(frame)
    knots = [
        frame.torso(level, side * w[level]) for level in ("underarm", "bust", "under_bust", "waist", "high_hip", "hips")
    ]
    return curve(knots, 10)


def beside(joints: tuple[Array, Array, Array], t: float, offset: float, side: int) -> Array:
    """A point beside a limb: ``t`` from 0 to 2 over its two segments, ``offset`` cm outwards."""
    start, middle, end = joints
    a, b = (start, middle) if t <= 1 else (middle, end)
    point = a + (b - a) * (t if t <= 1 else t - 1)
    first, second = _unit(middle - start), _unit(end - middle)
    blend = float(np.clip((t - 0.7) / 0.6, 0, 1))
    ahead = _unit(first * (1 - blend) + second * blend)
    out = np.array([ahead[1], -ahead[0]]) * side
    placed: Array = point + out * offset
    return placed


def _unit(vector: Array) -> Array:
    unit: Array = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return unit


LEG_OUTER = (
    (0.22, 1.00),
    (0.50, 0.87),
    (0.80, 0.665),
    (1.0, 0.625),
    (1.14, 0.60),
    (1.36, 0.655),
    (1.66, 0.455),
    (1.88, 0.335),
    (2.0, 0.345),
)
LEG_INNER = (
    (0.14, 0.93),
    (0.34, 0.86),
    (0.62, 0.70),
    (0.88, 0.575),
    (1.0, 0.58),
    (1.12, 0.52),
    (1.40, 0.60),
    (1.70, 0.385),
    (1.88, 0.305),
    (2.0, 0.36),
)
ARM_OUTER = (
    (0.16, 1.02),
    (0.50, 0.90),
    (0.86, 0.76),
    (1.0, 0.80),
    (1.24, 0.84),
    (1.60, 0.64),
    (1.90, 0.48),
    (2.0, 0.50),
)
ARM_INNER = (
    (0.34, 0.98),
    (0.62, 0.88),
    (0.92, 0.74),
    (1.06, 0.76),
    (1.26, 0.80),
    (1.62, 0.60),
    (1.90, 0.46),
    (2.0, 0.46),
)


def leg_size(frame: Skeleton, t: float) -> float:
    """What a leg's shares are shares of, in cm, at ``t`` from 0 (hip joint) over 1 (knee) to 2 (ankle)."""
    thick = frame.body.thigh / (2 * np.pi)
    slim = 8.9 + (thick - 8.9) * 0.55
    return float(np.interp(t, (0.6, 1.05), (thick, slim)))


def arm_size(frame: Skeleton, t: float) -> float:
    """What an arm's shares are shares of, in cm, at ``t`` from 0 (shoulder joint) over 1 (elbow) to 2 (wrist)."""
    upper, low = frame.body.upper_arm / (2 * np.pi), frame.body.wrist / (2 * np.pi) * 1.72
    return float(np.interp(t, (0.9, 1.5), (upper, low)))


def leg(frame: Skeleton, name: str) -> Leg:
    """One leg. Above the knee it grows with the thigh's girth, below with half of that growth."""
    side = SIDES[name]
    joints = (frame.joints[f"{name}_hip_joint"], frame.joints[f"{name}_knee"], frame.joints[f"{name}_ankle"])
    hip = widths(frame)["hips"]

    def reach(t: float, share: float) -> float:
        return share * leg_size(frame, t)

    outer = [frame.torso("high_hip", side * widths(frame)["high_hip"]), frame.torso("hips", side * hip)]
    skip = 1 if frame.pose.seat else 0
    outer += [beside(joints, t, reach(t, share), side) for t, share in LEG_OUTER[skip:]]
    inner = [beside(joints, t, -reach(t, share), side) for t, share in LEG_INNER]
    if frame.pose.seat:
        inner = [beside(joints, -0.30, -reach(0, 0.25), side), beside(joints, 0.02, -reach(0, 0.80), side), *inner[1:]]
    else:
        crotch = frame.torso("crotch", side * 0.35)
        inner[0] = crotch
    dense = curve(outer, 10)
    return Leg(dense[10:], curve(inner, 10))


def arm(frame: Skeleton, name: str) -> Arm:
    """One arm, with the line from the neck over the shoulder."""
    side = SIDES[name]
    joints = (frame.joints[f"{name}_shoulder_joint"], frame.joints[f"{name}_elbow"], frame.joints[f"{name}_wrist"])
    body = frame.body

    def reach(t: float, share: float) -> float:
        return share * arm_size(frame, t)

    raised = getattr(frame.pose, f"{name}_arm").upper > 90
    tip = frame.torso_at(
        body.height_of("shoulder") + (2.2 if raised else 0.0), side * (body.shoulder - (2.2 if raised else 0.4))
    )
    neck_half = 4.7 + 0.11 * body.step
    knots = [
        frame.joints["chin"] + np.array([side * (neck_half - 0.3), -6.5]),
        frame.torso_at(body.height_of("neck_point") - 0.6, side * (neck_half + 0.25)),
        frame.torso_at(body.height_of("shoulder") + 2.9, side * (neck_half + 3.0)),
        frame.torso_at(body.height_of("shoulder") + 1.5, side * body.shoulder * 0.72),
        tip,
    ]
    outer = curve(
        [*knots, *(beside(joints, t, reach(t, share), side) for t, share in ARM_OUTER[1 if raised else 0 :])], 10
    )
    pit = frame.torso("underarm", side * widths(frame)["underarm"])
    inner = curve(
        [pit, *(beside(joints, t, -reach(t, share), side) for t, share in ARM_INNER[1 if raised else 0 :])], 10
    )
    return Arm(outer, inner, 40)


def trunk(frame: Skeleton) -> Array:
    """The trunk with the neck's root, closed: what lies between arms and legs."""
    right, left = trunk_side(frame, -1), trunk_side(frame, 1)
    shoulders = [arm(frame, name).outer for name in ("left", "right")]
    low = [frame.torso("crotch", side * 3.2) for side in (1, -1)]
    hips = [frame.torso_at(frame.body.height_of("crotch") + 3, side * widths(frame)["hips"] * 0.93) for side in (1, -1)]
    return np.vstack([shoulders[0][:44], left, hips[0], low[0], low[1], hips[1], right[::-1], shoulders[1][:44][::-1]])
