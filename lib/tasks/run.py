"""Doing a task: with its drafter, or with a model; at once, or as a stream of partial outputs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from lib.access import Right, require
from lib.database import connect
from lib.engines.prices import Price, estimated_tokens, price_of
from lib.engines.registry import BUILT_IN, engine_settings, info
from lib.engines.registry import engine as engine_called
from lib.engines.text.model import Finished, Message, TextDelta, TextEngine, TextRequest
from lib.engines.text.retry import STOPPED
from lib.errors import AnswerInvalid, Cancelled, EngineRefused
from lib.i18n import N_, language_name, list_of
from lib.tasks.budget import hold
from lib.tasks.checking import run_checks
from lib.tasks.model import Context, In, Out, Partial, Run, Task, TaskFinished
from lib.tasks.partials import PartialReader
from lib.tasks.prompts import Prompt, load_prompt, read_file, render
from lib.tasks.record import Recording
from lib.tasks.sandbox import fill_in
from lib.tasks.schema import complaints, read_answer, strict_schema

WORDING = Path(__file__).with_name("wording")
ROUNDS = 2  # the answer, and one repair

OTHER_LANGUAGE = N_(
    "{engine} writes {languages} only. Choose one of these as the language of the text, or another engine."
)
DOES_NOT_FIT = N_(
    "The answer of {engine} does not fit what was asked for, even after one repair: {reason}. Its text is kept as it "
    "came; try again, or choose another engine."
)


def run_task(task: Task[In, Out], inputs: In, context: Context, engine: str = BUILT_IN) -> Run[Out]:
    """Do ``task`` and wait for its end: a stream collected. See ``stream_task``."""
    for event in stream_task(task, inputs, context, engine):
        if isinstance(event, TaskFinished):
            return event.run
    raise AssertionError("a stream ended without its last event")


def stream_task(
    task: Task[In, Out], inputs: In, context: Context, engine: str = BUILT_IN
) -> Iterator[Partial[Out] | TaskFinished[Out]]:
    """Do ``task`` and give its partial outputs as they come, then the finished run.

    The run is in the database from before the first call until after the last check, whatever happens: an error, a page
    that is left, a server that stops. Nothing starts before the first event is asked for.

    Raises:
        NotAllowed: the actor may not run.
        PromptError: the prompt cannot be filled in.
        EngineError: the engine did not fulfil the task; what had come is in ``partial`` and in the recorded run.
    """
    require(context.actor, Right.RUN)
    _require_language(engine, context.language)
    if engine == BUILT_IN:
        yield _drafted(task, inputs, context)
    else:
        yield from _generated(task, inputs, context, engine_called(engine))


def _require_language(engine: str, language: str) -> None:
    found = info(engine)
    if found.languages and language not in found.languages:
        names = list_of([language_name(code) for code in found.languages])
        raise EngineRefused(OTHER_LANGUAGE, engine=found.title, languages=names)


def _drafted(task: Task[In, Out], inputs: In, context: Context) -> TaskFinished[Out]:
    with Recording(task, inputs, context, BUILT_IN) as recording:
        if context.cancelled():
            raise Cancelled(STOPPED)
        output = task.draft(inputs, context)
        checks = run_checks(task.checks, inputs, output, context.language)
        return TaskFinished(recording.done(output, checks, raw="", repaired=False))


def _generated(
    task: Task[In, Out], inputs: In, context: Context, engine: TextEngine
) -> Iterator[Partial[Out] | TaskFinished[Out]]:
    with connect() as database:
        prompt = load_prompt(database, context.actor, task)
    settings = engine_settings(engine.name)
    with Recording(task, inputs, context, engine.name, engine.model, prompt) as recording:
        recording.price = price_of(settings, engine.model)
        request = _request(task, inputs, context, engine, prompt, settings.timeout)
        for attempt in range(1, ROUNDS + 1):
            yield from _round(task, context, engine, recording, request, attempt)
            try:
                output = read_answer(task.output, recording.text)
            except ValidationError as error:
                said = complaints(error)
                request = _repair(request, recording.text, said)
                continue
            checks = run_checks(task.checks, inputs, output, context.language)
            yield TaskFinished(recording.done(output, checks, recording.text, repaired=attempt > 1))
            return
        raise AnswerInvalid(
            DOES_NOT_FIT, engine=info(engine.name).title, reason="; ".join(said[:3]), partial=recording.text
        )


def _round(
    task: Task[In, Out],
    context: Context,
    engine: TextEngine,
    recording: Recording[In, Out],
    request: TextRequest,
    attempt: int,
) -> Iterator[Partial[Out]]:
    """One call: its partial outputs. ``recording.text`` then holds the answer, or what came of it."""
    _hold_budget(context, engine, recording, request, recording.price)
    reader, sent = PartialReader(task.output), sum(estimated_tokens(message.text) for message in request.messages)
    recording.text, parts, finished = "", [], None
    try:
        for event in engine.stream(request):
            if isinstance(event, TextDelta):
                recording.first_token()
                parts.append(event.text)
                recording.text = "".join(parts)
                recording.partial = reader.read(recording.text)
                yield Partial(recording.partial, recording.text, attempt)
            elif isinstance(event, Finished):
                finished = event
    finally:
        if finished is not None or recording.text:
            recording.count(sent, recording.text, finished)


def _hold_budget(
    context: Context, engine: TextEngine, recording: Recording[In, Out], request: TextRequest, price: Price | None
) -> None:
    with connect() as database:
        hold(database, context.actor, recording.id, info(engine.name).title, request, price, recording.cost or 0.0)


def _request(
    task: Task[In, Out], inputs: In, context: Context, engine: TextEngine, prompt: Prompt, timeout: float
) -> TextRequest:
    system, user = render(prompt, inputs, context)
    schema = strict_schema(task.output)
    if engine.capabilities.structured != "json_schema":
        system = "\n\n".join(filter(None, (system, _wording("json_only", json_schema=_json(schema)))))
    messages = [Message("system", system)] if system else []
    for turn in context.history:
        messages.append(Message("user", render(prompt, turn.inputs, _without_history(context))[1]))
        messages.append(Message("assistant", turn.output.model_dump_json(by_alias=True)))
    return TextRequest(
        messages=(*messages, Message("user", user)),
        schema=schema,
        schema_name=task.output.__name__,
        max_tokens=task.max_output_tokens,
        seed=context.seed,
        timeout=timeout,
        cancelled=context.cancelled,
    )


def _without_history(context: Context) -> Context:
    """The context that an earlier turn is shown in: a turn does not contain the others once more."""
    return replace(context, history=())


def _repair(request: TextRequest, answer: str, said: list[str]) -> TextRequest:
    wish = Message("user", _wording("repair", complaints=said))
    return replace(request, messages=(*request.messages, Message("assistant", answer or "…"), wish))


def _wording(name: str, **values: object) -> str:
    return fill_in(read_file(WORDING, name).user, values, name)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
