"""Doing a task: with its drafter, or with a model; at once, or as a stream of partial outputs."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from lib.access import Right, require
from lib.checks.injection import canary_of
from lib.database import connect
from lib.database.runs import get_run, take_up_run
from lib.database.tool_calls import answer
from lib.engines.prices import estimated_tokens, price_of
from lib.engines.registry import BUILT_IN, engine_settings, info
from lib.engines.registry import engine as engine_called
from lib.engines.text.model import TextDelta, TextEngine, TextRequest, ToolCall
from lib.engines.text.retry import STOPPED
from lib.errors import AnswerInvalid, Cancelled, EngineRefused, InputError, NotFound, PersonNeeded
from lib.i18n import N_, language_name, list_of
from lib.tasks.asking import Asking
from lib.tasks.budget import hold
from lib.tasks.checking import all_checks, run_checks, what_was_told
from lib.tasks.model import Context, In, Out, Partial, Run, Task, TaskEvent, TaskFinished, ToolAsked, ToolUsed
from lib.tasks.partials import PartialReader
from lib.tasks.prompts import Prompt, load_prompt, prompt_of
from lib.tasks.record import Recording
from lib.tasks.schema import complaints, read_answer
from lib.tasks.toolbox import DENIED, MOST_ROUNDS, Toolbox, as_json
from lib.tasks.tools import said

ROUNDS = 2  # the answer, and one repair

OTHER_LANGUAGE = N_(
    "{engine} writes {languages} only. Choose one of these as the language of the text, or another engine."
)
DOES_NOT_FIT = N_(
    "The answer of {engine} does not fit what was asked for, even after one repair: {reason}. Its text is kept as it "
    "came; try again, or choose another engine."
)
TOO_MANY_CALLS = N_(
    "{engine} went on calling tools without coming to an answer and was stopped. What the tools found is kept; ask for "
    "less at once, or choose another engine."
)
ASKS = N_("Before it uses '{tool}', somebody has to agree. The run waits: open it, then say yes or no.")
NOT_WAITING = N_("This run does not wait for an answer any more. Open it to see how it went on.")
NOT_THIS_TASK = N_("There is no such run in this workspace. Choose one from the list of runs.")


def run_task(task: Task[In, Out], inputs: In, context: Context, engine: str = BUILT_IN) -> Run[Out]:
    """Do ``task`` and wait for its end: a stream collected. See ``stream_task``.

    Raises:
        PersonNeeded: a tool asks first; the run waits, and ``resume_task`` goes on with it.
    """
    return collect_run(stream_task(task, inputs, context, engine))


def collect_run(events: Iterator[TaskEvent[Out]]) -> Run[Out]:
    """The run at the end of a stream.

    Raises:
        PersonNeeded: the stream ended because a tool asks first.
    """
    for event in events:
        if isinstance(event, TaskFinished):
            return event.run
        if isinstance(event, ToolAsked):
            raise PersonNeeded(ASKS, tool=event.tool)
    raise AssertionError("a stream ended without its last event")


def stream_task(task: Task[In, Out], inputs: In, context: Context, engine: str = BUILT_IN) -> Iterator[TaskEvent[Out]]:
    """Do ``task`` and give its partial outputs and its tools' results as they come, then the finished run.

    The run is in the database from before the first call until after the last check, whatever happens: an error, a page
    that is left, a server that stops. Nothing starts before the first event is asked for. Where a tool asks first and
    ``context.decide`` is None, the last event is ``ToolAsked``; the run then waits for ``resume_task``.

    Raises:
        NotAllowed: the actor may not run.
        PromptError: the prompt cannot be filled in.
        EngineError: the engine did not fulfil the task; what had come is in ``partial`` and in the recorded run.
    """
    require(context.actor, Right.RUN)
    chosen = info(engine)
    require_language(chosen.title, chosen.languages, context.language)
    if engine == BUILT_IN:
        with Recording(task, inputs, context, BUILT_IN) as recording:
            yield from _drafted(task, inputs, context, recording)
        return
    found = engine_called(engine)
    with connect() as database:
        prompt = load_prompt(database, context.actor, task)
    with Recording(task, inputs, context, found.name, found.model, prompt) as recording:
        yield from _generated(task, inputs, context, found, prompt, recording)


def resume_task(task: Task[In, Out], run_id: str, context: Context, approved: bool) -> Iterator[TaskEvent[Out]]:
    """Go on with a run that waits for a person, with their answer; in the run's language, on its engine and prompt.

    Raises:
        NotFound: no such run of this task in the actor's workspace.
        InputError: it does not wait (any more).
        PromptError: the prompt that it began with is gone.
        and what ``stream_task`` raises.
    """
    with connect() as database:
        row = get_run(database, context.actor, run_id)
        if row["task"] != task.name:
            raise NotFound(NOT_THIS_TASK)
        prompt = None if row["engine"] == BUILT_IN else prompt_of(database, context.actor, task, row["prompt_hash"])
        if not take_up_run(database, context.actor, run_id):
            raise InputError(NOT_WAITING)
        answer(database, context.actor, run_id, approved, said(error=DENIED))
    inputs = task.inputs.model_validate(row["inputs"])
    context = replace(context, language=row["language"], seed=row["seed"], cohort=row["cohort"] or "")
    found = None if row["engine"] == BUILT_IN else engine_called(row["engine"])
    with Recording(task, inputs, context, row["engine"], row["model"] or "", prompt, resumed=row) as recording:
        if found is None or prompt is None:
            yield from _drafted(task, inputs, context, recording)
        else:
            yield from _generated(task, inputs, context, found, prompt, recording)


def require_language(title: str, languages: Sequence[str], language: str) -> None:
    """Pass silently when the engine ``title`` writes ``language``; ``languages`` are those it can, empty for any.

    Raises:
        EngineRefused: it does not.
    """
    if languages and language not in languages:
        names = list_of([language_name(code) for code in languages])
        raise EngineRefused(OTHER_LANGUAGE, engine=title, languages=names)


def _drafted(
    task: Task[In, Out], inputs: In, context: Context, recording: Recording[In, Out]
) -> Iterator[TaskEvent[Out]]:
    box = Toolbox(task, context, recording.id, steered=False)
    asked = yield from _passed_on(box.go_on(), recording) if task.plan else _nothing()
    for _round in range(MOST_ROUNDS):
        if context.cancelled():
            raise Cancelled(STOPPED)
        context = replace(context, results=box.results()) if task.plan else context
        call = task.plan(inputs, context) if task.plan and not asked else None
        if call is None:
            break
        asked = yield from _passed_on(box.ask([ToolCall("", call.tool, as_json(call.arguments))]), recording)
    if asked:
        return
    output = task.draft(inputs, context)
    told = what_was_told(task, context, recording.id, canary=False)
    checks = run_checks(all_checks(task, context.actor, told), inputs, output, context.language)
    yield TaskFinished(recording.done(output, checks, raw="", repaired=False))


def _nothing() -> Generator[TaskEvent[Any], None, bool]:
    return False
    yield


def _passed_on(
    events: Iterator[ToolUsed | ToolAsked], recording: Recording[In, Out]
) -> Generator[TaskEvent[Any], None, bool]:
    """The toolbox's events; True where the run has to wait for a person, which is then recorded."""
    for event in events:
        if isinstance(event, ToolAsked):
            recording.pause()
            yield event
            return True
        yield event
    return False


def _generated(
    task: Task[In, Out],
    inputs: In,
    context: Context,
    engine: TextEngine,
    prompt: Prompt,
    recording: Recording[In, Out],
) -> Iterator[TaskEvent[Out]]:
    settings = engine_settings(engine.name)
    recording.price = price_of(settings, engine.model)
    asking = Asking(task, inputs, context, engine, prompt, settings.timeout, canary_of(recording.id))
    box = Toolbox(task, context, recording.id, steered=True)
    if task.tools and (yield from _passed_on(box.go_on(), recording)):
        return
    attempt, complaint = 1, ""
    while attempt <= ROUNDS:
        request = asking.request(box)
        calls = yield from _round(task, context, engine, recording, request, attempt, asking)
        try:
            if not calls:
                calls, text = asking.read(recording.text)
            if calls:
                if box.rounds() >= MOST_ROUNDS:
                    raise AnswerInvalid(TOO_MANY_CALLS, engine=info(engine.name).title, partial=recording.text)
                if (yield from _passed_on(box.ask(calls, recording.text), recording)):
                    return
                asking.forget_repair()
                continue
            output = read_answer(task.output, text)
        except ValidationError as error:
            said_wrong = complaints(error)
            asking.repair(recording.text, said_wrong)
            attempt, complaint = attempt + 1, "; ".join(said_wrong[:3])
            continue
        told = what_was_told(task, context, recording.id, canary=bool(task.tools))
        checks = run_checks(all_checks(task, context.actor, told), inputs, output, context.language)
        yield TaskFinished(recording.done(output, checks, recording.text, repaired=attempt > 1))
        return
    raise AnswerInvalid(DOES_NOT_FIT, engine=info(engine.name).title, reason=complaint, partial=recording.text)


def _round(
    task: Task[In, Out],
    context: Context,
    engine: TextEngine,
    recording: Recording[In, Out],
    request: TextRequest,
    attempt: int,
    asking: Asking[In, Out],
) -> Generator[TaskEvent[Out], None, list[ToolCall]]:
    """One call: its partial outputs, then its calls of tools. ``recording.text`` holds the answer, or what came."""
    with connect() as database:
        title = info(engine.name).title
        so_far = recording.cost or 0.0
        hold(database, context.actor, recording.id, title, request, recording.price, so_far, context.cohort)
    reader, sent = PartialReader(task.output), sum(estimated_tokens(message.text) for message in request.messages)
    recording.text, parts, calls, finished = "", [], [], None
    try:
        for event in engine.stream(request):
            if isinstance(event, TextDelta):
                recording.first_token()
                parts.append(event.text)
                recording.text = "".join(parts)
                recording.partial = reader.read(asking.answer_part(recording.text))
                yield Partial(recording.partial, recording.text, attempt)
            elif isinstance(event, ToolCall):
                calls.append(event)
            else:
                finished = event
    finally:
        if finished is not None or recording.text:
            recording.count(sent, recording.text, finished)
    return calls
