"""The scoring sessions that are there, a code to join one, and a form for a new one."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from lib.access import Right
from lib.catalogue import CRITERIA, Criterion, HouseUseCase
from lib.database import connect, scores, scoring
from lib.database.scoring import Session, SessionCase
from lib.decide.ranking import Standing, candidate
from lib.i18n import _, date_time, ngettext, translate
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.prioritisation_matrix.state import SESSION
from lib.shell.text import plain

PRESELECTED = 8  # use cases, those first in the ranking: enough for one meeting


def draw(stand: Standing) -> None:
    """Sessions, the code, a new one."""
    actor = session.actor()
    with connect() as database:
        found = scoring.listing(database, actor)
    html.draw(
        element(
            "p",
            _(
                "Several people score on their own devices without seeing each other, talk where they differ most,"
                " and score again."
            ),
        )
    )
    for one in found:
        _row(one)
    with errors.shown():
        join()
    if actor.may(Right.STEER):
        section(_("Open a scoring session"))
        _new(stand)


def _row(one: Session) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"scoring_{one.id}"):
        when = date_time(dt.datetime.fromisoformat(one.created_at).astimezone())
        said = " · ".join((state_said(one), when))
        st.markdown(f"**{plain(one.title)}**  \n{plain(said)}", width="stretch")
        if st.button(_("Open"), key=f"open_scoring_{one.id}"):
            open_session(one.id)


def state_said(one: Session) -> str:
    """Where a session stands, in words."""
    if one.ended:
        return _("Over")
    if one.status == "open":
        return _("Round {n} is open", n=one.round)
    return _("Round {n} is shown", n=one.round)


def open_session(identifier: str) -> None:
    """Go to one session; its address can be reloaded and shared with whoever has a seat."""
    st.query_params[SESSION] = identifier
    st.rerun()


def join() -> None:
    """A seat by code, from whichever workspace the person is in."""
    with st.form("join_scoring", border=False):
        code = st.text_input(_("Code of a scoring session"), max_chars=20, placeholder="BCDF-2345")
        joined = st.form_submit_button(_("Join the session"))
    if joined:
        with connect() as database:
            found = scoring.join(database, session.actor(), code)
        open_session(found)


def _new(stand: Standing) -> None:
    titles = {case.slug: candidate(case).title for case in stand.cases}
    order = [row.candidate.slug for row in stand.ranking().rows]
    names = {criterion: translate(CRITERIA[criterion].title) for criterion in Criterion}
    place = f"new_scoring_{session.workspace()}_{session.language()}"
    with st.form(place, border=False):
        title = st.text_input(
            _("Name of the session"), placeholder=_("For instance: Committee of May"), key=f"{place}_t"
        )
        slugs = st.multiselect(
            _("Use cases to score"), order, order[:PRESELECTED], format_func=titles.__getitem__, key=f"{place}_s"
        )
        criteria = st.multiselect(
            _("Criteria"), list(names), list(names), format_func=names.__getitem__, key=f"{place}_c"
        )
        st.caption(_("Each person gives one score for each use case and criterion: eight by twelve take half an hour."))
        made = st.form_submit_button(_("Open the session"), type="primary")
    if made:
        with errors.shown():
            with connect() as database:
                identifier, code = scoring.create(database, session.actor(), title, _cases(stand, slugs), criteria)
            st.session_state[f"scoring_code_{identifier}"] = code
            open_session(identifier)


def _cases(stand: Standing, slugs: list[str]) -> list[SessionCase]:
    """The chosen use cases; a house's own with its words, which guests can't look up."""
    found = {case.slug: case for case in stand.cases}
    made = []
    for slug in slugs:
        case = found[slug]
        own = isinstance(case, HouseUseCase)
        made.append(SessionCase(slug, case.title, case.summary) if own else SessionCase(slug))
    return made


def progress_said(progress: scores.Progress) -> str:
    """How many have begun and finished, and how far the reader is."""
    people = ngettext("{n} person has joined", "{n} people have joined", progress.seats)
    finished = ngettext("{n} has scored everything", "{n} have scored everything", progress.finished)
    own = _("you: {done} of {wanted}", done=progress.mine, wanted=progress.wanted)
    return " · ".join((people, finished, own))
