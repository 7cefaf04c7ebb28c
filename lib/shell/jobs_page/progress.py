"""The part of a job that moves: a sentence, the bar, the figures, why it stands still."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from lib.i18n import _, ngettext, number, percent
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.jobs_page import bar, words
from lib.shell.jobs_page.state import Seen, look
from lib.workbench.jobs_results import error_text

EVERY = 2.0  # seconds between two looks at a job that moves
SAID = "jobs_page_error"


def draw(
    job_id: str, controls: Callable[[Seen], None] | None = None, below: Callable[[Seen], None] | None = None
) -> Seen:
    """The progress, kept up to date while the job moves; ``controls`` and ``below`` are drawn with it each time.

    When the job comes into another state, the whole page runs again: other parts of it depend on that.
    """
    seen = look(job_id)

    def moving() -> None:
        now = look(job_id)
        if now.signature != seen.signature:
            st.rerun()
        html.draw(picture(now))
        if now.deserted:
            html.draw(nobody_works())
        if (error := st.session_state.pop(SAID, None)) is not None:
            errors.show(error)
        if controls is not None:
            controls(now)
        if below is not None:
            below(now)

    session.fragment(moving, run_every=EVERY if seen.moving else None)()
    return seen


def nobody_works() -> Markup:
    """What is said where no worker runs."""
    said = _(
        "No worker is running, so nothing moves now; what is finished is kept. Start the app again, or start a worker"
        " with: python -m lib.batch"
    )
    return element("p", said, class_="toile-halt")


def picture(seen: Seen) -> Markup:
    """Sentence, bar, reason and figures."""
    job = seen.job
    reason = error_text(job.reason)
    return element(
        "div",
        element("p", sentence(seen), class_="toile-finding"),
        bar.rows_bar(seen.rows) if job.kind == "rows" else bar.work_bar(job),
        element("p", reason, class_="toile-halt") if reason else "",
        element("dl", *_facts(seen), class_="toile-facts toile-job-facts"),
    )


def sentence(seen: Seen) -> str:
    """State and progress in one sentence."""
    job, rows = seen.job, seen.rows
    if job.kind == "work":
        status = words.status_of(job, rows)
        if job.status == "running":
            return _("{status}: {what}", status=status, what=error_text(job.said) or percent(job.share))
        return status
    if job.status == "done":
        return words.status_of(job, rows)
    return _(
        "{status}: {done} of {total} rows",
        status=words.status_of(job, rows), done=number(rows.finished), total=number(rows.total),
    )  # fmt: skip


def _facts(seen: Seen) -> list[Markup]:
    job = seen.job
    facts: list[tuple[str, str, str]] = []
    if job.status in words.ACTIVE and job.kind == "rows":
        aside = _("said after ten finished rows") if seen.left is None else _("if it goes on at this pace")
        facts.append((_("Time to go"), words.to_go_said(seen.left), aside))
    if job.kind == "rows":
        facts.append((_("Cost so far") if not job.ended else _("Cost"), words.cost_said(job), words.repeated_said(job)))
    if seen.to_fix:
        said = ngettext("{n} text", "{n} texts", seen.to_fix)
        facts.append((_("To fix"), said, _("the checks found something in them; the files say in which")))
    return [
        element(
            "div", element("dt", name), element("dd", said), element("dd", aside, class_="toile-aside") if aside else ""
        )
        for name, said, aside in facts
    ]
