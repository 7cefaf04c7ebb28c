"""The page: the log, one run of it, or two side by side, as its address asks for it."""

from __future__ import annotations

import streamlit as st

from lib.i18n import _
from lib.shell import errors, session
from lib.shell.evidence import erasing, keeping, listing, one, pair, standing
from lib.shell.evidence.links import FIRST, RUN, SECOND, SLUG
from lib.shell.opening import opening_of


def draw() -> None:
    """The page as its address asks for it."""
    wanted, first, second = (st.query_params.get(name, "") for name in (RUN, FIRST, SECOND))
    if wanted or (first and second):
        st.button(_("The whole log"), icon=":material/arrow_back:", type="tertiary", on_click=_back)
        with errors.shown():
            if wanted:
                one.draw(wanted)
            else:
                pair.draw(first, second)
        return
    opening_of(SLUG)
    erasing.told()
    with errors.shown():
        standing.strip(session.actor())
    parts = (
        (_("The log"), listing.draw),
        (_("Is it whole?"), standing.draw),
        (_("How long it is kept"), keeping.draw),
        (_("Erase"), erasing.draw),
    )
    tabs = st.tabs([name for name, _part in parts], key=f"evidence_tabs_{session.language()}", on_change="rerun")
    for tab, (_name, part) in zip(tabs, parts, strict=True):
        if tab.open:
            with tab, errors.shown():
                part(session.actor())
    erasing.tell_no_more()


def _back() -> None:
    for name in (RUN, FIRST, SECOND):
        st.query_params.pop(name, None)
