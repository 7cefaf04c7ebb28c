"""Opening, locking, and what two processes do to each other."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from lib.database import connect, new_id, writing
from lib.errors import StorageError
from lib.settings import ROOT

RELEASED = sorted((Path(__file__).parent / "released").glob("*.db"))


COUNT_UP = """
import sys
from pathlib import Path
from lib.database import connect, writing
for _turn in range(50):
    with connect(Path(sys.argv[1])) as database, writing(database):
        value = database.execute("select budget from workspaces where id = 'demo'").fetchone()[0] or 0
        database.execute("update workspaces set budget = ? where id = 'demo'", [value + 1])
"""
OPEN_ONLY = """
import sys
from pathlib import Path
from lib.database import connect
with connect(Path(sys.argv[1])) as database:
    database.execute("select 1")
"""


def _in_processes(program: str, path: Path, n: int = 4) -> list[int]:
    """The exit codes of ``n`` processes that run ``program`` on ``path`` at the same time."""
    processes = [subprocess.Popen([sys.executable, "-c", program, str(path)], cwd=ROOT) for _process in range(n)]
    return [process.wait() for process in processes]


def test_four_processes_lose_no_update(tmp_path):
    path = tmp_path / "shared.db"
    with connect(path):
        pass
    assert _in_processes(COUNT_UP, path) == [0] * 4
    with connect(path) as database:
        assert database.execute("select budget from workspaces where id = 'demo'").fetchone()[0] == 200


def test_four_processes_may_make_the_database_at_once(tmp_path):
    path = tmp_path / "new" / "toile.db"
    assert _in_processes(OPEN_ONLY, path) == [0] * 4
    with connect(path) as database:
        assert database["workspaces"].count == 1


def test_pragmas_hold(tmp_path):
    with connect(tmp_path / "a.db") as database:
        assert database.execute("pragma journal_mode").fetchone()[0] == "wal"
        assert database.execute("pragma foreign_keys").fetchone()[0] == 1
        assert database.execute("pragma busy_timeout").fetchone()[0] >= 5000


def test_an_error_inside_a_write_leaves_nothing(tmp_path):
    path = tmp_path / "a.db"
    with pytest.raises(ZeroDivisionError), connect(path) as database, writing(database):
        database.execute("update workspaces set name = 'changed'")
        _ = 1 / 0
    with connect(path) as database:
        assert database.execute("select name from workspaces").fetchone()[0] == "Maison Solène"


def test_foreign_keys_are_enforced(tmp_path):
    with pytest.raises(sqlite3.IntegrityError), connect(tmp_path / "a.db") as database, writing(database):
        database["memberships"].insert({"workspace_id": "no", "person_id": "no", "role": "x", "joined_at": "x"})


def test_a_file_that_is_no_database_is_named_in_the_message(tmp_path):
    path = tmp_path / "broken.db"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(StorageError, match=r"broken\.db"), connect(path):
        pass


def test_a_full_disk_is_said_and_nothing_is_written(tmp_path):
    path = tmp_path / "small.db"
    with connect(path) as database:
        pages = database.execute("pragma page_count").fetchone()[0]
        database.execute(f"pragma max_page_count = {pages}")
        with pytest.raises(StorageError, match="Nothing was saved"), writing(database):
            for _row in range(50):
                database["workspaces"].insert(
                    {"id": new_id(), "name": "x" * 9000, "house": "", "currency": "EUR", "created_at": "now"}
                )
    with connect(path) as database:
        assert database["workspaces"].count == 1
        assert database.execute("pragma integrity_check").fetchone()[0] == "ok"


def test_ids_sort_by_age_and_never_repeat():
    ids = [new_id() for _turn in range(2000)]
    assert len(set(ids)) == 2000
    assert [identifier[:12] for identifier in ids] == sorted(identifier[:12] for identifier in ids)


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_upgrading_a_released_database_keeps_its_rows(released, tmp_path):
    path = tmp_path / "old.db"
    shutil.copy(released, path)
    old = sqlite3.connect(path)
    before = {
        table: old.execute(f"select count(*) from {table}").fetchone()[0]
        for (table,) in old.execute(
            "select name from sqlite_master where type = 'table' and name not like '%migrations'"
        )
    }
    old.close()
    with connect(path) as database, connect(tmp_path / "fresh.db") as fresh:
        for table, count in before.items():
            assert database[table].count >= count, table
        assert {t.name: sorted(t.columns_dict) for t in database.tables} == {
            t.name: sorted(t.columns_dict) for t in fresh.tables
        }
        assert database.execute("pragma foreign_key_check").fetchall() == []
        assert database.execute("pragma integrity_check").fetchone()[0] == "ok"


def test_there_is_a_released_database():
    assert RELEASED
