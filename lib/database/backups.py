"""A copy of the database and its artefacts while the app is at work: ``python -m lib.database.backups FOLDER``."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from pathlib import Path

from lib.errors import StorageError
from lib.i18n import N_
from lib.settings import settings

NO_COPY = N_("The backup in {folder} could not be written: {reason}. Free some disk space, or choose another folder.")
THERE = N_("There is a backup in {folder} already. Choose another folder.")
DAMAGED = N_("The copy in {folder} is damaged: {reason}. Make the backup again.")
PAGES = 500  # copied at once; others may write in between
PAUSE = 0.01  # seconds between


def backup(folder: Path) -> Path:
    """Copy the database and the artefacts into ``folder``, which is made, and return the copy of the database.

    SQLite's online backup gives one state of the database, however much is written meanwhile. The artefacts are copied
    after it: each that the copy names was whole on disk before its row was written.

    Raises:
        StorageError: the folder holds a backup already, the disk is full, or the copy is not sound.
    """
    target = folder / "toile.db"
    if target.exists():
        raise StorageError(THERE, folder=folder.name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy(settings().database, target)
        if settings().artefacts.is_dir():
            ignore = shutil.ignore_patterns(".writing-*")
            shutil.copytree(settings().artefacts, folder / "artefacts", ignore=ignore, dirs_exist_ok=True)
    except (OSError, sqlite3.Error) as error:
        target.unlink(missing_ok=True)
        raise StorageError(NO_COPY, folder=folder.name, reason=str(error)) from error
    return target


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


def main() -> int:
    """Read the command line and copy."""
    if len(sys.argv) != 2:
        print("python -m lib.database.backups FOLDER")
        return 2
    try:
        print(backup(Path(sys.argv[1])))
    except StorageError as error:
        print(error.text(), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
