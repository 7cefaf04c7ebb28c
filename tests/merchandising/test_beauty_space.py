"""Which mixtures are allowed, why there may be none, and how they are drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lib.errors import InputError
from lib.i18n import use_language
from lib.merchandising.beauty_formulation.model import LEAVE_ON, RINSE_OFF, Ingredient, Target
from lib.merchandising.beauty_formulation.sampling import (
    candidates,
    d_optimal,
    hit_and_run,
    nearby,
    scaled,
    space_filling,
)
from lib.merchandising.beauty_formulation.space import NoMixture, _solve, bounds_of, choices, conflict, space_of
from tests.merchandising.formulas import SIMPLE, sample


@st.composite
def tables(draw: st.DrawFn) -> tuple[Ingredient, ...]:
    """Ingredient tables with random bounds, which may or may not allow a mixture."""
    rows = []
    for at in range(draw(st.integers(2, 6))):
        low = draw(st.integers(0, 60))
        high = draw(st.integers(low, 100))
        rows.append(Ingredient(f"I{at}", "", 1.0, float(low), float(high)))
    return tuple(rows)


@given(tables(), st.integers(0, 99))
@settings(max_examples=25)
def test_everything_that_is_drawn_is_allowed(table, seed):
    assume(sum(one.low for one in table) <= 100 <= sum(one.high for one in table))
    space, generator = space_of(table, LEAVE_ON), np.random.default_rng(seed)
    for part in space.parts:
        pool = candidates(part, 40, generator)
        drawn = np.vstack([hit_and_run(part, 10, generator), pool, nearby(part, pool[:5], 6, 0.5, generator)])
        assert part.holds(drawn, 1e-5).all()
        assert np.allclose(drawn.sum(axis=1), 100)


@given(tables())
@settings(max_examples=25)
def test_the_limits_that_are_named_contradict_each_other_and_none_can_be_spared(table):
    bounds = bounds_of(table, LEAVE_ON)
    assume(_solve(np.zeros(len(table)), bounds, len(table)) is None)
    found = conflict(bounds, len(table))
    assert _solve(np.zeros(len(table)), found, len(table)) is None
    for one in found:
        fewer = [other for other in found if other is not one]
        assert _solve(np.zeros(len(table)), fewer, len(table)) is not None


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Squalane at least 60%"), ("fr", "Squalane au moins 60\u202f%")]
)
def test_no_mixture_is_said_with_the_limits_that_conflict(language, words):
    table = (SIMPLE[0], replace(SIMPLE[2], low=60, high=70), *SIMPLE[1:2])
    with pytest.raises(NoMixture) as raised:
        space_of(table, LEAVE_ON)
    with use_language(language):
        said = raised.value.text()
    assert words in said
    assert "Aqua" in said
    assert "Glycerin" in said or len(raised.value.conflict) == 2  # nothing that isn't part of it


def test_a_target_on_cost_can_be_what_conflicts():
    with pytest.raises(NoMixture) as raised:
        space_of(SIMPLE, LEAVE_ON, (Target("cost", "at_most", value=0.1),))
    assert "cost at most 0.1 € per kg" in raised.value.text()


def test_exact_targets_hold_for_every_mixture():
    space = space_of(
        SIMPLE, LEAVE_ON, (Target("cost", "at_most", value=2.0), Target("natural", "at_least", value=97.0))
    )
    drawn = hit_and_run(space.parts[0], 200, np.random.default_rng(0))
    cost = drawn @ np.array([one.cost for one in SIMPLE]) / 100
    natural = drawn @ np.array([one.natural or 0.0 for one in SIMPLE]) / 100
    assert cost.max() <= 2.0 + 1e-6
    assert natural.min() >= 97.0 - 1e-6


def test_incompatible_ingredients_never_meet_and_each_gets_its_chance():
    table = (*SIMPLE[:3], replace(SIMPLE[3], not_with=("squalane",)), replace(SIMPLE[1], inci="X", low=0))
    table = (table[0], table[1], replace(table[2], low=0), *table[3:])
    space = space_of(table, LEAVE_ON)
    drawn = np.vstack([hit_and_run(part, 50, np.random.default_rng(1)) for part in space.parts])
    assert (np.minimum(drawn[:, 2], drawn[:, 3]) < 1e-9).all()
    assert (drawn[:, 2] > 1).any()
    assert (drawn[:, 3] > 1).any()


def test_incompatible_ingredients_that_must_both_be_in_it_allow_nothing():
    table = (*SIMPLE[:3], replace(SIMPLE[3], low=1, not_with=("Squalane",)))
    with pytest.raises(NoMixture) as raised:
        space_of(table, LEAVE_ON)
    assert "left out" in raised.value.text()


def test_too_many_incompatibilities_are_refused():
    with pytest.raises(InputError):
        choices([(at, at + 1) for at in range(0, 40, 2)])


def test_the_legal_limit_bounds_the_mixtures_also_where_the_table_allows_more():
    table = (*SIMPLE, Ingredient("Phenoxyethanol", "Preservative", 7.0, 0.5, 3.0))
    assert space_of(table, LEAVE_ON).high[-1] == pytest.approx(1.0, abs=1e-6)


def test_one_limit_covers_an_acid_and_its_salt_together():
    table = (
        *SIMPLE,
        Ingredient("Benzoic Acid", "Preservative", 5.0, 0.3, 1.0),
        Ingredient("Sodium Benzoate", "Preservative", 2.0, 0.0, 1.0),
    )
    drawn = hit_and_run(space_of(table, LEAVE_ON).parts[0], 200, np.random.default_rng(0))
    assert (drawn[:, -2] + 0.8474 * drawn[:, -1]).max() <= 0.5 + 1e-6
    assert space_of(table, RINSE_OFF).high[-1] == pytest.approx(1.0, abs=1e-6)


def test_hit_and_run_is_uniform_on_a_triangle():
    table = tuple(Ingredient(name, "", 1.0, 0, 100) for name in "ABC")
    drawn = hit_and_run(space_of(table, LEAVE_ON).parts[0], 4_000, np.random.default_rng(3))
    assert drawn.mean(axis=0) == pytest.approx([100 / 3] * 3, abs=1.5)
    assert (drawn[:, 0] < 50).mean() == pytest.approx(0.75, abs=0.03)  # three of the four half-sized triangles


def test_first_trials_keep_their_distance_from_each_other_and_from_those_weighed():
    space = space_of(SIMPLE, LEAVE_ON)
    generator = np.random.default_rng(0)
    weighed = space.parts[0].centre[None]
    chosen = space_filling(space, 6, generator, weighed)
    places = scaled(np.vstack([weighed, chosen]), space.low, space.high)
    gaps = [np.linalg.norm(one - other) for at, one in enumerate(places) for other in places[:at]]
    drawn = scaled(hit_and_run(space.parts[0], 7, generator), space.low, space.high)
    others = [np.linalg.norm(one - other) for at, one in enumerate(drawn) for other in drawn[:at]]
    assert min(gaps) > 2 * min(others)


def test_d_optimal_trials_teach_more_than_random_ones():
    space = space_of(SIMPLE, LEAVE_ON)
    generator = np.random.default_rng(0)

    def told(mixtures: np.ndarray) -> float:
        terms = np.hstack([np.ones((len(mixtures), 1)), scaled(mixtures, space.low, space.high)])
        return float(np.linalg.slogdet(terms.T @ terms + 1e-6 * np.eye(terms.shape[1]))[1])

    assert told(d_optimal(space, 8, generator)) > told(hit_and_run(space.parts[0], 8, generator)) + 1


@pytest.mark.parametrize("name", ["cream", "gel"])
def test_the_samples_allow_mixtures(name):
    ingredients, trials = sample(name)
    assert space_of(ingredients, LEAVE_ON).parts
    assert len(trials) >= 12
