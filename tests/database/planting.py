"""A row in every table of the schema, each text in it a sentinel's: whatever table comes later is planted too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlite_utils import Database

from lib.access import Actor
from lib.database import artefacts, chain, new_id, writing
from lib.database.connection import now
from lib.database.schema_paths import foreign_keys, person_columns, tables

# What the app itself writes, from a fixed list of words; everything else of type text may come from a person.
WORDS = """status kind use_case task method method_version language currency role verdict check_name embedder slug
    criterion basis hash code_hash collection area page direction design engine model permission slot media_type
    prompt_hash process cohort scope what prompt variant into_currency key way lane decision tool urgency
    content fingerprint outcome plan reasons"""
OUR_WORDS = set(WORDS.split())
NOT_PLANTED = {"workspaces", "people", "memberships", "engine_pace", "engine_slots", "backups_made", "retention_rules"}
NOT_PLANTED |= {"identities"}  # a digest alone


def plant_everywhere(database: Database, actor: Actor, sentinel: str) -> list[str]:
    """Rows of the actor's in all tables that hold what a person made; the tables' names."""
    keys = foreign_keys(database)
    names = {table for table, _column in person_columns(keys)}
    more = True
    while more:  # what hangs on them
        found = {key.table for key in keys if key.parent in names} - names
        names, more = names | found, bool(found)
    ours = {name for name in tables(database) if name.startswith(("chain_", "run_texts", "deletions"))}
    names -= NOT_PLANTED | ours
    made: dict[str, dict[str, Any]] = {}
    with writing(database):
        for name in ["data_sets", "runs", *sorted(names)]:  # in this order: what others may refer to
            _plant(database, actor, sentinel, name, made)
        chain.link_all_present(database)
    return sorted(names)


def _plant(
    database: Database, actor: Actor, sentinel: str, table: str, made: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    if table in made:
        return made[table]
    row: dict[str, Any] = {}
    bound: dict[str, Any] = {}
    for key in (key for key in foreign_keys(database) if key.table == table):
        if key.parent == "people":
            bound[key.columns[0]] = actor.person
        elif key.parent == "workspaces":
            bound[key.columns[0]] = actor.workspace
        elif key.may_be_empty and key.parent not in made:
            bound[key.columns[0]] = None
        else:
            parent = _plant(database, actor, sentinel, key.parent, made)
            bound |= {column: parent.get(other) for column, other in zip(key.columns, key.keys, strict=True)}
    for _number, column, kind, _required, _default, place in database.execute(f"pragma table_info({table})"):
        row[column] = bound[column] if column in bound else _value(column, kind.lower(), place, sentinel)
    if table == "artefacts":
        content = f"{sentinel} in a file".encode()
        row["hash"] = artefacts.hashlib.sha256(content).hexdigest()
        artefacts.write_once(artefacts.path_of(row["hash"]), content)
    if table == "passages":
        row["vector"] = sentinel.encode()
    database.table(table).insert(row)
    made[table] = row
    return row


def _value(column: str, kind: str, place: int, sentinel: str) -> Any:
    if column == "erased_at":
        return None
    if column.endswith("_at"):
        return 0.0 if kind == "real" else now()
    if kind == "text":
        if place:
            return new_id()
        return "word" if column in OUR_WORDS or column.endswith("_id") else f'{{"said": "{sentinel}"}}'
    return sentinel.encode() if kind == "blob" else 1


def files_with(folder: Path, sentinel: str) -> list[str]:
    """The files below ``folder`` whose bytes hold the sentinel, in UTF-8 or UTF-16."""
    # An index stores of a word only what the word before it doesn't begin with: its end is looked for as well.
    texts = (sentinel, sentinel.casefold(), sentinel[3:].casefold())
    wanted = [text.encode(code) for text in texts for code in ("utf-8", "utf-16-le")]
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(one in path.read_bytes() for one in wanted)
    ]
