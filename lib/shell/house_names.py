"""The names of other houses that the checks look for: what the house adds, and what it leaves alone."""

from __future__ import annotations

import streamlit as st

from lib.access import Right
from lib.checks.brand_terms import HOUSE_DEFAULT, BrandTerms, compiled
from lib.checks.brands import brand_findings
from lib.checks.measured import sentence
from lib.database import connect
from lib.database.house_terms import HouseTerms, house_terms, set_house_terms
from lib.i18n import _, ngettext, translate
from lib.shell import errors, session
from lib.shell.text import plain


def edit() -> None:
    """Two lists, one name a line, with a sentence to try them on; read-only for who may not govern."""
    actor = session.actor()
    with connect() as database:
        kept = house_terms(database, actor)
    shipped = compiled(HOUSE_DEFAULT).count
    said = ngettext(
        "Each text that an engine writes is searched for the {n} name that comes with the product and for yours.",
        "Each text that an engine writes is searched for the {n} names that come with the product and for yours.",
        shipped,
    )
    st.markdown(plain(said))
    if measured := sentence("brands"):
        st.caption(plain(measured))
    with st.form("house_names", border=False):
        locked = not actor.may(Right.GOVERN)
        left, right = st.columns(2)
        added = left.text_area(
            _("Look for these too, one a line"), "\n".join(kept.added), key="house_names_added", disabled=locked
        )
        left_out = right.text_area(
            _("Leave these alone, one a line"), "\n".join(kept.left_out), key="house_names_left_out", disabled=locked
        )
        if st.form_submit_button(_("Save the names"), disabled=locked, key="house_names_save"):
            with errors.shown(), connect() as database:
                kept = set_house_terms(database, actor, str(added).splitlines(), str(left_out).splitlines())
                st.toast(_("Saved. The next text is read with these names."))
    _tried(kept)


def _tried(kept: HouseTerms) -> None:
    text = st.text_input(_("Try a sentence"), key="house_names_try")
    if not text:
        return
    found = brand_findings(text, "text", terms=BrandTerms(kept.added, kept.left_out))
    for one in found:
        st.markdown("- " + plain(translate(one.message, None, **one.values)))
    if not found:
        st.caption(_("No name of another house was found in it."))
