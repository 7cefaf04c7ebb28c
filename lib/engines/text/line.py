"""Reading a call's answer in a thread of its own, so that the caller can hang up at any moment.

A blocked ``recv`` cannot be asked to stop and closing its socket from another thread does not wake it; shutting the
socket down does. The transport tells us its sockets through the ``trace`` extension.
"""

from __future__ import annotations

import contextvars
import queue
import socket
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_open: weakref.WeakSet[Line] = weakref.WeakSet()
SLICE = 0.1  # seconds between two looks at whether the person has cancelled


class Line:
    """The connections of one call, or of a ``Caller``."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self.closed = False
        _open.add(self)

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """The transport's report of what it does; connections are remembered, and ended if the caller has gone."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            found = info["return_value"].get_extra_info("socket")
            if isinstance(found, socket.socket):
                with self._lock:
                    self._sockets = [known for known in self._sockets if known.fileno() >= 0]
                    self._sockets.append(found)
                if self.closed:
                    self.hang_up()

    def hang_up(self) -> None:
        """End the connections, whatever their threads are waiting for."""
        self.closed = True
        with self._lock:
            for found in self._sockets:
                with suppress(OSError):
                    # The base class's method: an SSL socket's own one takes its state away under the reading thread.
                    socket.socket.shutdown(found, socket.SHUT_RDWR)


def hang_up_all() -> None:
    """End all connections of this process: it is about to end itself."""
    for line in list(_open):
        line.hang_up()


@dataclass(frozen=True)
class Failure:
    """What ended the reading thread, handed over instead of raised: its text may quote the key."""

    error: Exception


class _End:
    pass


@dataclass(frozen=True)
class Waited(Generic[T]):
    """Nothing new for now; the caller may look at the clock."""


def read_in_thread(produce: Callable[[Line], Iterator[T]]) -> Iterator[T | Failure | Waited[T]]:
    """The items of ``produce`` as they come, ``Waited`` about ten times a second, ``Failure`` last if it fails.

    Closing the iterator hangs up.
    """
    line = Line()
    items: queue.SimpleQueue[T | Failure | _End] = queue.SimpleQueue()

    def work() -> None:
        try:
            for item in produce(line):
                items.put(item)
                if line.closed:
                    return
        except Exception as error:  # noqa: BLE001  handed to the caller's thread, which raises it or says what it means
            items.put(Failure(error))
        else:
            items.put(_End())

    context = contextvars.copy_context()
    threading.Thread(target=lambda: context.run(work), daemon=True, name="engine answer").start()
    try:
        yield from _taken(items)
    finally:
        line.hang_up()


def _taken(items: queue.SimpleQueue[T | Failure | _End]) -> Iterator[T | Failure | Waited[T]]:
    looked = time.monotonic()
    while True:
        try:
            item = items.get(timeout=SLICE)
        except queue.Empty:
            looked = time.monotonic()
            yield Waited()
            continue
        if isinstance(item, _End):
            return
        yield item
        if isinstance(item, Failure):
            return
        # An answer that never pauses still has to let the caller look at the clock.
        if time.monotonic() - looked >= SLICE:
            looked = time.monotonic()
            yield Waited()
