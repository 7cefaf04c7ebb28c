"""Bringing what was just written into view: on a phone it stands several screens below the button that was pressed."""

from __future__ import annotations

import streamlit as st

ANNOUNCED = "product_descriptions_announced"

# Moves once per run: the browser may mount the same element again. The focus goes along, so that a screen reader reads
# the heading next and Tab goes on from there.
_JS = """
const seen = new Set();

export default function ({ data }) {
  if (seen.has(data.run)) return;
  seen.add(data.run);
  // What stands above is still being laid out (charts above all): the place is looked up until it rests or the reader
  // moves the page.
  let moved = false;
  for (const act of ["wheel", "touchstart", "keydown", "mousedown"]) {
    addEventListener(act, () => { moved = true; }, { once: true, passive: true });
  }
  const until = performance.now() + 1500;
  let focused = false;
  const bring = () => {
    const target = document.querySelector(`.st-key-${data.target}`);
    if (target && !moved) {
      if (!focused) {
        target.tabIndex = -1;
        target.focus({ preventScroll: true });
        focused = true;
      }
      target.scrollIntoView({ block: "start" });
    }
    if (!moved && performance.now() < until) setTimeout(bring, 100);
  };
  bring();
}
"""
_arrival = st.components.v2.component("toile_arrival", js=_JS)


def announce(run: str) -> None:
    """Say that a run has just been made; the next ``arrive`` brings it into view."""
    st.session_state[ANNOUNCED] = run


def arrive(run: str, target: str) -> None:
    """Bring the container with the key ``target`` into view if ``run`` was just announced."""
    if st.session_state.get(ANNOUNCED) == run:
        with st.container(key="arrival"):
            _arrival(key=f"arrival_{run}", data={"run": run, "target": target})
