"""The weights of the criteria, and how far each would have to move to change the first five."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from lib.access import Right
from lib.catalogue import CRITERIA, FEASIBILITY_CRITERIA, VALUE_CRITERIA, Criterion
from lib.database import connect, weights
from lib.decide.model import Basis
from lib.decide.ranking import Standing
from lib.decide.sensitivity import Sensitivity, Turn
from lib.i18n import _, percent, translate
from lib.shell import errors, folds, html, session
from lib.shell.html import element
from lib.shell.marks import basis_markup


def draw(stand: Standing) -> None:
    """Sliders for all criteria, saved together."""
    actor = session.actor()
    about = _("What counts how much is a choice of the house. Only the proportions matter: 50 and 100 are 1 to 2.")
    html.draw(element("p", about))
    html.draw(_resting(stand))
    # What somebody else has set since shows at once, so the sliders' keys follow the weights.
    now = "_".join(f"{points:g}" for points in (*stand.weights.points.values(), stand.weights.value_share))
    place = f"weights_{session.workspace()}_{session.language()}_{now}"
    with st.form(place, border=False):
        points: dict[Criterion, float] = {}
        columns = st.columns(2, gap="large")
        titles = (_("Value"), _("Feasibility"))
        for column, title, side in zip(columns, titles, (VALUE_CRITERIA, FEASIBILITY_CRITERIA), strict=True):
            with column:
                st.subheader(title, anchor=False)
                for criterion in side:
                    points[criterion] = _slider(stand, criterion, place)
        share = st.slider(
            _("What value counts overall, feasibility the rest"),
            0,
            100,
            round(stand.weights.value_share * 100),
            5,
            format="%d%%",
            key=f"{place}_share",
        )
        saved = st.form_submit_button(_("Save the weights"), type="primary", disabled=not actor.may(Right.STEER))
    if not actor.may(Right.STEER):
        st.caption(_("Your role in this workspace does not change weights. Ask an administrator of the workspace."))
    if saved:
        with errors.shown():
            with connect() as database:
                weights.set_weights(database, actor, points, share / 100)
            st.rerun()


def _resting(stand: Standing) -> Markup:
    """What the weights are: taken for granted while each counts the same, the house's opinion once they differ."""
    basis, said = Basis.OPINION, _("what your house finds important")
    if len(set(stand.weights.points.values())) == 1:
        basis, said = Basis.ASSUMPTION, _("each criterion counts the same until you say otherwise")
    return element("p", basis_markup(basis), " ", said, class_="toile-source")


def _slider(stand: Standing, criterion: Criterion, place: str) -> float:
    scale = CRITERIA[criterion]
    return float(
        st.slider(
            translate(scale.title),
            0,
            100,
            round(stand.weights.points[criterion]),
            5,
            help=translate(scale.question),
            key=f"{place}_{criterion.value}",
        )
    )


def turning_points(found: Sequence[Sensitivity]) -> Markup:
    """Each weight with how far it may move either way before the first five change."""
    if not found:
        return Markup("")
    heads = (_("Criterion"), _("Counts now"), _("First change below"), _("First change above"))
    rows = []
    for one in found:
        share = percent(one.share)
        cells = (share, _turn(one.below), _turn(one.above))
        rows.append(folds.Row(translate(CRITERIA[one.criterion].title), share, cells))
    return folds.table(heads, rows)


def _turn(turn: Turn | None) -> str:
    if turn is None:
        return _("none")
    return _(
        "{share}: {enters} for {leaves}", share=percent(turn.share), enters=turn.enters.title, leaves=turn.leaves.title
    )
