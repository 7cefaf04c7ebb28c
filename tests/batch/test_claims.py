"""Taking rows and writing their ends: fair, within the limits, once, and by whoever holds the row."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.access import Actor, Role
from lib.database import connect
from lib.database.claims import Claim, Room, Taken, claim
from lib.database.connection import writing
from lib.database.engine_slots import EngineLimit, hold, page_call, slots
from lib.database.jobs import cancel, items, job, pause, resume, retry_failed
from lib.database.people import actor_for, create_person
from lib.database.processes import this_process
from lib.database.settling import RowOutcome, return_abandoned, settle
from lib.errors import EngineNotConfigured
from tests.batch.tiny import start, wishes

ROOM = Room({}, {}, threads=8)
PLENTY = EngineLimit(100)


def no_wait(faults: int) -> float:
    return 0.0


def take(
    room: Room = ROOM,
    limit: EngineLimit | Callable[[str], EngineLimit] = PLENTY,
    process: str = "",
    covers: Callable[..., int] = lambda database, actor, row, count: count,
) -> Taken:
    with connect() as database:
        limit_of = limit if callable(limit) else lambda engine: limit
        return claim(database, process or this_process(database), room, limit_of, covers)


def ends(claims: tuple[Claim, ...], status: str = "done", **fields: object) -> int:
    with connect() as database:
        return settle(
            database,
            [(found, RowOutcome(status, output='{"number": 1}', **fields)) for found in claims],  # type: ignore[arg-type]
            no_wait,
        )


def counts(actor: Actor, identifier: str) -> dict[str, int]:
    with connect() as database:
        return job(database, actor, identifier).counts


def status(actor: Actor, identifier: str) -> str:
    with connect() as database:
        return job(database, actor, identifier).status


def colleague(actor: Actor) -> Actor:
    """Somebody else of the same workspace."""
    with connect() as database:
        person, _token = create_person(database, "Bea")
        database.table("memberships").insert(
            {"workspace_id": actor.workspace, "person_id": person, "role": "innovator", "joined_at": "now"}
        )
        return actor_for(database, person, actor.workspace)


def test_a_row_is_taken_once_and_its_run_is_written_down_first(actor: Actor) -> None:
    identifier = start(actor, 5)
    first, second = take(), take()
    assert [found.position for found in first.claims] == [0, 1, 2, 3, 4]
    assert second.claims == ()
    with connect() as database:
        runs = list(database.query("select status, job_id, task from runs"))
    assert [run["status"] for run in runs] == ["running"] * 5
    assert {run["job_id"] for run in runs} == {identifier}
    assert {run["task"] for run in runs} == {"tiny"}, "by the name under which a page's own runs are found"


def test_the_last_row_ends_the_job(actor: Actor) -> None:
    identifier = start(actor, 3)
    claims = take().claims
    ends(claims[:2])
    assert status(actor, identifier) == "running"
    ends(claims[2:], "failed", error={"message": "No", "values": {}})
    assert status(actor, identifier) == "done"
    assert counts(actor, identifier) == {"done": 2, "failed": 1}


def test_an_end_that_comes_too_late_counts_for_nothing(actor: Actor) -> None:
    identifier = start(actor, 1)
    lost = take(process="gone").claims
    with connect() as database:
        assert return_abandoned(database) == 1
    again = take().claims
    assert ends(lost) == 0
    assert ends(again) == 1
    assert ends(again) == 0
    assert counts(actor, identifier) == {"done": 1}
    with connect() as database:
        (row,) = items(database, actor, identifier)
        assert (row.run, row.attempts, row.interruptions) == (again[0].run, 2, 1)


def test_what_an_ended_process_may_have_spent_is_counted_as_repeated(actor: Actor) -> None:
    identifier = start(actor, 2, engine="loop", row_estimate=0.25, currency="EUR")
    take(process="gone")
    with connect() as database:
        return_abandoned(database)
        found = job(database, actor, identifier)
    assert (found.cost, found.repeated) == (0.5, 0.5)
    ends(take().claims, cost=0.1, currency="EUR")
    with connect() as database:
        found = job(database, actor, identifier)
    assert found.cost == pytest.approx(0.7)
    assert found.repeated == 0.5


def test_a_row_that_ends_its_process_again_and_again_is_given_up(actor: Actor) -> None:
    identifier = start(actor, 1)
    for _turn in range(8):
        assert len(take(process="gone").claims) == 1
        with connect() as database:
            return_abandoned(database)
    assert take().claims == ()
    with connect() as database:
        (row,) = items(database, actor, identifier, "failed")
    assert row.error is not None and row.error["values"] == {"times": 8}
    with connect() as database:
        assert retry_failed(database, actor, identifier) == 1
    assert len(take().claims) == 1


def test_faults_are_tried_again_up_to_the_limit_and_the_reason_is_kept(actor: Actor) -> None:
    identifier = start(actor, 1)
    error = {"message": "Overloaded", "values": {}}
    for turn in range(4):
        claims = take().claims
        assert len(claims) == 1, turn
        ends(claims, "failed", error=error, retry=True)
    assert take().claims == ()
    with connect() as database:
        (row,) = items(database, actor, identifier)
    assert (row.status, row.faults, row.attempts, row.error) == ("failed", 4, 4, error)


def test_a_row_waits_before_it_is_tried_again(actor: Actor) -> None:
    start(actor, 1)
    claims = take().claims
    with connect() as database:
        settle(
            database,
            [(claims[0], RowOutcome("failed", error={"message": "x", "values": {}}, retry=True))],
            lambda n: 60,
        )
    assert take().claims == ()


def test_what_no_row_can_pass_pauses_the_job_and_loses_nothing(actor: Actor) -> None:
    identifier = start(actor, 3)
    claims = take(room=Room({}, {}, 1)).claims
    reason = {"message": "The key is refused", "values": {}}
    ends(claims, "failed", error=reason, halts=True)
    with connect() as database:
        found = job(database, actor, identifier)
        assert (found.status, found.reason, found.counts) == ("paused", reason, {"waiting": 3})
        resume(database, actor, identifier)
    assert len(take().claims) == 3


def test_an_engine_that_was_taken_out_pauses_its_jobs_and_no_others(actor: Actor) -> None:
    lost, other = start(actor, 2, engine="gone"), start(actor, 2)

    def limit_of(engine: str) -> EngineLimit:
        if engine == "gone":
            raise EngineNotConfigured("There is no engine '{engine}'.", engine=engine)
        return EngineLimit(10)

    assert {found.job for found in take(limit=limit_of).claims} == {other}
    with connect() as database:
        found = job(database, actor, lost)
    assert (found.status, found.reason) == (
        "paused",
        {"message": "There is no engine '{engine}'.", "values": {"engine": "gone"}},
    )


def test_who_may_no_longer_run_has_no_rows_done(actor: Actor) -> None:
    bea = colleague(actor)
    identifier = start(bea, 2)
    with connect() as database:
        database.execute("update memberships set role = ? where person_id = ?", [Role.REVIEWER.value, bea.person])
    assert take().claims == ()
    assert status(actor, identifier) == "paused"


def test_people_share_an_engine_and_then_their_jobs_do(actor: Actor) -> None:
    bea = colleague(actor)
    mine = [start(actor, 40), start(actor, 40)]
    hers = start(bea, 40)
    got = Counter(found.job for found in take(limit=EngineLimit(8), room=Room({}, {}, 8)).claims)
    assert got[hers] == sum(got[identifier] for identifier in mine)
    assert abs(got[mine[0]] - got[mine[1]]) <= 1


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6), st.integers(1, 20))
def test_processes_together_stay_within_the_limit(under_way: list[int], concurrency: int) -> None:
    limit = EngineLimit(concurrency)
    with connect() as database, writing(database):
        database.execute("delete from engine_slots")
        names = [f"process {number}" for number in range(len(under_way))]
        held = dict.fromkeys(names, 0)
        for _turn in range(4):
            for name, calls in zip(names, under_way, strict=True):
                # A process has no more calls under way than the slots it held.
                held[name] = slots(database, "loop", name, limit, min(calls, held[name]))
                assert sum(held.values()) <= concurrency
        for _turn in range(len(names)):
            held = {name: slots(database, "loop", name, limit, 0) for name in names}
        assert sum(held.values()) == concurrency, "what is free is given out"
        assert max(held.values()) - min(held.values()) <= 1


def test_slots_of_calls_under_way_are_kept_when_no_row_is_left_to_take(actor: Actor) -> None:
    """Else another process would begin as many calls again."""
    start(actor, 4, engine="loop")
    limit = EngineLimit(4)
    assert len(take(limit=limit, process="one").claims) == 4
    busy = Room({"loop": 4}, {"loop": 4}, 8)
    take(room=busy, limit=limit, process="one")
    start(actor, 4, engine="loop")
    assert take(limit=limit, process="two").claims == ()
    take(room=Room({"loop": 1}, {"loop": 1}, 8), limit=limit, process="one")
    assert 1 <= len(take(limit=limit, process="two").claims) <= 3


def test_a_page_s_call_takes_a_slot_and_keeps_one_free(actor: Actor) -> None:
    limit = EngineLimit(3)
    with connect() as database, writing(database):
        assert slots(database, "loop", "bulk", limit, 0) == 3
        page_call(database, "loop", limit)
        assert slots(database, "loop", "bulk", limit, 0) == 2
        assert slots(database, "loop", "bulk", limit, 3) == 2, "one of those under way ends, and no other begins"
        assert slots(database, "loop", "other", limit, 0) == 0, "until then its slot is nobody else's"


def test_the_pace_is_shared_and_pages_count_in_it(actor: Actor) -> None:
    start(actor, 50, engine="loop")
    slow = EngineLimit(concurrency=10, per_minute=60)
    assert len(take(limit=slow).claims) == 8, "as many as there are threads"
    assert len(take(limit=slow, process="other").claims) <= 3, "what is left, and what came in meanwhile"
    with connect() as database, writing(database):
        for _turn in range(20):
            page_call(database, "loop", slow)
    assert take(limit=slow, process="third").claims == ()


def test_a_server_that_asks_to_wait_is_not_called_by_anybody(actor: Actor) -> None:
    start(actor, 4, engine="loop")
    claims = take(room=Room({}, {}, 1)).claims
    ends(claims[:1], "failed", error={"message": "x", "values": {}}, retry=True, retry_after=30.0)
    assert take().claims == ()
    with connect() as database, writing(database):
        database.execute("update engine_pace set hold_until = ?", [time.time() - 1])
    assert take().claims
    with connect() as database, writing(database):
        hold(database, "loop", 1e9)
        until = database.execute("select hold_until from engine_pace").fetchone()[0]
    assert until - time.time() <= 901, "no server makes a job wait for ever"


def test_pausing_lets_rows_under_way_end_and_cancelling_gives_up_the_rest(actor: Actor) -> None:
    identifier = start(actor, 6)
    claims = take(room=Room({}, {}, 2)).claims
    with connect() as database:
        pause(database, actor, identifier)
    assert take().claims == ()
    ends(claims)
    assert counts(actor, identifier) == {"done": len(claims), "waiting": 6 - len(claims)}
    with connect() as database:
        resume(database, actor, identifier)
        resume(database, actor, identifier)
    more = take(room=Room({}, {}, 1)).claims
    with connect() as database:
        cancel(database, actor, identifier)
        cancel(database, actor, identifier)
    ends(more, "returned", error=None)
    assert status(actor, identifier) == "cancelled"
    assert set(counts(actor, identifier)) == {"done", "cancelled"}
    assert take().claims == ()


def test_a_finished_row_of_a_cancelled_job_is_kept(actor: Actor) -> None:
    identifier = start(actor, 1)
    claims = take().claims
    with connect() as database:
        cancel(database, actor, identifier)
    ends(claims)
    assert counts(actor, identifier) == {"done": 1}
    assert status(actor, identifier) == "cancelled"


def test_rows_come_in_their_order_and_later_tries_do_not_hold_up_the_rest(actor: Actor) -> None:
    start(actor, wishes(4))
    first = take(room=Room({}, {}, 1)).claims
    ends(first, "failed", error={"message": "x", "values": {}}, retry=True)
    later = take().claims
    assert [found.position for found in later] == [2, 3, *[found.position for found in first]]
