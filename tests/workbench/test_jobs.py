"""The time to go of a job, and how it is said."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.i18n import use_language
from lib.shell.jobs_page.words import span
from lib.workbench.jobs import TimeToGo, time_to_go

MINUTE = 60.0


def every(seconds: float, rows: int, start: float = 1_000_000.0) -> list[float]:
    return [start + place * seconds for place in range(rows)]


def test_fewer_than_ten_rows_say_nothing() -> None:
    assert time_to_go(every(2.0, 9), 100, 1_000_018.0) is None
    assert time_to_go(every(2.0, 10), 100, 1_000_018.0) is not None


def test_nothing_left_takes_no_time() -> None:
    assert time_to_go([], 0, 5.0) == TimeToGo(0.0, 0.0)


def test_a_steady_pace_is_carried_on() -> None:
    found = time_to_go(every(2.0, 60), 100, 1_000_118.0)
    assert found is not None
    assert found.low == pytest.approx(200.0) and found.high == pytest.approx(200.0)


@pytest.mark.parametrize("took", [(), (2.0, 2.5, 3.0)])
def test_a_sleep_and_a_pause_do_not_count(took: tuple[float, ...]) -> None:
    """The same rows with an hour's sleep and a night in between, whether or not their own times are known."""
    steady = every(2.0, 60)
    slept = [time + 3600 * (place >= 20) + 30_000 * (place >= 41) for place, time in enumerate(steady)]
    first = time_to_go(steady, 100, steady[-1], took)
    second = time_to_go(slept, 100, slept[-1], took)
    assert first is not None and second is not None
    assert second.high < 1.1 * first.high
    assert second.low > 0.9 * first.low


def test_waiting_now_counts_until_it_is_a_break() -> None:
    times = every(2.0, 30)
    fresh, waiting, left_alone = (time_to_go(times, 100, times[-1] + later) for later in (0.0, 50.0, 36_000.0))
    assert fresh is not None and waiting is not None
    assert waiting.high > 1.2 * fresh.high
    assert left_alone == fresh


def test_slow_rows_that_end_together_are_work_and_no_break() -> None:
    """Eight calls at once that take five minutes each: nothing ends for five minutes, and yet all are at work."""
    times = [1_000_000.0 + wave * 300 + place * 0.1 for wave in range(12) for place in range(8)]
    found = time_to_go(times, 80, times[-1], [300.0] * 60)
    assert found is not None
    assert found.low < 10 * 300.0 < found.high * 1.1
    assert found.low > 4 * 300.0


def test_the_interval_holds_what_comes_nine_times_in_ten() -> None:
    """Random paces: the true remainder lies inside about as often as the interval says."""
    chance = random.Random(7)
    inside = 0
    for _trial in range(400):
        gaps = [chance.expovariate(0.5) for _row in range(260)]
        times = [1_000_000.0 + sum(gaps[: place + 1]) for place in range(60)]
        found = time_to_go(times, 200, times[-1])
        assert found is not None
        inside += found.low <= sum(gaps[60:]) <= found.high
    assert 0.84 <= inside / 400 <= 0.97


@given(
    st.lists(st.floats(0.0, 1e5), min_size=0, max_size=80),
    st.integers(0, 10_000),
    st.floats(-10.0, 1e6),
    st.lists(st.floats(0.0, 1e4), max_size=10),
)
def test_whatever_the_times_the_ends_are_in_order(
    times: list[float], left: int, later: float, took: list[float]
) -> None:
    found = time_to_go(times, left, max(times, default=0.0) + later, took)
    if found is not None:
        assert 0 <= found.low <= found.high < float("inf")


@pytest.mark.parametrize(
    ("low", "high", "english", "french"),
    [
        (2, 8, "a few seconds", "quelques secondes"),
        (20, 48, "20 to 50 seconds", "20 à 50 secondes"),
        (4 * MINUTE, 6 * MINUTE, "4 to 6 minutes", "4 à 6 minutes"),
        (4.8 * MINUTE, 5.2 * MINUTE, "about 5 minutes", "environ 5 minutes"),
        (10, 3 * MINUTE, "at most 3 minutes", "au plus 3 minutes"),
        (95 * MINUTE, 121 * MINUTE, "1.5 to 2 hours", "1,5 à 2 heures"),
        (60 * MINUTE, 100 * MINUTE, "1 to 1.5 hours", "1 à 1,5 heure"),
        (3 * 86_400, 3.1 * 86_400, "about 3 days", "environ 3 jours"),
    ],
)
def test_a_span_is_said_in_one_unit(low: float, high: float, english: str, french: str) -> None:
    assert span(low, high) == english
    with use_language("fr"):
        assert span(low, high) == french
