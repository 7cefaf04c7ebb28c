"""What the chosen use case's place rests on: each criterion with its score, what that rests on, and its anchors."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from lib.access import Right
from lib.catalogue import CRITERIA, FEASIBILITY_CRITERIA, VALUE_CRITERIA, Criterion, UseCase
from lib.database import connect, weights
from lib.decide.evidence import Offer, offers
from lib.decide.model import Ranking
from lib.decide.portfolio_map import quadrant_name
from lib.decide.ranking import Judged, Standing
from lib.i18n import _, date, ngettext, number, percent, translate
from lib.navigation import address_of, has_page
from lib.shell import folds, html, session
from lib.shell.html import element
from lib.shell.marks import basis_markup
from lib.shell.page import section

ANCHORS = (1, 3, 5)


def draw(stand: Standing, ranking: Ranking, slug: str) -> None:
    """The evidence sheet of one use case."""
    row = ranking.of(slug)
    case = next((one for one in stand.cases if one.slug == slug), None)
    if row is None or case is None:
        return
    html.draw(element("p", _headline(ranking, slug), class_="toile-finding"))
    html.draw(element("p", candidate_summary(case), *_open_link(slug), class_="toile-source"))
    judged = stand.scores()[slug]
    for title, side in ((_("Value"), VALUE_CRITERIA), (_("Feasibility"), FEASIBILITY_CRITERIA)):
        section(title)
        html.draw(_table(stand, case, judged, side))
    with connect() as database:
        found = offers(database, session.actor(), case)
    section(
        _("Measured in this workspace"),
        _("A measurement that speaks directly to a criterion can stand as its score, if you accept it."),
    )
    _offers(stand, slug, found)


def _headline(ranking: Ranking, slug: str) -> str:
    row = ranking.of(slug)
    assert row is not None
    return _(
        "{title}: {quarter}. Place {low} to {high} of {n}, among the first five with a chance of {share}",
        title=row.candidate.title,
        quarter=quadrant_name(row),
        low=number(row.rank.low, 0),
        high=number(row.rank.high, 0),
        n=len(ranking.rows),
        share=percent(row.top),
    )


def candidate_summary(case: object) -> str:
    """One sentence on the use case, in the reader's language or as the house typed it."""
    if isinstance(case, UseCase):
        return translate(case.summary)
    return str(getattr(case, "summary", ""))


def _open_link(slug: str) -> tuple[str | Markup, ...]:
    if not has_page(slug):
        return ()
    address = address_of(slug, session.language())
    return (" ", element("a", _("Try it"), href=address, data_page=slug, class_="toile-link"))


def _table(stand: Standing, case: object, judged: dict[Criterion, Judged], side: tuple[Criterion, ...]) -> Markup:
    heads = (_("Criterion"), _("Score"), _("Rests on"), _("What is known"))
    return folds.table(
        heads, [_row(criterion, judged[criterion], known_of(stand, case, criterion)) for criterion in side]
    )


def _row(criterion: Criterion, one: Judged, known: str) -> folds.Row:
    """The criterion with its anchors, which open on a click; on a phone the rest of the row opens with them."""
    scale = CRITERIA[criterion]
    title = translate(scale.title)
    anchors = element("ul", *(element("li", f"{at} · {translate(scale.anchors[at])}") for at in ANCHORS))
    inside = (element("p", translate(scale.question)), anchors)
    score = element("span", score_said(one), class_="toile-figure")
    mark = basis_markup(one.basis)
    wide = element("details", element("summary", element("strong", title)), *inside)
    return folds.Row(title, html.joined(score, " ", mark), (score, mark, known), inside, wide)


def score_said(one: Judged) -> str:
    """A score with its range."""
    return _("{n} ({low} to {high})", n=number(one.likeliest, 1), low=number(one.low, 1), high=number(one.high, 1))


def known_of(stand: Standing, case: object, criterion: Criterion) -> str:
    """Where a score comes from, in words: the measurement, the people, or the catalogue's reason."""
    slug = str(getattr(case, "slug", ""))
    measured = stand.accepted.get((slug, criterion))
    if measured is not None:
        when = date(dt.datetime.fromisoformat(measured.accepted_at).date())
        return _("{said}. Accepted on {day}.", said=translate(measured.message, None, **measured.values), day=when)
    said = stand.pooled.get((slug, criterion))
    if said is not None:
        return ngettext(
            "Median of {n} person; the middle half between {low} and {high}",
            "Median of {n} people; the middle half between {low} and {high}",
            said.people,
            low=number(said.lower, 1),
            high=number(said.upper, 1),
        )
    if isinstance(case, UseCase):
        return translate(case.scores[criterion].reason)
    return _("Nobody has scored it yet: it may be anything.")


def _offers(stand: Standing, slug: str, found: list[Offer]) -> None:
    """What is measured, each with a way to let it count or to take it back."""
    if not found:
        html.draw(
            element(
                "p",
                _("Nothing is measured yet. Try the use case, rate its results and say how many minutes it saved."),
                class_="toile-empty",
            )
        )
    may = session.actor().may(Right.STEER)
    for at, offer in enumerate(found):
        title = translate(CRITERIA[offer.criterion].title)
        with st.container(horizontal=True, vertical_alignment="center", key=f"offer_{slug}_{at}"):
            with st.container(width="stretch"):
                html.draw(_told(title, offer))
            if offer.judged is None:
                st.caption(translate(offer.uncounted), width=260)
            elif may and st.button(
                _("Count it as {score}", score=number(offer.judged.likeliest, 1)), key=f"accept_{slug}_{at}"
            ):
                _accept(offer, offer.judged)
    for measured in [one for (of, _criterion), one in stand.accepted.items() if of == slug]:
        title = translate(CRITERIA[measured.criterion].title)
        if may and st.button(
            _("Count “{criterion}” by people’s scores again", criterion=title), key=f"w_{measured.id}"
        ):
            with connect() as database:
                weights.withdraw(database, session.actor(), slug, measured.criterion)
            st.rerun()


def _told(title: str, offer: Offer) -> Markup:
    """The criterion, the measurement with its mark, and the way to what measured it."""
    reference, link = offer.reference, ""
    if reference.page == "runs" and reference.key:
        address = f"./runs?run={reference.key}&lang={session.language()}"
        link = element("a", _("Its run"), href=address, data_page=f"runs?run={reference.key}", class_="toile-link")
    elif reference.page == "pilots" and reference.key:
        query = f"pilots?pilot={quote(reference.key)}"
        link = element(
            "a", _("The pilot"), href=f"./{query}&lang={session.language()}", data_page=query, class_="toile-link"
        )
    elif has_page(reference.page):
        address = address_of(reference.page, session.language())
        link = element("a", _("Its proof, measured"), href=address, data_page=reference.page, class_="toile-link")
    head = element("p", element("strong", title), " ", basis_markup(reference.basis))
    return element("div", head, element("p", reference.said, " ", link))


def _accept(offer: Offer, judged: Judged) -> None:
    with connect() as database:
        weights.accept(
            database,
            session.actor(),
            offer.slug,
            offer.criterion,
            (judged.low, judged.likeliest, judged.high),
            offer.message,
            offer.values,
            page=offer.reference.page,
            key=offer.reference.key,
            dated=offer.reference.dated,
        )
    st.rerun()
