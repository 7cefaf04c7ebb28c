"""Pilots in the database: kept, seen by their own workspace alone, refused where they contradict themselves."""

from __future__ import annotations

from typing import Any

import pytest

from lib.access import Actor, Role
from lib.database import connect, pilots
from lib.database.people import actor_for, create_person, join, make_join_code
from lib.database.reviews import add_review
from lib.database.runs import finish_run, start_run
from lib.errors import InputError, NotAllowed, NotFound
from tests.decide.pilots.plans import MEAN, SHARE, plan


def test_a_pilot_is_found_again_as_it_was_planned(actor: Actor) -> None:
    with connect() as database:
        first, second = pilots.add(database, actor, MEAN), pilots.add(database, actor, SHARE)
    with connect() as database:
        assert [one.id for one in pilots.listing(database, actor)] == [second, first]
        found = pilots.get(database, actor, first)
    assert found.plan == MEAN and found.run is None and found.decisions == ()


def test_others_see_nothing_of_it(actor: Actor, stranger: Actor) -> None:
    with connect() as database:
        made = pilots.add(database, actor, MEAN)
        assert pilots.listing(database, stranger) == []
        for act in (
            lambda: pilots.get(database, stranger, made),
            lambda: pilots.change(database, stranger, made, MEAN),
            lambda: pilots.add_decision(database, stranger, made, "stop", "No."),
        ):
            with pytest.raises(NotFound):
                act()


def test_who_does_not_steer_reads_only(actor: Actor) -> None:
    with connect() as database:
        person, _token = create_person(database, "Lou")
        code = make_join_code(database, actor, Role.PARTICIPANT)
        lou = actor_for(database, person, join(database, person, code))
        made = pilots.add(database, actor, MEAN)
        assert pilots.get(database, lou, made).plan == MEAN
        with pytest.raises(NotAllowed):
            pilots.add(database, lou, MEAN)
        with pytest.raises(NotAllowed):
            pilots.add_decision(database, lou, made, "stop", "No.")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "x" * 300}, "this one has 300"),
        ({"title": " "}, "needs a name"),
        ({"hypothesis": ""}, "what you expect"),
        ({"kpi": ""}, "one KPI"),
        ({"technical_owner": ""}, "technical side"),
        ({"target": 40.0}, "isn’t below the baseline"),
        ({"direction": "up"}, "isn’t above the baseline"),
        ({"target": 30.0}, "isn’t below the baseline"),
        ({"ends_on": "2026-09-30"}, "end before it starts"),
        ({"ends_on": "2031-09-30"}, "two years"),
        ({"ends_on": ""}, "needs the day"),
        ({"spread": 0.0}, "standard deviation"),
        ({"baseline": float("nan")}, "have to be numbers"),
        ({"measure": "share"}, "between 0%"),
        ({"design": "ab", "paired": True}, "Pairs are for before"),
        ({"power": 1.0}, "power lies"),
        ({"sample": 1}, "at least two"),
        ({"budget": -1.0}, "below zero"),
        ({"currency": "XAU"}, "euros or in US dollars"),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused(actor: Actor, changes: dict[str, Any], words: str) -> None:
    with connect() as database:
        with pytest.raises(InputError, match=words):
            pilots.add(database, actor, plan(**changes))
        assert pilots.listing(database, actor) == []


def test_once_the_result_is_known_the_target_stays(actor: Actor) -> None:
    with connect() as database:
        made = pilots.add(database, actor, MEAN)
        pilots.change(database, actor, made, plan(target=18.0))
        pilots.set_result(database, actor, made, _run(database, actor, "pilots"))
        with pytest.raises(InputError, match="result is known"):
            pilots.change(database, actor, made, plan(target=25.0))
        pilots.change(database, actor, made, plan(target=18.0, budget=9_000.0))
        found = pilots.get(database, actor, made)
    assert found.plan.target == 18.0 and found.plan.budget == 9_000.0


def test_decisions_stand_beside_each_other(actor: Actor) -> None:
    with connect() as database:
        made = pilots.add(database, actor, MEAN)
        with pytest.raises(InputError, match="Say why"):
            pilots.add_decision(database, actor, made, "stop", " ")
        pilots.add_decision(database, actor, made, "go_on", "Too few figures yet.")
        pilots.add_decision(database, actor, made, "stop", "No difference.")
        found = pilots.get(database, actor, made)
    assert [(one.decision, one.person) for one in found.decisions] == [("stop", "Ada"), ("go_on", "Ada")]


def test_who_decides_to_go_on_after_the_end_has_decided() -> None:
    def pilot(decided: str, run: str | None) -> pilots.Pilot:
        said = pilots.Decision("go_on", "More knitwear.", "Ada", "r1", f"{decided}T10:00:00.000+00:00")
        return pilots.Pilot("p", plan(MEAN, starts_on="2026-09-01", ends_on="2026-10-31"), run, (said,), "2026-08-01")

    assert pilot("2026-11-05", "r1").status("2026-11-06") == "go_on"
    assert pilot("2026-11-05", "r2").status("2026-11-20") == "to_decide"  # a new result asks again
    assert pilot("2026-10-20", "r1").status("2026-10-21") == "running"
    assert pilot("2026-10-20", "r1").status("2026-11-20") == "to_decide"  # its time had not run out yet


def test_the_status_follows_dates_and_the_last_decision(actor: Actor) -> None:
    with connect() as database:
        made = pilots.add(database, actor, MEAN)
        found = pilots.get(database, actor, made)
        pilots.add_decision(database, actor, made, "go_on", "More figures.")
        on = pilots.get(database, actor, made)
        pilots.add_decision(database, actor, made, "scale", "It works.")
        scaled = pilots.get(database, actor, made)
    days = ("2026-09-30", "2026-10-01", "2026-11-30", "2026-12-01")
    assert [found.status(day) for day in days] == ["planned", "running", "running", "to_decide"]
    assert on.status("2026-11-01") == "running" and scaled.status("2026-11-01") == "scale"


def test_runs_in_its_time_are_counted_with_what_people_said(actor: Actor, stranger: Actor) -> None:
    now = plan(starts_on="2000-01-01", ends_on="2001-12-31")
    with connect() as database:
        run = _run(database, actor, MEAN.use_case)
        _run(database, actor, "another")
        _run(database, stranger, MEAN.use_case)
        add_review(database, actor, run, "approved", rating=4, minutes_saved=12.0)
        add_review(database, actor, run, "rated", rating=2)
        assert pilots.runs_within(database, actor, now) == []
        database.execute("update runs set started_at = '2001-12-31T23:00:00.000+00:00'")
        (found,) = pilots.runs_within(database, actor, now)
    assert (found["rating"], found["minutes"], found["approved"], found["status"]) == (3.0, 12.0, 1, "done")


def _run(database: Any, actor: Actor, use_case: str) -> str:
    run = start_run(
        database, actor, use_case=use_case, kind="generation", method="m", method_version="1", inputs={}
    )  # fmt: skip
    finish_run(database, actor, run, output={}, status="done", seconds=1.0, cost=0.02, currency="EUR")
    return run
