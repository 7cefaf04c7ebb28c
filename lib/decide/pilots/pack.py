"""What the pilots' page hands in to the board pack."""

from __future__ import annotations

import datetime as dt

from sqlite_utils import Database

from lib.access import Actor
from lib.database import pilots
from lib.database.pilots import Pilot
from lib.database.portfolio import candidates
from lib.decide.model import Basis, Reference
from lib.decide.pack.model import Cell, Handed, PackSheet, PackSlide, PackTable
from lib.decide.pilots.deciding import CHOICES
from lib.decide.pilots.evidence import PAGE, evaluated, reference
from lib.decide.pilots.picture import Evaluated, overview, way
from lib.decide.pilots.saying import value_said
from lib.decide.ranking import candidate
from lib.i18n import N_, _, date, ngettext, translate, use_language

MOST_ROWS = 8
STATUS_NAMES = {
    "planned": N_("Planned"),
    "running": N_("Running"),
    "to_decide": N_("To be decided"),
    "stop": N_("Pilot stopped"),
    "go_on": N_("Pilot goes on"),
    "scale": N_("Scaled"),
}


def handed(database: Database, actor: Actor, language: str) -> Handed:
    """A slide of the pilots, one of what was decided and why, a sheet of all of them; nothing where there is none."""
    found = pilots.listing(database, actor)
    if not found:
        return Handed()
    results = {one.id: done for one in found if (done := evaluated(database, actor, one)) is not None}
    with use_language(language):
        titles = {case.slug: candidate(case).title for case in candidates(database, actor)}
        return Handed((_slide(found, results), *_decided(found, results)), (_sheet(found, results, titles),))


def _slide(found: list[Pilot], results: dict[str, Evaluated]) -> PackSlide:
    # What is measured goes first where not all have room.
    shown = sorted(found, key=lambda one: one.id not in results)[:MOST_ROWS]
    told = [results[one.id] for one in shown if one.id in results]
    picture = overview(told) if told else None
    title = picture.title if picture else ngettext(
        "{n} pilot is planned; nothing is measured yet", "{n} pilots are planned; nothing is measured yet", len(found)
    )  # fmt: skip
    table = PackTable(
        (_("Pilot"), _("Status"), _("Baseline"), _("Target"), _("Result")),
        tuple(_row(one, results.get(one.id)) for one in shown),
        numbers=(2, 3, 4),
    )
    references = [reference(one) for one in told]
    references += [_assumed(one) for one in shown]
    return PackSlide("pilots", title, (picture, table) if picture else (table,), tuple(references))


def _row(pilot: Pilot, done: Evaluated | None) -> tuple[Cell, ...]:
    plan = pilot.plan
    result = value_said(plan, done.outcome.with_it.value) if done else "–"
    return (
        Cell(plan.title),
        Cell(status_said(pilot)),
        Cell(value_said(plan, plan.baseline), Basis.ASSUMPTION),
        Cell(value_said(plan, plan.target), Basis.ASSUMPTION),
        Cell(result, Basis.EVIDENCE if done else None),
    )


def _decided(found: list[Pilot], results: dict[str, Evaluated]) -> tuple[PackSlide, ...]:
    """The last decision on each pilot with its reason, newest first; no slide before anything is decided."""
    decided = [one for one in found if one.decisions]
    if not decided:
        return ()
    shown = sorted(decided, key=lambda one: one.decisions[0].created_at, reverse=True)[:MOST_ROWS]
    title = ngettext(
        "{n} pilot has its decision, with the reason", "{n} pilots have their decisions, each with the reason",
        len(decided),
    )  # fmt: skip
    table = PackTable((_("Pilot"), _("Decision"), _("Date"), _("Why")), tuple(_decision(one) for one in shown))
    behind = tuple(reference(results[one.id]) if one.id in results else _assumed(one) for one in shown)
    return (PackSlide("pilots", title, (table,), behind),)


def _decision(pilot: Pilot) -> tuple[Cell, ...]:
    last = pilot.decisions[0]
    day = dt.datetime.fromisoformat(last.created_at).astimezone().date()
    return (
        Cell(pilot.plan.title),
        Cell(translate(CHOICES[last.decision])),
        Cell(date(day, "medium")),
        Cell(last.reason, Basis.OPINION),
    )


def _assumed(pilot: Pilot) -> Reference:
    said = _(
        "{title}: baseline and target as planned on {day}", title=pilot.plan.title,
        day=date(dt.date.fromisoformat(pilot.created_at[:10])),
    )  # fmt: skip
    return Reference(Basis.ASSUMPTION, said, PAGE, pilot.id, pilot.created_at[:10])


def status_said(pilot: Pilot) -> str:
    """Where a pilot stands today, in the reader's language."""
    return translate(STATUS_NAMES[pilot.status(dt.date.today().isoformat())])


def _sheet(found: list[Pilot], results: dict[str, Evaluated], titles: dict[str, str]) -> PackSheet:
    columns = (
        _("Pilot"), _("Use case"), _("Hypothesis"), _("KPI"), _("Unit"), _("Baseline"), _("Target"), _("Starts"),
        _("Ends"), _("Business owner"), _("Technical owner"), _("Budget"), _("Currency"), _("Without"), _("With"),
        _("Difference"), _("Difference, low"), _("Difference, high"), _("Share of the way"), _("Status"),
        _("Decision’s reason"),
    )  # fmt: skip
    return PackSheet(_("Pilots"), columns, tuple(_line(one, results.get(one.id), titles) for one in found))


def _line(pilot: Pilot, done: Evaluated | None, titles: dict[str, str]) -> tuple[str | int | float | None, ...]:
    plan, result = pilot.plan, done.outcome if done else None
    case = titles.get(plan.use_case, plan.use_case)
    apart = result.difference if result else None
    return (
        plan.title, case, plan.hypothesis, plan.kpi, plan.unit, plan.baseline, plan.target, plan.starts_on,
        plan.ends_on, plan.business_owner, plan.technical_owner, plan.budget, plan.currency,
        result.without.value if result else None,
        result.with_it.value if result else None,
        apart.value if apart else None, apart.low if apart else None, apart.high if apart else None,
        way(plan, result).value if result else None,
        status_said(pilot),
        pilot.decisions[0].reason if pilot.decisions else None,
    )  # fmt: skip
