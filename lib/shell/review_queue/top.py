"""The next output begins at its top: without this, the page stays scrolled to where the last verdict was given."""

from __future__ import annotations

import streamlit as st

_JS = """
export default function ({ data }) {
  if (window.toileShown === data.shown) return;
  window.toileShown = data.shown;
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
}
"""
_top = st.components.v2.component("toile_top", js=_JS)


def begin(shown: str) -> None:
    """Scroll up where something else is shown than before. Nothing of it is seen."""
    with st.container(key="queue_top"):
        _top(key="queue_top_part", data={"shown": shown}, height="content")
