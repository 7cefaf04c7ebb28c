"""The page: one pilot by its link, or all of them and the form for a new one."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from sqlite_utils import Database

from lib.access import DEMO_WORKSPACE, Actor, Right
from lib.catalogue import STEERING_PAGES
from lib.database import connect, pilots
from lib.database.pilots import Pilot
from lib.database.risk_reviews import standing
from lib.decide.pilots import example
from lib.decide.pilots.deciding import ReviewPassed
from lib.decide.pilots.evidence import PAGE, evaluated
from lib.decide.pilots.pack import handed, status_said
from lib.decide.pilots.picture import Evaluated, overview, pilot_figure
from lib.decide.pilots.saying import finding, planned
from lib.errors import NotFound
from lib.files.writers import Sheet, write_xlsx
from lib.i18n import _, current_language, date, translate
from lib.shell import board_pack, charts, errors, html, session
from lib.shell.exports import CSV, XLSX, Export, downloads
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.pilots import one, planning
from lib.shell.text import plain

PARAMETER = "pilot"


def review_passed(pilot: str) -> ReviewPassed:
    """Whether a use case's risk review is passed, and the pilot's own where somebody has begun one."""

    def passed(database: Database, actor: Actor, slug: str) -> bool:
        try:
            own = standing(database, actor, slug, pilot)
            return standing(database, actor, slug).passed and (own.passed or own.state == "none")
        except NotFound:  # a use case of the house's own that is considered no longer
            return False

    return passed


def draw() -> None:
    """The page as its address asks for it."""
    wanted = st.query_params.get(PARAMETER)
    if wanted:
        st.button(_("All pilots"), icon=":material/arrow_back:", type="tertiary", on_click=_close)
        with errors.shown():
            with connect() as database:
                found = pilots.get(database, session.actor(), wanted)
                done = evaluated(database, session.actor(), found)
            one.draw(found, done, review_passed(found.id))
        return
    page = next(page for page in STEERING_PAGES if page.slug == PAGE)
    one.head(translate(page.title), translate(page.summary))
    _all()


def _all() -> None:
    actor = session.actor()
    with connect() as database:
        found = pilots.listing(database, actor)
        results = [done for pilot in found if (done := evaluated(database, actor, pilot)) is not None]
    if results:
        charts.draw(overview(results))
    if found:
        _list(found, results)
    else:
        html.draw(
            element(
                "p",
                _(
                    "No pilot yet. Plan the first one below: choose a use case, and its KPI is proposed; the page then"
                    " says how many figures it takes to show the improvement that you hope for."
                ),
                class_="toile-null",
            )
        )
        if actor.workspace == DEMO_WORKSPACE:
            _example()
    if not actor.may(Right.STEER):
        st.caption(_("Your role in this workspace reads pilots; it doesn’t plan them."))
        return
    made = planning.new()
    if made:
        st.query_params[PARAMETER] = made
        st.rerun()
    if found:
        board_pack.panel(PAGE)


def _example() -> None:
    """An invented pilot as it looks once it is evaluated; its plan and its figures can be taken to try the page."""
    plan = example.plan(dt.date.today())
    outcome = example.outcome(plan)
    said = _("An example: pilot and figures are invented, and nothing of it is kept or counted.")
    html.draw(element("p", said, class_="toile-engine"))
    charts.draw(pilot_figure(plan, outcome))
    one.result_in_words(plan, outcome)
    if not session.actor().may(Right.STEER):
        return
    st.caption(_("To try the page: plan this pilot, then bring its invented figures as your business figures."))
    if st.button(_("Plan this example"), icon=":material/flag:", key="pilot_example"):
        with connect() as database:
            st.query_params[PARAMETER] = pilots.add(database, session.actor(), plan)
        st.rerun()
    downloads(
        [Export(_("Its figures as CSV"), "example_figures.csv", example.figures, CSV)], key="pilot_example_figures"
    )


def _list(found: list[Pilot], results: list[Evaluated]) -> None:
    section(_("Pilots in this workspace"))
    known = {done.pilot.id: finding(done.pilot.plan, done.outcome) for done in results}
    for pilot in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"pilot_{pilot.id}"):
            days = _(
                "{start} to {end}", start=_day(pilot.plan.starts_on), end=_day(pilot.plan.ends_on)
            )  # fmt: skip
            told = _("evaluated") if pilot.id in known else _("not evaluated yet")
            what = known.get(pilot.id) or planned(pilot.plan)
            said = f"**{plain(pilot.plan.title)}**  \n{plain(what)}  \n"
            st.markdown(said + plain(" · ".join((status_said(pilot), days, told))), width="stretch")
            if st.button(_("Open"), key=f"open_{pilot.id}"):
                st.query_params[PARAMETER] = pilot.id
                st.rerun()
    actor = session.actor()  # the file is made in a thread without a session
    made = Export(_("All pilots as XLSX"), "pilots.xlsx", lambda: workbook(actor), XLSX)
    downloads([made], key="pilots")


def workbook(actor: Actor) -> bytes:
    """All pilots as XLSX, in the reader's language."""
    with connect() as database:
        sheets = handed(database, actor, current_language()).sheets
    return write_xlsx([Sheet(sheet.name, sheet.columns, sheet.rows) for sheet in sheets])


def _day(written: str) -> str:
    return date(dt.date.fromisoformat(written), "medium")


def _close() -> None:
    st.query_params.pop(PARAMETER, None)
