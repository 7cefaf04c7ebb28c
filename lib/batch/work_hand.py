"""One job of one heavy function in a child process of its own: watched, ended after a cancel, given back at a death."""

from __future__ import annotations

import datetime as dt
import logging
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence

from lib.database import connect
from lib.database.processes import this_process
from lib.database.work_claims import ACTIVE, give_back, state_of
from lib.errors import StorageError
from lib.settings import NUMERICAL_THREADS, ROOT

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "lib.batch.work_process")
GRACE_SECONDS = 1.2  # from a cancel to the end of a function that never looks; 2 s are promised, on a busy machine too
LOOK_SECONDS = 0.2  # between two looks at the job's status


class WorkHand:
    """Does one job at a time. Nothing here blocks: the worker's loop calls ``poll`` a few times a second."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self.job = ""
        self.ended = True  # whether this hand is free
        self._command = tuple(command)
        self._child: subprocess.Popen[bytes] | None = None
        self._status = ""
        self._deadline: float | None = None
        self._next_look = 0.0

    @property
    def held(self) -> bool:
        """Whether the job is paused: the child waits, and another hand may work meanwhile."""
        return self._status == "paused" and not self.ended

    def start(self, job_id: str) -> None:
        """Begin a job that this process has taken.

        The child reads from a pipe that ends when this process does, and ends with it. It has a session of its own, so
        that Ctrl+C in a terminal is left to the worker. Where none can be started it is as if it had died at once.
        """
        self.job, self.ended, self._status, self._deadline, self._next_look = job_id, False, "", None, 0.0
        paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
        try:
            with connect() as database:
                holder = this_process(database)
            self._child = subprocess.Popen(  # noqa: S603
                [*self._command, job_id, holder],
                stdin=subprocess.PIPE,
                env={
                    **dict.fromkeys(NUMERICAL_THREADS, "1"),  # see ``one_thread``; too late once numpy is imported
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join(path for path in paths if path),
                },
                start_new_session=True,
            )
        except (OSError, StorageError):
            log.warning("a process for job %s could not be started", job_id, exc_info=True)

    def poll(self) -> bool:
        """Whether the child is still at work. Ends it when its job was cancelled, gives the job back when it died.

        A database that is locked or full for the moment is asked again at the next call.
        """
        if self.ended:
            return False
        try:
            if self._child is not None and self._child.poll() is None:
                self._mind()
            else:
                self._close(died=True)
        except (StorageError, sqlite3.Error):
            log.warning("job %s can't be looked at", self.job, exc_info=True)
        return not self.ended

    def cancel(self) -> None:
        """The job was cancelled just now; ``poll`` would see it by itself a moment later."""
        if self._deadline is None:
            self._deadline = time.monotonic() + GRACE_SECONDS

    def stop(self) -> None:
        """The worker ends: end the child at once; its job waits for the next worker."""
        if self.ended:
            return
        self._kill()
        if self._child is not None:
            self._child.wait()
        self._close(died=False)

    def _mind(self) -> None:
        moment = time.monotonic()
        if self._deadline is None and moment >= self._next_look:
            self._next_look = moment + LOOK_SECONDS
            with connect() as database:
                self._status, at = state_of(database, self.job)
            if self._status not in ACTIVE:
                self._deadline = moment + GRACE_SECONDS - _seconds_since(at)
        if self._deadline is not None and moment >= self._deadline:
            self._kill()

    def _kill(self) -> None:
        """End the child and what it may have started."""
        if self._child is None or self._child.poll() is not None:
            return
        if os.name == "posix":
            os.killpg(self._child.pid, signal.SIGKILL)
        else:
            self._child.kill()

    def _close(self, died: bool) -> None:
        """The child has ended. A job that it has ended itself isn't touched."""
        with connect() as database:
            give_back(database, self.job, this_process(database), died)
        if self._child is not None and self._child.stdin is not None:
            self._child.stdin.close()
        self._child, self.ended = None, True


def _seconds_since(at: str | None) -> float:
    if at is None:
        return 0.0
    passed = (dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(at)).total_seconds()
    return min(max(passed, 0.0), GRACE_SECONDS)
