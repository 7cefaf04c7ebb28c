"""The proof: known surfaces, fair races, and nothing won where nothing is to be found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lib.errors import Cancelled, TooFewRows
from lib.merchandising.beauty_formulation.classical import corners_and_centroids, framed
from lib.merchandising.beauty_formulation.jobs import own_surface
from lib.merchandising.beauty_formulation.planning import Question, plan
from lib.merchandising.beauty_formulation.proof import LUCKY, Raced, _control, proof
from lib.merchandising.beauty_formulation.racing import METHODS, race
from lib.merchandising.beauty_formulation.rounds import Round
from lib.merchandising.beauty_formulation.samples import of_sample
from lib.merchandising.beauty_formulation.surfaces import flare, flat, hartmann, surfaces, yarn
from tests.merchandising.formulas import sample


def test_the_published_optimum_of_the_flare_is_found():
    surface = flare()
    published = np.array([[52.33, 22.99, 16.68, 8.0]])
    assert float(surface.true(published)[0]) == pytest.approx(397.48, abs=0.5)
    assert surface.optimum == pytest.approx(397.48, abs=0.5)


def test_hartmanns_function_has_its_known_optimum():
    assert hartmann(np.array([[0.114614, 0.555649, 0.852547]]))[0] == pytest.approx(3.86278, abs=1e-4)


def test_the_mixture_design_is_the_published_one():
    design = corners_and_centroids(flare().space.parts[0])
    assert len(design) == 15  # eight corners, six faces, the middle: McLean and Anderson (1966)
    assert flare().space.parts[0].holds(design).all()
    assert len(corners_and_centroids(yarn().space.parts[0])) == 7  # Scheffé's simplex-centroid design


@pytest.mark.parametrize("method", ["planned", "design", "random"])
def test_a_race_is_repeatable_and_ends(method):
    surface = yarn()
    counts = [race(surface, method, seed, most=12) for seed in (3, 3, 4)]
    assert counts[0] == counts[1]
    assert all(1 <= count <= 13 for count in counts)


@pytest.mark.parametrize("method", list(METHODS))
def test_a_round_of_several_is_asked_for_before_any_of_it_is_measured(method):
    surface = yarn()
    asked = METHODS[method](surface, np.random.default_rng(2), 4)
    mixtures = next(asked)
    for _round in range(4):
        assert mixtures.shape == (4, 3)
        assert surface.space.parts[0].holds(mixtures).all()
        mixtures = asked.send([(float(value), None) for value in surface.response(mixtures / 100)])


def test_the_first_round_is_of_the_middle_corners_and_edges_and_is_filled_up_where_more_is_wanted():
    space = yarn().space
    pool = corners_and_centroids(space.parts[0])
    found = framed(space, 9, np.random.default_rng(1))
    assert np.allclose(found[0], 100 / 3)
    assert all(np.abs(pool - one).sum(axis=1).min() < 1e-6 for one in found[:7])
    assert len(np.unique(np.round(found, 6), axis=0)) == 9
    assert space.parts[0].holds(found).all()
    later = framed(space, 2, np.random.default_rng(1), found[:5])
    assert all(np.abs(found[:5] - one).sum(axis=1).min() > 1 for one in later)


def test_a_formula_that_breaks_the_limit_never_counts():
    surface = surfaces()[2]
    assert np.isneginf(surface.true(np.array([[20.0, 0.0, 0.0, 80.0]]))[0])


def test_a_flat_surface_is_reached_by_luck_alone():
    counts = [race(flat(), "random", seed, 200, LUCKY) for seed in range(60)]
    assert np.mean(counts) == pytest.approx(20, rel=0.35)  # one measurement in twenty


def test_it_can_be_stopped():
    with pytest.raises(Cancelled):
        proof(None, 0, cancelled=lambda: True, seeds=1)


def test_the_control_rarely_wins_where_only_luck_counts():
    """The very comparison of the proof, on counts that are luck by construction."""
    generator = np.random.default_rng(0)
    won = 0
    for _turn in range(300):
        counts = {method: np.minimum(generator.geometric(0.05, 20), 26.0) for method in METHODS}
        measure = _control(Raced("flat", counts))
        won += any(measure.wins(name) for name in measure.baselines)
    assert won / 300 < 0.07


@pytest.mark.long
def test_the_proof_has_three_surfaces_two_baselines_and_no_win_on_noise():
    shares = []
    found = proof(None, 0, lambda share, message="": shares.append(share))
    assert [len(measure.baselines) for measure in found.measures] == [2] * 7
    assert [measure.control for measure in found.measures] == [False] * 6 + [True]
    assert [measure.unit for measure in found.measures] == ["trials"] * 3 + ["rounds"] * 3 + ["trials"]
    assert {measure.n for measure in found.measures} == {20}
    assert not found.null_win
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    for measure in found.measures:
        for name, (difference, low, high) in (measure.differences or {}).items():
            assert low <= difference <= high
            assert difference == pytest.approx(measure.ours - measure.baselines[name])


def test_the_surface_of_ones_own_trials_can_be_raced_on():
    ingredients, held = sample("gel")
    wanted = of_sample("gel")
    question = Question(ingredients, wanted.product, held, wanted.targets, 1)
    surface = own_surface(Round("run", "", question, plan(question), {}))
    assert surface.space.parts
    assert 0 < surface.optimum <= 100.0
    assert race(surface, "random", 0, most=3) <= 4
    assert race(surface, "design", 0, most=3) <= 4
    untaught = replace(question, trials=())
    with pytest.raises(TooFewRows):
        own_surface(Round("run", "", untaught, plan(untaught), {}))
