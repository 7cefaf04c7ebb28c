"""Small constant marks: which engine wrote a thing, and what an automatic check says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from lib.checks import Check, Verdict
from lib.checks.spans import CHECK_TITLES
from lib.engines.registry import BUILT_IN
from lib.i18n import _, translate
from lib.shell.html import draw, element
from lib.shell.spans import SIGNS


def engine_mark_markup(engine: str, model: str = "") -> Markup:
    """The mark that stands beside everything an engine wrote."""
    if engine == BUILT_IN:
        said = _("Written by the built-in engine, by rules, without a model")
    else:
        said = _("Written by {model} through {engine}", model=model or engine, engine=engine)
    return element("p", said, class_="toile-engine")


def engine_mark(engine: str, model: str = "") -> None:
    """Draw the mark that says which engine wrote what stands beside it."""
    draw(engine_mark_markup(engine, model))


def checks_markup(results: Sequence[dict[str, Any]], checks: Sequence[Check] = ()) -> Markup:
    """The verdicts of a run's checks as a list, each with its findings.

    ``results`` are rows of ``lib.database.runs.checks_of``; ``checks`` give them their titles.
    """
    known = {check.name: check for check in checks}
    return element("ul", *(_check(row, known.get(row["check_name"])) for row in results), class_="toile-checks")


def _check(row: dict[str, Any], check: Check | None) -> Markup:
    verdict = Verdict(row["verdict"])
    title = translate(check.title) if check else str(row["check_name"])
    findings = [
        element("li", _said(finding)) for finding in row["findings"] if finding["verdict"] != Verdict.PASS.value
    ]
    head = (
        element("span", SIGNS[verdict], class_="toile-sign", aria_hidden="true"),
        element("strong", title),
        " ",
        element("span", translate(CHECK_TITLES[verdict]), class_="toile-verdict"),
    )
    return element("li", *head, *([element("ul", *findings)] if findings else []), class_=f"toile-is-{verdict.value}")


def _said(finding: dict[str, Any]) -> str:
    message: str = finding["message"]
    return translate(message, None, **finding.get("values", {}))
