"""Heavy work as a page sees it: begun, watched, held and stopped through the database.

A refresh, a second tab or a restart of the server finds it again, since nothing of it is in the session.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from sqlite_utils import Database

from lib.access import Actor
from lib.catalogue import UseCase
from lib.database import connect
from lib.database.jobs import Job, cancel, job, pause, resume
from lib.database.work_jobs import anybodys_work, begin_work, last_work
from lib.errors import ToileError
from lib.i18n import _, set_language, translate
from lib.shell import errors, session
from lib.shell.text import plain
from lib.shell.worker import runs

POLL_SECONDS = 0.5


def begin(
    use_case: UseCase,
    function: str,
    title: str,
    arguments: dict[str, Any],
    seed: int = 0,
    data_set: str | None = None,
    alone: bool = False,
    title_values: dict[str, Any] | None = None,
) -> str:
    """Let the worker do ``function`` (a dotted name of the catalogue's); the job's id. Begun twice it is one job.

    Args:
        title: an English message id; its {use_case} is filled in by whoever shows the job, all else by
            ``title_values``.
        alone: not where another person has the same work going on (``others``); the id is then ''.

    Raises:
        NotAllowed: the person may not run anything here.
    """
    with connect() as database:
        return begin_work(
            database,
            session.actor(),
            use_case=use_case.slug,
            function=function,
            title=title,
            title_values=title_values or {},
            arguments=arguments,
            seed=seed,
            data_set=data_set,
            language=session.language(),
            alone=alone,
        )


def last(function: str, arguments: dict[str, Any], seed: int = 0) -> Job | None:
    """The person's newest job of this very work, whatever became of it."""
    with connect() as database:
        return last_work(database, session.actor(), function, arguments, seed)


def others(function: str, arguments: dict[str, Any], seed: int = 0) -> bool:
    """Whether anybody of this installation has this very work going on."""
    with connect() as database:
        return anybodys_work(database, session.actor(), function, arguments, seed) is not None


def watch_others(function: str, arguments: dict[str, Any], seed: int = 0) -> None:
    """Show how far another person's same work is until it has ended; then the page is drawn anew."""
    session.fragment(_others_progress, run_every=POLL_SECONDS)(function, arguments, seed)


def _others_progress(function: str, arguments: dict[str, Any], seed: int) -> None:
    with connect() as database:
        found = anybodys_work(database, session.actor(), function, arguments, seed)
    if found is None:
        st.rerun()
    share, said = found
    nobody = not runs()
    told = _("Waiting for the worker") if nobody else _("Waiting for its turn")
    if said is not None and not nobody:
        message, values = said["message"], said["values"]
        told = translate(message, None, **values)
    st.progress(share, plain(told))
    st.caption(_("Another visitor has begun the same work. Its result will be yours too."))
    if nobody:
        st.info(_no_worker(), icon=":material/pause_circle:")


def stop(job_id: str) -> None:
    """End a job; nothing happens where it has ended already."""
    with connect() as database:
        cancel(database, session.actor(), job_id)


def why(ended: Job) -> ToileError | None:
    """Why a job failed or was set aside, as the error that can be shown."""
    if ended.reason is None:
        return None
    return ToileError(str(ended.reason["message"]), **ended.reason.get("values", {}))


def watch(job_id: str) -> None:
    """Show how far a job is until it has ended, with what can be done about it; then the page is drawn anew."""
    session.fragment(_progress, run_every=POLL_SECONDS)(job_id)


def _progress(job_id: str) -> None:
    with connect() as database:
        found = job(database, session.actor(), job_id)
    if found.ended:
        st.rerun()
    nobody = not runs()
    st.progress(found.share, plain(_said(found, nobody)))
    error = why(found)
    if error is not None:
        errors.show(error) if found.status == "paused" else st.caption(plain(error.text()))
    if nobody:
        st.info(_no_worker(), icon=":material/pause_circle:")
    with st.container(horizontal=True):
        if found.status == "paused":
            _button(_("Resume"), "resume", job_id, resume)
        elif not nobody:
            _button(_("Pause"), "pause", job_id, pause)
        _button(_("Stop"), "stop", job_id, cancel)


def _said(found: Job, nobody: bool) -> str:
    """What is being done, in a few words."""
    if found.status == "paused":
        held = found.said is None or found.said["message"] == "Paused"
        return _("Paused") if held or nobody else _("Pausing after the present step")
    if found.status == "waiting" or nobody:
        return _("Waiting for the worker") if nobody else _("Waiting for its turn")
    if found.said is None:
        return _("Working")
    message, values = found.said["message"], found.said["values"]
    return translate(message, None, **values)


def _no_worker() -> str:
    return _(
        "No worker is running on this installation, so this waits; nothing is lost. Whoever looks after the "
        "installation starts one with “python -m lib.batch”. The work then begins by itself."
    )


def _button(label: str, name: str, job_id: str, action: Callable[[Database, Actor, str], None]) -> None:
    st.button(label, key=f"{name}_{job_id}", on_click=_do, args=(job_id, action))


def _do(job_id: str, action: Callable[[Database, Actor, str], None]) -> None:
    """In a callback, so that the fragment already shows what came of it."""
    set_language(session.language())  # a callback runs before the frame has set it
    with errors.shown(), connect() as database:
        action(database, session.actor(), job_id)
