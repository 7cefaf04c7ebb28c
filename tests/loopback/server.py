"""A real HTTP server on loopback that speaks OpenAI's chat completions, well or badly.

``with LoopbackServer(answer("Hello")) as server:`` serves that behaviour for every call; with several behaviours, each
call takes the next and the last one stays. ``server.calls`` holds the requests as they came: path, headers, JSON body.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Exchange"], None]
ABSENT: dict[str, Any] = {}


@dataclass
class Call:
    """One request as it came; the names of its headers in small letters."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Exchange:
    """One call being answered."""

    call: Call
    handler: BaseHTTPRequestHandler
    stopped: threading.Event

    def send(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        """A whole answer."""
        self.handler.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()
        self.handler.wfile.write(body)

    def begin(self, kind: str = "text/event-stream") -> None:
        """The head of a stream; it ends when the connection closes."""
        self.handler.send_response(200)
        self.handler.send_header("Content-Type", kind)
        self.handler.send_header("Connection", "close")
        self.handler.end_headers()
        self.handler.close_connection = True

    def write(self, text: str) -> None:
        self.handler.wfile.write(text.encode())
        self.handler.wfile.flush()

    def event(self, data: Any) -> None:
        """One server-sent event."""
        self.write(f"data: {data if isinstance(data, str) else json.dumps(data)}\n\n")

    def wait(self, seconds: float) -> bool:
        """Sleep, shorter when the test ends; False then."""
        return not self.stopped.wait(seconds)


@dataclass
class LoopbackServer:
    """See the module. ``hung_up`` counts the calls whose client went away before the end of the answer."""

    behaviours: list[Behaviour]
    calls: list[Call] = field(default_factory=list)
    hung_up: int = 0

    def __init__(self, *behaviours: Behaviour) -> None:
        self.behaviours, self.calls, self.hung_up = list(behaviours), [], 0
        self._lock, self._stopped = threading.Lock(), threading.Event()

    def __enter__(self) -> LoopbackServer:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                outer._answer(self)

            def log_message(self, format: str, *args: Any) -> None:
                """Silent: the log would say nothing that ``calls`` does not."""

        class Server(ThreadingHTTPServer):
            request_queue_size = 256  # 64 calls may begin at once

        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length", 0))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        content = handler.rfile.read(length)
        form = headers.get("content-type", "").startswith("multipart/form-data")
        body = _fields(headers["content-type"], content) if form else json.loads(content or b"{}")
        call = Call(handler.path, headers, body)
        with self._lock:
            self.calls.append(call)
            behaviour = self.behaviours[min(len(self.calls), len(self.behaviours)) - 1]
        try:
            behaviour(Exchange(call, handler, self._stopped))
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True
            with self._lock:
                self.hung_up += 1


def _fields(kind: str, content: bytes) -> dict[str, Any]:
    """The fields of a form: texts as texts, files as bytes; several of one name ('image[]') as a list."""
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + content)
    found: dict[str, Any] = {}
    for part in message.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        held = part.get_payload(decode=True)
        value = held if part.get_filename() else held.decode()
        found[name] = [*found.get(name, []), value] if name.endswith("[]") else value
    return found


# --- pieces ---------------------------------------------------------------------------------------------------------


def chunk(content: str | None = None, *, finish: str | None = None, **delta: Any) -> dict[str, Any]:
    """One chunk of a stream."""
    said = {**({"content": content} if content is not None else {}), **delta}
    choice = {"index": 0, "delta": said, "finish_reason": finish}
    return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "loop-1", "choices": [choice]}


def usage(read: Any, written: Any) -> dict[str, Any]:
    """The chunk that counts tokens."""
    counts = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": 0}
    return {**chunk(), "choices": [], "usage": counts}


def pieces(text: str, size: int = 5) -> Iterator[str]:
    return (text[place : place + size] for place in range(0, len(text), size))


# --- behaviours -----------------------------------------------------------------------------------------------------


def answer(
    said: str | Callable[[dict[str, Any]], str],
    *,
    read: Any = 11,
    written: Any = 7,
    size: int = 5,
    finish: str = "stop",
) -> Behaviour:
    """A good answer: a text, or what a function of the request's body gives."""

    def behave(exchange: Exchange) -> None:
        exchange.begin()
        text = said(exchange.call.body) if callable(said) else said
        for piece in pieces(text, size):
            exchange.event(chunk(piece))
        exchange.event(chunk(finish=finish))
        if read is not ABSENT:
            exchange.event(usage(read, written))
        exchange.event("[DONE]")

    return behave


def at_once(text: str) -> Behaviour:
    """A good answer by a server that does not stream."""

    def behave(exchange: Exchange) -> None:
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        counts = {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}
        body = {"id": "1", "object": "chat.completion", "model": "loop-1", "choices": [choice], "usage": counts}
        exchange.send(200, json.dumps(body).encode(), "application/json")

    return behave


def error(status: int, message: str = "no", code: str = "", **headers: str) -> Behaviour:
    """An error status with OpenAI's body."""

    def behave(exchange: Exchange) -> None:
        body = {"error": {"message": message, "type": "error", "code": code}}
        exchange.send(status, json.dumps(body).encode(), "application/json", **headers)

    return behave


def echo_of_the_key(status: int = 401) -> Behaviour:
    """A server that quotes the key it was sent, as some do."""

    def behave(exchange: Exchange) -> None:
        error(status, f"Incorrect API key provided: {exchange.call.headers['authorization']}")(exchange)

    return behave


def redirect(to: str) -> Behaviour:
    return lambda exchange: exchange.send(307, b"", "text/plain", Location=to)


def raw(body: str, kind: str = "text/html; charset=utf-8", status: int = 200) -> Behaviour:
    """Any body, such as a page of HTML with status 200."""
    return lambda exchange: exchange.send(status, body.encode(), kind)


def stream_of(events: Iterable[Any]) -> Behaviour:
    """These events, then a clean end of the connection, without the usual last one."""

    def behave(exchange: Exchange) -> None:
        exchange.begin()
        for event in list(events):
            exchange.event(event)

    return behave


def clean_cut(text: str) -> Behaviour:
    """Ends in the middle as if nothing were wrong."""
    return stream_of(chunk(piece) for piece in pieces(text))


def malformed_event(before: str = "") -> Behaviour:
    """JSON that is none, in an event."""
    return stream_of([*(chunk(piece) for piece in pieces(before)), '{"choices": [{"delta": {"content": '])


def refusal(text: str) -> Behaviour:
    return stream_of([chunk(refusal=text), chunk(finish="stop"), "[DONE]"])


def tool_calls(*calls: tuple[str, dict[str, Any] | str], said: str = "", finish: str = "tool_calls") -> Behaviour:
    """Calls of tools: name and arguments (a text where they are no JSON), the arguments in pieces as servers do."""
    events: list[Any] = [chunk(said)] if said else []
    for place, (name, arguments) in enumerate(calls):
        head = {"index": place, "id": f"call-{place}", "type": "function", "function": {"name": name, "arguments": ""}}
        events.append(chunk(tool_calls=[head]))
        written = arguments if isinstance(arguments, str) else json.dumps(arguments)
        events += [
            chunk(tool_calls=[{"index": place, "function": {"arguments": piece}}]) for piece in pieces(written, 7)
        ]
    return stream_of([*events, chunk(finish=finish), usage(11, 7), "[DONE]"])


def vectors(size: int = 3, count: int | None = None) -> Behaviour:
    """Embeddings: for each text its length and zeros; ``count`` where the server gives another number of them."""

    def behave(exchange: Exchange) -> None:
        texts = exchange.call.body["input"][:count]
        rows = [
            {"object": "embedding", "index": place, "embedding": [float(len(text)), *[0.0] * (size - 1)]}
            for place, text in enumerate(texts)
        ]
        body = {
            "object": "list",
            "model": "loop-1",
            "data": rows[::-1],
            "usage": {"prompt_tokens": 5, "total_tokens": 5},
        }
        exchange.send(200, json.dumps(body).encode(), "application/json")

    return behave


def empty_choices() -> Behaviour:
    return stream_of([{**chunk(), "choices": []}, {**chunk(), "choices": []}, "[DONE]"])


def say_chunk(exchange: Exchange, piece: str) -> None:
    """The next words in OpenAI's protocol."""
    exchange.event(chunk(piece))


def hang(
    seconds: float = 60, before: str = "", head: bool = True, say: Callable[[Exchange, str], None] = say_chunk
) -> Behaviour:
    """Says ``before`` (nothing at all with ``head=False``) and then no more."""

    def behave(exchange: Exchange) -> None:
        if head:
            exchange.begin()
            for piece in pieces(before):
                say(exchange, piece)
        exchange.handler.close_connection = True
        until = time.monotonic() + seconds
        while exchange.wait(0.05) and time.monotonic() < until:
            if _gone(exchange.handler.connection):
                raise BrokenPipeError

    return behave


def slow_drip(text: str, every: float, say: Callable[[Exchange, str], None] = say_chunk) -> Behaviour:
    """One character at a time, without end."""

    def behave(exchange: Exchange) -> None:
        exchange.begin()
        while True:
            for letter in text:
                say(exchange, letter)
                if not exchange.wait(every):
                    return

    return behave


def reset(before: str = "", head: bool = True, say: Callable[[Exchange, str], None] = say_chunk) -> Behaviour:
    """Tears the connection down with a TCP reset."""

    def behave(exchange: Exchange) -> None:
        if head:
            exchange.begin()
            for piece in pieces(before):
                say(exchange, piece)
            exchange.wait(0.1)  # lets the client read what was said: a reset throws away what is still on its way
        connection = exchange.handler.connection
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        exchange.handler.close_connection = True
        exchange.handler.wfile.close = lambda: None  # type: ignore[method-assign]
        socket.close(connection.detach())

    return behave


def _gone(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
    finally:
        connection.setblocking(True)
