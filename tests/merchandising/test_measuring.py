"""Millimetres: points projected from a face of known measurements, and whole pictures of invented heads."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import InputError
from lib.merchandising import made_to_measure_eyewear
from lib.merchandising.made_to_measure_eyewear.heads import Head, Shot, photograph
from lib.merchandising.made_to_measure_eyewear.measuring import BEHIND, Measured, measure
from lib.merchandising.made_to_measure_eyewear.population import ADULTS
from lib.vision.faces import Pose, find_card, find_faces, focal_pixels, guessed_points, points_of
from lib.vision.faces.pose import GENERAL_FACE
from tests.vision.faces.test_pose import turned

FOLDER = Path(made_to_measure_eyewear.__file__).parent
VISION = Path(__file__).resolve().parents[2] / "lib" / "vision"


def projected(pd: float, wide: float, yaw: float, distance: float, card: bool = True) -> dict[str, tuple[float, float]]:
    """Points of a face of these measurements in a picture of 900 by 1200 pixels taken with 28 mm."""
    pose = Pose(turned(yaw, 0, 0), np.array([0.0, 0.0, -1.0]), focal_pixels(900, 1200, 28.0), (450.0, 600.0))
    lens = -pose.rotation.T @ (pose.direction * distance)
    eyes = {}
    for side, x in (("right", -pd / 2), ("left", pd / 2)):
        centre = np.array([x, 0.0, -2.0 - BEHIND])
        eyes[side] = centre + BEHIND * (lens - centre) / np.linalg.norm(lens - centre)
    places = {**GENERAL_FACE, "temple_right": (-wide / 2, 0, -62.0), "temple_left": (wide / 2, 0, -62.0)}
    across = pose.rotation.T @ np.array([11.71 / 2, 0, 0])  # an iris faces the lens
    for side, eye in eyes.items():
        out = -across if side == "right" else across
        places |= {f"pupil_{side}": eye, f"iris_{side}_outer": eye + out, f"iris_{side}_inner": eye - out}
    if card:
        corners = ((-42.8, 87), (42.8, 87), (42.8, 33.02), (-42.8, 33.02))
        places |= {f"card_{k}": (x, y, 13.0) for k, (x, y) in enumerate(corners, 1)}
    flat = pose.pixels(np.array(list(places.values())), distance)
    return {name: (float(x), float(y)) for name, (x, y) in zip(places, flat, strict=True)}


@given(st.floats(54, 74), st.floats(125, 155), st.floats(-18, 18), st.floats(380, 900))
def test_a_card_gives_pupils_and_breadth_whatever_the_turn_and_distance(
    pd: float, wide: float, yaw: float, distance: float
) -> None:
    found, _sight = measure(projected(pd, wide, yaw, distance), 900, 1200, "card", 28.0)
    assert found.pd.mm == pytest.approx(pd, abs=1.2)
    assert found.width.mm == pytest.approx(wide, abs=4.5)
    assert abs(found.pd.mm - pd) < found.pd.error


@given(st.floats(54, 74), st.floats(400, 900))
def test_an_average_iris_gives_the_pupils(pd: float, distance: float) -> None:
    """Drawn towards the mean adult's, as irises differ as well: between the two, and within the error that is told."""
    found, _sight = measure(projected(pd, 140, 0, distance), 900, 1200, "iris", 28.0)
    near, far = sorted((pd, ADULTS["pd"].mean))
    assert near - 0.6 <= found.pd.mm <= far + 0.6
    assert abs(found.pd.mm - pd) < found.pd.error


@given(st.floats(0.92, 1.08))
def test_of_an_unusual_iris_a_part_is_taken_for_an_unusual_iris(share: float) -> None:
    """A face of ordinary size whose irises are large isn't taken for a small face seen from near."""
    points = projected(63.5, 139.3, 0, 500)
    for side in ("right", "left"):
        middle = (np.array(points[f"iris_{side}_outer"]) + np.array(points[f"iris_{side}_inner"])) / 2
        for end in ("outer", "inner"):
            x, y = middle + (np.array(points[f"iris_{side}_{end}"]) - middle) * share
            points[f"iris_{side}_{end}"] = (float(x), float(y))
    found, _sight = measure(points, 900, 1200, "iris", 28.0)
    assert abs(found.pd.mm - 63.5) <= abs(63.5 / share - 63.5) * 0.8 + 0.6


def test_eyes_that_look_into_a_near_lens_are_not_taken_for_their_distance() -> None:
    found, _sight = measure(projected(64, 140, 0, 400), 900, 1200, "card", 28.0)
    in_picture = 64 * (1 - BEHIND / 410.5)
    assert found.pd.mm == pytest.approx(64, abs=0.5) and in_picture < 62.5


@given(st.floats(-18, 18))
def test_a_turned_head_doesnt_make_one_half_of_the_distance_longer(yaw: float) -> None:
    found, _sight = measure(projected(64, 140, yaw, 500), 900, 1200, "card", 28.0)
    assert found.pd_right.mm == pytest.approx(32, abs=1.0) and found.pd_left.mm == pytest.approx(32, abs=1.0)


def test_the_iris_tells_less_exactly_than_a_card_and_an_unknown_lens_less_than_a_known_one() -> None:
    points = projected(64, 140, 0, 500)
    card, iris = (measure(points, 900, 1200, scale, 28.0)[0] for scale in ("card", "iris"))
    unknown = measure(points, 900, 1200, "card", None)[0]
    assert iris.pd.error > 2 * card.pd.error
    assert unknown.width.error > card.width.error


def test_where_the_card_is_held_counts() -> None:
    points = projected(64, 140, 0, 500)
    forehead, eyes = (measure(points, 900, 1200, "card", 28.0, at)[0] for at in ("forehead", "eyes"))
    assert eyes.pd.mm < forehead.pd.mm


def test_a_face_in_profile_is_refused() -> None:
    with pytest.raises(InputError, match="Take the picture from the front"):
        measure(projected(64, 140, 50, 500), 900, 1200, "card", 28.0)


@pytest.mark.parametrize(("lacking", "said"), [("pupil_left", "pupils"), ("card_3", "corners"), ("chin", "A point")])
def test_what_is_missing_is_named(lacking: str, said: str) -> None:
    points = projected(64, 140, 0, 500)
    del points[lacking]
    with pytest.raises(InputError, match=said):
        measure(points, 900, 1200, "card", 28.0)


def test_no_iris_is_named() -> None:
    points = projected(64, 140, 0, 500)
    del points["iris_left_inner"]
    with pytest.raises(InputError, match="irises"):
        measure(points, 900, 1200, "iris", 28.0)


def test_corners_that_are_no_card_are_refused() -> None:
    points = projected(64, 140, 0, 500)
    points["card_3"] = (points["card_3"][0], points["card_3"][1] + 60)
    points["card_4"] = (points["card_4"][0], points["card_4"][1] + 60)
    with pytest.raises(InputError, match="proportions"):
        measure(points, 900, 1200, "card", 28.0)


def test_a_card_far_too_small_is_refused_as_a_face() -> None:
    points = projected(64, 140, 0, 500)
    middle = np.mean([points[f"card_{k}"] for k in range(1, 5)], axis=0)
    for k in range(1, 5):
        x, y = middle + (np.array(points[f"card_{k}"]) - middle) * 0.45
        points[f"card_{k}"] = (float(x), float(y))
    with pytest.raises(InputError, match="no adult"):
        measure(points, 900, 1200, "card", 28.0)


def test_guessed_points_measure_something_or_say_why_not() -> None:
    found, _sight = measure(guessed_points(900, 1200), 900, 1200, "iris")
    assert isinstance(found, Measured) and 50 < found.pd.mm < 75


def test_the_nose_is_drawn_towards_the_mean_adult() -> None:
    points = projected(64, 140, 0, 500)
    for side, x in (("right", -30.0), ("left", 30.0)):
        points[f"nose_{side}"] = (points[f"nose_{side}"][0] + x, points[f"nose_{side}"][1])
    wide, _sight = measure(points, 900, 1200, "card", 28.0)
    plain, _sight = measure(projected(64, 140, 0, 500), 900, 1200, "card", 28.0)
    assert plain.nose.mm < wide.nose.mm < plain.nose.mm + 20
    assert wide.nose.error < 1.96 * ADULTS["nose"].deviation


def test_a_whole_picture_is_measured_within_its_own_error() -> None:
    head, shot = Head(pd=66, temples=146, tone=7), Shot(yaw=9, card=True, width=630, height=750)
    pixels = photograph(head, shot)
    face = find_faces(pixels)[0]
    points, corners = points_of(face, pixels), find_card(pixels, face.box)
    assert corners is not None
    points |= {f"card_{k}": (float(x), float(y)) for k, (x, y) in enumerate(corners, 1)}
    found, _sight = measure(points, 630, 750, "card", shot.focal)
    assert abs(found.pd.mm - 66) < 1.5 and abs(found.pd.mm - 66) < found.pd.error
    assert abs(found.width.mm - 146) < found.width.error
    assert abs(found.yaw - 9) < 5


def test_what_measures_never_imports_the_heads() -> None:
    """The proof would be worthless if the method knew how the heads are built."""
    method = [FOLDER / f"{name}.py" for name in ("measuring", "fitting", "size_run", "frames", "wearing", "population")]
    for path in [*method, *VISION.rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
            assert not any(".heads" in name for name in names), path


def test_a_run_keeps_numbers_alone() -> None:
    kept = measure(projected(64, 140, 0, 500), 900, 1200, "card", 28.0)[0].as_json()

    def leaves(value: object) -> list[object]:
        return [leaf for each in value.values() for leaf in leaves(each)] if isinstance(value, dict) else [value]

    assert all(isinstance(leaf, float | str) for leaf in leaves(kept))
    assert [leaf for leaf in leaves(kept) if isinstance(leaf, str)] == ["card"]
