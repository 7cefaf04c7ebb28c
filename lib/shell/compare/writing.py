"""While the texts are written: progress and stop for who made the comparison, a word for everybody else."""

from __future__ import annotations

import streamlit as st

from lib.access import Actor
from lib.database import connect
from lib.database.ballots import turnout
from lib.database.comparison_texts import forget_failures, lacking, open_vote
from lib.database.comparisons import Comparison, TextRow, failures_of, inputs_of, may_manage, sides_of
from lib.i18n import _, ngettext, translate
from lib.shell import errors, html, session, work
from lib.shell.compare.naming import side_titles
from lib.shell.html import element
from lib.shell.text import plain
from lib.workbench.comparison import write
from lib.workbench.tasks import contender

SECONDS = 3.0


def key_of(comparison: Comparison) -> str:
    """The name of the work that writes this comparison's texts."""
    return f"compare_{comparison.id}"


def begin(comparison: str) -> None:
    """Write what lacks, off the script's thread."""
    work.start(f"compare_{comparison}", _write, session.actor(), comparison)


def _write(job: work.Work, actor: Actor, comparison: str) -> bool:
    def progress(share: float, number: int, total: int) -> None:
        job.progress(share, _("Text {number} of {total}", number=number, total=total))

    return write(actor, comparison, progress, job.stop.is_set)


def draw(comparison: Comparison) -> None:
    """The state of the writing. The page is drawn anew once the vote is open."""
    if comparison.person != session.person():
        st.markdown(_("The texts are being written. The ballot appears here when they are all there."))
        session.fragment(_wait, run_every=SECONDS)(comparison.id)
        return
    key = key_of(comparison)
    # Asked once: work may end between two questions, and its result is handed over only once.
    if work.watch(key) is not None:
        st.rerun()
    if work.running(key):
        return
    _stopped(comparison)
    failures(comparison)


def _wait(comparison: str) -> None:
    from lib.database.comparisons import get

    with connect() as database:
        if get(database, session.actor(), comparison).status != "writing":
            st.rerun()


def _stopped(comparison: Comparison) -> None:
    """Nothing is being written, and the vote isn't open: it was stopped, or all failed."""
    with connect() as database:
        left = len(lacking(database, session.actor(), comparison.id))
        so_far = turnout(database, session.actor(), comparison.id)
    if left:
        st.markdown(plain(ngettext("{n} text is still to be written.", "{n} texts are still to be written.", left)))
    with st.container(horizontal=True):
        if left and st.button(_("Go on writing"), type="primary", icon=":material/play_arrow:"):
            begin(comparison.id)
            st.rerun()
        if so_far.inputs and st.button(_("Vote on what is there")):
            with connect() as database:
                open_vote(database, session.actor(), comparison.id)
            st.rerun()


def failures(comparison: Comparison) -> None:
    """What failed and why, with a way to try again; for who made the comparison alone."""
    actor = session.actor()
    if not may_manage(actor, comparison):
        return
    with connect() as database:
        failed = failures_of(database, actor, comparison.id)
        if not failed or comparison.person != actor.person:
            return
        sides = side_titles(sides_of(database, actor, comparison.id), contender(comparison.task).how)
        labels = [label for label, _values in inputs_of(database, actor, comparison.id)]
    title = ngettext("{n} text could not be written", "{n} texts could not be written", len(failed))
    with st.expander(title, icon=":material/error:", expanded=comparison.status == "writing"):
        said = {(sides[row.side], _error(row)): 0 for row in failed}
        rows = [(sides[row.side], labels[row.input], _error(row)) for row in failed]
        for side, error in said:
            about = [label for name, label, message in rows if (name, message) == (side, error)]
            html.draw(element("p", element("strong", side), " ", error))
            html.draw(element("p", " · ".join(about), class_="toile-source"))
        if comparison.status != "closed" and st.button(_("Try them again"), key=f"again_{comparison.id}"):
            with errors.shown():
                with connect() as database:
                    forget_failures(database, actor, comparison.id)
                begin(comparison.id)
                st.rerun()


def _error(row: TextRow) -> str:
    error = row.error or {}
    return translate(str(error.get("message", "")), None, **error.get("values", {})) if error else ""
