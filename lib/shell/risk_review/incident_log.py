"""The log of incidents and near-misses: of one use case, or of all with filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from markupsafe import Markup

from lib.access import Right
from lib.database import connect, incidents
from lib.database.incidents import KINDS, SEVERITIES, Entry, Incident
from lib.database.runs import recent
from lib.errors import Overtaken
from lib.govern.risk_review import sheets
from lib.govern.risk_review.incident_words import KIND_NAMES, SEVERITY_NAMES
from lib.govern.risk_review.overview import Row
from lib.govern.risk_review.saying import by_whom, day, moment
from lib.i18n import _, current_language, ngettext, translate
from lib.navigation import address_of
from lib.shell import errors, html, session
from lib.shell.exports import XLSX, Export, downloads
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.risk_review.attaching import is_there
from lib.shell.risk_review.memory import MEMORY
from lib.shell.words import kind_name

# Lines of what was typed stay lines; a hairline parts one entry from the next.
ENTRIES = (
    "[class*=st-key-incident_] dd, [class*=st-key-incident_] p > strong { white-space: pre-line; }"
    " .toile-incident { border-top: 1px solid var(--toile-line); padding-top: 0.8rem; }"
    " .toile-checks.toile-earlier > li { padding-left: 0; }"
)


@dataclass(frozen=True)
class Form:
    """The widgets of one entry, apart by ``name``; ``start`` is what stands in them at first."""

    name: str
    use_case: str
    start: Entry

    def key(self, field: str, offered: tuple[Any, ...] | None = None) -> dict[str, Any]:
        named = f"incident_{self.name}_{field}"
        key = MEMORY.recall(named, getattr(self.start, field), offered)
        return {"key": key, "on_change": MEMORY.kept(named, key)}

    def area(self, label: str, field: str) -> str:
        return str(st.text_area(label, height=80, **self.key(field)))

    def day(self, label: str, field: str) -> str:
        named = f"incident_{self.name}_{field}"
        key = MEMORY.widget(named)
        before = str(MEMORY.state().get(named, getattr(self.start, field)) or "")
        if key not in st.session_state:
            st.session_state[key] = dt.date.fromisoformat(before) if before else None
        found = st.date_input(label, value=None, key=key, format="DD/MM/YYYY")
        written = found.isoformat() if isinstance(found, dt.date) else ""
        if written != before:
            MEMORY.keep(**{named: written})
        return written


def draw_one(use_case: str, title: str) -> None:
    """The log of one use case, and the form for a new entry."""
    with connect() as database:
        found = incidents.listing(database, session.actor(), use_case)
    section(
        _("Incidents and near-misses"),
        _("What happened, and what was changed since. An open severe incident opens the review again."),
    )
    _list(found, {use_case: title}, _("Nothing is logged for this use case. Near-misses count too: write them down."))
    _new({use_case: title})


def draw_all(rows: list[Row]) -> None:
    """The log of all use cases, filtered."""
    titles = {row.case.slug: row.title for row in rows}
    chosen, state, severity = _filters(titles)
    with connect() as database:
        found = incidents.listing(
            database, session.actor(), chosen, None if state is None else state == "open", severity
        )
    counted = ngettext("{n} entry", "{n} entries", len(found))
    still = sum(not one.entry.closed_on for one in found)
    left = ngettext("{n} of them open", "{n} of them open", still)
    html.draw(element("p", f"{counted} · {left}", class_="toile-finding"))
    _list(found, titles, _("Nothing is logged here. Near-misses count too: write them down while they are fresh."))
    _new(titles)


def _filters(titles: dict[str, str]) -> tuple[str | None, str | None, str | None]:
    left, middle, right = st.columns([3, 2, 2])
    every = _("All of them")

    def choose(place: Any, label: str, name: str, named: dict[str, str]) -> str | None:
        key = MEMORY.recall(f"filter_{name}", "", ["", *named])
        picked = place.selectbox(
            label, ["", *named], format_func=lambda one: named.get(one, every), key=key,
            on_change=MEMORY.kept(f"filter_{name}", key),
        )  # fmt: skip
        return str(picked) or None

    chosen = choose(left, _("Use case"), "case", titles)
    state = choose(middle, _("State"), "state", {"open": _("Still open"), "closed": _("Closed entries")})
    severity = choose(right, _("Severity"), "severity", {one: translate(SEVERITY_NAMES[one]) for one in SEVERITIES})
    return chosen, state, severity


def _list(found: Sequence[Incident], titles: dict[str, str], empty: str) -> None:
    if not found:
        html.draw(element("p", empty, class_="toile-null"))
        return
    html.draw(html.stylesheet(ENTRIES))
    opened = str(MEMORY.state().get("incident", ""))
    for one in found:
        with st.container(key=f"incident_{one.id}"):
            html.draw(_said(one, titles))
            _earlier(one)
            if session.actor().may(Right.GOVERN):
                if one.id == opened:
                    with errors.shown():
                        _change(one)
                else:
                    st.button(
                        _("Add what was changed, or correct it"), key=f"incident_open_{one.id}", type="tertiary",
                        on_click=_open, args=(one.id,),
                    )  # fmt: skip
    shown, names = list(found), dict(titles)
    made = Export(
        _("The log as XLSX"), "incidents.xlsx", lambda: sheets.incidents(shown, names, current_language()), XLSX
    )
    downloads([made], key=MEMORY.widget("incidents"))


def _earlier(one: Incident) -> None:
    """What was written of it before: nothing is replaced."""
    if one.version == 1:
        return
    with connect() as database:
        before = incidents.states(database, session.actor(), one.id)[1:]
    with st.expander(ngettext("{n} earlier state", "{n} earlier states", len(before))):
        lines = []
        for entry, person, when in before:
            told = f"{_head(entry)} · {by_whom(person, when)}"
            changed = [element("br"), _("Changed since"), " · ", entry.changed] if entry.changed else []
            lines.append(
                element("li", entry.what, element("br"), element("span", told, class_="toile-verdict"), *changed)
            )
        html.draw(element("ul", *lines, class_="toile-checks toile-earlier"))


def _head(entry: Entry, title: str = "") -> str:
    """When it happened, where, what kind of thing it was, and whether it is closed."""
    closed = _("closed on {day}", day=day(entry.closed_on)) if entry.closed_on else _("open")
    kind = f"{translate(KIND_NAMES[entry.kind])}, {translate(SEVERITY_NAMES[entry.severity])}"
    return " · ".join(part for part in (day(entry.happened_on), title, kind, closed) if part)


def _said(one: Incident, titles: dict[str, str]) -> Markup:
    entry = one.entry
    head = _head(entry, titles.get(one.use_case, one.use_case))
    pairs = ((_("Harm"), entry.harm), (_("Cause"), entry.cause), (_("Changed since"), entry.changed),
             (_("Owner"), entry.owner))  # fmt: skip
    lines = [element("div", element("dt", name), element("dd", said)) for name, said in pairs if said]
    if entry.run:
        lines.append(element("div", element("dt", _("Run")), element("dd", _run_said(entry.run))))
    return element(
        "div",
        element("p", element("strong", entry.what), element("br"), element("span", head, class_="toile-verdict")),
        element("dl", *lines, class_="toile-list") if lines else "",
        element("p", by_whom(one.person, one.changed_at), class_="toile-source"),
        class_="toile-incident",
    )


def _run_said(run: str) -> Markup | str:
    if not is_there(run):
        return _("a run deleted since")
    address = f"{address_of('runs', session.language())}&run={run}"
    return element("a", _("Open the run"), class_="toile-link", data_page=f"runs?run={run}", href=address)


def _open(incident: str) -> None:
    MEMORY.keep(incident=incident)


def _new(titles: dict[str, str]) -> None:
    """The form for a new entry."""
    if not session.actor().may(Right.GOVERN):
        st.caption(_("Your role in this workspace reads the log; it doesn’t write in it."))
        return
    turn = int(MEMORY.state().get("incident_turn", 0))
    with st.expander(_("Log an incident or a near-miss"), icon=":material/add:"), errors.shown():
        slug = next(iter(titles))
        if len(titles) > 1:
            key = MEMORY.recall(f"incident_case_{turn}", slug, list(titles))
            slug = str(
                st.selectbox(
                    _("Use case"), list(titles), format_func=lambda one: titles.get(one, ""), key=key,
                    on_change=MEMORY.kept(f"incident_case_{turn}", key),
                )
            )  # fmt: skip
        start = Entry("near_miss", "minor", dt.date.today().isoformat(), "")
        entry = _ask(Form(f"new{turn}_{'one' if len(titles) == 1 else 'all'}", slug, start), closing=False)
        if st.button(_("Write it down"), type="primary", icon=":material/add:", key="incident_log"):
            with connect() as database:
                incidents.log(database, session.actor(), slug, entry)
            MEMORY.keep(incident_turn=turn + 1)
            st.rerun()


def _change(one: Incident) -> None:
    """The open entry's form; ``seen`` stays while it is open, whoever writes meanwhile."""
    seen_key = f"incident_seen_{session.actor().person}_{one.id}"
    seen = int(st.session_state.setdefault(seen_key, one.version))
    entry = _ask(Form(f"{one.id[-8:]}_{seen}", one.use_case, one.entry), closing=True)
    with st.container(horizontal=True):
        if st.button(_("Save this state"), type="primary", key=f"incident_save_{one.id}"):
            try:
                with connect() as database:
                    incidents.change(database, session.actor(), one.id, entry, version=seen)
            except Overtaken as error:
                names = list(Entry.__dataclass_fields__)
                stem = f"incident_{one.id[-8:]}_{one.version}"
                MEMORY.keep(**{f"{stem}_{name}": getattr(entry, name) for name in names})
                st.session_state[seen_key] = one.version
                errors.show(error)
                return
            st.session_state.pop(seen_key, None)
            MEMORY.keep(incident="")
            st.rerun()
        st.button(_("Close the form"), key=f"incident_shut_{one.id}", on_click=_open, args=("",))


def _ask(form: Form, closing: bool) -> Entry:
    kinds = {one: translate(KIND_NAMES[one]) for one in KINDS}
    severities = {one: translate(SEVERITY_NAMES[one]) for one in SEVERITIES}
    left, middle, right = st.columns(3)
    with left:
        kind = st.selectbox(_("Kind"), KINDS, format_func=kinds.__getitem__, **form.key("kind", KINDS))
    with middle:
        severity = st.selectbox(
            _("Severity"), SEVERITIES, format_func=severities.__getitem__, **form.key("severity", SEVERITIES)
        )
    with right:
        happened = form.day(_("Happened on"), "happened_on")
    what = form.area(_("What happened"), "what")
    first, second = st.columns(2)
    with first:
        harm = form.area(_("Harm: to whom, how much"), "harm")
    with second:
        cause = form.area(_("Cause, as far as known"), "cause")
    changed = form.area(_("What was changed since"), "changed")
    left, middle, right = st.columns(3)
    with left:
        owner = str(st.text_input(_("Owner"), **form.key("owner")))
    with middle:
        run = _run(form)
    with right:
        closed = form.day(_("Closed on"), "closed_on") if closing else ""
    return Entry(str(kind), str(severity), happened, what, run, harm, cause, changed, owner, closed)


def _run(form: Form) -> str:
    """The run that it came from, if there is one."""
    with connect() as database:
        rows = recent(database, session.actor(), 30, use_case=form.use_case)
    names = {"": _("None"), **{row["id"]: f"{kind_name(row['kind'])} · {moment(row['started_at'])}" for row in rows}}
    if form.start.run and form.start.run not in names:
        names[form.start.run] = _("a run deleted since")
    chosen = st.selectbox(
        _("Run"), list(names), format_func=lambda one: names.get(one, ""), **form.key("run", tuple(names))
    )
    return str(chosen or "")
