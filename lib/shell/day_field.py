"""A field for a day that is remembered as a page's other choices are: a refresh or another language finds it again."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from lib.shell.page_state import PageState


def day_field(memory: PageState, name: str, label: str, default: dt.date | None = None) -> dt.date | None:
    """The day that stands in the field, None while none does. It is kept as an ISO date, since JSON knows no dates."""
    key = memory.widget(name)
    if key not in st.session_state:
        kept = memory.state().get(name)
        st.session_state[key] = dt.date.fromisoformat(kept) if kept else default
    found = st.date_input(label, key=key, format="DD/MM/YYYY", on_change=lambda: _keep(memory, name, key))
    return found if isinstance(found, dt.date) else None


def _keep(memory: PageState, name: str, key: str) -> None:
    day = st.session_state[key]
    memory.keep(**{name: day.isoformat() if isinstance(day, dt.date) else ""})
