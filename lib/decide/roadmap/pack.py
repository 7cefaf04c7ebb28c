"""What the roadmap hands in to the board pack: the picture, what each step must show, and all rows for the XLSX."""

from __future__ import annotations

import datetime as dt

from sqlite_utils import Database

from lib.access import Actor
from lib.database.people import workspace
from lib.database.roadmaps import PlanRow
from lib.decide import portfolio_pack
from lib.decide.model import BASIS_NAMES, Basis, Reference
from lib.decide.pack.model import Cell, Handed, PackSheet, PackSlide, PackTable, Points
from lib.decide.roadmap.model import Plan, Step
from lib.decide.roadmap.picture import timeline, uses
from lib.decide.roadmap.planning import (
    Sketch,
    as_plan,
    effort_bases,
    kept_basis,
    latest,
    shown_basis,
    sketch,
    stale,
    value_basis,
    worth_of,
)
from lib.decide.roadmap.saying import plan_finding, proven_said, use_finding
from lib.i18n import _, date, list_of, money, ngettext, number, translate, use_language

ROWS = 8  # of a slide's table


def handed(database: Database, actor: Actor, language: str) -> Handed:
    """Picture, gates and what to ask for, and two sheets, of the plan that stands; empty while there is none."""
    with use_language(language):
        found, row = sketch(database, actor), latest(database, actor)
        if found is None or row is None:
            return Handed()
        plan = as_plan(row, found)
        references = _references(found, row)
        return Handed(
            (
                _picture(found, plan, row, references),
                *_gates(found, plan, references),
                *_asked(found, plan, references, str(workspace(database, actor)["currency"])),
            ),
            (steps_sheet(found, plan, row), team_sheet(found, plan)),
        )


def _picture(found: Sketch, plan: Plan, row: PlanRow, references: tuple[Reference, ...]) -> PackSlide:
    said: list[tuple[str, Basis | None]] = [
        (use_finding(found, plan), _team_basis(found)),
        (proven_said(plan), Basis.ASSUMPTION),
    ]
    old = stale(row, found)
    if old == "ranking":
        said.append((_("This plan is older than the ranking: values have changed since."), None))
    elif old == "steps":
        said.append((_("This plan is older than its steps or its team."), None))
    return PackSlide("roadmap", plan_finding(found, plan), (timeline(found, plan), Points(tuple(said))), references)


def _gates(found: Sketch, plan: Plan, references: tuple[Reference, ...]) -> tuple[PackSlide, ...]:
    chosen = _in_order(found, plan)
    if not chosen:
        return ()
    rows = tuple(
        (
            Cell(step.title),
            Cell(found.capacity.quarters[plan.starts[step.slug]]),
            Cell(step.must_show, shown_basis(found, step)),
        )
        for step in chosen[:ROWS]
    )
    table = PackTable((_("Step"), _("Begins"), _("Must show to go on")), rows)
    return (PackSlide("roadmap", _("Each step goes on only if it shows its worth"), (table,), references),)


def _asked(found: Sketch, plan: Plan, references: tuple[Reference, ...], currency: str) -> tuple[PackSlide, ...]:
    """The first quarter's steps and what they take: the board is asked for what the roadmap begins with."""
    start = [step for step in _in_order(found, plan) if plan.starts[step.slug] == 0]
    if not start:
        return ()
    names = list_of([_("“{name}”", name=step.title) for step in start])
    quarter = found.capacity.quarters[0]
    taken = [use for use in uses(found, plan) if use.quarter == 0]
    weeks = sum(use.taken for use in taken if use.skill)
    cost = sum(use.taken for use in taken if not use.skill)
    said = (
        (_("Agree to begin in {quarter} with {names}.", quarter=quarter, names=names), Basis.ASSUMPTION),
        (
            _(
                "Give the team {weeks} person-weeks and {cost} for this quarter.",
                weeks=number(weeks, 0),
                cost=money(cost, currency, 0),
            ),
            effort_bases(found)[0],
        ),
    )
    title = ngettext(
        "We ask to begin with {n} use case in {quarter}",
        "We ask to begin with {n} use cases in {quarter}",
        len(start),
        quarter=quarter,
    )
    return (portfolio_pack.ask(found.ranking, portfolio_pack.Planned(title, said, references)),)


def _references(found: Sketch, row: PlanRow) -> tuple[Reference, ...]:
    day = dt.datetime.fromisoformat(row.created_at).astimezone().date()
    plan = Reference(
        Basis.ASSUMPTION,
        _("The plan of {day}, worked out from the values below", day=date(day, "medium")),
        "runs" if row.run_id else "",
        row.run_id or "",
        day.isoformat(),
    )
    ranked = [found.ranking.of(step.slug) for step in found.steps]
    bases = sorted({value_basis(place) for place in ranked if place is not None})
    values = tuple(Reference(basis, _("Values from the ranking"), "prioritisation_matrix") for basis in bases)
    effort = effort_bases(found)[0]
    return (
        plan,
        *values,
        Reference(effort, _("Effort and cost of the steps"), "roadmap"),
        Reference(_team_basis(found), _("Capacity and budget of the team"), "roadmap"),
    )


def _team_basis(found: Sketch) -> Basis:
    return kept_basis(found.roadmap.team.basis)


def _in_order(found: Sketch, plan: Plan) -> list[Step]:
    chosen = [step for step in found.steps if step.slug in plan.starts]
    return sorted(chosen, key=lambda step: (plan.starts[step.slug], step.title))


def steps_sheet(found: Sketch, plan: Plan, row: PlanRow) -> PackSheet:
    """All steps, those in the plan first, each with what its numbers rest on."""
    columns = (
        _("Step"), _("Lane"), _("Begins"), _("Quarters it takes"), _("Value"), _("Value, low"), _("Value, high"),
        _("Value rests on"), _("Person-weeks"), _("Cost"), _("Effort and cost rest on"), _("Waits for"),
        _("Must show to go on"), _("Share of draws in which it is planned"),
    )  # fmt: skip
    chosen = _in_order(found, plan)
    rest = [step for step in found.steps if step.slug not in plan.starts]
    return PackSheet(_("Roadmap"), columns, tuple(_sheet_row(step, found, plan, row) for step in (*chosen, *rest)))


def _sheet_row(step: Step, found: Sketch, plan: Plan, row: PlanRow) -> tuple[str | int | float | None, ...]:
    place = found.ranking.of(step.slug)
    titles = {one.slug: one.title for one in found.steps}
    start, draws = plan.starts.get(step.slug), row.firm.get("draws", 0)
    basis = kept_basis(found.row(step.slug).basis)
    return (
        step.title,
        _("Long-term aims") if step.lane == "aim" else _("Tests"),
        None if start is None else found.capacity.quarters[start],
        step.quarters,
        round(step.value, 3),
        None if place is None else round(worth_of(place).low, 3),
        None if place is None else round(worth_of(place).high, 3),
        "" if place is None else translate(BASIS_NAMES[value_basis(place)]),
        sum(step.effort.values()) * step.quarters,
        step.cost,
        translate(BASIS_NAMES[basis]),
        ", ".join(titles[slug] for slug in step.after),
        step.must_show,
        row.firm["in"].get(step.slug, 0) / draws if draws else None,
    )


def team_sheet(found: Sketch, plan: Plan) -> PackSheet:
    """What the plan takes of each skill and of the budget, by quarter."""
    rows = tuple((use.name, found.capacity.quarters[use.quarter], use.taken, use.there) for use in uses(found, plan))
    return PackSheet(_("Capacity"), (_("Skill"), _("Quarter"), _("Used"), _("There is")), rows)
