"""What a Proof is: a use case's reproducible measurements against the baselines the house or the field would use."""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from lib.i18n import N_

BEYOND_DOUBT = 0.01  # chance below which more false findings than promised are a defect of the method


@dataclass(frozen=True)
class Measure:
    """One measured quantity.

    ``ours``, ``low`` and ``high`` (a 95% interval) and every baseline are in ``unit``. ``better`` says which way is
    good. ``metric`` and ``note`` are English message ids.
    """

    metric: str
    unit: str
    n: int
    ours: float
    low: float | None
    high: float | None
    baselines: dict[str, float]  # name (message id) -> value
    better: Literal["higher", "lower"]
    baseline_intervals: dict[str, tuple[float, float]] | None = None
    engine: str = "built-in"
    note: str = ""
    # difference ours - baseline with its interval, where the proof could pair the two; the verdict rests on it
    differences: dict[str, tuple[float, float, float]] | None = None
    paired_by: str = ""  # message id: what both were measured on in pairs, 'the same products'
    headline: str = ""  # message id of a sentence with {ours} and {theirs}, the first baseline's: for the summary
    language: str = ""  # of the texts that were measured, where it is one
    control: bool = False  # a check of the method itself: no comparison to be won

    def wins(self, baseline: str) -> bool | None:
        """True: better beyond doubt. False: worse beyond doubt. None: the interval leaves it open."""
        sign = 1 if self.better == "higher" else -1
        if self.differences and baseline in self.differences:
            _value, low, high = self.differences[baseline]
            ends = sorted((sign * low, sign * high))
            return True if ends[0] > 0 else False if ends[1] < 0 else None
        if self.low is None or self.high is None:
            return None
        ends = sorted(sign * (end - self.baselines[baseline]) for end in (self.low, self.high))
        return True if ends[0] > 0 else False if ends[1] < 0 else None


@dataclass(frozen=True)
class Tally:
    """How many comparisons with baselines are won, open and lost, beyond doubt each."""

    won: int
    open: int
    lost: int

    @property
    def all(self) -> int:
        return self.won + self.open + self.lost


def tally(measures: Sequence[Measure]) -> Tally:
    """Count over all measures and baselines; checks of the method itself are left out."""
    outcomes = [measure.wins(name) for measure in measures if not measure.control for name in measure.baselines]
    return Tally(outcomes.count(True), outcomes.count(None), outcomes.count(False))


@dataclass(frozen=True)
class EngineProof:
    """How a use case measures another engine's texts beside the built-in one's.

    ``job`` is the dotted name, among the use case's jobs, of the function that does it; it gets 'engine', 'language'
    and 'products' as arguments. ``outlook`` says before what it costs: (actor, engine, language, products) to an
    ``lib.tasks.estimate.Estimate``. ``sizes`` are how many products can be asked for.
    """

    job: str
    outlook: Callable[..., Any]
    sizes: tuple[int, ...] = (10, 20, 50, 100)


def engine_proof(dotted: str) -> EngineProof:
    """What the catalogue names as a use case's ``engine_proof``."""
    module, _dot, name = dotted.rpartition(".")
    found: EngineProof = getattr(importlib.import_module(module), name)
    return found


@dataclass(frozen=True)
class Proof:
    """All measures of one use case on one data set with one seed, and whether the null control 'won'.

    ``null_win`` is True when the method claims a win on data in which nothing is to be found: a defect.
    """

    slug: str
    measures: tuple[Measure, ...]
    null_win: bool
    seed: int
    data: str  # 'sample' or the data set's id
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The form of ``python -m bench proofs --json``."""
        return asdict(self)


def proof_function(dotted: str) -> Callable[..., Proof]:
    """The function that the catalogue names, for instance 'lib.commerce.product_descriptions.proof.proof'."""
    module, _dot, name = dotted.rpartition(".")
    function: Callable[..., Proof] = getattr(importlib.import_module(module), name)
    return function


@dataclass(frozen=True)
class FalseFindings:
    """How often a method found something in ``trials`` data sets in which there is nothing to find."""

    false: int
    trials: int
    allowed: float  # share of false findings that the method promises at most

    @property
    def beyond_doubt(self) -> bool:
        """More of them than the promise can explain: the null control has 'won'."""
        return at_least(self.false, self.trials, self.allowed) < BEYOND_DOUBT

    def measure(self, metric: str, unit: str, note: str) -> Measure:
        """Their share as a check of the method itself; all three texts are message ids."""
        low, high = share_interval(self.false, self.trials)
        return Measure(
            metric=metric,
            unit=unit,
            n=self.trials,
            ours=self.false / self.trials,
            low=low,
            high=high,
            baselines={N_("promised at most"): self.allowed},
            better="lower",
            note=note,
            control=True,
        )


def at_least(times: int, trials: int, chance: float) -> float:
    """The probability of ``times`` or more in ``trials`` of probability ``chance``."""
    return sum(math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(times, trials + 1))


def share_interval(times: int, trials: int) -> tuple[float, float]:
    """95% interval of a share (Wilson 1927)."""
    share, z = times / trials, 1.959964
    centre = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    reach = z / (1 + z * z / trials) * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return max(centre - reach, 0.0), min(centre + reach, 1.0)
