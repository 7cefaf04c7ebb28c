"""Something to review where nothing is: texts that the built-in engine writes for products of the sample."""

from __future__ import annotations

import streamlit as st

from lib.access import Right
from lib.commerce.product_descriptions import catalogue_run
from lib.commerce.product_descriptions.comparing import FIRST_OPTION
from lib.commerce.product_descriptions.model import Channel
from lib.database import connect, jobs, queue_samples
from lib.engines.registry import BUILT_IN
from lib.i18n import _
from lib.shell import errors, session
from lib.shell.review_queue.wanting import STATE
from lib.shell.text import plain

PRODUCTS = 6
EVERY = 2.0  # seconds between two looks


def offer() -> None:
    """The button that has texts written: where nothing waits, the first thing to do."""
    if not session.actor().may(Right.RUN):
        return
    if st.button(_("Have 12 texts written from the sample, to review"), type="primary", icon=":material/edit_note:",
                 key="queue_batch"):  # fmt: skip
        with errors.shown():
            STATE.keep(batch=_begin())
            st.rerun()


def _begin() -> str:
    actor = session.actor()
    with connect() as database:
        sets = {one.key: one for one in FIRST_OPTION.sets(database, actor)}
    inputs = [one.values for one in sets["sample"].load()[:PRODUCTS]]
    how = catalogue_run.Settings(Channel.SITE, inputs[0].voice)  # type: ignore[attr-defined]
    products = [one.product for one in inputs]  # type: ignore[attr-defined]
    return catalogue_run.start(actor, products, how, ("en", "fr"), BUILT_IN)


def under_way() -> bool:
    """How far the texts are that were asked for here, looked at again until they are there; whether some are missing.

    Once they are written, everybody who may review finds them in the queue.
    """
    made = str(STATE.state().get("batch") or "")
    if not made:
        return False
    with connect() as database, errors.shown():
        if not jobs.job(database, session.actor(), made).ended:
            session.fragment(_watch, run_every=EVERY)(made)
            return True
        queue_samples.take_in(database, session.actor(), made)
    STATE.keep(batch="")
    return False


def _watch(made: str) -> None:
    with connect() as database:
        job = jobs.job(database, session.actor(), made)
    said = _("{done} of {n} texts written", done=job.counts.get("done", 0), n=job.total)
    st.progress(min(1.0, job.counts.get("done", 0) / max(1, job.total)), plain(said))
    if job.ended:
        st.rerun()
