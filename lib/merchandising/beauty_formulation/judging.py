"""How good a formula is expected to be, and how much a trial of it may gain.

Desirability of several targets: Derringer and Suich (1980). Expected improvement: Jones, Schonlau and Welch (1998);
with limits on other responses it is weighed by the chance to hold them (Schonlau and others, 1998; Gardner and others,
2014). Cost and natural origin follow from the table and aren't learned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from lib.errors import InputError
from lib.i18n import N_
from lib.merchandising.beauty_formulation.gaussian import GaussianProcess
from lib.merchandising.beauty_formulation.model import BY_KEY, Ingredient, Target
from lib.merchandising.beauty_formulation.sampling import scaled
from lib.merchandising.beauty_formulation.scales import back, onto
from lib.merchandising.beauty_formulation.space import Array

SCORED = ("maximise", "minimise", "hit")
LIMITED = ("at_least", "at_most")
DRAWS = 96
HELD = 0.5  # a limit counts as held where it is more likely than not


def refuse_targets(targets: Sequence[Target]) -> None:
    """See that there is something to plan for.

    Raises:
        InputError: nothing is to be improved, or a target's numbers make no sense.
    """
    if not any(target.goal in SCORED for target in targets):
        raise InputError(
            N_(
                "Nothing is to be improved yet. Give one target at least the aim “as high as possible”, “as low as "
                "possible” or “hit a value”."
            )
        )
    for target in targets:
        if target.goal in LIMITED and target.value is None:
            raise InputError(N_("A limit lacks its number. Fill it in, or only watch this response."))
        if target.goal in SCORED and (target.low is None or target.high is None or target.low >= target.high):
            raise InputError(
                N_("A target’s range has no width. Write the worse and the better end apart from each other.")
            )
        if target.goal == "hit" and not (target.low or 0) < (target.value or 0) < (target.high or 0):
            raise InputError(
                N_("The value to hit must lie between the two ends that are still tolerated. Correct them.")
            )
        if target.weight <= 0:
            raise InputError(N_("A weight must be above zero. To leave a response out of the plan, only watch it."))


def desirability(target: Target, values: Array) -> Array:
    """How much each value is worth, from 0 to 1; of 'at least' and 'at most' whether they are held."""
    if target.goal in LIMITED:
        bound = float(target.value or 0.0)
        held = values >= bound if target.goal == "at_least" else values <= bound
        return np.asarray(held, dtype=float)
    low, high = float(target.low or 0.0), float(target.high or 0.0)
    if target.goal == "maximise":
        return np.clip((values - low) / (high - low), 0.0, 1.0)
    if target.goal == "minimise":
        return np.clip((high - values) / (high - low), 0.0, 1.0)
    hit = float(target.value or 0.0)
    return np.clip(np.where(values < hit, (values - low) / (hit - low), (high - values) / (high - hit)), 0.0, 1.0)


@dataclass(frozen=True)
class Judge:
    """What is known of the responses, and what is wanted of them.

    ``low`` and ``high`` (p,) are the spans in which mixtures are scaled; ``processes`` are the learned responses.
    """

    ingredients: tuple[Ingredient, ...]
    targets: tuple[Target, ...]
    processes: Mapping[str, GaussianProcess] = field(repr=False)
    low: Array = field(repr=False)
    high: Array = field(repr=False)

    def computed(self, key: str, mixtures: Array) -> Array:
        """Cost in euros per kilogram or natural origin in percent, of mixtures (n, p)."""
        each = [one.cost if key == "cost" else (one.natural or 0.0) for one in self.ingredients]
        return np.asarray(mixtures @ np.array(each) / 100.0)

    def foreseen(self, key: str, mixtures: Array) -> tuple[Array, Array]:
        """Mean and sd on the scale on which the response is learned; see ``scales``."""
        if BY_KEY[key].computed:
            return self.computed(key, mixtures), np.zeros(len(mixtures))
        return self.processes[key].predict(scaled(mixtures, self.low, self.high))

    def middle(self, key: str, mixtures: Array) -> Array:
        """The expected value, in the response's own unit (the median where it is learned on another scale)."""
        mean, _sd = self.foreseen(key, mixtures)
        return back(key, mean)

    def interval(self, key: str, mixtures: Array, measured: bool = False, z: float = 1.96) -> tuple[Array, Array]:
        """Ends of the 95% interval of the response itself, or of a measurement of it, in its own unit."""
        mean, sd = self.foreseen(key, mixtures)
        if measured and key in self.processes:
            sd = np.hypot(sd, self.processes[key].noise)
        ends = (mean - z * sd, mean + z * sd)
        return back(key, ends[0]), back(key, ends[1])

    def wanted(self, goals: Sequence[str]) -> tuple[Target, ...]:
        """Targets of these goals whose response is known."""
        return tuple(t for t in self.targets if t.goal in goals and (BY_KEY[t.key].computed or t.key in self.processes))

    def score(self, mixtures: Array) -> Array:
        """Desirability of what is expected, 0 where a limit is more likely broken than held: (n,)."""
        values = {target.key: self.middle(target.key, mixtures) for target in self.wanted(SCORED)}
        return np.asarray(self.together(values) * (self.chance(mixtures) >= HELD))

    def promise(self, mixtures: Array) -> Array:
        """Desirability of what is expected, weighed by the chance to hold the limits: without a step, for pictures."""
        values = {target.key: self.middle(target.key, mixtures) for target in self.wanted(SCORED)}
        return np.asarray(self.together(values) * self.chance(mixtures))

    def together(self, values: Mapping[str, Array]) -> Array:
        """The weighted geometric mean of the targets' desirabilities."""
        targets = self.wanted(SCORED)
        total = sum(target.weight for target in targets)
        parts = [desirability(t, values[t.key]) ** (t.weight / total) for t in targets]
        return np.asarray(np.prod(parts, axis=0))

    def chance(self, mixtures: Array) -> Array:
        """The probability that all limits on learned responses are held: (n,)."""
        from scipy.special import ndtr

        found = np.ones(len(mixtures))
        for target in self.wanted(LIMITED):
            if BY_KEY[target.key].computed:
                continue  # part of what is allowed already
            mean, sd = self.foreseen(target.key, mixtures)
            bound = float(onto(target.key, np.array([target.value or 0.0]))[0])
            away = (mean - bound) / np.maximum(sd, 1e-9)
            found = found * ndtr(away if target.goal == "at_least" else -away)
        return found

    def draws(self, mixtures: Array) -> Array:
        """Desirability under what is known and unknown: (DRAWS, n), the same random numbers for all mixtures."""
        from scipy.special import ndtri

        steps = ndtri((np.arange(DRAWS) + 0.5) / DRAWS)
        generator = np.random.default_rng(DRAWS)
        values = {}
        for target in self.wanted(SCORED):
            mean, sd = self.foreseen(target.key, mixtures)
            drawn = mean[None] + generator.permutation(steps)[:, None] * sd[None]
            values[target.key] = back(target.key, drawn)
        return self.together(values)

    def gain(self, mixtures: Array, best: float) -> Array:
        """The expected improvement over ``best`` (a score), weighed by the chance to hold the limits: (n,)."""
        single = self.single()
        if single is not None:
            return self._closed(single, mixtures, best) * self.chance(mixtures)
        return np.asarray(np.maximum(self.draws(mixtures) - best, 0.0).mean(axis=0) * self.chance(mixtures))

    def single(self) -> Target | None:
        """The one response that counts, where it is learned as it is and goes one way: then all is in closed form."""
        scored = self.wanted(SCORED)
        one = scored[0] if len(scored) == 1 else None
        if one is None or one.goal == "hit" or BY_KEY[one.key].computed or BY_KEY[one.key].scale != "plain":
            return None
        return one

    def unclipped(self, target: Target, mixtures: Array) -> tuple[Array, Array]:
        """Mean and sd of a single target's desirability without its ends."""
        mean, sd = self.foreseen(target.key, mixtures)
        low, high = float(target.low or 0.0), float(target.high or 0.0)
        worth = (mean - low) if target.goal == "maximise" else (high - mean)
        return worth / (high - low), sd / (high - low)

    def _closed(self, target: Target, mixtures: Array, best: float) -> Array:
        from scipy.special import ndtr

        mean, sd = self.unclipped(target, mixtures)
        sd = np.maximum(sd, 1e-12)
        away = (mean - best) / sd
        density = np.exp(-0.5 * away**2) / np.sqrt(2 * np.pi)
        return np.asarray(np.maximum((mean - best) * ndtr(away) + sd * density, 0.0))

    def incumbent(self, tried: Array, admitted: NDArray[np.bool_] | None = None) -> tuple[int | None, float]:
        """Which of the mixtures tried is best by what is known by now, and its score; None where none holds the limits.

        Only those ``admitted`` (n,) are looked at, all where it is left out.

        By the model's mean and not the measured value: one lucky measurement would look unbeatable.
        """
        held = self.chance(tried) >= HELD
        held = held if admitted is None else held & admitted
        single = self.single()
        worth = self.unclipped(single, tried)[0] if single is not None else self.score(tried)
        if not held.any():
            return None, float(np.min(worth)) if single is not None and len(worth) else 0.0
        place = int(np.where(held, worth, -np.inf).argmax())
        return place, float(worth[place])

    def believing(self, mixture: Array) -> Judge:
        """As if a trial of ``mixture`` (p,) had come out as expected."""
        place = scaled(mixture[None], self.low, self.high)[0]
        return replace(self, processes={key: one.believing(place) for key, one in self.processes.items()})
