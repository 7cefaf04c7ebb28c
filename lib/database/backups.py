"""A copy of the database and its artefacts while the app is at work, and its end.

``python -m lib.database.backups FOLDER`` makes one. What is erased later is still in it, so the page Evidence names it
until it is removed: ``python -m lib.database.backups NEW --instead-of OLD`` makes a new one first, ``--remove OLD``
makes none. Both are left to whoever looks after the machine: a backup holds every workspace, and it is what a log that
was changed by hand is compared with, so no page deletes one.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import connect, new_id, now, writing
from lib.errors import StorageError
from lib.i18n import N_
from lib.settings import settings

NO_COPY = N_("The backup in {folder} could not be written: {reason}. Free some disk space, or choose another folder.")
THERE = N_("There is a backup in {folder} already. Choose another folder.")
DAMAGED = N_("The copy in {folder} is damaged: {reason}. Make the backup again.")
NO_BACKUP = N_(
    "There is no backup in {folder} that says which one it is. Check the folder’s name; if it is an older copy, delete"
    " it by hand."
)
IN_USE = N_("The app works with the database in {folder}: it isn’t removed. Check the folder’s name.")
NOT_GONE = N_("The backup in {folder} could not be removed whole: {reason}. Delete the rest of the folder by hand.")
WHICH = "backup.json"  # beside the copy: which of ``backups_made`` it is
PAGES = 500  # copied at once; others may write in between
PAUSE = 0.01  # seconds between


def backup(folder: Path) -> Path:
    """Copy the database and the artefacts into ``folder``, which is made, and return the copy of the database.

    SQLite's online backup gives one state of the database, however much is written meanwhile. The artefacts are copied
    after it: each that the copy names was whole on disk before its row was written.

    Raises:
        StorageError: the folder holds a backup already, the disk is full, or the copy is not sound.
    """
    target, identifier, at = folder / "toile.db", new_id(), now()  # erased after this moment: perhaps still in the copy
    if target.exists():
        raise StorageError(THERE, folder=folder.name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy(settings().database, target)
        if settings().artefacts.is_dir():
            ignore = shutil.ignore_patterns(".writing-*")
            shutil.copytree(settings().artefacts, folder / "artefacts", ignore=ignore, dirs_exist_ok=True)
        (folder / WHICH).write_text(json.dumps({"id": identifier, "at": at}), encoding="utf-8")
    except (OSError, sqlite3.Error) as error:
        target.unlink(missing_ok=True)
        raise StorageError(NO_COPY, folder=folder.name, reason=str(error)) from error
    with connect() as database, writing(database):
        database.table("backups_made").insert({"id": identifier, "at": at})
    return target


@dataclass(frozen=True)
class Made:
    """A backup that was made and not removed: when (UTC, ISO 8601), and how many deletions since it doesn't know of."""

    at: str
    erased_since: int


def backups_made(database: Database, actor: Actor) -> list[Made]:
    """The backups that stand, newest first, with what was erased since where the actor is."""
    require(actor, Right.READ)
    rows = database.execute(
        f"select b.at, (select count(*) from deletions d where {visible('d')} and d.at > b.at) from backups_made b"
        " order by b.at desc",
        scope(actor),
    ).fetchall()
    return [Made(*row) for row in rows]


def remove(folder: Path) -> None:
    """Delete a backup that was made with the app, and take it off the list of those that stand.

    Raises:
        StorageError: there is no such backup, the app works with it, or the disk refused.
    """
    try:
        identifier = str(json.loads((folder / WHICH).read_text(encoding="utf-8"))["id"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(NO_BACKUP, folder=folder.name) from error
    if (folder / "toile.db").resolve() == settings().database.resolve():
        raise StorageError(IN_USE, folder=folder.name)
    try:
        for name in ("toile.db", "toile.db-wal", "toile.db-shm"):
            (folder / name).unlink(missing_ok=True)
        if (folder / "artefacts").is_dir():
            shutil.rmtree(folder / "artefacts")
        (folder / WHICH).unlink()  # last: what was removed in part can be removed again
    except OSError as error:
        raise StorageError(NOT_GONE, folder=folder.name, reason=str(error)) from error
    with connect() as database, writing(database):
        database.execute("delete from backups_made where id = ?", [identifier])


def _copy(source: Path, target: Path) -> None:
    reading, writing = sqlite3.connect(source), sqlite3.connect(target)
    try:
        reading.execute("pragma busy_timeout = 10000")
        reading.backup(writing, pages=PAGES, sleep=PAUSE)
        said = writing.execute("pragma integrity_check").fetchone()[0]
        if said != "ok":
            raise StorageError(DAMAGED, folder=target.parent.name, reason=said)
    finally:
        reading.close()
        writing.close()


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, copy, and remove what is to go."""
    reading = argparse.ArgumentParser(prog="python -m lib.database.backups")
    reading.add_argument("folder", type=Path, nargs="?", help="where to make a backup; it is made")
    reading.add_argument("--instead-of", type=Path, nargs="+", default=[], help="backups to remove once it is made")
    reading.add_argument("--remove", type=Path, nargs="+", default=[], help="backups to remove")
    asked = reading.parse_args(arguments)
    if asked.folder is None and (asked.instead_of or not asked.remove):
        reading.print_help()
        return 2
    try:
        if asked.folder is not None:
            print(backup(asked.folder))
        for old in (*asked.instead_of, *asked.remove):
            remove(old)
    except StorageError as error:
        print(error.text(), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
