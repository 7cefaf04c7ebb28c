"""How long a workspace keeps what: who sets it, what would go, and what is gone after the worker looked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from lib.access import Role
from lib.batch import worker
from lib.database import artefacts, connect, data_sets
from lib.database.chain_check import verify
from lib.database.conversations import add_turn, start_conversation
from lib.database.erasure import deletions
from lib.database.people import actor_for
from lib.database.retention import KIND_NAMES, KINDS, OF_PEOPLE, expire, preview, rules, set_rule
from lib.database.runs import finish_run, get_run, start_run
from lib.errors import InputError, NotAllowed
from lib.settings import settings
from tests.database.planting import files_with

SENTINEL = "zq7sentinelkx"


@pytest.fixture
def database():
    with connect() as opened:
        yield opened


def aged(database, actor, days, use_case="u", text=SENTINEL):
    run = start_run(
        database, actor, use_case=use_case, kind="analysis", method="m", method_version="1", inputs={"brief": text}
    )
    _older(database, "runs", "started_at", run, days)
    finish_run(database, actor, run, output={"text": text}, status="done", seconds=1)
    return run


def _older(database, table, column, identifier, days):
    then = (dt.datetime.now(dt.UTC) - dt.timedelta(days=days)).isoformat(timespec="milliseconds")
    database.execute(f"update {table} set {column} = ? where id = ?", [then, identifier])


def test_what_is_older_goes_and_the_rest_stays(database, actor, stranger):
    old, new, theirs = (
        aged(database, actor, 40),
        aged(database, actor, 20, text="kept"),
        aged(database, stranger, 40, text="theirs"),
    )
    assert preview(database, actor, "runs", 30) == 1
    set_rule(database, actor, "runs", 30)
    found = rules(database, actor)["runs"]
    assert (found.days, found.person, found.due) == (30, "Ada", 1)
    assert get_run(database, actor, old)["output"]  # a rule alone erases nothing
    assert expire(database) == 1
    assert get_run(database, actor, old, erased=True)["erased_at"]
    assert get_run(database, actor, new)["output"] and get_run(database, stranger, theirs)["output"]
    assert files_with(settings().database.parent, SENTINEL) == []
    assert verify(database) is None
    assert deletions(database, actor)[0]["scope"] == "retention" and deletions(database, stranger) == []
    assert expire(database) == 0 and len(deletions(database, actor)) == 1


def test_pictures_of_people_may_go_sooner_than_other_runs(database, actor):
    assert "made_to_measure_eyewear" in OF_PEOPLE and "product_descriptions" not in OF_PEOPLE
    face, text = aged(database, actor, 3, "made_to_measure_eyewear"), aged(database, actor, 3, "product_descriptions")
    set_rule(database, actor, "photos", 2)
    expire(database)
    assert (
        get_run(database, actor, face, erased=True)["erased_at"]
        and not get_run(database, actor, text, erased=True)["erased_at"]
    )


def test_uploads_and_conversations_have_their_own_time(database, actor):
    kept = data_sets.save(database, actor, "u", "s", f"{SENTINEL}.csv", SENTINEL.encode(), {}, 1)
    loose = artefacts.store(database, actor, "loose.txt", f"{SENTINEL} loose".encode(), "text/plain")
    said = aged(database, actor, 9)
    conversation = start_conversation(database, actor, task="t", language="en")
    add_turn(database, actor, conversation, said)
    for table, identifier in (("data_sets", kept), ("artefacts", loose), ("conversations", conversation)):
        _older(database, table, "created_at", identifier, 9)
    database.execute("update artefacts set created_at = (select created_at from data_sets)")
    other = aged(database, actor, 9, text="no conversation")
    set_rule(database, actor, "conversations", 5)
    set_rule(database, actor, "uploads", 5)
    expire(database)
    assert files_with(settings().database.parent, SENTINEL) == []
    assert database.execute("select count(*) from conversations").fetchone()[0] == 0
    assert get_run(database, actor, other)["output"]


def test_a_rule_can_be_changed_and_taken_back(database, actor):
    set_rule(database, actor, "runs", 30)
    set_rule(database, actor, "runs", 60)
    assert rules(database, actor)["runs"].days == 60
    set_rule(database, actor, "runs", None)
    assert rules(database, actor) == {}


@pytest.mark.parametrize("days", [0, -1, 36_501])
def test_a_number_of_days_that_makes_no_sense_is_refused(database, actor, days):
    with pytest.raises(InputError):
        set_rule(database, actor, "runs", days)


def test_a_wrong_role_sets_nothing(database, actor):
    for act in (lambda who: set_rule(database, who, "runs", 3), lambda who: preview(database, who, "runs", 3)):
        with pytest.raises(NotAllowed):
            act(replace(actor, role=Role.PARTICIPANT))
        with pytest.raises(NotAllowed):
            act(actor_for(database, actor.person, "demo"))
    assert rules(database, actor) == {}


def test_every_kind_has_a_name():
    assert set(KINDS) == set(KIND_NAMES)


def test_the_worker_sees_to_it(database, actor):
    run = aged(database, actor, 40)
    worker._expire()
    assert get_run(database, actor, run)["output"]
    set_rule(database, actor, "runs", 30)
    worker._expire()
    assert get_run(database, actor, run, erased=True)["erased_at"]
