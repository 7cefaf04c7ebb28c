"""The types of a generation. ``run_task`` and ``stream_task`` are in ``lib.tasks.run``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from lib.access import Actor
from lib.checks import Check, CheckResult

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
class TaskFinished(Generic[Out]):
    """The stream's last event."""

    run: Run[Out]
