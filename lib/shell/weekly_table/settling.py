"""Taking an entry off the table with what came of it, what was settled lately, and putting it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from lib.access import Right
from lib.database import connect, weekly_table
from lib.database.weekly_table import Kept
from lib.decide.weekly_table.papers import details, outcome_said
from lib.i18n import _
from lib.shell import errors, session
from lib.shell.page import section
from lib.shell.page_state import PageState
from lib.shell.text import plain

PAGE = PageState("weekly_table")


def settle(one: Kept) -> None:
    """The button of an open entry; what is typed stays until the entry is off the table."""
    with st.popover(_("Settle"), key=f"settle_{one.id}"):
        key = PAGE.recall(f"outcome_{one.id}", "")
        said = st.text_area(
            _("What came of it (goes into the minutes)"), key=key, height=80,
            on_change=PAGE.kept(f"outcome_{one.id}", key),
        )  # fmt: skip
        if st.button(_("Settled"), key=f"close_{one.id}", type="primary"):
            PAGE.keep(**{f"outcome_{one.id}": said})
            with errors.shown(), connect() as database:
                weekly_table.close(database, session.actor(), one.id, said)
                st.rerun()


def settled(closed: Sequence[Kept], today: dt.date) -> None:
    """What the last week settled, newest first, with what came of it; who steers can put it back."""
    if not closed:
        return
    section(_("Settled in the last seven days"))
    for one in sorted(closed, key=lambda kept: kept.closed_at, reverse=True):
        with st.container(horizontal=True, vertical_alignment="center", key=f"settled_{one.id}"):
            lines = (f"**{plain(one.entry.title)}**", plain(" · ".join(details(one, today))), plain(outcome_said(one)))
            st.markdown("  \n".join(line for line in lines if line), width="stretch")
            if session.actor().may(Right.STEER) and st.button(
                _("Put back on the table"), key=f"reopen_{one.id}", icon=":material/undo:"
            ):
                with errors.shown(), connect() as database:
                    weekly_table.reopen(database, session.actor(), one.id)
                    st.rerun()
