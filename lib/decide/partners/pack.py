"""What the Partners page hands in to the board pack."""

from __future__ import annotations

from typing import Literal

from sqlite_utils import Database

from lib.access import Actor
from lib.database import partners as stored
from lib.database import portfolio
from lib.database.partners import Choice, PartnerCriterion
from lib.decide.model import BASIS_NAMES, Basis, Reference
from lib.decide.pack.model import Cell, Handed, PackSheet, PackSlide, PackTable
from lib.decide.partners.criteria import SCALES, WAY_TITLES
from lib.decide.partners.weighing import Standing, score_of, standings
from lib.decide.ranking import candidate
from lib.figures import Figure, Mark
from lib.i18n import _, ngettext, percent, translate, use_language

PAGE = "partners"
SHOWN = 6
CLEAR = 0.75  # from here up a candidate is called the first: three draws of four


def handed(database: Database, actor: Actor, language: str) -> Handed:
    """The candidates in their order and the ways that were chosen; nothing where there is neither."""
    found = stored.listing(database, actor)
    weights = stored.weights(database, actor)
    chosen = stored.choices(database, actor)
    with use_language(language):
        titles = {case.slug: candidate(case).title for case in portfolio.candidates(database, actor)}
        names = {
            key: stored.name_of(database, actor, choice.partner) if choice.partner else ""
            for key, choice in chosen.items()
        }
        ranked = standings(found, weights)
        picked = _choices(chosen, titles, names)
        if not ranked and not chosen:
            return Handed()
        bodies = (*((figure(ranked),) if ranked else ()), *((picked,) if picked else ()))
        slide = PackSlide("partners", _title(ranked, chosen), bodies, references(ranked, bool(chosen)))
        return Handed((slide,), (_sheet(ranked),) if ranked else ())


def finding(ranked: list[Standing]) -> str:
    """Who comes first and how sure that is, as a sentence."""
    first = ranked[0]
    if all(len(one.unknown) == len(PartnerCriterion) for one in ranked):
        return ngettext(
            "Nothing is scored yet: {n} candidate stands on the list",
            "Nothing is scored yet: any of the {n} candidates may be the best",
            len(ranked),
        )
    if len(ranked) == 1:
        return _("“{name}” stands alone: a second candidate would show what it is worth", name=first.partner.name)
    if first.first < CLEAR:
        return _("No candidate is clearly first: “{name}” leads in {share}", name=first.partner.name,
                 share=percent(first.first))  # fmt: skip
    return _("“{name}” comes first in {share} of the draws", name=first.partner.name, share=percent(first.first))


def figure(ranked: list[Standing]) -> Figure:
    """The candidates with their ranges; the first stands out, in evidence's colour where most of it is measured."""
    first: Literal["ours", "neutral"] = "ours" if ranked[0].evidence > 0.5 else "neutral"
    marks = tuple(
        Mark(one.partner.name, one.overall.value, one.overall.low, one.overall.high, first if at == 0 else "baseline")
        for at, one in enumerate(ranked[:SHOWN])
    )
    source = _("Overall score from 1 to 5; 95% ranges from 10,000 draws of the scores")
    return Figure(finding(ranked), marks, "", zero=False, source=source)


def _title(ranked: list[Standing], chosen: dict[str, Choice]) -> str:
    if ranked:
        return finding(ranked)
    return ngettext(
        "The way to {n} use case is chosen: build, buy or partner",
        "The way to {n} use cases is chosen: build, buy or partner",
        len(chosen),
    )


def _choices(chosen: dict[str, Choice], titles: dict[str, str], names: dict[str, str]) -> PackTable | None:
    rows = [
        (
            Cell(titles[slug]),
            Cell(translate(WAY_TITLES[choice.way]), Basis.OPINION),
            Cell(names[slug] or "–"),
            Cell(choice.reason or "–"),
        )
        for slug, choice in chosen.items()
        if slug in titles
    ]
    return PackTable((_("Use case"), _("Way"), _("With"), _("Why")), tuple(rows[-8:])) if rows else None


def references(ranked: list[Standing], chosen: bool) -> tuple[Reference, ...]:
    """The comparisons behind the evidence, then what the rest stands on."""
    found = [
        Reference(
            Basis.EVIDENCE,
            _("Comparison: {question}", question=score.source),
            "compare" if score.reference else PAGE,
            score.reference,
            score.dated,
        )
        for one in ranked
        for score in one.partner.scores.values()
        if score.basis == Basis.EVIDENCE.value
    ]
    bases = {score.basis for one in ranked for score in one.partner.scores.values()}
    if Basis.OPINION.value in bases or chosen:
        found.append(Reference(Basis.OPINION, _("Scores and choices of the house on the Partners page"), PAGE))
    if Basis.ASSUMPTION.value in bases or any(one.unknown for one in ranked):
        found.append(Reference(Basis.ASSUMPTION, _("Criteria without a score may be anything from 1 to 5"), PAGE))
    return tuple(dict.fromkeys(found))


def _sheet(ranked: list[Standing]) -> PackSheet:
    names = [translate(SCALES[key].title) for key in PartnerCriterion]
    columns = [_("Candidate"), _("Overall score"), _("Overall, low"), _("Overall, high"), _("Chance of being first")]
    for name in names:
        columns += [name, _("{criterion}: rests on", criterion=name)]
    rows = []
    for one in ranked:
        row: list[str | int | float | None] = [one.partner.name]
        row += [round(end, 3) for end in (one.overall.value, one.overall.low, one.overall.high)]
        row.append(round(one.first, 4))
        for key in PartnerCriterion:
            score = score_of(one.partner, key)
            row += [round(score.likeliest, 2), translate(BASIS_NAMES[Basis(score.basis)])]
        rows.append(tuple(row))
    return PackSheet(_("Partners"), tuple(columns), tuple(rows))
