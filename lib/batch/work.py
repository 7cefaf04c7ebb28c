"""One heavy function as a job: its progress, pause, cancel and result go through the database.

``WorkHand`` (``lib.batch.work_hand``) runs it in a child process; ``do_work_here`` in this one.
"""

from __future__ import annotations

import importlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from lib import catalogue
from lib.access import Actor, Right, require
from lib.batch.work_hand import WorkHand
from lib.catalogue import UseCase
from lib.checks.made_pictures import PROVENANCE, MadePicture
from lib.database import connect, now
from lib.database.people import actor_for
from lib.database.processes import this_process
from lib.database.work_claims import ACTIVE, WorkJob, WorkRecord, end_work, finish_work, look, report, take_over
from lib.errors import Cancelled, NotFound, StorageError, ToileError
from lib.evidence import code_version
from lib.files.provenance import Provenance, SourceType, with_provenance
from lib.i18n import DEFAULT_LANGUAGE, N_, use_language
from lib.proofs import proof_function
from lib.tasks.checking import run_checks
from lib.verdicts import CheckResult

__all__ = ["WorkContext", "WorkFile", "WorkHand", "WorkResult", "do_work_here", "dotted", "measure", "perform"]

LOOK_SECONDS = 0.2  # between two looks at what is wanted
WRITE_SECONDS = 0.5  # between two words on how far it is
PAUSED = N_("Paused")
MEASURING = N_("Measuring against the baselines")
STOPPED = N_("Stopped before the end. Start it again when you want the result.")
UNKNOWN = N_("“{name}” is no work that this version knows. Start it again from its page.")
NO_MEMORY = N_(
    "There was not enough memory for this work. Close other programs or choose a smaller file, then start it again."
)
UNFORESEEN = N_(
    "This work stopped at an error that we did not foresee ({kind}). The worker's log says where. Try it again, or "
    "with other data."
)


@dataclass(frozen=True)
class WorkFile:
    """A file that the work made; kept as an artefact of its run.

    A picture that was drawn here names its ``source``: the file then says so, and a check reads it back.
    """

    name: str
    content: bytes
    media_type: str
    source: SourceType | None = None

    def marked(self) -> WorkFile:
        """The file with its provenance in it, where it is a picture; its run isn't known yet, and keeps it.

        Raises:
            SettingsError: a signing certificate is configured and can't be used.
        """
        if self.source is None:
            return self
        said = Provenance("atelier", "", "", datetime.now(UTC), self.source)
        return replace(self, content=with_provenance(self.content, self.media_type, said))


@dataclass(frozen=True)
class WorkResult:
    """What the work came to, to be recorded as a run. ``kind``: analysis, comparison, rendering or simulation.

    ``inputs`` says what it was made from, so that it is found again for the same; ``output`` is JSON-able; ``checks``
    is what checks found in it.
    """

    kind: str
    method: str
    method_version: str
    inputs: dict[str, Any]
    output: dict[str, Any]
    files: tuple[WorkFile, ...] = ()
    checks: tuple[CheckResult, ...] = ()


class WorkContext:
    """What a function of the worker's is handed beside its arguments. Made by ``perform``; used from any thread."""

    def __init__(self, work: WorkJob, actor: Actor, process: str) -> None:
        self.actor = actor
        self.language = work.language or DEFAULT_LANGUAGE
        self.seed = work.seed
        self.use_case = work.use_case
        self._job, self._process = work.id, process
        self._share = 0.0
        self._said: dict[str, Any] | None = None
        self._written: tuple[float, dict[str, Any] | None] = (0.0, None)
        self._written_at = -WRITE_SECONDS
        self._held = False
        self._go, self._stop, self._over = threading.Event(), threading.Event(), threading.Event()

    def progress(self, share: float, message: str = "", **values: Any) -> None:
        """Say how far the work is: ``share`` from 0 to 1, ``message`` an English id that the reader gets translated.

        Returns when the work may go on: not while the job is paused.

        Raises:
            Cancelled: the person stopped it.
        """
        self._share = min(max(share, self._share), 1.0)  # a bar that runs back says nothing
        if message:
            self._said = {"message": message, "values": values}
        if self.cancelled():
            raise Cancelled(STOPPED)

    def cancelled(self) -> bool:
        """Whether to end now. Like ``progress`` it doesn't return while the job is paused."""
        if not self._go.is_set():
            self._held = True
            self._go.wait()
            self._held = False
        return self._stop.is_set()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look at what is wanted, and say how far it is, while the block lasts."""
        self._look()
        thread = threading.Thread(target=self._watch, name="work-watch", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def _watch(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            try:
                self._look()
            except (StorageError, sqlite3.Error):
                continue  # locked or full for the moment: the next look comes soon, and the work itself goes on

    def _look(self) -> None:
        news = (self._share, {"message": PAUSED, "values": {}} if self._held else self._said)
        due = news != self._written and time.monotonic() - self._written_at >= WRITE_SECONDS
        with connect() as database:
            status = (
                report(database, self._job, self._process, *news) if due else look(database, self._job, self._process)
            )
        if due:
            self._written, self._written_at = news, time.monotonic()
        if status == "paused":
            self._go.clear()
            return
        if status not in ACTIVE:
            self._stop.set()
        self._go.set()


def dotted(name: str) -> Callable[..., Any]:
    """The function that the catalogue lists under this dotted name, among ``jobs`` or as ``proof``.

    Raises:
        NotFound: the catalogue doesn't list it; nothing is imported then.
    """
    if name not in {one for case in catalogue.USE_CASES for one in (*case.jobs, case.proof) if one}:
        raise NotFound(UNKNOWN, name=name)
    module, _dot, function = name.rpartition(".")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def measure(case: UseCase, job: WorkContext, data: Any = None, key: str = "sample") -> WorkResult:
    """The use case's proof on the sample, or on ``data``, which ``key`` names."""

    def progress(share: float, message: str = "") -> None:
        job.progress(share, message or MEASURING)

    progress(0.01)
    proof = proof_function(case.proof)(data, job.seed, progress=progress, cancelled=job.cancelled)
    version = code_version(case)
    inputs = {"code": version, "data": key, "seed": job.seed}
    return WorkResult("comparison", case.proof, version, inputs, proof.as_json())


def _function(work: WorkJob) -> Callable[[WorkContext], WorkResult]:
    function = dotted(work.function)
    case = next((case for case in catalogue.USE_CASES if case.proof == work.function), None)
    return partial(measure, case) if case else partial(function, work.arguments)


def perform(work: WorkJob, process: str) -> None:
    """Do a job that ``process``, which is this one, has taken over, and write down how it ended."""
    started_at, begun = now(), time.monotonic()
    try:
        with connect() as database:
            actor = actor_for(database, work.person, work.workspace)
        require(actor, Right.RUN)
        context = WorkContext(work, actor, process)
        with context.watching(), use_language(context.language):
            made = _function(work)(context)
        kept = [file.marked() for file in made.files]
        pictures = [MadePicture(file.name, file.content) for file in kept if file.source is not None]
        checked = run_checks((PROVENANCE,), {}, pictures, context.language) if pictures else ()
        record = WorkRecord(
            made.kind,
            made.method,
            made.method_version,
            made.inputs,
            made.output,
            time.monotonic() - begun,
            started_at,
            (*made.checks, *checked),
        )
        with connect() as database:
            files = [(file.name, file.content, file.media_type) for file in kept]
            finish_work(database, work, actor, process, record, files)
    except Cancelled as error:
        _end(work, process, "cancelled", error.message, error.values, error)
    except StorageError as error:  # nothing is wrong with the work: it can go on once there is room
        _end(work, process, "paused", error.message, error.values, error)
    except ToileError as error:
        _end(work, process, "failed", error.message, error.values, error)
    except MemoryError as error:
        _end(work, process, "failed", NO_MEMORY, {}, error)
    except Exception as error:
        _end(work, process, "failed", UNFORESEEN, {"kind": type(error).__name__}, error)
        raise


def _end(work: WorkJob, process: str, status: str, message: str, values: dict[str, Any], error: BaseException) -> None:
    reason = {"message": message, "values": values, "error": type(error).__name__}
    with connect() as database:
        end_work(database, work.id, process, status, reason)


def do_work_here(job_id: str) -> None:
    """Do one job in this process: one that it has taken, or a waiting one. Nothing happens where there is none."""
    with connect() as database:
        process = this_process(database)
        work = take_over(database, job_id, process, process)
    if work is not None:
        perform(work, process)
