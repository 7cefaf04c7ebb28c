"""What a person chose on the page, kept in the database: a refresh, a second tab or a restart finds it again."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lib.database import connect
from lib.database.page_states import remember, remembered
from lib.shell import session

USE_CASE = "personalised_storefront"


def state() -> dict[str, Any]:
    """What this person last chose on the page."""
    with connect() as database:
        return remembered(database, session.actor(), USE_CASE)


def keep(**changes: Any) -> None:
    """Remember choices beyond this session."""
    with connect() as database:
        remember(database, session.actor(), USE_CASE, changes)


def widget(name: str) -> str:
    """A widget's key, apart for each workspace and person; its options are said in the page's language."""
    actor = session.actor()
    return f"{USE_CASE}_{actor.workspace}_{actor.person}_{session.language()}_{name}"


def recall(name: str, default: Any, offered: Any = None, own: str = "") -> str:
    """Give a widget its remembered value in the session's first run; its key. What isn't offered any more is dropped.

    ``own`` is the name of the value where one widget stands for several profiles.
    """
    key = widget(own or name)
    if key not in st.session_state or (offered is not None and st.session_state[key] not in offered):
        value = state().get(own or name, default)
        st.session_state[key] = value if offered is None or value in offered else default
    return key


def kept(name: str, key: str) -> Any:
    """A callback that remembers a widget's value under ``name``."""
    return lambda: keep(**{name: st.session_state[key]})
