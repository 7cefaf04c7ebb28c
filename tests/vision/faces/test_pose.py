"""A head's turn from its points: what was projected comes back, whatever the turn, distance and lens."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.errors import InputError
from lib.vision.faces import Pose, focal_pixels, head_pose
from lib.vision.faces.pose import GENERAL_FACE

ANGLE = st.floats(-25, 25)


def turned(yaw: float, pitch: float, roll: float) -> np.ndarray:
    y, p, r = np.radians([yaw, pitch, roll])
    about_y = np.array([[np.cos(y), 0, np.sin(y)], [0, 1, 0], [-np.sin(y), 0, np.cos(y)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(p), np.sin(p)], [0, -np.sin(p), np.cos(p)]])
    about_z = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
    return about_z @ about_x @ about_y


@settings(max_examples=40)
@given(ANGLE, st.floats(-15, 15), ANGLE, st.floats(350, 1500), st.sampled_from([24.0, 28.0, 50.0]))
def test_the_turn_of_a_general_face_comes_back(
    yaw: float, pitch: float, roll: float, distance: float, film: float
) -> None:
    direction = np.array([0.05, 0.03, -1.0])
    pose = Pose(turned(yaw, pitch, roll), direction, focal_pixels(900, 1200, film), (450.0, 600.0))
    flat = pose.pixels(np.array(list(GENERAL_FACE.values())), distance)
    points = {name: (float(x), float(y)) for name, (x, y) in zip(GENERAL_FACE, flat, strict=True)}
    found = head_pose(points, 900, 1200, film)
    off = np.degrees(np.arccos(np.clip((np.trace(found.rotation.T @ pose.rotation) - 1) / 2, -1, 1)))
    assert off < 1.5


@given(ANGLE, st.floats(-15, 15), ANGLE, st.floats(300, 2000), st.floats(-90, 90), st.floats(-120, 60))
def test_a_place_seen_at_a_pixel_is_found_again(
    yaw: float, pitch: float, roll: float, distance: float, x: float, y: float
) -> None:
    pose = Pose(turned(yaw, pitch, roll), np.array([0.1, -0.05, -1.0]), 900.0, (300.0, 400.0))
    place = np.array([x, y, -40.0])
    u, v = pose.pixels(place[None], distance)[0]
    assert pose.in_head((float(u), float(v)), -40.0, distance) == pytest.approx(place, abs=1e-6)


def test_points_on_one_line_are_refused() -> None:
    points = {name: (100.0 + 10 * at, 200.0) for at, name in enumerate(GENERAL_FACE)}
    with pytest.raises(InputError, match="one line"):
        head_pose(points, 600, 800, 28.0)


def test_points_on_top_of_each_other_are_refused() -> None:
    with pytest.raises(InputError, match="top of each other"):
        head_pose(dict.fromkeys(GENERAL_FACE, (100.0, 100.0)), 600, 800, 28.0)
