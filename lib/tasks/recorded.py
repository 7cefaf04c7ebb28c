"""Writing down what a page worked out without a prompt: a rendering, an analysis, a simulation.

A generation is recorded by ``lib.tasks.run``, heavy work by the worker (``lib.batch``); this is for what a page does by
itself within seconds.
"""

from __future__ import annotations

import time
from dataclasses import KW_ONLY, dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from lib.access import Actor
from lib.checks import CheckResult
from lib.checks.made_pictures import PROVENANCE, MadePicture
from lib.database import artefacts, connect
from lib.database.runs import finish_run, recent, start_run
from lib.errors import Cancelled
from lib.files.provenance import Provenance, SourceType, with_provenance
from lib.tasks.checking import run_checks
from lib.tasks.record import said_of

LOOKED_THROUGH = 200  # a person's last runs of one use case, among which one method's is looked for


@dataclass
class Recorded:
    """One run, as a context manager: the intent is written on entering, the end on leaving, however it ends.

    Set ``output`` (JSON) inside; what was kept with ``keep`` belongs to the run. An error goes on up, recorded.

    Raises (on entering):
        NotAllowed: the actor may not run.
        NotFound: the parent run or the data set isn't in the actor's workspace.
    """

    actor: Actor
    _: KW_ONLY
    use_case: str
    kind: str  # see lib.database.runs.KINDS
    method: str
    method_version: str
    inputs: dict[str, Any]
    language: str | None = None
    seed: int | None = None
    data_set: str | None = None
    parent: str | None = None
    engine: str | None = None
    model: str | None = None
    task: str | None = None
    id: str = field(default="", init=False)
    output: dict[str, Any] | None = field(default=None, init=False)
    checks: list[CheckResult] = field(default_factory=list, init=False)
    kept: dict[str, str] = field(default_factory=dict, init=False)  # artefacts' ids by name
    _made: list[MadePicture] = field(default_factory=list, init=False, repr=False)
    cost: float | None = field(default=None, init=False)
    currency: str | None = field(default=None, init=False)
    cohort: str | None = None

    def __enter__(self) -> Recorded:
        self._began = time.perf_counter()
        with connect() as database:
            self.id = start_run(
                database,
                self.actor,
                use_case=self.use_case,
                kind=self.kind,
                method=self.method,
                method_version=self.method_version,
                inputs=self.inputs,
                task=self.task,
                data_set=self.data_set,
                parent=self.parent,
                language=self.language,
                seed=self.seed,
                engine=self.engine,
                model=self.model,
                cohort=self.cohort,
            )
        return self

    def keep(self, name: str, content: bytes, media_type: str) -> str:
        """Keep a file of this run under its content's hash; its artefact's id.

        Raises:
            StorageError: the disk refused.
        """
        with connect() as database:
            identifier = artefacts.store(database, self.actor, name, content, media_type, self.id)
        self.kept[name] = identifier
        return identifier

    def keep_picture(self, name: str, content: bytes, media_type: str, source: SourceType) -> str:
        """Keep a picture that was made here, with its provenance in the file; a check reads it back at the end.

        Raises:
            StorageError: the disk refused.
            SettingsError: a signing certificate is configured and can't be used.
        """
        said = Provenance(self.engine or "atelier", self.model or "", self.id, datetime.now(UTC), source)
        marked = with_provenance(content, media_type, said)
        self._made.append(MadePicture(name, marked))
        return self.keep(name, marked, media_type)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What does not derive from Exception is somebody leaving the page.
        left = error is not None and not isinstance(error, Exception)
        status = "done" if error is None else "cancelled" if left or isinstance(error, Cancelled) else "failed"
        if self._made:
            self.checks += run_checks((PROVENANCE,), {}, self._made, self.language or "")
        with connect() as database:
            finish_run(
                database,
                self.actor,
                self.id,
                output=self.output,
                status=status,
                seconds=time.perf_counter() - self._began,
                error=None if error is None else said_of(error),
                cost=self.cost,
                currency=self.currency,
                checks=self.checks,
            )


recorded = Recorded  # reads as what it does: ``with recorded(actor, use_case=..., ...) as run: run.output = ...``


def read_back(actor: Actor, use_case: str, method: str | None = None) -> dict[str, Any] | None:
    """This person's newest finished run of a use case (and method), as after a refresh; None where there is none."""
    with connect() as database:
        rows = recent(database, actor, limit=LOOKED_THROUGH, use_case=use_case, mine=True, status="done")
    return next((row for row in rows if method is None or row["method"] == method), None)
