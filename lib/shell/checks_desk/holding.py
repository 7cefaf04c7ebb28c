"""What this session holds for the page and nobody writes down: texts, findings, thumbnails.

A widget's value ends with the tab in which it is drawn, and its key changes with the language; what it held lies beside
it until the visit ends.
"""

from __future__ import annotations

import secrets
from typing import Any, Final

import streamlit as st

from lib.shell import session
from lib.shell.page_state import PageState

MEMORY: Final = PageState("checks")  # choices that aren't anybody's text: the marks that were made


def slot(name: str) -> str:
    """The session's place for ``name``, apart for each workspace and person."""
    actor = session.actor()
    return f"checks_held_{actor.workspace}_{actor.person}_{name}"


def held(name: str, default: Any = None) -> Any:
    """What is held under ``name``."""
    return st.session_state.get(slot(name), default)


def hold(name: str, value: Any) -> None:
    """Hold ``value`` under ``name`` until the visit ends."""
    st.session_state[slot(name)] = value


def field(name: str, default: Any) -> str:
    """The key of a widget that shows what is held, in whichever tab and language it is drawn again."""
    key = MEMORY.widget(name)
    if key not in st.session_state:
        st.session_state[key] = held(name, default)
    return key


def put(name: str, value: Any) -> None:
    """Let a widget show ``value`` from now on; for callbacks."""
    st.session_state[MEMORY.widget(name)] = value
    hold(name, value)


def visit() -> str:
    """This session's own name: work that it began is its alone, not of another window of the same person."""
    if held("visit") is None:
        hold("visit", secrets.token_hex(6))
    return str(held("visit"))
