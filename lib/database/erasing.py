"""Taking rows out for good: texts, files and salts, within one transaction that records itself.

A run, a table that was brought and a file leave an empty shell, because others refer to them. Everything that was
linked in the chain is linked again as the shell that it is now; of what is gone altogether the deletion keeps the
places in the chain, so that nobody takes it for a gap.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlite_utils import Database

from lib.access import Actor
from lib.database import artefacts, chain
from lib.database.chain_check import ranges
from lib.database.connection import new_id, now, writing
from lib.database.runs import ERASED
from lib.database.schema_paths import Foreign, foreign_keys
from lib.errors import StorageError

AT_ONCE = 500  # rows
GONE = {"message": ERASED, "values": {}}  # why a comparison lacks a text
SHELLS = ("runs", "data_sets", "artefacts", "people", "workspaces", "deletions")  # never deleted along with something
IN = "in (select value from json_each(:ids))"


class Erasing:
    """One deletion. Its methods are part of the caller's transaction; ``record`` comes last."""

    def __init__(self, database: Database, workspace: str) -> None:
        self.database, self.workspace, self.at = database, workspace, now()
        self.keys: list[Foreign] = foreign_keys(database)
        self.counts: Counter[str] = Counter()
        self.files: set[str] = set()
        self._gone: set[tuple[str, str]] = set()
        self._again: set[tuple[str, str]] = set()

    def runs(self, ids: Sequence[str], person: str | None = None) -> None:
        """Empty runs with all that speaks of their content; with ``person`` they are that one's from now on."""
        for start in range(0, len(ids), AT_ONCE):
            some = json.dumps(list(ids[start : start + AT_ONCE]))
            self._runs({"ids": some, "at": self.at, "person": person, "gone": json.dumps(GONE)})
        self.counts["runs"] += len(ids)

    def _runs(self, given: dict[str, Any]) -> None:
        of = f"run_id {IN}"
        self._change("check_results", "findings = '[]'", f"{of} and findings <> '[]'", given)
        self._change("reviews", "comment = '', reason = '', edited_output = null", of, given)
        self._change("queue_verdicts", "comment = '', edited_output = null, findings = null", of, given)
        self.database.execute(f"update queue_items set note = '' where {of}", given)
        # What somebody was about to say of it, kept for after a refresh of the review queue.
        self.database.execute(
            "update page_states set state = json_remove(state, '$.draft') where page = 'review_queue'"
            f" and json_extract(state, '$.draft.run') {IN}",
            given,
        )
        self.delete("tool_calls", of, given)
        self.artefacts(self._ids("artefacts", of, given))
        run = self.database.execute
        # A row that is going on is no longer the one that was taken: its end, when it comes, is left.
        run(
            "update job_items set inputs = '{}', label = '', error = null, process = null,"
            f" status = case status when 'failed' then status else 'cancelled' end where {of}",
            given,
        )
        run(
            "update jobs set arguments = '{}', title_values = '{}', said = null, reason = null, title = ''"
            f" where {of} and kind = 'work'",
            given,
        )
        run(f"update comparison_texts set status = 'failed', error = :gone where {of}", given)
        compared = f"comparison_id in (select id from comparisons where {of})"
        run(f"update comparison_inputs set inputs = '{{}}', label = '' where {compared}", given)
        run(f"update votes set reason = '' where {compared}", given)
        run(f"update comparisons set question = '' where {of}", given)
        self._change(
            "runs",
            "inputs = '{}', output = null, error = null, erased_at = :at, process = null,"
            " status = case when finished_at is null then 'cancelled' else status end,"
            " finished_at = coalesce(finished_at, :at), person_id = coalesce(:person, person_id)",
            f"id {IN}",
            given,
        )

    def data_sets(self, ids: Sequence[str]) -> None:
        """Empty tables that people brought: the file goes, the place stays for the runs that name it."""
        given = {"ids": json.dumps(list(ids)), "at": self.at}
        kept = [row[0] for row in self.database.execute(f"select artefact_id from data_sets where id {IN}", given)]
        self.artefacts(kept)
        self.database.execute(
            "update data_sets set name = '', mapping = '{}', left_out = '[]', rows = 0, erased_at = :at"
            f" where id {IN}",
            given,
        )
        self.counts["uploads"] += len(ids)

    def artefacts(self, ids: Sequence[str]) -> None:
        """Empty the rows of kept files; ``remove_files`` takes the content off the disk after the transaction."""
        given = {"ids": json.dumps(list(ids)), "at": self.at}
        rows = self.database.execute(f"select hash from artefacts where id {IN} and hash <> ''", given).fetchall()
        self.files |= {row[0] for row in rows}
        self.database.execute(
            "update artefacts set hash = '', name = '', media_type = '', bytes = 0, erased_at = :at,"
            f" run_id = null where id {IN}",
            given,
        )
        self.counts["files"] += len(rows)

    def delete(self, table: str, where: str, given: dict[str, Any]) -> None:
        """Delete rows and what hangs on them; what may do without them is let go."""
        if not self.database.execute(f"select 1 from {table} where {where} limit 1", given).fetchone():
            return
        for key in self.keys:
            if key.parent != table:
                continue
            place = f"({', '.join(key.columns)}) in (select {', '.join(key.keys)} from {table} where {where})"
            if key.may_be_empty:
                changed = ", ".join(f"{column} = null" for column in key.columns)
                self._change(key.table, changed, place, given)
            elif key.table not in SHELLS:
                self.delete(key.table, place, given)
        if table in chain.KINDS:
            self._gone |= {(table, row) for row in self._ids(table, where, given)}
        done = self.database.execute(f"delete from {table} where {where}", given)
        self.counts[table] += done.rowcount

    def hand_over(self, table: str, column: str, where: str, given: dict[str, Any], blank: Iterable[str] = ()) -> None:
        """Let rows be another person's (``:pseudonym``), and empty the texts in ``blank``."""
        changes = [f"{column} = :pseudonym", *(f"{name} = {self._empty(table, name)}" for name in blank)]
        self._change(table, ", ".join(changes), where, given)

    def _empty(self, table: str, column: str) -> str:
        rows = self.database.execute(f"pragma table_info({table})").fetchall()
        return "''" if next(row[3] for row in rows if row[1] == column) else "null"

    def _ids(self, table: str, where: str, given: dict[str, Any]) -> list[str]:
        return [row[0] for row in self.database.execute(f"select id from {table} where {where}", given)]

    def _change(self, table: str, changes: str, where: str, given: dict[str, Any]) -> None:
        self.changing(table, where, given)
        self.database.execute(f"update {table} set {changes} where {where}", given)

    def changing(self, table: str, where: str, given: dict[str, Any]) -> None:
        """The caller is about to change rows: where they are records, they are linked again."""
        if table in chain.KINDS:
            self._again |= {(table, row) for row in self._ids(table, where, given)}

    def record(self, scope: str, actor: Actor | None, person: str | None = None) -> str:
        """Write down what was done, by whom and how much of it, and link what is left. The deletion's id.

        ``scope`` is 'person', 'run', 'upload' or 'retention'; ``person`` stands for who did it where they erased
        themselves.
        """
        again = sorted(self._again - self._gone)
        erased = chain.forget(self.database, sorted(self._gone | self._again))
        linked = [record for record in again if self._is_record(*record)]
        identifier = new_id()
        self.database.table("deletions").insert(
            {
                "id": identifier,
                "workspace_id": self.workspace,
                "person_id": person or (actor.person if actor else None),
                "scope": scope,
                "counts": json.dumps({name: n for name, n in sorted(self.counts.items()) if n}),
                "positions": ranges(erased),
                "at": self.at,
            }
        )
        chain.append_many(self.database, [*linked, ("deletions", identifier)])
        return identifier

    def _is_record(self, kind: str, row: str) -> bool:
        of = chain.KINDS[kind]
        found = self.database.execute(f"select 1 from {of.table} r where r.id = ? and {of.final}", [row]).fetchone()
        return found is not None


def remove_files(database: Database, hashes: Iterable[str]) -> int:
    """Take contents off the disk that no artefact names any more; how many there were.

    ``artefacts.store`` writes a content again under the same lock, so nobody's new file is lost.

    Raises:
        StorageError: the disk refused.
    """
    removed = 0
    with writing(database):
        for digest in hashes:
            if database.execute("select 1 from artefacts where hash = ?", [digest]).fetchone():
                continue
            path = artefacts.path_of(digest)
            removed += path.exists()
            path.unlink(missing_ok=True)
    return removed


def clean(database: Database) -> bool:
    """Leave nothing of what was deleted in the files: full-text indexes, free pages, the log beside the database.

    False where somebody else was at work all the time; ``clean_if_due`` tries again.
    """
    try:
        for index in ("run_search", "passages_text"):
            database.execute(f"insert into {index} ({index}) values ('optimize')")
        database.execute("pragma wal_checkpoint(truncate)").fetchall()
        database.execute("vacuum")
        busy = database.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
        if busy:
            return False
        with writing(database):
            database.execute("update deletions set cleaned_at = ? where cleaned_at is null", [now()])
        database.execute("pragma wal_checkpoint(truncate)").fetchall()
    except (sqlite3.OperationalError, StorageError):  # locked for longer than we wait, or the disk is full
        return False
    return True


def clean_if_due(database: Database) -> bool:
    """Finish what an earlier deletion couldn't; True where nothing is left to do."""
    due = database.execute("select 1 from deletions where cleaned_at is null limit 1").fetchone()
    return due is None or clean(database)
