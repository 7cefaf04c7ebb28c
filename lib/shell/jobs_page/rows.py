"""A job's rows: some finished ones to look at, the failed ones with their reasons."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib.database import connect
from lib.database.jobs import Item, Job, items
from lib.i18n import _, language_name, ngettext, number
from lib.shell import html, session
from lib.shell.compare.naming import reading
from lib.shell.html import element
from lib.shell.jobs_page.state import Seen
from lib.shell.marks import engine_mark
from lib.shell.page import section
from lib.workbench.jobs_results import error_text, passages_of

SHOWN = 2  # texts side by side
FAILED_AT_ONCE = 20
LONGEST_REASON = 600  # characters


def sample(seen: Seen) -> None:
    """Two finished rows as texts, and others at a click; they stay while somebody reads them."""
    if seen.job.kind != "rows" or not seen.rows.done:
        return
    with st.container(key="job_sample"):
        session.fragment(_sample)(seen.job, seen.rows.done)


def _sample(job: Job, done: int) -> None:
    key = f"job_sample_{job.id}"
    st.session_state.setdefault(key, _latest(job, 0))
    shown: list[Item] = st.session_state[key]
    section(_("A look at what is finished"))
    engine_mark(job.engine, shown[0].model or "")
    for item, column in zip(shown, st.columns(SHOWN, gap="large"), strict=False):
        with column:
            html.draw(
                element(
                    "article",
                    element("h3", item.label, class_="toile-row-label"),
                    element("p", language_name(item.language), class_="toile-overline"),
                    element("p", verdict_said(item), class_="toile-source"),
                    reading(passages_of(job.use_case, item.output or {})),
                    class_="toile-row",
                )
            )
    if done > SHOWN:
        st.button(
            _("Show others"), key=f"job_others_{job.id}", icon=":material/shuffle:", on_click=_others, args=(job,)
        )


def verdict_said(item: Item) -> str:
    """What the checks found in a row's text."""
    if item.to_fix:
        return ngettext("{n} check found something to fix", "{n} checks found something to fix", item.to_fix)
    if item.to_check:
        return ngettext("{n} check found something to look at", "{n} checks found something to look at", item.to_check)
    return _("The checks found nothing to fix")


def _latest(job: Job, offset: int) -> list[Item]:
    with connect() as database:
        return items(database, session.actor(), job.id, "done", SHOWN, offset)


def _others(job: Job) -> None:
    """The rows before those that are shown; after the oldest come the newest again."""
    place, key = f"job_sample_place_{job.id}", f"job_sample_{job.id}"
    offset = int(st.session_state.get(place, 0)) + SHOWN
    found = _latest(job, offset)
    if len(found) < SHOWN:
        offset, found = 0, _latest(job, 0)
    st.session_state[place], st.session_state[key] = offset, found


def failed(seen: Seen) -> None:
    """The rows that failed, each with its reason and how often it was tried."""
    if not seen.rows.failed:
        return
    job = seen.job
    wanted = int(st.session_state.get(f"job_failed_{job.id}", FAILED_AT_ONCE))
    with connect() as database:
        found = items(database, session.actor(), job.id, "failed", wanted)
    section(_("What failed, and why"))
    html.draw(html.table(failed_table(found)))
    if seen.rows.failed > len(found):
        more = min(FAILED_AT_ONCE, seen.rows.failed - len(found))
        label = ngettext("Show {n} more", "Show {n} more", more)
        st.button(label, key=f"job_more_failed_{job.id}", on_click=_more, args=(job.id, wanted + FAILED_AT_ONCE))


def _more(job_id: str, wanted: int) -> None:
    st.session_state[f"job_failed_{job_id}"] = wanted


def failed_table(found: list[Item]) -> pd.DataFrame:
    """Label, language, attempts and reason, in the reader's language."""
    return pd.DataFrame(
        [
            {
                _("Row"): item.label or number(item.position + 1),
                _("Language"): language_name(item.language),
                _("Attempts"): number(item.attempts),
                _("Reason"): _cut(error_text(item.error)),
            }
            for item in found
        ]
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_REASON else text[:LONGEST_REASON] + " …"
