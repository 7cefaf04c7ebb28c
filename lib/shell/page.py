"""The rhythm of every use case page: head, then Try, Proof and How it works. A user learns it once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from lib.catalogue import (
    AREA_TITLES,
    RISK_CLASS_NOTE,
    RISK_CLASS_TITLES,
    SOURCE_SECTION_TITLES,
    UseCase,
    use_case,
)
from lib.database import connect
from lib.database.risk_answers import get
from lib.database.risk_reviews import standing
from lib.i18n import _, date, list_of, translate
from lib.navigation import address_of, has_page
from lib.settings import ROOT
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.marks import engine_mark
from lib.shell.proving import proof_tab
from lib.shell.reviewing import review

__all__ = ["engine_mark", "head", "how_it_works", "open_page", "proof_tab", "review", "section"]


def open_page(slug: str, try_it: Callable[[UseCase], None]) -> None:
    """Draw a use case's page. ``try_it`` draws what is the use case's own: data, brief, run, pictures, take-away.

    Only the tab that is open runs, so a Proof costs nothing while somebody is trying.
    """
    case = use_case(slug)
    head(case)
    names = (_("Try"), _("Proof"), _("How it works"))
    tabs = st.tabs(names, key=f"tabs_{slug}_{session.language()}", on_change="rerun")
    for tab, drawn in zip(tabs, (try_it, proof_tab, how_it_works), strict=True):
        if tab.open:
            with tab, errors.shown():
                drawn(case)


def head(case: UseCase) -> None:
    """Title, one sentence, and what an executive asks first: where it belongs, what it moves, how risky it is."""
    lever = case.levers[0] if case.levers else None
    arrow = "" if lever is None else "↑" if lever.direction == "up" else "↓"
    facts = [
        _fact(_("Area"), translate(AREA_TITLES[case.area])),
        _fact(_("Moves"), f"{translate(lever.kpi)}\u00a0{arrow}") if lever else "",
        _risk_class(case),
    ]
    names = {slug: _review_said(case) if slug == "risk_review" else name for slug, name in _beside() if has_page(slug)}
    if links := [_link(slug, name, case.slug) for slug, name in names.items()]:
        facts.append(_fact(_("See also"), *links))
    html.draw(
        element(
            "header",
            element("h1", translate(case.title)),
            element("p", translate(case.summary), class_="toile-lead"),
            element("dl", *facts, class_="toile-facts"),
            class_="toile-opening toile-head",
        )
    )


def _fact(name: str, *said: str | Markup, aside: str = "") -> Markup:
    """A named fact of one or several lines, with a smaller line below where ``aside`` isn't empty."""
    lines = [element("dd", part) for part in said if part]
    return element("div", element("dt", name), *lines, element("dd", aside, class_="toile-aside") if aside else "")


def _beside() -> tuple[tuple[str, str], ...]:
    """The pages that judge and practise what a use case does."""
    return (("prioritisation_matrix", _("Matrix")), ("risk_review", _("Risk review")), ("bootcamp", _("Exercise")))


def _risk_class(case: UseCase) -> Markup:
    """The class that people recorded in the risk review, else the catalogue's starting assessment."""
    risk_class: str = case.risk_class
    note = translate(RISK_CLASS_NOTE)
    if session.known():
        with connect() as database:
            told = get(database, session.actor(), case.slug).classification
        if told is not None:
            risk_class, note = told.risk_class, _("As recorded in its risk review.")
    return _fact(_("Risk class"), translate(RISK_CLASS_TITLES[risk_class]), aside=note)


def _review_said(case: UseCase) -> str:
    """Whether the use case's risk review is passed, as the name of the link to it."""
    if not session.known():  # a visit's first moment: the head stands before the browser has said who reads
        return _("Risk review")
    with connect() as database:
        found = standing(database, session.actor(), case.slug)
    if found.passed:
        return _("Risk review: passed until {day}", day=date(dt.date.fromisoformat(found.signed_until), "medium"))
    return _("Risk review: not passed")


def _link(slug: str, name: str, case: str) -> Markup:
    """A link to a page that opens on this use case."""
    address = f"{address_of(slug, session.language())}&case={case}"
    return element("a", name, href=address, data_page=f"{slug}?case={case}", class_="toile-link")


def _planned() -> None:
    """What will stand beside this use case and isn't there yet: said last, since nobody can go there."""
    names = [name for slug, name in _beside() if not has_page(slug)]
    if names:
        html.draw(element("p", _("Planned beside it: {pages}", pages=list_of(names)), class_="toile-source"))


def section(title: str, note: str = "") -> None:
    """A heading inside a tab, with an optional sentence below it. Both are plain text in the reader's language."""
    sentence = element("p", note) if note else Markup("")
    html.draw(element("div", element("h2", title), sentence, class_="toile-section"))


def how_it_works(case: UseCase) -> None:
    """Method and limits from the use case's own text, then what the catalogue says of it."""
    path = ROOT / "lib" / case.area / "texts" / f"{case.slug}.{session.language()}.md"
    if path.is_file():
        st.markdown(path.read_text(encoding="utf-8"))
    section(_("What it moves, and how to measure it"))
    html.draw(
        element(
            "dl",
            *(_fact(translate(lever.kpi), translate(lever.measured_by)) for lever in case.levers),
            class_="toile-list",
        )
    )
    section(_("What must be there first"))
    needs = ((_("Data"), case.needs.data), (_("Skills"), case.needs.skills), (_("Integration"), case.needs.integration))
    html.draw(element("dl", *(_fact(name, translate(text)) for name, text in needs), class_="toile-list"))
    section(_("Risk"), translate(case.risk_reason))
    section(_("Where it comes from"), translate(case.documented_as))
    html.draw(element("p", translate(SOURCE_SECTION_TITLES[case.source_section]), class_="toile-source"))
    _planned()
