"""Doing rows in this process: the built-in engine's drafter, or calls of a model over connections that stay open."""

from __future__ import annotations

import threading

from lib.batch.model import RowRequest
from lib.batch.preparing import task_called
from lib.database.settling import RowOutcome
from lib.engines.registry import BUILT_IN, caller
from lib.engines.text.caller import Caller
from lib.errors import ToileError
from lib.tasks.model import Context
from lib.tasks.row import RowResult, do_row


class Here:
    """A ``Doer`` with one caller for each job and engine."""

    def __init__(self) -> None:
        self._callers: dict[tuple[str, str], Caller] = {}
        self._lock = threading.Lock()

    def do(self, request: RowRequest) -> RowOutcome:
        """Do one row. What goes wrong is in the outcome."""
        try:
            found = None if request.engine == BUILT_IN else self._caller(request)
        except ToileError as error:
            return RowOutcome("failed", error={"message": error.message, "values": error.values}, halts=True)
        context = Context(request.actor, language=request.language, seed=request.seed, use_case=request.use_case)
        task = task_called(request.task)
        return outcome_of(do_row(task, request.inputs, context, request.engine, request.prompt, found, request.terms))

    def hang_up(self, job: str) -> None:
        """End the calls of one job that are under way."""
        for found in self._of(job):
            found.hang_up()

    def forget(self, job: str) -> None:
        """Close the connections of one job."""
        for found in self._of(job, take=True):
            found.close()

    def close(self) -> None:
        """Close all connections."""
        for job in {key[0] for key in self._callers}:
            self.forget(job)

    def _caller(self, request: RowRequest) -> Caller:
        key = request.job, request.engine
        with self._lock:
            if key not in self._callers:
                self._callers[key] = caller(request.engine)
            return self._callers[key]

    def _of(self, job: str, take: bool = False) -> list[Caller]:
        with self._lock:
            keys = [key for key in self._callers if key[0] == job]
            return [self._callers.pop(key) if take else self._callers[key] for key in keys]


def outcome_of(result: RowResult) -> RowOutcome:
    """A row's result as an outcome: a call that was hung up on is given back."""
    return RowOutcome(
        "returned" if result.status == "cancelled" else result.status,
        output=result.output,
        checks=result.checks,
        error=result.error,
        seconds=result.seconds,
        input_tokens=result.input_tokens,
        output_tokens=result.output_tokens,
        cost=result.cost if result.billed or result.status == "done" else None,
        currency=result.currency,
        model=result.model,
        retry=result.retry,
        retry_after=result.retry_after,
        halts=result.halts,
    )
