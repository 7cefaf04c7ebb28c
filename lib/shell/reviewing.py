"""The Review block: what the automatic checks say, and what a person says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from lib.checks import Check
from lib.database import connect
from lib.database.reviews import add_review, reviews_of
from lib.database.runs import checks_of
from lib.i18n import _, date_time, ngettext
from lib.shell import errors, html, marks, session
from lib.shell.html import element
from lib.shell.words import review_name

RATINGS = (1, 2, 3, 4, 5)


def review(
    run_id: str,
    checks: Sequence[Check] = (),
    edited_output: dict[str, Any] | None = None,
    results: Sequence[dict[str, Any]] | None = None,
) -> None:
    """The checks' verdicts on a run, the form for a person's own, and the verdicts given so far.

    Args:
        run_id: the run whose output stands on the page.
        checks: the task's checks, for their titles.
        edited_output: what the person made of the output, where it differs; kept with an approval.
        results: the checks' verdicts on ``edited_output``; without them those recorded with the run are shown.
    """
    with errors.shown():
        actor = session.actor()
        with connect() as database:
            given = reviews_of(database, actor, run_id)
            results = checks_of(database, actor, run_id) if results is None else results
        if results:
            html.draw(marks.checks_markup(results, checks))
        _form(run_id, edited_output)
        _given(given)


def _form(run_id: str, edited_output: dict[str, Any] | None) -> None:
    with st.form(f"review_{run_id}", border=False):
        rating = st.segmented_control(
            _("Your rating"),
            RATINGS,
            key=f"rating_{run_id}",
            help=_("1: unusable. 3: usable after editing. 5: as it is."),
        )
        minutes = st.number_input(
            _("Minutes saved against doing it by hand"),
            value=None,
            step=1.0,
            min_value=-600.0,
            max_value=6000.0,
            format="%.0f",
            placeholder=_("Negative when it cost time"),
            key=f"minutes_{run_id}",
        )
        comment = st.text_area(_("Comment"), max_chars=4000, height=90, key=f"comment_{run_id}")
        with st.container(horizontal=True):
            approved = st.form_submit_button(_("Approve"), type="primary")
            sent_back = st.form_submit_button(_("Send back"))
            rated = st.form_submit_button(_("Only rate"))
    verdict = "approved" if approved else "sent_back" if sent_back else "rated" if rated else ""
    if verdict:
        with connect() as database:
            edited = edited_output if verdict == "approved" else None
            add_review(database, session.actor(), run_id, verdict, rating, comment, minutes, edited)
        st.toast(_("Your review is recorded."))
        st.rerun()


def _given(given: list[dict[str, Any]]) -> None:
    if given:
        html.draw(given_markup(given))


def given_markup(given: Sequence[dict[str, Any]]) -> Markup:
    """Reviews as a list; rows of ``lib.database.reviews.reviews_of``."""
    return element("ul", *(element("li", *_said(row)) for row in given), class_="toile-reviews")


def _said(row: dict[str, Any]) -> tuple[Any, ...]:
    parts = [row["person_name"] or _("Someone without a name"), date_time(dt.datetime.fromisoformat(row["created_at"]))]
    if row["rating"] is not None:
        parts.append(_("{rating} of 5", rating=row["rating"]))
    if row["minutes_saved"] is not None:
        parts.append(ngettext("{n} minute saved", "{n} minutes saved", row["minutes_saved"]))
    comment = (element("p", row["comment"]),) if row["comment"] else ()
    return (element("strong", review_name(row["verdict"])), " ", element("span", " · ".join(parts)), *comment)
