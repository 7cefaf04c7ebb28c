"""The page: one output by its link, or what waits, samples, agreement and rounds of spotting flaws."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lib.access import Right
from lib.i18n import _
from lib.shell import errors, html, session
from lib.shell.opening import opening_of
from lib.shell.review_queue import agreeing, desk, flaws, listing, samples, top
from lib.shell.review_queue.wanting import open_samples, tabs_key
from lib.shell.text import plain

PAGE = "review_queue"
STYLE = """
.toile-queue-side { font-size: 0.95rem; }
.stHtml .toile-queue-facts { list-style: none; padding: 0; margin: 0; }
.toile-queue-facts li { padding: 0.3rem 0; border-bottom: 1px solid var(--toile-line); overflow-wrap: anywhere; }
.toile-queue-facts strong { font-weight: 600; }
.toile-queue-text .toile-overline { margin-top: 0.7rem; }
.toile-queue-grave { white-space: nowrap; }
.toile-queue-grave-2, .toile-queue-grave-3 { font-weight: 600; }
.toile-queue-grave-3 { color: var(--toile-wrong); } .toile-queue-grave-2 { color: var(--toile-doubtful); }
.toile-queue-count { font-family: Newsreader, Georgia, serif; font-size: 1.35rem; margin: 0.2rem 0 0.6rem; }
.toile-queue-confusion td, .toile-runs.toile-queue-confusion thead th { text-align: right; }
.toile-queue-confusion td { font-variant-numeric: tabular-nums; }
.st-key-queue_top, [data-testid="stLayoutWrapper"]:has(> .st-key-queue_top) { position: absolute; height: 0;
  overflow: hidden; }
@media (max-width: 40rem) {
  .st-key-queue_sides [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"]) {
    flex-direction: column-reverse; }
}
[data-testid="stLayoutWrapper"]:has(> .st-key-queue_actions), [data-testid="stLayoutWrapper"]:has(> .st-key-queue_why),
[data-testid="stLayoutWrapper"]:has(> .st-key-flaws_kinds) { position: sticky; bottom: 0; z-index: 5;
  background: var(--toile-paper); }
.st-key-queue_actions { border-top: 1px solid var(--toile-line); padding: 0.6rem 0; }
.st-key-queue_why, .st-key-flaws_kinds { max-height: 75vh; overflow-y: auto; }
.st-key-queue_why > *, .st-key-flaws_kinds > * { flex-shrink: 0; }
@media (max-width: 40rem) {
  .toile-queue-confusion td:empty { display: none; }
  :is(.st-key-queue_actions, .st-key-queue_why, .st-key-flaws_kinds) {
    &, [data-testid="stHorizontalBlock"] { gap: 0.4rem; }
    button { padding-inline: 0.6rem; }
    kbd { display: none; }
  }
}
"""


def draw() -> None:
    """The page as its address asks for it."""
    html.draw(html.stylesheet(STYLE))
    if said := st.session_state.pop(desk.SAID, ""):
        st.toast(plain(said))
    if not session.actor().may(Right.REVIEW):
        _head()
        st.caption(_("Your role in this workspace reads; it doesn’t review. Ask an administrator of the workspace."))
        return
    if wanted := st.query_params.get(desk.PARAMETER):
        top.begin(wanted)
        desk.draw(wanted)
        return
    if wanted := st.query_params.get(flaws.PARAMETER):
        flaws.draw_round(wanted)
        return
    _head()
    parts: dict[str, Callable[[], None]] = {
        _("What waits"): listing.draw,
        _("Samples of bulk jobs"): samples.draw,
        _("Agreement"): agreeing.draw,
        _("Spot the flaw"): flaws.draw,
    }
    if job := st.query_params.get(samples.PARAMETER):  # from a bulk job's page: a sample of it is wanted
        open_samples()
        st.session_state[samples.chosen_key()] = job
        del st.query_params[samples.PARAMETER]
    tabs = st.tabs(list(parts), key=tabs_key(), on_change="rerun")
    for tab, part in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab, errors.shown():
                part()


def _head() -> None:
    opening_of(PAGE)
