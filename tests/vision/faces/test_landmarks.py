"""The landmark model on invented heads: found whatever the tone, not found where nobody is, irises and cards placed."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from lib.merchandising.made_to_measure_eyewear.heads import Head, Shot, photograph
from lib.merchandising.made_to_measure_eyewear.heads.photograph import card_corners, in_camera, projected
from lib.merchandising.made_to_measure_eyewear.heads.shape import EYEBALL, pupils
from lib.settings import ROOT
from lib.vision.faces import FACE_POINTS, IRIS_POINTS, find_card, find_faces, guessed_points, model_ready, points_of

SMALL = {"width": 630, "height": 750}


@pytest.fixture(scope="module", autouse=True)
def with_model() -> None:
    assert model_ready(), "mediapipe and its models belong to the installation: requirements-nodeps.txt"


@pytest.mark.parametrize("tone", [1, 5, 10])
def test_a_face_of_any_tone_is_found_and_its_pupils_are_near_the_true_ones(tone: int) -> None:
    head, shot = Head(tone=tone), Shot(yaw=6, roll=3, light=1.0 if tone < 8 else 1.5, **SMALL)
    pixels = photograph(head, shot)
    faces = find_faces(pixels)
    assert len(faces) == 1
    points = points_of(faces[0], pixels)
    assert set(points) == {*FACE_POINTS, *IRIS_POINTS}
    per_mm = shot.focal / 36 * shot.height / shot.distance
    # The eyes look into the lens, wherever the head is turned to.
    centres = in_camera(np.array([(x, 0.0, -EYEBALL) for x in pupils(head)]), shot)
    gaze = -centres / np.linalg.norm(centres, axis=1, keepdims=True)
    truth = projected(centres + 10.4 * gaze, shot)
    for at, name in enumerate(("pupil_right", "pupil_left")):
        assert np.hypot(*(np.array(points[name]) - truth[at])) < 2.5 * per_mm


def test_an_iris_is_as_wide_as_it_was_drawn() -> None:
    head, shot = Head(iris=12.4), Shot(width=840, height=1000)
    pixels = photograph(head, shot)
    points = points_of(find_faces(pixels)[0], pixels)
    drawn = head.iris * shot.focal / 36 * shot.height / (shot.distance + 2)
    for side in ("right", "left"):
        found = points[f"iris_{side}_outer"], points[f"iris_{side}_inner"]
        assert abs(found[0][0] - found[1][0]) == pytest.approx(drawn, rel=0.06)


@pytest.mark.parametrize("tone", [2, 6, 9])
def test_a_card_on_the_forehead_is_found_to_a_pixel_or_two(tone: int) -> None:
    head, shot = Head(tone=tone), Shot(card=True, roll=4, **SMALL)
    pixels = photograph(head, shot)
    found = find_card(pixels, find_faces(pixels)[0].box)
    assert found is not None
    assert np.abs(found - projected(in_camera(card_corners(head), shot), shot)).max() < 2.0


def test_no_card_is_seen_where_none_is() -> None:
    pixels = photograph(Head(), Shot(**SMALL))
    assert find_card(pixels, find_faces(pixels)[0].box) is None


@pytest.mark.parametrize("colour", [0, 128, 255])
def test_an_empty_picture_holds_no_face_and_no_card(colour: int) -> None:
    pixels = np.full((400, 300, 3), colour, np.uint8)
    assert find_faces(pixels) == ()
    assert find_card(pixels) is None


def test_three_people_are_three_faces() -> None:
    row = [photograph(Head(tone=tone), Shot(width=400, height=480)) for tone in (2, 5, 7)]
    assert len(find_faces(np.hstack(row))) == 3


def test_a_face_that_fills_little_of_a_large_picture_is_found_in_its_middle() -> None:
    pixels = np.full((1800, 2400, 3), 170, np.uint8)
    pixels[480:980, 990:1410] = photograph(Head(), Shot(width=420, height=500))
    (face,) = find_faces(pixels)
    left, top, right, bottom = face.box
    assert 990 < left < right < 1410 and 480 < top < bottom < 980


def test_guessed_points_lie_in_the_picture_and_are_complete() -> None:
    for width, height in ((300, 900), (1200, 400), (64, 64)):
        points = guessed_points(width, height)
        assert {*FACE_POINTS, *IRIS_POINTS} < set(points)
        assert all(-0.3 * width <= x <= 1.3 * width for x, _y in points.values())


def test_loading_the_model_logs_no_error_of_protobuf() -> None:
    """In a process of its own: the model is imported once."""
    script = (
        "import numpy as np; from lib.vision.faces import find_faces; find_faces(np.zeros((200, 200, 3), np.uint8))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=180, cwd=ROOT
    )
    assert "AttributeError" not in done.stderr + done.stdout
