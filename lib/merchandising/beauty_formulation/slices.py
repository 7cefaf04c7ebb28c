"""What the model says besides the triangle: slices through a formula, cost against performance, its own error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lib.merchandising.beauty_formulation.judging import SCORED, Judge
from lib.merchandising.beauty_formulation.model import Trial
from lib.merchandising.beauty_formulation.planning import mixtures_of
from lib.merchandising.beauty_formulation.sampling import candidates, reach
from lib.merchandising.beauty_formulation.scales import back
from lib.merchandising.beauty_formulation.space import Array, Polytope, Space

STEPS = 25


@dataclass(frozen=True)
class Slice:
    """One ingredient from its least to its most against the filler, all else held: percent, middle and 95% ends."""

    place: int
    at: tuple[float, ...]
    middle: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    here: float  # its percent in the formula that is sliced through


def filler(part: Polytope, centre: Array) -> int:
    """The ingredient that makes room for the others, as water does: the largest one that may vary."""
    free = part.high - part.low > 0.02
    return int(np.where(free, centre, -1.0).argmax())


def ends(part: Polytope, centre: Array, place: int, rest: int) -> tuple[float, float]:
    """How far (percentage points down and up) an ingredient can be exchanged for the filler."""
    way = np.zeros(len(centre))
    way[place], way[rest] = 1.0, -1.0
    low, high = reach(part, centre[None], way[None])
    return float(low[0]), float(high[0])


def slices(judge: Judge, part: Polytope, centre: Array, key: str, most: int = 6) -> tuple[Slice, ...]:
    """The ingredients that move a response most, the strongest first."""
    rest = filler(part, centre)
    found: list[tuple[float, Slice]] = []
    for place in range(len(centre)):
        if place == rest:
            continue
        low, high = ends(part, centre, place, rest)
        if high - low < 0.02:
            continue
        steps = np.linspace(low, high, STEPS)
        path = np.repeat(centre[None], STEPS, axis=0)
        path[:, place] += steps
        path[:, rest] -= steps
        middle = judge.middle(key, path)
        lower, upper = judge.interval(key, path)
        shares = tuple(float(centre[place] + step) for step in steps)
        one = Slice(
            place,
            shares,
            tuple(map(float, middle)),
            tuple(map(float, lower)),
            tuple(map(float, upper)),
            float(centre[place]),
        )
        found.append((float(middle.max() - middle.min()), one))
    return tuple(one for _span, one in sorted(found, key=lambda pair: -pair[0])[:most])


@dataclass(frozen=True)
class Frontier:
    """Cost against performance: the best that is expected at each cost (with its 95% interval), and the trials.

    Performance is the desirability of all targets but cost, weighed by the chance to hold the limits, from 0 to 1.
    """

    costs: tuple[float, ...]
    middle: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    trials: tuple[tuple[str, float, float], ...]  # name, cost, performance
    proposals: tuple[tuple[str, float, float], ...]


def frontier(
    judge: Judge, space: Space, trials: Sequence[Trial], proposals: Sequence[tuple[str, Array]], seed: int = 0
) -> Frontier | None:
    """The frontier, or None where nothing but cost is to be improved."""
    aims = tuple(target for target in judge.targets if target.key != "cost" or target.goal not in SCORED)
    performing = replace(judge, targets=aims)
    if not performing.wanted(SCORED):
        return None
    generator = np.random.default_rng(seed)
    size = len(judge.ingredients)
    pool = np.vstack([candidates(part, 3_000, generator) for part in space.parts])
    costs, worth = judge.computed("cost", pool), performing.promise(pool)
    kept = _undominated(costs, worth)
    drawn = performing.draws(pool[kept]) * performing.chance(pool[kept])
    low, high = np.quantile(drawn, (0.025, 0.975), axis=0)
    tried = mixtures_of(trials, size)
    asked = np.array([mixture for _name, mixture in proposals]).reshape(-1, size)
    return Frontier(
        _floats(costs[kept]),
        _floats(worth[kept]),
        _floats(np.minimum(low, worth[kept])),
        _floats(np.maximum(high, worth[kept])),
        _named([trial.name for trial in trials], judge.computed("cost", tried), performing.promise(tried)),
        _named([name for name, _mixture in proposals], judge.computed("cost", asked), performing.promise(asked)),
    )


def _floats(values: Array) -> tuple[float, ...]:
    return tuple(map(float, values))


def _named(names: Sequence[str], costs: Array, worth: Array) -> tuple[tuple[str, float, float], ...]:
    return tuple(zip(names, map(float, costs), map(float, worth), strict=True))


def _undominated(costs: Array, worth: Array) -> Array:
    """Places from the cheapest to the best, each better than all cheaper ones."""
    order = np.lexsort((-worth, costs))
    kept, best = [], 0.0
    for at in order:
        if worth[at] > best + 1e-6:
            kept.append(int(at))
            best = float(worth[at])
    return np.array(kept, dtype=int)


@dataclass(frozen=True)
class Accuracy:
    """How well a response is foreseen for a trial that the model hasn't seen (leave-one-out).

    ``explained``: 1 - squared errors over the spread of the results (Q²): 1 is exact, 0 is no better than the mean.
    ``inside``: the share of trials within their 95% interval.
    """

    key: str
    names: tuple[str, ...]
    measured: tuple[float, ...]
    foreseen: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    explained: float
    inside: float
    noise: float  # sd of a measurement near the middle of the results, in the response's unit


def accuracy(judge: Judge, trials: Sequence[Trial], key: str) -> Accuracy:
    """The leave-one-out picture of a learned response."""
    process = judge.processes[key]
    mean, sd = process.left_out()
    values = process.middle + process.spread * process.y
    explained = 1 - float(((values - mean) ** 2).sum() / ((values - values.mean()) ** 2).sum())
    low, high = mean - 1.96 * sd, mean + 1.96 * sd
    inside = float(((values >= low) & (values <= high)).mean())
    noise = float(np.ptp(back(key, np.array([process.middle - process.noise / 2, process.middle + process.noise / 2]))))
    names = tuple(trial.name for trial in trials if trial.result(key) is not None)
    return Accuracy(
        key,
        names,
        _floats(back(key, values)),
        _floats(back(key, mean)),
        _floats(back(key, low)),
        _floats(back(key, high)),
        explained,
        inside,
        noise,
    )
