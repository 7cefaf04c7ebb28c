"""How the ranking and the roadmap were checked, folded at the end of their pages: measured numbers or none."""

from __future__ import annotations

import streamlit as st

from lib.decide.method import PARTS, Agreement, shipped_agreement, shipped_gains
from lib.decide.roadmap.proof import Gain
from lib.i18n import _, number, percent


def ranking() -> None:
    """The draws beside the enumeration of all weightings."""
    found = shipped_agreement()
    with st.expander(_("How this method was checked")):
        st.markdown(_not_measured() if found is None else agreement_said(found))


def roadmap() -> None:
    """The plans beside those of two greedy rules."""
    found = shipped_gains()
    with st.expander(_("How this method was checked")):
        if found is None:
            st.markdown(_not_measured())
            return
        value, weeks = found
        st.markdown(_("By value, the most valuable step first: {gain}", gain=gain_said(value)))
        st.markdown(_("By the value of a person-week, the stronger rule: {gain}", gain=gain_said(weeks)))
        st.caption(_aside(value))


def agreement_said(found: Agreement) -> str:
    """What the check of the ranking found, in the reader's language."""
    return _(
        "On {portfolios} random portfolios every weighting in steps of a part in {parts} was enumerated. Of {chances}"
        " exact chances of being among the first, {share} lie within the 95% interval that the random draws give;"
        " the furthest is {furthest} points off.",
        portfolios=number(found.portfolios, 0),
        parts=PARTS,
        chances=number(found.chances, 0),
        share=percent(found.share, 1),
        furthest=number(100 * found.furthest, 1),
    )


def gain_said(found: Gain) -> str:
    """How much more the plan is worth than another way's."""
    return _(
        "{mean} more worth on average ({low} to {high}, 95% interval); more in {better} of the portfolios,"
        " less in {worse}.",
        mean=percent(found.mean, 1),
        low=percent(found.low, 1),
        high=percent(found.high, 1),
        better=percent(found.better),
        worse=percent(found.worse),
    )


def _aside(found: Gain) -> str:
    return _(
        "{portfolios} random portfolios; {proven} of the plans are proven to be the best; interval by bootstrap over"
        " portfolios (Efron and Tibshirani, 1993).",
        portfolios=number(found.portfolios, 0),
        proven=percent(found.proven),
    )


def _not_measured() -> str:
    return _("This version of the method hasn’t been measured yet: no number is shown rather than an older one.")
