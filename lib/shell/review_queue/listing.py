"""What waits for the reader: narrowed down, the gravest first, a page at a time; the way in, and the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup

from lib.access import DEMO_WORKSPACE, Right
from lib.database import connect, review_queue
from lib.database.review_queue import MOST_REVIEWERS, Waiting, Wanted
from lib.i18n import _, date_time, language_name, ngettext, number, translate
from lib.navigation import address_of
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.review_queue import desk, first_batch
from lib.shell.review_queue.names import GRAVITY, KEYS
from lib.shell.review_queue.tables import table
from lib.shell.review_queue.wanting import STATE, wanted
from lib.shell.runs.listing import title_of, use_case_title
from lib.shell.text import plain

ON_A_PAGE = 20
LANGUAGES = ("en", "fr")


def draw() -> None:
    """What to do first; the choices, how much waits and the list, where there is something."""
    writing = first_batch.under_way()
    at, found = _found()
    _summary(found)
    if not found.by_use_case:
        _empty(writing)
    else:
        _begin(found)
        _choices(found)
        _page(at, found)
    _several()
    _bring()


def _empty(writing: bool) -> None:
    """Nothing waits: texts to review at a click, or the rows of bulk jobs, which wait only where they are asked for."""
    with connect() as database:
        rows = review_queue.waiting(database, session.actor(), Wanted(bulk=True), limit=1).total
    if rows:
        html.draw(
            element(
                "p",
                ngettext(
                    "{n} row of a bulk job has no verdict. Draw a sample in the next tab, or read them all here.",
                    "{n} rows of bulk jobs have no verdict. Draw a sample in the next tab, or read them all here.",
                    rows,
                ),
            )
        )
    if rows:
        st.button(_("Rows of bulk jobs, too"), type="primary", icon=":material/dataset:", key="queue_rows",
                  on_click=_take_rows)  # fmt: skip
    elif not writing:
        first_batch.offer()
    desk.undo()


def _take_rows() -> None:
    STATE.keep(bulk=True)
    st.session_state[STATE.widget("bulk")] = True


def _begin(found: Waiting) -> None:
    """The way in; where the choices leave nothing, the way back to everything."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if found.total:
            if st.button(_("Start reviewing"), type="primary", icon=":material/play_arrow:", shortcut=KEYS["skip"],
                         key="queue_start"):  # fmt: skip
                with errors.shown():
                    desk.go_on(wanted())
        else:
            st.button(_("Show all that waits"), type="primary", key="queue_all", on_click=_show_all)
        desk.undo()


def _show_all() -> None:
    STATE.keep(use_case="", text_language="")
    for name in ("use_case", "text_language"):
        st.session_state[STATE.widget(name)] = ""


def _bring() -> None:
    """The way in for an output that doesn't wait: by its run's link."""
    if not session.actor().may(Right.GOVERN):
        return
    with st.expander(_("Ask for verdicts on a run that isn’t listed"), icon=":material/add:"):
        given = st.text_input(_("Link or number of the run"), key="queue_bring", max_chars=300)
        if st.button(_("Open it here"), key="queue_open") and given.strip():
            st.query_params[desk.PARAMETER] = given.strip().rpartition("run=")[2].partition("&")[0]
            st.rerun()


def _summary(found: Waiting) -> None:
    every = sum(found.by_use_case.values())
    said = ngettext("{n} output waits for your verdict.", "{n} outputs wait for your verdict.", every)
    html.draw(element("p", said if every else _("Nothing waits for your verdict."), class_="toile-queue-count"))
    if found.elsewhere:
        st.caption(
            ngettext(
                "{n} more that you have judged waits for somebody else.",
                "{n} more that you have judged wait for others.",
                found.elsewhere,
            )
        )


def _choices(found: Waiting) -> None:
    cases = {"": _("All"), **{slug: f"{use_case_title(slug)} ({number(n)})" for slug, n in found.by_use_case.items()}}
    chosen = STATE.state().get("use_case", "")
    if chosen and chosen not in cases:
        cases[chosen] = f"{use_case_title(chosen)} ({number(0)})"
    tongues = {"": _("All"), **{code: language_name(code) for code in LANGUAGES}}
    orders = {"gravest": _("The gravest finding"), "oldest": _("The oldest")}
    offered = ((_("Use case"), "use_case", cases), (_("Language of the text"), "text_language", tongues),
               (_("Which first"), "order", orders))  # fmt: skip
    for column, (label, name, names) in zip(st.columns(3), offered, strict=True):
        key = STATE.recall(name, next(iter(names)), names)
        with column:
            st.selectbox(label, list(names), format_func=names.__getitem__, key=key, on_change=STATE.kept(name, key))
    key = STATE.recall("bulk", False)
    st.toggle(
        _("Rows of bulk jobs, too"),
        key=key,
        on_change=STATE.kept("bulk", key),
        help=_("Without this, of a bulk job only the outputs in a sample wait here."),
    )


def _found() -> tuple[int, Waiting]:
    """The page of the list that is open, and what stands on it; the last one where there are fewer by now."""
    at = int(st.session_state.get("queue_at", 0))
    with connect() as database:
        found = review_queue.waiting(database, session.actor(), wanted(), at * ON_A_PAGE, ON_A_PAGE)
        last = max(0, (found.total - 1) // ON_A_PAGE)
        if at > last:
            at, found = last, review_queue.waiting(database, session.actor(), wanted(), last * ON_A_PAGE, ON_A_PAGE)
    return at, found


def _page(at: int, found: Waiting) -> None:
    total = found.total
    if not total:
        html.draw(element("p", _("Nothing waits with these choices."), class_="toile-empty"))
        return
    last = (total - 1) // ON_A_PAGE
    html.draw(listed(found))
    with st.container(horizontal=True, vertical_alignment="center"):
        first = at * ON_A_PAGE + 1
        end = number(first + len(found.items) - 1)
        said = _("{first} to {last} of {n} outputs", first=number(first), last=end, n=number(total))
        st.markdown(plain(said), width="content")
        if last:
            st.button(_("Previous page"), key="queue_before", disabled=at == 0, on_click=_turn, args=(at - 1,))
            st.button(_("Next page"), key="queue_after", disabled=at == last, on_click=_turn, args=(at + 1,))


def _turn(page: int) -> None:
    st.session_state["queue_at"] = page


def listed(found: Waiting) -> Markup:
    """One row an output, a link to it in each."""
    heads = (_("Output"), _("Use case"), _("What the checks say"), _("Language"), _("Waiting since"), _("Verdicts"))
    return table(heads, [_cells(one) for one in found.items])


def _cells(one: Mapping[str, Any]) -> tuple[str | Markup, ...]:
    gravity = int(one["gravity"])
    grave = element("span", translate(GRAVITY[gravity]), class_=f"toile-queue-grave toile-queue-grave-{gravity}")
    given = _("{given} of {asked}", given=number(one["given"]), asked=number(one["reviewers"]))
    if one["status"] == "adjudicate":
        given = _("They disagree: you decide")
    elif one["taken"]:
        given = _("{given}, read by another now", given=given)
    return (
        link(one), use_case_title(one["use_case"]), grave, language_name(one["language"]) if one["language"] else "–",
        date_time(dt.datetime.fromisoformat(one["started_at"]).astimezone()), given,
    )  # fmt: skip


def link(one: Mapping[str, Any]) -> Markup:
    """The way to one output."""
    query = f"{desk.PARAMETER}={one['id']}"
    address = f"{address_of('review_queue', session.language())}&{query}"
    return element("a", str(one["label"]) or title_of(one), href=address, data_page=f"review_queue?{query}",
                   class_="toile-link")  # fmt: skip


def _several() -> None:
    """How many people judge an output."""
    actor = session.actor()
    with connect() as database:
        asked = review_queue.rule(database, actor)
    if actor.workspace == DEMO_WORKSPACE:
        st.caption(
            _(
                "In the demo house each visitor sees their own outputs only, so one verdict settles each. In a"
                " workspace of your own several people judge the same output without seeing each other’s verdicts."
            )
        )
        return
    if not actor.may(Right.GOVERN):
        st.caption(ngettext("{n} person judges each output.", "{n} people judge each output.", asked))
        return
    chosen = st.number_input(
        _("How many people judge an output"),
        min_value=1,
        max_value=MOST_REVIEWERS,
        value=asked,
        key=f"queue_rule_{actor.workspace}",
        help=_("Each judges without seeing the others’ verdicts. Where they disagree, one more person decides."),
        width=360,
    )
    if chosen != asked:
        with connect() as database:
            review_queue.set_rule(database, actor, int(chosen))
        st.rerun()
