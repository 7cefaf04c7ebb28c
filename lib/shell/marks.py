"""Small constant marks: which engine wrote a thing, and what an automatic check says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from lib.checks import Check, Finding, Verdict
from lib.checks.known import known_checks
from lib.checks.measured import measured, sentence
from lib.checks.spans import CHECK_TITLES, VERDICT_TITLES
from lib.decide.model import BASIS_NAMES, BASIS_SIGNS, Basis
from lib.engines.registry import BUILT_IN
from lib.i18n import _, ngettext, translate
from lib.shell.html import draw, element
from lib.shell.spans import SIGNS


def engine_mark_markup(engine: str, model: str = "", drawn: bool = False) -> Markup:
    """The mark that stands beside everything an engine wrote, or drew."""
    if drawn and engine == BUILT_IN:
        said = _("Drawn by the built-in engine, by rules, without a model")
    elif drawn:
        said = _("Drawn by {model} through {engine}", model=model or engine, engine=engine)
    elif engine == BUILT_IN:
        said = _("Written by the built-in engine, by rules, without a model")
    else:
        said = _("Written by {model} through {engine}", model=model or engine, engine=engine)
    return element("p", said, class_="toile-engine")


def engine_mark(engine: str, model: str = "", drawn: bool = False) -> None:
    """Draw the mark that says which engine wrote, or drew, what stands beside it."""
    draw(engine_mark_markup(engine, model, drawn))


def basis_markup(basis: Basis) -> Markup:
    """What a number rests on, as a sign and a word: opinion, assumption and evidence are told apart at a glance."""
    sign = element("span", BASIS_SIGNS[basis], class_="toile-basis-sign", aria_hidden="true")
    return element("span", sign, " ", translate(BASIS_NAMES[basis]), class_=f"toile-basis toile-basis-{basis.value}")


def checks_markup(results: Sequence[dict[str, Any]], checks: Sequence[Check] = (), counted: bool = False) -> Markup:
    """The verdicts of a run's checks as a list, each with its findings, or how many where they are told elsewhere.

    ``results`` are rows of ``lib.database.runs.checks_of``; ``checks`` give them their titles.
    """
    known = known_checks(tuple(checks))
    items = (_check(row, known.get(row["check_name"]), counted) for row in results)
    return element("ul", *items, class_="toile-checks")


def _check(row: dict[str, Any], check: Check | None, counted: bool) -> Markup:
    verdict = Verdict(row["verdict"])
    title = translate(check.title) if check else str(row["check_name"])
    objections = [finding for finding in row["findings"] if finding["verdict"] != Verdict.PASS.value]
    said = translate(CHECK_TITLES[verdict])
    if counted and objections:
        said += " · " + ngettext("{n} finding", "{n} findings", len(objections))
    head = (
        element("span", SIGNS[verdict], class_="toile-sign", aria_hidden="true"),
        element("strong", title),
        " ",
        element("span", said, class_="toile-verdict"),
    )
    findings = [] if counted else [element("li", _said(finding)) for finding in objections]
    parts = (*head, *([element("ul", *findings)] if findings else []), *_limits(str(row["check_name"]), check))
    return element("li", *parts, class_=f"toile-is-{verdict.value}")


def _limits(name: str, check: Check | None) -> list[Markup]:
    """What the check can't see and how well it was measured to read: open to see where it is weak, else on demand."""
    result = measured(name)
    told = [text for text in (translate(check.limits) if check and check.limits else "", sentence(name)) if text]
    if not told:
        return []
    if result and result.weak:
        return [element("p", " ".join(reversed(told)), class_="toile-check-limits")]
    shown = element("p", " ".join(told), class_="toile-check-limits")
    return [element("details", element("summary", _("How far to trust this check")), shown, class_="toile-check-trust")]


def _said(finding: dict[str, Any]) -> str:
    message: str = finding["message"]
    return translate(message, None, **finding.get("values", {}))


def findings_markup(
    findings: Sequence[Finding], quoted: Callable[[Finding], str], check_of: Callable[[Finding], str] = lambda one: ""
) -> Markup:
    """Findings right under the field that they are about: sign, the words in question, what is wrong with them.

    ``check_of`` names the check that said it: a weak one says so beside its finding.
    """
    lines = (_finding(found, quoted(found), check_of(found)) for found in findings)
    return element("ul", *lines, class_="toile-checks toile-findings")


def _finding(found: Finding, words: str, check: str) -> Markup:
    said = translate(found.message, None, **found.values)
    return element(
        "li",
        element("span", SIGNS[found.verdict], class_="toile-sign", aria_hidden="true"),
        element("span", translate(VERDICT_TITLES[found.verdict]), class_="toile-verdict"),
        *((" ", element("strong", words)) if words and words not in said else ()),
        " ",
        said,
        *_weakly(check),
        class_=f"toile-is-{found.verdict.value}",
    )


def _weakly(check: str) -> tuple[Markup, ...]:
    """What stands behind a finding of a check that reads poorly."""
    result = measured(check) if check else None
    if result is None or not result.weak:
        return ()
    return (element("span", " ", sentence(check), class_="toile-check-limits"),)
