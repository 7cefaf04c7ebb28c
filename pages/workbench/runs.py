"""Runs: everything that was executed in the workspace; one of them whole by its link."""

import streamlit as st

from lib.i18n import _
from lib.shell import errors, html, session
from lib.shell.evidence.links import run_evidence
from lib.shell.html import element
from lib.shell.runs import detail, listing
from lib.shell.runs.links import PARAMETER


def back() -> None:
    """Leave the one run for the list."""
    st.query_params.pop(PARAMETER, None)


wanted = st.query_params.get(PARAMETER)
if wanted:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(_("All runs"), icon=":material/arrow_back:", type="tertiary", on_click=back)
        html.draw(run_evidence(_("Its evidence"), wanted, session.language()))
    with errors.shown():
        detail.detail(wanted)
else:
    html.draw(
        element(
            "header",
            element("h1", _("Runs")),
            element(
                "p",
                _("Everything that was executed here: on which engine and prompt, at what cost, with what result."),
                class_="toile-lead",
            ),
            class_="toile-opening",
        )
    )
    listing.listing(session.actor())
