"""Pause, resume, cancel, retry: in callbacks, so that no click is lost to the page's own updates."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from sqlite_utils import Database

from lib.access import Actor, Right
from lib.database import connect, jobs
from lib.errors import InputError, ToileError
from lib.i18n import N_, _, set_language
from lib.shell import session
from lib.shell.jobs_page.progress import SAID
from lib.shell.jobs_page.state import Seen
from lib.shell.jobs_page.words import ACTIVE
from lib.workbench.jobs_steering import prompt_is_gone, resume

NOTHING_TO_RETRY = N_(
    "These rows were refused before they began and would be refused again. Correct them, then start a job for them."
)
Action = Callable[[Database, Actor, str], object]


def controls(seen: Seen) -> None:
    """The buttons that the job's state allows; a sentence where the person's role allows none."""
    job = seen.job
    may = session.actor().may(Right.RUN)
    wanted = not job.ended or (seen.rows.failed > 0 and job.status != "cancelled" and job.kind == "rows")
    if wanted and not may:
        st.caption(_("Your role here looks on. Ask an administrator of the workspace to change it."))
    if not wanted or not may:
        return
    with st.container(horizontal=True, key="job_controls"):
        if job.status in ACTIVE:
            _button(_("Pause"), "pause", ":material/pause:", jobs.pause, job.id)
        if job.status == "paused":
            label = _("Resume with the prompt in use") if prompt_is_gone(job) else _("Resume")
            _button(label, "resume", ":material/play_arrow:", resume, job.id, primary=True)
        if seen.rows.failed and job.kind == "rows" and job.status != "cancelled":
            label = _("Retry the failed rows")
            _button(label, "retry", ":material/refresh:", _retry, job.id)
        if not job.ended:
            with st.popover(_("Cancel"), icon=":material/close:", key=f"job_ask_cancel_{job.id}"):
                st.markdown(_("What is finished stays. Rows under way are broken off, and the rest isn’t begun."))
                _button(_("Cancel this job"), "cancel", ":material/close:", jobs.cancel, job.id)


def _button(label: str, name: str, icon: str, action: Action, job_id: str, primary: bool = False) -> None:
    st.button(
        label,
        key=f"job_{name}_{job_id}",
        icon=icon,
        type="primary" if primary else "secondary",
        on_click=_do,
        args=(action, job_id),
    )


def _do(action: Action, job_id: str) -> None:
    set_language(session.language())  # a callback runs before the frame has set it
    try:
        with connect() as database:
            action(database, session.actor(), job_id)
    except ToileError as error:
        st.session_state[SAID] = error


def _retry(database: Database, actor: Actor, job_id: str) -> None:
    if not jobs.retry_failed(database, actor, job_id):
        raise InputError(NOTHING_TO_RETRY)
