"""What the schema itself says: which columns name a person, how a row belongs to a workspace, what hangs on what.

Erasing rests on this, and not on a list kept by hand: a table that comes later is found by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True)
class Foreign:
    """A foreign key of ``table``. Its ``columns`` name the ``keys`` of ``parent``; ``may_be_empty`` allows null."""

    table: str
    columns: tuple[str, ...]
    parent: str
    keys: tuple[str, ...]
    may_be_empty: bool


def foreign_keys(database: Database) -> list[Foreign]:
    """All foreign keys of the database."""
    found = []
    for table in tables(database):
        empty = {row[1]: not row[3] and not row[5] for row in database.execute(f"pragma table_info({table})")}
        by_number: dict[int, list[tuple[str, str, str]]] = {}
        for row in database.execute(f"pragma foreign_key_list({table})"):
            by_number.setdefault(row[0], []).append((row[2], row[3], row[4] or "id"))
        for parts in by_number.values():
            columns = tuple(column for _parent, column, _key in parts)
            keys = tuple(key for _parent, _column, key in parts)
            found.append(Foreign(table, columns, parts[0][0], keys, all(empty[column] for column in columns)))
    return found


def tables(database: Database) -> list[str]:
    """The tables that hold rows of ours: no full-text index and none of its shadows."""
    rows = database.execute(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and sql not like"
        " 'create virtual%' and name not glob 'passages_text*' and name not glob 'passages_words*'"
        " and name not glob 'run_search*' and name not like '%migrations' order by name"
    )
    return [row[0] for row in rows]


def person_columns(keys: list[Foreign]) -> list[tuple[str, str]]:
    """Each (table, column) that names a person."""
    return sorted((key.table, key.columns[0]) for key in keys if key.parent == "people")


def of_workspace(database: Database, keys: list[Foreign], table: str) -> str | None:
    """The SQL condition that a row of ``table`` belongs to the workspace ``:workspace``; None where no way leads there.

    A table without a workspace's column belongs where the row belongs that it hangs on.
    """
    if "workspace_id" in columns_of(database, table):
        return "workspace_id = :workspace"
    for key in keys:
        if key.table != table or key.parent in ("people", table, "workspaces") or key.may_be_empty:
            continue
        inner = of_workspace(database, keys, key.parent)
        if inner is not None:
            return f"{key.columns[0]} in (select {key.keys[0]} from {key.parent} where {inner})"
    return None


def columns_of(database: Database, table: str) -> list[str]:
    """The names of a table's columns."""
    return [row[1] for row in database.execute(f"pragma table_info({table})")]


def text_columns(database: Database, table: str) -> list[str]:
    """The columns of a table that hold text and are no key."""
    bound = {column for key in foreign_keys(database) if key.table == table for column in key.columns}
    rows = database.execute(f"pragma table_info({table})").fetchall()
    return [row[1] for row in rows if row[2].lower() == "text" and not row[5] and row[1] not in bound]
