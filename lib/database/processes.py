"""Which processes are alive, so that a run whose process has ended is not 'running' for ever.

Each process that runs something holds a lock on a file of its own beside the database. The operating system gives it
back when the process ends, however it ends; a process number could have gone to another program by then.
"""

from __future__ import annotations

import atexit
import json
import os
import secrets
import threading
from pathlib import Path

from filelock import FileLock, Timeout
from sqlite_utils import Database

from lib.database import chain
from lib.database.connection import writing
from lib.i18n import N_

ABANDONED = N_("The app was stopped or crashed during this run. Run it again to get the whole.")

_held: dict[tuple[Path, int], FileLock] = {}
_guard = threading.Lock()


def this_process(database: Database) -> str:
    """The name under which this process runs things in ``database``."""
    place = (_folder(database), os.getpid())
    with _guard:
        if place not in _held:
            place[0].mkdir(parents=True, exist_ok=True)
            lock = FileLock(place[0] / f"{os.getpid()}-{secrets.token_hex(6)}.lock", thread_local=False)
            lock.acquire(timeout=0)
            _held[place] = lock
            atexit.register(_leave, place)
        return Path(_held[place].lock_file).stem


def _leave(place: tuple[Path, int]) -> None:
    if place[1] == os.getpid() and place in _held:
        lock = _held.pop(place)
        lock.release()
        Path(lock.lock_file).unlink(missing_ok=True)


def is_alive(database: Database, process: str) -> bool:
    """Whether the process of that name still runs."""
    path = _folder(database) / f"{process}.lock"
    if not path.exists():
        return False
    if any(Path(lock.lock_file) == path for lock in _held.values()):
        return True
    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    lock.release()
    path.unlink(missing_ok=True)
    return False


def end_abandoned_runs(database: Database) -> int:
    """End the runs whose process has ended without a word, in all workspaces; how many there were.

    They are marked as failed with the reason, and what was set aside for them is free again. Called once for each
    process, when it opens the database, so it asks no Actor.
    """
    rows = list(
        database.query(
            "select id, process from runs where status = 'running' and (job_id is null or kind <> 'generation')"
        )
    )
    alive = {name: is_alive(database, name) for name in {row["process"] for row in rows} if name}
    ended = [row["id"] for row in rows if not alive.get(row["process"], False)]
    error = json.dumps({"message": ABANDONED, "values": {}})
    for identifier in ended:
        with writing(database):
            changed = database.execute(
                "update runs set status = 'failed', error = ?, cost = null, currency = null,"
                " finished_at = strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now') where id = ? and status = 'running'",
                [error, identifier],
            )
            if changed.rowcount == 1:
                chain.append(database, "runs", identifier)
    return len(ended)


def _folder(database: Database) -> Path:
    rows = database.execute("pragma database_list").fetchall()
    return Path(rows[0][2] or ".").parent / "processes"
