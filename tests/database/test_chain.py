"""The hash chain: it holds over everything the app records, and finds what was changed past it."""

from __future__ import annotations

import ast
import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.checks import CheckResult, Finding, Verdict
from lib.database import chain, connect, writing
from lib.database.chain_check import Fault, against, check_run, ranges, verify
from lib.database.chain_told import check, checks_made, for_reader, last_whole
from lib.database.people import actor_for, create_person
from lib.database.prompts import roll_back, save_version
from lib.database.reviews import add_review
from lib.database.runs import finish_run, get_run, recent, start_run
from lib.database.tool_calls import add_calls, answer, calls_of, settle
from lib.errors import StorageError
from lib.settings import ROOT, settings

TABLES = sorted({of.table for of in chain.KINDS.values()})


@pytest.fixture
def database():
    with connect() as opened:
        yield opened


def finished(database, actor, text="a coat", **more):
    details = {"use_case": "u", "kind": "analysis", "method": "m", "method_version": "1", "inputs": {"brief": text}}
    run = start_run(database, actor, **{**details, **more})
    found = CheckResult("length", (Finding("title", Verdict.WARN, "Too long"),))
    finish_run(database, actor, run, output={"text": text}, status="done", seconds=1.5, checks=[found], cost=0.5)
    return run


def logged(database, actor, n=5):
    """``n`` runs, each with a check and a review."""
    runs = [finished(database, actor, f"text {number}") for number in range(n)]
    for run in runs:
        add_review(database, actor, run, "approved", rating=4)
    return runs


def by_hand(*statements):
    """What somebody does to the file with another program, which knows nothing of the app."""
    other = sqlite3.connect(settings().database)
    for statement in statements:
        other.execute(statement)
    other.commit()
    other.close()


def test_all_that_is_recorded_is_linked_and_whole(database, actor):
    run = logged(database, actor)[0]
    version = save_version(database, actor, task="t", text="Write.", digest="d")
    roll_back(database, actor, "t", None)  # which version is in use is no part of the record
    roll_back(database, actor, "t", version)
    add_calls(database, actor, run, "", [("1", "look", "{}", "read"), ("2", "book", "{}", "asks")])
    first, second = calls_of(database, actor, run)
    settle(database, actor, first.id, "done", "seen")
    settle(database, actor, second.id, "waiting")
    assert verify(database) is None
    answer(database, actor, run, approved=False, result="no")
    assert verify(database) is None
    kinds = {row[0] for row in database.execute("select distinct kind from chain_links")}
    assert kinds == {"runs", "check_results", "reviews", "prompt_versions", "tool_calls"}
    assert chain.head(database).links == 5 * 3 + 1 + 2


def test_an_empty_log_is_whole(database):
    assert verify(database) is None
    assert chain.head(database) == chain.Head(0, chain.START)


def test_what_is_rolled_back_leaves_no_link(database, actor):
    run = finished(database, actor)
    before = chain.head(database)
    with pytest.raises(ZeroDivisionError), writing(database):
        database.execute("update runs set method = 'other' where id = ?", [run])
        chain.append(database, "runs", run)
        _ = 1 / 0
    assert chain.head(database) == before and verify(database) is None


def test_nothing_is_linked_outside_a_transaction(database, actor):
    run = finished(database, actor)
    with pytest.raises(RuntimeError):
        chain.append(database, "runs", run)


def test_processes_that_record_at_once_make_one_chain(actor):
    """Each links in the transaction that records: none takes the place of another."""
    program = (
        "import sys; from lib.access import Actor, Role; from lib.database import connect;"
        "from tests.database.test_chain import finished;"
        "actor = Actor(sys.argv[1], sys.argv[2], Role.ADMINISTRATOR)\n"
        "with connect() as database:\n    [finished(database, actor, str(n)) for n in range(15)]"
    )
    command = [sys.executable, "-c", program, actor.person, actor.workspace]
    processes = [subprocess.Popen(command, cwd=ROOT) for _process in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    with connect() as database:
        assert chain.head(database).links == 3 * 15 * 2 and verify(database) is None


@pytest.mark.parametrize("positions", ["[[0, 1000000000000000]]", "[[-5, 3]]", "[[1]]", "{}", "[[1, null]]"])
def test_a_deletion_forged_by_hand_hides_nothing(database, actor, positions):
    runs = logged(database, actor)
    by_hand(
        "insert into deletions (id, workspace_id, scope, counts, positions, at)"
        f" values ('forged', '{actor.workspace}', 'run', '{{}}', '{positions}', 'now')",
        f"delete from runs where id = '{runs[0]}'",
    )
    assert verify(database) is not None


def test_the_same_record_twice_has_two_digests(database, actor):
    """A digest without its salt says nothing: whoever guesses an erased text can't confirm the guess."""
    run = finished(database, actor)
    with writing(database):
        chain.append(database, "runs", run)
    digests = [row[0] for row in database.execute("select digest from chain_links where row_id = ?", [run])]
    assert len(set(digests)) == 2


@pytest.mark.parametrize("column", [name for name in chain.KINDS["runs"].columns if name not in ("id", "workspace_id")])
def test_a_changed_run_is_found_whatever_was_changed(database, actor, column):
    runs = logged(database, actor)
    held = database.execute(f"select {column} from runs where id = ?", [runs[2]]).fetchone()[0]
    new = (held or 0) + 1 if isinstance(held, int | float) else "7"
    by_hand(f"update runs set {column} = {new!r} where id = '{runs[2]}'")
    broken = verify(database)
    assert (broken.fault, broken.kind, broken.row) == (Fault.CHANGED, "runs", runs[2])


@pytest.mark.parametrize("table", ["check_results", "reviews"])
def test_changed_verdicts_are_found(database, actor, table):
    logged(database, actor)
    by_hand(f"update {table} set verdict = 'pass' where rowid = 3")
    broken = verify(database)
    assert (broken.fault, broken.kind) == (Fault.CHANGED, table)


@pytest.mark.parametrize("table", ["runs", "check_results", "reviews"])
def test_a_removed_record_is_found(database, actor, table):
    logged(database, actor)
    gone = database.execute(f"select id from {table} where rowid = 3").fetchone()[0]
    by_hand(f"delete from {table} where id = '{gone}'")
    broken = verify(database)
    assert (broken.fault, broken.kind, broken.row) == (Fault.REMOVED, table, gone)
    assert broken.at


def test_two_records_that_changed_places_are_found(database, actor):
    one, other = logged(database, actor)[1:3]
    texts = {run: json.dumps(get_run(database, actor, run)["output"], ensure_ascii=False) for run in (one, other)}
    exchanged = ", ".join(c for c in chain.KINDS["runs"].columns if c != "id")
    by_hand(
        f"create table kept as select id, {exchanged} from runs where id in ('{one}', '{other}')",
        *(
            f"update runs set ({exchanged}) = (select {exchanged} from kept where id = '{b}') where id = '{a}'"
            for a, b in ((one, other), (other, one))
        ),
        "drop table kept",
    )
    assert get_run(database, actor, one)["output"] == json.loads(texts[other])
    broken = verify(database)
    assert (broken.fault, broken.row, broken.other) == (Fault.SWAPPED, one, other)


def test_two_links_that_changed_places_are_found(database, actor):
    logged(database, actor)
    by_hand(*(
        f"update {table} set position = {new} where position = {old}"
        for table in ("chain_links", "chain_salts")
        for old, new in ((4, -1), (7, 4), (-1, 7))
    ))  # fmt: skip
    broken = verify(database)
    assert (broken.fault, broken.position) == (Fault.SWAPPED, 4)


@pytest.mark.parametrize("position", [1, 8, 14])
def test_a_link_that_was_taken_out_is_found(database, actor, position):
    logged(database, actor)
    by_hand(f"delete from chain_links where position = {position}")
    broken = verify(database)
    assert (broken.fault, broken.position) == (Fault.REMOVED, position)


def test_a_link_that_was_taken_out_and_covered_up_is_found(database, actor):
    logged(database, actor)
    by_hand(
        "delete from chain_links where position = 8",
        "update chain_links set position = position - 1 where position > 8",
        "update chain_head set links = links - 1",
    )
    assert verify(database).position == 8


def test_a_tail_that_was_cut_is_found(database, actor):
    logged(database, actor)
    by_hand("delete from chain_links where position > 12")
    broken = verify(database)
    assert (broken.fault, broken.position) == (Fault.CUT, 13)


def test_a_tail_cut_with_its_head_leaves_records_without_links(database, actor):
    logged(database, actor)
    by_hand(
        "delete from chain_links where position > 12",
        "update chain_head set links = 12, link = (select link from chain_links where position = 12)",
    )
    assert verify(database).fault is Fault.INSERTED


def test_a_head_that_was_taken_out_is_found(database, actor):
    logged(database, actor)
    by_hand("delete from chain_head")
    assert verify(database).fault is Fault.CUT


def test_a_record_slipped_in_is_found(database, actor):
    run = logged(database, actor)[0]
    columns = ", ".join(c for c in chain.KINDS["reviews"].columns if c != "id")
    by_hand(f"insert into reviews (id, {columns}) select 'forged', {columns} from reviews where run_id = '{run}'")
    broken = verify(database)
    assert (broken.fault, broken.kind, broken.row) == (Fault.INSERTED, "reviews", "forged")


def test_a_removed_salt_is_no_way_round(database, actor):
    runs = logged(database, actor)
    by_hand(
        f"update runs set output = '{{}}' where id = '{runs[0]}'",
        f"delete from chain_salts where position in (select position from chain_links where row_id = '{runs[0]}')",
    )
    assert verify(database).fault is Fault.CHANGED


def test_only_a_seal_kept_outside_finds_a_log_that_was_rewritten_whole(database, actor):
    logged(database, actor)
    seal = chain.head(database)
    assert against(database, seal) is None
    logged(database, actor, 1)
    assert against(database, seal) is None  # it grew
    by_hand("update runs set output = '{}' where rowid = 1", "delete from chain_links", "delete from chain_salts",
            f"update chain_head set links = 0, link = '{chain.START}'")  # fmt: skip
    with writing(database):
        chain.link_all_present(database)
    assert verify(database) is None
    assert against(database, seal).fault is Fault.REWRITTEN
    assert against(database, chain.Head(10_000, "a" * 64)).fault is Fault.CUT


@pytest.mark.parametrize(
    "statement",
    [
        "update runs set inputs = 'no json' where rowid = 2",
        "update runs set output = cast(x'ff00fe' as text) where rowid = 2",
        "update deletions set positions = 'x'",
        "update chain_links set kind = 'unheard of' where position = 3",
        "update chain_links set position = -5 where position = 3",
        "delete from people",
        "delete from chain_links",
    ],
)
def test_whatever_was_written_by_hand_nothing_crashes(database, actor, statement):
    logged(database, actor)
    by_hand(statement)
    verify(database)
    assert isinstance(recent(database, actor), list)


def test_a_run_whose_record_is_no_json_says_where_to_look(database, actor):
    runs = logged(database, actor)
    by_hand(f"update runs set inputs = 'no json' where id = '{runs[1]}'")
    with pytest.raises(StorageError, match="Evidence"):
        get_run(database, actor, runs[1])
    assert len(recent(database, actor)) == 4


def test_another_workspaces_record_is_not_named(database, actor, stranger):
    runs = logged(database, actor)
    by_hand(f"update runs set method = 'x' where id = '{runs[0]}'")
    broken = verify(database)
    assert for_reader(database, actor, broken).row == runs[0]
    assert for_reader(database, stranger, broken).row == ""


@pytest.mark.parametrize("table", ["runs", "check_results", "reviews"])
def test_in_the_demo_house_a_visitor_learns_nothing_of_anothers_record(database, table):
    one, other = (actor_for(database, create_person(database, name)[0], "demo") for name in ("Ada", "Bo"))
    run = logged(database, one, 1)[0]
    column = {"runs": "method", "check_results": "verdict", "reviews": "comment"}[table]
    by_hand(f"update {table} set {column} = 'x'")
    broken = verify(database)
    assert for_reader(database, one, broken).row == broken.row != ""
    told = for_reader(database, other, broken)
    assert (told.row, told.kind, told.workspace, told.other) == ("", "", "", "") and told.position == broken.position
    assert check_run(database, one, run) is not None and check_run(database, other, run) is None
    by_hand(f"delete from {table}")
    assert for_reader(database, other, verify(database)).row == ""


def test_a_record_that_was_exchanged_with_a_strangers_names_theirs_to_nobody(database, actor, stranger):
    mine, theirs = finished(database, actor, "mine"), finished(database, stranger, "theirs")
    columns = [name for name in chain.KINDS["runs"].columns if name != "id"]
    rows = {
        run: database.execute(f"select {', '.join(columns)} from runs where id = ?", [run]).fetchone()
        for run in (mine, theirs)
    }
    for run, values in ((mine, rows[theirs]), (theirs, rows[mine])):
        database.execute(f"update runs set {', '.join(f'{name} = ?' for name in columns)} where id = ?", [*values, run])
    broken = verify(database)
    assert broken.fault is Fault.SWAPPED and {broken.row, broken.other} == {mine, theirs}
    told = [for_reader(database, who, broken) for who in (actor, stranger)]
    assert sorted(one.row for one in told) == ["", broken.row] and [one.other for one in told] == ["", ""]


def test_a_check_of_the_log_is_recorded(database, actor, stranger):
    logged(database, actor, 1)
    assert last_whole(database, actor) is None
    made = check(database, actor)
    assert made.broken is None and last_whole(database, actor) == made.at
    by_hand("update runs set method = 'x'")
    assert check(database, actor).broken.fault is Fault.CHANGED
    assert last_whole(database, actor) == made.at
    assert [row["whole"] for row in checks_made(database, actor)] == [0, 1]
    assert checks_made(database, stranger) == []


@given(st.sets(st.integers(1, 60)))
def test_ranges_hold_exactly_the_positions(positions):
    found = {n for first, last in json.loads(ranges(sorted(positions))) for n in range(first, last + 1)}
    assert found == positions


@given(st.dictionaries(st.text(), st.none() | st.integers() | st.text()))
def test_the_canonical_form_is_one_for_one(payload):
    assert json.loads(chain.canonical(payload).decode("utf-8", "surrogateescape")) == payload


def test_every_module_that_writes_a_record_links_it():
    """Code that comes later and writes past the chain would make a whole log look broken."""
    writes = re.compile(
        rf"""table\("({"|".join(TABLES)})"\)\.(insert|upsert|update)|(insert into|update) ({"|".join(TABLES)})\b"""
    )
    allowed = {
        "lib/database/schema_workbench.py", "lib/database/chain.py",
        "lib/database/budgets.py",  # what is set aside for a run that is still going on
        "lib/database/claims.py",  # runs that begin
        "lib/database/erasing.py",
    }  # fmt: skip
    strays = []
    for path in sorted((ROOT / "lib").rglob("*.py")):
        text, name = path.read_text(encoding="utf-8"), str(path.relative_to(ROOT))
        if name not in allowed and writes.search(text) and not _links(ast.parse(text)):
            strays.append(name)
    assert strays == []


def _links(tree: ast.AST) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr in ("append_many", "append") and
               isinstance(node.value, ast.Name) and node.value.id == "chain" for node in ast.walk(tree))  # fmt: skip


RELEASED = sorted((Path(__file__).parent / "released").glob("*.db"))


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_what_an_earlier_release_recorded_is_linked_once(released, tmp_path):
    path = tmp_path / "old.db"
    path.write_bytes(released.read_bytes())
    with connect(path) as database:
        n = database.execute("select count(*) from runs where finished_at is not null").fetchone()[0]
        linked = database.execute("select count(*) from chain_links where kind = 'runs'").fetchone()[0]
        assert n == linked and verify(database) is None
