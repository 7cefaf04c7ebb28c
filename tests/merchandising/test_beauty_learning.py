"""What is learned from trials, how a formula is judged, and which trials come next."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import check_grad

from lib.errors import InputError
from lib.merchandising.beauty_formulation.gaussian import _loss, fit, priors, solved
from lib.merchandising.beauty_formulation.judging import Judge, desirability, refuse_targets
from lib.merchandising.beauty_formulation.model import LEAVE_ON, Target
from lib.merchandising.beauty_formulation.planning import Question, judge_of, mixtures_of, plan
from lib.merchandising.beauty_formulation.rounds import plan_of
from lib.merchandising.beauty_formulation.samples import of_sample
from lib.merchandising.beauty_formulation.sampling import hit_and_run, scaled
from lib.merchandising.beauty_formulation.slices import accuracy, frontier, slices
from lib.merchandising.beauty_formulation.space import space_of
from tests.merchandising.formulas import SIMPLE, WANTED, sample, trials

SPACE = space_of(SIMPLE, LEAVE_ON)


def smooth(mixtures: np.ndarray) -> np.ndarray:
    """A surface with its best inside: glycerin near 12%, squalane near 8%."""
    return 70 - 0.25 * (mixtures[:, 1] - 12) ** 2 - 0.3 * (mixtures[:, 2] - 8) ** 2


def question(count: int = 10, **changes) -> Question:
    """A question on ``count`` trials of the smooth surface."""
    generator = np.random.default_rng(5)
    drawn = hit_and_run(SPACE.parts[0], count, generator)
    held = trials(drawn, lambda m: smooth(m) + generator.normal(0, 0.5, len(m)))
    return replace(Question(SIMPLE, LEAVE_ON, held, WANTED), **changes)


def test_the_gradient_of_the_likelihood_is_right():
    generator = np.random.default_rng(0)
    z, y = generator.random((12, 3)) - 0.5, generator.standard_normal(12)
    mean, width = priors(3)
    arguments = ((z[:, None] - z[None]) ** 2, z @ z.T, y, mean, width)
    theta = mean + 0.3 * generator.standard_normal(6)
    assert check_grad(lambda t: _loss(t, *arguments)[0], lambda t: _loss(t, *arguments)[1], theta) < 1e-4


def test_leave_one_out_is_what_leaving_one_out_gives():
    generator = np.random.default_rng(1)
    z = generator.random((9, 3)) - 0.5
    process = fit(z, np.sin(4 * z[:, 0]) + z[:, 1] + 0.1 * generator.standard_normal(9))
    mean, sd = process.left_out()
    for at in range(9):
        rest = np.arange(9) != at
        less = solved(replace(process, z=process.z[rest], y=process.y[rest]))
        expected, spread = less.predict(process.z[[at]])
        assert mean[at] == pytest.approx(expected[0], abs=1e-6)
        assert sd[at] == pytest.approx(np.hypot(spread[0], process.noise), rel=1e-4)


def test_a_repeated_measurement_differs_by_noise_and_the_interval_knows_it():
    generator = np.random.default_rng(2)
    z = np.repeat(generator.random((8, 2)) - 0.5, 3, axis=0)
    process = fit(z, 3 * z[:, 0] + generator.normal(0, 0.4, len(z)))
    assert process.noise == pytest.approx(0.4, rel=0.4)


def test_belief_in_a_trial_makes_its_place_surer_and_moves_nothing_there():
    q = question()
    judge = judge_of(q, SPACE)
    mixture = np.array([70.0, 10, 12, 8])
    after = judge.believing(mixture)
    place = scaled(mixture[None], judge.low, judge.high)
    before, now = judge.processes["spreading"].predict(place), after.processes["spreading"].predict(place)
    assert now[1][0] < before[1][0]
    assert now[0][0] == pytest.approx(before[0][0], rel=1e-6)


@given(
    st.sampled_from(["maximise", "minimise", "hit"]),
    st.floats(-50, 50),
    st.floats(0.1, 50),
    st.floats(0.1, 50),
    st.lists(st.floats(-200, 200), min_size=1, max_size=20),
)
def test_desirability_lies_between_nothing_and_all(goal, low, first, second, values):
    target = Target("spreading", goal, low, low + first + second, low + first)
    found = desirability(target, np.array(values))
    assert ((found >= 0) & (found <= 1)).all()
    order = np.argsort(values)
    if goal != "hit":
        steps = np.diff(found[order])
        assert (steps >= -1e-9).all() if goal == "maximise" else (steps <= 1e-9).all()
    assert desirability(replace(target, goal="hit"), np.array([low + first]))[0] == pytest.approx(1.0)


def test_expected_improvement_in_closed_form_is_what_drawing_gives():
    judge = judge_of(question(), SPACE)
    drawn = hit_and_run(SPACE.parts[0], 12, np.random.default_rng(0))
    mean, sd = judge.unclipped(judge.targets[0], drawn)
    normal = np.random.default_rng(1).standard_normal((200_000, 1))
    expected = np.maximum(mean + sd * normal - 0.7, 0).mean(axis=0)
    assert judge.gain(drawn, 0.7) == pytest.approx(expected, abs=2e-3)


def test_a_limit_weighs_the_gain_by_the_chance_to_hold_it():
    generator = np.random.default_rng(5)
    drawn = hit_and_run(SPACE.parts[0], 12, generator)
    held = tuple(
        replace(one, results=(*one.results, ("stability", float(np.clip(20 + 5 * one.shares[1], 0, 100)))))
        for one in trials(drawn, smooth)
    )
    wanted = (WANTED[0], Target("stability", "at_least", value=70.0))
    judge = judge_of(Question(SIMPLE, LEAVE_ON, held, wanted), SPACE)
    poor, good = np.array([[85.0, 3, 8, 4]]), np.array([[70.0, 16, 9, 5]])
    assert judge.chance(poor)[0] < 0.1 < 0.9 < judge.chance(good)[0]
    assert judge.score(poor)[0] == 0.0
    free = Judge(SIMPLE, (WANTED[0],), judge.processes, judge.low, judge.high)
    assert judge.gain(poor, 0.2)[0] < 0.1 * free.gain(poor, 0.2)[0] + 1e-12


def test_the_next_trials_are_allowed_add_up_and_are_no_repetitions():
    q = question(count=10)
    q = replace(q, count=5)
    found = plan(q)
    mixtures = np.array([one.shares for one in found.proposals])
    assert found.learned
    assert np.allclose(mixtures.sum(axis=1), 100)
    assert q.space().parts[0].holds(mixtures, 0.02).all()
    every = np.vstack([mixtures_of(q.trials, 4), mixtures])
    places = scaled(every, SPACE.low, SPACE.high)
    gaps = [np.linalg.norm(places[at] - other) for at in range(10, 15) for other in places[:at]]
    assert min(gaps) > 0.015
    assert np.abs(mixtures * 100 - np.round(mixtures * 100)).max() < 1e-6  # weighed to 0.01%


def test_the_expected_best_is_near_the_true_one():
    found = plan(question(count=18))
    best = np.array(found.expected_best)
    assert smooth(best[None])[0] > 66
    assert smooth(np.array([found.proposals[0].shares]))[0] > 60


def test_the_same_question_has_the_same_answer_and_survives_the_record():
    q = question()
    first, second = plan(q), plan(q)
    assert first == second
    assert plan_of(json.loads(json.dumps(first.as_json()))) == first
    again = judge_of(q, SPACE, first.thetas)
    drawn = hit_and_run(SPACE.parts[0], 5, np.random.default_rng(0))
    assert again.score(drawn) == pytest.approx(judge_of(q, SPACE).score(drawn), abs=1e-6)


def test_one_trial_alone_is_said_to_be_too_few_and_the_plan_spreads():
    found = plan(question(count=1))
    assert not found.learned
    assert found.notices[0].values["n"] == 1
    assert len(found.proposals) == 4


def test_equal_results_are_said_to_teach_nothing():
    q = question()
    same = tuple(replace(one, results=(("spreading", 55.0),)) for one in q.trials)
    found = plan(replace(q, trials=same))
    assert not found.learned
    assert "nothing can be learned" in found.notices[0].message


def test_equal_formulas_are_said_to_teach_nothing():
    q = question()
    same = tuple(replace(one, shares=q.trials[0].shares) for one in q.trials)
    assert not plan(replace(q, trials=same)).learned


def test_no_trials_begin_with_spread_ones_in_either_way():
    for first in ("space_filling", "d_optimal"):
        found = plan(Question(SIMPLE, LEAVE_ON, (), WANTED, first=first, count=6))
        assert len({one.shares for one in found.proposals}) == 6


def test_it_stops_where_nothing_is_to_be_gained_and_says_the_number():
    generator = np.random.default_rng(8)
    drawn = hit_and_run(SPACE.parts[0], 30, generator)
    near = np.vstack([drawn, np.repeat([[75.0, 12, 8, 5]], 10, axis=0)])
    found = plan(Question(SIMPLE, LEAVE_ON, trials(near, smooth), WANTED, enough=0.01))
    assert found.stop
    assert found.gain is not None
    assert found.gain < 0.01
    assert not plan(replace(question(count=6), enough=1e-6)).stop


@pytest.mark.parametrize(
    "targets",
    [
        (Target("spreading"),),
        (Target("spreading", "maximise", 5.0, 5.0),),
        (Target("spreading", "hit", 5.0, 9.0, 12.0),),
        (Target("spreading", "maximise", 1.0, 5.0), Target("stability", "at_least")),
        (Target("spreading", "maximise", 1.0, 5.0, None, 0.0),),
    ],
)
def test_targets_that_make_no_sense_are_refused(targets):
    with pytest.raises(InputError):
        refuse_targets(targets)


@pytest.mark.parametrize("name", ["cream", "gel"])
def test_the_samples_plan_and_all_pictures_can_be_drawn(name):
    ingredients, held = sample(name)
    wanted = of_sample(name)
    q = Question(ingredients, wanted.product, held, wanted.targets, 2)
    found, space = plan(q), q.space()
    assert found.learned
    assert found.best is not None
    judge = judge_of(q, space, found.thetas)
    line = frontier(judge, space, q.trials, [])
    assert line is not None
    assert list(line.costs) == sorted(line.costs)
    assert list(line.middle) == sorted(line.middle)
    centre = np.array(found.expected_best)
    part = next(one for one in space.parts if one.holds(centre[None], 1e-3)[0])
    for key in judge.processes:
        assert accuracy(judge, q.trials, key).explained < 1
        for one in slices(judge, part, centre, key):
            assert all(low <= middle <= high for low, middle, high in zip(one.low, one.middle, one.high, strict=True))


@settings(max_examples=10)
@given(st.integers(0, 1000))
def test_what_is_planned_never_breaks_a_law(seed):
    ingredients, held = sample("gel")
    wanted = of_sample("gel")
    found = plan(Question(ingredients, wanted.product, held[:3], wanted.targets, 3, seed))
    space = space_of(ingredients, wanted.product, wanted.targets)
    assert all(any(part.holds(np.array([one.shares]), 0.02)[0] for part in space.parts) for one in found.proposals)
