"""Answers that come at once, well or badly, in both protocols: what servers say when they are not asked to stream."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.loopback.server import Behaviour, Exchange


@dataclass(frozen=True)
class Protocol:
    """How one protocol writes an answer, a refusal and an error."""

    name: str
    answer: Callable[..., dict[str, Any]]
    too_long: str
    filtered: str
    refusal: dict[str, Any]
    error: dict[str, Any]


def completion(
    text: Any, *, finish: str | None = "stop", read: Any = 11, written: Any = 7, **more: Any
) -> dict[str, Any]:
    """OpenAI's."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text, **more}, "finish_reason": finish}
    counts = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": 0}
    return {"id": "1", "object": "chat.completion", "model": "loop-1", "choices": [choice], "usage": counts}


def message(
    text: Any, *, finish: str | None = "end_turn", read: Any = 11, written: Any = 7, **more: Any
) -> dict[str, Any]:
    """Anthropic's."""
    content = [{"type": "text", "text": text}] if text is not None else []
    counts = {"input_tokens": read, "output_tokens": written}
    head = {"id": "1", "type": "message", "role": "assistant", "model": "loop-1"}
    return {**head, "content": content, "stop_reason": finish, "usage": counts, **more}


OPENAI = Protocol(
    "openai",
    completion,
    "length",
    "content_filter",
    completion(None, refusal="I would rather not."),
    {"error": {"message": "no"}},
)
ANTHROPIC = Protocol(
    "anthropic",
    message,
    "max_tokens",
    "refusal",
    message(None, finish="refusal", stop_details={"type": "refusal", "explanation": "I would rather not."}),
    {"type": "error", "error": {"type": "api_error", "message": "no"}},
)


def says(body: Any) -> Behaviour:
    """This JSON, or what a function of the request's body gives."""

    def behave(exchange: Exchange) -> None:
        found = body(exchange.call.body) if callable(body) else body
        exchange.send(200, json.dumps(found).encode(), "application/json")

    return behave


def nothing(kind: str = "application/json") -> Behaviour:
    """Status 200 and no body."""
    return lambda exchange: exchange.send(200, b"", kind)


def _head(exchange: Exchange, length: int, body: bytes) -> None:
    exchange.handler.send_response(200)
    exchange.handler.send_header("Content-Type", "application/json")
    exchange.handler.send_header("Content-Length", str(length))
    exchange.handler.end_headers()
    exchange.handler.wfile.write(body)
    exchange.handler.wfile.flush()
    exchange.handler.close_connection = True


def cut(body: dict[str, Any]) -> Behaviour:
    """The first half of an answer, then the end of the connection."""
    whole = json.dumps(body).encode()
    return lambda exchange: _head(exchange, len(whole), whole[: len(whole) // 2])


def torn(body: dict[str, Any]) -> Behaviour:
    """The first half of an answer, then a TCP reset."""
    whole = json.dumps(body).encode()

    def behave(exchange: Exchange) -> None:
        _head(exchange, len(whole), whole[: len(whole) // 2])
        exchange.wait(0.1)  # a reset throws away what is still on its way
        connection = exchange.handler.connection
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        exchange.handler.wfile.close = lambda: None  # type: ignore[method-assign]
        socket.close(connection.detach())

    return behave


def drip(every: float = 0.02) -> Behaviour:
    """One blank at a time, without end: never silent, never done."""

    def behave(exchange: Exchange) -> None:
        _head(exchange, 1_000_000, b"")
        while exchange.wait(every):
            exchange.write(" ")

    return behave


def stuck(body: dict[str, Any]) -> Behaviour:
    """Half of an answer, then silence."""
    whole = json.dumps(body).encode()

    def behave(exchange: Exchange) -> None:
        _head(exchange, len(whole), whole[: len(whole) // 2])
        exchange.wait(60)

    return behave
