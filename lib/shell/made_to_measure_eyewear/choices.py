"""Choices whose options are said in the reader's language: they stay when the language is switched.

A browser keeps such a widget's options by its key, so the language is in the key, and what was chosen comes back from
this session's state.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

import streamlit as st

from lib.shell import session

KEPT = "eyewear_choices"
T = TypeVar("T")


def key_of(name: str) -> str:
    """The widget's key in the reader's language."""
    return f"eyewear_{name}_{session.language()}"


def restored(name: str, options: Collection[Any], default: object) -> str:
    """The widget's key, its state set to what was chosen before; to ``default`` where that is on offer no more."""
    before = _kept().get(name, default)
    key = key_of(name)
    if key not in st.session_state:
        st.session_state[key] = before if before in options else default
    return key


def keep(name: str, chosen: T) -> T:
    """Remember a choice beyond its widget."""
    _kept()[name] = chosen
    return chosen


def forget(end: str) -> None:
    """Let go of the choices whose name ends so."""
    for name in [name for name in _kept() if name.endswith(end)]:
        del _kept()[name]


def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = st.session_state.setdefault(KEPT, {})
    return kept
