"""Whether a worker of this installation runs: it holds a lock beside the database for as long as it lives."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from lib.settings import settings


def lock_path() -> Path:
    """The lock of the worker that the app starts; one that is started by hand beside it has none to wait for."""
    return settings().database.parent / "processes" / "worker.lock"


def worker_is_alive() -> bool:
    """Whether somebody holds the worker's lock."""
    path = lock_path()
    if not path.exists():
        return False
    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    lock.release()
    return False
