"""How firmly a step stands in the plan: planned anew with values drawn from their ranges."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from lib.decide.model import Band
from lib.decide.roadmap.model import Capacity, Step
from lib.decide.roadmap.searching import Watch
from lib.decide.roadmap.solving import solve
from lib.errors import Cancelled
from lib.i18n import N_

DRAWS = 25
SECONDS = 5.0  # for all draws together: a large roadmap gets fewer


def firmness(
    steps: Sequence[Step],
    capacity: Capacity,
    bands: Mapping[str, Band],
    *,
    draws: int = DRAWS,
    seconds: float = SECONDS,
    seed: int = 0,
    watch: Watch | None = None,
) -> dict[str, Any]:
    """{'draws': plans made, 'in': {slug: in how many of them it is}}.

    Values are triangular between the ends of their 90% range, drawn apart from each other: a Monte Carlo simulation.

    Raises:
        InputError: unsound steps or capacity.
        Cancelled: ``watch`` said so.
    """
    import numpy as np

    rng, until = np.random.default_rng(seed), time.monotonic() + seconds
    within, made = Counter[str](), 0
    while made < draws and time.monotonic() < until:
        if watch is not None and not watch(1.0):
            raise Cancelled(N_("The search was stopped. The plan before it stays."))
        drawn = [replace(step, value=_drawn(bands[step.slug], rng)) for step in steps]
        within.update(solve(drawn, capacity, seconds=seconds, watch=_still(watch)).starts.keys())
        made += 1
    return {"draws": made, "in": {step.slug: within[step.slug] for step in steps}}


def _still(watch: Watch | None) -> Watch | None:
    """The same question without the share of a single draw, which says nothing of all."""
    return None if watch is None else lambda _share: watch(1.0)


def _drawn(band: Band, rng: Any) -> float:
    if band.high <= band.low:
        return max(0.0, band.value)
    return max(0.0, float(rng.triangular(band.low, band.value, band.high)))
