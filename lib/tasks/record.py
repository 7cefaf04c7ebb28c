"""Writing a generation down: its intent before it starts, its end however it ends."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any, Generic

from lib.checks import CheckResult
from lib.database import connect
from lib.database.engine_slots import EngineLimit, page_call
from lib.database.runs import finish_run, pause_run, start_run
from lib.engines.prices import Price
from lib.engines.registry import BUILT_IN, pace
from lib.engines.text.model import Finished
from lib.errors import AnswerCut, AnswerInvalid, Cancelled, EngineError, ToileError
from lib.i18n import N_
from lib.tasks.model import Context, In, Out, Run, Task
from lib.tasks.prompts import Prompt
from lib.tasks.tally import Tally

LEFT = N_("The page was left or reloaded before the end. What had come is kept; run it again to get the whole.")
DEFECT = N_("Something went wrong that should not ({kind}). Try again; if it stays, tell whoever looks after the app.")

BILLED = (AnswerCut, AnswerInvalid, Cancelled)  # the server had begun to write when it went wrong


class Recording(Generic[In, Out]):
    """One run from start to end, as a context manager: leaving it without ``done`` records why.

    Tokens that a server did not count stay empty in the database; the cost beside them is then an estimate.
    """

    def __init__(
        self,
        task: Task[In, Out],
        inputs: In,
        context: Context,
        engine: str,
        model: str = "",
        prompt: Prompt | None = None,
        resumed: dict[str, Any] | None = None,
    ) -> None:
        """``resumed`` is the database's row of a run that goes on after a person's answer."""
        self.id = resumed["id"] if resumed else ""
        self.price: Price | None = None
        self.partial: dict[str, Any] = {}
        self.text = ""
        self._task, self._inputs, self._context = task, inputs, context
        self._engine, self._prompt = engine, prompt
        self._first: float | None = resumed["first_token_seconds"] if resumed else None
        self._finished = False
        read = int(resumed["input_tokens"] or 0) if resumed else 0
        written = int(resumed["output_tokens"] or 0) if resumed else 0
        self._tally = Tally(model, read, written, float(resumed["cost"] or 0.0) if resumed else 0.0)

    def __enter__(self) -> Recording[In, Out]:
        self._began = time.perf_counter()
        prompt, context = self._prompt, self._context
        if self.id:
            return self
        with connect() as database:
            if self._engine != BUILT_IN:
                found = pace(self._engine)
                page_call(database, self._engine, EngineLimit(found.concurrency, found.per_minute))
            self.id = start_run(
                database,
                context.actor,
                use_case=context.use_case,
                kind="generation",
                method="prompt" if prompt else "drafter",
                method_version=prompt.hash[:12] if prompt else self._task.version,
                inputs=self._inputs.model_dump(mode="json", by_alias=True),
                task=self._task.name,
                data_set=context.data_set,
                parent=context.parent,
                language=context.language,
                seed=context.seed,
                engine=self._engine,
                model=self._tally.model or None,
                prompt_hash=prompt.hash if prompt else None,
                cohort=context.cohort or None,
            )
        self._began = time.perf_counter()
        return self

    def first_token(self) -> None:
        """Note that the first text has come."""
        self._first = self._first if self._first is not None else time.perf_counter() - self._began

    def count(self, sent: int, answer: str, finished: Finished | None) -> None:
        """Add one call's tokens. See ``Tally.add``."""
        self._tally.add(sent, answer, finished)

    @property
    def cost(self) -> float | None:
        """What the calls so far cost, in the price's currency; None where no price is known."""
        if self._engine == BUILT_IN:
            return 0.0
        return self._tally.cost(self.price)

    def done(self, output: Out, checks: tuple[CheckResult, ...], raw: str, repaired: bool) -> Run[Out]:
        """Record the finished output, and give it back as a run."""
        seconds = time.perf_counter() - self._began
        self._finish(
            output=output.model_dump(mode="json", by_alias=True), status="done", seconds=seconds, checks=checks
        )
        return Run(
            id=self.id,
            task=self._task.name,
            engine=self._engine,
            model=self._tally.model,
            language=self._context.language,
            output=output,
            checks=checks,
            seconds=seconds,
            first_token_seconds=self._first,
            input_tokens=self._tally.read,
            output_tokens=self._tally.written,
            cost=self.cost,
            currency=self._currency() or "EUR",
            prompt_hash=self._prompt.hash if self._prompt else None,
            repaired=repaired,
            raw=raw,
            estimated=not self._tally.counted,
        )

    def pause(self) -> None:
        """Record that the run waits for a person."""
        with connect() as database:
            pause_run(
                database,
                self._context.actor,
                self.id,
                input_tokens=self._tally.read,
                output_tokens=self._tally.written,
                cost=self.cost,
                currency=self._currency(),
            )
        self._finished = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or self._finished:
            return
        # A page that is left closes the stream: GeneratorExit. Streamlit's own signals to stop a script are no errors
        # either; whatever does not derive from Exception is somebody leaving.
        left = not isinstance(error, Exception)
        status = (
            "cancelled" if left or isinstance(error, Cancelled) else "cut" if isinstance(error, AnswerCut) else "failed"
        )
        partial = error.partial if isinstance(error, EngineError) else ""
        raw = partial or self.text
        self._finish(
            output={"partial": self.partial, "raw": raw} if raw else None,
            status=status,
            seconds=time.perf_counter() - self._began,
            error=said_of(error),
            billed=left or isinstance(error, BILLED) or bool(self._tally.read),
        )

    def _finish(
        self,
        *,
        output: dict[str, Any] | None,
        status: str,
        seconds: float,
        error: dict[str, Any] | None = None,
        checks: tuple[CheckResult, ...] = (),
        billed: bool = True,
    ) -> None:
        tally = self._tally
        with connect() as database:
            finish_run(
                database,
                self._context.actor,
                self.id,
                output=output,
                status=status,
                seconds=seconds,
                error=error,
                first_token_seconds=self._first,
                input_tokens=tally.read if tally.known else None,
                output_tokens=tally.written if tally.known else None,
                cost=self.cost if billed else None,
                currency=self._currency() if billed else None,
                model=tally.model or None,
                checks=checks,
            )
        self._finished = True

    def _currency(self) -> str | None:
        return self.price.currency if self.price else None


def said_of(error: BaseException) -> dict[str, Any]:
    """An error as it is stored: its message id and values. Of a defect only the kind: its text may hold anything."""
    if isinstance(error, ToileError):
        return {"message": error.message, "values": error.values}
    if isinstance(error, Exception):
        return {"message": DEFECT, "values": {"kind": type(error).__name__}}
    return {"message": LEFT, "values": {}}
