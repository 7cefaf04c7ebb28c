"""A server that answers every chat completion with the same JSON after a given wait, and costs next to nothing itself.

``python -m bench.bulk.server SECONDS FILE``: prints its port; ``FILE`` holds the answer's text; ends with its standard
input. One connection carries one call at a time, as the clients measured here do.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from pathlib import Path


def response(text: str) -> bytes:
    """A whole HTTP answer."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text, "refusal": None}, "finish_reason": "stop"}
    counts = {"prompt_tokens": 310, "completion_tokens": 60, "total_tokens": 370}
    body = {"id": "1", "object": "chat.completion", "created": 1, "model": "loop-1", "choices": [choice]}
    written = json.dumps({**body, "usage": counts}).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(written)}\r\n\r\n"
    return head.encode() + written


class Connection(asyncio.Protocol):
    """One client's connection."""

    def __init__(self, wait: float, answer: bytes) -> None:
        self._wait, self._answer, self._came = wait, answer, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._came += data
        head = self._came.find(b"\r\n\r\n")
        if head < 0:
            return
        fields = self._came[:head].lower()
        place = fields.find(b"content-length:")
        length = int(fields[place + 15 :].split(b"\r\n", 1)[0]) if place >= 0 else 0
        if len(self._came) >= head + 4 + length:
            self._came = self._came[head + 4 + length :]
            assert isinstance(self._transport, asyncio.Transport)
            asyncio.get_running_loop().call_later(self._wait, self._transport.write, self._answer)


async def serve(wait: float, answer: bytes) -> None:
    """Answer until standard input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(wait, answer), "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(float(sys.argv[1]), response(Path(sys.argv[2]).read_text(encoding="utf-8"))))
