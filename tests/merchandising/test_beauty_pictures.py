"""The triangle: what is drawn is allowed, fills the bands, and puts trials where their amounts are."""

from __future__ import annotations

import numpy as np
import pytest

from lib.errors import InputError
from lib.merchandising.beauty_formulation.model import LEAVE_ON, Ingredient
from lib.merchandising.beauty_formulation.planning import Question, plan
from lib.merchandising.beauty_formulation.samples import of_sample
from lib.merchandising.beauty_formulation.sampling import hit_and_run
from lib.merchandising.beauty_formulation.space import space_of
from lib.merchandising.beauty_formulation.ternary import HEIGHT, allowed, most_apart, most_telling, picture
from tests.merchandising.formulas import SIMPLE, sample

PART = space_of(SIMPLE, LEAVE_ON).parts[0]
CENTRE = np.array([75.0, 10.0, 10.0, 5.0])
THREE = (0, 1, 2)


def area(rings) -> float:
    """The area of polygons."""
    total = 0.0
    for ring in rings:
        x, y = np.array(ring).T
        total += abs(x @ np.roll(y, 1) - y @ np.roll(x, 1)) / 2
    return float(total)


def glycerin(mixtures: np.ndarray) -> np.ndarray:
    return np.asarray(mixtures[:, 1])


def test_the_outline_is_what_is_allowed_while_the_others_are_held():
    for corner in allowed(PART, CENTRE, THREE):
        mixture = CENTRE.copy()
        mixture[list(THREE)] = corner
        assert PART.holds(mixture[None], 1e-6)[0]
    drawn = hit_and_run(PART, 500, np.random.default_rng(0))
    inside = drawn[np.abs(drawn[:, 3] - 5) < 0.3]
    made = picture(PART, CENTRE, THREE, glycerin, [("t", one, False, False) for one in inside])
    assert made.outside == 0


def test_the_bands_fill_the_outline_and_don_t_overlap():
    made = picture(PART, CENTRE, THREE, glycerin, [])
    assert sum(area(band.rings) for band in made.bands) == pytest.approx(area([made.outline]), rel=1e-3)
    assert [band.low for band in made.bands[1:]] == pytest.approx([band.high for band in made.bands[:-1]])


def test_each_place_lies_in_the_band_of_its_value():
    made = picture(PART, CENTRE, THREE, glycerin, [])
    room = made.high[0] - made.low[0]
    for band in made.bands:
        for ring in band.rings:
            x, y = np.array(ring).mean(axis=0)
            value = made.low[1] + room * (x - y / HEIGHT / 2)  # the second corner's share of the triangle
            assert band.low - 1e-6 <= value <= band.high + 1e-6


def test_the_formula_itself_stands_in_the_triangle_where_its_amounts_are():
    made = picture(
        PART,
        CENTRE,
        THREE,
        glycerin,
        [("here", CENTRE, False, True), ("far", np.array([40.0, 60, 0, 0]), False, False)],
    )
    (dot,) = made.dots
    room = made.high[0] - made.low[0]
    assert dot.near == pytest.approx(1.0)
    assert dot.place[1] == pytest.approx((10 - made.low[2]) / room * HEIGHT)
    assert made.outside == 1


def test_the_triangle_begins_with_what_moves_the_response():
    three = most_telling(PART, CENTRE, lambda m: 5 * m[:, 3] + m[:, 2])
    assert set(three) == {0, 2, 3}


def test_the_triangle_shows_what_the_proposals_differ_in():
    proposed = np.array([CENTRE, CENTRE + np.array([0.1, 3.0, -4.0, 0.9])])
    assert set(most_apart(PART, CENTRE, proposed)) == {1, 2, 3}
    assert set(most_apart(PART, CENTRE, proposed[1:])) == {1, 2, 3}
    assert most_apart(PART, CENTRE, np.array([CENTRE, CENTRE])) is None


def test_the_triangle_to_begin_with_shows_most_of_the_proposals():
    ingredients, trials = sample("cream")
    wanted = of_sample("cream")
    question = Question(ingredients, wanted.product, trials, wanted.targets, 4)
    found, space = plan(question), question.space()
    centre = np.array(found.expected_best)
    part = next(one for one in space.parts if one.holds(centre[None], 1e-2)[0])
    three = most_apart(part, centre, np.array([one.shares for one in found.proposals]))
    marks = [(one.name, np.array(one.shares), True, False) for one in found.proposals]
    assert picture(part, centre, three, lambda mixtures: mixtures[:, 1], marks).outside <= 1


def test_ingredients_that_can_t_be_exchanged_are_refused():
    rows = (*SIMPLE[:1], Ingredient("A", "", 1, 2, 2), Ingredient("B", "", 1, 3, 3), Ingredient("C", "", 1, 1, 9))
    part = space_of(rows, LEAVE_ON).parts[0]
    with pytest.raises(InputError, match="exchanged"):
        picture(part, part.centre, (1, 2, 3), glycerin, [])
