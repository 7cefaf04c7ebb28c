"""How good each check was measured to be, and where it runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lib.checks.given import NOTHING_TOLD, Told
from lib.checks.house import with_house
from lib.checks.measured import Measured, measured
from lib.govern.checks_desk.naming import DOCUMENTS, PICTURES, TEXTS, Known
from lib.tasks import Task

LANGUAGES = ("fr", "en")
# The checks of a task that stand for one of ours under another name: same method, the task's own limits.
ALSO = {"note_length": "length"}
A_MARK = Told(canaries=("a mark",))  # a task with tools gets one in its instructions


@dataclass(frozen=True)
class Standing:
    """A check's results on cases that it had never seen; ``overall`` None where it was never measured on any.

    ``everywhere``: every text that an engine writes is read by it; else ``slugs`` are the use cases in which it runs.
    """

    known: Known
    overall: Measured | None
    by_language: tuple[Measured, ...]
    everywhere: bool
    slugs: tuple[str, ...]


def standings(tasks: Iterable[tuple[str, Task[Any, Any]]]) -> tuple[Standing, ...]:
    """Every check, the weakest of the measured ones first, then those that never were. ``tasks`` with their slug."""
    runs = _runs(tasks)
    slugs = {slug for found in runs.values() for slug in found}
    found = [
        Standing(
            known,
            measured(known.name),
            _by_language(known.name),
            bool(slugs) and runs.get(known.name, set()) == slugs,
            tuple(sorted(runs.get(known.name, ()))),
        )
        for known in (*TEXTS, *DOCUMENTS, *PICTURES)
    ]
    return tuple(sorted(found, key=_order))


def _order(one: Standing) -> tuple[bool, float]:
    value = one.overall.f1.value if one.overall else None
    return one.overall is None, value or 0.0


def _by_language(name: str) -> tuple[Measured, ...]:
    both = [measured(name, language) for language in LANGUAGES]
    return tuple(one for one in both if one is not None and one.cases)


def _runs(tasks: Iterable[tuple[str, Task[Any, Any]]]) -> dict[str, set[str]]:
    runs: dict[str, set[str]] = {}
    for slug, task in tasks:
        told = A_MARK if task.tools else NOTHING_TOLD
        for check in with_house(task.checks, given=task.given, told=told):
            runs.setdefault(ALSO.get(check.name, check.name), set()).add(slug)
    return runs


def weak(found: Sequence[Standing]) -> int:
    """How many are weak by the stated bar."""
    return sum(one.overall is not None and one.overall.weak for one in found)
