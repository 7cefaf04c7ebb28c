"""Erasing: nothing of a person is left in any byte of any file, others keep what is theirs, and the chain holds."""

from __future__ import annotations

import json
import sqlite3

import pytest

from lib.access import Actor, Right, Role
from lib.batch import preparing
from lib.batch.hand import Hand
from lib.batch.here import Here
from lib.checks import CheckResult, Finding, Verdict
from lib.database import artefacts, connect, data_sets, queue_verdicts, review_queue
from lib.database.chain_check import verify
from lib.database.erasing import clean_if_due
from lib.database.erasure import (
    FATES,
    deletions,
    erase_data_set,
    erase_person,
    erase_runs,
    what_would_go,
)
from lib.database.identities import adopt, has_identity
from lib.database.jobs import items
from lib.database.page_states import remember, remembered
from lib.database.people import (
    actor_for,
    create_person,
    create_workspace,
    join,
    make_join_code,
    members,
    person_of_token,
)
from lib.database.queue_verdicts import Judgement
from lib.database.reviews import add_review, reviews_of
from lib.database.runs import add_check, checks_of, children, finish_run, get_run, recent, start_run
from lib.database.schema_paths import foreign_keys, of_workspace, person_columns
from lib.errors import InputError, NotAllowed, NotFound, StorageError
from lib.settings import settings
from tests.batch.tiny import DOTTED, start
from tests.database.planting import files_with, plant_everywhere

SENTINEL = "zq7sentinelkx"
NAME = "Zebulon Quux"


@pytest.fixture
def database():
    with connect() as opened:
        yield opened


@pytest.fixture
def colleague(database, actor) -> Actor:
    """An innovator in the actor's workspace, whose name is a sentinel as well."""
    person, _token = create_person(database, NAME)
    return actor_for(database, person, join(database, person, make_join_code(database, actor, Role.INNOVATOR)))


def finished(database, actor, text=SENTINEL, **more):
    details = {"use_case": "u", "kind": "analysis", "method": "m", "method_version": "1", "inputs": {"brief": text}}
    run = start_run(database, actor, **{**details, **more})
    check = CheckResult("claims", (Finding("text", Verdict.FAIL, "Says {words}", {"words": text}),))
    finish_run(
        database,
        actor,
        run,
        output={"text": text},
        status="done",
        seconds=1.5,
        checks=[check],
        cost=0.5,
        currency="EUR",
    )
    artefacts.store(database, actor, f"{text}.txt", text.encode(), "text/plain", run)
    return run


def left(sentinel=SENTINEL):
    return files_with(settings().database.parent, sentinel)


def test_every_column_that_names_a_person_has_its_fate(database):
    """A new table is erased or kept on purpose: its row belongs into ``FATES``."""
    assert set(person_columns(foreign_keys(database))) == set(FATES)


def test_every_row_that_names_a_person_belongs_to_a_workspace(database):
    keys = foreign_keys(database)
    without = [table for table, _column in FATES if of_workspace(database, keys, table) is None]
    assert without == ["identities"]  # the person's own, wherever they are


def test_a_sentinel_in_every_table_is_gone_from_every_byte(database, actor, colleague):
    planted = plant_everywhere(database, colleague, SENTINEL)
    assert len(planted) > 40 and left() and verify(database) is None
    done = erase_person(database, actor, colleague.person, decisions=True)
    assert done.clean
    assert left() == []
    assert verify(database) is None
    assert database.execute("pragma foreign_key_check").fetchall() == []
    assert database.execute("pragma integrity_check").fetchone()[0] == "ok"
    assert [row["scope"] for row in deletions(database, actor)] == ["person"]


def test_nothing_names_the_person_any_more(database, actor, colleague):
    plant_everywhere(database, colleague, SENTINEL)
    erase_person(database, actor, colleague.person, decisions=True)
    for table, column in person_columns(foreign_keys(database)):
        if table == "identities":  # they still log in, to their other workspaces
            continue
        where = "workspace_id" in [row[1] for row in database.execute(f"pragma table_info({table})")]
        more = f" and workspace_id = '{actor.workspace}'" if where else ""
        n = database.execute(f"select count(*) from {table} where {column} = ?{more}", [colleague.person]).fetchone()[0]
        assert n == 0, table
    assert [member["id"] for member in members(database, actor)] == [actor.person]


def test_what_the_house_decided_stays_without_the_name(database, actor, colleague):
    plant_everywhere(database, colleague, f"{NAME} {SENTINEL}")
    erase_person(database, actor, colleague.person)
    assert database.execute("select count(*) from pilots").fetchone()[0] == 1
    assert SENTINEL in database.execute("select business_owner from pilots").fetchone()[0]
    dump = "\n".join(line for line in database.conn.iterdump() if NAME in line)
    assert dump.count("\n") == 0 and "people" in dump  # their own name, in their other workspaces
    assert verify(database) is None


def test_a_person_erases_themselves_everywhere(database, actor):
    person, token = create_person(database, NAME)
    workspace = create_workspace(database, person, "Own")
    mine, demo = actor_for(database, person, workspace), actor_for(database, person, "demo")
    finished(database, mine)
    finished(database, demo)
    adopt(database, "https://provider.example", "subject", person=person)
    assert left() and left(NAME) and has_identity(database, person)
    erase_person(database, mine, person, everywhere=True)
    assert left() == [] and left(NAME) == []
    assert person_of_token(database, token) is None and not has_identity(database, person)
    assert verify(database) is None


def test_others_keep_theirs_and_their_verdicts(database, actor, colleague):
    run, mine = finished(database, colleague), finished(database, actor, "what Ada wrote")
    add_review(database, actor, run, "sent_back", rating=2, comment=f"No: {SENTINEL}", edited_output={"t": SENTINEL})
    add_review(database, colleague, mine, "approved", rating=5, comment=SENTINEL)
    erase_person(database, actor, colleague.person)
    row = get_run(database, actor, run, erased=True)
    assert (row["inputs"], row["output"], row["status"], row["cost"]) == ({}, None, "done", 0.5)
    assert row["erased_at"]
    assert get_run(database, actor, mine)["output"] == {"text": "what Ada wrote"}
    given = [(r["verdict"], r["rating"], r["comment"]) for one in (run, mine) for r in reviews_of(database, actor, one)]
    assert given == [("sent_back", 2, ""), ("approved", 5, "")]
    assert reviews_of(database, actor, mine)[0]["person_id"] != colleague.person
    assert [c["verdict"] for c in checks_of(database, actor, run)] == ["fail"]
    assert left() == []
    assert verify(database) is None


def test_what_others_said_of_it_in_the_review_queue_goes_with_it(database, actor, colleague):
    run = finished(database, colleague, kind="generation")
    review_queue.put(database, actor, run, 2, f"Is {SENTINEL} true?")
    said = Judgement("edited", (), f"Not {SENTINEL}", {"text": SENTINEL}, ({"findings": [SENTINEL]},))
    queue_verdicts.give(database, actor, run, said)
    draft = {"draft": {"run": run, "edits": {"text": SENTINEL}}, "order": "oldest"}
    remember(database, actor, "review_queue", draft)
    erase_runs(database, actor, [run])
    (verdict,) = database.query("select verdict, comment, edited_output, findings from queue_verdicts")
    assert verdict == {"verdict": "edited", "comment": "", "edited_output": None, "findings": None}
    assert remembered(database, actor, "review_queue") == {"order": "oldest"}
    assert left() == []
    assert verify(database) is None


def test_a_later_change_of_what_is_left_is_found(database, actor):
    run = finished(database, actor)
    erase_runs(database, actor, [run])
    database.execute("update runs set cost = 0 where id = ?", [run])
    assert verify(database).row == run


def test_a_content_that_others_keep_too_stays_on_the_disk(database, actor, colleague):
    one = artefacts.store(database, actor, "a.txt", b"the same", "text/plain")
    other = artefacts.store(database, colleague, "b.txt", b"the same", "text/plain")
    erase_person(database, actor, colleague.person)
    assert artefacts.load(database, actor, one) == b"the same"
    with pytest.raises(NotFound):
        artefacts.load(database, actor, other)


def test_a_table_that_was_brought_leaves_an_empty_place(database, actor):
    """Also one that runs refer to, as the records of the service assistant."""
    kept = data_sets.save(database, actor, "service_assistant", "orders", f"{SENTINEL}.csv", SENTINEL.encode(), {}, 3)
    run = finished(database, actor, "a question", data_set=kept)
    erase_data_set(database, actor, kept)
    assert left() == []
    assert get_run(database, actor, run, erased=True)["data_set_id"] == kept
    assert data_sets.latest(database, actor, "service_assistant", "orders") is None
    with pytest.raises(NotFound, match="erased"):
        data_sets.get(database, actor, kept)
    assert verify(database) is None


def test_only_the_owner_or_an_administrator_erases(database, actor, colleague, stranger):
    run = finished(database, actor)
    kept = data_sets.save(database, actor, "u", "s", "a.csv", b"a", {}, 1)
    for who, error in ((colleague, NotAllowed), (stranger, NotFound)):
        with pytest.raises(error):
            erase_runs(database, who, [run])
        with pytest.raises(error):
            erase_data_set(database, who, kept)
        with pytest.raises((NotAllowed, NotFound)):
            erase_person(database, who, actor.person)
    with pytest.raises(NotAllowed):
        what_would_go(database, colleague, actor.person)
    with pytest.raises(NotAllowed):
        erase_person(database, actor, colleague.person, everywhere=True)
    assert get_run(database, actor, run)["output"] == {"text": SENTINEL}
    assert deletions(database, actor) == []
    assert not colleague.may(Right.ADMINISTER)


def test_the_only_administrator_hands_over_first(database, actor, colleague):
    finished(database, actor)
    with pytest.raises(InputError, match="only administrator"):
        erase_person(database, actor, actor.person)
    assert left() != []


def test_a_run_that_is_going_on_stays_erased(database, actor):
    run = start_run(
        database, actor, use_case="u", kind="analysis", method="m", method_version="1", inputs={"a": SENTINEL}
    )
    erase_runs(database, actor, [run])
    with pytest.raises(NotFound, match="erased"):
        finish_run(database, actor, run, output={"text": SENTINEL}, status="done", seconds=1)
    assert left() == [] and verify(database) is None


def test_the_record_of_a_deletion_holds_nothing_personal(database, actor, colleague):
    finished(database, colleague)
    erase_person(database, actor, colleague.person)
    written = json.dumps([dict(row) for row in database.query("select * from deletions")])
    assert SENTINEL not in written and NAME not in written and colleague.person not in written
    found = deletions(database, actor)[0]
    assert found["person"] == "Ada" and found["counts"]["runs"] == 1 and found["counts"]["files"] == 1


def test_what_would_go_is_what_goes(database, actor, colleague):
    run = finished(database, colleague)
    finished(database, actor, parent=run)
    add_check(database, colleague, run, CheckResult("length"))
    expected = what_would_go(database, actor, colleague.person)
    assert (expected["runs"], expected["files"], expected["built_on"]) == (1, 1, 1)
    done = erase_person(database, actor, colleague.person)
    assert (done.counts["runs"], done.counts["files"]) == (expected["runs"], expected["files"])


def test_in_the_demo_house_each_erases_their_own(database):
    one, other = (actor_for(database, create_person(database)[0], "demo") for _visitor in range(2))
    finished(database, one)
    kept = finished(database, other, "somebody else's")
    erase_person(database, one, one.person)
    assert recent(database, one) == [] and left() == []
    assert get_run(database, other, kept)["output"]
    assert actor_for(database, one.person, "demo")  # they may go on
    assert [row["scope"] for row in deletions(database, one)] == ["person"] and deletions(database, other) == []


def test_while_another_reads_all_the_time_the_cleaning_is_done_later(database, actor):
    run = finished(database, actor)
    with connect() as other:
        other.conn.execute("begin")
        other.execute("select count(*) from runs").fetchone()
        database.execute("pragma busy_timeout = 50")
        assert not erase_runs(database, actor, [run]).clean
        other.conn.execute("commit")
    assert clean_if_due(database) and left() == []


def test_a_refusing_disk_is_said(database, actor, monkeypatch):
    run = finished(database, actor)
    pages = database.execute("pragma page_count").fetchone()[0]
    database.execute(f"pragma max_page_count = {pages}")
    try:
        erase_runs(database, actor, [run])
    except StorageError:
        assert get_run(database, actor, run)["output"] == {"text": SENTINEL}
    assert verify(database) is None


def test_what_an_earlier_release_left_in_free_pages_goes_too(database, actor):
    """Connections used to let deleted content lie: the next deletion takes that along."""
    run = finished(database, actor, "something else")
    earlier = sqlite3.connect(settings().database)
    earlier.execute("pragma secure_delete = off")
    earlier.execute("create table notes (text)")
    earlier.executemany("insert into notes values (?)", [(SENTINEL * 50,)] * 50)
    earlier.commit()
    earlier.execute("drop table notes")
    earlier.commit()
    earlier.close()
    assert left() != []
    erase_runs(database, actor, [run])
    assert left() == []


def test_an_erased_run_is_nobodys_work_to_go_on_with(database, actor):
    """Pages read back a person's last run: one without content is none."""
    run = finished(database, actor)
    child = finished(database, actor, "a child", parent=run)
    erase_runs(database, actor, [child])
    assert [row["id"] for row in recent(database, actor)] == [run]
    assert children(database, actor, run) == []
    with pytest.raises(NotFound, match="erased"):
        get_run(database, actor, child)
    assert get_run(database, actor, child, erased=True)["output"] is None


def test_rows_of_a_job_are_linked_and_can_be_erased(database, actor):
    preparing.allow(DOTTED)
    job = start(actor, 6)
    Hand(Here()).work(idle=0.0)
    assert verify(database) is None
    done = [item.run for item in items(database, actor, job)]
    linked = database.execute("select count(distinct row_id) from chain_links where kind = 'runs'").fetchone()[0]
    assert len(done) == linked == 6
    erase_runs(database, actor, done[:2])
    left_over = items(database, actor, job)
    assert sorted(item.status for item in left_over) == ["cancelled"] * 2 + ["done"] * 4
    assert verify(database) is None
    erase_person(database, actor, actor.person)
    assert verify(database) is None and database.execute("select count(*) from job_items").fetchone()[0] == 0
