"""Who is in a picture, and where a person's joints are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.vision.bodies.graphs import Pixels, graph, lock, ready, squared

Array = NDArray[np.float64]
Box = tuple[float, float, float, float]
#: The model's points by the names used here; ``left`` is the person's own.
JOINTS: Final[Mapping[str, int]] = {
    "nose": 0, "left_eye": 2, "right_eye": 5, "left_ear": 7, "right_ear": 8, "left_mouth": 9, "right_mouth": 10,
    "left_shoulder": 11, "right_shoulder": 12, "left_elbow": 13, "right_elbow": 14, "left_wrist": 15,
    "right_wrist": 16, "left_hand": 19, "right_hand": 20, "left_hip": 23, "right_hip": 24, "left_knee": 25,
    "right_knee": 26, "left_ankle": 27, "right_ankle": 28,
}  # fmt: skip
LONGEST: Final = 1280
#: Two findings nearer than this share of a body's half height are one person.
SAME: Final = 0.45
SURE: Final = 0.5  # of what the finder sees
bodies_ready = ready


@dataclass(frozen=True)
class Body:
    """A person's joints in pixels, and how sure the model is to see each, 0 to 1."""

    points: Mapping[str, tuple[float, float]]
    seen: Mapping[str, float]

    def at(self, name: str) -> Array:
        return np.array(self.points[name], dtype=float)

    def middle(self, part: str) -> Array:
        """Between the left and the right one."""
        return (self.at(f"left_{part}") + self.at(f"right_{part}")) / 2


def find_people(pixels: Pixels) -> tuple[Box, ...]:
    """Boxes (left, top, right, bottom) of the people in a picture (h, w, 3), from the left; empty where there is none.

    The whole picture is looked at, then upright windows across it: the model is made for one person and sees fewer of a
    group in one look.
    """
    height, width = pixels.shape[:2]
    found = _detected(pixels, 0)
    wide = int(height * 0.62)
    if width > wide * 1.25:
        for left in np.linspace(0, width - wide, int(np.ceil((width - wide) / (wide * 0.5))) + 1).astype(int):
            found += _detected(pixels[:, left : left + wide], int(left))
    people: list[tuple[float, Array, Array]] = []
    for score, hips, away in sorted(found, key=lambda one: -one[0]):
        reach = float(np.hypot(*(away - hips)))
        if all(np.hypot(*(hips - other)) > SAME * max(reach, np.hypot(*(end - other))) for _s, other, end in people):
            people.append((score, hips, away))
    boxes = [_box(hips, away, pixels.shape) for _score, hips, away in people]
    return tuple(sorted(boxes, key=lambda box: box[0] + box[2]))


def _detected(pixels: Pixels, left: int) -> list[tuple[float, Array, Array]]:
    """(score, middle of the hips, a point on the circle around the whole body) of each finding, in pixels."""
    square, shrink, (x, y) = squared(pixels, LONGEST)
    with lock:
        found = graph("finder").process(square).detections or []
    rows = []
    for one in found:
        spots = [np.array([k.x, k.y]) * len(square) for k in one.location_data.relative_keypoints[:2]]
        hips, away = ((spot - (x, y)) / shrink + (left, 0) for spot in spots)
        if one.score[0] >= SURE:
            rows.append((float(one.score[0]), hips, away))
    return rows


def _box(hips: Array, away: Array, shape: tuple[int, ...]) -> Box:
    """Around an upright body whose circle is known: a bit more than half as wide as it is high."""
    reach = float(np.hypot(*(away - hips)))
    left, right = hips[0] - 0.62 * reach, hips[0] + 0.62 * reach
    top, bottom = hips[1] - 1.12 * reach, hips[1] + 1.12 * reach
    return max(left, 0.0), max(top, 0.0), min(right, shape[1] - 1.0), min(bottom, shape[0] - 1.0)


def read_body(pixels: Pixels, box: Box | None = None) -> Body | None:
    """The joints of the person in a picture (h, w, 3), or in this part of it; None where there is nobody."""
    left, top, right, bottom = box or (0.0, 0.0, float(pixels.shape[1]), float(pixels.shape[0]))
    part = pixels[int(top) : int(np.ceil(bottom)), int(left) : int(np.ceil(right))]
    square, shrink, (x, y) = squared(part, LONGEST)
    with lock:
        found = graph("pose").process(square).pose_landmarks
    if not found:
        return None
    places = (np.array([(p.x, p.y) for p in found.landmark]) * len(square) - (x, y)) / shrink + (int(left), int(top))
    return Body(
        {name: (float(places[at][0]), float(places[at][1])) for name, at in JOINTS.items()},
        {name: float(found.landmark[at].visibility) for name, at in JOINTS.items()},
    )
