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
    """The past line's white space beside the next round; then the ideas of the last one and how they came about."""
    given = tables.ask()
    if not given.line.ready:
        st.info(_("Choose the demo house’s past line, or upload yours, to begin."), icon=":material/arrow_upward:")
        ideas.show(None)  # what was made before stays in reach
        return
    offer_own_data(case, tables.own_data(given))
    with errors.shown():
        seen = map_of_gaps.look(given)
        left, right = st.columns([3, 2], gap="large")
        with left:
            section(_("White space"), tables.said_of(given))
            map_of_gaps.draw(seen)
        with right:
            section(_("The next round"))
            meeting.ask(case, given, seen)
        held = meeting.last(given)
        ideas.show(held)
        if held is not None:
            exchange.show(held)
            taking.show(held, given)


open_page(SLUG, try_it)
