"""Tracebacks in the log that say what broke and where, and nothing of what somebody had typed.

An exception's message often quotes what it stumbled over: a cell, a name, an answer. The log is in nobody's database,
so no deletion would reach it. What is written instead: each place in the code, the exception's kind, and of our own
errors the message without its values, of the system's the reason without the file's name.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from lib.errors import ToileError

DEEPEST = 8  # causes behind an exception


def told(error: BaseException) -> str:
    """One line: the exception's kind and what of its message holds nothing of a person."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, ToileError):
        return f"{kind}: {error.message}"
    if isinstance(error, OSError) and error.strerror:
        return f"{kind}: {error.strerror}"
    return kind


def without_data(error: BaseException) -> str:
    """The traceback of an exception and of its causes, the last one first, as lines."""
    parts, seen, at = [], 0, error
    while seen < DEEPEST:
        parts.append(f"Traceback (most recent call last):\n{_places(at)}{told(at)}")
        before = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
        if before is None:
            break
        at, seen = before, seen + 1
    return "\n\nAfter:\n\n".join(parts)


def _places(error: BaseException) -> str:
    """File, line and function of each step; no line of source: a prompt that somebody wrote has lines, too."""
    steps = traceback.walk_tb(error.__traceback__)
    return "".join(f'  File "{at.f_code.co_filename}", line {line}, in {at.f_code.co_name}\n' for at, line in steps)


def install() -> None:
    """Let every log of this process, and what nobody catches, be told this way; once at its start."""
    logging.Formatter.formatException = _formatted  # type: ignore[method-assign, assignment]
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def _formatted(_self: logging.Formatter, info: object) -> str:
    error = info[1] if isinstance(info, tuple) else None
    return without_data(error) if isinstance(error, BaseException) else ""


def _uncaught(kind: type[BaseException], error: BaseException | None, _place: TracebackType | None) -> None:
    if error is None or issubclass(kind, (SystemExit, KeyboardInterrupt)):
        return
    print(without_data(error), file=sys.stderr)
