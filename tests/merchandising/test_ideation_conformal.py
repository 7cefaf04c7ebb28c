"""Intervals of one style: as wide as earlier seasons say, and learned without a look at the season they are for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.merchandising.product_ideation.conformal import LEAST_KNOWN, of_season, reach_of
from lib.merchandising.product_ideation.line import past_line
from lib.merchandising.product_ideation.pooling import Z, sold_odds
from lib.merchandising.product_ideation.proof import hold_out
from tests.merchandising.made_line import made_styles

distances = st.lists(st.floats(0, 50), min_size=LEAST_KNOWN, max_size=400)


@given(distances)
def test_the_reach_holds_what_it_promises_of_what_it_was_learned_from(known):
    reach = reach_of([np.array(known)])
    assert np.mean(np.array(known) <= reach) >= 0.95
    assert reach in known


@given(distances, st.floats(1, 5))
def test_worse_predictions_reach_further(known, factor):
    assert reach_of([factor * np.array(known)]) >= reach_of([np.array(known)])


def test_too_few_styles_leave_a_normal_interval():
    assert reach_of([]) == reach_of([np.full(LEAST_KNOWN - 1, 9.0)]) == Z


def test_the_season_itself_and_later_ones_are_not_looked_at():
    styles = made_styles(280)
    seasons = sorted({style.season for style in styles})
    turned = [
        style.model_copy(update={"sold": style.bought - style.sold}) if style.season > seasons[2] else style
        for style in styles
    ]
    one, two = (of_season(past_line(some), seasons[2], sold_odds) for some in (styles, turned))
    assert one == pytest.approx(two)


def test_a_line_with_heavy_luck_is_covered_better_than_by_normal_errors():
    """One style in ten is a flop or a hit far beyond what a normal deviation allows."""
    draw = np.random.default_rng(3)
    styles = []
    for style in made_styles(320):
        sold = int(style.bought * draw.choice([0.02, 0.98])) if draw.random() < 0.1 else style.sold
        styles.append(style.model_copy(update={"sold": sold}))
    line = past_line(styles)
    earlier, last = line.seasons[-3:-1], line.seasons[-1]
    reach = reach_of([of_season(line, season, sold_odds) for season in earlier])
    out = hold_out(line, last, reach=reach)
    assert reach > Z
    assert out.inside.mean() > out.inside_normal.mean()
