"""A person in a photo as a body that garments can be draped on: joints, girths and scale from landmarks and outline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.draping import Drape
from lib.atelier.figures import Person
from lib.atelier.figures.body import widths
from lib.atelier.figures.poses import POSES, SIDES, Skeleton, rotate
from lib.atelier.figures.sizes import HEIGHTS, Measures
from lib.atelier.figures.sizes import measures as measures_of
from lib.atelier.sizes import SIZES
from lib.errors import InputError
from lib.i18n import N_
from lib.vision.bodies import Body, find_people, person_mask, read_body

Pixels = NDArray[np.uint8]
Array = NDArray[np.float64]
Box = tuple[float, float, float, float]
#: What the model's shoulder and hip lie below and inside of, in cm on a body of 170 cm (the atelier's joints).
SHOULDER_DROP: Final = 3.2
NEEDED: Final = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
SEEN: Final = 0.35
NOBODY = N_(
    "No person was found in this photo. Take one from the front, the whole body in the picture, in even light; or "
    "choose a figure."
)
NOT_FRONT = N_(
    "The person isn’t seen from the front, so garments can’t be placed. Take a photo facing the camera; or choose a "
    "figure."
)
CUT_OFF = N_("Shoulders and hips have to be in the picture. Take a photo from farther away; or choose a figure.")


@dataclass(frozen=True)
class PhotoBody:
    """A person in a photo.

    Attributes:
        pixels: the photo, (h, w, 3), at most 1536 high.
        mask: where the person is, (h, w), 0 to 255.
        scale: pixels a centimetre, if the person is ``stature`` tall.
        size: the size whose widths are nearest to the outline's; loose clothes make it larger.
    """

    pixels: Pixels = field(repr=False)
    mask: Pixels = field(repr=False)
    body: Body
    skeleton: Skeleton
    scale: float
    size: int

    def places(self) -> dict[str, Array]:
        """The landmarks in pixels by the names of the figures'."""
        frame, found = self.skeleton, {}
        w = widths(frame)
        for name, side in SIDES.items():
            found[f"{name}_shoulder"] = frame.torso("shoulder", side * frame.body.shoulder)
            for level in ("underarm", "waist", "hips"):
                found[f"{name}_{level}"] = frame.torso(level, side * w[level])
            for joint in ("elbow", "wrist", "knee", "ankle"):
                found[f"{name}_{joint}"] = frame.joints[f"{name}_{joint}"]
        return {name: place * self.scale for name, place in found.items()}


class PhotoDrape(Drape):
    """A garment on the person of a photo."""

    frame: Skeleton  # type: ignore[assignment]  # given, where a figure's is worked out

    def __init__(self, view: Any, skeleton: Skeleton, layer: int = 0, covered: bool = False) -> None:
        super().__init__(view, skeleton.person, layer, covered)
        object.__setattr__(self, "frame", skeleton)


def people_in(pixels: Pixels) -> tuple[Box, ...]:
    """The people in a photo, from the left.

    Raises:
        InputError: there is nobody.
    """
    boxes = find_people(pixels)
    if boxes:
        return boxes
    if read_body(pixels) is not None:
        return ((0.0, 0.0, float(pixels.shape[1]), float(pixels.shape[0])),)
    raise InputError(NOBODY)


def body_in(pixels: Pixels, box: Box | None = None, stature: float = 168.0, size: int = 0) -> PhotoBody:
    """The person in a photo, or in this part of one.

    Args:
        stature: in cm, as the person says; the scale comes from it.
        size: as the person says; 0 estimates it from the outline.

    Raises:
        InputError: nobody, or not seen from the front, or cut off.
    """
    body = read_body(pixels, box)
    if body is None:
        raise InputError(NOBODY)
    if min(body.seen[name] for name in NEEDED) < SEEN:
        raise InputError(CUT_OFF)
    across = body.at("left_shoulder") - body.at("right_shoulder")
    trunk = body.middle("hip") - body.middle("shoulder")
    if across[0] < 0.28 * np.hypot(*trunk):
        raise InputError(NOT_FRONT)
    mask = person_mask(pixels, body, box)
    body = _standing(body, mask, stature)
    scale = _scale(body, stature)
    skeleton = _skeleton(body, scale, stature, size or 40)
    if not size:
        size = _size(skeleton, mask, scale)
        skeleton = _skeleton(body, scale, stature, size)
    return PhotoBody(pixels, mask, body, skeleton, scale, size)


def _scale(body: Body, stature: float) -> float:
    """Pixels a centimetre: from the trunk, and from shoulder to ankle where a standing person's ankles are seen."""
    trunk = float(np.hypot(*(body.middle("hip") - body.middle("shoulder"))))
    own = stature * (HEIGHTS["shoulder"] - HEIGHTS["hip_joint"]) - SHOULDER_DROP
    found = [trunk / own]
    ankles = min(body.seen["left_ankle"], body.seen["right_ankle"])
    if ankles > 0.5 and not _sits(body):
        long = float(np.hypot(*(body.middle("ankle") - body.middle("shoulder"))))
        found += [long / (stature * (HEIGHTS["shoulder"] - HEIGHTS["ankle"]) - SHOULDER_DROP)] * 2
    return float(np.mean(found))


def _standing(body: Body, mask: Pixels, stature: float) -> Body:
    """Ankles that the model sees far above the outline's end are put where the feet stand."""
    if _sits(body):
        return body
    rows = np.flatnonzero((mask > 127).sum(axis=1) > 3)
    if not len(rows) or rows[-1] >= mask.shape[0] - 2:  # the feet are cut off
        return body
    tall = float(rows[-1] - rows[0])
    floor = float(rows[-1]) - 0.045 * tall
    points = dict(body.points)
    for side in SIDES:
        x, y = points[f"{side}_ankle"]
        hip, knee = points[f"{side}_hip"], points[f"{side}_knee"]
        if floor - y > 0.06 * tall:
            middle = hip[1] + (floor - hip[1]) * (HEIGHTS["hip_joint"] - HEIGHTS["knee"]) / HEIGHTS["hip_joint"]
            points[f"{side}_knee"] = (knee[0], max(knee[1], middle))
            points[f"{side}_ankle"] = (x, floor)
    return Body(points, body.seen)


def _sits(body: Body) -> bool:
    """Whether the thighs are foreshortened: the person sits."""
    trunk = float(np.hypot(*(body.middle("hip") - body.middle("shoulder"))))
    thighs = [body.at(f"{side}_knee")[1] - body.at(f"{side}_hip")[1] for side in SIDES]
    return bool(float(np.mean(thighs)) < 0.52 * trunk and min(body.seen["left_knee"], body.seen["right_knee"]) > 0.4)


def _tilt(left: Array, right: Array) -> float:
    return float(np.degrees(np.arctan2(left[1] - right[1], left[0] - right[0])))


def _skeleton(body: Body, scale: float, stature: float, size: int) -> Skeleton:
    """The joints in centimetres from the picture's corner, and the frames of chest and pelvis."""
    seated = _sits(body)
    person = Person(size=size, stature=float(np.clip(stature, 140, 200)), pose="seated" if seated else "upright")
    measures = measures_of(size, person.stature)
    at = {name: np.array(place) / scale for name, place in body.points.items()}
    chest_tilt = _tilt(at["left_shoulder"], at["right_shoulder"])
    pelvis_tilt = _tilt(at["left_hip"], at["right_hip"])
    chest = (at["left_shoulder"] + at["right_shoulder"]) / 2 + rotate(np.array([0.0, -SHOULDER_DROP]), chest_tilt)
    drop = measures.height_of("hip_joint") - measures.height_of("hips")
    pelvis = (at["left_hip"] + at["right_hip"]) / 2 + rotate(np.array([0.0, drop]), pelvis_tilt)
    measures = _broad(measures, at)
    frame = Skeleton({}, (chest, chest_tilt), (pelvis, pelvis_tilt), POSES[person.pose], measures, person)
    joints: dict[str, Array] = {}
    apart = float(np.hypot(*(at["left_hip"] - at["right_hip"]))) / 2
    for name, side in SIDES.items():
        start = frame.torso_at(measures.height_of("shoulder") - SHOULDER_DROP, side * (measures.shoulder - 4.0))
        hip = frame.torso("hip_joint", side * max(apart, 0.42 * widths(frame)["hips"]))
        joints |= {f"{name}_shoulder_joint": start, f"{name}_hip_joint": hip}
        for joint in ("elbow", "wrist", "hand", "knee", "ankle"):
            joints[f"{name}_{joint}"] = at[f"{name}_{joint}"]
    joints |= {"pit_of_neck": frame.torso_at(measures.height_of("shoulder") - 1.5, 0.0)}
    return replace(frame, joints=_grounded(joints, body, measures, seated))


@dataclass(frozen=True)
class _Measured(Measures):
    """A body whose shoulders are as wide as in the photo."""

    across: float = 0.0

    @property
    def shoulder(self) -> float:
        return self.across


def _broad(measures: Measures, at: Mapping[str, Array]) -> Measures:
    """The size's body with the photo's shoulders: the model's points lie about 4 cm inside the tips."""
    half = float(np.hypot(*(at["left_shoulder"] - at["right_shoulder"]))) / 2 + 4.0
    usual = measures.shoulder
    own = float(np.clip(half, 0.86 * usual, 1.16 * usual))
    return _Measured(measures.size, measures.stature, measures.bust, measures.waist, measures.hips, own)


def _grounded(joints: dict[str, Array], body: Body, measures: Measures, seated: bool) -> dict[str, Array]:
    """Knees and ankles that the model doesn't see are put where they usually are."""
    for name in SIDES:
        hip = joints[f"{name}_hip_joint"]
        if body.seen[f"{name}_knee"] < SEEN and not seated:
            joints[f"{name}_knee"] = hip + np.array([0.0, measures.stature * (HEIGHTS["hip_joint"] - HEIGHTS["knee"])])
        if body.seen[f"{name}_ankle"] < SEEN:
            down = measures.stature * (HEIGHTS["knee"] - HEIGHTS["ankle"])
            joints[f"{name}_ankle"] = joints[f"{name}_knee"] + np.array([0.0, down])
    return joints


def _size(frame: Skeleton, mask: Pixels, scale: float) -> int:
    """The size whose trunk is nearest to the outline's at waist and hips, arms left out by following it inwards."""
    found = {level: _half_at(frame, mask, scale, level) for level in ("under_bust", "waist", "high_hip", "hips")}
    seen = {level: wide for level, wide in found.items() if wide is not None}
    if not seen:
        return 40
    errors = []
    for size in SIZES:
        w = widths(replace(frame, body=measures_of(size, frame.body.stature), person=replace(frame.person, size=size)))
        errors.append(float(np.median([abs(wide - w[level]) for level, wide in seen.items()])))
    return SIZES[int(np.argmin(errors))]


def _half_at(frame: Skeleton, mask: Pixels, scale: float, level: str) -> float | None:
    """Half the width in cm at a level where the outline ends before the arm begins; None where it can't be told."""
    found = []
    for name, side in SIDES.items():
        arm = np.array([frame.joints[f"{name}_{joint}"] for joint in ("shoulder_joint", "elbow", "wrist")])
        for reach in np.arange(6.0, 44.0, 0.25):
            place = frame.torso(level, side * reach)
            x, y = (int(v) for v in place * scale)
            if not (0 <= x < mask.shape[1] and 0 <= y < mask.shape[0]):
                break
            if mask[y, x] < 128:
                found.append(reach)
                break
            if _distance(place, arm) < 0.10 * 2 * frame.body.shoulder:
                break  # the arm touches the trunk: nothing is known of this side
    return float(np.mean(found)) if found else None


def _distance(place: Array, line: Array) -> float:
    """From a point to a line of two segments."""
    best = np.inf
    for a, b in ((line[0], line[1]), (line[1], line[2])):
        t = float(np.clip((place - a) @ (b - a) / max(float((b - a) @ (b - a)), 1e-9), 0, 1))
        best = min(best, float(np.hypot(*(place - a - t * (b - a)))))
    return best
