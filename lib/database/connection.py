"""Opening the database: one short-lived connection per use, so that no thread ever shares one."""

from __future__ import annotations

import datetime as dt
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

from sqlite_utils import Database

from lib.errors import StorageError
from lib.i18n import N_
from lib.settings import settings

BUSY_MILLISECONDS = 10_000


def new_id() -> str:
    """A new identifier: 12 hexadecimal digits of time, so that ids sort by age, and 20 random ones."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"


def now() -> str:
    """The time now as the database writes it: UTC, ISO 8601, to the millisecond."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


@cache
def _upgraded(path: Path) -> bool:
    """Bring the database at ``path`` to the newest schema, and end what a crash left running; once per process."""
    from filelock import FileLock

    from lib.database.migrations import upgrade
    from lib.database.processes import end_abandoned_runs

    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_name(path.name + ".lock")):
        connection = _open(path)
        try:
            connection.execute("pragma journal_mode = wal")
            upgrade(connection)
            end_abandoned_runs(connection)
        finally:
            connection.close()
    return True


def _open(path: Path) -> Database:
    connection = sqlite3.connect(path, timeout=BUSY_MILLISECONDS / 1000, isolation_level=None)
    connection.execute(f"pragma busy_timeout = {BUSY_MILLISECONDS}")
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma synchronous = normal")
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")  # bytes written by hand crash nothing
    connection.execute("pragma secure_delete = on")  # what is deleted is overwritten, not only let go
    return Database(connection, execute_plugins=False)


@contextmanager
def connect(path: Path | None = None) -> Iterator[Database]:
    """A connection to the database (the configured one when ``path`` is None), closed at the end of the block.

    Raises:
        StorageError: the file cannot be opened or written; the message names the fix.
    """
    path = path or settings().database
    try:
        _upgraded(path)
        database = _open(path)
    except (sqlite3.Error, OSError) as error:
        raise StorageError(
            N_("The database {path} cannot be opened. Check that its folder exists, is writable and has free space."),
            path=path.name,
        ) from error
    try:
        yield database
    finally:
        database.close()


@contextmanager
def writing(database: Database) -> Iterator[None]:
    """A write transaction that takes the lock at its start.

    SQLite's default transaction is deferred: two processes that read and then write both fail to upgrade their lock.
    ``BEGIN IMMEDIATE`` makes the second wait instead.

    Raises:
        StorageError: the disk is full or the database stayed locked; nothing of the block was written.
    """
    try:
        database.conn.execute("begin immediate")
        try:
            yield
        except BaseException:
            if database.conn.in_transaction:  # a full disk has rolled it back already
                database.conn.execute("rollback")
            raise
        database.conn.execute("commit")
    except sqlite3.OperationalError as error:
        raise StorageError(
            N_("Nothing was saved: {reason}. Free some disk space or wait a moment, then try again."),
            reason=str(error),
        ) from error
