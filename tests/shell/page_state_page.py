"""A page with a text and a choice that it remembers; ``tests/shell/test_page_state.py`` runs it."""

import streamlit as st

from lib.shell import session
from lib.shell.page_state import PageState

PAGE = PageState("memory")
COLOURS = ("red", "green", "blue")

session.begin()
session.meet()
offered = COLOURS[: st.session_state.get("offer", 3)]
kept = PAGE.recall("colour", "red", offered)
st.selectbox("Colour", offered, key=kept, on_change=PAGE.kept("colour", kept))
st.text_input("Wish", key=PAGE.recall("wish", ""))
st.button("Keep", on_click=PAGE.kept("colour", kept))
