"""What the order rests on: each candidate's standing, all scores at a glance, and where they come from, by sight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from lib.database.partners import PartnerCriterion
from lib.decide.model import BASIS_SIGNS, Basis, Reference
from lib.decide.partners.criteria import SCALES
from lib.decide.partners.pack import references
from lib.decide.partners.weighing import Standing, score_of
from lib.i18n import _, date, list_of, ngettext, number, percent, translate
from lib.navigation import address_of
from lib.shell import folds, html, session
from lib.shell.html import element
from lib.shell.marks import basis_markup

SHOWN = 6  # candidates side by side
PARAMETERS = {"compare": "comparison"}


def facts(ranked: list[Standing]) -> Markup:
    """The first ones' chance of being first, and what their scores rest on, in shares of the weights."""
    lines = []
    for one in ranked[:4]:
        shares = ((Basis.EVIDENCE, one.evidence), (Basis.OPINION, one.opinion), (Basis.ASSUMPTION, one.assumption))
        resting = [
            part for basis, share in shares if share >= 0.005 for part in (basis_markup(basis), f" {percent(share)}  ")
        ]
        told = [
            element("dd", _("first in {share} of the draws", share=percent(one.first))),
            element("dd", *resting, _("of the weights"), class_="toile-aside"),
        ]
        if one.unknown:
            told.append(element("dd", _open(one), class_="toile-aside"))
        lines.append(element("div", element("dt", one.partner.name), *told))
    return element("dl", *lines, class_="toile-list")


def _open(one: Standing) -> str:
    """Which criteria nobody scored; many of them are counted, few are named."""
    if len(one.unknown) > len(PartnerCriterion) // 2:
        return ngettext(
            "{n} criterion isn’t scored and may be anything",
            "{n} criteria aren’t scored and may be anything",
            len(one.unknown),
        )
    return _("may be anything: {names}", names=list_of([translate(SCALES[key].title) for key in one.unknown]))


def at_a_glance(ranked: list[Standing], weights: Mapping[PartnerCriterion, float]) -> None:
    """Every score of every candidate with the sign of what it rests on; those that nobody gave are a question mark."""
    shown = ranked[:SHOWN]
    names = [one.partner.name for one in shown]
    rows = [
        folds.Row(
            f"{translate(SCALES[key].title)} · {percent(weights[key])}",
            "  ".join(_cell(one, key, brief=True) for one in shown),
            tuple(_cell(one, key) for one in shown),
        )
        for key in PartnerCriterion
    ]
    with st.expander(_("All scores side by side"), expanded=True):
        if len(names) > 1:
            folded = _("In each line, in this order: {names}", names=list_of(names))
            html.draw(element("p", folded, class_="toile-source toile-narrow"))
        html.draw(folds.table((_("Criterion"), *names), rows, "toile-compared"))
        legend = [part for basis in Basis for part in (basis_markup(basis), "   ")]
        unscored = _("?: nobody gave a score, so anything from 1 to 5")
        html.draw(element("p", *legend, unscored, class_="toile-source"))


def _cell(one: Standing, key: PartnerCriterion, brief: bool = False) -> str:
    """A score with its sign and, unless ``brief``, its range."""
    score = score_of(one.partner, key)
    sign = BASIS_SIGNS[Basis(score.basis)]
    if key in one.unknown:
        return f"{sign} ?"
    if brief:
        return f"{sign} {number(score.likeliest, 1)}"
    ends = _("({low} to {high})", low=number(score.low, 1), high=number(score.high, 1))
    return f"{sign} {number(score.likeliest, 1)} {ends if score.low < score.high else ''}".rstrip()


def sources(ranked: list[Standing], chosen: bool) -> None:
    """Where the scores come from, each line with its mark; a comparison can be opened."""
    lines = [element("li", basis_markup(one.basis), " ", _said(one)) for one in references(ranked, chosen)]
    if lines:
        html.draw(element("ul", *lines, class_="toile-checks"))


def _said(one: Reference) -> str | Markup:
    name = PARAMETERS.get(one.page, "")
    if not name or not one.key:
        return one.said
    query = f"{name}={quote(one.key)}"
    address = f"{address_of(one.page, session.language())}&{query}"
    link = element("a", one.said, class_="toile-link", href=address, data_page=f"{one.page}?{query}")
    return html.joined(link, " · ", date(_iso(one.dated), "medium")) if one.dated else link


def _iso(day: str) -> dt.date:
    return dt.date.fromisoformat(day[:10])
