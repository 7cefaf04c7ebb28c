"""From a log to the simulation: what is read, what the assistant changes, and what a team can't do."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest

from lib.commerce.service_assistant.queueing import roster
from lib.commerce.service_assistant.queueing.columns import ARRIVAL_COLUMNS, HalfHour, arrivals_from, half_hour
from lib.commerce.service_assistant.queueing.jobs import ARRIVALS
from lib.commerce.service_assistant.queueing.log import DAY, Log, read_log
from lib.commerce.service_assistant.queueing.measuring import ALL
from lib.commerce.service_assistant.queueing.plan import (
    Plan,
    Promise,
    Shares,
    expected,
    first_hours,
    first_team,
    shares_of,
)
from lib.commerce.service_assistant.queueing.simulation import WITH, WITHOUT, simulate
from lib.commerce.service_assistant.queueing.weeks import assisted, drawn, open_seconds, without
from lib.errors import InputError
from lib.files.kept import open_sample

MONDAY = dt.date(2026, 9, 7)
SHARES = Shares(0.7, 0.1)


def half_hours(weeks: int = 3, each: int = 6, handling: float = 300.0, channel: str = "chat") -> list[HalfHour]:
    """From 9:00 to 17:00, Monday to Friday."""
    return [
        HalfHour(MONDAY + dt.timedelta(days=7 * week + day), at, channel, each, handling)
        for week in range(weeks)
        for day in range(5)
        for at in range(18, 34)
    ]


@pytest.fixture(scope="module")
def log() -> Log:
    return read_log(half_hours() + half_hours(channel="e-mail", each=3, handling=600))


@pytest.fixture(scope="module")
def plan(log: Log) -> Plan:
    promises = tuple(expected(one) for one in log.channels)
    return Plan(3, promises, 18, 36, (0, 1, 2, 3, 4), shares=SHARES, weeks=12, wage=30.0)


@pytest.fixture(scope="module")
def found(log: Log, plan: Plan) -> dict:
    return simulate(log, plan, 1)


def row(**changes: str) -> dict[str, str]:
    return {"day": "2026-09-07", "start": "09:30", "channel": "Chat", "contacts": "3", "handling_s": "240"} | changes


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"day": "soon"}, "day"),
        ({"start": "25:00"}, "start"),
        ({"contacts": "-1"}, "contacts"),
        ({"contacts": "many"}, "contacts"),
        ({"handling_s": "0"}, "handling_s"),
        ({"handling_s": "-5"}, "handling_s"),
        ({"handling_s": "long"}, "handling_s"),
        ({"handling_s": "99999"}, "handling_s"),
    ],
)
def test_a_row_that_says_nothing_is_named_with_its_column(changes, column):
    items, problems = arrivals_from([row(**changes)], [2])
    assert not items and problems[0].column == column and problems[0].line == 2


def test_rows_of_half_hours_and_rows_of_single_contacts_are_read():
    alone = {"day": "07/09/2026 14:05", "handling_s": "1 200"}
    items, problems = arrivals_from([row(), row(contacts="0", handling_s=""), alone], [2, 3, 4])
    assert not problems
    assert items[0] == HalfHour(MONDAY, 19, "chat", 3, 240.0) and items[1].contacts == 0
    assert items[2] == HalfHour(MONDAY, 28, "all", 1, 1200.0)


@pytest.mark.parametrize(
    ("text", "at"),
    [("09:30", 19), ("9h45", 19), ("9h", 18), ("9", 18), ("2026-09-07T09:45:12", 19), ("9:30 pm", 43), ("2026", None)],
)
def test_times_of_day_are_read_as_people_type_them(text, at):
    assert half_hour(text) == at


def test_a_log_without_a_contact_and_one_without_any_handling_time_say_what_to_do():
    with pytest.raises(InputError, match="no contact"):
        read_log([HalfHour(MONDAY, 18, "chat", 0, 0.0)])
    with pytest.raises(InputError, match="handling time"):
        read_log([HalfHour(MONDAY, 18, "chat", 3, 0.0)])


def test_the_average_leaves_out_what_is_unknown_and_counts_zeros():
    rows = half_hours(weeks=2, each=4)
    rows[0] = replace(rows[0], contacts=0, handling=0.0)
    del rows[1]
    week = read_log(rows).average["chat"]
    assert week[18] == 2.0 and week[19] == 4.0 and week[6 * DAY + 20] == 0.0


def test_a_log_of_single_contacts_has_zeros_where_nobody_wrote():
    rows = [HalfHour(MONDAY + dt.timedelta(days=7 * week), 20, "chat", 1, 200.0) for week in (0, 0, 2)]
    assert read_log([*rows, HalfHour(MONDAY + dt.timedelta(days=20), 20, "chat", 1, 1.0)]).average["chat"][20] == 1.0


def test_a_counter_that_stood_still_and_caught_up_is_set_aside_and_a_busy_day_is_not():
    rows = half_hours(weeks=4)
    stood = [replace(one, contacts=0, handling=0.0) if one.day == MONDAY and 20 <= one.at < 26 else one for one in rows]
    caught_up = [replace(one, contacts=60) if one.day == MONDAY and one.at == 26 else one for one in stood]
    log = read_log(caught_up)
    assert [(one.day, one.at) for one in log.set_aside] == [(MONDAY, 26)]
    assert log.average["chat"][22] == 6.0 and log.average["chat"][26] == 6.0
    busy = [replace(one, contacts=60) if one.day == MONDAY else one for one in rows]
    assert read_log(busy).set_aside == ()


def test_the_demo_house_gives_a_team_its_hours_and_its_standstill():
    log = read_log(open_sample(ARRIVALS, ARRIVAL_COLUMNS, arrivals_from).items)
    assert {one.day for one in log.set_aside} == {dt.date(2026, 9, 23)} and len(log.set_aside) == 4
    assert log.busiest_week == dt.date(2026, 10, 5)  # the launch
    opens, closes, days = first_hours(log)
    plan = Plan(1, tuple(expected(one) for one in log.channels), opens, closes, days)
    assert log.work.sum() / 2 < first_team(log, plan) * plan.open_hours


def test_drawn_contacts_are_as_many_and_take_as_long_as_the_log_says(log, plan):
    contacts = drawn(log, plan, 60, np.random.default_rng(0))
    assert len(contacts.at) / 60 == pytest.approx(sum(one.sum() for one in log.average.values()), rel=0.02)
    assert contacts.work[contacts.channel == 1].mean() == pytest.approx(600, rel=0.03)
    assert (np.diff(contacts.at) >= 0).all()


def test_a_replay_has_the_busiest_weeks_contacts_each_week(log, plan):
    contacts = drawn(log, replace(plan, replay=True), 3, np.random.default_rng(0))
    assert np.bincount(contacts.week).tolist() == [sum(int(one.sum()) for one in log.busiest.values())] * 3


def test_the_same_seed_gives_the_same_and_it_is_json(log, plan, found):
    assert json.dumps(simulate(log, plan, 1), allow_nan=False) == json.dumps(found, allow_nan=False)


def test_what_the_assistant_resolves_shortens_the_queue(found):
    before, after = (found["scenarios"][name]["measures"][ALL] for name in (WITHOUT, WITH))
    assert after["mean"]["value"] < before["mean"]["value"]
    assert after["occupancy"]["value"] < before["occupancy"]["value"]
    assert after["resolved"]["value"] == pytest.approx(0.7 * 0.95, abs=0.03)
    assert found["difference"]["mean"]["high"] < 0
    assert found["needed"][WITH]["hours"] < found["needed"][WITHOUT]["hours"]


def test_an_assistant_that_resolves_nothing_and_errs_always_is_worse_than_none(log, plan):
    found = simulate(log, replace(plan, shares=Shares(0.0, 1.0)), 1)
    before, after = (found["scenarios"][name]["measures"][ALL] for name in (WITHOUT, WITH))
    assert after["queued"]["value"] == pytest.approx(before["queued"]["value"], rel=0.05)
    assert after["lost"]["value"] > before["lost"]["value"] + 1_800
    assert found["money"][WITH] >= 0.9 * found["money"][WITHOUT]


def test_what_always_goes_to_a_person_does(log, plan):
    contacts = drawn(log, plan, 4, np.random.default_rng(0))
    all_must = replace(plan, must=1.0, shares=Shares(1.0, 0.0))
    queued = assisted(contacts, all_must, np.random.default_rng(0))
    assert not queued.resolved.any() and (queued.lost == 0).all()
    assert len(queued.of) == len(without(contacts, all_must).of)


def test_an_unresolved_conversation_comes_back_with_the_time_already_lost(log, plan):
    contacts = drawn(log, plan, 4, np.random.default_rng(0))
    queued = assisted(contacts, replace(plan, must=0.0, shares=Shares(0.0, 1.0)), np.random.default_rng(0))
    assert len(queued.of) == len(contacts.at)
    assert (queued.lost >= plan.assistant_seconds).all()
    assert queued.lost.mean() > plan.comes_back
    assert queued.at - contacts.at[queued.of] == pytest.approx(queued.lost)
    assert (np.diff(queued.at) >= 0).all()


def test_who_comes_back_at_night_does_so_at_any_time_of_the_next_day_and_not_all_at_its_first_second(log, plan):
    late = replace(plan, must=0.0, comes_back=40_000.0, shares=Shares(0.0, 1.0))
    queued = assisted(drawn(log, late, 8, np.random.default_rng(0)), late, np.random.default_rng(0))
    assert np.unique(queued.at).size == queued.at.size
    needed = simulate(log, late, 1)["needed"]
    assert needed[WITH]["most"] <= 2 * needed[WITHOUT]["most"]


def test_the_weekly_shares_spread_as_far_as_the_bench_leaves_open(log, plan):
    sure = replace(plan, shares=Shares(0.7, 0.1, (700, 100, 200)))
    unsure = replace(plan, shares=Shares(0.7, 0.1, (7, 1, 2)))

    def reach(one: Plan) -> float:
        found = simulate(log, one, 1)
        share = found["scenarios"][WITH]["measures"][ALL]["resolved"]
        assert {"low", "high"} <= set(found["needed"])
        return float(share["high"] - share["low"])

    assert reach(unsure) > 2 * reach(sure)


def test_more_work_than_the_team_can_do_is_said_with_the_agents_that_it_takes(log, plan):
    found = simulate(log, replace(plan, agents=1), 1)
    before, after = found["scenarios"][WITHOUT], found["scenarios"][WITH]
    assert not before["stable"] and "measures" not in before and found["difference"] == {}
    assert before["least_agents"] == 2 and before["work_hours"] > before["team_hours"]
    assert after["stable"]
    enough = simulate(log, replace(plan, agents=before["least_agents"]), 1)
    assert enough["scenarios"][WITHOUT]["stable"]


def test_the_needed_roster_keeps_each_channels_promise_and_nobody_works_at_night(log, plan, found):
    for one in (found["needed"][WITHOUT], found["needed"][WITH]):
        assert all(one["within"][channel]["value"] >= plan.target - 0.02 for channel in log.channels)
        assert all(agents == 0 for agents, there in zip(one["roster"], plan.open, strict=True) if not there)


def test_the_check_of_the_simulation_holds_erlangs_mean(found):
    mean = found["check"]["simulated"]["mean"]
    reach = mean["high"] - mean["low"]
    assert mean["low"] - reach <= found["check"]["formula"]["mean"] <= mean["high"] + reach


def test_impatient_clients_leave_and_those_of_the_mail_do_not(log, plan):
    measures = simulate(log, replace(plan, agents=2, patience=120.0), 1)["scenarios"][WITHOUT]["measures"]
    assert measures["chat"]["left"]["value"] > 0.05 and measures["e-mail"]["left"]["value"] == 0


def test_at_night_a_chat_finds_nobody_and_a_mail_waits_without_its_clock_running():
    rows = half_hours(channel="chat") + [
        replace(one, at=44, channel=name) for one in half_hours() for name in ("chat",)
    ]
    rows += [replace(one, at=44, channel="e-mail", contacts=2) for one in half_hours()]
    log = read_log(rows)
    plan = Plan(6, tuple(expected(one) for one in log.channels), 18, 36, (0, 1, 2, 3, 4), shares=SHARES, weeks=8)
    measures = simulate(log, plan, 1)["scenarios"]
    assert measures[WITHOUT]["measures"]["chat"]["closed"]["value"] > 0.3
    assert (
        measures[WITH]["measures"]["chat"]["closed"]["value"] < measures[WITHOUT]["measures"]["chat"]["closed"]["value"]
    )
    mail = measures[WITHOUT]["measures"]["e-mail"]
    assert mail["mean"]["value"] < 3_600 < mail["lost"]["value"]


def test_the_clock_of_the_opening_hours_stands_still_at_night(plan):
    at = np.array([9 * 3_600.0, 10 * 3_600.0, 18 * 3_600.0, 33 * 3_600.0, 34 * 3_600.0])
    assert open_seconds(at, plan).tolist() == [0.0, 3_600.0, 32_400.0, 32_400.0, 36_000.0]


def test_a_plan_that_cannot_be_is_refused_with_the_fix(plan):
    with pytest.raises(InputError, match="at least one agent"):
        replace(plan, agents=0)
    with pytest.raises(InputError, match="closing time"):
        replace(plan, closes=10)
    with pytest.raises(InputError, match="at least one day"):
        replace(plan, days=())
    with pytest.raises(InputError, match="more than all"):
        replace(plan, shares=Shares(0.8, 0.3))


def test_a_plan_comes_back_from_the_database_as_it_was(plan):
    kept = replace(plan, shares=Shares(0.7, 0.1, (7, 1, 2), (0, 3), "run"), promises=(Promise("x", 5.0, True),))
    assert Plan.from_json(json.loads(json.dumps(kept.as_json()))) == kept


def test_a_bench_gives_the_shares_of_what_need_not_go_to_a_person():
    def one(wanted: str, contained: bool, correct: bool) -> dict:
        return {"expected": wanted, "marks": {"contained": contained, "correct": correct}}

    rows = [one("answered", True, True)] * 6 + [one("action", True, False)] * 2 + [one("refused", False, False)] * 2
    rows += [one("handed_over", False, True)] * 3 + [one("handed_over", True, False)]
    assert shares_of(rows, "run") == Shares(0.6, 0.2, (6, 2, 2), (1, 4), "run")
    failed = shares_of([{"expected": "answered", "marks": {}}], "run")  # the engine gave nothing: a person it is
    assert failed.resolved == failed.wrong == 0 and failed.handed == 1


def test_a_roster_is_trimmed_while_each_promise_is_still_kept(log: Log, plan: Plan) -> None:
    contacts = drawn(log, plan, roster.TRIED_WEEKS, np.random.default_rng(3))
    queued = without(contacts, plan)
    lean = roster.needed(log, plan, contacts, queued)
    generous = [count + 2 if count else 0 for count in lean]
    trimmed = roster._trimmed(generous, plan, contacts, queued, lambda: None)
    assert roster.hours(tuple(trimmed)) < roster.hours(tuple(generous)) - 20
    assert roster._short_days(trimmed, plan, contacts, queued) == set()
    assert all(count >= 1 for at, count in enumerate(trimmed) if generous[at])
    kept = roster._trimmed(list(lean), plan, contacts, queued, lambda: None)
    assert roster.hours(tuple(kept)) <= roster.hours(lean)
