"""Choices that last when the language changes: a widget's options are other words then, and its state begins anew."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from lib.shell import session


def choose(label: str, options: Mapping[str, str], name: str, *, as_radio: bool = False) -> str:
    """Ask for one of ``options`` (key and words) and give its key; the first to begin with.

    As a radio the label is only for screen readers: the words stand for themselves.
    """
    kept = f"{name}_kept"
    keys = list(options)
    before = st.session_state.get(kept)
    place = keys.index(before) if before in keys else 0
    key = f"{name}_{session.language()}"
    if as_radio:
        chosen = st.radio(
            label,
            keys,
            place,
            format_func=lambda one: options[one],
            horizontal=True,
            key=key,
            label_visibility="collapsed",
        )
    else:
        chosen = st.selectbox(label, keys, place, format_func=lambda one: options[one], key=key)
    st.session_state[kept] = chosen
    return str(chosen)
