"""What the solver is worth: its plans beside greedy ones on random portfolios."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lib.decide.roadmap.model import Capacity, Step
from lib.decide.roadmap.solving import fits, greedy, solve

if TYPE_CHECKING:
    import numpy as np

SKILLS = ("business", "data", "engineering", "creative", "legal")
RESAMPLES = 2_000
LIMIT = 10.0  # seconds a portfolio


@dataclass(frozen=True)
class Gain:
    """How much more worth the best plan has than another way's, as a share of that one's.

    ``low`` and ``high`` are the mean's 95% interval (percentile bootstrap over portfolios: Efron and Tibshirani, 1993);
    ``better`` is the share of portfolios in which it is worth more, ``worse`` in which it is worth less.
    """

    against: str  # 'value' or 'weeks': see ``greedy``
    mean: float
    low: float
    high: float
    better: float
    worse: float
    portfolios: int
    proven: float  # share of portfolios in which the plan is proven to be the best
    sound: bool  # all plans of both ways keep to capacity and dependencies


def portfolio(rng: np.random.Generator, steps: int = 12, quarters: int = 4, skills: int = 3) -> tuple[
    list[Step], Capacity
]:  # fmt: skip
    """Random steps and a team that can do about half of them."""
    made = [_step(rng, at, skills) for at in range(steps)]
    share = rng.uniform(0.35, 0.65)
    people = {
        skill: (share * sum(one.effort[skill] * one.quarters for one in made) / quarters + 1.0,) * quarters
        for skill in SKILLS[:skills]
    }
    budget = (share * sum(one.cost for one in made) / quarters + 1.0,) * quarters
    return made, Capacity(tuple(f"Q{at + 1}" for at in range(quarters)), people, budget)


def roomy(rng: np.random.Generator) -> tuple[list[Step], Capacity]:
    """The null control: everybody has time for everything at once and nothing waits, so no order is better."""
    steps, capacity = portfolio(rng)
    free = [replace(step, after=(), gate=0) for step in steps]
    people = {skill: (1e4,) * len(capacity.quarters) for skill in capacity.people}
    return free, Capacity(capacity.quarters, people, (1e6,) * len(capacity.quarters))


def gains(
    portfolios: int,
    seed: int = 0,
    make: Callable[[np.random.Generator], tuple[list[Step], Capacity]] = portfolio,
) -> tuple[Gain, Gain]:
    """The solver against greedy by value, and against greedy by value of a person-week, on the same portfolios."""
    import numpy as np

    rng = np.random.default_rng(seed)
    shares: dict[str, list[float]] = {"value": [], "weeks": []}
    sound, proven = True, 0
    for _number in range(portfolios):
        steps, capacity = make(rng)
        best = solve(steps, capacity, seconds=LIMIT)
        proven += best.proven
        sound = sound and fits(best.starts, steps, capacity)
        for way, found in shares.items():
            by_hand = greedy(steps, capacity, by=way)  # type: ignore[arg-type]
            sound = sound and fits(by_hand.starts, steps, capacity)
            found.append(_share(best.value, by_hand.value))
    value, weeks = (_gain(way, np.array(found), proven / portfolios, sound, rng) for way, found in shares.items())
    return value, weeks


def _step(rng: np.random.Generator, at: int, skills: int) -> Step:
    return Step(
        f"s{at}",
        f"S{at}",
        float(rng.integers(1, 41)) / 10,
        int(rng.integers(1, 4)),
        {skill: float(rng.integers(0, 9)) for skill in SKILLS[:skills]},
        cost=float(rng.integers(0, 40)),
        after=(f"s{rng.integers(at)}",) if at and rng.random() < 0.25 else (),
        gate=int(rng.random() < 0.15),
    )


def _share(ours: float, theirs: float) -> float:
    """Worth gained; where the other way finds nothing at all, all of it counts once."""
    gained = ours - theirs
    return 0.0 if abs(gained) < 1e-6 else gained / theirs if theirs > 0 else 1.0


def _gain(way: str, found: np.ndarray, proven: float, sound: bool, rng: np.random.Generator) -> Gain:
    import numpy as np

    means = found[rng.integers(len(found), size=(RESAMPLES, len(found)))].mean(axis=1)
    low, high = (float(end) for end in np.quantile(means, [0.025, 0.975]))
    better, worse = float((found > 0).mean()), float((found < 0).mean())
    return Gain(way, float(found.mean()), low, high, better, worse, len(found), proven, sound)
