"""The page: domains, the map, what the chosen use case's place rests on; then weights, scoring, value, additions."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lib.database import connect
from lib.decide.acceptability import over_all_weights
from lib.decide.model import Ranking
from lib.decide.portfolio_map import acceptability_figure, places_figure
from lib.decide.ranking import Standing, standing
from lib.decide.sensitivity import of, sentence
from lib.i18n import _
from lib.shell import board_pack, charts, errors, html, method_checked, session
from lib.shell.html import element
from lib.shell.opening import opening_of
from lib.shell.page import section
from lib.shell.prioritisation_matrix import (
    adding,
    domains,
    picture,
    scoring_list,
    scoring_panel,
    sheet,
    taking,
    value_part,
    weighing,
)
from lib.shell.prioritisation_matrix.state import SESSION, SLUG


def draw() -> None:
    """The whole page, or one scoring session where the address asks for it."""
    opening_of(SLUG)
    wanted = st.query_params.get(SESSION)
    with errors.shown():
        if wanted:
            scoring_panel.draw(wanted)
        else:
            _matrix()


def _matrix() -> None:
    with connect() as database:
        stand = standing(database, session.actor())
    ranking = stand.ranking()
    shown = domains.draw(stand)
    chosen = picture.draw(ranking, shown)
    parts: tuple[tuple[str, Callable[[], None]], ...] = (
        (_("What it rests on"), lambda: sheet.draw(stand, ranking, chosen)),
        (_("What would change it"), lambda: _order(stand, ranking)),
        (_("Weights"), lambda: weighing.draw(stand)),
        (_("Score together"), lambda: scoring_list.draw(stand)),
        (_("Value in money"), lambda: value_part.draw(stand, chosen)),
        (_("Own use cases"), lambda: adding.draw()),
        (_("Take away"), lambda: taking.draw(stand, ranking)),
    )
    tabs = st.tabs([name for name, _part in parts], key=f"matrix_tabs_{session.language()}", on_change="rerun")
    for tab, (_name, part) in zip(tabs, parts, strict=True):
        if tab.open:
            with tab, errors.shown():
                part()
    board_pack.panel(SLUG)


def _order(stand: Standing, ranking: Ranking) -> None:
    """How sure the first places are, and what would change them."""
    found = of(stand)
    html.draw(element("p", sentence(found), class_="toile-finding"))
    html.draw(weighing.turning_points(found))
    section(_("How sure the places are"))
    charts.draw(places_figure(ranking))
    section(_("If you don’t agree on the weights"))
    over_all = over_all_weights(
        [row.candidate for row in ranking.rows], stand.scores(), stand.weights.value_share, seed=ranking.seed
    )
    charts.draw(acceptability_figure(over_all))
    method_checked.ranking()
