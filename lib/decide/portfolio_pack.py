"""What the board pack says from the ranking alone, of each part that no page has anything to say about yet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlite_utils import Database

from lib.access import Actor
from lib.catalogue import AREA_TITLES, CRITERIA, RISK_CLASS_TITLES, USE_CASES, Criterion
from lib.database.risk_reviews import STATE_TITLES, Standing, standing
from lib.decide import ranking
from lib.decide.model import BASIS_NAMES, Basis, Ranked, Ranking, Reference
from lib.decide.pack.model import Cell, Handed, PackSheet, PackSlide, PackTable, Points
from lib.evidence import shipped
from lib.figures import Figure, Map, Mark, Place
from lib.i18n import N_, _, list_of, ngettext, number, percent, translate, use_language

TOP = ranking.TOP
SEED = 0  # of the shipped proofs
SCALE = (1.0, 5.0)
QUARTERS = {
    "prepare": N_("Prepare"),
    "now": N_("Do now"),
    "leave": N_("Leave"),
    "fill": N_("Fill in"),
    "open": N_("Not scored yet"),
}
ORDER = ("prepare", "now", "leave", "fill")  # upper left, upper right, lower left, lower right
_CASES = {case.slug: case for case in USE_CASES}


@dataclass(frozen=True)
class Planned:
    """What a plan asks for in its first quarter, in the reader's language."""

    title: str
    said: tuple[tuple[str, Basis | None], ...]
    references: tuple[Reference, ...]


def handed(database: Database, actor: Actor, language: str, taken: Collection[str] = ()) -> Handed:
    """Portfolio, first five, risks and request, without the parts that are ``taken``; and the sheet of all scores."""
    found = ranking.current(database, actor)
    with use_language(language):
        stands = {row.candidate.slug: standing(database, actor, row.candidate.slug) for row in found.rows[:TOP]}
        makers: dict[str, Callable[[Ranking], PackSlide]] = {
            "portfolio": _portfolio,
            "top": _top,
            "risks": partial(_risks, stands=stands),
            "ask": ask,
        }
        slides = tuple(make(found) for part, make in makers.items() if part not in taken and found.rows)
        # Who hands in the portfolio hands in its scores, too.
        return Handed(slides, () if "portfolio" in taken else (scores(found),))


def basis_of(row: Ranked) -> Basis:
    """What a use case's place rests on: evidence only where all of it does, else what most criteria rest on."""
    bases = list(row.bases.values())
    if bases and all(basis is Basis.EVIDENCE for basis in bases):
        return Basis.EVIDENCE
    opinions = sum(basis is Basis.OPINION for basis in bases)
    return Basis.OPINION if opinions > sum(basis is Basis.ASSUMPTION for basis in bases) else Basis.ASSUMPTION


def _behind(found: Ranking) -> tuple[Reference, ...]:
    """What the ranking as a whole stands on."""
    scored = (
        Reference(
            Basis.OPINION,
            ngettext("Scores given by {n} person", "Scores given by {n} people", found.raters),
            "prioritisation_matrix",
        )
        if found.raters
        else Reference(
            Basis.ASSUMPTION,
            _("Starting scores of the catalogue, each up to {doubt} off", doubt=number(ranking.DOUBT, 0)),
            "prioritisation_matrix",
        )
    )
    drawn = _(
        "Weights of the criteria; {draws} draws of scores with seed {seed}",
        draws=number(found.draws, 0),
        seed=found.seed,
    )
    return (scored, Reference(Basis.ASSUMPTION, drawn, "prioritisation_matrix"))


def _portfolio(found: Ranking) -> PackSlide:
    places = tuple(_place(at, row) for at, row in enumerate(found.rows))
    now = sum(row.quadrant == "now" for row in found.rows)
    title = _("{now} of {n} use cases are valuable and feasible enough to begin now", now=now, n=len(found.rows))
    quarters = (
        translate(QUARTERS[ORDER[0]]),
        translate(QUARTERS[ORDER[1]]),
        translate(QUARTERS[ORDER[2]]),
        translate(QUARTERS[ORDER[3]]),
    )
    middle = (ranking.MIDDLE, ranking.MIDDLE)
    picture = Map(title, places, _("feasibility"), _("value"), *_ranges(places), middle, quarters)
    return PackSlide("portfolio", title, (picture,), _behind(found), _filled(found))


def _place(at: int, row: Ranked) -> Place:
    """A use case on the map; the first five stand out, with their ranges."""
    x, y, title = row.feasibility, row.value, row.candidate.title
    if at >= TOP:
        return Place(row.candidate.slug, title, x.value, y.value, role="baseline")
    return Place(row.candidate.slug, title, x.value, y.value, x.low, x.high, y.low, y.high)


def _ranges(places: Sequence[Place]) -> tuple[tuple[float, float], tuple[float, float]]:
    """The part of the scale in which anything lies, with the middle in it."""
    spans = []
    for ends in (
        [end for place in places for end in (place.x, place.x_low, place.x_high) if end is not None],
        [end for place in places for end in (place.y, place.y_low, place.y_high) if end is not None],
    ):
        low, high = min(*ends, ranking.MIDDLE) - 0.25, max(*ends, ranking.MIDDLE) + 0.25
        spans.append((max(SCALE[0] - 0.1, low), min(SCALE[1] + 0.1, high)))
    return spans[0], spans[1]


def _filled(found: Ranking) -> str:
    lines = []
    for quarter in ("now", "prepare", "fill", "leave", "open"):
        titles = [row.candidate.title for row in found.rows if row.quadrant == quarter]
        if titles:
            lines.append(f"{translate(QUARTERS[quarter])}: {list_of(titles)}")
    return "\n".join(lines)


def _top(found: Ranking) -> PackSlide:
    rows = found.rows[:TOP]
    first = rows[0]
    title = _(
        "“{title}” comes first; its chance of being among the first five is {chance}",
        title=first.candidate.title,
        chance=percent(first.top),
    )
    picture = Figure(
        _("Overall score from 1 to 5, with 90% ranges"),
        tuple(Mark(row.candidate.title, row.overall.value, row.overall.low, row.overall.high) for row in rows),
        _("score"),
        zero=False,
    )
    columns = (_("Use case"), _("Value"), _("Feasibility"), _("Among the first five"), _("Resting on evidence"))
    lines = tuple(_line(row) for row in rows)
    references = (*_behind(found), *(one for row in rows for one in _proof(row)))
    return PackSlide("top", title, (picture, PackTable(columns, lines, (1, 2, 3, 4))), references)


def _line(row: Ranked) -> tuple[Cell, ...]:
    basis = basis_of(row)
    return (
        Cell(row.candidate.title),
        Cell(number(row.value.value, 1), basis),
        Cell(number(row.feasibility.value, 1), basis),
        Cell(percent(row.top), basis),
        Cell(percent(row.evidence)),
    )


def _proof(row: Ranked) -> tuple[Reference, ...]:
    """The first measure of a use case's own proof on the sample, where there is one for this very code."""
    case = _CASES.get(row.candidate.slug)
    proof = shipped(case, SEED) if case is not None and case.status == "ready" else None
    measure = next((one for one in proof.measures if not one.control), None) if proof else None
    if measure is None:
        return ()
    ends = ""
    if measure.low is not None and measure.high is not None:
        ends = " " + _("({low} to {high})", low=number(measure.low, 2), high=number(measure.high, 2))
    said = _(
        "{title}, proof on the sample: {metric} {ours}{ends}",
        title=row.candidate.title,
        metric=translate(measure.metric),
        ours=number(measure.ours, 2),
        ends=ends,
    )
    return (Reference(Basis.EVIDENCE, said, row.candidate.slug),)


def _risks(found: Ranking, stands: Mapping[str, Standing]) -> PackSlide:
    rows = found.rows[:TOP]
    lines = []
    for row in rows:
        case = _CASES.get(row.candidate.slug)
        said = (
            (Cell(translate(RISK_CLASS_TITLES[case.risk_class]), Basis.ASSUMPTION), Cell(translate(case.risk_reason)))
            if case
            else (Cell(_("not classed yet"), Basis.ASSUMPTION), Cell(_("A use case of the house’s own: review it.")))
        )
        reviewed = Cell(translate(STATE_TITLES[stands[row.candidate.slug].state]))
        lines.append((Cell(row.candidate.title), said[0], reviewed, said[1]))
    counted = len({line[1].said for line in lines})
    title = ngettext(
        "The first five fall into {n} class of risk: the review comes before the start",
        "The first five fall into {n} classes of risk: the review comes before the start",
        counted,
    )
    passed = sum(one.passed for one in stands.values())
    if passed:
        title = _("{passed} of the first {n} have passed their risk review", passed=passed, n=len(rows))
    columns = (_("Use case"), _("Class of risk"), _("Risk review"), _("Why"))
    behind = tuple(
        Reference(Basis.ASSUMPTION, _("Class of risk in the catalogue: {title}", title=row.candidate.title), _page(row))
        for row in rows
    )
    signed = tuple(
        Reference(Basis.EVIDENCE, _("Risk review of {title}: {said}", title=row.candidate.title, said=one.said()),
                  "risk_review", row.candidate.slug)
        for row in rows if (one := stands[row.candidate.slug]).state != "none"
    )  # fmt: skip
    return PackSlide("risks", title, (PackTable(columns, tuple(lines)),), (*signed, *behind))


def _page(row: Ranked) -> str:
    return row.candidate.slug if row.candidate.has_page else "prioritisation_matrix"


def ask(found: Ranking, planned: Planned | None = None) -> PackSlide:
    """What the board is asked for: the first quarter of the plan where one stands, else the best of the ranking."""
    rows = found.rows[:TOP]
    start = [row for row in rows if row.quadrant == "now"][:3] or list(rows[:1])
    names = list_of([_("“{name}”", name=row.candidate.title) for row in start])
    evidence = sum(row.evidence for row in rows) / len(rows)
    weakest = min(found.rows[: 2 * TOP], key=lambda row: abs(row.top - 0.5))
    basis = basis_of(start[0])
    said: tuple[tuple[str, Basis | None], ...] = (
        *(planned.said if planned else ((_("Agree to begin with {names}.", names=names), basis),)),
        (_("Name for each an owner on the business side and one on the technical side."), None),
        (_("Have the risk review done before anything reaches a client."), None),
        (
            _(
                "{share} of the first five’s scores rest on evidence: let pilots measure the rest before"
                " spending more.",
                share=percent(evidence),
            ),
            basis,
        ),
        (
            _(
                "Closest call: “{title}”, among the first five in {chance} of the draws. Discuss it first.",
                title=weakest.candidate.title,
                chance=percent(weakest.top),
            ),
            basis_of(weakest),
        ),
    )
    title = ngettext("We ask to begin with {n} use case", "We ask to begin with {n} use cases", len(start))
    behind = tuple(dict.fromkeys((*(planned.references if planned else ()), *_behind(found))))
    return PackSlide("ask", planned.title if planned else title, (Points(said),), behind)


def scores(found: Ranking) -> PackSheet:
    """All scores: a row a use case, numbers as numbers, and what each criterion rests on."""
    names = [translate(CRITERIA[one].title) for one in Criterion]
    columns = (
        _("Use case"),
        _("Area"),
        _("The house’s own"),
        _("Value"),
        _("Value, low"),
        _("Value, high"),
        _("Feasibility"),
        _("Feasibility, low"),
        _("Feasibility, high"),
        _("Overall score"),
        _("Overall, low"),
        _("Overall, high"),
        _("Mean rank"),
        _("Rank, low"),
        _("Rank, high"),
        _("Chance of the first five"),
        _("Share resting on evidence"),
        _("Quadrant"),
        *(_("{criterion}: rests on", criterion=name) for name in names),
    )
    return PackSheet(_("Scores"), columns, tuple(_row(row) for row in found.rows))


def _row(row: Ranked) -> tuple[str | int | float | None, ...]:
    bands = (row.value, row.feasibility, row.overall, row.rank)
    numbers = [round(end, 3) for band in bands for end in (band.value, band.low, band.high)]
    return (
        row.candidate.title,
        translate(AREA_TITLES[row.candidate.area]),
        _("yes") if row.candidate.own else _("no"),
        *numbers,
        round(row.top, 4),
        round(row.evidence, 4),
        translate(QUARTERS[row.quadrant]),
        *(translate(BASIS_NAMES[row.bases[one]]) if one in row.bases else None for one in Criterion),
    )
