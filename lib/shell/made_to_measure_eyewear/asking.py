"""What is odd about a measurement, asked beside it: it counts once somebody has looked."""

from __future__ import annotations

import streamlit as st

from lib.i18n import _, number, percent, translate
from lib.merchandising.made_to_measure_eyewear.doubts import Doubt, doubts
from lib.merchandising.made_to_measure_eyewear.measuring import Measured, Sight
from lib.shell.made_to_measure_eyewear.person import Sitter
from lib.shell.made_to_measure_eyewear.points import NAMES


def asked(sitter: Sitter, measured: Measured, sight: Sight) -> bool:
    """Say what is odd and ask whether the points are right; True where nothing is, or somebody said that they are."""
    odd = doubts(measured, sight, sitter.points, sitter.seen)
    sitter.doubts = tuple(one.code for one in odd)
    if not odd:
        return True
    question = _("Are these points right? The measurement is unusual.")
    st.warning("\n".join([question, "", *(f"- {_said(one)}" for one in odd)]), icon=":material/help:")
    return st.checkbox(
        _("I have looked at the points: they are right"), key=f"eyewear_sure_{sitter.key}_{'_'.join(sitter.doubts)}"
    )


def _said(doubt: Doubt) -> str:
    """A doubt with its numbers in the reader's way."""
    values = dict(doubt.said.values)
    if "mm" in values:
        values["mm"] = number(values["mm"], 0)
    for name in ("share", "usual"):
        if name in values:
            values[name] = percent(values[name])
    if doubt.point:
        values["point"] = translate(NAMES[doubt.point])
    return translate(doubt.said.message, None, **values)
