"""The worker: one process that looks for jobs, starts processes that do them, and watches these.

It does no row itself and imports nothing heavy while there is nothing to do. The app starts it and it ends with the
app; started by hand (``python -m lib.batch``) it goes on until it is told to stop. Two workers share the work.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from lib.batch.alive import lock_path
from lib.settings import ROOT, settings

if TYPE_CHECKING:
    from lib.batch.work import WorkHand

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0  # between two looks for jobs while there are none
BUSY_SECONDS = 0.2
ROWS_OF_A_HAND = 8  # fewer rows than this are not worth another process
HELD = 3  # processes of paused work that are kept
EXPIRY_SECONDS = 3600.0  # between two looks for what is kept no longer
LONGEST_REST = 60.0  # seconds before a process that keeps dying is started again
ANY = (
    "select sum(kind = 'work'), sum(case when kind = 'rows' then total else 0 end) from jobs"
    " where status in ('waiting', 'running') or (status = 'paused' and process is not null)"
)
RULES = "select 1 from retention_rules union all select 1 from deletions where cleaned_at is null limit 1"


def processes() -> int:
    """How many processes do rows: BATCH_PROCESSES, else one for each core up to two; a cluster has one driver."""
    if os.environ.get("BATCH_ENGINE", "local").strip().lower() == "ray":
        return 1
    return max(1, int(os.environ.get("BATCH_PROCESSES", "0") or min(2, os.cpu_count() or 1)))


class Worker:
    """See the module. ``hand`` is the command that starts a process for rows; it ends when its input does."""

    def __init__(self, hand: tuple[str, ...] = (sys.executable, "-m", "lib.batch.hand")) -> None:
        self._command = hand
        self._hands: list[subprocess.Popen[bytes]] = []
        self._works: list[WorkHand] = []
        self._stopping = threading.Event()
        self._rest_until, self._deaths, self._returned = 0.0, 0, 0.0
        self._expired = -EXPIRY_SECONDS

    def stop(self) -> None:
        """End soon: rows under way get a moment, heavy work waits for the next worker."""
        self._stopping.set()

    def run(self) -> None:
        """Look for jobs until ``stop`` is called."""
        lock = _hold_lock()
        try:
            while not self._stopping.is_set():
                busy = self._step()
                if lock is None:
                    lock = _hold_lock()
                self._stopping.wait(BUSY_SECONDS if busy else IDLE_SECONDS)
        finally:
            self._end()
            if lock is not None:
                lock.release()

    def _step(self) -> bool:
        """One look; whether there is anything to do."""
        self._bury()
        works, rows = _waiting()
        if rows:
            wanted = min(processes(), 1 + rows // ROWS_OF_A_HAND)
            while len(self._hands) < wanted and time.monotonic() >= self._rest_until:
                self._hands.append(self._start())
        if works or self._works:
            self._step_work()
        if time.monotonic() - self._expired >= EXPIRY_SECONDS:
            self._expired = time.monotonic()
            _expire()
        return bool(works or rows or self._hands)

    def _step_work(self) -> None:
        from lib.batch.work import WorkHand
        from lib.database import connect
        from lib.database.processes import this_process
        from lib.database.work_claims import return_abandoned_work, take_work
        from lib.errors import StorageError

        self._works = [hand for hand in self._works if hand.poll()]
        if not all(hand.held for hand in self._works):
            return
        for hand in self._works[:-HELD]:  # too many that are paused: the oldest begins anew when it is resumed
            hand.stop()
        try:
            with connect() as database:
                if time.monotonic() - self._returned > 2.0:
                    self._returned = time.monotonic()
                    return_abandoned_work(database)
                job = take_work(database, this_process(database))
        except StorageError:
            log.warning("no work can be taken", exc_info=True)
            return
        if job is not None:
            self._works.append(WorkHand())
            self._works[-1].start(job)

    def _start(self) -> subprocess.Popen[bytes]:
        # Its own arguments only: nothing a person wrote is in them.
        return subprocess.Popen(list(self._command), cwd=ROOT, stdin=subprocess.PIPE)  # noqa: S603

    def _bury(self) -> None:
        """Forget hands that have ended; one that died lets the next wait, longer each time."""
        for hand in [hand for hand in self._hands if hand.poll() is not None]:
            self._hands.remove(hand)
            if hand.returncode == 0:
                self._deaths = 0
                continue
            self._deaths += 1
            self._rest_until = time.monotonic() + min(LONGEST_REST, 0.25 * 2.0 ** min(self._deaths, 10))
            log.warning("a process for rows ended with %s", hand.returncode)

    def _end(self) -> None:
        for work in self._works:
            work.stop()
        for hand in self._hands:
            if hand.stdin is not None:
                hand.stdin.close()
            hand.terminate()
        for hand in self._hands:
            try:
                hand.wait(12.0)
            except subprocess.TimeoutExpired:
                hand.kill()


def _waiting() -> tuple[int, int]:
    """How many heavy pieces of work, and rows of jobs, there are; asked without anything heavy."""
    path = settings().database
    if not path.is_file():
        return 0, 0
    try:
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5.0)
        try:
            works, rows = database.execute(ANY).fetchone()
        finally:
            database.close()
    except sqlite3.Error:
        log.warning("the database cannot be read", exc_info=True)
        return 0, 0
    return int(works or 0), int(rows or 0)


def _expire() -> None:
    """Erase what workspaces keep no longer; asked without anything heavy whether there is such a rule."""
    path = settings().database
    if not path.is_file():
        return
    try:
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5.0)
        try:
            found = database.execute(RULES).fetchone()
        finally:
            database.close()
    except sqlite3.Error:  # of an earlier release: the app brings it up to date
        return
    if found is None:
        return
    from lib.database import connect
    from lib.database.retention import expire
    from lib.errors import StorageError

    try:
        with connect() as opened:
            expire(opened)
    except StorageError:
        log.warning("what is kept no longer could not be erased", exc_info=True)


def _hold_lock() -> FileLock | None:
    """The lock that says a worker runs; None while another holds it."""
    path = lock_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(timeout=0.2)
    except Timeout:
        return None
    return lock


def work_until_done() -> None:
    """Do everything that waits, in this process, then return: for tests and for whoever has no worker."""
    from lib.batch.doers import doer
    from lib.batch.hand import Hand
    from lib.batch.work import do_work_here
    from lib.database import connect
    from lib.database.processes import this_process
    from lib.database.work_claims import take_work

    while True:
        with connect() as database:
            job = take_work(database, this_process(database))
        if job is None:
            break
        do_work_here(job)
    Hand(doer()).work(idle=0.0)
