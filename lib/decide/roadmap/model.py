"""Steps, the team's capacity, and a plan; and what makes them unsound."""

from __future__ import annotations

import graphlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from lib.errors import InputError
from lib.i18n import N_

USE = 4  # quarters after the horizon in which a finished step still counts: a year of use, an assumption
MAX_QUARTERS = 8
MAX_STEPS = 80
SEASON = 2  # quarters between two renewals of a long-term aim: two collections a year
RENEWAL = 0.5  # what a renewal takes of a quarter's effort and cost of the first version: an assumption

Lane = Literal["test", "aim"]  # a short-term test, or a long-term aim that a season renews


@dataclass(frozen=True)
class Step:
    """A use case on the roadmap. Quarters count from 0.

    ``value`` is what a quarter of use is worth, in any one unit; ``effort`` person-weeks a quarter while it goes on, by
    skill; ``cost`` money in all, spread evenly; ``gate`` the first quarter in which its risk review lets it start.
    """

    slug: str
    title: str
    value: float
    quarters: int
    effort: Mapping[str, float] = field(default_factory=dict)
    cost: float = 0.0
    after: tuple[str, ...] = ()  # slugs of the steps that must have ended before
    gate: int = 0
    pinned: int | None = None
    forbidden: frozenset[int] = frozenset()  # quarters in which it may not start
    lane: Lane = "test"  # an aim is renewed each season: see ``renewals``
    must_show: str = ""  # what it has to show to go on


@dataclass(frozen=True)
class Capacity:
    """What the team has: names of the quarters, person-weeks by skill and quarter, money by quarter."""

    quarters: tuple[str, ...]
    people: Mapping[str, tuple[float, ...]]
    budget: tuple[float, ...]


@dataclass(frozen=True)
class Plan:
    """When each chosen step starts. ``value`` counts quarters of use; ``bound`` is the most that any plan could have.

    ``proven`` says that nothing better exists; otherwise the search was stopped, and ``bound`` tells how far off it is.
    """

    starts: Mapping[str, int]
    value: float
    bound: float
    proven: bool
    seconds: float = 0.0

    @property
    def gap(self) -> float:
        """How much more than ``value`` there could be, as a share of the bound."""
        return 0.0 if self.bound <= 0 else max(0.0, (self.bound - self.value) / self.bound)


def worth(step: Step, start: int, horizon: int) -> float:
    """What a step is worth when it starts in quarter ``start``: its value in each quarter of use after its end."""
    return step.value * (horizon + USE - start - step.quarters)


def renewals(step: Step, start: int, horizon: int) -> tuple[int, ...]:
    """The quarters in which a long-term aim is renewed once its first version stands; a test has none."""
    if step.lane == "test":
        return ()
    return tuple(range(start + step.quarters + SEASON - 1, horizon, SEASON))


def demand(step: Step, start: int, quarter: int) -> float:
    """The share of a quarter's effort and cost that a step takes in ``quarter`` when it starts in ``start``."""
    if start <= quarter < start + step.quarters:
        return 1.0
    return RENEWAL if quarter in renewals(step, start, quarter + 1) else 0.0


def possible_starts(step: Step, horizon: int) -> tuple[int, ...]:
    """Quarters in which a step may start by itself: gate, forbidden quarters, pin, and an end within the horizon."""
    latest = horizon - step.quarters
    wanted = range(step.gate, latest + 1) if step.pinned is None else (step.pinned,)
    return tuple(start for start in wanted if step.gate <= start <= latest and start not in step.forbidden)


def require_sound(steps: Sequence[Step], capacity: Capacity) -> None:
    """Pass silently when a plan can be looked for.

    Raises:
        InputError: no steps, no capacity, a number that makes no sense, an unknown or circular dependency, a pin that
            its own gate or length forbids.
    """
    _require_capacity(capacity)
    if not steps:
        raise InputError(N_("There is nothing to plan yet. Take at least one use case onto the roadmap."))
    if len(steps) > MAX_STEPS:
        raise InputError(N_("A roadmap holds at most {most} steps. Leave some out."), most=MAX_STEPS)
    known = {step.slug: step for step in steps}
    for step in steps:
        _require_step(step, known, len(capacity.quarters))
    _require_no_circle(known)


def _require_capacity(capacity: Capacity) -> None:
    count = len(capacity.quarters)
    if not 1 <= count <= MAX_QUARTERS:
        raise InputError(N_("A roadmap covers 1 to {most} quarters. Choose a number in between."), most=MAX_QUARTERS)
    lines = [*capacity.people.values(), capacity.budget]
    if any(len(line) != count for line in lines):
        raise InputError(N_("Give the capacity of each skill, and the budget, for each of the {n} quarters."), n=count)
    if not all(math.isfinite(amount) and amount >= 0 for line in lines for amount in line):
        raise InputError(N_("Capacity and budget can't be below zero. Correct these numbers."))
    if not any(amount > 0 for line in capacity.people.values() for amount in line):
        raise InputError(N_("The team has no capacity in any quarter. Enter the weeks that people can give."))


def _require_step(step: Step, known: Mapping[str, Step], horizon: int) -> None:
    numbers = [step.value, step.cost, *step.effort.values()]
    if not all(math.isfinite(amount) and amount >= 0 for amount in numbers):
        raise InputError(N_("Value, effort and cost of '{title}' can't be below zero."), title=step.title)
    if not 1 <= step.quarters <= MAX_QUARTERS:
        raise InputError(N_("'{title}' has to take 1 to {most} quarters."), title=step.title, most=MAX_QUARTERS)
    for slug in step.after:
        if slug not in known:
            raise InputError(
                N_("'{title}' waits for '{slug}', which isn't on the roadmap. Add that, or drop the dependency."),
                title=step.title,
                slug=slug,
            )
    if step.pinned is not None and not possible_starts(step, horizon):
        raise InputError(
            N_("'{title}' is pinned to a quarter in which its risk gate, its length or a ban keeps it from starting."),
            title=step.title,
        )


def _require_no_circle(known: Mapping[str, Step]) -> None:
    try:
        graphlib.TopologicalSorter({slug: step.after for slug, step in known.items()}).prepare()
    except graphlib.CycleError as error:
        titles = " → ".join(known[slug].title for slug in error.args[1])
        raise InputError(
            N_("These steps wait for each other in a circle: {titles}. Drop one of the dependencies."), titles=titles
        ) from error
