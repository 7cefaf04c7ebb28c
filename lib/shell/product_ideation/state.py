"""What a person chose on the page, kept in the database: a refresh, a second tab or a restart finds it again."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lib.database import connect
from lib.database.page_states import remember, remembered
from lib.shell import session

USE_CASE = "product_ideation"


def state() -> dict[str, Any]:
    """What this person last chose on the page."""
    with connect() as database:
        return remembered(database, session.actor(), USE_CASE)


def keep(**changes: Any) -> None:
    """Remember choices beyond this session."""
    with connect() as database:
        remember(database, session.actor(), USE_CASE, changes)


def widget(name: str) -> str:
    """A widget's key, apart for each workspace and person."""
    actor = session.actor()
    return f"{USE_CASE}_{actor.workspace}_{actor.person}_{name}"


def recall(name: str, default: Any, widget_name: str = "") -> str:
    """Give a widget its remembered value in the session's first run; its key."""
    key = widget(widget_name or name)
    if key not in st.session_state:
        st.session_state[key] = state().get(name, default)
    return key


def meeting_of(source: str) -> dict[str, Any]:
    """The meeting held on one past line: rounds (runs), pins, vetoes, the job under way."""
    found: dict[str, Any] = state().get("meetings", {}).get(source, {})
    return {"rounds": [], "pins": [], "vetoes": [], "job": "", **found}


def keep_meeting(source: str, **changes: Any) -> None:
    """Change the meeting on one past line."""
    meetings = state().get("meetings", {})
    keep(meetings={**meetings, source: {**meeting_of(source), **changes}})
