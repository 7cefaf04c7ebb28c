"""How much each criterion counts."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from lib.database import connect
from lib.database import partners as stored
from lib.database.partners import PartnerCriterion
from lib.decide.model import Basis
from lib.decide.partners.criteria import SCALES
from lib.i18n import _, percent, translate
from lib.shell import html, session
from lib.shell.html import element
from lib.shell.marks import basis_markup
from lib.shell.page_state import PageState

MEMORY = PageState("partners")
MOST = 10
FIELD = 168  # CSS pixels: two of them fit a phone, side by side


def draw(weights: Mapping[PartnerCriterion, float], steers: bool) -> None:
    """A field for each criterion, as many in a row as fit; without the right to steer, the shares alone.

    No sliders: on a phone a thumb that scrolls the page moves them.
    """
    html.draw(element("p", _("Points from 0 to 10 for each criterion; only their proportions matter.")))
    if not steers:
        _resting(weights)
        lines = [
            element("div", element("dt", translate(SCALES[key].title)), element("dd", percent(weight)))
            for key, weight in weights.items()
        ]
        html.draw(element("dl", *lines, class_="toile-list"))
        return
    _resting(weights)
    heaviest = max(weights.values())
    with st.form(MEMORY.widget("weights"), border=False):
        given: dict[PartnerCriterion, float] = {}
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            for key in PartnerCriterion:
                points = round(weights[key] / heaviest * MOST) if heaviest else 0
                given[key] = st.number_input(
                    f"{translate(SCALES[key].title)} · {percent(weights[key])}", 0, MOST, points,
                    key=MEMORY.widget(f"weight_{key.value}"), width=FIELD, help=translate(SCALES[key].question),
                )  # fmt: skip
        if st.form_submit_button(_("Save the weights")):
            with connect() as database:
                stored.save_weights(database, session.actor(), given)
            st.rerun()


def _resting(weights: Mapping[PartnerCriterion, float]) -> None:
    """What the weights are: taken for granted while each counts the same, the house's opinion once they differ."""
    if len({round(weight, 6) for weight in weights.values()}) == 1:
        basis, said = Basis.ASSUMPTION, _("each criterion counts the same until you say otherwise")
    else:
        basis, said = Basis.OPINION, _("what your house finds important")
    html.draw(element("p", basis_markup(basis), " ", said, class_="toile-source"))
