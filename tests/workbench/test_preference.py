"""Shares, duels and the warning: right on small cases, honest on small samples, covered in a simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.database.ballots import Vote
from lib.workbench.preference import FEWEST, estimate, preference, rating_table


def votes(rows: list[tuple[int, str, int | None]]) -> list[Vote]:
    return [Vote(place, person, person, side, 0, "", "") for place, person, side in rows]


def shown(inputs: int, sides: int = 2) -> dict[int, tuple[int, ...]]:
    return {place: tuple(range(sides)) for place in range(inputs)}


def test_a_vote_for_no_difference_is_shared():
    found = preference(votes([(0, "a", 0), (1, "a", None), (2, "a", 1), (3, "a", 0)]), shown(4), 2)
    assert [share.value for share in found.shares] == [0.625, 0.375]


def test_a_side_whose_text_failed_is_judged_where_it_was_shown():
    seen = {0: (0, 1, 2), 1: (0, 1)}
    found = preference(votes([(0, "a", 2), (1, "a", 0)]), seen, 3)
    assert [share.value for share in found.shares] == [0.5, 0.0, 1.0]
    assert found.shares[2].votes == 1


def test_a_vote_for_a_third_side_says_nothing_about_a_pair():
    found = preference(votes([(0, "a", 2), (1, "a", 0), (2, "a", 1), (3, "a", None)]), shown(4, 3), 3)
    duel = found.duels[0]
    assert (duel.first, duel.second, duel.won.votes, duel.won.value) == (0, 1, 3, 0.5)


@pytest.mark.parametrize(("inputs", "claimed"), [(1, None), (FEWEST - 1, None), (FEWEST, 1), (20, 1)])
def test_a_unanimous_vote_is_a_finding_from_six_inputs_on(inputs, claimed):
    found = preference(votes([(place, "a", 1) for place in range(inputs)]), shown(inputs), 2)
    assert found.favourite == claimed
    assert (found.power is None) == (claimed is not None)


def test_many_raters_do_not_make_up_for_few_inputs():
    rows = [(place, str(person), 0) for place in range(3) for person in range(40)]
    assert preference(votes(rows), shown(3), 2).favourite is None


def test_nobody_voted():
    found = preference([], shown(6), 2)
    assert (found.shares, found.favourite, found.power) == ((None, None), None, None)


def test_a_small_sample_asks_for_more_inputs_than_it_has():
    rows = [(place, "a", place % 2) for place in range(10)]
    found = preference(votes(rows), shown(10), 2)
    assert found.favourite is None and found.power.needed > 10 and found.power.smallest > 0.1


CHOICES = st.lists(st.lists(st.sampled_from([0, 1, 2, None]), min_size=1, max_size=4), min_size=1, max_size=12)


@given(CHOICES)
def test_shares_sum_to_one_and_lie_in_their_intervals(table):
    rows = [(place, str(person), side) for place, row in enumerate(table) for person, side in enumerate(row)]
    found = preference(votes(rows), shown(len(table), 3), 3)
    assert sum(share.value for share in found.shares) == pytest.approx(1)
    for share in found.shares:
        assert share.low is None or 0 <= share.low <= share.value + 1e-9 <= share.high + 2e-9 <= 1 + 1e-8


@given(CHOICES, st.permutations([0, 1, 2]))
def test_naming_the_sides_otherwise_changes_no_value(table, names):
    rows = [(place, str(person), side) for place, row in enumerate(table) for person, side in enumerate(row)]
    other = [(place, person, None if side is None else names[side]) for place, person, side in rows]
    first = preference(votes(rows), shown(len(table), 3), 3)
    second = preference(votes(other), shown(len(table), 3), 3)
    assert [first.shares[side].value for side in range(3)] == pytest.approx(
        [second.shares[names[side]].value for side in range(3)]
    )


def test_the_table_of_raters_keeps_gaps():
    assert rating_table(votes([(0, "a", 0), (0, "b", None), (2, "b", 1)])) == [[0, -1], [None, 1]]


def simulated(random: np.random.Generator, inputs: int, liking: float) -> tuple[list[float], list[float]]:
    """Three raters an input, whose taste leans with the input."""
    chance = random.beta(4 * liking, 4 * (1 - liking), inputs)
    return random.binomial(3, chance).astype(float).tolist(), [3.0] * inputs


@pytest.mark.parametrize("liking", [0.5, 0.7])
def test_the_interval_covers_the_true_share(liking):
    random = np.random.default_rng(3)
    found = [estimate(*simulated(random, 20, liking), seed=seed) for seed in range(300)]
    covered = np.mean([one.low <= liking <= one.high for one in found])
    assert 0.89 <= covered <= 0.985


def test_where_there_is_no_preference_one_is_rarely_found():
    random = np.random.default_rng(5)
    claims = 0
    for seed in range(200):
        won, _counted = simulated(random, 20, 0.5)
        rows = [(place, str(person), int(person < count)) for place, count in enumerate(won) for person in range(3)]
        claims += preference(votes(rows), shown(20), 2, seed).favourite is not None
    assert claims / 200 <= 0.11
