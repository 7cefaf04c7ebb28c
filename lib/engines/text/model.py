"""What a text engine takes and gives. An engine streams; a call that doesn't stream is a stream collected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Role = Literal["system", "user", "assistant", "tool"]
Structured = Literal["json_schema", "tool", "json_object", "none"]  # 'tool': Anthropic's forced tool call


@dataclass(frozen=True)
class Image:
    """A picture as it is sent; ``lib.engines.pictures.prepare`` makes one from what a person gave."""

    data: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True)
class ToolCall:
    """The engine asks for a tool; ``arguments`` is JSON as it wrote it."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True)
class ToolSpec:
    """A tool as an engine sees it; ``schema`` is the strict JSON Schema of its arguments."""

    name: str
    description: str
    schema: dict[str, Any]


@dataclass(frozen=True)
class Message:
    """One message of the conversation that an engine continues.

    ``images`` stand in a user's message, ``calls`` in an assistant's; a tool's message answers the call ``call_id``.
    """

    role: Role
    text: str
    images: tuple[Image, ...] = ()
    calls: tuple[ToolCall, ...] = ()
    call_id: str = ""


@dataclass(frozen=True)
class TextRequest:
    """One call. Times are in seconds.

    ``schema`` is a strict JSON Schema (see ``lib.tasks.schema``) or None for free text. ``timeout`` is the longest
    silence that is borne, ``limit`` the longest time for the whole answer; ``cancelled`` is asked ten times a second.
    """

    messages: tuple[Message, ...]
    schema: dict[str, Any] | None = None
    schema_name: str = "answer"
    tools: tuple[ToolSpec, ...] = ()
    max_tokens: int = 2_000
    temperature: float | None = None
    seed: int | None = None
    timeout: float = 60.0
    limit: float = 600.0
    cancelled: Callable[[], bool] = lambda: False


@dataclass(frozen=True)
class TextDelta:
    """The next piece of the answer."""

    text: str


@dataclass(frozen=True)
class Finished:
    """The last event. Token counts are None where the server gave none, or none that can be true."""

    reason: str
    model: str
    input_tokens: int | None = None
    output_tokens: int | None = None


TextEvent = TextDelta | ToolCall | Finished


@dataclass(frozen=True)
class Capabilities:
    """What a model and its server can do; ``lib/engines/models.toml`` and the settings say it, the code asks here."""

    structured: Structured = "json_schema"
    temperature: bool = True
    seed: bool = True
    stream_usage: bool = True  # the server takes stream_options.include_usage
    tokens_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    reasoning_effort: str = ""  # sent as it is where it isn't empty
    tools: bool = False
    vision: bool = False
    embeddings: bool = False
    context: int | None = None  # tokens, input and output together
    max_output: int | None = None
    languages: tuple[str, ...] = ()  # those it can write; empty: any


@dataclass(frozen=True)
class Answer:
    """A stream collected."""

    text: str
    finished: Finished
    tool_calls: tuple[ToolCall, ...] = field(default=())


class TextEngine(Protocol):
    """What fulfils a task with a model. An engine is safe to use from several threads at once."""

    @property
    def name(self) -> str: ...

    @property
    def model(self) -> str: ...

    @property
    def capabilities(self) -> Capabilities: ...

    def stream(self, request: TextRequest) -> Iterator[TextEvent]:
        """The answer as it comes; the last event is ``Finished``. Closing the iterator ends the call.

        Raises:
            EngineError: what happened and what to do; its ``partial`` holds the text that had come.
        """
        ...


def collect(events: Iterator[TextEvent]) -> Answer:
    """The whole answer of a stream."""
    text: list[str] = []
    calls: list[ToolCall] = []
    finished = Finished("", "")
    for event in events:
        match event:
            case TextDelta():
                text.append(event.text)
            case ToolCall():
                calls.append(event)
            case Finished():
                finished = event
    return Answer("".join(text), finished, tuple(calls))
