"""One review: where it stands, then its questions, its class and duties, its sign-off, incidents, what to take away."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from markupsafe import Markup

from lib.catalogue import RISK_CLASS_TITLES
from lib.database import connect, incidents, pilots
from lib.database.people import workspace
from lib.database.risk_facts import facts
from lib.database.risk_reviews import STATE_TITLES
from lib.files.documents.pdf import MEDIA_TYPE as PDF
from lib.files.documents.word import MEDIA_TYPE as DOCX
from lib.govern.risk_review import card, sheets
from lib.govern.risk_review.dossier import Dossier, dossier
from lib.govern.risk_review.saying import day, points
from lib.i18n import _, current_language, ngettext, translate
from lib.navigation import address_of, has_page
from lib.shell import errors, html, session
from lib.shell.exports import XLSX, Export, downloads
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.risk_review import checklist, classing, incident_log, sign_off
from lib.shell.risk_review.memory import MEMORY


def draw(slug: str, pilot: str) -> None:
    """Everything about one review.

    Raises:
        NotFound: no such use case or pilot in this workspace.
    """
    with connect() as database:
        found = dossier(database, session.actor(), slug, pilot)
        name = pilots.get(database, session.actor(), pilot).plan.title if pilot else ""
    html.draw(_head(found, name))
    names = (_("Questions"), _("Class and duties"), _("Sign-off"), _("Incidents"), _("Take away"))
    parts = (checklist.draw, classing.draw, sign_off.draw, _incidents, _take_away)
    key = checklist.tabs_key(found)
    for tab, drawn in zip(st.tabs(names, key=key, on_change="rerun"), parts, strict=True):
        if tab.open:
            with tab, errors.shown():
                drawn(found)


def _head(found: Dossier, pilot: str) -> Markup:
    """Title, where it stands and why, and the facts that an executive asks for."""
    about, score = found.subject, found.score
    classed = translate(RISK_CLASS_TITLES[about.risk_class]) if about.risk_class else _("not classed yet")
    left = ngettext("{n} of {asked} questions open", "{n} of {asked} questions open", score.open, asked=score.asked)
    before = ngettext("{n} required question", "{n} required questions", score.required_open)
    until = day(found.standing.signed_until) if found.standing.signed_until else ""
    facts_told = [
        _fact(_("Where it stands"), translate(STATE_TITLES[found.standing.state]), until),
        _fact(_("Score (0 to 100)"), points(score), left),
        _fact(_("Before a signature"), before if score.required_open else _("all required ones settled")),
        _fact(_("EU AI Act class"), classed),
    ]
    title = _("Risk review: {title}", title=found.title)
    subtitle = _("Pilot “{title}”", title=pilot) if pilot else ""
    lead = element("p", " ".join(part for part in (subtitle, found.standing.said()) if part), class_="toile-lead")
    return element(
        "header", element("h1", title), lead, element("dl", *facts_told, class_="toile-facts"),
        class_="toile-opening toile-head",
    )  # fmt: skip


def _fact(name: str, said: str, aside: str = "") -> Markup:
    lines = [element("dd", said)]
    if aside:
        lines.append(element("dd", aside, class_="toile-aside"))
    return element("div", element("dt", name), *lines)


def _incidents(found: Dossier) -> None:
    incident_log.draw_one(found.review.use_case, found.title)


def _take_away(found: Dossier) -> None:
    """The model card and the answers."""
    section(
        _("Model card with its evidence"),
        _("Purpose, engines, data, measures with intervals, checks, every answer, signatures, incidents, limits."),
    )
    actor, slug = session.actor(), found.review.use_case

    def collected() -> card.Card:
        with connect() as database:
            house = workspace(database, actor)
            return card.Card(
                dossier(database, actor, slug, found.review.pilot),
                facts(database, actor, slug),
                incidents.listing(database, actor, slug),
                str(house["house"] or house["name"]),
                dt.date.today().isoformat(),
            )

    def workbook() -> bytes:
        with connect() as database:
            return sheets.answers(
                database, actor, dossier(database, actor, slug, found.review.pilot), current_language()
            )

    exports = [
        Export("PDF", f"model_card_{slug}.pdf", lambda: card.pdf(collected(), current_language()), PDF),
        Export("DOCX", f"model_card_{slug}.docx", lambda: card.docx(collected(), current_language()), DOCX),
        Export(_("All answers, XLSX"), f"risk_review_{slug}.xlsx", workbook, XLSX),
    ]
    downloads(exports, key=MEMORY.widget("card"))
    if has_page(slug):
        link = element(
            "a", found.title, class_="toile-link", data_page=slug, href=address_of(slug, session.language())
        )  # fmt: skip
        html.draw(element("p", _("The use case itself:"), " ", link, class_="toile-source"))
