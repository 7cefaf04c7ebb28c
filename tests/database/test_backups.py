"""A backup is one sound state of everything, also while a job writes."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from lib.access import Actor
from lib.batch import preparing
from lib.batch.hand import Hand
from lib.batch.here import Here
from lib.database import artefacts, backups, connect
from lib.database.backups import backup
from lib.database.jobs import job, jobs
from lib.errors import StorageError
from tests.batch.tiny import DOTTED, start


def test_a_backup_taken_while_a_job_writes_restores_whole(actor: Actor, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(backups, "PAGES", 5)
    preparing.allow(DOTTED)
    identifier = start(actor, 1_500)
    hand = Hand(Here())
    thread = threading.Thread(target=hand.work, kwargs={"idle": 0.0})
    thread.start()
    with connect() as database:
        while job(database, actor, identifier).counts.get("done", 0) < 50:
            pass
        artefacts.store(database, actor, "a.txt", b"kept", "text/plain")
    copy = backup(tmp_path / "backup")
    thread.join(120)

    restored = sqlite3.connect(copy)
    assert restored.execute("pragma integrity_check").fetchone()[0] == "ok"
    assert restored.execute("pragma foreign_key_check").fetchall() == []
    done = restored.execute("select count(*) from job_items where status = 'done'").fetchone()[0]
    runs = restored.execute("select count(*) from runs where status = 'done'").fetchone()[0]
    checks = restored.execute("select count(*) from check_results").fetchone()[0]
    restored.close()
    assert 50 <= done == runs == checks, "a row, its run and its check came together"

    monkeypatch.setenv("TOILE_DB", str(copy))
    backups.settings.cache_clear()
    with connect() as database:
        (found,) = jobs(database, actor)
        kept = database.execute("select id from artefacts").fetchone()[0]
        assert artefacts.load(database, actor, kept) == b"kept"
    assert found.id == identifier
    Hand(Here()).work(idle=0.0)
    with connect() as database:
        assert job(database, actor, identifier).counts == {"done": 1_500}, "the restored job goes on"


def test_a_backup_is_never_written_over(actor: Actor, tmp_path) -> None:
    backup(tmp_path / "backup")
    with pytest.raises(StorageError, match="already"):
        backup(tmp_path / "backup")
