"""The roadmap in plain sentences, in the reader's language: reasons, findings, moves."""

from __future__ import annotations

from collections.abc import Iterable

from lib.decide.roadmap.explaining import Reason
from lib.decide.roadmap.model import RENEWAL, SEASON, Plan, Step
from lib.decide.roadmap.planning import Move, Sketch
from lib.decide.roadmap.proposing import skill_said
from lib.decide.roadmap.quarters import said
from lib.decide.roadmap.solving import line, skills, used
from lib.i18n import _, list_of, money, ngettext, number, percent

NAMED = 4  # titles that a sentence names; of more it says how many


def reason_said(reason: Reason, found: Sketch, plan: Plan, step: Step, quarter: int, currency: str) -> str:
    """One reason why ``step`` doesn't start in ``quarter``."""
    when = found.capacity.quarters
    match reason.kind:
        case "planned":
            return _("It does start in {quarter}.", quarter=when[quarter])
        case "gate":
            at = when[reason.quarter] if reason.quarter < len(when) else _("a quarter after this roadmap")
            return _("Its risk review lets it start from {quarter} on.", quarter=at)
        case "forbidden":
            return _("You have ruled out {quarter} for it.", quarter=when[quarter])
        case "too_long":
            return ngettext(
                "It takes {n} quarter and would not end within the roadmap.",
                "It takes {n} quarters and would not end within the roadmap.",
                step.quarters,
            )
        case "after":
            return _("It waits for {steps}, which can’t have ended by then.", steps=_titles(reason.others, found))
        case "alone":
            return _alone(reason, found, step, currency)
        case "pins":
            return _pins(reason, found)
    return _displaced(reason, found, plan)


def _alone(reason: Reason, found: Sketch, step: Step, currency: str) -> str:
    there = line(found.capacity, reason.skill)[reason.quarter]
    quarter = found.capacity.quarters[reason.quarter]
    if not reason.skill:
        needed = step.cost / step.quarters
        return _(
            "Even alone it costs {needed} in {quarter}; the budget is {there}.",
            needed=money(needed, currency, 0),
            there=money(there, currency, 0),
            quarter=quarter,
        )
    return _(
        "Even alone it needs {needed} person-weeks of {skill} in {quarter}; the team has {there}.",
        needed=number(step.effort[reason.skill], _digits(step.effort[reason.skill])),
        skill=skill_said(reason.skill),
        quarter=quarter,
        there=number(there, _digits(there)),
    )


def _pins(reason: Reason, found: Sketch) -> str:
    if not reason.others:
        return _("No plan has room for it then, with what must come before it.")
    return _("There is no room beside what is pinned: {steps}.", steps=_titles(reason.others, found))


def _displaced(reason: Reason, found: Sketch, plan: Plan) -> str:
    share = reason.lost / plan.value if plan.value > 0 else 0.0
    moved = _consequences(reason, found)
    if reason.kind == "equal":
        same = _("It could: another plan with it there is worth just as much.")
        return f"{same} {moved}".strip()
    lost = _(
        "The best plan with it there is worth {share} less.",
        share=percent(share, 1 if share < 0.1 else 0),
    )
    return f"{lost} {moved}".strip()


def _consequences(reason: Reason, found: Sketch) -> str:
    told = []
    if reason.others:
        told.append(_("No room would be left for: {steps}.", steps=_titles(reason.others, found)))
    if reason.later:
        told.append(_("Later would start: {steps}.", steps=_titles(reason.later, found)))
    return " ".join(told)


def move_said(move: Move, found: Sketch) -> str:
    """How one step moved from plan to plan."""
    title = title_of(move.slug, found)
    if move.after is None:
        return _("{title}: no longer in the plan, before in {quarter}", title=title, quarter=said(move.before or ""))
    if move.before is None:
        return _("{title}: new in the plan, in {quarter}", title=title, quarter=said(move.after))
    return _("{title}: from {before} to {after}", title=title, before=said(move.before), after=said(move.after))


def plan_finding(found: Sketch, plan: Plan) -> str:
    """What the Gantt picture shows, in one sentence."""
    first = [step.title for step in found.steps if plan.starts.get(step.slug) == 0]
    if not plan.starts:
        return _("No step fits the team’s capacity")
    fit = ngettext(
        "{done} of {n} step fits the team’s capacity",
        "{done} of {n} steps fit the team’s capacity",
        len(found.steps),
        done=len(plan.starts),
    )
    if not first:
        return fit
    begin = ngettext(
        "{n} begins in {quarter}", "{n} begin in {quarter}", len(first), quarter=found.capacity.quarters[0]
    )
    return _("{first}; {second}", first=fit, second=begin)


def tightest(found: Sketch, plan: Plan) -> tuple[str, float] | None:
    """The skill ('' for money) of which the plan takes the greatest share over all quarters; None: nothing is taken."""
    shares = []
    for skill in (*skills(found.steps, found.capacity), ""):
        there = sum(line(found.capacity, skill))
        taken = sum(used(found.steps, plan.starts, quarter, skill) for quarter in range(len(found.capacity.quarters)))
        if there > 0 and taken > 0:
            shares.append((taken / there, skill))
    return max(shares)[::-1] if shares else None


def use_finding(found: Sketch, plan: Plan) -> str:
    """What holds the plan back, in one sentence."""
    most = tightest(found, plan)
    if most is None:
        return _("The plan takes nothing of the team")
    skill, share = most
    name = skill_said(skill) if skill else _("Budget")
    return _("Scarcest: {skill}, {share} used", skill=name, share=percent(share))


def proven_said(plan: Plan) -> str:
    """How sure it is that there is nothing better."""
    if plan.proven:
        return _("Proven: under these assumptions no plan is worth more.")
    return _(
        "The search ended after {seconds} s; at most {gap} more could be had.",
        seconds=number(plan.seconds, 0),
        gap=percent(plan.gap, 1),
    )


def renewal_said() -> str:
    """What a long-term aim takes again once its first version stands."""
    return _(
        "then renewed every {n} quarters, at {share} of a quarter’s effort and cost",
        n=number(SEASON),
        share=percent(RENEWAL),
    )


def title_of(slug: str, found: Sketch) -> str:
    """A step's title, also of one that left the roadmap."""
    place = found.ranking.of(slug)
    return place.candidate.title if place else slug


def _titles(slugs: Iterable[str], found: Sketch) -> str:
    titles = [title_of(slug, found) for slug in slugs]
    if len(titles) > NAMED:
        rest = len(titles) - NAMED + 1
        titles = [*titles[: NAMED - 1], ngettext("{n} other", "{n} others", rest)]
    return list_of(titles)


def _digits(amount: float) -> int:
    return 0 if amount == round(amount) else 1
