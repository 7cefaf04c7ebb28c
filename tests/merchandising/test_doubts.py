"""What is asked about before a measurement is kept: odd points, not odd people."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.merchandising.made_to_measure_eyewear.doubts import doubts
from lib.merchandising.made_to_measure_eyewear.heads import photograph
from lib.merchandising.made_to_measure_eyewear.heads.people import somebody, taken
from lib.merchandising.made_to_measure_eyewear.measuring import measure
from lib.vision.faces import find_faces, points_of
from lib.vision.faces.pose import Point
from tests.merchandising.test_measuring import projected


def codes(points: dict[str, Point], found: dict[str, Point]) -> set[str]:
    measured, sight = measure(points, 900, 1200, "card", 28.0)
    return {one.code for one in doubts(measured, sight, points, found)}


@given(st.floats(57, 70), st.floats(128, 151), st.floats(-12, 12), st.floats(380, 900))
def test_an_ordinary_face_raises_no_question(pd: float, wide: float, yaw: float, distance: float) -> None:
    if not 0.40 < pd / wide < 0.51:
        return
    points = projected(pd, wide, yaw, distance)
    assert codes(points, points) == set()


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("away", [-20.0, 20.0])
def test_a_pupil_moved_by_twenty_pixels_is_asked_about(side: str, away: float) -> None:
    found = projected(63, 140, 0, 500)
    x, y = found[f"pupil_{side}"]
    points = found | {f"pupil_{side}": (x + away, y)}
    assert {f"moved_pupil_{side}", "uneven"} <= codes(points, found)
    assert "uneven" in codes(points, {})  # also where nobody knows where it was
    assert f"moved_pupil_{side}" in codes(found | {f"pupil_{side}": (x, y + away)}, found)


def test_a_small_correction_raises_none() -> None:
    found = projected(63, 140, 0, 500)
    points = {name: (x + 1.5, y - 1.5) for name, (x, y) in found.items()}
    assert codes(points, found) == set()


@pytest.mark.parametrize(
    ("pd", "wide", "code"), [(80, 140, "rare_pd"), (63, 185, "rare_width"), (50, 165, "rare_share")]
)
def test_measures_beyond_nearly_all_adults_are_asked_about(pd: float, wide: float, code: str) -> None:
    points = projected(pd, wide, 0, 700)
    assert code in codes(points, points)


def test_found_points_are_seldom_asked_about() -> None:
    """On heads of the population that the limits come from, turned as the proof's are."""
    generator = np.random.default_rng((7, 17))
    asked = measured = 0
    for tone in (2, 5, 8):
        head = somebody(generator, tone)
        for turn in ("front", "side"):
            shot = taken(head, generator, turn, width=630, height=750, card=False)
            pixels = photograph(head, shot)
            for face in find_faces(pixels):
                points = points_of(face, pixels)
                found, sight = measure(points, 630, 750, "iris", shot.focal)
                measured += 1
                asked += bool(doubts(found, sight, points, points))
    assert measured >= 5 and asked <= 1
