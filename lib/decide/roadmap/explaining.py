"""'Why not this quarter?': answered from the model, by asking it for the plan in which the step does start there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lib.decide.roadmap.model import Capacity, Plan, Step
from lib.decide.roadmap.searching import SECONDS, Watch
from lib.decide.roadmap.solving import overspent, solve
from lib.errors import InputError

Kind = Literal["gate", "forbidden", "too_long", "after", "alone", "pins", "worse", "equal", "planned"]


@dataclass(frozen=True)
class Reason:
    """One reason. What it names depends on its kind.

    gate, forbidden, too_long: the step's own; after: ``others`` end too late, or are left out; alone: it needs more of
    ``skill`` ('' for money) in ``quarter`` than the team has even if it did nothing else; pins: not beside what is
    pinned; worse: ``lost`` less worth, since ``others`` fall out and ``later`` move; equal: as good, only the order of
    equals; planned: it does start there.
    """

    kind: Kind
    skill: str = ""
    quarter: int = 0
    others: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    lost: float = 0.0


def why_not(
    steps: Sequence[Step],
    capacity: Capacity,
    plan: Plan,
    slug: str,
    quarter: int,
    watch: Watch | None = None,
    seconds: float = SECONDS,
) -> tuple[Reason, ...]:
    """Why a step doesn't start in ``quarter``; the reasons of its own first, else what the plan would lose.

    Raises:
        InputError: the steps are unsound by themselves.
        Cancelled: ``watch`` said so.
    """
    step = next(one for one in steps if one.slug == slug)
    if plan.starts.get(slug) == quarter:
        return (Reason("planned"),)
    own = (*_own(step, capacity, quarter), *_alone(step, capacity, quarter), *_after(step, steps, quarter))
    if own:
        return own
    return (_displaced(steps, capacity, plan, step, quarter, watch, seconds),)


def _own(step: Step, capacity: Capacity, quarter: int) -> tuple[Reason, ...]:
    reasons = []
    if quarter < step.gate:
        reasons.append(Reason("gate", quarter=step.gate))
    if quarter in step.forbidden:
        reasons.append(Reason("forbidden"))
    if quarter + step.quarters > len(capacity.quarters):
        reasons.append(Reason("too_long", quarter=len(capacity.quarters) - step.quarters))
    return tuple(reasons)


def _alone(step: Step, capacity: Capacity, quarter: int) -> tuple[Reason, ...]:
    """What the team lacks for this step even if it did nothing else."""
    return tuple(Reason("alone", skill, at) for skill, at in overspent({step.slug: quarter}, [step], capacity))


def _after(step: Step, steps: Sequence[Step], quarter: int) -> tuple[Reason, ...]:
    """Predecessors that couldn't have ended by then, whatever the plan: their own gate and length, and those before."""
    by_slug = {one.slug: one for one in steps}

    def earliest_end(slug: str) -> int:
        one = by_slug[slug]
        begin = max([one.gate, *(earliest_end(other) for other in one.after)])
        return begin + one.quarters

    late = tuple(slug for slug in step.after if earliest_end(slug) > quarter)
    return (Reason("after", others=late),) if late else ()


def _displaced(
    steps: Sequence[Step], capacity: Capacity, plan: Plan, step: Step, quarter: int, watch: Watch | None, seconds: float
) -> Reason:
    """What the best plan with the step in that quarter gives up."""
    forced = [replace(one, pinned=quarter) if one.slug == step.slug else one for one in steps]
    try:
        other = solve(forced, capacity, before=plan.starts, seconds=seconds, watch=watch)
    except InputError:
        return Reason("pins", others=tuple(one.slug for one in steps if one.pinned is not None))
    dropped = tuple(slug for slug in plan.starts if slug not in other.starts)
    later = tuple(
        slug for slug, start in plan.starts.items() if slug != step.slug and other.starts.get(slug, start) > start
    )
    lost = plan.value - other.value
    kind: Kind = "worse" if lost > 1e-6 * max(1.0, plan.value) else "equal"
    return Reason(kind, others=dropped, later=later, lost=max(0.0, lost))
