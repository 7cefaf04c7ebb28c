"""The check of the simulation: a steady queue simulated, beside Erlang's formula for the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from lib.commerce.service_assistant.queueing.events import Seconds, serve

BATCHES: Final = 30
BATCH: Final = 2_500  # contacts; long beside the time that a queue remembers at 80% occupancy


@dataclass(frozen=True)
class Interval:
    """A mean with its confidence interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Steady:
    """What the simulation of a steady queue found; ``mean`` in seconds, the others shares."""

    mean: Interval
    within: Interval
    left: Interval


def compare(
    agents: int, rate: float, handling: float, patience: float, within: float, seed: int, share: float = 0.95
) -> Steady:
    """Simulate Poisson arrivals of ``rate`` a second, exponential handling, and patience where that isn't 0.

    Intervals by batch means (Law, 2015) of 30 batches, the first of which is thrown away.
    """
    generator = np.random.default_rng(seed)
    number = BATCHES * BATCH
    at = np.cumsum(generator.exponential(1 / rate, number))
    work = generator.exponential(handling, number)
    leaves = generator.exponential(patience, number) if patience else None
    served = serve(at, work, [agents], patience=leaves)
    answered = (served.waited <= within) & ~served.left
    return Steady(
        interval(_batches(served.waited), share),
        interval(_batches(answered.astype(float)), share),
        interval(_batches(served.left.astype(float)), share),
    )


def _batches(values: Seconds) -> Seconds:
    means: Seconds = values.reshape(BATCHES, BATCH).mean(axis=1)[1:]
    return means


def interval(batches: Seconds, share: float) -> Interval:
    """Student's interval of the mean over independent batches."""
    from scipy.stats import t

    value = float(batches.mean())
    reach = float(t.ppf(0.5 + share / 2, len(batches) - 1) * batches.std(ddof=1) / np.sqrt(len(batches)))
    return Interval(value, value - reach, value + reach)
