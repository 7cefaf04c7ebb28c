"""The proof: trials needed to reach 95% of a known optimum, against a mixture design and trials at random.

Two documented mixture experiments and a rugged function with a limit that has to be learned, 20 seeds each; once with a
trial at a time, once in rounds of four, of which nothing is learned before all four are weighed. All methods meet the
same surface and the same noise per seed, so the differences are paired. Null control: a surface on which every
difference is noise; what counts there is a lucky measurement, and nobody can need fewer trials for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lib.errors import Cancelled
from lib.i18n import N_
from lib.merchandising.beauty_formulation.racing import MOST, race
from lib.merchandising.beauty_formulation.space import Array
from lib.merchandising.beauty_formulation.surfaces import Surface, flat, surfaces
from lib.proofs import Measure, Proof

SLUG = "beauty_formulation"
SEEDS, OWN_SEEDS = 20, 8
LUCKY = 1.645  # standard deviations of noise: one measurement in twenty
NULL_MOST = 25
DESIGN, RANDOM = N_("Mixture design with Scheffé’s quadratic"), N_("Trials at random")
BASELINES = {"design": DESIGN, "random": RANDOM}
UNIT = N_("trials")
PAIRED = N_("the same seeds and noise")
METRICS = {
    "yarn": N_("Trials to 95% of the optimum: yarn of three polymers (Cornell, 1990)"),
    "flare": N_("Trials to 95% of the optimum: four components within bounds (McLean and Anderson, 1966)"),
    "emulsion": N_("Trials to 95% of the optimum: a rugged surface with a limit to be learned (Hartmann’s function)"),
    "own": N_("Trials to 95% of the optimum: the surface that your trials suggest"),
}
IN_ROUNDS = {
    "yarn": N_("Rounds of four trials to 95% of the optimum: yarn of three polymers"),
    "flare": N_("Rounds of four trials to 95% of the optimum: four components within bounds"),
    "emulsion": N_("Rounds of four trials to 95% of the optimum: a rugged surface with a limit to be learned"),
    "own": N_("Rounds of four trials to 95% of the optimum: the surface that your trials suggest"),
}
BATCH = 4
ROUNDS = N_("rounds")
ROUND_NOTE = N_(
    "Four trials are weighed before any is learned from, by every method; the planner believes each trial of a round "
    "to come out as expected (Ginsbourger, 2010). A run that doesn’t arrive within 40 trials counts as 11 rounds."
)
NOTE = N_(  # the number is racing.MOST: notes of a measure are shown without values
    "Counted to the first trial whose true response reaches 95% of the optimum; a run that doesn’t within 40 trials "
    "counts as 41. Student’s intervals over the seeds."
)
HEADLINES = {
    "emulsion": N_("On a rugged surface the plan needs {ours} trials on average, a mixture design {theirs}."),
    "own": N_("On a surface like yours the plan needs {ours} trials on average, a mixture design {theirs}."),
}
STOPPED = N_("Stopped before the end. Start it again when you want the result.")
Progress = Callable[..., None]


def silent(share: float, message: str = "", **values: object) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Raced:
    """Trials that each method needed on one surface, by seed."""

    surface: str
    counts: dict[str, Array]
    batch: int = 1  # trials a round; counts are rounds where there are several


def proof(
    data: Surface | None = None,
    seed: int = 0,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    seeds: int | None = None,
) -> Proof:
    """Measure the planner.

    Args:
        data: a surface of the house's own instead of the three known ones.
        seeds: repetitions on each surface; 20, or fewer on a surface of one's own, which has more ingredients.

    Raises:
        Cancelled: ``cancelled()`` became true.
    """
    start = time.perf_counter()
    raced_on = surfaces() if data is None else (data,)
    seeds = seeds or (SEEDS if data is None else OWN_SEEDS)
    steps = seeds * (2 * len(raced_on) + 1)
    done = 0

    def step(surface: str) -> None:
        nonlocal done
        if cancelled():
            raise Cancelled(STOPPED)
        progress(done / steps, "")
        done += 1

    measures = [_measure(_race(one, seed, seeds, step)) for one in raced_on]
    measures += [_measure(_race(one, seed, seeds, step, batch=BATCH)) for one in raced_on]
    null = _race(flat(), seed, seeds, step, LUCKY, NULL_MOST)
    control = _control(null)
    won = any(control.wins(baseline) for baseline in control.baselines)
    progress(1.0, "")
    return Proof(
        SLUG, (*measures, control), won, seed, "sample" if data is None else data.name, time.perf_counter() - start
    )


def _race(
    surface: Surface, seed: int, seeds: int, step: Callable[[str], None], lucky: float | None = None, most: int = MOST,
    batch: int = 1,
) -> Raced:  # fmt: skip
    counts: dict[str, list[int]] = {"planned": [], "design": [], "random": []}
    for one in range(seeds):
        step(surface.name)
        for method in counts:
            counts[method].append(race(surface, method, 1_000 * seed + one, most, lucky, batch))
    rounds = {method: np.ceil(np.array(found, dtype=float) / batch) for method, found in counts.items()}
    return Raced(surface.name, rounds, batch)


def _measure(raced: Raced) -> Measure:
    """A surface's outcome."""
    if raced.batch > 1:
        return _compared(raced, IN_ROUNDS[raced.surface], ROUND_NOTE, "", unit=ROUNDS)
    return _compared(raced, METRICS[raced.surface], NOTE, HEADLINES.get(raced.surface, ""))


def _control(raced: Raced) -> Measure:
    """The null control's outcome, as a check of the method."""
    metric = N_("Check: on a flat surface, trials to a measurement that only luck makes high")
    note = N_("Every difference on it is noise, one measurement in twenty counts as a hit: no method can need fewer.")
    return _compared(raced, metric, note, "", control=True)


def _compared(raced: Raced, metric: str, note: str, headline: str, control: bool = False, unit: str = UNIT) -> Measure:
    ours = raced.counts["planned"]
    baselines, intervals, differences = {}, {}, {}
    for method, title in BASELINES.items():
        theirs = raced.counts[method]
        baselines[title] = float(theirs.mean())
        intervals[title] = _ends(theirs)
        differences[title] = (float((ours - theirs).mean()), *_ends(ours - theirs))
    low, high = _ends(ours)
    return Measure(
        metric, unit, len(ours), float(ours.mean()), low, high, baselines, "lower", intervals, note=note,
        differences=differences, paired_by=PAIRED, headline=headline, control=control,
    )  # fmt: skip


def _ends(values: Array) -> tuple[float, float]:
    """Student's 95% interval of a mean. A bootstrap of twenty skewed counts would be too narrow."""
    from scipy.special import stdtrit

    middle = float(values.mean())
    if len(values) < 2:
        return middle, middle
    reach = float(stdtrit(len(values) - 1, 0.975) * values.std(ddof=1) / np.sqrt(len(values)))
    return middle - reach, middle + reach
