"""A role taken away and a member removed are refused at the next action, at the page and in the worker."""

from __future__ import annotations

import json

import pytest

from lib.access import DEMO_WORKSPACE, Actor, Role
from lib.database import connect, new_id, now
from lib.database.claims import Room, claim
from lib.database.engine_slots import EngineLimit
from lib.database.members import codes, leave, remove_member, revoke_code
from lib.database.new_jobs import NewItem, create_rows_job
from lib.database.people import actor_for, create_person, join, make_join_code, members, set_role
from lib.database.runs import start_run
from lib.database.work_claims import WorkRecord, finish_work, take_over
from lib.database.work_jobs import begin_work
from lib.errors import InputError, NotAllowed, NotFound

MEMBER = Role.INNOVATOR


@pytest.fixture
def colleague(actor: Actor) -> Actor:
    """A second member of the actor's workspace, who came with a code."""
    with connect() as database:
        person, _token = create_person(database, "Bo")
        join(database, person, make_join_code(database, actor, MEMBER))
        return actor_for(database, person, actor.workspace)


def run(database, actor):
    return start_run(
        database, actor, use_case="product_descriptions", kind="generation", method="t", method_version="1", inputs={}
    )


def test_a_removed_member_is_refused_and_cannot_come_back_with_a_code_they_know(actor, colleague):
    with connect() as database:
        known = make_join_code(database, actor, MEMBER)
        assert remove_member(database, actor, colleague.person) == 2
        with pytest.raises(NotFound):
            actor_for(database, colleague.person, actor.workspace)
        with pytest.raises(InputError):
            join(database, colleague.person, known)
        assert [one["id"] for one in members(database, actor)] == [actor.person]


def test_what_a_removed_member_made_stays(actor, colleague):
    with connect() as database:
        made = run(database, colleague)
        remove_member(database, actor, colleague.person)
        assert database.execute("select workspace_id from runs where id = ?", [made]).fetchone()[0] == actor.workspace


def test_the_last_administrator_is_neither_removed_nor_leaves(actor, colleague):
    with connect() as database:
        for end in (lambda: remove_member(database, actor, actor.person), lambda: leave(database, actor)):
            with pytest.raises(NotAllowed):
                end()
        assert actor_for(database, actor.person, actor.workspace) == actor


def test_a_member_leaves_by_themselves(actor, colleague):
    with connect() as database:
        leave(database, colleague)
        with pytest.raises(NotFound):
            actor_for(database, colleague.person, actor.workspace)


def test_nobody_leaves_or_is_removed_from_the_demo_house():
    with connect() as database:
        person, _token = create_person(database)
        home = actor_for(database, person, DEMO_WORKSPACE)
        with pytest.raises(NotAllowed):
            leave(database, home)
        with pytest.raises(NotAllowed):
            remove_member(database, Actor(person, DEMO_WORKSPACE, Role.ADMINISTRATOR), person)


def test_a_revoked_code_opens_nothing_and_another_houses_code_is_not_found(actor, stranger):
    with connect() as database:
        shown = make_join_code(database, actor)
        [code] = codes(database, actor)
        with pytest.raises(NotFound):
            revoke_code(database, stranger, code.id)
        revoke_code(database, actor, code.id)
        assert codes(database, actor) == []
        with pytest.raises(InputError):
            join(database, stranger.person, shown)
        with pytest.raises(NotFound):
            revoke_code(database, actor, code.id)


def test_a_page_is_told_of_a_code_nothing_that_opens_anything(actor):
    """Eight letters are found from their hash by trying them all: the list holds neither letters nor hash."""
    with connect() as database:
        shown = make_join_code(database, actor)
        said = repr(codes(database, actor))
        stored = database.execute("select code_hash from join_codes").fetchone()[0]
    assert shown not in said and stored not in said


def rows_job(database, actor):
    return create_rows_job(
        database, actor, use_case="product_descriptions", task="lib.x.T", title="Job", title_values={},
        engine="built-in", prompt_hash=None, seed=0, items=[NewItem("one", "en", "{}")], budget=None,
    )  # fmt: skip


def taken(database):
    limit = EngineLimit(concurrency=2, per_minute=None)
    room = Room({}, {}, threads=2)
    return claim(database, "process", room, lambda _engine: limit, lambda _d, _a, _j, count: count).claims


def test_rows_of_somebody_who_is_still_there_are_taken(actor, colleague):
    """The control of the next two."""
    with connect() as database:
        rows_job(database, colleague)
        assert len(taken(database)) == 1


def test_queued_rows_of_a_removed_member_are_not_begun(actor, colleague):
    with connect() as database:
        job = rows_job(database, colleague)
        remove_member(database, actor, colleague.person)
        assert taken(database) == ()
        status, reason = database.execute("select status, reason from jobs where id = ?", [job]).fetchone()
        assert status == "paused" and "no longer take part" in json.loads(reason)["message"]


def test_queued_rows_of_a_revoked_role_are_not_begun(actor, colleague):
    with connect() as database:
        rows_job(database, colleague)
        set_role(database, actor, colleague.person, Role.REVIEWER)
        assert taken(database) == ()


@pytest.mark.parametrize("how", ["removed", "revoked"])
def test_heavy_work_that_was_going_on_leaves_no_result_after_the_right_is_gone(actor, colleague, how):
    with connect() as database:
        job = begin_work(
            database, colleague, use_case="roadmap", function="lib.x.f", title="Work", title_values={}, arguments={}
        )
        work = take_over(database, job, "process")
        if how == "removed":
            remove_member(database, actor, colleague.person)
        else:
            set_role(database, actor, colleague.person, Role.REVIEWER)
        record = WorkRecord("analysis", "m", "1", {}, {"secret": new_id()}, 1.0, now())
        with pytest.raises((NotFound, NotAllowed)):
            finish_work(database, work, colleague, "process", record)
        assert database.execute("select count(*) from runs").fetchone()[0] == 0
