"""The page: who comes first and what would change it, then what that rests on, then what to do with it."""

from __future__ import annotations

import streamlit as st

from lib.access import DEMO_WORKSPACE, Right
from lib.database import connect
from lib.database import partners as stored
from lib.database.partners import PartnerCriterion
from lib.decide.partners import example
from lib.decide.partners.criteria import SCALES
from lib.decide.partners.pack import figure
from lib.decide.partners.weighing import Standing, Turn, standings, turns
from lib.i18n import _, percent, translate
from lib.shell import board_pack, charts, errors, html, session
from lib.shell.html import element
from lib.shell.opening import opening_of
from lib.shell.partners import candidates, overview, request, ways, weighting

SLUG = "partners"
LEVEL = 0.005  # a weight that moves by less isn't seen to move


def draw() -> None:
    """The whole page."""
    opening_of(SLUG)
    actor = session.actor()
    with connect() as database:
        found = stored.listing(database, actor)
        weights = stored.weights(database, actor)
        ranked = standings(found, weights)
        chosen = bool(stored.choices(database, actor))
    if ranked:
        _standing(ranked, turns(found, weights))
        overview.at_a_glance(ranked, weights)
        overview.sources(ranked, chosen)
    else:
        _nothing()
    steers = actor.may(Right.STEER)
    names = (_("Candidates"), _("What counts"), _("Build, buy or partner"), _("Request for proposals"))
    listed, weighed, chosen_ways, asked = st.tabs(names)
    with listed:
        with errors.shown():
            candidates.draw(found, steers)
        if found:
            with errors.shown():
                candidates.scores(found, steers)
    with weighed, errors.shown():
        weighting.draw(weights, steers)
    with chosen_ways, errors.shown():
        ways.draw(found, steers)
    with asked, errors.shown():
        request.draw(weights)
    board_pack.panel(SLUG)


def _nothing() -> None:
    html.draw(
        element(
            "p",
            _(
                "No candidate is listed yet. Add those you consider, score them on nine criteria, and see who comes"
                " first and how sure that is. Nobody is proposed here: the list is yours."
            ),
            class_="toile-finding",
        )
    )
    if session.actor().workspace == DEMO_WORKSPACE:
        _example()


def _example() -> None:
    """What the page shows once candidates are scored, on three that are invented."""
    invented = example.candidates()
    weights = dict.fromkeys(PartnerCriterion, 1 / len(PartnerCriterion))
    ranked = standings(invented, weights)
    said = _("An example: three invented candidates. Every score is an assumption, and nothing of it is kept.")
    html.draw(element("p", said, class_="toile-engine"))
    _standing(ranked, turns(invented, weights))
    overview.at_a_glance(ranked, weights)


def _standing(ranked: list[Standing], turned: list[Turn]) -> None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        charts.draw(figure(ranked))
    with right:
        html.draw(overview.facts(ranked))
        html.draw(element("p", element("strong", _("What would change the order")), class_="toile-source"))
        html.draw(element("ul", *(element("li", said) for said in sensitivity(turned)), class_="toile-points"))


def sensitivity(turned: list[Turn]) -> list[str]:
    """The three weights that matter most for the first place, in sentences."""
    if not turned:
        return [_("With one candidate there is no order to change.")]
    near = [turn for turn in turned if turn.at is not None and turn.other is not None][:3]
    if not near:
        return [_("No weight of any single criterion would change who comes first.")]
    level = [turn.other.name for turn in near if turn.other and turn.at is not None and abs(turn.at - turn.now) < LEVEL]
    if level:
        return [_("“{name}” is level with the first: any change may turn the order.", name=level[0])]
    return [
        _(
            "{criterion} at {at} instead of {now}: “{name}” would come first.",
            criterion=translate(SCALES[turn.criterion].title),
            at=percent(turn.at or 0.0),
            now=percent(turn.now),
            name=turn.other.name if turn.other else "",
        )
        for turn in near
    ]
