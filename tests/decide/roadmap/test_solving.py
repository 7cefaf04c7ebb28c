"""The plan: within capacity, never worth less than the greedy one, the best by enumeration; and its reasons."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.decide.roadmap.explaining import why_not
from lib.decide.roadmap.model import Capacity, Step, demand, possible_starts, renewals
from lib.decide.roadmap.solving import fits, greedy, solve, total_worth
from lib.errors import Cancelled, InputError

QUARTERS = ("Q1", "Q2", "Q3")


def capacity(weeks: float = 10, budget: float = 100) -> Capacity:
    return Capacity(QUARTERS, {"data": (weeks,) * 3, "design": (weeks,) * 3}, (budget,) * 3)


def step(slug: str, value: float = 1, quarters: int = 1, data: float = 1, **more: object) -> Step:
    return Step(slug, slug.upper(), value, quarters, {"data": data}, **more)  # type: ignore[arg-type]


@st.composite
def portfolios(draw: st.DrawFn) -> list[Step]:
    count = draw(st.integers(1, 5))
    return [
        Step(
            f"s{at}",
            f"S{at}",
            draw(st.integers(0, 9)),
            draw(st.integers(1, 2)),
            {"data": draw(st.integers(0, 8)), "design": draw(st.integers(0, 8))},
            cost=draw(st.integers(0, 90)),
            after=tuple(draw(st.sets(st.sampled_from([f"s{n}" for n in range(at)]), max_size=1))) if at else (),
            gate=draw(st.integers(0, 1)),
        )
        for at in range(count)
    ]


def best_by_enumeration(steps: list[Step], given_capacity: Capacity) -> float:
    choices = [(None, *possible_starts(one, 3)) for one in steps]
    plans = (
        {one.slug: start for one, start in zip(steps, starts, strict=True) if start is not None}
        for starts in itertools.product(*choices)
    )
    return max(total_worth(steps, plan, 3) for plan in plans if fits(plan, steps, given_capacity))


@given(portfolios())
@settings(deadline=None, max_examples=25)
def test_the_plan_keeps_to_capacity_and_is_the_best_there_is(steps: list[Step]) -> None:
    plan = solve(steps, capacity())

    assert plan.proven and fits(plan.starts, steps, capacity())
    assert plan.value == pytest.approx(best_by_enumeration(steps, capacity()), rel=1e-3)
    by_hand = greedy(steps, capacity())
    assert fits(by_hand.starts, steps, capacity()) and by_hand.value <= plan.value * (1 + 1e-3)


def test_what_waits_for_another_starts_after_its_end() -> None:
    plan = solve([step("first", 1, 2), step("second", 9, 1, after=("first",))], capacity())
    assert plan.starts == {"first": 0, "second": 2}


def test_pins_and_bans_are_kept_and_replanning_moves_no_more_than_it_must() -> None:
    steps = [step("a", 5, data=6), step("b", 5, data=6), step("c", 1, data=1)]
    first = solve(steps, capacity())
    swapped = {**first.starts, "a": first.starts["b"], "b": first.starts["a"]}

    assert solve(steps, capacity(), before=swapped).starts == swapped
    assert solve([replace(steps[0], pinned=2), *steps[1:]], capacity()).starts["a"] == 2
    assert solve([replace(steps[0], forbidden=frozenset({0, 1, 2})), *steps[1:]], capacity()).starts.keys() == {
        "b",
        "c",
    }


@pytest.mark.parametrize(
    ("steps", "given_capacity"),
    [
        ([], capacity()),
        ([step("a")], capacity(0)),
        ([step("a", after=("b",)), step("b", after=("a",))], capacity()),
        ([step("a", after=("gone",))], capacity()),
        ([step("a", value=-1)], capacity()),
        ([step("a", pinned=0, gate=1)], capacity()),
        ([step("a", data=8, pinned=0), step("b", data=8, pinned=0)], capacity()),
        ([step("a")], Capacity(QUARTERS, {"data": (1.0,)}, (1.0,))),
    ],
)
def test_what_makes_no_plan_is_told(steps: list[Step], given_capacity: Capacity) -> None:
    with pytest.raises(InputError):
        solve(steps, given_capacity)


def test_why_not_is_answered_from_the_model() -> None:
    steps = [
        step("big", 9, data=8),
        step("small", 2, data=8),
        step("gated", 1, data=1, gate=1),
        step("heavy", 1, data=11),
        step("next", 1, data=1, after=("gated",)),
    ]
    plan = solve(steps, capacity())

    def kinds(slug: str, quarter: int) -> list[str]:
        return [reason.kind for reason in why_not(steps, capacity(), plan, slug, quarter)]

    assert kinds("big", 0) == ["planned"]
    assert kinds("gated", 0) == ["gate"]
    assert kinds("heavy", 1) == ["alone"]
    assert kinds("next", 1) == ["after"]
    worse = why_not(steps, capacity(), plan, "small", 0)[0]
    assert worse.kind == "worse" and worse.later == ("big",) and worse.lost > 0


def test_a_quarter_that_pins_fill_is_told_with_what_is_pinned() -> None:
    steps = [step("pinned", 1, data=8, pinned=0), step("other", 5, data=8)]
    reason = why_not(steps, capacity(), solve(steps, capacity()), "other", 0)[0]
    assert reason.kind == "pins" and reason.others == ("pinned",)


def test_a_long_term_aim_is_renewed_each_season_and_its_renewals_take_capacity() -> None:
    year = Capacity(("Q1", "Q2", "Q3", "Q4"), {"data": (10.0, 10.0, 4.0, 10.0)}, (100.0,) * 4)
    platform = step("platform", 9, data=10, lane="aim")

    assert renewals(platform, 0, 4) == (2,)
    assert [demand(platform, 0, quarter) for quarter in range(4)] == [1.0, 0.0, 0.5, 0.0]
    # Begun in the first quarter, its renewal would take 5 of the third quarter's 4 weeks.
    assert solve([platform], year).starts == {"platform": 1}
    assert renewals(replace(platform, lane="test"), 0, 4) == ()
    assert solve([replace(platform, lane="test")], year).starts == {"platform": 0}


def test_a_search_that_somebody_stops_says_so() -> None:
    steps = [step(f"s{at}", 10 + at % 7, 1 + at % 2, data=2.37 + at % 5) for at in range(60)]
    wide = Capacity(tuple("12345678"), {"data": (9.5,) * 8, "design": (1.0,) * 8}, (0.0,) * 8)
    with pytest.raises(Cancelled):
        solve(steps, wide, watch=lambda share: False)
