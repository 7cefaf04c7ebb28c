"""A pilot's figures: intervals against published values, verdicts, and what a file may hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.decide.pilots.observations import FEWEST, Observation, Sides, observations_from, sides
from lib.decide.pilots.outcome import Outcome, bootstrap, evaluate, newcombe, paired, welch
from lib.errors import InputError, TooFewRows
from tests.decide.pilots.plans import MEAN, SHARE, plan

RNG = np.random.default_rng(1)


def seen(values: list[float], side: str, **more: Any) -> list[Observation]:
    given = {"key": "", "day": "", "out_of": None, "currency": "", **more}
    return [Observation(value, side, **{**given, "key": given["key"] or f"k{at}"}) for at, value in enumerate(values)]


def two(without: list[float], with_it: list[float]) -> Sides:
    return Sides(tuple(without), tuple(with_it))


def test_newcombes_interval_is_the_published_one() -> None:
    # Newcombe (1998), table II, method 10: 56/70 against 48/80 gives 0.0524 to 0.3339
    found = newcombe((48, 56), (80, 70))
    assert (found.low, found.high) == (pytest.approx(0.0524, abs=1e-4), pytest.approx(0.3339, abs=1e-4))


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=5, max_size=30))
def test_intervals_are_scipys(pairs: list[tuple[float, float]]) -> None:
    from scipy import stats

    first, second = ([round(pair[at], 3) for pair in pairs] for at in (0, 1))
    if len(set(first)) < 3 or len({round(b - a, 3) for a, b in zip(first, second, strict=True)}) < 3:
        return
    theirs = stats.ttest_ind(second, first, equal_var=False).confidence_interval()
    ours = welch(first, second)
    assert (ours.low, ours.high) == (pytest.approx(theirs.low, abs=1e-6), pytest.approx(theirs.high, abs=1e-6))
    theirs = stats.ttest_rel(second, first).confidence_interval()
    ours = paired(first, second)
    assert (ours.low, ours.high) == (pytest.approx(theirs.low, abs=1e-6), pytest.approx(theirs.high, abs=1e-6))


def test_where_nothing_happened_few_pilots_claim_it() -> None:
    rng = np.random.default_rng(9)
    claims = sum(
        evaluate(MEAN, two(list(rng.normal(30, 10, 20)), list(rng.normal(30, 10, 20)))).verdict != "open"
        for _trial in range(200)
    )
    assert claims <= 22  # 5% of 200 is 10; 22 or more would come by chance in 1 of 1,000 series


@pytest.mark.parametrize(
    ("with_it", "verdict"),
    [(12.0, "reached"), (20.0, "better"), (25.0, "short"), (30.0, "open"), (36.0, "worse")],
)
def test_the_verdict_rests_on_the_intervals(with_it: float, verdict: str) -> None:
    noise = [-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0] * 3
    found = evaluate(MEAN, two([30 + one for one in noise], [with_it + one for one in noise]))
    assert found.verdict == verdict


def test_the_same_figures_read_the_other_way_round_are_worse() -> None:
    noise = [-1.0, 0.0, 1.0] * 5
    given = two([20 + one for one in noise], [30 + one for one in noise])
    assert evaluate(MEAN, given).verdict == "worse"
    assert evaluate(plan(direction="up", baseline=20.0, target=25.0), given).verdict == "reached"


def test_the_more_careful_interval_decides() -> None:
    without, with_it = [30.0] * 9 + [31.0], [30.0] * 9 + [-60.0]
    outcome = evaluate(MEAN, two(without, with_it))
    assert outcome.bootstrap is not None and outcome.verdict == "open"
    assert bootstrap(without, with_it, False, 0) == outcome.bootstrap


def test_a_small_sample_is_said_to_be_one() -> None:
    few = evaluate(MEAN, two([28.0, 33.0, 25.0, 38.0, 30.0], [22.0, 26.0, 15.0, 31.0, 20.0]))
    assert few.underpowered and few.power < 0.5 and few.needed == 17
    many = [25.0, 30.0, 35.0, 20.0, 40.0] * 6
    assert not evaluate(MEAN, two(many, [one - 10 for one in many])).underpowered


def test_pairs_are_made_by_name_and_the_lone_are_counted() -> None:
    pairs = plan(paired=True)
    rows = seen([30, 31, 32, 33, 34, 99], "without") + seen([20, 21, 22, 23, 24], "with")
    found = sides(pairs, rows)
    assert found.unpaired == 1 and len(found.without) == 5
    assert evaluate(pairs, found).difference.value == -10


def test_the_day_says_the_side_before_and_after() -> None:
    rows = seen([30.0] * 6, "", day="2026-09-15") + seen([20.0, 21.0, 19.0, 20.0, 22.0], "", day="2026-10-15")
    found = sides(MEAN, [*rows, *seen([1.0], "", day="2026-12-24")])
    assert (len(found.without), len(found.with_it), found.outside) == (6, 5, 1)


def test_a_share_takes_single_answers_and_counts() -> None:
    counted = seen([20], "without", out_of=1000) + seen([45], "with", out_of=1000)
    assert sides(SHARE, counted).all == (1000, 1000)
    single = seen([1, 0, 0, 0, 0], "without") + seen([1, 1, 1, 0, 0], "with")
    assert sides(SHARE, single).yes == (1, 3)
    assert evaluate(SHARE, sides(SHARE, counted)).verdict == "reached"


@pytest.mark.parametrize(
    ("asked", "rows", "words"),
    [
        (MEAN, seen([1.0] * 5, "without", currency="EUR") + seen([1.0] * 5, "with", currency="USD"), "several curr"),
        (plan(unit="EUR"), seen([1.0] * 5, "without", currency="USD"), "the pilot’s KPI in EUR"),
        (SHARE, seen([3.0] * 5, "without") + seen([1.0] * 5, "with"), "is a share"),
        (SHARE, seen([1.0] * 5, "", day="2026-10-10"), "group of each row"),
        (MEAN, seen([1.0] * 5, "with", day="2026-09-01"), "contradicts"),
        (plan(paired=True), [Observation(1.0, "with", "", "", None, "")], "store, product or person"),
    ],
)
def test_figures_that_cannot_be_compared_say_why(asked: Any, rows: list[Observation], words: str) -> None:
    with pytest.raises(InputError, match=words):
        sides(asked, rows)


def test_too_few_figures_are_refused() -> None:
    with pytest.raises(TooFewRows, match=str(FEWEST)):
        sides(MEAN, seen([1.0] * 9, "without") + seen([1.0] * 4, "with"))


def test_a_file_in_french_or_english_is_read() -> None:
    rows = [
        {"value": "1 234,50 €", "group": "avant", "key": "Lyon", "day": "", "out_of": "", "currency": ""},
        {"value": "12", "group": "B", "key": "", "day": "3/11/2026", "out_of": "40", "currency": ""},
        {"value": "a lot", "group": "after", "key": "", "day": "", "out_of": "", "currency": ""},
        {"value": "3", "group": "perhaps", "key": "", "day": "", "out_of": "", "currency": ""},
        {"value": "3", "group": "", "key": "", "day": "", "out_of": "", "currency": ""},
        {"value": "41", "group": "after", "key": "", "day": "", "out_of": "40", "currency": ""},
    ]
    found, problems = observations_from(rows, range(2, 8))
    assert found[0] == Observation(1234.5, "without", "Lyon", "", None, "EUR")
    assert found[1] == Observation(12.0, "with", "", "2026-11-03", 40, "")
    assert [problem.line for problem in problems] == [4, 5, 6, 7]


def test_an_outcome_comes_back_from_a_run_as_it_was() -> None:
    outcome = evaluate(SHARE, Sides((), (), (20, 45), (1000, 1000)))
    assert Outcome.from_json(outcome.as_json()) == outcome


@pytest.mark.parametrize(("yes", "no"), [("oui", "non"), ("Yes", "NO"), ("vrai", "faux"), ("1", "0")])
def test_answers_in_words_are_the_figures_of_a_share(yes: str, no: str) -> None:
    rows = [{"value": one, "group": side} for side in ("avant", "après") for one in (yes, no, yes, no, no)]
    found, problems = observations_from(rows, range(2, 12))
    assert not problems
    assert sides(SHARE, found).yes == (2, 2) and sides(SHARE, found).all == (5, 5)


def test_an_answer_in_words_is_no_count() -> None:
    found, problems = observations_from([{"value": "oui", "group": "a", "out_of": "5"}], [2])
    assert not found and [(problem.line, problem.column) for problem in problems] == [(2, "value")]
