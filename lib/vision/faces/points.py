"""The few points of a face that are measured from: each has a name, and a person may place or move it.

Right and left are the person's: the right eye is on the picture's left side.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lib.vision.faces.iris import edges
from lib.vision.faces.landmarks import LEFT_IRIS, RIGHT_IRIS, Array, Face, Pixels

FACE_POINTS = (
    "pupil_right",
    "pupil_left",
    "temple_right",
    "temple_left",
    "bridge",
    "nose_right",
    "nose_left",
    "nose_tip",
    "chin",
)
IRIS_POINTS = ("iris_right_outer", "iris_right_inner", "iris_left_inner", "iris_left_outer")
CARD_POINTS = ("card_1", "card_2", "card_3", "card_4")  # from the upper left corner clockwise
# Numbers of the model's mesh. Temples lie on the face's outline beside the eyes; the nose's points on its
# flanks below the inner corners of the eyes, where a frame's pads rest.
MESH: Mapping[str, tuple[int, ...]] = {
    "temple_right": (127,),
    "temple_left": (356,),
    "bridge": (168,),
    "nose_right": (245,),
    "nose_left": (465,),
    "nose_tip": (1,),
    "chin": (152,),
}


def points_of(face: Face, pixels: Pixels) -> dict[str, tuple[float, float]]:
    """The named points of a face that the model found, in pixels. Irises are looked for in the picture itself."""
    named: dict[str, Array] = {name: face.points[list(at)].mean(axis=0) for name, at in MESH.items()}
    for side, centre in (("right", RIGHT_IRIS), ("left", LEFT_IRIS)):
        ring = face.points[centre + 1 : centre + 5]
        left, right, middle = edges(pixels, face.points[centre], float(np.ptp(ring[:, 0])) / 2)
        outer, inner = (left, right) if side == "right" else (right, left)
        named[f"iris_{side}_outer"], named[f"iris_{side}_inner"] = outer, inner
        named[f"pupil_{side}"] = middle
    return {name: (float(at[0]), float(at[1])) for name, at in named.items()}


def guessed_points(width: int, height: int) -> dict[str, tuple[float, float]]:
    """Where the points begin when nobody and nothing has placed them: a face in the middle of the picture."""
    unit = min(width, height * 0.8) / 420  # pixels per millimetre of a face that fills a third of the width
    x, y = width / 2, height * 0.45
    places = {
        "pupil_right": (-31.5, 0), "pupil_left": (31.5, 0), "temple_right": (-70, 0), "temple_left": (70, 0),
        "bridge": (0, -3), "nose_right": (-9, 10), "nose_left": (9, 10), "nose_tip": (0, 40), "chin": (0, 114),
        "iris_right_outer": (-37.4, 0), "iris_right_inner": (-25.6, 0), "iris_left_inner": (25.6, 0),
        "iris_left_outer": (37.4, 0), "card_1": (-42.8, -90), "card_2": (42.8, -90), "card_3": (42.8, -36),
        "card_4": (-42.8, -36),
    }  # fmt: skip
    return {name: (x + dx * unit, y + dy * unit) for name, (dx, dy) in places.items()}
