"""Sketch to design: a sentence, a sketch, a mood board or several together become variants; pieces in 3D."""

import streamlit as st

from lib.catalogue import UseCase
from lib.i18n import _
from lib.shell import session
from lib.shell.page import open_page
from lib.shell.sketch_to_design import asking, judging, looks, opened, showing, solids

SLUG = "sketch_to_design"


def garments(case: UseCase) -> None:
    """Inputs on the left, all variants at a glance on the right, then each one large."""
    left, right = st.columns([5, 8], gap="large")
    with right:
        at_work = showing.working()
        grid = showing.grid_in_view()
        showing.hero(grid, at_work)
    with left:
        asking.draw(case)
    if grid is None or at_work:
        showing.shelf()
        return
    opened.draw(grid)
    showing.plates(case, grid)
    showing.shelf()
    opened.take_all()
    judging.draw(grid)


def try_it(case: UseCase) -> None:
    """Garments, bags and shoes; and pieces in three dimensions."""
    looks.draw()
    names = (_("Garments"), _("In 3D"))
    tabs = st.tabs(names, key=f"kind_{SLUG}_{session.language()}", on_change="rerun")
    for tab, drawn in zip(tabs, (garments, solids.draw), strict=True):
        if tab.open:
            with tab:
                drawn(case)


open_page(SLUG, try_it)
