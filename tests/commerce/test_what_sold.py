"""What is planted is found, what isn't is not claimed, and the intervals hold what they promise."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from lib.commerce.product_descriptions.effects import effects_on
from lib.commerce.product_descriptions.features import FEATURES, LEARNED
from lib.commerce.product_descriptions.held_out import cross_fit, rank
from lib.commerce.product_descriptions.model import Channel, Post
from lib.commerce.product_descriptions.picture import cautions, figure, finding, on_returns, sentence, unclear
from lib.commerce.product_descriptions.regression import (
    dispersion_of,
    false_discovery_q,
    fit,
    grouped_folds,
    rank_correlation,
    ranks,
)
from lib.commerce.product_descriptions.table import table_of
from lib.commerce.product_descriptions.what_sold import WhatSold, advice, learn, score
from lib.errors import Cancelled, TooFewRows
from lib.i18n import use_language
from tests.commerce.made_posts import PLANTS, made

DRAWS = 100


@pytest.fixture(scope="module")
def learned() -> WhatSold:
    """Naming the fit sells a quarter more, speaking of scarcity a quarter less."""
    posts, products = made(planted={"fit_information": 0.25, "urgency": -0.25}, seed=3)
    return learn(posts, products, draws=DRAWS)


@pytest.fixture(scope="module")
def nothing() -> WhatSold:
    posts, products = made(seed=4)
    return learn(posts, products, draws=DRAWS)


def test_planted_effects_are_claimed_with_their_sign_and_size(learned):
    claims = {effect.feature: effect for effect in learned.claims}
    assert set(claims) == {"fit_information", "urgency"}
    for name, truth in (("fit_information", 0.25), ("urgency", -0.25)):
        effect = claims[name]
        assert effect.step_low < np.expm1(truth) < effect.step_high
        assert effect.low * effect.high > 0
        assert effect.same_sign > 0.97
        assert 0.4 < effect.posts / learned.posts < 0.6


def test_where_nothing_is_planted_nothing_is_claimed_or_advised(nothing):
    assert nothing.claims == ()
    assert advice(nothing, Channel.SITE, "coats") == ()
    assert "stands out" in finding(nothing)


def test_what_only_goes_with_a_category_that_sells_is_not_claimed():
    """Coats sell 65% more and name their origin nine times in ten: without the control it would be a sure find."""
    posts, products = made(seed=5, category_effect=0.5, with_more_in="origin_named")
    naive = table_of([post.model_copy(update={"category": "", "sku": ""}) for post in posts])
    effects, _error = effects_on(naive, naive.orders, naive.views, np.random.default_rng(0), DRAWS)
    assert "origin_named" in {effect.feature for effect in effects if effect.stands_out}
    assert learn(posts, products, draws=DRAWS).claims == ()


def test_intervals_cover_the_truth_about_as_often_as_they_say():
    """24 data sets, 4 effects each of known size, 96 intervals of 95%: under 85 would be an accident of 1 in 300."""
    truth = {"fit_information": 0.15, "urgency": 0.0, "styling": 0.0, "care_information": -0.1}
    covered = 0
    for seed in range(24):
        posts, products = made(200, 150, {name: size for name, size in truth.items() if size}, seed=seed)
        table = table_of(posts, products)
        effects, _error = effects_on(table, table.orders, table.views, np.random.default_rng(seed), DRAWS)
        by_name = {effect.feature: effect for effect in effects}
        covered += sum(
            by_name[name].step_low <= np.expm1(size) <= by_name[name].step_high for name, size in truth.items()
        )
    assert covered >= 85


def test_the_score_ranks_texts_as_the_truth_does(learned):
    good, (low, high) = score(learned, "A coat for the cold months. It is true to size.", channel=Channel.SITE)
    bad, _interval = score(learned, "A coat for the cold months. Only a few pieces are left.", channel=Channel.SITE)
    assert low < good < high
    assert good > 1 > bad
    assert learned.rank_low > 0


def test_more_of_the_same_earns_no_credit_beyond_what_was_seen(learned):
    long = "The collar stands on its own. " * 60
    longer = "The collar stands on its own. " * 600
    assert score(learned, long, language="en")[0] == pytest.approx(score(learned, longer, language="en")[0], rel=1e-6)


def test_advice_aims_where_the_better_posts_are(learned):
    by_name = {piece.feature: piece for piece in advice(learned, Channel.EMAIL, "Coats")}
    assert by_name["fit_information"].aim == 1
    assert by_name["urgency"].aim == 0
    assert by_name["fit_information"].low > 0 > by_name["urgency"].high


def test_the_figure_states_its_finding_in_both_languages(learned):
    drawn = figure(learned)
    assert drawn.title == sentence(learned.claims[0])
    assert "goes with" in drawn.title
    assert [mark.role for mark in drawn.marks].count("ours") == 2
    with use_language("fr"):
        french = figure(learned)
        assert "va de pair avec" in french.title
        assert {mark.label for mark in french.marks}.isdisjoint({mark.label for mark in drawn.marks})


def test_what_goes_with_returns_is_told_apart_from_what_goes_with_orders(learned):
    """In the made posts one order in five comes back, whatever the text says."""
    assert learned.on_returns
    assert on_returns(learned) == ()
    posts, products = made(planted={"fit_information": 0.25}, seed=3)
    fewer = [
        post.model_copy(update={"returns": round(post.orders * (0.1 if "true to size" in post.text else 0.3))})
        for post in posts
    ]
    said = on_returns(learn(fewer, products, draws=DRAWS))
    assert len(said) == 1
    assert "Naming the fit goes with" in said[0]
    assert "fewer returns" in said[0]


def test_a_small_sample_is_said_to_be_small(nothing):
    posts, products = made(100, 90, seed=6)
    small = learn(posts, products, draws=DRAWS)
    assert small.too_small
    assert small.posts_needed > small.posts
    assert small.detectable > nothing.detectable
    assert "sample is small" in cautions(small)[0]


def test_too_little_to_learn_from_is_refused():
    posts, products = made(40, 30, seed=1)
    with pytest.raises(TooFewRows, match="40 posts"):
        learn(posts, products)
    with pytest.raises(TooFewRows):
        learn([], [])
    few_orders = [post.model_copy(update={"orders": 0}) for post in made(200, 150, seed=1)[0]]
    with pytest.raises(TooFewRows):
        learn(few_orders)
    same = [Post(post_id=str(i), text="A coat.", language="en", views=500, orders=9) for i in range(200)]
    with pytest.raises(TooFewRows, match="alike"):
        learn(same)


def test_it_can_be_stopped_and_reports_its_progress():
    posts, products = made(120, 110, seed=1)
    told: list[float] = []
    learn(posts, products, draws=DRAWS, progress=lambda share, message="": told.append(share))
    assert told[-1] == pytest.approx(1.0)
    assert min(told) >= 0
    with pytest.raises(Cancelled):
        learn(posts, products, cancelled=lambda: True)


def test_the_same_seed_gives_the_same_result_and_it_survives_json(learned):
    posts, products = made(planted={"fit_information": 0.25, "urgency": -0.25}, seed=3)
    assert learn(posts, products, draws=DRAWS) == learned
    assert TypeAdapter(WhatSold).validate_python(json.loads(json.dumps(asdict(learned)))) == learned


def test_posts_without_products_dates_or_views_are_enough():
    posts, _products = made(200, 150, {"fit_information": 0.4}, seed=2)
    bare = [post.model_copy(update={"published_on": None, "sku": "", "category": ""}) for post in posts]
    unseen = [
        post.model_copy(update={"post_id": f"u{i}", "views": 0, "orders": 0}) for i, post in enumerate(posts[:10])
    ]
    found = learn(bare + unseen, draws=DRAWS)
    assert found.posts == 200
    assert "fit_information" in {effect.feature for effect in found.claims}


def test_every_feature_is_either_learned_or_said_why_not(learned):
    assert {effect.feature for effect in learned.effects} | set(learned.left_out) == set(LEARNED)
    assert set(LEARNED) < set(FEATURES)


def test_held_out_scores_never_saw_the_product():
    """Each product's luck is huge and its posts repeat: a leak would rank almost perfectly."""
    posts, products = made(300, 60, seed=8, spread=1.5)
    table = table_of(posts, products)
    out = cross_fit(table, 0)
    assert rank(out.left, {"text": out.text}, table.groups, 0, DRAWS)["text"].low < 0.2
    folds = grouped_folds(table.groups, 5, np.random.default_rng(0))
    for group in np.unique(table.groups):
        assert len(set(folds[table.groups == group])) == 1


def test_the_regression_recovers_what_made_the_counts():
    generator = np.random.default_rng(0)
    design = np.column_stack([np.ones(5000), generator.normal(size=5000), generator.normal(size=5000)])
    views = generator.integers(500, 5000, 5000).astype(float)
    truth = np.array([-4.0, 0.3, -0.2])
    mean = views * np.exp(design @ truth)
    counts = generator.poisson(mean * generator.gamma(4, 1 / 4, 5000)).astype(float)
    free = np.zeros(3)
    first = fit(design, counts, views, free)
    dispersion = dispersion_of(counts, views * np.exp(design @ first), 3)
    assert dispersion == pytest.approx(0.25, abs=0.03)
    assert fit(design, counts, views, free, dispersion) == pytest.approx(truth, abs=0.03)
    assert abs(fit(design, counts, views, np.array([0, 1e6, 0.0]), dispersion)[1]) < 0.01


def test_false_discovery_rates_against_a_worked_example():
    """Benjamini and Hochberg (1995), section 3.1: of these 15 probabilities, four are claimed at 5%."""
    listed = "0.0001 0.0004 0.0019 0.0095 0.0201 0.0278 0.0298 0.0344 0.0459 0.3240 0.4262 0.5719 0.6528 0.7590 1.0"
    q_values = false_discovery_q(np.array([float(value) for value in listed.split()]))
    assert (q_values <= 0.05).sum() == 4
    assert (np.diff(q_values) >= 0).all()


def test_rank_correlation_with_ties_and_without_variation():
    assert rank_correlation(np.array([1.0, 2, 3]), np.array([10.0, 20, 30])) == pytest.approx(1)
    assert rank_correlation(np.array([1.0, 2, 2, 3]), np.array([1.0, 2, 2, 3])) == pytest.approx(1)
    assert rank_correlation(np.ones(5), np.arange(5.0)) == 0


def test_all_planted_sentences_are_features():
    assert set(PLANTS) <= set(LEARNED)


@given(st.lists(st.integers(-5, 5) | st.floats(-3, 3, allow_nan=False), min_size=1, max_size=40))
def test_ranks_are_those_of_the_statistics_library(values):
    from scipy.stats import rankdata

    assert list(ranks(np.array(values, dtype=float))) == list(rankdata(values))


def test_why_an_interval_without_zero_stays_unclear_is_said_with_its_numbers(learned):
    alone = replace(learned.effects[-1], low=0.01, high=0.09, q_value=0.1, stands_out=False)
    clear = tuple(effect for effect in learned.effects if effect.stands_out)
    said = unclear(replace(learned, effects=(*clear, alone)))
    assert "1 in 20" in said and "1 in 10" in said and f"{len(clear) + 1} features" in said
    assert unclear(replace(learned, effects=clear)) == ""
