"""A house's own use cases beside the documented ones."""

from __future__ import annotations

import streamlit as st

from lib.access import Right
from lib.catalogue import AREA_TITLES, VALUE_CHAIN
from lib.database import connect, portfolio
from lib.i18n import _, translate
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.text import plain


def draw() -> None:
    """What was added, each with a way to take it out, and a form for the next."""
    actor = session.actor()
    with connect() as database:
        found = portfolio.additions(database, actor)
    if not found:
        html.draw(
            element("p", _("Your house has no use cases of its own here yet. Add one: it is ranked like the others."),
                    class_="toile-empty")
        )  # fmt: skip
    for case in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"own_{case.slug}"):
            area = translate(AREA_TITLES[case.area])
            st.markdown(f"**{plain(case.title)}**  \n{plain(area)} · {plain(case.summary)}", width="stretch")
            if actor.may(Right.STEER) and st.button(_("Remove this use case"), key=f"retire_{case.slug}"):
                with connect() as database:
                    portfolio.retire_use_case(database, actor, case.slug)
                st.rerun()
    if actor.may(Right.STEER):
        _form()


def _form() -> None:
    made = int(st.session_state.setdefault("matrix_own_made", 0))
    areas = {area: translate(AREA_TITLES[area]) for area in VALUE_CHAIN}
    with st.form(f"own_use_case_{made}", border=False):
        title = st.text_input(_("Title"), key=f"own_title_{made}", placeholder=_("For instance: Window scripts"))
        area = st.selectbox(
            _("Part of the value chain"), list(areas), format_func=areas.__getitem__, key=f"own_area_{made}"
        )
        summary = st.text_area(
            _("In one sentence"), max_chars=portfolio.MAX_SUMMARY, height=80, key=f"own_summary_{made}"
        )
        added = st.form_submit_button(_("Add the use case"), type="primary")
    if added:
        with errors.shown():
            with connect() as database:
                portfolio.add_use_case(database, session.actor(), area, title, summary)
            st.session_state["matrix_own_made"] = made + 1
            st.rerun()
