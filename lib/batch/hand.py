"""A hand does rows: one process, its threads, and one thread that alone speaks with the database.

Rows are taken a few ahead of those under way, so that no call waits for a transaction, and their ends are written
together, so that many calls need few transactions. ``python -m lib.batch.hand`` is one; the worker starts several.
"""

from __future__ import annotations

import contextvars
import logging
import random
import shutil
import signal
import sys
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from types import FrameType

from sqlite_utils import Database

from lib import quiet_log
from lib.batch.covering import covered
from lib.batch.limits import limit_of, reread_settings
from lib.batch.model import Doer, RowRequest
from lib.batch.preparing import Preparing
from lib.database import connect
from lib.database.claims import Claim, Room, claim, pause_all, states_of, waiting
from lib.database.connection import writing
from lib.database.engine_slots import leave
from lib.database.processes import this_process
from lib.database.settling import FIRST_WAIT, LONGEST_WAIT, RowOutcome, return_abandoned, settle
from lib.errors import StorageError, ToileError
from lib.i18n import N_
from lib.settings import one_thread, settings

log = logging.getLogger(__name__)

THREADS = 64
GATHER = 0.04  # seconds in which ends are gathered for one transaction, while rows taken ahead keep the calls going
LOOK = 0.5  # seconds between two looks at whether jobs were cancelled and rows given back
REST = 0.25  # seconds between two looks for rows while there is nothing to do
IDLE = 30.0  # seconds without a row after which a hand ends; the worker starts another when there is one
GOODBYE = 4.0  # seconds that rows under way have to end when the process is told to end
LEAST_SPACE = 64 * 1024 * 1024  # bytes of the disk that are left alone

DISK_FULL = N_(
    "The disk is nearly full ({megabytes} MB left), so the job was paused. What is done is kept. Free some space, then "
    "resume it."
)


@dataclass
class _Lane:
    """The rows of one engine that are taken and not begun, and how many may be under way."""

    waiting: deque[tuple[Claim, RowRequest]]
    slots: int = 0
    under_way: int = 0


class Hand:
    """Does rows until there are none, or until it is told to stop."""

    def __init__(self, doer: Doer, threads: int = THREADS) -> None:
        self._doer, self._threads = doer, threads
        self._ends: SimpleQueue[tuple[Claim, RowOutcome]] = SimpleQueue()
        self._unsaved: list[tuple[Claim, RowOutcome]] = []
        self._lanes: dict[str, _Lane] = {}
        self._lock = threading.Lock()
        self._cancelled: set[str] = set()
        self._halted: set[str] = set()  # paused or cancelled: their rows taken ahead are not begun
        self._taken: dict[str, Claim] = {}  # by run: from taking until its end is written
        self._stopping = threading.Event()
        self._closed = False
        self._preparing = Preparing()
        self._looked = 0.0
        self._held_back = False
        self._folder = settings().database.parent

    @property
    def holds_back(self) -> bool:
        """Whether ends of rows could not be written and are kept until they can."""
        return self._held_back

    def stop(self) -> None:
        """Take no more rows, and end soon."""
        self._stopping.set()

    def work(self, idle: float = IDLE) -> int:
        """Do rows until none could be taken for ``idle`` seconds, or ``stop`` was called; how many ends counted."""
        done, last = 0, time.monotonic()
        with connect() as database:
            process = this_process(database)
            try:
                while not self._stopping.is_set():
                    done += self._settle(database)
                    took = self._look_for_rows(database, process)
                    busy = took or self._taken
                    last = time.monotonic() if busy else last
                    if not busy and time.monotonic() - last >= idle and not (idle == 0 and waiting(database)):
                        break
                    self._gather(REST)
            finally:
                done += self._leave(database, process)
        return done

    def _look_for_rows(self, database: Database, process: str) -> int:
        self._look_around(database)
        if self._unsaved or not self._space(database):
            return 0
        with self._lock:
            under_way = {engine: lane.under_way for engine, lane in self._lanes.items()}
        taken = Counter(found.engine for found in self._taken.values())
        room = Room(under_way, taken, self._threads)
        try:
            new = claim(database, process, room, limit_of, covered)
        except StorageError as error:
            self._hold_back(database, error)
            return 0
        self._begin(database, new.claims, new.slots)
        return len(new.claims)

    def _begin(self, database: Database, claims: tuple[Claim, ...], slots: dict[str, int]) -> None:
        for found in claims:
            self._taken[found.run] = found
        for found in claims:
            try:
                request = self._preparing.request(database, found)
            except ToileError as error:
                said = {"message": error.message, "values": error.values}
                self._unsaved.append((found, RowOutcome("failed", error=said, cost=0.0, halts=True)))
                continue
            with self._lock:
                self._lane(found.engine).waiting.append((found, request))
        with self._lock:
            for engine, allowed in slots.items():
                self._lane(engine).slots = min(allowed, self._threads)
            for engine in self._lanes:
                self._start(engine)

    def _lane(self, engine: str) -> _Lane:
        return self._lanes.setdefault(engine, _Lane(deque()))

    def _start(self, engine: str) -> None:
        """Begin as many rows as may be under way; the caller holds the lock."""
        lane = self._lanes[engine]
        while lane.waiting and lane.under_way < lane.slots and not self._closed:
            lane.under_way += 1
            context = contextvars.copy_context()
            threading.Thread(target=context.run, args=(self._rows, engine), daemon=True, name="bulk row").start()

    def _rows(self, engine: str) -> None:
        """A thread's life: row after row of one engine while there are any and it may."""
        while True:
            with self._lock:
                lane = self._lanes[engine]
                if not lane.waiting or lane.under_way > lane.slots or self._closed:
                    lane.under_way -= 1
                    return
                found, request = lane.waiting.popleft()
            self._ends.put((found, self._outcome(found, request)))

    def _outcome(self, found: Claim, request: RowRequest) -> RowOutcome:
        if found.job in self._halted:
            return RowOutcome("returned")
        outcome = self._doer.do(request)
        ended_by_us = found.job in self._cancelled or self._closed
        return replace(outcome, status="returned") if ended_by_us and outcome.status == "failed" else outcome

    def _gather(self, seconds: float) -> None:
        """Wait for an end, then a moment for others that come with it."""
        try:
            self._unsaved.append(self._ends.get(timeout=seconds))
        except Empty:
            return
        with self._lock:
            ahead = any(lane.waiting for lane in self._lanes.values())
        if ahead:
            time.sleep(GATHER)

    def _settle(self, database: Database) -> int:
        while True:
            try:
                self._unsaved.append(self._ends.get_nowait())
            except Empty:
                break
        if not self._unsaved:
            return 0
        try:
            counted = settle(database, self._unsaved, backoff)
        except StorageError as error:
            # Nothing was written; the ends are kept here and written when there is room again.
            self._hold_back(database, error)
            self._stopping.wait(1.0)
            return 0
        self._held_back = False
        for found, _end in self._unsaved:
            self._taken.pop(found.run, None)
        self._unsaved.clear()
        return counted

    def _look_around(self, database: Database) -> None:
        """Now and then: cancelled jobs are hung up on, rows of ended processes given back, the settings read again."""
        if time.monotonic() - self._looked < LOOK:
            return
        self._looked = time.monotonic()
        reread_settings()
        mine = {found.job for found in self._taken.values()}
        states = states_of(database, sorted(mine))
        self._halted = {job for job, state in states.items() if state in ("paused", "cancelled")}
        for job in mine:
            if states.get(job) == "cancelled" and job not in self._cancelled:
                self._cancelled.add(job)
                self._doer.hang_up(job)
        for job in self._preparing.forget_all_but(mine):
            self._doer.forget(job)
        try:
            return_abandoned(database)
        except StorageError:
            log.warning("the rows of ended processes cannot be given back", exc_info=True)

    def _space(self, database: Database) -> bool:
        """Whether the disk has room; where it has not, every job is paused and says so."""
        if shutil.disk_usage(self._folder).free >= LEAST_SPACE:
            return True
        self._pause_all(database)
        return False

    def _hold_back(self, database: Database, error: StorageError) -> None:
        """The database took no write: nothing is lost here. On a full disk the jobs pause, if that can be said."""
        log.warning("the database takes no writes: %s", error.values.get("reason"))
        self._held_back = True
        if "full" in str(error.values.get("reason")):
            self._pause_all(database)

    def _pause_all(self, database: Database) -> None:
        free = shutil.disk_usage(self._folder).free // 1024 // 1024
        try:
            pause_all(database, {"message": DISK_FULL, "values": {"megabytes": free}})
        except StorageError:
            log.warning("the jobs cannot be marked as paused", exc_info=True)

    def _leave(self, database: Database, process: str) -> int:
        """Let rows under way end, hang up on those that don't, and give back what was not begun."""
        with self._lock:
            self._closed = True
            left = [pair for lane in self._lanes.values() for pair in lane.waiting]
            for lane in self._lanes.values():
                lane.waiting.clear()
        for found, _request in left:
            self._ends.put((found, RowOutcome("returned")))
        done, until, hung_up = 0, time.monotonic() + GOODBYE, False
        while self._taken and time.monotonic() < until + GOODBYE:
            done += self._settle(database)
            if not hung_up and time.monotonic() >= until:
                hung_up = True
                for job in {found.job for found in self._taken.values()}:
                    self._doer.hang_up(job)
            if self._taken:
                self._gather(0.05)
        self._doer.close()
        with writing(database):
            leave(database, process)
        return done


def backoff(faults: int) -> float:
    """Seconds before a row's next try: full jitter over growing waits (M. Brooker, 2015)."""
    return random.uniform(0.5, 1.0) * min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (faults - 1))


def main() -> int:
    """Do rows until there are none for a while. Ends when its standard input ends: its worker is gone."""
    from lib.batch.doers import doer

    one_thread()
    try:
        hand = Hand(doer())
    except ToileError as error:
        with connect() as database:
            pause_all(database, {"message": error.message, "values": error.values})
        return 0
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: _stop(hand, _frame))
    threading.Thread(target=_watch_parent, args=(hand,), daemon=True).start()
    hand.work()
    return 0


def _stop(hand: Hand, _frame: FrameType | None) -> None:
    hand.stop()


def _watch_parent(hand: Hand) -> None:
    sys.stdin.read()
    hand.stop()


if __name__ == "__main__":
    quiet_log.install()
    sys.exit(main())
