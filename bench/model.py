"""What a bench reports, and how long things take."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Result:
    """One bench's result. ``value`` and ``baseline`` are in ``unit``; ``ratio`` is value / baseline."""

    name: str
    metric: str
    value: float
    baseline: float
    unit: str
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        """value / baseline; None where the baseline is zero."""
        return self.value / self.baseline if self.baseline else None

    def as_json(self) -> dict[str, Any]:
        """The form that ``--json`` writes."""
        return {**asdict(self), "ratio": self.ratio}


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def alternate(ours: Callable[[], object], theirs: Callable[[], object], turns: int) -> tuple[list[float], list[float]]:
    """Seconds of ``turns`` calls of each, taken in turn so that a machine that slows down slows both."""
    pairs = [(timed(ours), timed(theirs)) for _turn in range(turns)]
    return [ours for ours, _theirs in pairs], [theirs for _ours, theirs in pairs]


def median(values: Sequence[float]) -> float:
    """The middle value: one slow turn does not move it."""
    return statistics.median(values)
