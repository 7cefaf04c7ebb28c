"""What a person chose on the page, kept in the database: a refresh, a second tab or a restart finds it again."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lib.database import connect
from lib.database.page_states import remember, remembered
from lib.shell import session

USE_CASE = "stylist"


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


def of_who(source: str, who: str) -> dict[str, Any]:
    """What was done for one client or product of one house: its runs and the stylist's corrections."""
    found: dict[str, Any] = state().get("whose", {}).get(source, {}).get(who, {})
    return {"run": "", "pinned": [], "removed": [], "weights": {}, "answers": [], "note": "", "chosen": None, **found}


def keep_who(source: str, who: str, **changes: Any) -> None:
    """Change what was done for one client or product."""
    whose = state().get("whose", {})
    here = whose.get(source, {})
    keep(whose={**whose, source: {**here, who: {**of_who(source, who), **changes}}})
