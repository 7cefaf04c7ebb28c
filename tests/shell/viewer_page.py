"""A page with two pieces to choose from in a viewer; ``tests/e2e/test_viewer3d.py`` serves it."""

import streamlit as st

from lib.atelier import solids
from lib.i18n import set_language
from lib.shell.viewer3d import show_glb


@st.cache_data
def piece(name):
    """A ring or a chair as GLB."""
    return solids.glb(solids.ring(solids.Ring()) if name == "ring" else solids.chair(solids.Chair()))


set_language(st.query_params.get("lang", "en"))
name = st.radio("Piece", ["ring", "chair"])
show_glb(piece(name), f"The {name}", key="viewer")
count = st.session_state["count"] = st.session_state.get("count", 0) + 1
st.button("Again")
st.write(f"run {count}")
