"""Do reviewers agree, on what do they differ, and why do outputs come back?"""

from __future__ import annotations

import streamlit as st

from lib.access import DEMO_WORKSPACE
from lib.agreement import RELIABLE, TENTATIVE, Agreement
from lib.database import connect, queue_verdicts
from lib.database.queue_verdicts import VERDICTS
from lib.figures import Figure, Mark
from lib.govern.review_queue.judging import Together, together
from lib.i18n import _, ngettext, number, percent, translate
from lib.shell import charts, html, session
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.review_queue.names import REASON_NAMES, reader_name, verdict_name
from lib.shell.review_queue.tables import table


def draw() -> None:
    """The workspace's verdicts on what is settled, or on which reviewers disagree."""
    with connect() as database:
        rows = queue_verdicts.judged(database, session.actor())
    if not rows:
        html.draw(element("p", _("No verdict yet. Begin under “What waits”."), class_="toile-empty"))
        return
    found = together(rows)
    _outcomes(found)
    section(_("Agreement"))
    if found.agreement.units:
        _agreement(found.agreement)
        _confusion(found)
    else:
        said = _("No output has blind verdicts of two people yet, so agreement can’t be measured.")
        if session.actor().workspace == DEMO_WORKSPACE:
            said += " " + _("In the demo house you are alone with your outputs: create a workspace and invite others.")
        html.draw(element("p", said, class_="toile-null"))
    _reviewers(found)


def _outcomes(found: Together) -> None:
    total = sum(found.outcomes.values())
    if total:
        marks = [Mark(verdict_name(one), found.outcomes.get(one, 0)) for one in VERDICTS]
        good = found.outcomes.get("approved", 0) / total
        title = _("{share} of {n} outputs could go out as they were", share=percent(good), n=number(total))
        charts.draw(Figure(title, tuple(marks), "", kind="bars", number_format="count"))
    if found.disputed:
        st.caption(
            ngettext(
                "On {n} more output the reviewers disagree: one more person decides.",
                "On {n} more outputs the reviewers disagree: one more person decides each.",
                found.disputed,
            )
        )
    if found.reasons:
        marks = [Mark(translate(REASON_NAMES[one]), count) for one, count in found.reasons.items()]
        charts.draw(Figure(_("Why outputs came back"), tuple(marks), "", kind="bars", number_format="count"))


def _agreement(found: Agreement) -> None:
    if found.alpha is None:
        said = _("Everybody always gave the same verdict, so agreement beyond chance can’t be measured.")
        html.draw(element("p", said, class_="toile-null"))
        return
    if found.low is not None and found.high is not None:
        value = _("{alpha} ({low} to {high})", alpha=number(found.alpha, 2), low=number(found.low, 2),
                  high=number(found.high, 2))  # fmt: skip
    else:
        value = number(found.alpha, 2)
    html.draw(element("p", _("Krippendorff’s alpha: {value}", value=value), class_="toile-finding"))
    counted = ngettext(
        "{n} output with several blind verdicts.", "{n} outputs with several blind verdicts.", found.units
    )
    html.draw(element("p", _meaning(found.alpha), " ", counted))


def _meaning(alpha: float) -> str:
    if alpha >= RELIABLE:
        return _("The reviewers agree: a verdict of one of them can be relied on.")
    if alpha >= TENTATIVE:
        return _("The reviewers agree well enough for tentative conclusions: let two people judge what matters.")
    return _("The reviewers agree too little: talk through the cases below, and write down what each reason means.")


def _confusion(found: Together) -> None:
    heads = ("", *(verdict_name(one) for one in VERDICTS))
    lines = []
    for place, one in enumerate(VERDICTS):
        cells = [
            element(
                "td", number(found.confusion.get((one, other), 0)) if at >= place else "", data_name=verdict_name(other)
            )
            for at, other in enumerate(VERDICTS)
        ]
        lines.append(element("tr", element("th", verdict_name(one), scope="row"), *cells))
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    html.draw(element("p", _("Pairs of verdicts on the same output"), class_="toile-overline"))
    made = element("table", head, element("tbody", *lines), class_="toile-runs toile-queue-confusion")
    html.draw(element("div", made, class_="toile-table toile-whole", tabindex="0"))


def _reviewers(found: Together) -> None:
    section(_("Reviewers"))
    lines = []
    for one in found.reviewers:
        upheld = _("{n} of {all}", n=number(one.upheld), all=number(one.shared)) if one.shared else "–"
        lines.append((reader_name(one.identifier, one.person), number(one.verdicts), upheld))
    html.draw(table((_("Who"), _("Verdicts"), _("Upheld, where others judged too")), lines))
    if len(found.reviewers) > 1:
        st.caption(_("Few verdicts say little about a person: read this as a reason to talk, not as a mark."))
