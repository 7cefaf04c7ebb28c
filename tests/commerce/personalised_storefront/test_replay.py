"""The replay: the draw is found again, estimates meet a truth that is known, and nothing is claimed of nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lib.commerce.personalised_storefront.attributes import range_of
from lib.commerce.personalised_storefront.cleaning import clean
from lib.commerce.personalised_storefront.logged import read_log
from lib.commerce.personalised_storefront.model import Tables
from lib.commerce.personalised_storefront.proof import ProofData, proof
from lib.commerce.personalised_storefront.replay import (
    logged,
    looks_at,
    replay,
    resample,
    robust,
    unnormalised,
    weighted,
)
from lib.errors import InputError
from tests.commerce.personalised_storefront.made_shop import products, shop, visits

LINE = range_of(products())


@pytest.fixture(scope="module")
def log():
    return read_log(visits(4_000), LINE)


def test_the_chances_of_each_place_are_found_again(log):
    weights = np.linspace(1.0, 3.0, 12)
    assert log.exact and len(log.draws) == 1
    assert (
        np.abs(log.draws[0].chances[:, 0] - (weights / weights.sum())[np.argsort([f"P{i}" for i in range(12)])]).max()
        < 1e-4
    )
    assert np.allclose(log.draws[0].chances.sum(axis=0), 1.0)


def test_how_far_down_people_look_is_found(log):
    assert np.abs(looks_at(log).chance - np.array([1.0, 0.8, 0.6, 0.4])).max() < 0.1


def test_all_three_estimates_meet_the_truth(log):
    """The right colour first: 0.3 clicks a look on all four places, 2.8 looks in all."""
    own = [
        np.array([LINE.index[f"P{i}"] for i in range(12) if i % 2 == int(v.customer_id[1:]) % 2]) for v in log.visits
    ]
    told = replay(log, own, looks_at(log), "clicked")
    counts = np.vstack([np.ones((1, len(log.visits))), resample([v.customer_id for v in log.visits], 300, 0)])
    for estimate in (weighted(told, counts), unnormalised(told, counts), robust(told, counts)):
        low, high = np.percentile(estimate[1:], [0.5, 99.5])
        assert low < 0.3 * 2.8 < high
        assert estimate[0] > logged(log, "clicked", counts)[0]


def test_the_logged_order_replayed_is_what_was_counted(log):
    same = [visit.products for visit in log.visits]
    told = replay(log, same, looks_at(log), "clicked")
    ones = np.ones((1, len(log.visits)))
    assert robust(told, ones)[0] == pytest.approx(logged(log, "clicked", ones)[0], rel=0.25)


def test_lost_chances_follow_from_the_others():
    whole = visits(600)
    lost = tuple(replace(one, chance=None) if number % 13 == 0 else one for number, one in enumerate(whole))
    found = read_log(lost, LINE)
    assert found.exact and found.left_out == 0
    assert found.restored == sum(one.chance is None for one in lost)


def test_chances_that_follow_no_draw_leave_the_first_places():
    rng = np.random.default_rng(0)
    odd = tuple(replace(one, chance=float(rng.uniform(0.01, 0.9))) for one in visits(300))
    found = read_log(odd, LINE)
    assert not found.exact and found.places == 1


def test_a_log_without_chances_is_refused_with_the_fix():
    with pytest.raises(InputError, match="Log the chance of each place"):
        read_log(tuple(replace(one, chance=None) for one in visits(50)), LINE)


def test_chances_of_nothing_count_as_lost_and_robots_are_left_out():
    whole = list(visits(100))
    whole[0] = replace(whole[0], chance=0.0)
    whole[4:8] = [replace(one, clicked=True) for one in whole[4:8]]
    kept, told = clean(Tables(products=products(), visits=(*whole, *whole[8:12])))
    assert (told.chances_impossible, told.robots, told.visits_twice) == (1, 1, 1)
    assert len(kept.visits) == 99 * 4


def test_a_log_without_a_click_is_no_win_and_no_error():
    tables = replace(shop(), visits=tuple(replace(one, clicked=False) for one in visits(400)))
    made = proof(ProofData(tables), shuffles=1, draws=50)
    clicks = [one for one in made.measures if one.unit == "clicks per visit"]
    assert clicks and all(one.ours == pytest.approx(0, abs=1e-9) for one in clicks)
    assert not any(one.wins(name) for one in clicks for name in one.baselines)


def test_without_chances_the_proof_is_the_hit_rate_alone():
    tables = replace(shop(), visits=tuple(replace(one, chance=None) for one in visits(400)))
    made = proof(ProofData(tables), shuffles=1, draws=50)
    assert [one.unit for one in made.measures if not one.control] == ["share of shoppers"]


def test_taste_that_is_there_is_found_and_taste_that_is_not_is_not_claimed():
    made = proof(ProofData(replace(shop(), visits=visits(1_500))), shuffles=3, draws=200)
    clicks = next(one for one in made.measures if one.unit == "clicks per visit")
    assert clicks.wins("the page without a profile")
    metrics = [one.metric.casefold() for one in made.measures]
    for act in ("clicks", "orders"):
        mine = [metric for metric in metrics if act in metric]
        assert any("without normalisation" in one for one in mine) and any("doubly robust" in one for one in mine)
    assert all(one.baseline_intervals and one.low <= one.ours <= one.high for one in made.measures if not one.control)
    assert not made.null_win
