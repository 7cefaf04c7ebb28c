"""From named points in a picture to millimetres, each with its error.

The head's turn is found first (``lib.vision.faces.pose``); then each point's ray is followed to the plane of the head
in which the point lies, so that neither the turn nor the nearness of the camera shortens anything. The scale is a bank
card's width (85.60 mm), or the iris's (11.71 mm on average: Rüfer et al., 2005) weighed with the mean adult's face.
Eyes look into the lens: each pupil is turned back around its eye's centre to where it stands when it looks straight
ahead and far away.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from lib.errors import InputError
from lib.i18n import N_
from lib.merchandising.made_to_measure_eyewear.population import ADULTS, Spread
from lib.vision.faces import CARD_WIDTH, IRIS_POINTS, Pose, head_pose
from lib.vision.faces.card import CARD_HEIGHT
from lib.vision.faces.pose import GENERAL_FACE, PROFILE, Point

Array = NDArray[np.float64]
Scale = Literal["card", "iris"]
METHOD, VERSION = "face measured in a picture", "1"
BEHIND = 10.5  # mm from the pupil back to the eye's centre of rotation
TOLD_SPREAD = 0.04  # of a focal length that is known
# Where a card is held, and how far in front of the corneas it then lies (mm).
CARD_PLACES: Mapping[str, float] = {"forehead": 13.0, "eyes": 0.0, "nose": 22.0}
TWICE = 1.96
# Standard deviations of how exactly a point is found: mm, and pixels of the picture.
POINT_MM: Mapping[str, float] = {"pupil": 0.30, "temple": 2.6, "nose": 1.8, "bridge": 0.7}
PIXELS = 0.6
ALIKE = 0.5  # correlation of pupillary distance and face width: an assumption
UNLIKE = 0.25  # logarithm of a ratio to the mean adult beyond which nobody's face is
TURN = 2.0  # degrees, of the head's pose
CARD_DEPTH = 6.0  # mm, of where the card lies
NO_EYES = N_("The pupils aren’t placed. Put a point on each pupil.")
IN_PROFILE = N_(
    "The face is turned {degrees}° to the side, too far to measure both eyes. Take the picture from the front: up to "
    "{most}° does."
)
NO_IRIS = N_(
    "The irises’ edges aren’t placed. Put a point on both sides of each iris, or use a bank card for the scale."
)
NO_CARD = N_(
    "The card’s corners aren’t placed. Put a point on each of its four corners, or use the iris for the scale."
)
ODD_CARD = N_(
    "The four corners don’t have a bank card’s proportions as they lie. Move each point to a corner of the card."
)
ODD_FACE = N_(
    "With this scale the pupils would be {pd} mm apart, which no adult’s are. Check the card’s corners or the irises’ "
    "edges, and both pupils."
)


@dataclass(frozen=True)
class Lens:
    """A focal length as for 35 mm film in millimetres, and its relative standard deviation among such cameras."""

    film: float
    spread: float


# Assumptions, from the fields of view that makers name.
LENSES: Mapping[str, Lens] = {
    "main": Lens(26.0, 0.06),
    "selfie": Lens(25.0, 0.09),
    "webcam": Lens(27.0, 0.12),
    "portrait": Lens(52.0, 0.10),
    "unknown": Lens(28.0, 0.20),
}


@dataclass(frozen=True)
class Value:
    """A measurement in millimetres and the half width of its 95% interval."""

    mm: float
    error: float


@dataclass(frozen=True)
class Measured:
    """A face in millimetres.

    ``pd``: between pupils that look far away; ``pd_right`` and ``pd_left`` from the nose's middle to each. ``width``:
    of the face at the temples, beside the eyes. ``nose``: the nose's width between a frame's pads, drawn towards the
    mean adult's. ``ear``: from the corneas back to where a temple bends; guessed from the face's width, since a
    picture from the front doesn't show it. ``eye_height``: how far the pupils stand above the nose's resting points.
    Angles of the head in degrees.
    """

    pd: Value
    pd_right: Value
    pd_left: Value
    width: Value
    nose: Value
    ear: Value
    eye_height: Value
    length: Value
    distance: float  # of the camera, mm
    yaw: float
    pitch: float
    roll: float
    scale: Scale

    def as_json(self) -> dict[str, Any]:
        """For a run's output: numbers alone, nothing of the picture."""
        return {key: _rounded(value) for key, value in asdict(self).items()}


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    return round(value, 2) if isinstance(value, float) else value


@dataclass(frozen=True)
class Sight:
    """What a measurement rests on: the head's pose and the camera's distance."""

    pose: Pose
    distance: float


def measure(
    points: Mapping[str, Point],
    width: int,
    height: int,
    scale: Scale = "iris",
    film: float | None = None,
    card_at: str = "forehead",
    spread: float | None = None,
) -> tuple[Measured, Sight]:
    """The measurements of a face from its points in a picture of this size.

    Args:
        points: by name (``lib.vision.faces.points``), pixels.
        film: focal length as for 35 mm film; None where the picture doesn't tell it.
        card_at: a key of ``CARD_PLACES``.
        spread: relative standard deviation of ``film``; None for a known lens's.

    Raises:
        InputError: points are missing or lie impossibly, or the face is in profile.
    """
    if not {"pupil_right", "pupil_left"} <= set(points):
        raise InputError(NO_EYES)
    lens = Lens(film, TOLD_SPREAD if spread is None else spread) if film else LENSES["unknown"]
    pose = head_pose(points, width, height, lens.film)
    if abs(pose.yaw) > PROFILE:
        raise InputError(IN_PROFILE, degrees=round(abs(pose.yaw)), most=round(PROFILE))
    eyes = (np.array(points["pupil_right"]) + np.array(points["pupil_left"])) / 2
    pose = Pose(pose.rotation, pose.ray((float(eyes[0]), float(eyes[1]))), pose.focal, pose.middle)
    if scale == "card":
        distance, relative = _by_card(points, pose, CARD_PLACES[card_at])
    else:
        distance, relative = _likelier(points, pose, *_by_iris(points, pose))
    sight = Sight(pose, distance)
    return _values(points, sight, relative, lens.spread, scale), sight


def _by_iris(points: Mapping[str, Point], pose: Pose) -> tuple[float, float]:
    """(distance in mm, its relative standard deviation): an iris of average width. It faces the lens, so no turn."""
    if not set(IRIS_POINTS) <= set(points):
        raise InputError(NO_IRIS)
    widths = [math.dist(points[f"iris_{side}_outer"], points[f"iris_{side}_inner"]) for side in ("right", "left")]
    wide = float(np.mean(widths))
    if wide < 2 or max(widths) > 1.6 * min(widths):
        raise InputError(NO_IRIS)
    ray = float(np.linalg.norm(pose.direction))
    distance = ADULTS["iris"].mean * pose.focal / wide / ray
    among_people = ADULTS["iris"].deviation / ADULTS["iris"].mean
    return distance, math.hypot(among_people, PIXELS / wide)


def _likelier(points: Mapping[str, Point], pose: Pose, distance: float, relative: float) -> tuple[float, float]:
    """The iris's (distance, relative standard deviation), weighed with what is known of adults' pupils and faces.

    Irises differ between people almost as much as pupillary distances do, so neither alone is the scale: the estimates
    of it, each by its precision (the mean of the normal posterior). Pupils and breadth say partly the same (``ALIKE``).
    """
    if not {"temple_right", "temple_left"} <= set(points):
        return distance, relative
    logs, deviations = [], []
    for name, ends, found in (("pd", "pupil", POINT_MM["pupil"]), ("width", "temple", POINT_MM["temple"])):
        right, left = (
            pose.in_head(points[f"{ends}_{side}"], GENERAL_FACE[f"{ends}_{side}"][2], distance)[0]
            for side in ("right", "left")
        )
        mean = ADULTS[name].mean
        logs.append(math.log(mean / max(abs(float(left - right)), 1.0)))
        deviations.append(math.hypot(ADULTS[name].deviation, found * math.sqrt(2)) / mean)
    if max(abs(one) for one in logs) > UNLIKE:  # points in the wrong place, not a face: what is odd stays to be seen
        return distance, relative
    one, other = deviations
    spread = np.array([[relative**2, 0, 0], [0, one**2, ALIKE * one * other], [0, ALIKE * one * other, other**2]])
    weights = np.linalg.solve(spread, np.ones(3))
    share = float(weights @ [0.0, *logs] / weights.sum())
    return distance * math.exp(share), float(1 / math.sqrt(weights.sum()))


def _by_card(points: Mapping[str, Point], pose: Pose, depth: float) -> tuple[float, float]:
    """(distance in mm, its relative standard deviation): the card's long side is 85.60 mm in its plane."""
    if not {f"card_{k}" for k in range(1, 5)} <= set(points):
        raise InputError(NO_CARD)
    distance = 600.0
    long = short = 0.0
    for _again in range(12):
        corners = np.array([pose.in_head(points[f"card_{k}"], depth, distance)[:2] for k in range(1, 5)])
        sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
        across, down = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
        long, short = max(across, down), min(across, down)
        if not 1e-3 < long < 1e6:
            raise InputError(ODD_CARD)
        # All lengths in the plane grow as the card's own distance does.
        distance = (distance - depth) * CARD_WIDTH / long + depth
        if not 60 < distance < 20_000:
            raise InputError(ODD_CARD)
    if not 0.75 < (short / long) / (CARD_HEIGHT / CARD_WIDTH) < 1.14:
        raise InputError(ODD_CARD)
    pixels = pose.focal * CARD_WIDTH / distance
    return distance, math.hypot(CARD_DEPTH / distance, PIXELS * math.sqrt(2) / pixels)


def _values(points: Mapping[str, Point], sight: Sight, relative: float, focal: float, scale: Scale) -> Measured:
    pose, distance = sight.pose, sight.distance
    per_pixel = distance / pose.focal

    def at(name: str) -> Array:
        if name not in points:
            raise InputError(NO_EYES if name.startswith("pupil") else MISSING)
        return pose.in_head(points[name], GENERAL_FACE[name][2], distance)

    def error(mm: float, found: float, sideways: float = 0.0, deep: float = 0.0) -> float:
        """95%: scale, place of the points, pixels, the head's turn (by depth), the camera's unknown focal length."""
        parts = (
            mm * relative,
            found * math.sqrt(2),
            PIXELS * per_pixel * math.sqrt(2),
            math.radians(TURN) * sideways,
            focal * deep / distance * mm,
        )
        return TWICE * math.sqrt(sum(part**2 for part in parts))

    right, left = (_looking_far(at(name), sight) for name in ("pupil_right", "pupil_left"))
    centre = float(at("bridge")[0])
    temples, nose = at("temple_left") - at("temple_right"), at("nose_left") - at("nose_right")
    pd, wide = float(left[0] - right[0]), float(abs(temples[0]))
    if not 40 <= pd <= 85:
        raise InputError(ODD_FACE, pd=round(pd))
    turned = math.sin(math.radians(abs(pose.yaw)))
    rest = float((at("nose_right")[1] + at("nose_left")[1]) / 2)
    height = float((right[1] + left[1]) / 2) - rest
    length = abs(float(at("chin")[1]))
    ear = ADULTS["ear"]
    halves = [abs(float(side[0]) - centre) for side in (right, left)]
    return Measured(
        pd=Value(pd, error(pd, POINT_MM["pupil"], pd * turned, BEHIND)),
        pd_right=Value(halves[0], error(halves[0], POINT_MM["bridge"], 10.0, BEHIND)),
        pd_left=Value(halves[1], error(halves[1], POINT_MM["bridge"], 10.0, BEHIND)),
        width=Value(wide, error(wide, POINT_MM["temple"], wide * turned, 62.0)),
        nose=_weighed(Value(abs(float(nose[0])), error(abs(float(nose[0])), POINT_MM["nose"])), ADULTS["nose"]),
        ear=Value(ear.mean * (0.8 + 0.2 * wide / ADULTS["width"].mean), TWICE * ear.deviation),
        eye_height=Value(height, error(height, POINT_MM["nose"], 8.0)),
        length=Value(length, error(length, 2.0, length * 0.1)),
        distance=distance,
        yaw=pose.yaw,
        pitch=pose.pitch,
        roll=pose.roll,
        scale=scale,
    )


def _looking_far(pupil: Array, sight: Sight) -> Array:
    """Where a pupil that looks into the lens stands when it looks straight ahead: the eye turns around its centre."""
    pose = sight.pose
    lens = -pose.rotation.T @ (pose.direction * sight.distance)
    gaze = (lens - pupil) / np.linalg.norm(lens - pupil)
    return np.asarray(pupil - BEHIND * (gaze - np.array([0.0, 0.0, 1.0])))


def _weighed(seen: Value, adults: Spread) -> Value:
    """What is seen and what is known of adults, each by its precision (the normal posterior mean): a picture from the
    front hardly shows where a nose's flank is, so it counts for little more than a third.
    """
    noise, spread = (seen.error / TWICE) ** 2, adults.deviation**2
    share = spread / (spread + noise)
    return Value(adults.mean + share * (seen.mm - adults.mean), TWICE * math.sqrt(spread * noise / (spread + noise)))


MISSING = N_("A point isn’t placed. Put all of them on the picture.")
