"""Running a task's checks on an output."""

from __future__ import annotations

import logging
from typing import Any

from lib.checks import Check, CheckResult, Finding, Verdict
from lib.i18n import N_

log = logging.getLogger(__name__)

BROKEN = "broken"  # the kind of finding that stands for a check that raised
BROKE_DOWN = N_("This check broke down ({error}), so it says nothing about the text. Read the text with that in mind.")


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
