"""The Review block: what the automatic checks say, and what a person says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from lib.access import Right
from lib.checks import Check, Verdict
from lib.database import connect
from lib.database.page_verdicts import YOURS, asked, give_on_page
from lib.database.reviews import reviews_of
from lib.database.runs import checks_of
from lib.i18n import _, date_time, ngettext, translate
from lib.shell import errors, html, marks, session
from lib.shell.html import element
from lib.shell.runs.links import verdicts_link
from lib.shell.words import review_name

RATINGS = (1, 2, 3, 4, 5)


def review(
    run_id: str,
    checks: Sequence[Check] = (),
    edited_output: dict[str, Any] | None = None,
    results: Sequence[dict[str, Any]] | None = None,
    told_above: bool = False,
) -> None:
    """The checks' verdicts on a run, the form for a person's own, and the verdicts given so far.

    Args:
        run_id: the run whose output stands on the page.
        checks: the task's checks, for their titles.
        edited_output: what the person made of the output, where it differs; kept with an approval.
        results: the checks' verdicts on ``edited_output``; without them those recorded with the run are shown.
        told_above: the findings stand beside the text already, so they are only counted here.
    """
    with errors.shown():
        actor = session.actor()
        with connect() as database:
            given = reviews_of(database, actor, run_id)
            results = checks_of(database, actor, run_id) if results is None else results
            queue = asked(database, actor, run_id)
        if results:
            html.draw(marks.checks_markup(results, checks, told_above))
        to_fix = sum(one["verdict"] == Verdict.FAIL.value for row in results for one in row["findings"])
        if queue.sealed:
            html.draw(element("p", translate(YOURS), class_="toile-null"))
        else:
            _said(queue.people)
            _form(run_id, edited_output, to_fix)
        if _asked(run_id) in st.session_state:
            _confirm(run_id, edited_output, to_fix)
        _given(given)
        if queue.possible and actor.may(Right.REVIEW):
            html.draw(element("p", verdicts_link(run_id, session.language())))


def _said(people: int) -> None:
    """Where several people are asked: that one verdict doesn't settle it."""
    if people > 1:
        st.caption(
            ngettext(
                "{n} person judges this output, without seeing the others’ verdicts: yours is one of them.",
                "{n} people judge this output, without seeing each other’s verdicts: yours is one of them.",
                people,
            )
        )


def _form(run_id: str, edited_output: dict[str, Any] | None, to_fix: int) -> None:
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
    if verdict == "approved" and to_fix:
        st.session_state[_asked(run_id)] = {"rating": rating, "minutes_saved": minutes, "comment": comment}
    elif verdict:
        given: dict[str, Any] = {"rating": rating, "minutes_saved": minutes, "comment": comment}
        if verdict == "approved":
            given |= {"edited_output": edited_output, "open_findings": 0}
        _record(run_id, verdict, given)


def _asked(run_id: str) -> str:
    """Where an approval waits for its reason."""
    return f"approve_asked_{run_id}"


def _confirm(run_id: str, edited_output: dict[str, Any] | None, to_fix: int) -> None:
    """An approval over findings: what stands, and why the person approves all the same."""
    if not to_fix:  # corrected meanwhile: nothing to confirm, and nothing approved behind the person's back
        del st.session_state[_asked(run_id)]
        return
    with st.form(f"confirm_{run_id}"):
        said = ngettext("{n} finding to fix stands in this text.", "{n} findings to fix stand in this text.", to_fix)
        html.draw(element("p", element("strong", said)))
        reason = st.text_area(
            _("Why do you approve it all the same? The reason is kept with the review and in the files."),
            max_chars=1000,
            height=90,
            key=f"reason_{run_id}",
        )
        with st.container(horizontal=True):
            sure = st.form_submit_button(_("Approve all the same"), type="primary")
            back = st.form_submit_button(_("Don’t approve"))
    if sure:
        given = st.session_state[_asked(run_id)]
        given = {**given, "edited_output": edited_output, "open_findings": to_fix, "reason": reason}
        _record(run_id, "approved", given)
    if back:
        del st.session_state[_asked(run_id)]
        st.rerun()


def _record(run_id: str, verdict: str, given: dict[str, Any]) -> None:
    with connect() as database:
        sealed = give_on_page(database, session.actor(), run_id, verdict, **given)
    st.session_state.pop(_asked(run_id), None)
    st.toast(
        _("Your verdict is sealed until the others have given theirs.") if sealed else _("Your review is recorded.")
    )
    st.rerun()


def _given(given: list[dict[str, Any]]) -> None:
    if given:
        html.draw(given_markup(given))


def given_markup(given: Sequence[dict[str, Any]]) -> Markup:
    """Reviews as a list; rows of ``lib.database.reviews.reviews_of``."""
    return element("ul", *(element("li", *_line(row)) for row in given), class_="toile-reviews")


def _line(row: dict[str, Any]) -> tuple[Any, ...]:
    parts = [row["person_name"] or _("Someone without a name"), date_time(dt.datetime.fromisoformat(row["created_at"]))]
    if row["rating"] is not None:
        parts.append(_("{rating} of 5", rating=row["rating"]))
    if row["minutes_saved"] is not None:
        parts.append(ngettext("{n} minute saved", "{n} minutes saved", row["minutes_saved"]))
    if row["open_findings"]:
        parts.append(ngettext("over {n} finding to fix", "over {n} findings to fix", row["open_findings"]))
    comment = tuple(element("p", text) for text in (row["reason"], row["comment"]) if text)
    return (element("strong", review_name(row["verdict"])), " ", element("span", " · ".join(parts)), *comment)
