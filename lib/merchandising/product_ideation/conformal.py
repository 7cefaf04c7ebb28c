"""How far one style's sell-through may lie from what was expected of it: learned from seasons that came later.

Split conformal prediction (Vovk, Gammerman and Shafer 2005; scaled by each prediction's own deviation as Lei, G'Sell,
Rinaldo, Tibshirani and Wasserman 2018): each of the last seasons is predicted from the seasons before it, and the
interval reaches as far as holds 95% of what those seasons then did. It promises 95% where the next season departs from
its past as the last ones did. Two seasons are looked at: on lines drawn from other seeds, all seasons since the first
gave intervals wider than promised, since the first are predicted from next to nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from lib.merchandising.product_ideation.line import LEAST_STYLES, Array, PastLine, time_of
from lib.merchandising.product_ideation.pooling import Predicted, Z, fit

RECENT = 2  # seasons that are looked at
LEVEL = 0.95
LEAST_KNOWN = 40  # styles below which the interval is left as a normal one
Target = Callable[[PastLine], tuple[Array, Array]]


def apart(found: Predicted, observed: Array) -> Array:
    """(n,) how many deviations each style lies from what was expected; those without a value are left out."""
    distances = np.abs(observed - found.mean) / found.single
    return np.asarray(distances[np.isfinite(distances)])


def of_season(line: PastLine, season: str, target: Target, cancelled: Callable[[], bool] = lambda: False) -> Array:
    """``apart`` of one season's styles, predicted from the seasons before it; empty where these are too few.

    Raises:
        Cancelled: ``cancelled()`` became true.
    """
    before = np.array([style.season < season for style in line.styles])
    early = line.only(before)
    known, noise = target(early)
    if np.isfinite(known).sum() < LEAST_STYLES:
        return np.empty(0)
    inside = np.array([style.season == season for style in line.styles])
    genomes = [style.genome for style, there in zip(line.styles, inside, strict=True) if there]
    found = fit(early, known, noise, cancelled=cancelled).predict(genomes, time_of(season))
    return apart(found, target(line)[0][inside])


def reach_of(distances: Sequence[Array]) -> float:
    """Deviations that the interval of one style reaches to either side: a normal one's where too little is known."""
    known = np.sort(np.concatenate(distances)) if distances else np.empty(0)
    if len(known) < LEAST_KNOWN:
        return Z
    return float(known[math.ceil((len(known) + 1) * LEVEL) - 1])


def learned_reach(line: PastLine, target: Target, cancelled: Callable[[], bool] = lambda: False) -> float:
    """The reach for the season after the line's last one.

    Raises:
        Cancelled: ``cancelled()`` became true.
    """
    seasons = line.seasons[1:][-RECENT:]
    return reach_of([of_season(line, season, target, cancelled) for season in seasons])
