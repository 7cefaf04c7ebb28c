"""The ranking as pictures: the map of value and feasibility with its quarters, and the range of each place."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from lib.decide.acceptability import Acceptability
from lib.decide.model import Basis, Ranked, Ranking
from lib.decide.ranking import MIDDLE, TOP
from lib.figures import Figure, Map, Mark, Place
from lib.i18n import N_, _, list_of, ngettext, number, percent, translate

QUADRANT_NAMES = {
    "now": N_("Do now"),
    "prepare": N_("Prepare"),
    "fill": N_("Fill in"),
    "leave": N_("Leave"),
    "open": N_("Not scored yet"),
}
SCALE = (1.0, 5.0)
AIR = 0.15  # beyond the outermost point


def quadrant_name(row: Ranked) -> str:
    """The quarter in which a use case stands, in the reader's language."""
    return translate(QUADRANT_NAMES[row.quadrant])


def basis_of(row: Ranked) -> Basis:
    """What most of a use case's score rests on: evidence where any was accepted, else opinion, else assumption."""
    bases = set(row.bases.values())
    return next((basis for basis in (Basis.EVIDENCE, Basis.OPINION) if basis in bases), Basis.ASSUMPTION)


def finding(ranking: Ranking) -> str:
    """What the map shows, in one sentence."""
    now = [row for row in ranking.rows if row.quadrant == "now"]
    if not now:
        return _("Nothing is both valuable and feasible yet: look at what would have to be prepared")
    sure = sum(row.value.low >= MIDDLE and row.feasibility.low >= MIDDLE for row in now)
    said = ngettext("{n} use case is worth doing now", "{n} use cases are worth doing now", len(now))
    certain = ngettext("{n} of them beyond doubt", "{n} of them beyond doubt", sure) if sure else _("none beyond doubt")
    return _("{first}; {second}", first=said, second=certain)


def source(ranking: Ranking) -> str:
    """Where the figures come from, in one line."""
    if ranking.raters:
        people = ngettext("Scores of {n} person", "Scores of {n} people", ranking.raters)
    else:
        people = _("The catalogue’s starting scores, assumptions all")
    told = _("{people}; 90% ranges over {draws} draws", people=people, draws=number(ranking.draws))
    waiting = sum(row.quadrant == "open" for row in ranking.rows)
    if not waiting:
        return told
    return f"{told}. " + ngettext(
        "{n} use case of the house’s own isn’t scored yet: it may be anything",
        "{n} use cases of the house’s own aren’t scored yet: they may be anything",
        waiting,
    )


def portfolio_map(ranking: Ranking, shown: Collection[str] | None = None, chosen: str = "") -> Map:
    """The map: feasibility to the right, value upwards; ``shown`` are the slugs to draw, all where it is None."""
    rows = [(place, row) for place, row in enumerate(ranking.rows, start=1)]
    drawn = [(place, row) for place, row in rows if shown is None or row.candidate.slug in shown]
    return Map(
        title=finding(ranking),
        places=tuple(_place(place, row, chosen) for place, row in drawn),
        x_name=_("Feasibility"),
        y_name=_("Value"),
        x_range=_span([end for _at, row in drawn for end in (row.feasibility.low, row.feasibility.high)]),
        y_range=_span([end for _at, row in drawn for end in (row.value.low, row.value.high)]),
        split=(MIDDLE, MIDDLE),
        quarters=(_("Prepare"), _("Do now"), _("Leave"), _("Fill in")),
        source=source(ranking),
    )


def _span(ends: list[float]) -> tuple[float, float]:
    """The part of the scale that holds all points and the middle."""
    low, high = min([*ends, MIDDLE - 0.5]), max([*ends, MIDDLE + 0.5])
    return max(SCALE[0], low - AIR), min(SCALE[1], high + AIR)


def _place(at: int, row: Ranked, chosen: str) -> Place:
    said = _(
        "Place {place}, {low} to {high}; among the first five in {share} of the draws",
        place=number(at),
        low=number(row.rank.low, 0),
        high=number(row.rank.high, 0),
        share=percent(row.top),
    )
    return Place(
        key=row.candidate.slug,
        label=f"{at} {row.candidate.title}",
        x=row.feasibility.value,
        y=row.value.value,
        x_low=row.feasibility.low,
        x_high=row.feasibility.high,
        y_low=row.value.low,
        y_high=row.value.high,
        # Evidence is told apart by a filled point; without any it is an open ring.
        role="neutral" if row.candidate.slug == chosen else "ours" if basis_of(row) is Basis.EVIDENCE else "baseline",
        note=said,
    )


def places_figure(ranking: Ranking, most: int = 10) -> Figure:
    """The first use cases with their expected place and its 90% range."""
    return Figure(
        title=rank_finding(ranking),
        marks=tuple(
            Mark(
                label=f"{row.candidate.title} · {percent(row.top)}",
                value=row.rank.value,
                low=row.rank.low,
                high=row.rank.high,
                role="ours" if basis_of(row) is Basis.EVIDENCE else "neutral",
            )
            for row in ranking.rows[:most]
        ),
        unit=_("Expected place; behind the name, the chance to be among the first five"),
        interval=_("Range of 90% of the draws"),
        zero=False,
        number_format="place",
        source=source(ranking),
    )


def acceptability_figure(found: Sequence[Acceptability], most: int = 10) -> Figure:
    """How often each use case is among the first five, over all weights."""
    firm = [one.candidate.title for one in found if one.top >= 0.9]
    title = (
        _("Whatever the weights, among the first five: {titles}", titles=list_of(firm))
        if firm
        else _("No use case is among the first five whatever the weights")
    )
    return Figure(
        title=title,
        marks=tuple(Mark(one.candidate.title, one.top, one.low, one.high, role="neutral") for one in found[:most]),
        unit=_("Chance to be among the first five, every weighting being as likely as any other"),
        source=_("Scores and weights drawn together; 95% intervals of the draws"),
        number_format="percent",
    )


def rank_finding(ranking: Ranking) -> str:
    """How sure the first five are, in one sentence."""
    sure = [row.candidate.title for row in ranking.rows[:TOP] if row.top >= 0.9]
    if len(ranking.rows) <= TOP:
        return _("All use cases stand among the first five")
    if not sure:
        return _("No use case stands among the first five beyond doubt")
    if len(sure) == TOP:
        return _("All first five places hold beyond doubt")
    return _("Among the first five beyond doubt: {titles}", titles=list_of(sure))
