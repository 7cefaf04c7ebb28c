"""The page: one comparison by its link, or the form for a new one with the list of those that are there."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from lib.catalogue import STEERING_PAGES
from lib.database import connect
from lib.database.ballots import Turnout, turnout
from lib.database.comparisons import Comparison, get, listing, may_manage, workspace_of
from lib.errors import NotFound
from lib.i18n import _, date_time, language_name, ngettext, translate
from lib.shell import errors, session
from lib.shell.compare import result, setting_up, voting, writing
from lib.shell.compare.naming import link_to
from lib.shell.opening import opening
from lib.shell.page import section
from lib.shell.text import plain
from lib.workbench.tasks import contender

PARAMETER = "comparison"
SLUG = "compare"


def draw() -> None:
    """The page as its address asks for it."""
    wanted = st.query_params.get(PARAMETER)
    if wanted:
        _one(wanted)
        return
    page = next(page for page in STEERING_PAGES if page.slug == SLUG)
    _head(translate(page.title), translate(page.summary))
    with connect() as database:
        found = [(one, turnout(database, session.actor(), one.id)) for one in listing(database, session.actor())]
    _list(_("Waiting for your vote"), [(one, now) for one, now in found if _waiting(one, now)])
    made = setting_up.draw()
    if made:
        writing.begin(made)
        _open(made)
    _list(_("Comparisons in this workspace"), [(one, now) for one, now in found if not _waiting(one, now)])


def _head(title: str, lead: str) -> None:
    opening(title, lead)


def _open(comparison: str) -> None:
    st.query_params[PARAMETER] = comparison
    st.rerun()


def _close() -> None:
    st.query_params.pop(PARAMETER, None)


def _waiting(comparison: Comparison, now: Turnout) -> bool:
    return comparison.status == "voting" and now.mine < now.inputs


def _list(title: str, found: list[tuple[Comparison, Turnout]]) -> None:
    if not found:
        return
    section(title)
    for one, now in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"comparison_{one.id}"):
            when = date_time(dt.datetime.fromisoformat(one.created_at).astimezone())
            mine = one.person == session.person()
            who = _("by you") if mine else one.person_name or _("Someone without a name")
            st.markdown(
                f"**{plain(one.question)}**  \n{plain(' · '.join((_state(one, now), who, when)))}", width="stretch"
            )
            if st.button(_("Open"), key=f"open_{one.id}"):
                _open(one.id)


def _state(comparison: Comparison, now: Turnout) -> str:
    if comparison.closed:
        return _("Closed")
    if comparison.status == "writing":
        return _("{done} of {n} texts written", done=now.texts, n=now.wanted)
    return ngettext(
        "{done} of {n} person has voted on everything", "{done} of {n} people have voted on everything",
        comparison.raters, done=now.finished,
    )  # fmt: skip


def _one(identifier: str) -> None:
    """One comparison in its state, or where it is to be found."""
    actor = session.actor()
    st.button(_("All comparisons"), icon=":material/arrow_back:", type="tertiary", on_click=_close)
    with connect() as database:
        try:
            found = get(database, actor, identifier)
        except NotFound as error:
            elsewhere = workspace_of(database, actor, identifier)
            if elsewhere is None:
                errors.show(error)
                return
            _elsewhere(elsewhere)
            return
    _head(found.question, _about(found))
    with errors.shown():
        if found.closed:
            result.draw(found)
        elif found.status == "voting":
            voting.draw(found)
        else:
            writing.draw(found)
    _link(found)


def _about(found: Comparison) -> str:
    title = translate(contender(found.task).task.title)
    if found.person == session.person():
        return _("{task}, in {tongue}. Made by you.", task=title, tongue=language_name(found.language))
    who = found.person_name or _("Someone without a name")
    return _("{task}, in {tongue}. Made by {person}.", task=title, tongue=language_name(found.language), person=who)


def _elsewhere(workspace: str) -> None:
    name = next((row["name"] for row in session.workspaces() if row["id"] == workspace), "")
    st.markdown(plain(_("This comparison is in another workspace of yours: {name}.", name=name)))
    if st.button(_("Go there"), type="primary"):
        session.move_to(workspace)


def _link(found: Comparison) -> None:
    """The link for the others."""
    if found.workspace == "demo":
        st.caption(
            _(
                "In the demo house only you see your comparison. For a vote by several people, create a workspace of"
                " your own and invite them."
            )
        )
        return
    with st.expander(_("Link for the raters"), expanded=may_manage(session.actor(), found) and not found.closed):
        st.code(link_to(found), language=None, wrap_lines=True)
        st.caption(_("It opens for members of this workspace. Others join with a code from the Workspace page first."))
