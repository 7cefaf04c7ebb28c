"""Product ideation: white space in past lines, four agents who propose and object, a shortlist with its evidence."""

from __future__ import annotations

import streamlit as st

from lib.catalogue import UseCase
from lib.i18n import _
from lib.shell import errors
from lib.shell.page import open_page, section
from lib.shell.product_ideation import exchange, ideas, map_of_gaps, meeting, tables, taking
from lib.shell.proving import offer_own_data

SLUG = "product_ideation"


def try_it(case: UseCase) -> None:
    """The next round beside the past line's white space; then the ideas of the last one and how they came about.

    The brief comes first so that a phone shows the main button, then the map, without a way through settings.
    """
    ideas.style()
    with st.container(key="ideation_first"):
        brief, picture = st.columns([2, 3], gap="large")
    with brief:
        section(_("The next round"))
        wanted = st.container()
        given = tables.ask()
    if not given.line.ready:
        wanted.info(
            _("Choose the demo house’s past line, or upload yours, to begin."), icon=":material/arrow_downward:"
        )
        return
    offer_own_data(case, tables.own_data(given))
    with errors.shown():
        with picture:
            section(_("White space"), tables.said_of(given))
            seen = map_of_gaps.look(given)
            map_of_gaps.draw(seen, given.source)
        with wanted:
            meeting.ask(case, given, seen)
        held = meeting.last(given)
        if held is not None:
            ideas.show(held)
            exchange.show(held)
            taking.show(held, given)


open_page(SLUG, try_it)
