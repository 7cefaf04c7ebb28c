"""One review: where it stands, then its questions, its class and duties, its sign-off, incidents, what to take away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from lib.catalogue import RISK_CLASS_TITLES
from lib.database import connect, incidents, pilots
from lib.database.people import workspace
from lib.database.pilots import Pilot
from lib.database.risk_reviews import STATE_TITLES, Standing, standing
from lib.files.documents.pdf import MEDIA_TYPE as PDF
from lib.files.documents.word import MEDIA_TYPE as DOCX
from lib.govern.risk_review import card, sheets
from lib.govern.risk_review.dossier import Dossier, dossier
from lib.govern.risk_review.known import facts_of
from lib.govern.risk_review.saying import day, points
from lib.i18n import _, current_language, ngettext, translate
from lib.navigation import address_of, has_page
from lib.shell import errors, html, session
from lib.shell.exports import XLSX, Export, downloads
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.risk_review import checklist, classing, incident_log, sign_off
from lib.shell.risk_review.memory import CASE, MEMORY, PAGE, PILOT


@dataclass(frozen=True)
class Opened:
    """A review with the pilots of its use case, each with where its own review stands."""

    found: Dossier
    pilots: tuple[tuple[Pilot, Standing], ...]


def read(slug: str, pilot: str) -> Opened:
    """One review by its address.

    Raises:
        NotFound: no such use case or pilot in this workspace.
    """
    with connect() as database:
        actor = session.actor()
        found = dossier(database, actor, slug, pilot)
        planned = pilots.listing(database, actor, slug)
        return Opened(found, tuple((one, standing(database, actor, slug, one.id)) for one in planned))


def draw(opened: Opened) -> None:
    """Everything about one review."""
    found = opened.found
    pilot = next((one for one, _standing in opened.pilots if one.id == found.review.pilot), None)
    html.draw(_head(found, pilot.plan.title if pilot else ""))
    if pilot:
        html.draw(element("p", *_whole(found, pilot), class_="toile-source"))
    elif opened.pilots:
        html.draw(element("p", *_of_pilots(found, opened.pilots), class_="toile-source"))
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
    subtitle = _("Pilot “{title}”.", title=pilot) if pilot else ""
    lead = element("p", " ".join(part for part in (subtitle, found.standing.said()) if part), class_="toile-lead")
    return element(
        "header", element("h1", title), lead, element("dl", *facts_told, class_="toile-facts"),
        class_="toile-opening toile-head",
    )  # fmt: skip


def _whole(found: Dossier, pilot: Pilot) -> list[Markup | str]:
    """From a pilot's own review to the use case's and to the pilot."""
    return [
        _link(_("The use case’s review"), PAGE, f"{CASE}={found.review.use_case}"), " · ",
        _link(_("The pilot itself"), "pilots", f"pilot={pilot.id}"),
    ]  # fmt: skip


def _of_pilots(found: Dossier, planned: tuple[tuple[Pilot, Standing], ...]) -> list[Markup | str]:
    """Each pilot's own review, and where it stands: one that has begun has to be passed as well before it is scaled."""
    parts: list[Markup | str] = [_("Pilots have reviews of their own:")]
    for at, (pilot, stands) in enumerate(planned):
        link = _link(pilot.plan.title, PAGE, f"{CASE}={found.review.use_case}&{PILOT}={pilot.id}")
        parts += [" · " if at else " ", link, f" ({translate(STATE_TITLES[stands.state])})"]
    return parts


def _link(said: str, page: str, query: str) -> Markup:
    address = f"{address_of(page, session.language())}&{query}"
    return element("a", said, class_="toile-link", data_page=f"{page}?{query}", href=address)


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
    actor, slug, own = session.actor(), found.review.use_case, found.review.pilot

    def collected() -> card.Card:
        with connect() as database:
            house = workspace(database, actor)
            return card.Card(
                dossier(database, actor, slug, own),
                facts_of(database, actor, found.review),
                incidents.listing(database, actor, slug),
                str(house["house"] or house["name"]),
                dt.date.today().isoformat(),
                pilots.get(database, actor, own).plan.title if own else "",
            )

    def workbook() -> bytes:
        with connect() as database:
            return sheets.answers(database, actor, dossier(database, actor, slug, own), current_language())

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
