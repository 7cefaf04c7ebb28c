"""Samples: drawn in proportion and by seed, intervals that cover what they say, rules that hold what they promise."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import InputError
from lib.govern.review_queue.estimating import (
    Stratum,
    acceptance,
    clopper_pearson,
    decide,
    estimate,
    most_errors_unseen,
    wilson,
)
from lib.govern.review_queue.sampling import allocate, draw, proportional, size_of

ROWS = [
    {"run": f"r{at}", "language": "fr" if at % 4 else "en", "product_kind": "bags", "checks": "pass"}
    for at in range(200)
]


def test_clopper_pearson_and_wilson_give_the_published_intervals() -> None:
    # Newcombe, Statistics in Medicine 17, 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    assert clopper_pearson(81, 263) == pytest.approx((0.2527, 0.3676), abs=1e-4)
    assert clopper_pearson(15, 148) == pytest.approx((0.0578, 0.1617), abs=1e-4)
    assert clopper_pearson(0, 20) == pytest.approx((0.0, 0.1684), abs=1e-4)
    assert clopper_pearson(20, 20) == pytest.approx((0.8316, 1.0), abs=1e-4)
    assert wilson(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(1 / 29, 29) == pytest.approx((0.0061, 0.1718), abs=1e-4)


def test_the_stratified_share_is_weighted_by_the_strata() -> None:
    found = estimate([Stratum("a", 900, 30, 3), Stratum("b", 100, 30, 15)])
    assert found is not None and found.value == pytest.approx(0.9 * 0.1 + 0.1 * 0.5)
    assert found.method == "stratified" and found.low < found.value < found.high


def test_the_variance_is_cochrans_with_its_correction() -> None:
    """Cochran 1977, 5.53: the sum of W^2 (1 - f) p q / (n - 1), here put into the effective number."""
    found = estimate([Stratum("a", 400, 50, 10), Stratum("b", 600, 75, 30)])
    assert found is not None
    variance = 0.16 * (1 - 0.125) * 0.2 * 0.8 / 49 + 0.36 * (1 - 0.125) * 0.4 * 0.6 / 74
    assert (found.low, found.high) == pytest.approx(wilson(0.32, 0.32 * 0.68 / variance))


def test_a_census_leaves_no_doubt_and_parts_not_judged_are_named() -> None:
    whole = estimate([Stratum("a", 20, 20, 3)])
    assert whole is not None and (whole.low, whole.high, whole.method) == (0.15, 0.15, "census")
    part = estimate([Stratum("a", 20, 10, 3), Stratum("b", 30, 0, 0)])
    assert part is not None and (part.population, part.left_out) == (20, 30)
    assert estimate([Stratum("a", 20, 0, 0)]) is None


def test_without_an_error_the_bound_is_exact() -> None:
    one = estimate([Stratum("a", 1000, 60, 0)])
    assert one is not None and (one.low, one.high) == pytest.approx((0.0, clopper_pearson(0, 60)[1]))
    two = [Stratum("a", 500, 30, 0), Stratum("b", 500, 30, 0)]
    several = estimate(two)
    assert several is not None and several.method == "exact_stratified"
    assert several.high == most_errors_unseen(two) / 1000 and several.high <= one.high
    uneven = estimate([Stratum("a", 900, 10, 0), Stratum("b", 100, 50, 0)])
    assert uneven is not None and uneven.high > several.high, "errors may lie where few were looked at"


@pytest.mark.parametrize(
    "truth",
    [[(400, 0.02), (400, 0.02)], [(600, 0.05), (300, 0.3)], [(800, 0.1)], [(50, 0.5), (700, 0.03), (150, 0.1)]],
)
def test_intervals_cover_the_truth_as_often_as_they_say(truth: list[tuple[int, float]]) -> None:
    chance, covered, times = random.Random(7), 0, 400
    populations = [[at < round(share * of) for at in range(of)] for of, share in truth]
    true = sum(map(sum, populations)) / sum(of for of, _share in truth)
    for _time in range(times):
        strata = []
        for at, wrong in enumerate(populations):
            drawn = chance.sample(wrong, max(2, len(wrong) // 10))
            strata.append(Stratum(str(at), len(wrong), len(drawn), sum(drawn)))
        found = estimate(strata)
        assert found is not None
        covered += found.low <= true <= found.high
    assert covered / times >= 0.92


def test_a_job_at_the_limit_passes_no_more_often_than_promised() -> None:
    plan = acceptance(1000, 125, limit=0.05, risk=0.1)
    assert plan.allowed is not None
    chance, passed = random.Random(3), 0
    wrong = [at < 50 for at in range(1000)]
    for _time in range(2000):
        passed += sum(chance.sample(wrong, 125)) <= plan.allowed
    assert passed / 2000 < 0.12
    assert dict(plan.passing)[0.05] <= 0.1 < dict(plan.passing)[0.012]


def test_the_chances_to_pass_are_those_of_whole_numbers_of_outputs() -> None:
    plan = acceptance(12, 11, limit=0.05)
    assert [round(share * 12, 6) for share, _chance in plan.passing] == [0, 1]
    assert [round(chance, 3) for _share, chance in plan.passing] == [1, 0.083]
    small = acceptance(1, 1, limit=0.2)
    assert all(0 <= share <= 1 for share, _chance in small.passing)


def test_an_interval_leaves_room_for_what_was_seen() -> None:
    """One sound output of six can't leave more than five wrong ones, whatever the interval of an endless job says."""
    found = estimate([Stratum("a", 6, 1, 0)])
    assert found is not None and found.high == pytest.approx(5 / 6)
    found = estimate([Stratum("a", 6, 1, 1)])
    assert found is not None and found.low == pytest.approx(1 / 6)


def test_a_sample_too_small_to_tell_says_how_many_it_takes() -> None:
    plan = acceptance(1000, 20, limit=0.02)
    assert plan.allowed is None and plan.needed > 20
    assert acceptance(1000, plan.needed, limit=0.02).allowed == 0
    assert acceptance(1000, plan.needed - 1, limit=0.02).allowed is None


def test_a_job_is_held_as_soon_as_too_many_errors_are_seen_and_accepted_only_at_the_end() -> None:
    plan = acceptance(1000, 125, limit=0.05)
    assert plan.allowed is not None
    early = estimate([Stratum("a", 1000, 20, plan.allowed + 1)])
    assert decide(plan, early, proportional=True) == "hold"
    assert decide(plan, estimate([Stratum("a", 1000, 20, 0)]), proportional=True) == "open"
    assert decide(plan, estimate([Stratum("a", 1000, 125, plan.allowed)]), proportional=True) == "accept"
    uneven = estimate([Stratum("a", 900, 25, 0), Stratum("b", 100, 100, 4)])
    assert decide(plan, uneven, proportional=False) == "hold", "a few of the large part say too little"
    assert decide(plan, None, proportional=True) == "open"


def test_a_draw_is_in_proportion_repeatable_and_without_doubles() -> None:
    first = draw(ROWS, ("language",), 40, seed=5)
    assert first == draw(ROWS, ("language",), 40, seed=5) != draw(ROWS, ("language",), 40, seed=6)
    assert {name: (of, len(runs)) for name, (of, runs) in first.items()} == {'["en"]': (50, 10), '["fr"]': (150, 30)}
    drawn = [run for _of, runs in first.values() for run in runs]
    assert len(set(drawn)) == 40
    assert proportional([(of, len(runs)) for of, runs in first.values()])
    assert not proportional([(900, 10), (100, 50)])


def test_every_output_is_drawn_alike_often() -> None:
    counted = Counter(run for seed in range(400) for _of, runs in draw(ROWS, (), 20, seed).values() for run in runs)
    assert len(counted) == 200 and max(counted.values()) < 40 * 1.9


@given(st.dictionaries(st.text(max_size=4), st.integers(1, 500), min_size=1, max_size=12), st.data())
def test_an_allocation_is_whole_and_possible(sizes: dict[str, int], data: st.DataObject) -> None:
    size = data.draw(st.integers(len(sizes), sum(sizes.values())))
    found = allocate(sizes, size)
    assert sum(found.values()) == size and all(1 <= found[name] <= sizes[name] for name in sizes)


def test_sizes_that_make_no_sense_are_refused_with_the_fix() -> None:
    assert size_of(200, share=0.05) == 10 and size_of(200, number=7) == 7 and size_of(10, share=0.01) == 1
    for number in (0, 201, -3):
        with pytest.raises(InputError, match="between 1 and 200"):
            size_of(200, number=number)
    with pytest.raises(InputError, match="no output"):
        size_of(0, share=0.1)
    with pytest.raises(InputError, match="fewer traits"):
        allocate({"a": 5, "b": 5, "c": 5}, 2)
