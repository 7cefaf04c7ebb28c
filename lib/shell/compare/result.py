"""The result: preference with its interval, agreement, cost and time beside it, every text under its name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from lib.checks import Verdict
from lib.comparable import Comparable
from lib.database import connect
from lib.database.comparisons import Comparison
from lib.i18n import _, date_time, list_of, money, ngettext, number, percent
from lib.shell import charts, html, session
from lib.shell.compare import findings, taking
from lib.shell.compare.naming import reading, side_titles
from lib.shell.compare.writing import failures
from lib.shell.html import element
from lib.shell.marks import engine_mark_markup
from lib.shell.page import section
from lib.shell.spans import SIGNS
from lib.shell.text import plain
from lib.workbench.outcome import Outcome, SideFacts, outcome, raters
from lib.workbench.tasks import contender


def draw(comparison: Comparison) -> None:
    """Everything about a closed comparison."""
    with connect() as database:
        found = outcome(database, session.actor(), comparison.id)
    how = contender(comparison.task).how
    titles = side_titles(found.sides, how)
    names = raters(found, _("Rater"))
    _preference(found, titles, len(names))
    section(_("Quality, cost and time"))
    html.draw(_table(found, titles))
    _reasons(found, titles, names)
    _texts(found, titles, names, how)
    failures(comparison)
    section(_("Take away"))
    taking.draw(found, titles, names, how)


def _preference(found: Outcome, titles: Sequence[str], people: int) -> None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        if found.votes:
            charts.draw(findings.share_figure(found, titles))
        else:
            html.draw(element("p", findings.finding(found, titles), class_="toile-finding"))
    with right:
        html.draw(_sample(found, people))
        warning = findings.size_warning(found.preference.power, len({vote.input for vote in found.votes}))
        if warning and found.votes:
            html.draw(element("p", warning, class_="toile-null"))
    duels = findings.duel_figure(found, titles)
    if duels is not None:
        charts.draw(duels)


def _sample(found: Outcome, people: int) -> Markup:
    value, meaning = findings.agreement_said(found.agreement)
    closed = found.comparison.closed_at
    said = [
        ngettext("{n} input", "{n} inputs", len(found.shown)),
        ngettext("{n} person voted", "{n} people voted", people),
        ngettext("{n} vote", "{n} votes", len(found.votes)),
    ]
    when = date_time(dt.datetime.fromisoformat(closed).astimezone()) if closed else ""
    kind = _("Blind, in random order") if found.comparison.blind else _("Open: names were shown during the vote")
    facts = [
        (_("Sample"), " · ".join(said), f"{kind} · {when}"),
        (_("Agreement of the raters (Krippendorff’s alpha)"), value, meaning),
    ]
    lines = [
        element("div", element("dt", name), element("dd", first), element("dd", second, class_="toile-aside"))
        for name, first, second in facts
    ]
    return element("dl", *lines, class_="toile-list toile-vote-facts")


def _table(found: Outcome, titles: Sequence[str]) -> Markup:
    """One row a side, what it cost beside how it was judged."""
    heads = (
        _("Side"), _("Preferred"), _("Checks"), _("Cost of a text"), _("First words"), _("Whole text"),
    )  # fmt: skip
    rows = []
    for title, share, facts in zip(titles, found.preference.shares, found.facts, strict=True):
        interval = "" if share is None or share.low is None else f" {_interval(share.low, share.high)}"
        cells: tuple[str | Markup, ...] = (
            _named(title, facts),
            "–" if share is None else f"{percent(share.value)}{interval}",
            _checks(facts),
            _cost(facts),
            _seconds(facts.first_token),
            _seconds(facts.seconds),
        )
        rows.append(
            element("tr", *(element("td", cell, data_name=head) for head, cell in zip(heads, cells, strict=True)))
        )
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    return element("table", head, element("tbody", *rows), class_="toile-runs")


def _interval(low: float | None, high: float | None) -> str:
    """An interval of shares in brackets."""
    return _("({low} to {high})", low=percent(low or 0.0), high=percent(high or 0.0))


def _checks(facts: SideFacts) -> Markup:
    """How many checks gave which verdict, with the same signs as on every page."""
    if not sum(facts.checks.values()):
        return element("span", "–")
    words = {
        Verdict.PASS: _("passed"),
        Verdict.NOTE: _("with a note"),
        Verdict.WARN: _("to check"),
        Verdict.FAIL: _("failed"),
    }
    counted = [(verdict, facts.checks.get(verdict.value, 0)) for verdict in Verdict]
    return element(
        "span",
        list_of([f"{SIGNS[verdict]} {count} {words[verdict]}" for verdict, count in counted if count]),
    )


def _cost(facts: SideFacts) -> str:
    if facts.cost is None:
        return _("unknown")
    if not facts.cost:
        return _("free")
    return money(facts.cost, facts.currency or "EUR", 4 if facts.cost < 0.1 else 2)


def _seconds(value: float | None) -> str:
    return "–" if value is None else _("{n} s", n=number(value, 2 if value < 10 else 0))


def _named(title: str, facts: SideFacts) -> Markup:
    """The side, with the number of its texts that failed where any did."""
    failed = ngettext("{n} failed", "{n} failed", facts.failed) if facts.failed else ""
    return element("span", element("strong", title), f" · {failed}" if failed else "")


def _reasons(found: Outcome, titles: Sequence[str], names: dict[str, str]) -> None:
    given = [vote for vote in found.votes if vote.reason]
    if not given:
        return
    with st.expander(ngettext("{n} reason", "{n} reasons", len(given)), icon=":material/format_quote:"):
        html.draw(
            element(
                "ul",
                *(
                    element(
                        "li",
                        element("strong", _("No difference") if vote.side is None else titles[vote.side]),
                        " ",
                        element("span", f"{names[vote.person]} · {found.inputs[vote.input]}"),
                        element("p", vote.reason),
                    )
                    for vote in given
                ),
                class_="toile-reviews",
            )
        )


def _texts(found: Outcome, titles: Sequence[str], names: dict[str, str], how: Comparable) -> None:
    """One input's texts with their names, engines and votes."""
    section(_("The texts, with their names"))
    places = sorted({text.input for text in found.texts if text.status == "done"})
    if not places:
        return
    place = st.selectbox(_("Input"), places, format_func=found.inputs.__getitem__, key=f"texts_{found.comparison.id}")
    rows = [text for text in found.texts if text.input == place and text.run is not None and text.run["output"]]
    rows = [text for text in rows if text.status == "done"]
    for text, column in zip(rows, st.columns(max(len(rows), 1), gap="large"), strict=True):
        run = text.run or {}
        chosen = [names[vote.person] for vote in found.votes if vote.input == place and vote.side == text.side]
        said = list_of(chosen) if chosen else _("nobody")
        with column:
            html.draw(
                element(
                    "div",
                    element("h3", titles[text.side]),
                    engine_mark_markup(run["engine"], run["model"] or ""),
                    element("p", _("Chosen by: {people}", people=said), class_="toile-source"),
                    reading(how.passages(run["output"])),
                    class_="toile-ballot",
                )
            )
    none = [names[vote.person] for vote in found.votes if vote.input == place and vote.side is None]
    if none:
        st.caption(plain(_("No difference: {people}", people=list_of(none))))
