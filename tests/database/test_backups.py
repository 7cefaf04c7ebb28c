"""A backup is one sound state of everything, also while a job writes."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from lib.access import Actor
from lib.batch import preparing
from lib.batch.hand import Hand
from lib.batch.here import Here
from lib.checks.house import HOUSE_CHECKS
from lib.database import artefacts, backups, connect
from lib.database.backups import backup, backups_made, main, remove
from lib.database.erasure import erase_runs
from lib.database.jobs import job, jobs
from lib.database.runs import finish_run, start_run
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
    assert 50 <= done == runs == checks / (1 + len(HOUSE_CHECKS)), "a row, its run and its checks came together"

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


def test_what_stands_in_backups_is_known_until_they_are_removed(actor: Actor, stranger, tmp_path) -> None:
    """What is erased later is still in them; a removed one is no longer named."""
    with connect() as database:
        assert backups_made(database, actor) == []
    first, second = tmp_path / "one", tmp_path / "two"
    backup(first)
    with connect() as database:
        kept = artefacts.store(database, actor, "a.txt", b"kept", "text/plain")
        run = start_run(
            database, actor, use_case="u", kind="analysis", method="m", method_version="1", inputs={"brief": "a"}
        )
        finish_run(database, actor, run, output={}, status="done", seconds=1.0, checks=[])
        erase_runs(database, actor, [run])
    assert kept
    assert main([str(second), "--instead-of", str(first / "nowhere")]) == 1, "what is no backup is not removed"
    with connect() as database:
        assert [made.erased_since for made in backups_made(database, actor)] == [0, 1]
        assert [made.erased_since for made in backups_made(database, stranger)] == [0, 0], "others’ deletions"
    third = tmp_path / "three"
    assert main([str(third), "--instead-of", str(first)]) == 0
    assert not first.joinpath("toile.db").exists() and not first.joinpath("artefacts").exists()
    assert (third / "toile.db").is_file() and any((third / "artefacts").rglob("*"))
    with connect() as database:
        assert [made.erased_since for made in backups_made(database, actor)] == [0, 0]
    with pytest.raises(StorageError, match="no backup"):
        remove(first)


def test_the_database_that_the_app_works_with_is_never_removed(actor: Actor, tmp_path, monkeypatch) -> None:
    """Somebody restored a backup where it lay."""
    copy = backup(tmp_path / "backup")
    monkeypatch.setenv("TOILE_DB", str(copy))
    backups.settings.cache_clear()
    with pytest.raises(StorageError, match="isn’t removed"):
        remove(tmp_path / "backup")
    assert copy.is_file()


@pytest.mark.parametrize("arguments", [[], ["--instead-of", "old"]])
def test_a_command_that_says_no_folder_does_nothing(arguments, capsys) -> None:
    assert main(arguments) == 2 and "usage" in capsys.readouterr().out
