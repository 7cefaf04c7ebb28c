"""The page: one review by its link, or all use cases side by side and the incident log."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from markupsafe import Markup

from lib.catalogue import RISK_CLASS_TITLES
from lib.database import connect
from lib.database.risk_reviews import STATE_TITLES
from lib.errors import NotFound
from lib.govern.risk_review import sheets
from lib.govern.risk_review.overview import Row, finding, rows
from lib.govern.risk_review.saying import answer_said, day
from lib.govern.risk_review.todo import ToDo, to_do, to_do_said
from lib.i18n import _, current_language, ngettext, translate
from lib.navigation import address_of
from lib.shell import errors, html, session
from lib.shell.exports import XLSX, Export, downloads
from lib.shell.html import element
from lib.shell.opening import opening_of
from lib.shell.risk_review import heat, incident_log, one
from lib.shell.risk_review.memory import CASE, MEMORY, PAGE, PILOT


def draw() -> None:
    """The page as its address asks for it."""
    wanted = st.query_params.get(CASE)
    try:
        opened = one.read(wanted, st.query_params.get(PILOT, "")) if wanted else None
    except NotFound as error:
        _all(error)
        return
    if opened is None:
        _all()
        return
    st.button(_("All use cases"), icon=":material/arrow_back:", type="tertiary", on_click=_close)
    with errors.shown():
        one.draw(opened)


def _all(error: NotFound | None = None) -> None:
    """All use cases; above them, why the one that the address names can't be shown."""
    opening_of(PAGE)
    if error is not None:
        errors.show(error)
    with connect() as database:
        found = rows(database, session.actor())
    _choose(found)
    names = (_("Side by side"), _("To be done"), _("Incidents"))
    parts = (_compare, _to_do, incident_log.draw_all)
    for tab, drawn in zip(st.tabs(names, key=MEMORY.widget("all_tabs"), on_change="rerun"), parts, strict=True):
        if tab.open:
            with tab, errors.shown():
                drawn(found)


def _choose(found: list[Row]) -> None:
    """The use case to open."""
    titles = {row.case.slug: row.title for row in found}
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    key = MEMORY.recall("chosen", next(iter(titles)), list(titles))
    slug = left.selectbox(
        _("Use case"), list(titles), format_func=lambda one: titles.get(one, ""), key=key,
        on_change=MEMORY.kept("chosen", key),
    )  # fmt: skip
    if right.button(_("Open its review"), type="primary", icon=":material/verified_user:", key="risk_open"):
        st.query_params.pop(PILOT, None)
        st.query_params[CASE] = str(slug)
        st.rerun()


def _compare(found: list[Row]) -> None:
    """The heat map, as a table that a phone and a screen reader read too."""
    html.draw(element("p", finding(found), class_="toile-finding"))
    heads = (_("Use case"), _("Class"), *heat.names(), _("Known already"), _("Where it stands"))
    heat.draw([_line(row) for row in found], heads)
    html.draw(
        element(
            "p",
            _("Weighted score from 0 (nothing settled) to 100 (all settled): the deeper the tone, the more."),
            " ",
            _("● counts the open questions of which the workbench knows something."),
            class_="toile-source",
        )
    )
    titles = found
    made = Export(
        _("All use cases as XLSX"), "risk_reviews.xlsx", lambda: sheets.overview(titles, current_language()), XLSX
    )
    downloads([made], key="risk_overview")


def _line(row: Row) -> heat.Line:
    link = element(
        "a", row.title, class_="toile-link", data_page=f"{PAGE}?{CASE}={row.case.slug}",
        href=f"{address_of(PAGE, session.language())}&{CASE}={row.case.slug}",
    )  # fmt: skip
    classed = translate(RISK_CLASS_TITLES[row.risk_class]).split(":")[0] if row.risk_class else _("not classed yet")
    state = translate(STATE_TITLES[row.standing.state])
    return heat.Line((link, classed.strip()), heat.values(row.headings, row.score), (_known(row), state), _begun(row))


def _begun(row: Row) -> bool:
    return row.standing.state != "none" or bool(row.score.value)


def _to_do(_found: list[Row]) -> None:
    """What was answered with no or partly, and what lost its evidence: who does what until when."""
    today = dt.date.today().isoformat()
    with connect() as database:
        items = to_do(database, session.actor())
    html.draw(element("p", to_do_said(items, today), class_="toile-finding"))
    if not items:
        return
    heads = (_("Use case"), _("Question"), _("Answer"), _("Owner"), _("Due"))
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    body = element("tbody", *(_item(item, heads, today) for item in items))
    table = element("table", head, body, class_="toile-runs")
    html.draw(element("div", table, class_="toile-table toile-whole", tabindex="0"))
    made = Export(_("To be done, XLSX"), "risk_to_do.xlsx", lambda: sheets.to_do(items, current_language()), XLSX)
    downloads([made], key="risk_to_do")


def _item(item: ToDo, heads: tuple[str, ...], today: str) -> Markup:
    query = f"{CASE}={item.use_case}" + (f"&{PILOT}={item.pilot}" if item.pilot else "")
    link = element(
        "a", item.title, class_="toile-link", data_page=f"{PAGE}?{query}",
        href=f"{address_of(PAGE, session.language())}&{query}",
    )  # fmt: skip
    due = day(item.given.due_on) if item.given.due_on else "–"
    if item.given.due_on and item.given.due_on < today:
        due = _("overdue since {day}", day=due)
    cells = (link, translate(item.control.question), answer_said(item.given), item.given.owner or "–", due)
    return element("tr", *(element("td", cell, data_name=name) for name, cell in zip(heads, cells, strict=True)))


def _known(row: Row) -> Markup | str:
    """Of how many open questions the workbench knows something, in the colour of evidence."""
    if not row.known:
        return "–"
    said = ngettext("{n} of {open} open", "{n} of {open} open", row.known, open=row.score.open)
    return element("span", "● ", said, class_="toile-basis toile-basis-evidence")


def _close() -> None:
    for name in (CASE, PILOT):
        st.query_params.pop(name, None)
