"""A pilot as a picture: baseline, target and result on one line; and all pilots by how far they have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lib.database.pilots import CURRENCIES, Pilot, Plan
from lib.decide.model import Band
from lib.decide.pilots import from_runs
from lib.decide.pilots.from_runs import RunFindings, RunMeasure
from lib.decide.pilots.outcome import Outcome
from lib.decide.pilots.saying import finding, method_said, planned
from lib.figures import Figure, Mark
from lib.i18n import _, amount, ngettext, number, percent, translate

PROVEN = ("reached", "better", "short")  # verdicts of an improvement beyond doubt


@dataclass(frozen=True)
class Evaluated:
    """A pilot with its result."""

    pilot: Pilot
    outcome: Outcome
    dated: str  # ISO date of the evaluation


def way(plan: Plan, found: Outcome) -> Band:
    """How much of the way from baseline to target the difference is: 1 is all of it. Its range is a 95% interval."""
    sign = 1 if plan.target > plan.baseline else -1
    ends = sorted(sign * end / plan.improvement for end in (found.difference.low, found.difference.high))
    return Band(sign * found.difference.value / plan.improvement, *ends)


def pilot_figure(plan: Plan, found: Outcome | None) -> Figure:
    """Baseline, target and, where there is one, the result of each side with its interval."""
    marks = [Mark(_("Baseline, as assumed"), plan.baseline, role="baseline")]
    if found:
        before = _("Before, as measured") if plan.design == "before_after" else _("Group A, without")
        after = _("With the pilot") if plan.design == "before_after" else _("Group B, with")
        low, high = found.without.low, found.without.high
        marks.append(Mark(before, found.without.value, low, high, "baseline"))
        marks.append(Mark(after, found.with_it.value, found.with_it.low, found.with_it.high, "ours"))
    marks.append(Mark(_("Target"), plan.target, role="neutral"))
    number_format, unit = _format(plan)
    source = method_said(found) if found else _("Baseline and target are the plan’s; nothing is measured yet")
    title = finding(plan, found) if found else planned(plan)
    return Figure(title, tuple(marks), unit, zero=False, source=source, number_format=number_format)


def _format(plan: Plan) -> tuple[Literal["number", "percent", "money"], str]:
    """How the chart writes the KPI, and its unit; a share's is its name."""
    if plan.measure == "share":
        return "percent", plan.kpi
    return ("money", plan.unit.upper()) if plan.unit.upper() in CURRENCIES else ("number", plan.unit)


def overview(found: Sequence[Evaluated]) -> Figure:
    """All evaluated pilots by how much of the way to their target they have come."""
    proven = sum(one.outcome.verdict in PROVEN for one in found)
    title = ngettext(
        "{proven} of {n} evaluated pilot improves its KPI beyond doubt",
        "{proven} of {n} evaluated pilots improve their KPI beyond doubt",
        len(found), proven=proven,
    )  # fmt: skip
    marks = []
    for one in found:
        band = way(one.pilot.plan, one.outcome)
        note = finding(one.pilot.plan, one.outcome)
        marks.append(Mark(one.pilot.plan.title, band.value, band.low, band.high, "ours", note=note))
    marks.append(Mark(_("Target of each"), 1.0, role="neutral"))
    unit = _("Share of the way from baseline to target")
    return Figure(title, tuple(marks), unit, number_format="percent")


def run_figures(found: RunFindings) -> list[Figure]:
    """The runs' own quantities, one chart a unit, each with its finding as its title; money is told in words."""
    groups: dict[str, list[RunMeasure]] = {}
    for one in found.measures:
        if one.kind != "money":
            groups.setdefault("shares" if one.kind == "percent" else one.name, []).append(one)
    return [
        Figure(
            title=_title(kept),
            marks=tuple(Mark(_counted(one), one.value, one.low, one.high) for one in kept),
            unit="",
            number_format="percent" if kept[0].kind == "percent" else "number",
        )
        for kept in groups.values()
    ]


def costs_said(found: RunFindings) -> list[str]:
    """What a run costs in each currency, with its interval."""
    said = []
    for one in found.measures:
        if one.kind == "money" and one.low is not None and one.high is not None:
            low, high = (amount(end, one.unit) for end in (one.low, one.high))
            cost = amount(one.value, one.unit)
            said.append(_("A run costs {cost} on average ({low} to {high} at 95%).", cost=cost, low=low, high=high))
        elif one.kind == "money":
            said.append(_("One run cost {cost}.", cost=amount(one.value, one.unit)))
    return said


def _title(kept: Sequence[RunMeasure]) -> str:
    first = kept[0]
    match first.name:
        case from_runs.RATING:
            return _("Runs are rated {value} out of 5 on average", value=number(first.value, 1))
        case from_runs.MINUTES if first.low is not None and first.low > 0:
            return _("{value} minutes are saved a run", value=number(first.value, 1))
        case from_runs.MINUTES:
            return _("It is open whether a run saves any minutes")
        case from_runs.APPROVED:
            return _("{share} of the judged runs are approved", share=percent(first.value))
        case from_runs.CHECKS:
            return _("{share} of the runs pass every check", share=percent(first.value))
    return _("{share} of the runs failed", share=percent(first.value))


def _counted(one: RunMeasure) -> str:
    return ngettext("{name}, {n} run", "{name}, {n} runs", one.n, name=translate(one.name))
