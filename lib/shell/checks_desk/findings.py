"""What the checks found in a text: the marked text, a count for each check, and each finding with its fix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from lib.checks import CheckResult, Finding, Verdict
from lib.checks.measured import measured, sentence
from lib.checks.spans import VERDICT_TITLES, segments
from lib.govern.checks_desk.naming import KNOWN, TEXTS, Known
from lib.govern.checks_desk.reading import Asked
from lib.i18n import _, ngettext, translate
from lib.shell import html, spans
from lib.shell.html import element
from lib.shell.marks import findings_markup

MOST_SHOWN = 30  # findings of one check; a text with more is better read in parts
NOT_FOUND = "–"  # no tick: that a check found nothing doesn't make a text right


def empty() -> None:
    """Before there is a text: what will be looked for."""
    html.draw(element("p", _("No text yet. These checks will read it:"), class_="toile-empty"))
    html.draw(
        element(
            "ul",
            *(element("li", element("strong", translate(one.title)), " · ", translate(one.looks_for)) for one in TEXTS),
        )
    )


def draw(asked: Asked, results: Sequence[CheckResult], sample: str) -> None:
    """The result of one text; ``sample`` is the title of the sample that it is, '' for a text of one's own."""
    found = [finding for result in results for finding in result.findings]
    html.draw(element("p", _headline(found), class_="toile-finding", role="status"))
    if sample:
        html.draw(element("p", _("Invented sample: {title}", title=sample), class_="toile-engine"))
    left, right = st.columns([3, 2], gap="large")
    with left:
        html.draw(element("div", spans.markup(segments(asked.text, found)), class_="toile-desk-text", tabindex="0"))
        if found:
            spans.key()
    with right:
        html.draw(_counts(asked, {result.check: result for result in results}))
    for result in results:
        if result.findings:
            html.draw(_group(asked.text, result))


def _headline(found: Sequence[Finding]) -> str:
    if not found:
        return _("No check objects to anything. That is no proof that nothing is wrong: read the text yourself.")
    told = [
        _("{level}: {n}", level=translate(VERDICT_TITLES[verdict]), n=sum(one.verdict is verdict for one in found))
        for verdict in reversed(Verdict)
        if any(one.verdict is verdict for one in found)
    ]
    return " · ".join([ngettext("{n} finding", "{n} findings", len(found)), *told])


def _counts(asked: Asked, results: Mapping[str, CheckResult]) -> Markup:
    order = sorted(TEXTS, key=lambda known: _rank(results.get(known.name)))
    items = [_count(known, results.get(known.name), asked) for known in order]
    return element("ul", *items, class_="toile-checks toile-desk-counts")


def _rank(result: CheckResult | None) -> int:
    """The gravest first, then those that found nothing, then those that didn't run."""
    if result is None:
        return 1
    return -list(Verdict).index(result.verdict) if result.findings else 0


def _count(known: Known, result: CheckResult | None, asked: Asked) -> Markup:
    name = element("strong", translate(known.title))
    if result is None:
        said, sign, style = _not_run(known.name, asked), "·", "toile-desk-none toile-desk-out"
    elif not result.findings:
        said, sign, style = nothing_found(known.name, asked.language), NOT_FOUND, "toile-desk-none"
    else:
        said = ngettext("{n} finding", "{n} findings", len(result.findings))
        sign, style = spans.SIGNS[result.verdict], f"toile-is-{result.verdict.value}"
    return element(
        "li",
        element("span", sign, class_="toile-sign", aria_hidden="true"),
        name,
        " ",
        element("span", said, class_="toile-verdict"),
        class_=style,
        data_check=known.name,
    )


def _not_run(name: str, asked: Asked) -> str:
    if name == "length":
        return _("not run: no limit is set")
    if asked.given.strip():
        return _("not run: too many numbers to compare; try a part of the text")
    return _("not run: no facts or earlier texts are given")


def nothing_found(name: str, language: str = "all") -> str:
    """That a check found nothing, with what that is worth: how much it misses."""
    result = measured(name, language) or measured(name)
    if result is None or result.recall.value is None:
        return _("no finding; how much it misses isn’t measured")
    missed = round(10 * (1 - result.recall.value))
    if not missed:
        return _("no finding")
    return _("no finding; it misses {missed} of 10", missed=missed)


def _group(text: str, result: CheckResult) -> Markup:
    """One check's findings, each with its level, its words and its fix, and how far to trust the check."""

    def quoted(finding: Finding) -> str:
        if finding.start is None or finding.end is None:
            return ""
        words = " ".join(text[finding.start : finding.end].split())
        return words if len(words) <= 90 else words[:89] + "…"

    return element(
        "section",
        element("h3", title(result.check)),
        findings_markup(result.findings[:MOST_SHOWN], quoted),
        *more(len(result.findings) - MOST_SHOWN),
        trust(KNOWN[result.check]),
        class_="toile-desk-group",
    )


def more(left: int) -> list[Markup]:
    """How many findings aren't shown, where there are any."""
    if left <= 0:
        return []
    said = ngettext("{n} more finding isn’t shown.", "{n} more findings aren’t shown.", left)
    return [element("p", said, class_="toile-desk-small")]


def title(name: str) -> str:
    """A check's title in the reader's language."""
    return translate(KNOWN[name].title)


def trust(known: Known, named: bool = False) -> Markup:
    """How well a check was measured to read and what it can't see, on demand; ``named`` where its name isn't near."""
    told = " ".join(text for text in (sentence(known.name), translate(known.limits) if known.limits else "") if text)
    if not told:
        return Markup("")
    name = translate(known.title)
    summary = _("How far to trust this check: {check}", check=name) if named else _("How far to trust this check")
    shown = element("p", told, class_="toile-check-limits")
    return element("details", element("summary", summary), shown, class_="toile-check-trust")
