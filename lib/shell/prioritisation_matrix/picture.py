"""The map, and the choice of the use case whose evidence is shown below it."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st
from markupsafe import Markup

from lib.decide.model import BASIS_NAMES, BASIS_SIGNS, Basis, Ranking
from lib.decide.portfolio_map import portfolio_map, quadrant_name
from lib.i18n import _, number, percent, translate
from lib.shell import html, map_chart
from lib.shell.html import element
from lib.shell.prioritisation_matrix.state import CASE, CHOSEN, PAGE


def draw(ranking: Ranking, shown: Collection[str] | None) -> str:
    """The map of the use cases in ``shown`` (all where None); the slug of the chosen one."""
    slugs = [row.candidate.slug for row in ranking.rows if shown is None or row.candidate.slug in shown]
    if not slugs:
        html.draw(element("p", _("No use case is in this domain yet. Put some into it above."), class_="toile-empty"))
        slugs = [row.candidate.slug for row in ranking.rows]
    key = PAGE.recall(CHOSEN, slugs[0], slugs)
    asked = st.query_params.pop(CASE, None)
    if asked in slugs:
        st.session_state[key] = asked
        PAGE.keep(**{CHOSEN: asked})

    def picked(slug: str) -> None:
        if slug in slugs:
            st.session_state[key] = slug
            PAGE.keep(**{CHOSEN: slug})

    drawn = portfolio_map(ranking, slugs, st.session_state[key])
    map_chart.draw(drawn, PAGE.widget("map"), picked)
    html.draw(_key())
    titles = {row.candidate.slug: f"{place} · {row.candidate.title}" for place, row in enumerate(ranking.rows, 1)}
    chosen = st.selectbox(
        _("Use case: click a point, or choose here"),
        slugs,
        format_func=titles.__getitem__,
        key=key,
        on_change=PAGE.kept(CHOSEN, key),
    )
    with st.expander(_("These figures as a table")):
        html.draw(table(ranking, slugs))
    return str(chosen)


def _key() -> Markup:
    said = _(
        "A filled point rests on evidence, an open ring on opinion or assumption alone; the strongest one is chosen."
    )
    return element("p", said, " ", _("Lines are the range of 90% of the draws."), class_="toile-source")


def table(ranking: Ranking, slugs: Collection[str]) -> Markup:
    """The ranking in words and numbers."""
    heads = (
        _("Rank"),
        _("Use case"),
        _("Quadrant"),
        _("Value"),
        _("Feasibility"),
        _("Among the first five"),
        _("Rests on"),
    )
    head = element("tr", *(element("th", name, scope="col") for name in heads))
    lines = []
    for place, row in enumerate(ranking.rows, start=1):
        if row.candidate.slug not in slugs:
            continue
        cells = (
            _("{n} ({low} to {high})", n=place, low=number(row.rank.low, 0), high=number(row.rank.high, 0)),
            row.candidate.title,
            quadrant_name(row),
            number(row.value.value, 1),
            number(row.feasibility.value, 1),
            percent(row.top),
            bases(row.bases.values()),
        )
        lines.append(
            element("tr", *(element("td", cell, data_name=name) for name, cell in zip(heads, cells, strict=True)))
        )
    body = element("table", element("thead", head), element("tbody", *lines), class_="toile-runs")
    return element("div", body, class_="toile-table", tabindex="0")


def bases(found: Collection[Basis]) -> str:
    """How many criteria rest on what, as signs with counts."""
    counted = [(basis, sum(one is basis for one in found)) for basis in Basis]
    return " · ".join(f"{BASIS_SIGNS[basis]} {n} {translate(BASIS_NAMES[basis])}" for basis, n in counted if n)
