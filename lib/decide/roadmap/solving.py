"""The best plan under capacity, by constraint programming (CP-SAT: Perron, Didier and Gay, 2023), and a greedy one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from lib.decide.roadmap.model import Capacity, Plan, Step, demand, possible_starts, require_sound, worth
from lib.decide.roadmap.searching import SECONDS, Watch, search
from lib.errors import InputError
from lib.i18n import N_

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

GRAIN: Final = 100  # the solver counts in hundredths of a week and of a unit of money
FINE: Final = 10_000  # values are scaled so that the greatest worth is this large
Taken = Mapping[tuple[str, int], Any]  # the solver's choice for (slug, start)


def solve(
    steps: Sequence[Step],
    capacity: Capacity,
    *,
    before: Mapping[str, int] | None = None,
    seconds: float = SECONDS,
    seed: int = 0,
    watch: Watch | None = None,
) -> Plan:
    """The plan of the greatest worth; among equals the one nearest to the plan ``before``.

    Args:
        watch: called from another thread while the search goes on.

    Raises:
        InputError: unsound steps or capacity, or pins that can't all be kept.
        Cancelled: ``watch`` said so; or no plan was found in time, which happens with a large roadmap on a busy
            machine.
    """
    require_sound(steps, capacity)
    horizon, scale = len(capacity.quarters), _scale(steps, len(capacity.quarters))
    model, taken = _model(steps, capacity)
    gained = _gained(steps, taken, horizon, scale)
    kept = sum(taken[pair] for pair in (before or {}).items() if pair in taken)
    # Worth comes first: all the places kept together weigh less than the least difference in worth.
    model.maximize(gained * (len(steps) + 1) + kept)
    by_hand = greedy(steps, capacity).starts
    for pair, choice in taken.items():
        model.add_hint(choice, pair in by_hand.items())
    found = search(model, seconds, seed, watch)
    if found is None:
        raise InputError(
            N_("What is pinned can't be done together with the capacity that there is. Free a pin, or add capacity.")
        )
    starts = {slug: start for (slug, start), choice in taken.items() if found.chosen(choice)}
    bound = found.bound / (len(steps) + 1) / scale
    value = total_worth(steps, starts, horizon)
    return Plan(starts, value, value if found.proven else max(value, bound), found.proven, found.seconds)


def total_worth(steps: Iterable[Step], starts: Mapping[str, int], horizon: int) -> float:
    """What a plan is worth in all."""
    return sum(worth(step, starts[step.slug], horizon) for step in steps if step.slug in starts)


def greedy(steps: Sequence[Step], capacity: Capacity, *, by: Literal["value", "weeks"] = "value") -> Plan:
    """What a team does by hand: pins first, then the most valuable step first, each as early as it fits.

    What waits for a step that comes later in that order gets its turn again after it.

    Args:
        by: 'value', or 'weeks' for the value of a person-week.
    """
    require_sound(steps, capacity)
    horizon, starts = len(capacity.quarters), dict[str, int]()
    waiting = sorted(steps, key=lambda step: (step.pinned is None, -_appeal(step, by), step.slug))
    placed = True
    while placed:
        placed = False
        for step in [step for step in waiting if step.slug not in starts]:
            for start in possible_starts(step, horizon):
                if fits({**starts, step.slug: start}, steps, capacity):
                    starts[step.slug], placed = start, True
                    break
    value = total_worth(steps, starts, horizon)
    return Plan(starts, value, value, proven=False)


def _appeal(step: Step, by: str) -> float:
    weeks = step.quarters * sum(step.effort.values())
    return step.value if by == "value" or not weeks else step.value / weeks


def fits(starts: Mapping[str, int], steps: Sequence[Step], capacity: Capacity) -> bool:
    """Whether a plan keeps to capacity, budget and dependencies."""
    chosen = [step for step in steps if step.slug in starts]
    length = {step.slug: step.quarters for step in steps}
    in_order = all(
        slug in starts and starts[slug] + length[slug] <= starts[step.slug] for step in chosen for slug in step.after
    )
    return in_order and not any(overspent(starts, chosen, capacity))


def overspent(starts: Mapping[str, int], steps: Sequence[Step], capacity: Capacity) -> Iterable[tuple[str, int]]:
    """Skill ('' for the budget) and quarter wherever a plan takes more than there is."""
    for quarter in range(len(capacity.quarters)):
        for skill in (*skills(steps, capacity), ""):
            taken = sum(_takes(step, starts[step.slug], quarter, skill) for step in steps if step.slug in starts)
            if taken > _grains(line(capacity, skill)[quarter]):
                yield skill, quarter


def used(steps: Iterable[Step], starts: Mapping[str, int], quarter: int, skill: str) -> float:
    """Person-weeks of a skill ('' for money) that a plan takes in a quarter."""
    return sum(_takes(step, starts[step.slug], quarter, skill) for step in steps if step.slug in starts) / GRAIN


def _model(steps: Sequence[Step], capacity: Capacity) -> tuple[cp_model.CpModel, Taken]:
    from ortools.sat.python import cp_model

    model, horizon = cp_model.CpModel(), len(capacity.quarters)
    taken = {
        (step.slug, start): model.new_bool_var(f"{step.slug}@{start}")
        for step in steps
        for start in possible_starts(step, horizon)
    }
    for step in steps:
        choices = [taken[step.slug, start] for start in possible_starts(step, horizon)]
        if step.pinned is not None:
            model.add_exactly_one(choices)
        elif choices:
            model.add_at_most_one(choices)
    _keep_order(model, taken, steps, horizon)
    _keep_capacity(model, taken, steps, capacity)
    return model, taken


def _keep_order(model: cp_model.CpModel, taken: Taken, steps: Sequence[Step], horizon: int) -> None:
    """By each quarter a step has started only where each of its predecessors has ended.

    Said of all starts up to the quarter at once: a tighter relaxation than of each start by itself.
    """
    length = {step.slug: step.quarters for step in steps}
    starts = {step.slug: possible_starts(step, horizon) for step in steps}
    for step in steps:
        for other in step.after:
            for quarter in starts[step.slug]:
                begun = [taken[step.slug, start] for start in starts[step.slug] if start <= quarter]
                ended = [taken[other, start] for start in starts[other] if start + length[other] <= quarter]
                model.add(sum(begun) <= sum(ended))


def _keep_capacity(model: cp_model.CpModel, taken: Taken, steps: Sequence[Step], capacity: Capacity) -> None:
    by_slug = {step.slug: step for step in steps}
    for quarter in range(len(capacity.quarters)):
        for skill in (*skills(steps, capacity), ""):
            taking = [(choice, _takes(by_slug[slug], start, quarter, skill)) for (slug, start), choice in taken.items()]
            most = _grains(line(capacity, skill)[quarter])
            model.add(sum(amount * choice for choice, amount in taking if amount) <= most)


def _gained(steps: Sequence[Step], taken: Taken, horizon: int, scale: float) -> Any:
    by_slug = {step.slug: step for step in steps}
    return sum(round(worth(by_slug[slug], start, horizon) * scale) * choice for (slug, start), choice in taken.items())


def _scale(steps: Sequence[Step], horizon: int) -> float:
    most = max(worth(step, 0, horizon) for step in steps)
    return FINE / most if most > 0 else 1.0


def _takes(step: Step, start: int, quarter: int, skill: str) -> int:
    """Grains of a skill ('' for money) that a step takes in a quarter."""
    amount = step.effort.get(skill, 0.0) if skill else step.cost / step.quarters
    return _grains(amount * demand(step, start, quarter))


def skills(steps: Iterable[Step], capacity: Capacity) -> list[str]:
    """Every skill that a step needs or the team has; one that nobody has has no capacity."""
    return sorted({*capacity.people, *(skill for step in steps for skill in step.effort)})


def line(capacity: Capacity, skill: str) -> tuple[float, ...]:
    """What there is of a skill ('' for money) in each quarter."""
    return capacity.people.get(skill, (0.0,) * len(capacity.quarters)) if skill else capacity.budget


def _grains(amount: float) -> int:
    return round(amount * GRAIN)
