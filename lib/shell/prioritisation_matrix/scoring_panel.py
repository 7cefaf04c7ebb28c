"""One scoring session: how far it is, one's own scores while it is open, the spread once it is shown."""

from __future__ import annotations

import streamlit as st

from lib.access import Right
from lib.database import connect, scores, scoring
from lib.database.scoring import Session
from lib.i18n import _
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.prioritisation_matrix import scoring_form, scoring_list, scoring_result
from lib.shell.prioritisation_matrix.state import SESSION

EVERY = 3.0  # seconds between two looks at where the round stands


def draw(identifier: str) -> None:
    """The session, or how to get in."""
    actor = session.actor()
    st.button(_("Back to the matrix"), icon=":material/arrow_back:", type="tertiary", on_click=_leave)
    with connect() as database:
        found = scoring.get(database, actor, identifier)
    html.draw(element("h2", found.title))
    session.fragment(_pulse, run_every=EVERY)(found.id, found.round, found.status, found.ended)
    scoring_form.show_refusal(found)
    if found.leads:
        _lead(found)
    if found.ended or found.status != "open":
        scoring_result.draw(found)
    elif actor.may(Right.REVIEW):
        scoring_form.draw(found)
    else:
        st.markdown(_("Your role in this workspace doesn’t score. Ask an administrator of the workspace."))
    if found.status == "open" and found.round > 1:
        with st.expander(_("Where the last round stood")):
            scoring_result.draw(found, found.round - 1)


def _leave() -> None:
    st.query_params.pop(SESSION, None)


def _pulse(identifier: str, round: int, status: str, ended: bool) -> None:
    """How far the round is; when it has moved on, everybody's page follows."""
    with connect() as database:
        now = scoring.get(database, session.actor(), identifier)
    if (now.round, now.status) == (round, status) and session.actor().may(Right.REVIEW):
        scoring_form.keep_missed(now)
    with connect() as database:
        far = scores.progress(database, session.actor(), identifier)
    html.draw(element("p", scoring_list.state_said(now), " · ", scoring_list.progress_said(far), class_="toile-source"))
    if (now.round, now.status, now.ended) != (round, status, ended):
        st.rerun()


def _lead(found: Session) -> None:
    """What whoever leads the session does: the code, the rounds, the end."""
    code = st.session_state.get(f"scoring_code_{found.id}")
    if not found.ended:
        if code:
            html.draw(element("p", code, class_="toile-code"))
            st.caption(
                _(
                    "Shown to you alone, in this visit. Whoever types it on this page, in any workspace, gets a seat"
                    " in this session and sees nothing else."
                )
            )
        else:
            st.caption(
                _(
                    "The code was shown when it was made; only its hash is kept. To let more people in, make a new"
                    " code: the old one then opens nothing, and who has a seat keeps it."
                )
            )
        with st.container(horizontal=True), errors.shown():
            _steps(found)


def _steps(found: Session) -> None:
    actor = session.actor()
    if found.status == "open" and st.button(_("Show the scores"), type="primary", key="show_round"):
        with connect() as database:
            scoring.show_round(database, actor, found.id)
        st.rerun()
    if found.status == "shown" and st.button(_("Open the next round"), type="primary", key="next_round"):
        with connect() as database:
            scoring.next_round(database, actor, found.id)
        st.rerun()
    if st.button(_("Make a new code"), key="renew_code"):
        with connect() as database:
            st.session_state[f"scoring_code_{found.id}"] = scoring.renew_code(database, actor, found.id)
        st.rerun()
    if found.status == "shown" and st.button(_("End the session"), key="end_session"):
        with connect() as database:
            scoring.end(database, actor, found.id)
        st.rerun()
