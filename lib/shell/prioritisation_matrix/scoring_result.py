"""Where a round's scores lie: what to talk about first, whether people agree, and what moved since the round before."""

from __future__ import annotations

import streamlit as st

from lib.agreement import RELIABLE, TENTATIVE, Agreement
from lib.catalogue import CRITERIA
from lib.database import connect, scores
from lib.database.scoring import Session
from lib.decide.model import Basis
from lib.decide.scoring.pooling import Difference, agreed, differences, pool
from lib.figures import Figure, Mark
from lib.i18n import _, list_of, ngettext, number, translate
from lib.shell import charts, html, session
from lib.shell.html import element
from lib.shell.marks import basis_markup
from lib.shell.prioritisation_matrix.scoring_form import title_of


def draw(found: Session, round: int | None = None) -> None:
    """One round that is shown, the present one where ``round`` is None."""
    round = found.round if round is None else round
    actor = session.actor()
    with connect() as database:
        given = scores.of_round(database, actor, found.id, round)
        earlier = scores.of_round(database, actor, found.id, round - 1) if round > 1 else []
    raters = len({one.rater for one in given})
    apart = differences(given)
    titles = {case.slug: title_of(case) for case in found.cases}
    if raters == 1:
        html.draw(
            element("p", _("One person has scored: there is nobody to differ from, and no agreement to measure."),
                    class_="toile-null")
        )  # fmt: skip
    elif not apart:
        html.draw(element("p", _("Everybody gave the same scores."), class_="toile-finding"))
    else:
        charts.draw(_figure(apart, titles, raters))
        _notes(apart, titles)
    _agreement(agreed(given), basis=raters)
    if earlier:
        _moved(earlier, given)


def _figure(apart: list[Difference], titles: dict[str, str], raters: int) -> Figure:
    """The cells on which people differ most: median and the middle half."""
    first = apart[0]
    return Figure(
        title=_(
            "You differ most on “{criterion}” of “{title}”",
            criterion=translate(CRITERIA[first.criterion].title),
            title=titles[first.slug],
        ),
        marks=tuple(
            Mark(
                translate(CRITERIA[one.criterion].title),
                one.pooled.median,
                one.pooled.lower,
                one.pooled.upper,
                role="neutral",
                group=titles[one.slug],
                note=list_of([number(value, 0) for value in one.given]),
            )
            for one in apart
        ),
        unit=_("Score from 1 to 5: median and the middle half of the people"),
        interval=_("Middle half"),
        zero=False,
        source=ngettext("Scores of {n} person, given alone", "Scores of {n} people, given alone", raters),
    )


def _notes(apart: list[Difference], titles: dict[str, str]) -> None:
    """What people at either end wrote, without their names."""
    said = [(one, note) for one in apart for note in (one.low_note, one.high_note) if note]
    if not said:
        return
    items = [
        element(
            "li",
            element("strong", f"{titles[one.slug]} · {translate(CRITERIA[one.criterion].title)}"),
            element("p", note),
        )
        for one, note in said
    ]
    html.draw(element("ul", *items, class_="toile-reviews"))


def _agreement(found: Agreement, basis: int) -> None:
    """Krippendorff's alpha in words and numbers."""
    if basis < 2:
        return
    if found.alpha is None:
        value, meaning = "–", _("Nothing varies, or no two people scored the same: agreement can’t be measured.")
    else:
        value = number(found.alpha, 2)
        if found.low is not None and found.high is not None:
            value = _("{n} ({low} to {high})", n=value, low=number(found.low, 2), high=number(found.high, 2))
        meaning = _meaning(found.alpha)
    html.draw(
        element(
            "dl",
            element(
                "div",
                element("dt", _("Agreement (Krippendorff’s alpha, ranked values)")),
                element("dd", value),
                element("dd", meaning, " ", basis_markup(Basis.OPINION), class_="toile-aside"),
            ),
            class_="toile-list",
        )
    )


def _meaning(alpha: float) -> str:
    if alpha >= RELIABLE:
        return _("People agree: the scores can be relied on.")
    if alpha >= TENTATIVE:
        return _("People agree well enough for tentative conclusions.")
    return _("People agree little: talk about the criteria above, then score again.")


def _moved(earlier: list[scores.Score], given: list[scores.Score]) -> None:
    """Whether people came closer since the round before."""
    before, now = pool(earlier), pool(given)
    both = [cell for cell in now if cell in before and before[cell].people > 1]
    if not both:
        return
    closer = sum(now[cell].spread < before[cell].spread for cell in both)
    wider = sum(now[cell].spread > before[cell].spread for cell in both)
    st.markdown(
        _(
            "Since the round before, people came closer on {closer} of {n} points and moved apart on {wider}.",
            closer=closer,
            n=len(both),
            wider=wider,
        )
    )
