"""Every function of ``lib.database`` that takes an Actor: none is forgotten, none lets anybody in who has no right."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from typing import Any

import pytest
from sqlite_utils import Database

from lib.access import DEMO_WORKSPACE, RIGHTS, Actor, Right, Role
from lib.database import connect, writing
from lib.database.chain import link_all_present
from lib.errors import NotAllowed, ToileError
from tests.access.calling import WITH_ACTOR, WITHOUT_ACTOR, Making, name_of, writers
from tests.access.world import NOBODYS, World, tables

OWNER, OTHER = "OWNERMARK", "OTHERMARK"
# What a person may always do with themselves, whatever their role: their own name, their own link, leaving.
ONESELF = {
    "members.leave", "people.renew_token", "people.rename_person", "people.person_name", "erasure.erase_runs",
    "erasure.erase_data_set", "erasure.erase_person", "erasure.what_would_go",
}  # fmt: skip
# A function that opens a transaction to write and still asks for less than a right to change: what it writes is the
# person's own and nobody else's.
OWN_NOTES = {"page_states.remember", "chain_told.check"}
# No Actor: the worker and the start of a process act for the installation, the first steps of a person have none yet.
WITHOUT = {
    "the worker": {
        "claims", "settling", "work_claims", "engine_slots", "processes",
    },
    "the start": {
        "migrations", "schema_script", "schema_workbench", "schema_decide", "schema_govern", "connection", "backups",
    },
    "what the schema says, which holds nobody's rows": {"schema_paths"},
}  # fmt: skip
# These link a record in the hash chain, which has to happen in the caller's transaction.
INSIDE = {"reviews.insert_review", "runs.insert_check"}
FIRST_STEPS = {
    "people.create_person", "people.person_of_token", "people.actor_for", "people.workspaces_of",
    "people.create_workspace", "people.join", "people.enrol", "people.require_administrator_left",
    "identities.person_of_identity", "identities.has_identity", "identities.adopt", "identities.settle_houses",
    "comparison_texts.end_vote", "jobs.settle_end",  # part of a caller's transaction, which has asked
    "chain.append", "chain.append_many", "chain.payloads", "chain.head", "chain.forget", "chain.link_all_present",
    "risk_records.read", "risk_records.answers_of", "risk_records.classifications_of",  # of a review found for an Actor
    "chain_check.verify", "chain_check.against",  # the whole log, told through ``for_reader``
    "erasing.remove_files", "erasing.clean", "erasing.clean_if_due", "retention.expire",  # the worker, after the rules
    "people.is_erased",
}  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, dict[str, World]]]:
    """A database in which two people have a row in each table: each in a house of their own and in the demo house."""
    path = tmp_path_factory.mktemp("world") / "toile.db"
    worlds = {}
    with connect(path) as database:
        for mark in (OWNER, OTHER):
            for place in ("house", "demo"):
                whole = f"{mark}-{place}"
                house = DEMO_WORKSPACE if place == "demo" else f"{whole}-workspaces"
                if place == "demo":
                    kept = next(database.query("select * from workspaces where id = 'demo'"))
                worlds[whole] = World(database, whole, house, f"{whole}-people")
                if place == "demo":
                    database.table("workspaces").insert(kept, replace=True)
        with writing(database):
            link_all_present(database)
        copy = sqlite3.connect(":memory:", isolation_level=None)
        database.conn.backup(copy)
    with closing(copy):
        yield copy, worlds


@pytest.fixture(scope="module")
def untouched(template: tuple[sqlite3.Connection, dict[str, World]]) -> dict[str, set[str]]:
    """All rows of the template, which each copy begins with."""
    with fresh(template[0]) as database:
        return everything(database)


@contextmanager
def fresh(template: sqlite3.Connection) -> Iterator[Database]:
    """A copy of the template."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    template.backup(connection)
    connection.execute("pragma foreign_keys = on")
    try:
        yield Database(connection, execute_plugins=False)
    finally:
        connection.close()


def call(function: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    """What the function returns, with what it would yield."""
    inside = writing(arguments["database"]) if name_of(function) in INSIDE else nullcontext()
    with inside:
        answer = function(**arguments)
        return list(answer) if isinstance(answer, Iterator) else answer


NAMES: list[str] = []  # of the tables, read once: looking at the schema takes longer than at the rows


def everything(database: Database) -> dict[str, set[str]]:
    """Each row of each table as text."""
    NAMES[:] = NAMES or [table.name for table in tables(database)]
    return {
        name: {json.dumps(row, default=repr, sort_keys=True) for row in database.query(f"select * from [{name}]")}
        for name in NAMES
    }


def test_every_function_that_takes_a_database_asks_for_an_actor_or_is_named_here() -> None:
    named = {module for group in WITHOUT.values() for module in group}
    missing = [
        name_of(f) for f in WITHOUT_ACTOR if name_of(f) not in FIRST_STEPS and name_of(f).split(".")[0] not in named
    ]
    assert missing == []


def test_every_table_has_a_row_of_each_world(template: tuple[sqlite3.Connection, dict[str, World]]) -> None:
    with fresh(template[0]) as database:
        for table in tables(database):
            rows = " ".join(map(repr, table.rows))
            assert OWNER in rows and OTHER in rows, table.name
        assert {t.name for t in database.tables} >= NOBODYS


@pytest.mark.parametrize("function", WITH_ACTOR, ids=name_of)
def test_a_role_without_rights_is_refused(
    function: Callable[..., Any],
    template: tuple[sqlite3.Connection, dict[str, World]],
    untouched: dict[str, set[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if name_of(function) in ONESELF:
        pytest.skip("what everybody may do with themselves")
    monkeypatch.setitem(RIGHTS, Role.PARTICIPANT, frozenset())
    world = template[1][f"{OWNER}-house"]
    with fresh(template[0]) as database:
        actor = Actor(world.person, world.workspace, Role.PARTICIPANT)
        with pytest.raises(NotAllowed):
            call(function, Making(world).arguments(function, database, actor))
        assert everything(database) == untouched


WRITERS = writers()


@pytest.mark.parametrize("function", [f for f in WITH_ACTOR if name_of(f) in WRITERS], ids=name_of)
def test_who_may_only_read_changes_nothing(
    function: Callable[..., Any],
    template: tuple[sqlite3.Connection, dict[str, World]],
    untouched: dict[str, set[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if name_of(function) in ONESELF | OWN_NOTES:
        pytest.skip("one's own")
    monkeypatch.setitem(RIGHTS, Role.PARTICIPANT, frozenset({Right.READ}))
    world = template[1][f"{OWNER}-house"]
    with fresh(template[0]) as database:
        actor = Actor(f"{world.person}-colleague", world.workspace, Role.PARTICIPANT)
        with pytest.raises(NotAllowed):
            call(function, Making(world).arguments(function, database, actor))
        assert everything(database) == untouched


def attempts(function: Callable[..., Any], own: World, foreign: World) -> Iterator[Making]:
    """The function's arguments with the foreign world's ids, one at a time, at every place that takes a text."""
    counting = Making(own)
    counting.arguments(function, Database(memory=True), own.actor)
    yield Making(own)
    for place in range(1, counting.places + 1):
        identifiers: list[str | int] = [*foreign.ids(), *foreign.numbers()]
        for identifier in identifiers:
            yield Making(own, (place, identifier))


@pytest.mark.parametrize("place", ["house", "demo"])
@pytest.mark.parametrize("function", WITH_ACTOR, ids=name_of)
def test_ids_of_others_give_nothing_and_change_nothing(
    function: Callable[..., Any],
    place: str,
    template: tuple[sqlite3.Connection, dict[str, World]],
    untouched: dict[str, set[str]],
) -> None:
    """The attacker may do everything in a house of their own, and types each id of the owner's wherever one goes."""
    source, worlds = template
    own, foreign = worlds[f"{OTHER}-{place}"], worlds[f"{OWNER}-{place}"]
    left = list(attempts(function, own, foreign))
    while left:
        with fresh(source) as database:
            changes = database.conn.total_changes
            while left and database.conn.total_changes == changes:  # a new copy only where something was written
                attempt(function, left.pop(), database, own, foreign)
            if database.conn.total_changes != changes:
                unhurt(database, untouched, foreign)


def attempt(function: Callable[..., Any], making: Making, database: Database, own: World, foreign: World) -> None:
    """Call it; what it says and raises tells nothing of the foreign world but the id that was typed."""
    typed = str(making.swap[1]) if making.swap else ""
    try:
        said = repr(call(function, making.arguments(function, database, own.actor)))
    except ToileError as error:
        said = f"{error} {error.values}"
    except sqlite3.IntegrityError:  # an id of another table, which the schema itself refuses
        said = ""
    said = said.replace(typed, "") if typed else said
    assert foreign.mark not in said, f"{making.swap}: {said[:500]}"


def unhurt(database: Database, before: dict[str, set[str]], foreign: World) -> None:
    """No foreign row was changed, and no new row hangs on one."""
    after = everything(database)
    for table, rows in before.items():
        assert {row for row in rows if foreign.mark in row} <= after[table], f"a row of {table} was changed"
        added = {row for row in after[table] - rows if foreign.mark in row}
        assert not referring(database, table, added, foreign), f"{table}: {added}"


# What no function hands out: secrets' hashes, and rows that only say that two things belong together.
# Who reads which output now is counted for others only.
NEVER_SHOWN = {"identities", "memberships", "queue_claims"}


def answers(database: Database, world: World) -> list[str]:
    """What every function that only reads tells the owner."""
    said = []
    for function in WITH_ACTOR:
        if name_of(function) not in WRITERS:
            try:
                said.append(repr(call(function, Making(world).arguments(function, database, world.actor))))
            except (ToileError, StopIteration, TypeError, IndexError) as error:
                said.append(repr(error))
    return said


def test_the_owner_is_told_of_every_table(template: tuple[sqlite3.Connection, dict[str, World]]) -> None:
    """The control: without the owner's row in a table some answer is another one, so there is something to be found."""
    world = template[1][f"{OWNER}-house"]
    with fresh(template[0]) as database:
        before = answers(database, world)
        names = [table.name for table in tables(database)]
    with fresh(template[0]) as database:
        assert answers(database, world) == before  # the same rows give the same answers
    untold = []
    for name in sorted(set(names) - NEVER_SHOWN - {"people", "workspaces", "join_codes"}):
        with fresh(template[0]) as database:
            database.execute("pragma foreign_keys = off")
            columns = [column for column in database.table(name).columns if column.type.upper() == "TEXT"]
            owned = " or ".join(f"[{column.name}] like :mark" for column in columns)
            database.execute(f"delete from [{name}] where {owned}", {"mark": f"{world.mark}%"})
            if answers(database, world) == before:
                untold.append(name)
    assert untold == []


def referring(database: Database, table: str, rows: set[str], foreign: World) -> list[str]:
    """The rows that refer to one of the foreign world's rows, through a key of the schema."""
    keys = [key.column for key in database.table(table).foreign_keys if isinstance(key.column, str)]
    return [row for row in rows if any(foreign.mark in str(json.loads(row)[column]) for column in keys)]
