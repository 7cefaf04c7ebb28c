"""What the matrix hands to others: sheets of all scores, and slides for the board pack."""

from __future__ import annotations

from dataclasses import replace

from sqlite_utils import Database

from lib.access import Actor
from lib.catalogue import CRITERIA, Criterion, HouseUseCase
from lib.database import people, scores, value_sheets
from lib.decide.model import BASIS_NAMES, Basis, Ranked, Ranking, Reference
from lib.decide.pack.model import Cell, Handed, PackSheet, PackSlide, PackTable
from lib.decide.portfolio_map import places_figure, portfolio_map, quadrant_name
from lib.decide.ranking import TOP, Standing, standing
from lib.decide.sensitivity import of, sentence
from lib.figures import Map
from lib.i18n import _, list_of, number, percent, translate, use_language

SLUG = "prioritisation_matrix"
ON_MAP = 40  # use cases on the slide's map


def handed(database: Database, actor: Actor, language: str) -> Handed:
    """The portfolio as the workspace sees it now, in ``language``."""
    with use_language(language):
        stand = standing(database, actor)
        ranking = stand.ranking()
        return Handed(slides(stand, ranking), sheets(database, actor, stand, ranking))


def slides(stand: Standing, ranking: Ranking) -> tuple[PackSlide, ...]:
    """The map, and the first five with what their places rest on."""
    shown = [row.candidate.slug for row in ranking.rows[:ON_MAP]]
    drawn = _ranges_of_the_first(portfolio_map(ranking, shown))
    return (
        PackSlide("portfolio", drawn.title, (drawn,), references(ranking.rows[:TOP]), sentence(of(stand))),
        PackSlide(
            "top",
            places_figure(ranking, TOP).title,
            (places_figure(ranking, TOP), _top_table(ranking)),
            references(ranking.rows[:TOP]),
            sentence(of(stand)),
        ),
    )


def _ranges_of_the_first(drawn: Map) -> Map:
    """The map with ranges on the first five alone: twenty crosses on a slide hide each other's names."""
    return replace(
        drawn,
        places=tuple(
            place if at < TOP else replace(place, x_low=None, x_high=None, y_low=None, y_high=None)
            for at, place in enumerate(drawn.places)
        ),
    )


def references(rows: tuple[Ranked, ...] | list[Ranked]) -> tuple[Reference, ...]:
    """Where each of these use cases' numbers come from, opened on the matrix."""
    return tuple(
        Reference(
            mostly(row), _("{name}: {said}", name=row.candidate.title, said=bases_said(row)), SLUG, row.candidate.slug
        )
        for row in rows
    )


def mostly(row: Ranked) -> Basis:
    """What most criteria of a use case rest on; between two, the weaker one."""
    order = (Basis.ASSUMPTION, Basis.OPINION, Basis.EVIDENCE)
    return max(order, key=lambda basis: sum(one is basis for one in row.bases.values()))


def bases_said(row: Ranked) -> str:
    """How many criteria rest on what, in words."""
    counted = [(basis, sum(one is basis for one in row.bases.values())) for basis in Basis]
    return list_of([f"{n} × {translate(BASIS_NAMES[basis])}" for basis, n in counted if n])


def _top_table(ranking: Ranking) -> PackTable:
    """What the picture beside it doesn't say: where each stands on the map, and how much of that is measured."""
    rows = tuple(
        (
            Cell(row.candidate.title),
            Cell(quadrant_name(row)),
            Cell(number(row.value.value, 1), mostly(row)),
            Cell(number(row.feasibility.value, 1), mostly(row)),
            Cell(percent(row.evidence)),
        )
        for row in ranking.rows[:TOP]
    )
    columns = (_("Use case"), _("Quadrant"), _("Value"), _("Feasibility"), _("On evidence"))
    return PackTable(columns, rows, numbers=(2, 3, 4))


def sheets(database: Database, actor: Actor, stand: Standing, ranking: Ranking) -> tuple[PackSheet, ...]:
    """All scores of the workspace: ranking, criteria with their basis, people's own scores, weights, assumptions."""
    return (
        _ranking_sheet(ranking),
        _criteria_sheet(stand),
        _people_sheet(database, actor, stand),
        _weights_sheet(stand),
        _evidence_sheet(stand),
        _value_sheet(database, actor, stand),
    )


def _ranking_sheet(ranking: Ranking) -> PackSheet:
    columns = (
        _("Rank"), _("Use case"), _("Quadrant"), _("Value"), _("Value, low"), _("Value, high"), _("Feasibility"),
        _("Feasibility, low"), _("Feasibility, high"), _("Overall"), _("Place, best"), _("Place, worst"),
        _("Among the first five"), _("Share on evidence"),
    )  # fmt: skip
    rows = tuple(
        (
            place, row.candidate.title, quadrant_name(row), row.value.value, row.value.low, row.value.high,
            row.feasibility.value, row.feasibility.low, row.feasibility.high, row.overall.value, row.rank.low,
            row.rank.high, row.top, row.evidence,
        )
        for place, row in enumerate(ranking.rows, start=1)
    )  # fmt: skip
    return PackSheet(_("Ranking"), columns, rows)


def _titles(stand: Standing) -> dict[str, str]:
    return {case.slug: case.title if isinstance(case, HouseUseCase) else translate(case.title) for case in stand.cases}


def _criteria_sheet(stand: Standing) -> PackSheet:
    titles = _titles(stand)
    rows = tuple(
        (
            titles[slug], translate(CRITERIA[criterion].title), one.likeliest, one.low, one.high,
            translate(BASIS_NAMES[one.basis]), _why(stand, slug, criterion),
        )
        for slug, judged in stand.scores().items()
        for criterion, one in judged.items()
    )  # fmt: skip
    columns = (_("Use case"), _("Criterion"), _("Score"), _("Low"), _("High"), _("Rests on"), _("What is known"))
    return PackSheet(_("Scores"), columns, rows)


def _why(stand: Standing, slug: str, criterion: Criterion) -> str:
    measured = stand.accepted.get((slug, criterion))
    if measured is not None:
        return translate(measured.message, None, **measured.values)
    if (slug, criterion) in stand.pooled:
        return _("Scores of people, see their sheet")
    case = next(case for case in stand.cases if case.slug == slug)
    if isinstance(case, HouseUseCase):
        return _("Nobody has scored it yet: it may be anything.")
    return translate(case.scores[criterion].reason)


def _people_sheet(database: Database, actor: Actor, stand: Standing) -> PackSheet:
    titles = _titles(stand)
    rows = tuple(
        (
            titles.get(one.slug, one.slug), translate(CRITERIA[one.criterion].title), one.rater + 1, one.likeliest,
            one.low, one.high, one.note,
        )
        for one in scores.standing(database, actor)
    )  # fmt: skip
    columns = (_("Use case"), _("Criterion"), _("Person, by number"), _("Score"), _("Low"), _("High"), _("Note"))
    return PackSheet(_("Scores of people"), columns, rows)


def _weights_sheet(stand: Standing) -> PackSheet:
    shares = stand.weights.shares()
    rows = tuple((translate(CRITERIA[one].title), stand.weights.points[one], shares[one]) for one in Criterion)
    return PackSheet(_("Weights"), (_("Criterion"), _("Points"), _("Share of its side")), rows)


def _evidence_sheet(stand: Standing) -> PackSheet:
    titles = _titles(stand)
    rows = tuple(
        (
            titles.get(one.slug, one.slug), translate(CRITERIA[one.criterion].title), one.likeliest, one.low, one.high,
            translate(one.message, None, **one.values), one.dated, one.accepted_at,
        )
        for one in stand.accepted.values()
    )  # fmt: skip
    columns = (
        _("Use case"), _("Criterion"), _("Score"), _("Low"), _("High"), _("Measured"), _("Of"), _("Accepted on"),
    )  # fmt: skip
    return PackSheet(_("Evidence"), columns, rows)


def _value_sheet(database: Database, actor: Actor, stand: Standing) -> PackSheet:
    titles = _titles(stand)
    into = people.workspace(database, actor)["currency"]
    rates = value_sheets.rates(database, actor)
    rows = []
    for slug in value_sheets.with_lines(database, actor):
        for line in value_sheets.lines(database, actor, slug):
            rate = rates.get((line.currency, into))
            rows.append(
                (
                    titles.get(slug, slug), line.kind, line.name, line.low, line.likeliest, line.high, line.currency,
                    line.source or _("No source: taken for granted"), line.dated, rate.rate if rate else None,
                )
            )  # fmt: skip
    columns = (
        _("Use case"), _("Kind"), _("What"), _("Low"), _("Likeliest"), _("High"), _("Currency"), _("Source"), _("Of"),
        _("Rate"),
    )  # fmt: skip
    return PackSheet(_("Assumptions in money"), columns, tuple(rows))
