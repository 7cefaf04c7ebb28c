"""Where the joints are: from measurements and a pose to points in centimetres.

x runs to the viewer's right, y down; the floor is y = 0, so what stands has negative y. ``left`` is the person's own
left, on the viewer's right. Angles are in degrees from straight down, positive away from the body's middle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from lib.atelier.figures.people import Person
from lib.atelier.figures.sizes import FOREARM, HAND, SHIN, THIGH, UPPER_ARM, Measures, half_width
from lib.atelier.figures.strokes import Array

SIDES: Mapping[str, int] = {"left": 1, "right": -1}


@dataclass(frozen=True)
class Limb:
    """Angles of the two segments and the hand or foot, and how much of their length is seen (1 is all)."""

    upper: float
    lower: float
    end: float = 0.0
    upper_seen: float = 1.0
    lower_seen: float = 1.0
    behind: bool = False


@dataclass(frozen=True)
class Pose:
    """A stance: tilts in degrees (positive: the person's left side lower), shifts in shares of stature."""

    left_arm: Limb
    right_arm: Limb
    left_leg: Limb
    right_leg: Limb
    hip_tilt: float = 0.0
    chest_tilt: float = 0.0
    hip_shift: float = 0.0
    chest_shift: float = 0.0
    head_turn: float = 0.25
    head_tilt: float = 0.0
    left_leg_first: bool = False
    seat: float = 0.0
    curl: Mapping[str, float] = field(default_factory=dict)


POSES: Mapping[str, Pose] = {
    "upright": Pose(Limb(9, 4, 2), Limb(9, 4, 2), Limb(1.5, 0.5, 12), Limb(1.5, 0.5, 12), head_turn=0.0),
    "contrapposto": Pose(
        Limb(41, -41, -14, 0.95, 0.86), Limb(10, 3, -2), Limb(-6, -5.5, 6), Limb(13, 5, 26, 0.98, 0.985),
        hip_tilt=-6.5, chest_tilt=4.5, hip_shift=0.026, chest_shift=-0.002, head_turn=-0.35, head_tilt=-3,
        curl={"left": 1.0},
    ),
    "walk": Pose(
        Limb(15, 8, 4, 0.97, 0.92), Limb(12, -3, -6, 0.97, 0.90),
        Limb(-7, -5.5, 5, 1.0, 1.0), Limb(-1, 6, 12, 0.97, 0.78, True),
        hip_tilt=-5, chest_tilt=3, hip_shift=0.014, chest_shift=0.0, head_turn=0.1, head_tilt=1, left_leg_first=True,
    ),
    "reach": Pose(
        Limb(12, 6, 4), Limb(128, 166, 150, 0.92, 0.90), Limb(11, 4, 22), Limb(-5, -4.5, 6),
        hip_tilt=6, chest_tilt=-6, hip_shift=-0.022, chest_shift=0.002, head_turn=0.4, head_tilt=4,
    ),
    "seated": Pose(
        Limb(20, -22, -34, 0.95, 0.86), Limb(14, -28, -42, 0.96, 0.82),
        Limb(-22, -4, 4, 0.50, 0.97), Limb(50, 2, 14, 0.52, 0.97),
        chest_shift=0.0, head_turn=-0.3, head_tilt=-1.5, seat=0.285,
    ),
    "wheelchair": Pose(
        Limb(23, 2, -6, 0.96, 0.86), Limb(16, -30, -44, 0.96, 0.82),
        Limb(-22, -4, 4, 0.50, 0.94), Limb(50, 3, 12, 0.52, 0.94),
        chest_shift=-0.004, head_turn=-0.3, head_tilt=-1.5, seat=0.30,
    ),
}  # fmt: skip


def pose_of(person: Person) -> Pose:
    """The pose that the person takes, or a moment between two; in a wheelchair one sits."""
    begun = POSES["wheelchair" if person.wheelchair else person.pose]
    if not person.towards:
        return begun
    ended = POSES[person.towards]
    if person.wheelchair:  # the arm and the trunk go along; who sits stays seated
        ended = replace(begun, right_arm=ended.right_arm, chest_tilt=ended.chest_tilt * 0.5, head_turn=ended.head_turn)
    return _between(begun, _mirrored(ended) if person.mirrored else ended, person.step)


def _between(one: Pose, other: Pose, share: float) -> Pose:
    """Every number on its way from one pose to the other; what is either so or not turns over half-way."""
    later = share >= 0.5
    limbs = [
        _limb_between(getattr(one, name), getattr(other, name), share)
        for name in ("left_arm", "right_arm", "left_leg", "right_leg")
    ]
    names = ("hip_tilt", "chest_tilt", "hip_shift", "chest_shift", "head_turn", "head_tilt", "seat")
    numbers = {name: getattr(one, name) + (getattr(other, name) - getattr(one, name)) * share for name in names}
    first = (other if later else one).left_leg_first
    curl = {
        side: one.curl.get(side, 0.0) + (other.curl.get(side, 0.0) - one.curl.get(side, 0.0)) * share for side in SIDES
    }
    return replace(Pose(limbs[0], limbs[1], limbs[2], limbs[3], left_leg_first=first, curl=curl), **numbers)


def _limb_between(one: Limb, other: Limb, share: float) -> Limb:
    parts = ("upper", "lower", "end", "upper_seen", "lower_seen")
    values = [float(getattr(one, part) + (getattr(other, part) - getattr(one, part)) * share) for part in parts]
    behind = (other if share >= 0.5 else one).behind
    return Limb(values[0], values[1], values[2], values[3], values[4], behind)


def _mirrored(pose: Pose) -> Pose:
    """The same pose in a mirror: left and right exchanged, tilts and shifts turned round."""
    return Pose(
        pose.right_arm, pose.left_arm, pose.right_leg, pose.left_leg, -pose.hip_tilt, -pose.chest_tilt,
        -pose.hip_shift, -pose.chest_shift, -pose.head_turn, -pose.head_tilt, not pose.left_leg_first, pose.seat,
        {"left": pose.curl.get("right", 0.0), "right": pose.curl.get("left", 0.0)},
    )  # fmt: skip


def rotate(vector: Array, degrees: float) -> Array:
    """A vector turned; positive lowers what lies to the viewer's right."""
    a = np.radians(degrees)
    turned: Array = np.array(
        [vector[0] * np.cos(a) - vector[1] * np.sin(a), vector[0] * np.sin(a) + vector[1] * np.cos(a)]
    )
    return turned


def _step(start: Array, degrees: float, length: float, side: int) -> Array:
    a = np.radians(degrees)
    end: Array = start + length * np.array([side * np.sin(a), np.cos(a)])
    return end


@dataclass(frozen=True)
class Skeleton:
    """Joints by name, and the frames of chest and pelvis: a point and a tilt in degrees."""

    joints: Mapping[str, Array]
    chest: tuple[Array, float]
    pelvis: tuple[Array, float]
    pose: Pose
    body: Measures
    person: Person

    def torso(self, level: str, sideways: float) -> Array:
        """A point of the trunk at a level of ``HEIGHTS``, ``sideways`` cm from its middle line."""
        return self.torso_at(self.body.height_of(level), sideways)

    def torso_at(self, height: float, sideways: float) -> Array:
        """The same at any height of the upright body: the trunk bends smoothly between pelvis and chest."""
        low, high = self.body.height_of("hips"), self.body.height_of("underarm")
        share = float(np.clip((height - low) / (high - low), 0, 1))
        share = share * share * (3 - 2 * share)
        (chest, tilt_c), (pelvis, tilt_p) = self.chest, self.pelvis
        by_chest = chest + rotate(np.array([sideways, self.body.height_of("shoulder") - height]), tilt_c)
        by_pelvis = pelvis + rotate(np.array([sideways, self.body.height_of("hips") - height]), tilt_p)
        point: Array = by_pelvis * (1 - share) + by_chest * share
        return point


def skeleton(person: Person, body: Measures) -> Skeleton:
    """The joints of a person in a pose, standing or sitting on the floor y = 0."""
    pose = pose_of(person)
    s = body.stature * (1 - 0.012 * person.years)
    lift = s * pose.seat + 0.03 * s if pose.seat else body.height_of("hips")
    pelvis = np.array([pose.hip_shift * s, -lift])
    rise = body.height_of("shoulder") - body.height_of("hips")
    chest = np.array([pose.chest_shift * s, -lift - rise * (1 - 0.02 * person.years)])
    frame = Skeleton({}, (chest, pose.chest_tilt), (pelvis, pose.hip_tilt), pose, body, person)
    joints = {**_arms(frame, s), **_legs(frame, s), **_head(frame, s)}
    moved = _grounded(joints, s, bool(pose.seat))
    shift = np.array([0.0, moved])
    joints = {name: point + shift for name, point in joints.items()}
    return Skeleton(joints, (chest + shift, pose.chest_tilt), (pelvis + shift, pose.hip_tilt), pose, body, person)


def _arms(frame: Skeleton, s: float) -> dict[str, Array]:
    joints: dict[str, Array] = {}
    for name, side in SIDES.items():
        limb: Limb = getattr(frame.pose, f"{name}_arm")
        start = frame.torso_at(frame.body.height_of("shoulder") - 3.2, side * (frame.body.shoulder - 4.0))
        extra = 1.1 * max(frame.body.step, 0) * (1 if limb.upper < 90 else 0)
        elbow = _step(start, limb.upper + extra, s * UPPER_ARM * limb.upper_seen, side)
        wrist = _step(elbow, limb.lower + extra * 0.5, s * FOREARM * limb.lower_seen, side)
        joints |= {f"{name}_shoulder_joint": start, f"{name}_elbow": elbow, f"{name}_wrist": wrist}
        joints[f"{name}_hand"] = _step(wrist, limb.end, s * HAND, side)
    return joints


def _legs(frame: Skeleton, s: float) -> dict[str, Array]:
    joints: dict[str, Array] = {}
    apart = half_width(frame.body.hips, 0.68) * 0.50
    for name, side in SIDES.items():
        limb: Limb = getattr(frame.pose, f"{name}_leg")
        start = frame.torso("hip_joint", side * apart)
        knee = _step(start, limb.upper - 0.9 * (not frame.pose.seat), s * THIGH * limb.upper_seen, side)
        ankle = _step(knee, limb.lower, s * SHIN * limb.lower_seen, side)
        joints |= {f"{name}_hip_joint": start, f"{name}_knee": knee, f"{name}_ankle": ankle}
    return joints


def _head(frame: Skeleton, s: float) -> dict[str, Array]:
    neck = frame.torso_at(frame.body.height_of("shoulder") - 1.5, 0.0)
    up = frame.body.height_of("chin") - frame.body.height_of("shoulder") + 1.5
    lean = np.array([frame.pose.head_turn * 0.8, 0.6 * frame.person.years])
    chin = neck + rotate(np.array([0.0, -up]), frame.pose.chest_tilt * 0.3) + lean
    crown = chin + rotate(np.array([0.0, -s * 0.130]), frame.pose.head_tilt)
    return {"pit_of_neck": neck, "chin": chin, "crown": crown}


def _grounded(joints: Mapping[str, Array], s: float, seated: bool) -> float:
    """How far all moves down so that the lowest ankle stands at its height."""
    lowest = max(float(joints["left_ankle"][1]), float(joints["right_ankle"][1]))
    return -s * 0.052 - lowest
