"""Erlang's formulas against known values, and the simulation against the formulas where their assumptions hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.commerce.service_assistant.queueing.erlang import (
    agents_for,
    erlang_b,
    erlang_c,
    impatient,
    served_first,
    steady,
)
from lib.commerce.service_assistant.queueing.events import serve
from lib.commerce.service_assistant.queueing.verifying import compare, interval


def test_the_formulas_give_the_textbooks_values():
    assert erlang_b(5, 3.0) == pytest.approx(0.11005, abs=1e-5)
    assert erlang_c(5, 3.0) == pytest.approx(0.23615, abs=1e-5)
    assert erlang_c(1, 0.6) == pytest.approx(0.6)  # M/M/1
    one = steady(1, 0.6 / 100, 100, 0.0)
    assert one.mean == pytest.approx(150.0) and one.within == pytest.approx(0.4)
    assert steady(3, 3 / 100, 100).mean == math.inf


def test_with_endless_patience_erlang_a_is_erlang_c_and_with_none_it_is_erlang_b():
    assert impatient(5, 3 / 200, 200, 1e9).mean == pytest.approx(steady(5, 3 / 200, 200).mean, rel=1e-3)
    assert impatient(5, 3 / 200, 200, 1e-6).left == pytest.approx(erlang_b(5, 3.0), rel=1e-3)
    assert impatient(4, 10 / 200, 200, 300).left > 0.5  # overloaded, and yet steady


@given(st.floats(0.001, 0.2), st.floats(30, 900), st.floats(0.5, 0.99), st.floats(0, 300))
def test_the_fewest_agents_hold_the_promise_and_one_fewer_does_not(rate, handling, share, within):
    agents = agents_for(rate, handling, share, within)
    assert steady(agents, rate, handling, within).within >= share
    assert agents == 1 or steady(agents - 1, rate, handling, within).within < share


def test_who_is_served_first_gains_from_it_and_is_served_under_any_load_of_others():
    alike = steady(6, 5 / 300, 300, 60).within
    assert served_first(6, 5.0, 1 / 300, 300, 60) > alike
    assert served_first(6, 9.0, 1 / 300, 300, 60) == pytest.approx(1 - math.exp(-60 * 5 / 300))


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.integers(1, 9), st.floats(0.3, 0.8), st.floats(60, 600), st.integers(0, 2**31))
def test_in_a_steady_queue_the_simulations_interval_holds_erlang_cs_waiting_time(agents, busy, handling, seed):
    rate = agents * busy / handling
    found = compare(agents, rate, handling, 0.0, 60.0, seed, share=0.9999)
    assert found.mean.low <= steady(agents, rate, handling).mean <= found.mean.high
    assert found.within.low <= steady(agents, rate, handling, 60.0).within <= found.within.high


@settings(max_examples=5, deadline=None, derandomize=True)
@given(st.integers(1, 8), st.floats(0.5, 1.6), st.floats(60, 900), st.integers(0, 2**31))
def test_with_clients_who_leave_it_holds_erlang_as(agents, busy, patience, seed):
    rate = agents * busy / 240
    found, formula = (
        compare(agents, rate, 240, patience, 60.0, seed, share=0.9999),
        impatient(agents, rate, 240, patience),
    )
    assert found.left.low <= formula.left <= found.left.high
    assert found.mean.low <= formula.mean <= found.mean.high


def test_the_first_rank_is_served_first_and_the_second_in_its_order():
    at, work = np.array([0.0, 1.0, 2.0, 3.0]), np.array([10.0, 10.0, 10.0, 10.0])
    served = serve(at, work, [1], np.array([1, 1, 1, 0]))
    assert served.waited.tolist() == [0.0, 19.0, 28.0, 7.0]


def test_at_night_all_wait_for_the_morning_and_a_handling_under_way_is_finished():
    at, work = np.array([1_700.0, 2_000.0]), np.array([600.0, 60.0])
    served = serve(at, work, [1, 0, 0, 1])
    assert served.waited.tolist() == [0.0, 3 * 1_800.0 - 2_000.0]


def test_whoever_loses_patience_is_gone_and_costs_nobodys_time():
    at, work = np.array([0.0, 1.0, 2.0]), np.array([100.0, 100.0, 50.0])
    served = serve(at, work, [1], patience=np.array([np.inf, 30.0, np.inf]))
    assert served.left.tolist() == [False, True, False]
    assert served.waited.tolist() == [0.0, 30.0, 98.0]


def test_without_agents_nobody_is_ever_served():
    assert np.isinf(serve(np.array([0.0]), np.array([60.0]), [0]).waited).all()


@given(st.lists(st.tuples(st.floats(0, 5_000), st.floats(0, 900)), max_size=40), st.integers(1, 4))
def test_no_work_is_lost_and_nobody_waits_while_an_agent_is_free(contacts, agents):
    at = np.array(sorted(one[0] for one in contacts))
    work = np.array([one[1] for one in contacts])
    waited = serve(at, work, [agents]).waited
    begun, ends = at + waited, at + waited + work
    assert (waited >= 0).all() and np.isfinite(waited).all()
    for one in range(len(at)):
        busy = int(((begun < begun[one]) & (ends > begun[one])).sum())
        assert busy <= agents
        if waited[one] > 0:
            assert int(((begun <= at[one]) & (ends > at[one])).sum()) >= agents


def test_an_interval_of_equal_values_is_that_value():
    found = interval(np.full(20, 3.0), 0.95)
    assert found.low == found.value == found.high == 3.0
