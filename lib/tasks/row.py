"""A task for one row of many: no database, no stream, one try; who asks for the rows writes down what came of each.

Everything that goes in and comes out can be pickled, except the caller, which belongs to one process.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import Any, Generic, Literal

from pydantic import ValidationError

from lib.checks import CheckResult
from lib.checks.brand_terms import HOUSE_DEFAULT, BrandTerms
from lib.checks.house import with_house
from lib.engines.embedded.server import CANNOT_LOAD, NO_LIBRARY
from lib.engines.prices import estimated_tokens
from lib.engines.registry import BUILT_IN, BUILT_IN_INFO
from lib.engines.registry import caller as caller_of
from lib.engines.text.caller import Caller
from lib.engines.text.faults import CUT, GARBLED, KEY_REFUSED, MODEL_UNKNOWN, NO_CREDIT, SCHEMA_REFUSED, Fault
from lib.engines.text.model import TextRequest
from lib.engines.text.retry import STOPPED, Failed
from lib.errors import (
    AnswerCut,
    AnswerInvalid,
    Cancelled,
    EngineError,
    EngineNotConfigured,
    InputError,
    PromptError,
    SettingsError,
    ToileError,
)
from lib.i18n import N_
from lib.tasks.asking import Asking
from lib.tasks.checking import run_checks
from lib.tasks.model import Context, In, Out, Task
from lib.tasks.prompts import Prompt
from lib.tasks.record import BILLED, said_of
from lib.tasks.run import DOES_NOT_FIT, ROUNDS, require_language
from lib.tasks.sandbox import NO_FIT, NOT_THERE, TOO_LONG
from lib.tasks.schema import complaints, read_answer
from lib.tasks.tally import Tally
from lib.tasks.toolbox import Toolbox

log = logging.getLogger(__name__)

WRONG_ROW = N_("This row does not fit what the task needs: {reason}. Correct it in the table, then run it again.")
# What an engine says to every row alike.
SAID_TO_ALL = {KEY_REFUSED, MODEL_UNKNOWN, NO_CREDIT, SCHEMA_REFUSED, CANNOT_LOAD, NO_LIBRARY}
# What a page doesn't ask again for, since somebody has read the beginning; of a row nobody has.
MENDED_BY_ANOTHER_TRY = {CUT, GARBLED}
ONE_ROW_ONLY = {TOO_LONG, NO_FIT, NOT_THERE}  # what can be wrong with a prompt because of what stands in one row


@dataclass(frozen=True)
class RowResult:
    """What came of one row. Times are in seconds.

    ``output`` is JSON. Token counts are None where the server gave none; ``cost`` is then an estimate, and None where
    nothing was sent that is paid for, or no price is known. ``error`` holds a message id and its values, ``raw`` the
    text that a failed row had come to.

    ``retry`` says that another try makes sense, after ``retry_after`` where the server asked for it. ``halts`` says
    that no other row can succeed either, until somebody changes something. A row is ``cancelled`` when its caller was
    hung up on.
    """

    status: Literal["done", "failed", "cancelled"]
    output: str | None
    checks: tuple[CheckResult, ...]
    error: dict[str, Any] | None
    seconds: float
    input_tokens: int | None = None
    output_tokens: int | None = None
    cost: float | None = None
    currency: str | None = None
    model: str = ""
    billed: bool = False
    retry: bool = False
    retry_after: float | None = None
    halts: bool = False
    raw: str = ""
    repaired: bool = False


def do_row(
    task: Task[In, Out],
    inputs: In | str,
    context: Context,
    engine: str = BUILT_IN,
    prompt: Prompt | None = None,
    caller: Caller | None = None,
    terms: BrandTerms = HOUSE_DEFAULT,
) -> RowResult:
    """Do ``task`` for one row, given as its inputs or as their JSON; with one try of the engine and one repair.

    Nothing is raised for what a row, a prompt, an engine or a defect does: it stands in the result. ``prompt`` is
    needed for every engine but the built-in one; without a ``caller`` one is made for this row alone. ``terms`` are the
    names that the house added to the check of brands: where rows are done there may be no database to ask.
    """
    row = _Row(task, context, engine)
    try:
        given = _inputs(task, inputs)
        if engine == BUILT_IN:
            require_language(BUILT_IN_INFO.title, BUILT_IN_INFO.languages, context.language)
            output = task.draft(given, context)
        else:
            output = row.generated(given, prompt, caller)
        checks = with_house(task.checks, terms, task.given)
        return row.done(output, run_checks(checks, given, output, context.language))
    except Failed as failed:
        return row.failed(failed.fault.error, failed.fault)
    except ToileError as error:
        return row.failed(error)
    except Exception as error:  # one row's defect must not end the others; it is logged and shown
        log.error("a row of the task %s raised %s", task.name, type(error).__name__, exc_info=True)
        return row.failed(error)


def _inputs(task: Task[In, Out], inputs: In | str) -> In:
    if not isinstance(inputs, str):
        return inputs
    try:
        return task.inputs.model_validate_json(inputs)
    except ValidationError as error:
        reason = "; ".join(complaints(error)[:3])
    raise InputError(WRONG_ROW, reason=reason)


class _Row(Generic[In, Out]):
    """One row under way."""

    def __init__(self, task: Task[In, Out], context: Context, engine: str) -> None:
        self._task, self._context, self._engine = task, context, engine
        self._began = time.perf_counter()
        self._tally = Tally()
        self._caller: Caller | None = None
        self._raw, self._repaired = "", False

    def generated(self, inputs: In, prompt: Prompt | None, caller: Caller | None) -> Out:
        """The engine's answer, repaired once where it does not fit.

        Raises:
            Failed, ToileError: there is none.
        """
        if self._task.tools or prompt is None:
            raise ValueError("a task for many rows has a prompt and no tools")
        if caller is not None:
            return self._asked(inputs, prompt, caller)
        caller = caller_of(self._engine)
        try:
            return self._asked(inputs, prompt, caller)
        finally:
            caller.close()

    def _asked(self, inputs: In, prompt: Prompt, caller: Caller) -> Out:
        self._caller, found = caller, caller.engine
        self._tally.model = found.model
        require_language(found.title, found.capabilities.languages, self._context.language)
        asking = Asking(self._task, inputs, self._context, found, prompt, found.settings.timeout)
        box = Toolbox(self._task, self._context, "", steered=True)
        wrong: list[str] = []
        for _round in range(ROUNDS):
            self._repaired = bool(wrong)
            self._answer(asking.request(box), caller)
            try:
                return read_answer(self._task.output, self._raw)
            except ValidationError as error:
                wrong = complaints(error)
            asking.repair(self._raw, wrong)
        raise AnswerInvalid(DOES_NOT_FIT, engine=found.title, reason="; ".join(wrong[:3]), partial=self._raw)

    def _answer(self, request: TextRequest, caller: Caller) -> None:
        if caller.hung_up:
            raise Cancelled(STOPPED, partial=self._raw)
        try:
            answer = caller.answer(request)
        except (Failed, Cancelled) as error:
            cause = error.fault.error if isinstance(error, Failed) else error
            if isinstance(cause, AnswerCut | Cancelled):  # it was being written, and is paid for
                self._tally.add(_sent(request), cause.partial, None)
            raise
        self._raw = answer.text
        counted = answer.finished.input_tokens is not None
        self._tally.add(0 if counted else _sent(request), answer.text, answer.finished)

    def done(self, output: Out, checks: tuple[CheckResult, ...]) -> RowResult:
        """The result of a row that has an output."""
        return self._result("done", output.model_dump_json(by_alias=True), checks, None, billed=True)

    def failed(self, error: Exception, fault: Fault | None = None) -> RowResult:
        """The result of a row that has none."""
        partial = error.partial if isinstance(error, EngineError) else ""
        return self._result(
            "cancelled" if isinstance(error, Cancelled) else "failed",
            None,
            (),
            said_of(error),
            billed=isinstance(error, BILLED) or bool(self._tally.read),
            retry=_worth_another_try(error, fault),
            retry_after=fault.retry_after if fault else None,
            halts=_halts(error),
            raw=partial or self._raw,
        )

    def _result(
        self,
        status: Literal["done", "failed", "cancelled"],
        output: str | None,
        checks: tuple[CheckResult, ...],
        error: dict[str, Any] | None,
        *,
        billed: bool,
        **more: Any,
    ) -> RowResult:
        tally, price = self._tally, self._caller.price if self._caller else None
        built_in = self._engine == BUILT_IN
        return RowResult(
            status,
            output,
            checks,
            error,
            time.perf_counter() - self._began,
            input_tokens=tally.read if tally.known else None,
            output_tokens=tally.written if tally.known else None,
            cost=0.0 if built_in else tally.cost(price) if billed else None,
            currency=price.currency if price and billed else None,
            model=tally.model,
            billed=billed and not built_in,
            repaired=self._repaired,
            **more,
        )


def _sent(request: TextRequest) -> int:
    return sum(estimated_tokens(message.text) for message in request.messages)


def _worth_another_try(error: Exception, fault: Fault | None) -> bool:
    return (fault is not None and fault.retry) or (
        isinstance(error, ToileError) and error.message in MENDED_BY_ANOTHER_TRY
    )


def _halts(error: Exception) -> bool:
    """Whether every other row would fail for the same reason."""
    if isinstance(error, EngineNotConfigured | SettingsError):
        return True
    if isinstance(error, PromptError):
        return error.message not in ONE_ROW_ONLY
    return isinstance(error, ToileError) and error.message in SAID_TO_ALL
