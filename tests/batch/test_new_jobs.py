"""A job is written down whole or not at all, and what cannot be done is refused in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lib.access import Actor, Role
from lib.batch.hand import Hand
from lib.batch.here import Here
from lib.database import connect, new_jobs
from lib.database.jobs import cancel, items, job, jobs, pause, resume, retry_failed
from lib.database.new_jobs import NewItem
from lib.errors import InputError, NotAllowed, NotFound
from tests.batch.tiny import start, wishes


def test_an_empty_table_is_refused_and_leaves_nothing(actor: Actor) -> None:
    with pytest.raises(InputError, match="no rows"):
        start(actor, [])
    with connect() as database:
        assert database.execute("select count(*) from jobs").fetchone()[0] == 0


def test_two_million_rows_are_refused_and_leave_nothing(actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_jobs, "LARGEST_JOB", 2_500)

    def endless() -> Iterator[NewItem]:
        number = 0
        while True:
            yield NewItem(f"row {number}", "en", {"number": number})
            number += 1

    with pytest.raises(InputError, match="Split the table"):
        start(actor, endless())
    with connect() as database:
        assert database.execute("select count(*) from job_items").fetchone()[0] == 0
        assert jobs(database, actor) == []


def test_a_row_of_five_megabytes_is_refused_alone(actor: Actor) -> None:
    rows = [*wishes(2), NewItem("heavy", "en", {"number": 2, "colour": "x" * 5_000_000})]
    identifier = start(actor, rows)
    Hand(Here()).work(idle=0.0)
    with connect() as database:
        found = job(database, actor, identifier)
        (heavy,) = items(database, actor, identifier, "failed")
        assert retry_failed(database, actor, identifier) == 0, "it would be refused again"
    assert (found.status, found.counts) == ("done", {"done": 2, "failed": 1})
    assert heavy.label == "heavy" and heavy.error is not None and heavy.error["values"]["size"] == 5.0


def test_a_job_whose_rows_break_off_is_not_kept(actor: Actor) -> None:
    def broken() -> Iterator[NewItem]:
        yield from wishes(1_500)
        raise RuntimeError("the file ended")

    with pytest.raises(RuntimeError):
        start(actor, broken())
    with connect() as database:
        assert database.execute("select (select count(*) from jobs) + (select count(*) from job_items)").fetchone() == (
            0,
        )


def test_nobody_else_sees_or_steers_a_job(actor: Actor, stranger: Actor) -> None:
    identifier = start(actor, 3)
    with connect() as database:
        assert jobs(database, stranger) == []
        for steer in (job, pause, resume, cancel, retry_failed, items):
            with pytest.raises(NotFound):
                steer(database, stranger, identifier)
        assert job(database, actor, identifier).status == "waiting"


def test_in_the_demo_house_each_sees_their_own(actor: Actor, stranger: Actor) -> None:
    one, two = (Actor(who.person, "demo", Role.INNOVATOR) for who in (actor, stranger))
    identifier = start(one, 2)
    with connect() as database:
        assert [found.id for found in jobs(database, one)] == [identifier]
        assert jobs(database, two) == []


def test_a_reviewer_starts_and_steers_nothing(actor: Actor) -> None:
    identifier = start(actor, 2)
    reviewer = Actor(actor.person, actor.workspace, Role.REVIEWER)
    with pytest.raises(NotAllowed):
        start(reviewer, 2)
    with connect() as database:
        for steer in (pause, resume, cancel, retry_failed):
            with pytest.raises(NotAllowed):
                steer(database, reviewer, identifier)
        assert job(database, reviewer, identifier).status == "waiting", "but reads"
