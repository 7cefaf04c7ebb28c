"""The plan as a timeline, from which the page's chart and the board pack's slide are both drawn."""

from __future__ import annotations

from dataclasses import dataclass

from lib.decide.roadmap.model import Plan, Step, renewals
from lib.decide.roadmap.planning import Sketch
from lib.decide.roadmap.proposing import skill_said
from lib.decide.roadmap.saying import plan_finding, proven_said
from lib.decide.roadmap.solving import line, skills, used
from lib.figures import Span, Timeline
from lib.i18n import _, ngettext


@dataclass(frozen=True)
class Use:
    """What a plan takes of a skill ('' for money) in one quarter, and what there is: person-weeks, or money."""

    skill: str
    name: str
    quarter: int
    taken: float
    there: float

    @property
    def share(self) -> float:
        """Taken of what there is; 0 where there is nothing."""
        return self.taken / self.there if self.there > 0 else 0.0


def timeline(found: Sketch, plan: Plan) -> Timeline:
    """Tests first, then the long-term aims with their renewals; in each lane by start."""
    chosen = sorted(
        (step for step in found.steps if step.slug in plan.starts),
        key=lambda step: (step.lane == "aim", plan.starts[step.slug], step.title),
    )
    spans = tuple(span for step in chosen for span in _spans(step, plan.starts[step.slug], found))
    source = _("Planned by constraint programming (CP-SAT) from the ranking and the team’s capacity.")
    return Timeline(plan_finding(found, plan), spans, found.capacity.quarters, f"{source} {proven_said(plan)}")


def uses(found: Sketch, plan: Plan) -> tuple[Use, ...]:
    """Each skill in each quarter, the budget last; skills that nobody has and no step needs are left out."""
    made = [
        Use(
            skill,
            skill_said(skill) if skill else _("Budget"),
            quarter,
            used(found.steps, plan.starts, quarter, skill),
            line(found.capacity, skill)[quarter],
        )
        for skill in (*sorted(skills(found.steps, found.capacity), key=skill_said), "")
        for quarter in range(len(found.capacity.quarters))
    ]
    known = {use.skill for use in made if use.there > 0 or use.taken > 0}
    return tuple(use for use in made if use.skill in known)


def _spans(step: Step, start: int, found: Sketch) -> list[Span]:
    lane = _("Long-term aims") if step.lane == "aim" else _("Tests")
    takes = ngettext("{n} quarter", "{n} quarters", step.quarters)
    horizon = len(found.capacity.quarters)
    first = Span(
        step.slug,
        step.title if step.pinned is None else _("{title} (pinned)", title=step.title),
        start,
        min(start + step.quarters, horizon) - 1,  # a roadmap made shorter may cut a plan that is older
        lane,
        "neutral",
        takes,
    )
    renewed = [
        Span(step.slug, _("{title}: renewal", title=step.title), at, at, lane, "baseline", _("renewal of the season"))
        for at in renewals(step, start, horizon)
    ]
    return [first, *renewed]
