"""The ideas of a round as cards: drawing, scores with their intervals, what stands behind them; pin and veto."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from lib.access import Right
from lib.i18n import _, ngettext, number, translate
from lib.merchandising.product_ideation.agents import GOAL_TITLES, TITLES
from lib.merchandising.product_ideation.exports import (
    attributes_said,
    evidence_said,
    overall_said,
    score_said,
    titles_of,
)
from lib.merchandising.product_ideation.levels import value_name
from lib.merchandising.product_ideation.model import Idea, Score
from lib.shell import html, session
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.product_ideation.held import Held
from lib.shell.product_ideation.state import keep_meeting, meeting_of

PER_ROW = 3
CSS = """
.ideas-swatches { display: flex; gap: 4px; flex-wrap: wrap; margin: 0.25rem 0; }
.ideas-swatches span { width: 28px; height: 28px; border: 1px solid var(--toile-line); }
.ideas-key { display: flex; flex-wrap: wrap; gap: 0.2rem 1.4rem; }
.ideas-card h3 { font-size: 1.15rem; line-height: 1.25; font-weight: 500; padding: 0; min-height: 2.9rem; }
.ideas-card .ideas-by { color: var(--toile-quiet); font-size: 0.88rem; margin: 0.15rem 0 0.5rem; }
.stHtml .ideas-bars { padding-left: 0; }
.ideas-bars { margin: 0 0 0.4rem; display: grid; grid-template-columns: minmax(6.5rem, 9.5rem) 1fr auto;
  gap: 0.2rem 0.6rem; align-items: center; font-size: 0.88rem; }
.ideas-bars dt { color: var(--toile-ink); font-weight: 400; line-height: 1.15; }
.ideas-bars dd { margin: 0; }
.ideas-track { position: relative; height: 14px; border-bottom: 1px solid var(--toile-line); }
.ideas-fill { position: absolute; left: 0; top: 3px; height: 8px; background: var(--toile-evidence); opacity: 0.35; }
.ideas-reach { position: absolute; top: 6px; height: 2px; background: var(--toile-evidence); }
.ideas-point { position: absolute; top: 2px; width: 10px; height: 10px; margin-left: -5px; border-radius: 50%;
  background: var(--toile-evidence); }
.ideas-number { text-align: right; font-weight: 600; white-space: nowrap; }
.ideas-new { font-size: 0.86rem; color: var(--toile-accent); margin: 0.2rem 0; }
.ideas-note { font-size: 0.86rem; color: var(--toile-doubtful); margin: 0.2rem 0; }
.ideas-exchange { list-style: none; padding: 0 !important; margin: 0; }
.ideas-exchange li { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1.2rem; padding: 0.55rem 0;
  border-bottom: 1px solid var(--toile-line); }
.ideas-exchange li.ideas-now { border-left: 3px solid var(--toile-accent); padding-left: 0.8rem; }
.ideas-exchange .ideas-who { font-weight: 600; }
.ideas-exchange .ideas-who span { display: block; font-weight: 400; color: var(--toile-quiet); font-size: 0.86rem; }
.ideas-exchange p { margin: 0; }
.ideas-exchange .ideas-came { color: var(--toile-quiet); font-size: 0.9rem; }
@media (max-width: 48rem) {
  .st-key-ideation_first > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] { gap: 0.5rem; }
  .ideas-exchange li { grid-template-columns: 1fr; }
  .ideas-bars { grid-template-columns: 7.5rem 1fr auto; }
}
"""


def style() -> None:
    """What dresses the cards, the exchange and the swatches."""
    html.draw(html.stylesheet(CSS))


def show(held: Held) -> None:
    """The cards of a round."""
    section(_("Ideas"), _said(held))
    if len(held.rounds) > 1:
        _choose_round(held)
    now, named = meeting_of(held.source), titles_of(held.round, 6)
    for start in range(0, len(held.round.ideas), PER_ROW):
        columns = st.columns(PER_ROW, gap="large")
        for column, idea in zip(columns, held.round.ideas[start : start + PER_ROW], strict=False):
            with column, st.container(key=f"idea_{held.run}_{idea.id.replace('.', '_')}"):
                _card(held, idea, now, named[idea.id])


def _said(held: Held) -> str:
    """How the round came about, in a line."""
    tried = ngettext("{n} combination tried", "{n} combinations tried", held.round.tried)
    return _("Round {number}: {tried}, from which the agents kept these.", number=held.round.number, tried=tried)


def _choose_round(held: Held) -> None:
    numbers = {run: place for place, run in enumerate(held.rounds, start=1)}
    chosen = st.segmented_control(
        _("Round"),
        list(numbers),
        format_func=lambda run: number(numbers[run]),
        default=held.run,
        required=True,
        key=f"ideation_round_{held.rounds[-1]}",
    )
    if chosen and chosen != held.run:
        keep_meeting(held.source, shown=chosen)
        st.rerun()


def _card(held: Held, idea: Idea, now: dict[str, list[object]], title: str) -> None:
    picture = held.picture(idea.id)
    if picture is not None:
        st.image(picture, width="stretch")
    else:
        st.caption(_("The atelier draws no such category."))
    html.draw(card(idea, title, held.round.steering.weights))
    if held.is_last and session.actor().may(Right.RUN):
        _steer(held, idea, now)
    with st.expander(_("What stands behind it")):
        html.draw(element("ul", *(element("li", evidence_said(row)) for row in idea.evidence), class_="toile-points"))
        html.draw(element("dl", *_pairs(attributes_said(idea)), class_="toile-list"))


def card(idea: Idea, title: str, weights: dict[str, float]) -> Markup:
    """Name, who proposed it, the overall score and its parts as bars, what reservations stand."""
    by = _("Idea {id} · {agent}", id=idea.id, agent=translate(TITLES[idea.by]))
    notes = [
        element(
            "p",
            _("Reservation: {agent}, −{cost}", agent=translate(TITLES[role]), cost=number(cost, 2)),
            class_="ideas-note",
        )
        for role, cost in idea.reservations.items()
    ]  # fmt: skip
    if idea.unmade:
        pairs = ", ".join(f"{value_name(a, one)} + {value_name(b, two)}" for a, one, b, two in idea.unmade)
        said = _(
            "Never made together in this category ({category}): {pairs}",
            category=value_name("category", idea.genome["category"]),
            pairs=pairs,
        )
        notes.insert(0, element("p", said, class_="ideas-new"))
    bars = [part for goal, score in idea.scores.items() for part in _bar(goal, score)]
    return element(
        "div",
        element("h3", title),
        element("p", by, class_="ideas-by"),
        element("dl", *_bar("overall", idea.overall), *bars, class_="ideas-bars"),
        element("p", overall_said(idea, weights), class_="ideas-by"),
        *notes,
        class_="ideas-card",
    )


def _bar(goal: str, score: Score) -> tuple[Markup, ...]:
    """One score: name, a bar from 0 to 1 with its interval, the number."""
    parts = [element("span", class_="ideas-fill", style=f"width:{100 * max(score.value, 0):.1f}%")]
    if score.low is not None and score.high is not None:
        reach = f"left:{100 * max(score.low, 0):.1f}%;width:{100 * max(score.high - max(score.low, 0), 0):.1f}%"
        parts.append(element("span", class_="ideas-reach", style=reach))
    parts.append(element("span", class_="ideas-point", style=f"left:{100 * score.value:.1f}%"))
    said = score_said(goal, score)
    return (
        element("dt", element("strong", _("Overall")) if goal == "overall" else translate(GOAL_TITLES[goal])),
        element("dd", element("div", *parts, class_="ideas-track", title=said)),
        element("dd", score_said(goal, score, interval=False), class_="ideas-number", title=said),
    )


def _steer(held: Held, idea: Idea, now: dict[str, list[object]]) -> None:
    """Pin it, or send it away."""
    vetoed = idea.genome in now["vetoes"]
    with st.container(horizontal=True):
        pinned = st.toggle(
            _("Pin"), value=idea.id in now["pins"], key=f"pin_{held.run}_{idea.id}", disabled=vetoed,
            help=_("It stays as it is in the next round."),
        )  # fmt: skip
        sent = st.toggle(
            _("Veto"), value=vetoed, key=f"veto_{held.run}_{idea.id}", disabled=pinned,
            help=_("Neither it nor anything but one attribute away from it comes back."),
        )  # fmt: skip
    if pinned != (idea.id in now["pins"]):
        pins = [one for one in now["pins"] if one != idea.id] + ([idea.id] if pinned else [])
        keep_meeting(held.source, pins=pins)
        st.rerun()
    if sent != vetoed:
        vetoes = [one for one in now["vetoes"] if one != idea.genome] + ([idea.genome] if sent else [])
        keep_meeting(held.source, vetoes=vetoes)
        st.rerun()


def _pairs(pairs: list[tuple[str, str]]) -> list[Markup]:
    return [part for name, said in pairs for part in (element("dt", name), element("dd", said))]
