"""Anthropic's protocol for the loopback server: the same behaviours as in ``server``, in its events."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tests.loopback import server as s
from tests.loopback.server import Behaviour, Exchange, pieces


def _event(exchange: Exchange, data: Any) -> None:
    kind = data.get("type", "?") if isinstance(data, dict) else "content_block_delta"
    exchange.write(f"event: {kind}\ndata: {data if isinstance(data, str) else json.dumps(data)}\n\n")


def start(read: Any = 11) -> dict[str, Any]:
    message = {"id": "1", "type": "message", "role": "assistant", "content": [], "model": "loop-1", "stop_reason": None}
    return {"type": "message_start", "message": {**message, "usage": {"input_tokens": read, "output_tokens": 1}}}


def words(text: str, place: int = 0) -> dict[str, Any]:
    return {"type": "content_block_delta", "index": place, "delta": {"type": "text_delta", "text": text}}


def text_block(place: int = 0) -> dict[str, Any]:
    return {"type": "content_block_start", "index": place, "content_block": {"type": "text", "text": ""}}


def end(reason: str = "end_turn", written: Any = 7, **more: Any) -> list[dict[str, Any]]:
    delta = {"stop_reason": reason, "stop_sequence": None, **more}
    return [{"type": "message_delta", "delta": delta, "usage": {"output_tokens": written}}, {"type": "message_stop"}]


def say(exchange: Exchange, piece: str) -> None:
    """The next words."""
    _event(exchange, words(piece))


def stream_of(events: Iterable[Any]) -> Behaviour:
    """These events, then a clean end of the connection."""

    def behave(exchange: Exchange) -> None:
        exchange.begin()
        for event in list(events):
            _event(exchange, event)

    return behave


def answer(text: str, *, read: Any = 11, written: Any = 7, reason: str = "end_turn", size: int = 5) -> Behaviour:
    said = [words(piece) for piece in pieces(text, size)]
    stop = {"type": "content_block_stop", "index": 0}
    return stream_of([start(read), {"type": "ping"}, text_block(), *said, stop, *end(reason, written)])


def tool_calls(*calls: tuple[str, dict[str, Any] | str], said: str = "") -> Behaviour:
    """Calls of tools; the arguments in pieces."""
    events: list[Any] = [start()]
    if said:
        events += [text_block(), words(said)]
    for place, (name, arguments) in enumerate(calls, start=len(events) > 1):
        block = {"type": "tool_use", "id": f"call-{place}", "name": name, "input": {}}
        events.append({"type": "content_block_start", "index": place, "content_block": block})
        written = arguments if isinstance(arguments, str) else json.dumps(arguments)
        for piece in pieces(written, 7):
            delta = {"type": "input_json_delta", "partial_json": piece}
            events.append({"type": "content_block_delta", "index": place, "delta": delta})
    return stream_of([*events, *end("tool_use")])


def error(status: int, kind: str = "api_error", message: str = "no", **headers: str) -> Behaviour:
    body = json.dumps({"type": "error", "error": {"type": kind, "message": message}}).encode()
    return lambda exchange: exchange.send(status, body, "application/json", **headers)


def error_event(kind: str, before: str = "") -> Behaviour:
    said = [start(), text_block(), *(words(piece) for piece in pieces(before))]
    return stream_of([*said, {"type": "error", "error": {"type": kind, "message": "no"}}])


def clean_cut(text: str, with_reason: bool = False) -> Behaviour:
    """Ends as if nothing were wrong; ``with_reason`` only the very last event is missing."""
    said = [start(), text_block(), *(words(piece) for piece in pieces(text))]
    return stream_of([*said, *(end()[:1] if with_reason else [])])


def malformed_event(before: str = "") -> Behaviour:
    return stream_of([start(), text_block(), *(words(piece) for piece in pieces(before)), '{"type": "content_block'])


def refusal(text: str, before: str = "") -> Behaviour:
    said = [text_block(), *(words(piece) for piece in pieces(before))] if before else []
    details = {"type": "refusal", "explanation": text, "category": None}
    return stream_of([start(), *said, *end("refusal", stop_details=details)])


def at_once(text: str) -> Behaviour:
    """A server that does not stream."""
    message = {**start()["message"], "content": [{"type": "text", "text": text}], "stop_reason": "end_turn"}
    return s.raw(json.dumps(message), "application/json")
