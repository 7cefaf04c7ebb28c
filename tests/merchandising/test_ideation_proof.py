"""The proof: it wins where there is something to find, keeps quiet where there is nothing, and can lose."""

from __future__ import annotations

import json

import numpy as np
import pytest
from scipy.stats import spearmanr

from lib.errors import Cancelled, InputError, TooFewRows
from lib.evidence import read_proof
from lib.merchandising.product_ideation.line import past_line
from lib.merchandising.product_ideation.proof import ProofData, hold_out, proof
from lib.merchandising.product_ideation.ranking import (
    AVERAGES,
    CATEGORY,
    CHANCE,
    compared,
    rank_correlation,
    top_share,
)
from tests.merchandising.made_line import made_styles

QUICK = {"shuffles": 2, "draws": 200}


@pytest.fixture(scope="module")
def found():
    return proof(ProofData(tuple(made_styles(280)), "made"), **QUICK)


def test_it_ranks_what_then_sold_above_chance(found):
    first = found.measures[0]
    assert first.wins(CHANCE) is True
    assert set(first.baselines) == {AVERAGES, CATEGORY, CHANCE}
    assert first.n == 70


def test_it_survives_the_database(found):
    assert read_proof(json.loads(json.dumps(found.as_json()))) == found


def test_nothing_is_won_where_there_is_nothing():
    styles = made_styles(280, effects={}, luck=0.6)
    nothing = proof(ProofData(tuple(styles), "made"), **QUICK)
    assert nothing.measures[0].wins(CHANCE) is not True
    assert not nothing.null_win


def test_it_can_lose():
    """A last season that turned the taste round: what sold before sells worst, and the measure says so."""
    styles = made_styles(280)
    last = max(style.season for style in styles)
    turned = [
        style.model_copy(update={"sold": style.bought - style.sold}) if style.season == last else style
        for style in styles
    ]
    assert proof(ProofData(tuple(turned), "made"), **QUICK).measures[0].wins(CHANCE) is False


def test_the_held_out_season_is_not_seen():
    styles = made_styles(280)
    last = max(style.season for style in styles)
    other = [style.model_copy(update={"sold": 1}) if style.season == last else style for style in styles]
    one, two = hold_out(past_line(styles), last), hold_out(past_line(other), last)
    assert np.array_equal(one.ours, two.ours) and np.array_equal(one.averages, two.averages)
    assert not np.array_equal(one.observed, two.observed)


@pytest.mark.parametrize(
    ("styles", "error"),
    [
        (made_styles(1), TooFewRows),
        ([style.model_copy(update={"season": "2026-1"}) for style in made_styles(120)], InputError),
    ],
)
def test_too_little_to_hold_out_is_said(styles, error):
    with pytest.raises(error):
        proof(ProofData(tuple(styles), "made"), **QUICK)


def test_it_can_be_stopped():
    with pytest.raises(Cancelled):
        proof(ProofData(tuple(made_styles(280)), "made"), cancelled=lambda: True, **QUICK)


def test_rank_correlation_is_spearmans():
    generator = np.random.default_rng(0)
    one, two = generator.integers(0, 9, 60).astype(float), generator.normal(size=60)
    assert rank_correlation(one, two) == pytest.approx(spearmanr(one, two).statistic)
    assert rank_correlation(one, np.ones(60)) == 0


def test_top_share_counts_the_fifth():
    observed = np.arange(20.0)
    assert top_share(observed, observed) == 1
    assert top_share(-observed, observed) == 0


def test_differences_are_paired():
    """The same scores under two names differ by nothing, in every draw."""
    out = hold_out(past_line(made_styles(280)), "2025-1")
    same = type(out)(**{**out.__dict__, "averages": out.ours})
    measure = compared("m", "u", [same], ("ours", "averages"), "rho", 0, 100)
    assert measure.differences[AVERAGES] == (0, 0, 0)


@pytest.mark.long
def test_the_sample_has_something_to_find_and_the_null_control_none():
    sample = proof(draws=300)
    assert sample.measures[0].wins(CHANCE) is True
    assert not sample.null_win
