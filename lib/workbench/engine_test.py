"""One short answer from an engine, measured: does it answer, how soon, how fast, at what price."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require
from lib.database import connect
from lib.database.runs import finish_run, recent, start_run
from lib.engines import registry
from lib.engines.prices import Price, estimated_tokens, price_of
from lib.engines.text.faults import CUT_BY_LENGTH
from lib.engines.text.model import Finished, Message, TextDelta, TextRequest
from lib.errors import AnswerCut, EngineError, ToileError
from lib.i18n import N_, _, current_language, language_name
from lib.tasks import Context
from lib.tasks.budget import hold
from lib.tasks.prompts import Prompt, read_file
from lib.tasks.sandbox import fill_in
from lib.workbench.task_list import all_tasks, examples_of

USE_CASE = "engines"
TASK = "engine_test"
PROMPTS = Path(__file__).with_name("prompts")
MOST_TOKENS = 200
LONGEST_SILENCE = 60.0  # seconds; a test that takes longer has its answer
FIRST_WORDS = 240  # characters of the answer that are kept for the page
LOOK_BACK = 200  # tests of the workspace among which each engine's last one is looked for
DEFECT = N_("The test broke off for a reason that nobody foresaw ({kind}). The server's log says more.")


@dataclass(frozen=True)
class EngineTest:
    """What a test found. Times are in seconds; ``error`` is None where the engine answered.

    ``tokens_per_second`` is over the whole answer, waiting included. ``counted`` is False where the server counted no
    tokens and they, and the cost, are estimated from the text's length.
    """

    engine: str
    model: str
    at: dt.datetime
    first_token_seconds: float | None = None
    seconds: float = 0.0
    output_tokens: int = 0
    counted: bool = True
    cost: float | None = None
    currency: str = ""
    words: str = ""
    error: ToileError | None = None

    @property
    def tokens_per_second(self) -> float | None:
        """None where nothing came, or too fast to tell."""
        return self.output_tokens / self.seconds if self.output_tokens and self.seconds > 0.001 else None


@dataclass
class _Course:
    """What has happened so far in a test."""

    began: float = field(default_factory=time.perf_counter)
    first: float | None = None
    text: str = ""
    sent: int = 0  # tokens of the question, estimated
    finished: Finished | None = None

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.began

    def come(self, text: str) -> None:
        self.first = self.first if self.first is not None else self.seconds
        self.text += text


def _silent(share: float, message: str = "") -> None:
    """Progress that nobody watches."""


def try_engine(
    actor: Actor,
    name: str,
    progress: Callable[..., None] = _silent,
    cancelled: Callable[[], bool] = lambda: False,
) -> EngineTest:
    """Test the engine called ``name`` and record the test as a run, whatever comes of it.

    An engine that does not answer is a result, not an exception: ``error`` says what to do.

    Raises:
        NotAllowed: the actor may not run.
        EngineNotConfigured: there is no such engine.
    """
    require(actor, Right.RUN)
    found = registry.info(name)
    prompt = read_file(PROMPTS, TASK)
    run = _start(actor, found.name, found.model, prompt)
    course, price = _Course(), None
    error: ToileError | None = None
    try:
        if name == registry.BUILT_IN:
            _draft(actor, course, progress)
        else:
            settings = registry.engine_settings(name)
            price = price_of(settings, found.model)
            _ask(actor, run, name, prompt, course, price, progress, cancelled)
    except AnswerCut as cut:
        # The test's own limit of length ended the answer: the engine did what it was asked.
        error = None if cut.message == CUT_BY_LENGTH and course.text else cut
    except ToileError as failure:
        error = failure
    except BaseException as defect:
        _finish(actor, run, found.model, course, price, ToileError(DEFECT, kind=type(defect).__name__))
        raise
    return _finish(actor, run, found.model, course, price, error)


def _start(actor: Actor, name: str, model: str, prompt: Prompt) -> str:
    with connect() as database:
        return start_run(
            database,
            actor,
            use_case=USE_CASE,
            kind="generation",
            method=TASK,
            method_version=prompt.hash[:12],
            inputs={},
            task=TASK,
            language=current_language(),
            engine=name,
            model=model or None,
            prompt_hash=None if name == registry.BUILT_IN else prompt.hash,
        )


def _draft(actor: Actor, course: _Course, progress: Callable[..., None]) -> None:
    """The built-in engine has no model to ask: it drafts a ready task's example."""
    task = all_tasks()[0]
    inputs = next(iter(examples_of(task).values()))
    progress(0.2, _("Drafting an example"))
    course.began = time.perf_counter()
    output = task.draft(inputs, Context(actor=actor, language=current_language(), use_case=USE_CASE))
    course.come(" ".join(_texts(output.model_dump(mode="json"))))


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict | list):
        return [text for item in (value.values() if isinstance(value, dict) else value) for text in _texts(item)]
    return [value] if isinstance(value, str) else []


def _ask(
    actor: Actor,
    run: str,
    name: str,
    prompt: Prompt,
    course: _Course,
    price: Price | None,
    progress: Callable[..., None],
    cancelled: Callable[[], bool],
) -> None:
    """Send the question; what comes is put into ``course`` as it comes."""
    engine, title = registry.engine(name), registry.info(name).title
    request = _request(engine.capabilities.languages, registry.engine_settings(name).timeout, prompt, cancelled)
    course.sent = sum(estimated_tokens(message.text) for message in request.messages)
    with connect() as database:
        hold(database, actor, run, title, request, price, 0.0)
    progress(0.1, _("Waiting for the first word"))
    course.began = time.perf_counter()
    for event in engine.stream(request):
        if isinstance(event, TextDelta):
            course.come(event.text)
            progress(min(0.95, 0.3 + len(course.text) / 400), _("The answer is coming"))
        elif isinstance(event, Finished):
            course.finished = event


def _request(languages: tuple[str, ...], timeout: float, prompt: Prompt, cancelled: Callable[[], bool]) -> TextRequest:
    code = current_language() if not languages or current_language() in languages else languages[0]
    values = {"language": language_name(code, "en")}
    system, user = (fill_in(text, values, TASK) for text in (prompt.system, prompt.user))
    return TextRequest(
        messages=(Message("system", system), Message("user", user)),
        max_tokens=MOST_TOKENS,
        timeout=min(timeout, LONGEST_SILENCE),
        limit=2 * LONGEST_SILENCE,
        cancelled=cancelled,
    )


def _finish(
    actor: Actor, run: str, model: str, course: _Course, price: Price | None, error: ToileError | None
) -> EngineTest:
    seconds, finished = course.seconds, course.finished
    text = course.text or (error.partial if isinstance(error, EngineError) else "")
    counted = finished is not None and finished.output_tokens is not None
    written = finished.output_tokens if finished and finished.output_tokens is not None else estimated_tokens(text)
    read = finished.input_tokens if finished else None
    cost = price.cost(read if read is not None else course.sent, written) if price else None
    with connect() as database:
        finish_run(
            database,
            actor,
            run,
            output={"text": text[:FIRST_WORDS], "tokens": written, "counted": counted},
            status="failed" if error else "done",
            seconds=seconds,
            error={"message": error.message, "values": error.values} if error else None,
            first_token_seconds=course.first,
            input_tokens=read,
            output_tokens=written if counted else None,
            cost=cost if text else 0.0 if price else None,
            currency=price.currency if price else None,
            model=(finished.model if finished and finished.model else model) or None,
        )
        return _read(next(row for row in recent(database, actor, LOOK_BACK, task=TASK) if row["id"] == run))


def last_tests(database: Database, actor: Actor) -> dict[str, EngineTest]:
    """The workspace's last finished test of each engine, by the engine's name."""
    tests: dict[str, EngineTest] = {}
    for row in recent(database, actor, LOOK_BACK, task=TASK):
        if row["status"] in ("done", "failed") and row["output"] is not None:
            tests.setdefault(row["engine"], _read(row))
    return tests


def _read(row: dict[str, Any]) -> EngineTest:
    error, said = row["error"], row["output"]
    return EngineTest(
        engine=row["engine"],
        model=row["model"] or "",
        at=dt.datetime.fromisoformat(row["started_at"]),
        first_token_seconds=row["first_token_seconds"],
        seconds=row["seconds"] or 0.0,
        output_tokens=said["tokens"],
        counted=said["counted"],
        cost=row["cost"],
        currency=row["currency"] or "",
        words=said["text"],
        error=ToileError(error["message"], **error["values"]) if error else None,
    )
