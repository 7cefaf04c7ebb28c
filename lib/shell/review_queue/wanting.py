"""Which outputs a person chose to see, remembered beyond the session."""

from __future__ import annotations

import streamlit as st

from lib.database.review_queue import Wanted
from lib.i18n import _
from lib.shell import session
from lib.shell.page_state import PageState

STATE = PageState("review_queue")


def wanted() -> Wanted:
    """What this person chose to see."""
    kept = STATE.state()
    return Wanted(
        use_case=str(kept.get("use_case", "")), language=str(kept.get("text_language", "")),
        bulk=bool(kept.get("bulk", False)), order=str(kept.get("order", "gravest")),
    )  # fmt: skip


def tabs_key() -> str:
    """Where it is kept which tab is open."""
    return f"tabs_review_queue_{session.language()}"


def open_samples() -> None:
    """The page shows its samples next."""
    st.session_state[tabs_key()] = _("Samples of bulk jobs")


def open_rounds() -> None:
    """The page shows the rounds of spotting flaws next."""
    st.session_state[tabs_key()] = _("Spot the flaw")
