"""The page: what waits first, then the table by kind, a form for what is new, and the meeting's papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from lib.access import DEMO_WORKSPACE, Actor, Right
from lib.database import artefacts, connect, weekly_table
from lib.database.weekly_table import Entry, Kept
from lib.decide.weekly_table import example
from lib.decide.weekly_table.agenda import URGENCY_NAMES, Agenda, agenda, last_week, waiting
from lib.decide.weekly_table.papers import KIND_NAMES, agenda_docx, details, minutes_docx
from lib.files.pictures import written
from lib.i18n import _, translate
from lib.shell import board_pack, charts, errors, html, session
from lib.shell.day_field import day_field
from lib.shell.exports import Export, downloads
from lib.shell.html import element
from lib.shell.opening import opening_of
from lib.shell.page import section
from lib.shell.page_state import PageState
from lib.shell.pictures import upload_pictures
from lib.shell.text import plain
from lib.shell.weekly_table import settling

SLUG = "weekly_table"
PAGE = PageState(SLUG)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SKETCH_WIDTH = 220  # CSS pixels


def draw() -> None:
    """The page."""
    opening_of(SLUG)
    with connect() as database:
        entries = weekly_table.listing(database, session.actor())
    today = dt.date.today()
    found = agenda(entries, today)
    _waits(found, today)
    if found.empty:
        said = _(
            "Nothing is on the table. Put the first request on it below, with an example and a sketch if you have one."
        )
        html.draw(element("p", said, class_="toile-null"))
        if not entries and session.actor().workspace == DEMO_WORKSPACE:
            _example(today)
    _table(found, today)
    settling.settled(last_week(entries, today).closed, today)
    if session.actor().may(Right.STEER):
        _new()
    else:
        st.caption(_("Your role in this workspace reads the table; it doesn’t put anything on it."))
    _papers(entries, today)
    if entries:
        board_pack.panel(SLUG)


def _waits(found: Agenda, today: dt.date) -> None:
    """How long requests have waited: a picture, or a sentence where all were brought today."""
    figure = waiting(found, today)
    if figure and any(mark.value for mark in figure.marks):
        charts.draw(figure)
    elif figure:
        html.draw(element("p", figure.title, class_="toile-finding"))


def _example(today: dt.date) -> None:
    """An invented week, with the agenda that it makes."""
    invented, sketches = example.entries(today), example.sketches()
    said = _("An example: an invented week of Maison Solène. Nothing of it is kept.")
    html.draw(element("p", said, class_="toile-engine"))
    found = agenda(invented, today)
    _waits(found, today)
    _table(found, today, sketches)
    house = _("Maison Solène, an example")
    made = Export(
        _("Agenda of this example as DOCX"), "agenda_example.docx",
        lambda: agenda_docx(invented, house, today, sketches), DOCX,
    )  # fmt: skip
    downloads([made], key="weekly_example")


def _table(found: Agenda, today: dt.date, example_sketches: Mapping[str, bytes] | None = None) -> None:
    """The open entries by kind; those of an example bring their sketches along and can't be settled."""
    for title, kept in (
        (_("Overdue"), found.overdue),
        (_("Requests of design"), found.requests),
        (_("Offers of engineering"), found.offers),
        (_("Open decisions"), found.decisions),
        (_("Aims of the quarter"), found.aims),
    ):
        if kept:
            section(title)
            for one in kept:
                _entry(one, today, example_sketches)


def _entry(one: Kept, today: dt.date, example_sketches: Mapping[str, bytes] | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"entry_{one.id}"):
        said = f"**{plain(one.entry.title)}**  \n{plain(' · '.join(details(one, today)))}"
        st.markdown(said + (f"  \n{plain(one.entry.detail)}" if one.entry.detail else ""), width="stretch")
        settles = example_sketches is None and session.actor().may(Right.STEER)
        if settles:
            settling.settle(one)
    if one.entry.artefact and example_sketches is not None:
        st.image(example_sketches[one.entry.artefact], width=SKETCH_WIDTH)
    elif one.entry.artefact:
        with connect() as database:
            st.image(artefacts.load(database, session.actor(), one.entry.artefact), width=SKETCH_WIDTH)


def _new() -> None:
    """The form; what is typed stays until it is on the table."""
    section(_("Put something on the table"))
    turn = int(PAGE.state().get("turn", 0))
    kinds: dict[weekly_table.Kind, str] = {kind: translate(name) for kind, name in KIND_NAMES.items()}
    key = PAGE.recall(f"kind{turn}", "request", tuple(kinds))
    kind = st.segmented_control(
        _("What it is"), list(kinds), format_func=kinds.__getitem__, key=key, required=True,
        on_change=PAGE.kept(f"kind{turn}", key),
    )  # fmt: skip
    title = _text(turn, "title", _("In a few words"))
    detail_key = PAGE.recall(f"detail{turn}", "")
    detail = st.text_area(
        _("Example of what it should do") if kind == "request" else _("Description"), key=detail_key, height=80,
        on_change=PAGE.kept(f"detail{turn}", detail_key),
    )  # fmt: skip
    urgency = _urgency(turn) if kind == "request" else "season"
    left, middle, right = st.columns(3)
    with left:
        business = _text(turn, "business", _("Answers on the business side"))
    with middle:
        technical = _text(turn, "technical", _("Answers on the technical side"))
    with right:
        due = day_field(PAGE, f"due{turn}", _("By which day"))
    sketch = upload_pictures(f"sketch{turn}", SLUG, _("Sketch, if there is one")).first if kind == "request" else None
    if st.button(_("Put it on the table"), type="primary", key="weekly_add", icon=":material/add:"):
        entry = Entry(
            kind or "request", title, detail, urgency, business, technical,
            due.isoformat() if due else "",
        )  # fmt: skip
        typed = {"title": title, "detail": detail, "business": business, "technical": technical}
        PAGE.keep(**{f"{name}{turn}": text for name, text in typed.items()})  # what is refused isn't lost
        with errors.shown():
            _add(entry, None if sketch is None else written(sketch.pixels))
            PAGE.keep(turn=turn + 1)
            st.rerun()


def _text(turn: int, name: str, label: str) -> str:
    key = PAGE.recall(f"{name}{turn}", "")
    return str(st.text_input(label, key=key, on_change=PAGE.kept(f"{name}{turn}", key)))


def _urgency(turn: int) -> weekly_table.Urgency:
    names: dict[weekly_table.Urgency, str] = {urgency: translate(name) for urgency, name in URGENCY_NAMES.items()}
    key = PAGE.recall(f"urgency{turn}", "season", tuple(names))
    chosen = st.segmented_control(
        _("Urgency"), list(names), format_func=names.__getitem__, key=key, required=True,
        on_change=PAGE.kept(f"urgency{turn}", key),
    )  # fmt: skip
    return chosen or "season"


def _add(entry: Entry, sketch: bytes | None) -> None:
    """Put an entry on the table, its sketch kept with it; a refused entry leaves no sketch behind."""
    actor = session.actor()
    weekly_table.checked(entry)
    with connect() as database:
        if sketch is not None:
            kept = artefacts.store(database, actor, "sketch.png", sketch, "image/png")
            entry = replace(entry, artefact=kept)
        weekly_table.add(database, actor, entry)


def _papers(entries: Sequence[Kept], today: dt.date) -> None:
    """Agenda and minutes."""
    section(_("For the meeting"), _("The minutes report the last seven days, and what stays open."))
    actor = session.actor()
    house = next((row["house"] or row["name"] for row in session.workspaces() if row["id"] == actor.workspace), "")
    downloads(
        [
            Export(
                _("Agenda as DOCX"),
                "agenda.docx",
                lambda: agenda_docx(entries, house, today, _sketches(actor, entries)),
                DOCX,
            ),
            Export(_("Minutes as DOCX"), "minutes.docx", lambda: minutes_docx(entries, house, today), DOCX),
        ],
        key="weekly",
    )


def _sketches(actor: Actor, entries: Sequence[Kept]) -> dict[str, bytes]:
    """The sketches of what is still open, by their artefacts' ids; called without a session."""
    wanted = [one.entry.artefact for one in entries if one.entry.artefact and not one.closed_at]
    with connect() as database:
        return {name: artefacts.load(database, actor, name) for name in wanted}
