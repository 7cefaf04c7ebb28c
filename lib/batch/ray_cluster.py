"""Doing rows on several machines: a Ray cluster's machines call the engines, and this process alone writes.

On each machine of the cluster that has processor cores, a few processes (``ray_node``) keep connections to the engines
open. A thread here watches them: it starts them on machines that join, and forgets those of machines that end. Rows
that a machine had are done again on another one. docs/scale_out.md says how a cluster is set up.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lib.batch.model import RowRequest
from lib.batch.ray_joining import address_of_cluster, join
from lib.database.settling import RowOutcome
from lib.errors import SettingsError, ToileError
from lib.i18n import N_

log = logging.getLogger(__name__)

PROCESSES = 4  # at most on one machine; each holds about 215 MB
CALLS = 256  # rows under way in one of these processes at most
LOOK = 0.5  # seconds between two looks at the machines, and at whether a row is still wanted
WAIT = 60.0  # seconds in which a machine has to be ready
REST = 30.0  # seconds before a machine where no process could start is tried again
GRACE = 1.5  # seconds that a row whose job was hung up on has to come back by itself
MOST_ENDS = 8  # times that a row's process ended, after which the row is given up

NO_MACHINE = N_(
    "No machine of the cluster is ready to do rows. Install the same version of Toile on each, start 'ray start "
    "--address={address}' in its folder, then resume the job."
)
NODE_FAILED = N_(
    "The machine {node} of the cluster could not do a row: {reason}. Install the same version of Toile there as here, "
    "then resume the job."
)
NODE_ENDED = N_("The machine {node} of the cluster ended while this row was being done. The row is done again.")
ENDS_MACHINES = N_(
    "The process on a machine of the cluster ended {times} times while this row was being done. Look at the row's "
    "texts, then retry it alone."
)


@dataclass(eq=False)
class _Seat:
    """One process on one machine of the cluster. ``begun`` is Ray's reference to its being ready."""

    actor: Any
    node: str  # Ray's identifier of the machine
    name: str  # the machine's, as people know it
    begun: Any
    since: float = field(default_factory=time.monotonic)
    ready: bool = False
    gone: bool = False
    busy: int = 0  # rows under way


class Cluster:
    """A ``Doer`` over the machines of a Ray cluster; it is joined when the first row comes."""

    def __init__(self) -> None:
        """Read RAY_ADDRESS.

        Raises:
            SettingsError: the package is not installed, or RAY_ADDRESS is no address.
        """
        self._address = address_of_cluster()
        self._changed = threading.Condition()
        self._wake, self._closed = threading.Event(), False
        self._keeper: threading.Thread | None = None
        self._trouble: ToileError | None = None
        self._seats: list[_Seat] = []
        self._resting: dict[str, float] = {}  # machines where no process could start, until when
        self._hung_up: dict[str, float] = {}  # jobs, since when
        self._ends: Counter[tuple[str, int]] = Counter()

    def do(self, request: RowRequest) -> RowOutcome:
        """Do one row on the machine with the fewest under way. What goes wrong is in the outcome."""
        try:
            seat = self._seat(request.job)
        except ToileError as error:
            return RowOutcome("failed", error={"message": error.message, "values": error.values}, halts=True)
        if seat is None:
            return RowOutcome("returned")
        try:
            return self._done(seat, request)
        finally:
            with self._changed:
                seat.busy -= 1

    def hang_up(self, job: str) -> None:
        """End the calls of one job on all machines; what doesn't come back soon is not waited for."""
        with self._changed:
            self._hung_up[job] = time.monotonic()
            self._changed.notify_all()
        self._tell("hang_up", job)

    def forget(self, job: str) -> None:
        """Close the connections of one job on all machines."""
        with self._changed:
            self._hung_up.pop(job, None)
            for key in [key for key in self._ends if key[0] == job]:
                del self._ends[key]
        self._tell("forget", job)

    def close(self) -> None:
        """End the processes on the machines and leave the cluster."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._wake.set()
        if self._keeper is not None:
            self._keeper.join(10.0)

    # --- one row ----------------------------------------------------------------------------------------------------

    def _seat(self, job: str) -> _Seat | None:
        """The process with the fewest rows; None when the row is no longer wanted.

        Raises:
            ToileError: the cluster cannot be joined, or none of its machines is ready in time.
        """
        until = time.monotonic() + WAIT
        with self._changed:
            if self._keeper is None or not self._keeper.is_alive():
                self._trouble = None
                self._keeper = threading.Thread(target=self._keep, daemon=True, name="cluster")
                self._keeper.start()
            while not self._closed and job not in self._hung_up:
                ready = [seat for seat in self._seats if seat.ready and not seat.gone]
                if ready:
                    found = min(ready, key=lambda seat: seat.busy)
                    found.busy += 1
                    return found
                if self._trouble is not None:
                    raise self._trouble
                if time.monotonic() >= until:
                    raise SettingsError(NO_MACHINE, address=self._address or "local")
                self._changed.wait(LOOK)
        return None

    def _done(self, seat: _Seat, request: RowRequest) -> RowOutcome:
        """What the process hands back, or what is said when it can't."""
        import ray
        from ray.exceptions import GetTimeoutError, RayError, RayTaskError

        try:
            row = seat.actor.do.options(concurrency_group="rows").remote(request)
            while True:
                try:
                    outcome: RowOutcome = ray.get(row, timeout=LOOK)
                    return outcome
                except GetTimeoutError:
                    if self._unwanted(request.job):
                        return RowOutcome("returned", error=_said(NODE_ENDED, node=seat.name))
                    if seat.gone:
                        return self._ended(seat, request)
        except RayTaskError as error:
            log.exception("a row raised on %s", seat.name)
            reason = type(error.cause).__name__
            return RowOutcome("failed", error=_said(NODE_FAILED, node=seat.name, reason=reason), halts=True)
        except RayError as error:
            if not seat.gone:
                log.warning("%s ended with rows under way: %s", seat.name, type(error).__name__)
            return self._ended(seat, request)

    def _unwanted(self, job: str) -> bool:
        since = self._hung_up.get(job)
        return self._closed or (since is not None and time.monotonic() >= since + GRACE)

    def _ended(self, seat: _Seat, request: RowRequest) -> RowOutcome:
        """The row's process or machine is gone: the row is done again, but not without end."""
        key = request.job, hash((request.language, request.inputs))
        with self._changed:
            seat.gone = True
            self._ends[key] += 1
            times = self._ends[key]
        self._wake.set()
        if times >= MOST_ENDS:
            return RowOutcome("failed", error=_said(ENDS_MACHINES, times=times))
        return RowOutcome("returned", error=_said(NODE_ENDED, node=seat.name))

    def _tell(self, method: str, job: str) -> None:
        with self._changed:
            seats = [seat for seat in self._seats if seat.ready and not seat.gone]
        for seat in seats:
            getattr(seat.actor, method).options(concurrency_group="steering").remote(job)

    # --- the machines -----------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        """The thread that joins the cluster and watches its machines. Ray's own processes end with this thread."""
        try:
            join(self._address)
        except ToileError as error:
            with self._changed:
                self._trouble = error
                self._changed.notify_all()
            return
        try:
            while not self._closed:
                self._wake.clear()
                self._look()
                self._wake.wait(LOOK)
        finally:
            self._leave()

    def _look(self) -> None:
        """Let go of processes that ended, see which others are ready, and start those that are missing."""
        import ray

        nodes: Any = ray.nodes
        alive = {node["NodeID"]: node for node in nodes() if node["Alive"] and node["Resources"].get("CPU")}
        with self._changed:
            for seat in self._seats:
                seat.gone = seat.gone or seat.node not in alive
            ended = [seat for seat in self._seats if seat.gone]
            self._seats = [seat for seat in self._seats if not seat.gone]
            begun = [seat for seat in self._seats if not seat.ready]
            there = Counter(seat.node for seat in self._seats)
        for seat in ended:
            ray.kill(seat.actor)  # it may only have been out of reach
        for seat in begun:
            self._look_at(seat)
        for identifier, node in alive.items():
            if time.monotonic() >= self._resting.get(identifier, 0.0):
                for _missing in range(_processes(node) - there[identifier]):
                    self._start(identifier, node)

    def _look_at(self, seat: _Seat) -> None:
        """Whether a process that was started is ready, or can't be."""
        import ray
        from ray.exceptions import RayError

        try:
            done, _waiting = ray.wait([seat.begun], timeout=0)
            if not done and time.monotonic() < seat.since + WAIT:
                return
            ray.get(seat.begun, timeout=0)
        except RayError as error:
            log.warning("no process for rows can start on %s: %s", seat.name, error)
            self._resting[seat.node] = time.monotonic() + REST
            with self._changed:
                seat.gone = True
            return
        with self._changed:
            seat.ready = True
            self._changed.notify_all()

    def _start(self, identifier: str, node: dict[str, Any]) -> None:
        import ray
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        from lib.batch.ray_node import Node

        name = f"{node['NodeManagerHostname']} ({node['NodeManagerAddress']})"
        # Rows wait for engines most of the time: they take no core from other users of the cluster. What steers has
        # threads of its own, so that it never waits behind rows.
        remote: Any = ray.remote
        kind = remote(num_cpus=0, concurrency_groups={"rows": CALLS, "steering": 2})(Node)
        here = NodeAffinitySchedulingStrategy(identifier, soft=False)
        actor = kind.options(scheduling_strategy=here).remote(name)
        begun = actor.ready.options(concurrency_group="steering").remote()
        with self._changed:
            self._seats.append(_Seat(actor, identifier, name, begun))

    def _leave(self) -> None:
        import ray

        with self._changed:
            seats, self._seats = self._seats, []
            for seat in seats:
                seat.gone = True
        if ray.is_initialized():
            for seat in seats:
                ray.kill(seat.actor)
            ray.shutdown()


def _said(message: str, **values: Any) -> dict[str, Any]:
    return {"message": message, "values": values}


def _processes(node: dict[str, Any]) -> int:
    """How many processes do rows on a machine: one for each of its cores, up to a few."""
    return max(1, min(int(node["Resources"]["CPU"]), PROCESSES))
