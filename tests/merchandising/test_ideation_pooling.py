"""Partial pooling: effects are found where they are, drawn in where little is known, and intervals hold."""

from __future__ import annotations

import numpy as np
import pytest

from lib.errors import Cancelled
from lib.merchandising.product_ideation.line import past_line
from lib.merchandising.product_ideation.pooling import as_it_is, fit, margins, share_of, sold_odds
from lib.merchandising.product_ideation.white_space import best_gaps, white_space
from tests.merchandising.made_line import made_line, made_styles


@pytest.fixture(scope="module")
def pooled():
    line = made_line()
    return fit(line, *sold_odds(line))


def test_what_sells_is_expected_to_sell(pooled):
    linen, velvet = pooled.means([{"fabric": "linen"}, {"fabric": "velvet"}])
    assert 0.6 < linen - velvet < 1.2  # the line was made with 0.9


def test_a_pair_never_made_is_judged_by_its_parts_with_a_wider_interval(pooled):
    made, never = {"fabric": "linen", "colour": "navy"}, {"fabric": "linen", "colour": "sage"}
    found = pooled.predict([made, never])
    assert found.mean[1] > found.mean[0]
    assert found.deviation[1] > found.deviation[0]
    assert (found.single > found.deviation).all()


def test_a_value_seen_once_is_drawn_in_further_than_one_seen_often():
    styles = made_styles()
    lucky = styles[0].model_copy(
        update={"style": "X", "genome": {**styles[0].genome, "fabric": "lace"}, "bought": 20, "sold": 20}
    )
    line = past_line([*styles, lucky])
    odds = sold_odds(line)[0]
    pooled = fit(line, *sold_odds(line))
    lace = pooled.means([{"fabric": "lace"}])[0] - pooled.centre
    assert 0 < lace < 0.5 * (odds[-1] - odds.mean())


def test_a_value_nobody_made_is_average_and_uncertain(pooled):
    found = pooled.predict([{}, {"fabric": "unheard of"}])
    assert found.mean[0] == pytest.approx(found.mean[1])


def test_intervals_lie_between_0_and_1_around_their_value(pooled):
    genomes = [style.genome for style in pooled.line.styles]
    value, low, high = pooled.predict(genomes).of_one(share_of)
    assert ((low > 0) & (low <= value) & (value <= high) & (high < 1)).all()


def test_means_are_those_of_predict(pooled):
    genomes = [style.genome for style in pooled.line.styles[:20]]
    assert np.allclose(pooled.means(genomes), pooled.predict(genomes).mean)


def test_margins_that_are_missing_are_left_out():
    styles = [style.model_copy(update={"margin": None}) if at % 3 else style for at, style in enumerate(made_styles())]
    line = past_line(styles)
    found = fit(line, *margins(line)).predict([{"fabric": "linen"}, {"fabric": "velvet"}])
    value, _low, _high = found.interval(as_it_is)
    assert value[0] > value[1]


def test_fitting_ends_when_it_is_asked_to():
    line = made_line(count=60)
    with pytest.raises(Cancelled):
        fit(line, *sold_odds(line), cancelled=lambda: True)


def test_the_gap_that_was_made_is_found(pooled):
    drawn = white_space(pooled, "fabric", "colour", "dress")
    best = drawn.gaps[0]
    assert (best.first, best.second, best.made) == ("linen", "sage", 0)
    assert best.low < best.value < best.high and best.gain > 0 and best.expected > 3
    gaps = best_gaps(pooled)
    assert ("linen", "sage") in {(cell.first, cell.second) for _map, cell in gaps}


def test_what_is_rare_but_sells_badly_is_no_gap():
    line = made_line(never=(("fabric", "velvet"), ("colour", "navy")))
    pooled = fit(line, *sold_odds(line))
    cells = white_space(pooled, "fabric", "colour", "dress").cells
    velvet = next(cell for cell in cells if (cell.first, cell.second) == ("velvet", "navy"))
    assert velvet.made == 0 and not velvet.rare


def test_counts_are_those_of_the_line(pooled):
    for category in ("", "dress"):
        drawn = white_space(pooled, "cut", "colour", category)
        inside = [style for style in pooled.line.styles if not category or style.genome["category"] == category]
        for cell in drawn.cells:
            both = sum(one.genome["cut"] == cell.first and one.genome["colour"] == cell.second for one in inside)
            assert cell.made == both
