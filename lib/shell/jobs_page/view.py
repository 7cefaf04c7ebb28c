"""The page: all jobs, or one of them by its link."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from lib.access import Right
from lib.catalogue import STEERING_PAGES
from lib.database import connect
from lib.database.jobs import Job, jobs
from lib.errors import NotFound
from lib.i18n import _, ngettext, translate
from lib.navigation import address_of, has_page, path_of
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.jobs_page import bar, progress, rows, steering, taking, words
from lib.shell.jobs_page.state import Seen, look
from lib.shell.opening import opening
from lib.shell.runs.links import run_link
from lib.shell.runs.listing import use_case_title
from lib.shell.text import plain
from lib.workbench.jobs_results import error_text

PARAMETER = "job"
SLUG = "jobs"
LISTED = 30
STYLE = """
[class*="st-key-job_listed_"] { border-top: 1px solid var(--toile-line); padding-top: 0.9rem; gap: 0.15rem; }
[class*="st-key-job_open_"] button { padding: 0; min-height: 0; text-align: left; justify-content: flex-start; }
[class*="st-key-job_open_"] button p { font-family: Newsreader, Georgia, serif; font-size: 1.3rem; line-height: 1.25;
  text-decoration: underline 1px; text-underline-offset: 0.2em; color: var(--toile-accent); text-align: left; }
.toile-job-line { margin: 0.35rem 0 0; font-size: 0.95rem; display: flex; flex-wrap: wrap; gap: 0.1rem 1.6rem; }
.toile-job-about { margin: 0; font-size: 0.88rem; color: var(--toile-quiet); }
.toile-job-line .toile-said { font-weight: 600; }
.toile-job-facts { margin-top: 0.9rem !important; }
.toile-row-label { font-size: 1.05rem; font-weight: 600; padding: 0; overflow-wrap: anywhere; }
.toile-row { border-top: 1px solid var(--toile-line); padding-top: 0.7rem; }
"""


def draw() -> None:
    """The page as its address asks for it."""
    html.draw(html.stylesheet(STYLE))
    bar.style()
    wanted = st.query_params.get(PARAMETER)
    if wanted:
        _one(wanted)
        return
    page = next(page for page in STEERING_PAGES if page.slug == SLUG)
    _head(translate(page.title), translate(page.summary))
    with connect() as database:
        found = jobs(database, session.actor(), LISTED)
    if not found:
        _nothing()
        return
    active = any(not job.ended for job in found)
    session.fragment(_list, run_every=progress.EVERY if active else None)()


def _head(title: str, lead: str) -> None:
    opening(title, lead)


def _nothing() -> None:
    html.draw(
        element(
            "p",
            _("No job yet. A job describes your whole catalogue while you do something else."),
            class_="toile-empty",
        )
    )
    if st.button(_("Go to the product descriptions"), type="primary", icon=":material/arrow_forward:"):
        st.switch_page(path_of("product_descriptions"), query_params={"lang": session.language()})


def _list() -> None:
    """All jobs, newest first, with those at work kept up to date."""
    with connect() as database:
        found = jobs(database, session.actor(), LISTED)
    seen = [look(job.id) for job in found]
    if any(one.deserted for one in seen):
        html.draw(progress.nobody_works())
    for one in seen:
        with st.container(key=f"job_listed_{one.job.id}"):
            if st.button(plain(words.title_of(one.job)), key=f"job_open_{one.job.id}", type="tertiary"):
                open_job(one.job.id)
            html.draw(_entry(one))


def _entry(seen: Seen) -> Markup:
    job = seen.job
    facts = [element("span", progress.sentence(seen), class_="toile-said")]
    if job.status == "running" and job.kind == "rows":
        facts.append(element("span", _("Time to go: {time}", time=words.to_go_said(seen.left).lower())))
    if job.kind == "rows":
        facts.append(element("span", words.cost_said(job)))
    if seen.to_fix:
        facts.append(element("span", ngettext("{n} text to fix", "{n} texts to fix", seen.to_fix)))
    reason = error_text(job.reason)
    picture = bar.rows_bar(seen.rows, thin=True) if job.kind == "rows" else bar.work_bar(job, thin=True)
    return element(
        "div",
        element("p", words.about(job), class_="toile-job-about"),
        picture,
        element("p", *facts, class_="toile-job-line"),
        element("p", reason, class_="toile-halt") if reason else "",
    )


def open_job(job_id: str) -> None:
    """Go to one job's own address on this page."""
    st.query_params[PARAMETER] = job_id
    st.rerun()


def _close() -> None:
    st.query_params.pop(PARAMETER, None)


def _one(job_id: str) -> None:
    """One job: what moves first, then rows to look at, then the files."""
    st.button(_("All jobs"), icon=":material/arrow_back:", type="tertiary", on_click=_close)
    try:
        job: Job = look(job_id).job
    except NotFound as error:
        errors.show(error)
        return
    _head(words.title_of(job), words.about(job))
    with errors.shown():
        seen = progress.draw(job_id, steering.controls, rows.failed)
        _leads_to(seen.job)
        rows.sample(seen)
        taking.take_away(seen)


def _leads_to(job: Job) -> None:
    """From finished heavy work to what it made: its run, and the page that shows it; from rows to people who judge."""
    if job.kind == "rows":
        _to_verdicts(job)
    if job.kind == "rows" or job.status != "done":
        return
    language = session.language()
    links = [run_link(_("Its run"), job.run, language)] if job.run else []
    if has_page(job.use_case):
        title = _("Its page: {use_case}", use_case=use_case_title(job.use_case))
        here = address_of(job.use_case, language)
        links.append(element("a", title, href=here, data_page=job.use_case, class_="toile-link"))
    if links:
        html.draw(element("p", *(element("span", link) for link in links), class_="toile-job-line"))


def _to_verdicts(job: Job) -> None:
    """The way to a sample of the rows, which people judge in the review queue."""
    if not job.counts.get("done", 0) or not session.actor().may(Right.GOVERN):
        return
    query = f"job={job.id}"
    there = f"{address_of('review_queue', session.language())}&{query}"
    label = _("Ask for verdicts on a sample of these rows")
    link = element("a", label, href=there, data_page=f"review_queue?{query}", class_="toile-link")
    html.draw(element("p", link, class_="toile-job-line"))
