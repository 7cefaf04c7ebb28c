"""Long work off the script's thread, with progress, a stop button and a result that a rerun doesn't lose.

Streamlit ends a running script at the next click; a thread of our own goes on. Work lives as long as the server and
is for what waits for an engine, some seconds long. What computes for long is a job: see ``lib.shell.background``.
"""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import streamlit as st

from lib.errors import ToileError
from lib.i18n import _
from lib.shell import errors, session
from lib.shell.text import plain

THREADS = 2
POLL_SECONDS = 0.5


@dataclass
class Work:
    """One piece of work: ``share`` is between 0 and 1, ``message`` is already in the reader's language."""

    share: float = 0.0
    message: str = ""
    stop: threading.Event = field(default_factory=threading.Event)
    future: Future[Any] | None = None

    def progress(self, share: float, message: str = "") -> None:
        """Called by the work itself, from its thread."""
        self.share = min(max(share, 0.0), 1.0)
        self.message = message or self.message

    @property
    def done(self) -> bool:
        return self.future is not None and self.future.done()


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, thread_name_prefix="work")


_all: dict[tuple[str, str], Work] = {}
_lock = threading.Lock()


def start(key: str, function: Callable[..., Any], *arguments: Any) -> None:
    """Begin ``function(work, *arguments)`` unless work under this key is still going on for this person.

    ``function`` reports through ``work.progress(share, message)`` and ends when ``work.stop.is_set()``. It runs in a
    copy of the script's context, so it speaks the reader's language.
    """
    place = (session.person(), key)
    with _lock:
        if place in _all and not _all[place].done:
            return
        work = _all[place] = Work()
        work.future = _pool().submit(contextvars.copy_context().run, function, work, *arguments)


def running(key: str) -> bool:
    """Whether this person's work under ``key`` still goes on."""
    work = _all.get((session.person(), key))
    return work is not None and not work.done


def stop(key: str) -> None:
    """Ask this person's work under ``key`` to end; what it comes to is nobody's concern any more."""
    work = _all.pop((session.person(), key), None)
    if work is not None:
        work.stop.set()
        if work.future is not None:
            work.future.cancel()  # if it has not begun yet


def outcome(key: str) -> Any:
    """The finished work's result, once: it is forgotten as it is handed over. None where there is none.

    Raises:
        ToileError: the work raised it.
    """
    place = (session.person(), key)
    work = _all.get(place)
    if work is None or not work.done or work.future is None:
        return None
    _all.pop(place, None)
    return work.future.result()


def watch(key: str) -> Any:
    """Show the work's progress while it goes on; hand over its result when it is done, None until then.

    What the work raised as a ``ToileError`` is shown here, and None returned.
    """
    if running(key):
        session.fragment(_progress, run_every=POLL_SECONDS)(key)
        return None
    try:
        return outcome(key)
    except ToileError as error:
        errors.show(error)
        return None


def _progress(key: str) -> None:
    work = _all.get((session.person(), key))
    if work is None or work.done:
        st.rerun()
        return
    st.progress(work.share, plain(work.message or _("Working")))
    if work.stop.is_set():
        st.caption(_("Stopping after the present step."))
    elif st.button(_("Stop"), key=f"stop_{key}"):
        work.stop.set()
