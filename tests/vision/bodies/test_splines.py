"""Thin-plate splines: exact at their points, straight where these are moved straight."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lib.errors import InputError
from lib.vision.bodies import Spline, warped

GRID = np.stack(np.meshgrid(np.linspace(0, 90, 4), np.linspace(0, 120, 4)), -1).reshape(-1, 2)


@settings(deadline=None, max_examples=40)
@given(arrays(float, (16, 2), elements=st.floats(-12, 12)))
def test_every_point_goes_where_it_should(moved: np.ndarray) -> None:
    places = GRID + moved
    assert np.abs(Spline.through(GRID, places)(GRID) - places).max() < 1e-5


def test_an_affine_move_bends_nothing() -> None:
    turn = np.array([[0.9, -0.2], [0.3, 1.1]])
    spline = Spline.through(GRID, GRID @ turn.T + 7)
    others = np.array([[13.0, 41.0], [70.0, 99.0], [150.0, -30.0]])
    assert np.allclose(spline(others), others @ turn.T + 7, atol=1e-6)


@pytest.mark.parametrize("points", [np.zeros((2, 2)), np.stack([np.arange(6.0), np.arange(6.0)], -1)])
def test_too_few_points_or_a_line_are_refused(points: np.ndarray) -> None:
    with pytest.raises(InputError):
        Spline.through(points, points)


def test_a_shifted_picture_is_found_where_it_was_shifted_to() -> None:
    picture = np.zeros((60, 80, 4), np.uint8)
    picture[20:40, 30:50] = (200, 10, 30, 255)
    back = Spline.through(GRID, GRID - np.array([10.0, 5.0]))
    drawn = warped(picture, back, (60, 80))
    assert drawn[35, 50].tolist() == [200, 10, 30, 255] and drawn[22, 35, 3] == 0
