"""Our one retry loop: timeouts, 429 and 5xx, with growing random waits and a capped Retry-After.

The SDKs' own retries are off: one of them sleeps for as long as the server says, and neither can be cancelled.
A call is tried again only while nothing of its answer has come: a reader never sees the same words twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import TypeVar

from lib.engines.text.faults import Fault
from lib.engines.text.model import TextEvent
from lib.errors import Cancelled
from lib.i18n import N_

STOPPED = N_("The run was stopped. What had come is kept.")
SLICE = 0.1  # seconds between two looks at whether the person has cancelled


@dataclass(frozen=True)
class RetryPolicy:
    """How often and how long. Seconds.

    A server that asks to wait longer than ``longest_wait`` is not tried again: the error says how long it asked for.
    """

    tries: int = 4
    first_wait: float = 0.5
    longest_wait: float = 30.0


class Failed(Exception):
    """One try that failed before any of its answer came."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.error.message)
        self.fault = fault


T = TypeVar("T")


def with_retries(attempt: Callable[[], T], policy: RetryPolicy, cancelled: Callable[[], bool]) -> T:
    """What the first try that succeeds gives.

    ``attempt`` raises ``Failed`` where it could be tried again, and ``EngineError`` otherwise.

    Raises:
        EngineError: of the last try.
        Cancelled: while it waited.
    """
    from tenacity import RetryError, Retrying, retry_if_exception, stop_after_attempt

    loop = Retrying(
        stop=stop_after_attempt(policy.tries),
        retry=retry_if_exception(lambda error: isinstance(error, Failed) and _worth(error.fault, policy)),
        wait=_wait(policy),
        sleep=lambda seconds: _sleep(seconds, cancelled),
        reraise=False,
    )
    try:
        return loop(attempt)
    except RetryError as error:
        last = _last(error.last_attempt.exception())
    except Failed as error:
        last = error.fault
    raise last.error  # outside the handlers: what led to it may quote the key


def stream_with_retries(
    attempt: Callable[[], Generator[TextEvent, None, None]], policy: RetryPolicy, cancelled: Callable[[], bool]
) -> Iterator[TextEvent]:
    """The events of the first try that begins to answer. See ``with_retries``; what has come is never said twice."""

    def first() -> tuple[TextEvent | None, Generator[TextEvent, None, None]]:
        events = attempt()
        return next(events, None), events

    event, events = with_retries(first, policy, cancelled)
    try:
        if event is not None:
            yield event
        yield from events
    finally:
        events.close()


def _last(error: BaseException | None) -> Fault:
    assert isinstance(error, Failed)
    return error.fault


def _worth(fault: Fault, policy: RetryPolicy) -> bool:
    return fault.retry and (fault.retry_after or 0) <= policy.longest_wait


def _wait(policy: RetryPolicy) -> Callable[..., float]:
    """Full jitter (M. Brooker, 'Exponential Backoff And Jitter', 2015), never shorter than the server asks."""
    from tenacity import RetryCallState, wait_random_exponential

    backoff = wait_random_exponential(multiplier=policy.first_wait, max=policy.longest_wait)

    def wait(state: RetryCallState) -> float:
        failed = state.outcome.exception() if state.outcome else None
        asked = failed.fault.retry_after if isinstance(failed, Failed) else None
        return (
            max(asked or 0.0, backoff(state))
            if asked is None
            else min(asked + 0.1 * backoff(state), policy.longest_wait)
        )

    return wait


def _sleep(seconds: float, cancelled: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while True:
        if cancelled():
            raise Cancelled(STOPPED)
        left = until - time.monotonic()
        if left <= 0:
            return
        time.sleep(min(SLICE, left))
