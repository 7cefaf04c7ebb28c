"""Running a task's checks on an output."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from lib.access import Actor
from lib.checks import Check, CheckResult, Finding, Verdict
from lib.checks.brand_terms import BrandTerms
from lib.checks.given import NOTHING_TOLD, Told
from lib.checks.house import with_house
from lib.checks.injection import canary_of
from lib.database import connect
from lib.database.house_terms import house_terms
from lib.database.runs import get_run
from lib.database.tool_calls import StoredCall, calls_of
from lib.errors import NotFound
from lib.i18n import N_
from lib.tasks.model import Context, Task

log = logging.getLogger(__name__)

BROKEN = "broken"  # the kind of finding that stands for a check that raised
BROKE_DOWN = N_("This check broke down ({error}), so it says nothing about the text. Read the text with that in mind.")


def all_checks(task: Task[Any, Any], actor: Actor, told: Told = NOTHING_TOLD) -> tuple[Check, ...]:
    """The task's own checks and those that the actor's house has every text read by, with the names it added."""
    with connect() as database:
        return with_house(task.checks, terms_of(database, actor), task.given, told)


def what_was_told(task: Task[Any, Any], context: Context, run_id: str, canary: bool) -> Told:
    """What an engine was told in a run beside its inputs; with ``canary`` its instructions held the run's own."""
    earlier: list[Any] = [turn.inputs for turn in context.history]
    if not task.tools:
        return Told(earlier=tuple(earlier))
    with connect() as database:
        calls = calls_of(database, context.actor, run_id)
        before = [calls_of(database, context.actor, turn.run) for turn in context.history if turn.run]
    earlier += [value for turn in before for _tool, value in _results(turn)]
    wrote = tuple(call.arguments for call in calls)
    return Told(_results(calls), tuple(earlier), wrote, (canary_of(run_id),) if canary else ())


def recorded_told(database: Database, actor: Actor, task: Task[Any, Any], run_id: str) -> Told:
    """What the engine of a recorded run was told beside its inputs: its tools' results, and what earlier turns had."""
    if not task.tools:
        return NOTHING_TOLD
    calls = calls_of(database, actor, run_id)
    earlier: list[Any] = []
    for turn in _turns_before(database, actor, task, run_id):
        earlier += [turn["inputs"], *(value for _tool, value in _results(calls_of(database, actor, turn["id"])))]
    return Told(_results(calls), tuple(earlier), tuple(call.arguments for call in calls), (canary_of(run_id),))


def _turns_before(database: Database, actor: Actor, task: Task[Any, Any], run_id: str) -> Iterator[dict[str, Any]]:
    """The runs of the same conversation, the latest first; it breaks off where one was erased."""
    at = get_run(database, actor, run_id)["parent_id"]
    while at:
        try:
            turn = get_run(database, actor, at)
        except NotFound:
            return
        if turn["task"] != task.name:
            return
        yield turn
        at = turn["parent_id"]


def _results(calls: Sequence[StoredCall]) -> tuple[tuple[str, Any], ...]:
    return tuple((call.tool, decoded(call.result)) for call in calls if call.result)


def decoded(text: str) -> Any:
    """A tool's result as it was before it was coded for the engine."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def terms_of(database: Database, actor: Actor) -> BrandTerms:
    """The names that the actor's house added and left out, as the checks take them."""
    terms = house_terms(database, actor)
    return BrandTerms(terms.added, terms.left_out)


def run_checks(checks: tuple[Check, ...], inputs: Any, output: Any, language: str) -> tuple[CheckResult, ...]:
    """The verdicts of all checks. One that raises gives a warning of the kind ``BROKEN`` instead of a verdict.

    The output is worth more than the check, and it has been paid for: a defect in a check must not lose it. The defect
    is logged with its place, and the tests hold every task to having no finding of this kind.
    """
    return tuple(_result(check, inputs, output, language) for check in checks)


def _result(check: Check, inputs: Any, output: Any, language: str) -> CheckResult:
    try:
        return check.run(inputs, output, language)
    except Exception as error:
        log.error("the check %s raised %s", check.name, type(error).__name__, exc_info=True)
        values = {"error": type(error).__name__}
        return CheckResult(check.name, (Finding("", Verdict.WARN, BROKE_DOWN, values, kind=BROKEN),))
