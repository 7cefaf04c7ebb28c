"""The types of a generation. ``run_task`` and ``stream_task`` are in ``lib.tasks.run``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel

from lib.access import Actor
from lib.checks import Check, CheckResult
from lib.checks.given import ITS_OWN_WORDS, Given
from lib.engines.text.model import Image

if TYPE_CHECKING:
    from lib.tasks.tools import Tool

In = TypeVar("In", bound=BaseModel)
Out = TypeVar("Out", bound=BaseModel)


def _silent(share: float, message: str = "") -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Exchange:
    """One earlier turn of a dialogue: what was asked, and what was answered by the run ``run``."""

    inputs: BaseModel
    output: BaseModel
    run: str = ""


@dataclass(frozen=True)
class ToolResult:
    """What came of one call of a tool. ``arguments`` and ``text`` are JSON; ``text`` is what the engine was told."""

    tool: str
    arguments: str
    status: str  # see lib.database.tool_calls
    text: str


@dataclass(frozen=True)
class Call:
    """The next step of the built-in engine in a task with tools."""

    tool: str
    arguments: dict[str, Any]


@dataclass(frozen=True)
class Context:
    """Everything about one execution that is not its inputs. Nothing of it is global."""

    actor: Actor
    language: str = "en"  # of the output, ISO 639-1; any language on a model, French and English on the built-in engine
    seed: int = 0
    use_case: str = ""
    data_set: str | None = None
    parent: str | None = None  # the run that this one refines
    progress: Callable[..., None] = _silent  # progress(share between 0 and 1, message)
    cancelled: Callable[[], bool] = lambda: False
    history: tuple[Exchange, ...] = ()  # the earlier turns of a dialogue, oldest first
    images: tuple[Image, ...] = ()  # what the engine is to look at; from lib.engines.pictures.prepare; never recorded
    cohort: str = ""  # the bootcamp group whose budget this falls under
    results: tuple[ToolResult, ...] = ()  # of the tools called so far; for the built-in engine's plan and draft
    # A person's answer to a tool that asks first, where one can be had at once; None: the run pauses.
    decide: Callable[[ToolAsked], bool] | None = None


@dataclass(frozen=True)
class Task(Generic[In, Out]):
    """One contract of generation: what the prompt may use, what each engine must return, the draft, the checks.

    ``name`` is also the prompt's file: ``<prompts>/<name>.md``; ``prompts`` is the folder beside the area's module.
    """

    name: str
    title: str  # English message id
    inputs: type[In]
    output: type[Out]
    draft: Callable[[In, Context], Out]
    prompts: Path
    version: str  # of the drafter; recorded with each run of the built-in engine
    checks: tuple[Check, ...] = ()
    max_output_tokens: int = 2_000
    tools: tuple[Tool, ...] = ()
    # The built-in engine's next call, given what ``context.results`` says; None when it is time to draft.
    plan: Callable[[In, Context], Call | None] | None = None
    given: Given = ITS_OWN_WORDS  # how the output may use the inputs, for the checks of numbers and of copies
    foreign_inputs: bool = False  # the inputs hold texts by others: tools that write then ask a person first


@dataclass(frozen=True)
class Run(Generic[Out]):
    """A finished generation as it was recorded. One that failed raises its error instead and is recorded with it."""

    id: str
    task: str
    engine: str
    model: str
    language: str
    output: Out | None
    checks: tuple[CheckResult, ...]
    seconds: float
    first_token_seconds: float | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0
    currency: str = "USD"
    prompt_hash: str | None = None
    repaired: bool = False
    raw: str = ""
    estimated: bool = False  # the server counted no tokens: they, and the cost, are estimated from the texts' length


@dataclass(frozen=True)
class Partial(Generic[Out]):
    """What has come so far: ``output`` holds only the fields that already validate.

    ``attempt`` is 2 while the engine repairs an answer that did not fit; its text then begins anew.
    """

    output: dict[str, Any]
    text: str
    attempt: int = 1


@dataclass(frozen=True)
class ToolUsed:
    """A tool was called, or its call was turned down; ``result.status`` says which."""

    result: ToolResult


@dataclass(frozen=True)
class ToolAsked:
    """The stream's last event where a tool asks first: the run waits for a person. See ``lib.tasks.run.resume_task``.

    ``description`` is the tool's own, ``arguments`` JSON.
    """

    run: str
    tool: str
    description: str
    arguments: str


@dataclass(frozen=True)
class TaskFinished(Generic[Out]):
    """The stream's last event."""

    run: Run[Out]


TaskEvent = Partial[Out] | ToolUsed | ToolAsked | TaskFinished[Out]
