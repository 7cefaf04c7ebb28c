"""Work of some seconds, off the script: a click stops a running script, and this goes on.

What takes no longer than ``AT_ONCE`` is simply there; of the rest the page shows how far it is. For work of minutes
there is the worker (``lib.shell.background``).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Any, TypeVar

import streamlit as st

from lib.errors import ToileError
from lib.i18n import translate
from lib.shell import session
from lib.shell.text import plain

AT_ONCE = 1.0  # seconds
POLL = 0.6  # seconds
MOST_ENDED = 50  # results that nobody came back for
Found = TypeVar("Found")
Progress = Callable[..., None]


class _Work:
    """One piece of work in a thread of its own: how far it is, and what became of it."""

    def __init__(self, function: Callable[[Progress], Any]) -> None:
        self.share, self.message, self.values = 0.0, "", {}  # type: float, str, dict[str, Any]
        self.found: Any = None
        self.error: BaseException | None = None
        context = copy_context()
        self.thread = threading.Thread(target=lambda: context.run(self._do, function), daemon=True)
        self.thread.start()

    def _do(self, function: Callable[[Progress], Any]) -> None:
        try:
            self.found = function(self.progress)
        except ToileError as error:
            self.error = error
        except BaseException as error:  # told on the page's own thread, where the frame shows it
            self.error = error
            raise

    def progress(self, share: float, message: str = "", **values: Any) -> None:
        """How far it is: ``share`` from 0 to 1 and an English message id with its values."""
        self.share, self.message, self.values = share, message, values


_going: dict[str, _Work] = {}  # by person and work: a refresh finds it again
_lock = threading.Lock()


def _place(key: str) -> str:
    return f"{session.workspace()} {session.person()} {key}"


def going(key: str) -> bool:
    """Whether this person's work of that name was begun and its result not fetched yet."""
    return _place(key) in _going


def result(key: str, function: Callable[[Progress], Found]) -> Found | None:
    """What ``function(progress)`` gives; None while it is under way, of which the page then shows how far.

    Whatever it raises is raised here.
    """
    place = _place(key)
    with _lock:
        work = _going.get(place)
        if work is None:
            _forget()
            work = _going[place] = _Work(function)
    work.thread.join(AT_ONCE)
    if work.thread.is_alive():
        session.fragment(_watch, run_every=POLL)(place)
        return None
    with _lock:
        _going.pop(place, None)
    if work.error is not None:
        raise work.error
    found: Found = work.found
    return found


def _forget() -> None:
    """Drop the oldest results that nobody came back for."""
    ended = [place for place, work in _going.items() if not work.thread.is_alive()]
    for place in ended[: max(len(ended) - MOST_ENDED, 0)]:
        del _going[place]


def _watch(place: str) -> None:
    work = _going.get(place)
    if work is None or not work.thread.is_alive():
        st.rerun()
    else:
        st.progress(work.share, plain(translate(work.message, None, **work.values)) if work.message else "")
