"""Anthropic's messages, through its own SDK; llama.cpp's server speaks them too."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from lib.engines.text.call import Place, StreamedEngine, whole_body
from lib.engines.text.faults import NO_MODEL_SERVER, Origin, in_stream
from lib.engines.text.line import Line
from lib.engines.text.model import Message, TextEvent, TextRequest
from lib.engines.text.reading import Reading, field_of, raisable, token_count
from lib.errors import EngineNotConfigured

COUNTED = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens")


class AnthropicMessages(StreamedEngine):
    """One model behind Anthropic's messages."""

    path = "/v1/messages"

    def _answer(self, request: TextRequest, place: Place, line: Line) -> Iterator[Any]:
        with self.sdk(place, request.timeout, self.transport(request.timeout, line)) as client:
            answer = client.messages.create(**self._body(request))
            with answer:
                kind = answer.response.headers.get("content-type", "").lower()
                if "json" in kind:
                    yield whole_body(answer.response) or {"type": "?"}
                elif "html" in kind:
                    raise EngineNotConfigured(NO_MODEL_SERVER, engine=self.title)
                else:
                    yield from answer

    def sdk(self, place: Place, timeout: float, transport: Any) -> Any:
        import anthropic

        return anthropic.Anthropic(
            # Both are given, so that the SDK takes neither from the environment and sends it to another address.
            api_key=place.key or "none",
            base_url=place.base_url,
            max_retries=0,
            timeout=timeout,
            http_client=transport,
        )

    def events(self, sdk: Any, response: Any) -> Iterator[Any]:
        import anthropic
        from anthropic.types import RawMessageStreamEvent

        kind: Any = RawMessageStreamEvent
        return iter(anthropic.Stream(cast_to=kind, response=response, client=sdk))

    def reading(self, origin: Origin, request: TextRequest) -> Reading:
        answer_tool = request.schema_name if self._forces_tool(request) else ""
        return _MessagesReading(origin, request, self.capabilities.context, answer_tool)

    def _forces_tool(self, request: TextRequest) -> bool:
        return request.schema is not None and self.capabilities.structured == "tool"

    def _body(self, request: TextRequest) -> dict[str, Any]:
        can = self.capabilities
        body: dict[str, Any] = {
            "model": self.model,
            "messages": _turns(request.messages),
            "max_tokens": min(request.max_tokens, can.max_output or request.max_tokens),
            "stream": True,
        }
        system = "\n\n".join(message.text for message in request.messages if message.role == "system")
        if system:
            body["system"] = system
        if request.temperature is not None and can.temperature:
            # The SDK has no such parameter any more; servers and older models still take it.
            body["extra_body"] = {"temperature": request.temperature}
        tools = [
            {"name": tool.name, "description": tool.description, "input_schema": _schema(tool.schema)}
            for tool in request.tools
        ]
        if request.schema is not None and can.structured == "json_schema":
            body["output_config"] = {"format": {"type": "json_schema", "schema": _schema(request.schema)}}
        elif request.schema is not None and self._forces_tool(request):
            tools.append(
                {
                    "name": request.schema_name,
                    "description": "Gives the answer. Call it once, with the whole answer.",
                    "input_schema": _schema(request.schema),
                }
            )
            body["tool_choice"] = {"type": "any"} if request.tools else {"type": "tool", "name": request.schema_name}
        if tools:
            body["tools"] = tools
        return body


def _schema(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema in the form that Anthropic enforces: limits that its grammar lacks move into the descriptions."""
    from anthropic import transform_schema

    return transform_schema(schema)


def _turns(messages: tuple[Message, ...]) -> list[dict[str, Any]]:
    """The messages without the system's; neighbours of one side in one turn, since the sides have to alternate."""
    said = [message for message in messages if message.role != "system"]
    return [
        {"role": side, "content": [block for message in group for block in _blocks(message)]}
        for side, group in groupby(said, key=lambda message: "assistant" if message.role == "assistant" else "user")
    ]


def _blocks(message: Message) -> list[dict[str, Any]]:
    if message.role == "tool":
        return [{"type": "tool_result", "tool_use_id": message.call_id, "content": message.text}]
    blocks: list[dict[str, Any]] = [
        {
            "type": "image",
            "source": {
                "type": "base64",
                "media_type": image.media_type,
                "data": base64.b64encode(image.data).decode(),
            },
        }
        for image in message.images
    ]
    if message.text:
        blocks.append({"type": "text", "text": message.text})
    for call in message.calls:
        blocks.append({"type": "tool_use", "id": call.id, "name": call.name, "input": _input(call.arguments)})
    return blocks


def _input(arguments: str) -> dict[str, Any]:
    """A call's arguments as they were; empty where the model wrote no object, which is what its answer then says."""
    try:
        found = json.loads(arguments)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


class _MessagesReading(Reading):
    """Events of a stream, or one dictionary where the server did not stream.

    ``answer_tool`` is the tool whose arguments are the answer, where the answer is asked for as a tool call.
    """

    def __init__(self, origin: Origin, request: TextRequest, context: int | None, answer_tool: str) -> None:
        super().__init__(origin, request, context)
        self._answer_tool = answer_tool
        self._answering: set[int] = set()
        self._stopped = False

    def events(self, chunk: Any) -> Iterator[TextEvent]:
        kind = field_of(chunk, "type")
        place = field_of(chunk, "index")
        place = place if isinstance(place, int) else 0
        if kind == "error":
            raise raisable(in_stream(chunk, self.origin), self.origin, self.text)
        if kind == "message":
            yield from self._message(chunk)
        elif kind == "message_start":
            self._begin(field_of(chunk, "message"))
        elif kind == "content_block_start":
            yield from self._block(place, field_of(chunk, "content_block"))
        elif kind == "content_block_delta":
            yield from self._delta(place, field_of(chunk, "delta"))
        elif kind == "message_delta":
            self._end_of(field_of(chunk, "delta"), field_of(chunk, "usage"))
        elif kind == "message_stop":
            self._stopped = True
        elif not isinstance(kind, str) or kind == "?":
            raise self.garbled()

    def end(self) -> Iterator[TextEvent]:
        if not self._stopped:
            self.reason = ""  # the reason alone is not the end: the protocol has an event for that
        return super().end()

    def _message(self, message: Any) -> Iterator[TextEvent]:
        self._begin(message)
        for place, block in enumerate(field_of(message, "content") or ()):
            yield from self._block(place, block)
        self._end_of(message, field_of(message, "usage"))
        self._stopped = True

    def _begin(self, message: Any) -> None:
        self.any = True
        model = field_of(message, "model")
        self.model = model if isinstance(model, str) and model else self.model
        self._count(field_of(message, "usage"))

    def _count(self, usage: Any) -> None:
        read = [token_count(field_of(usage, name) or 0) for name in COUNTED]
        if field_of(usage, "input_tokens") is not None:
            self.read = None if None in read else sum(count or 0 for count in read)
        if field_of(usage, "output_tokens") is not None:
            self.written = token_count(field_of(usage, "output_tokens"))

    def _block(self, place: int, block: Any) -> Iterator[TextEvent]:
        if field_of(block, "type") == "tool_use":
            name, given = field_of(block, "name"), field_of(block, "input")
            whole = json.dumps(given, ensure_ascii=False) if given else ""
            if self._answer_tool and name == self._answer_tool:
                self._answering.add(place)
                yield from self.say(whole)
            else:
                self.call(place, field_of(block, "id"), name, whole)
        elif field_of(block, "type") == "text":
            yield from self._words(field_of(block, "text"))

    def _delta(self, place: int, delta: Any) -> Iterator[TextEvent]:
        kind = field_of(delta, "type")
        if kind == "input_json_delta" and place in self._answering:
            yield from self.say(field_of(delta, "partial_json"))
        elif kind == "input_json_delta":
            self.call(place, arguments=field_of(delta, "partial_json"))
        elif kind == "text_delta":
            yield from self._words(field_of(delta, "text"))

    def _words(self, text: Any) -> Iterator[TextEvent]:
        """Text beside an answer that comes as a tool call is talk about it, and no part of it."""
        return iter(()) if self._answer_tool and isinstance(text, str) else self.say(text)

    def _end_of(self, delta: Any, usage: Any) -> None:
        self.any = True
        self._count(usage)
        reason = field_of(delta, "stop_reason")
        if isinstance(reason, str) and reason:
            self.reason = reason
            self.length = reason == "max_tokens"
            self.context_full = reason == "model_context_window_exceeded"
            self.refused = reason == "refusal"
            why = field_of(field_of(delta, "stop_details"), "explanation")
            if self.refused and isinstance(why, str):
                self.refusal.append(why)
