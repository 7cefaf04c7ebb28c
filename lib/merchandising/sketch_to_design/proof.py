"""The proof of the use case: regions read off photographed sketches, briefs read in words, and the null controls."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from lib.i18n import N_
from lib.merchandising.sketch_to_design import reading_proof
from lib.merchandising.sketch_to_design.regions_proof import regions_proof
from lib.proofs import Measure, Proof

SLUG = "sketch_to_design"
READING = N_("Reading labelled sentences")
REGIONS = N_("Reading photographed sketches")
CONTROL = N_("briefs whose labels were exchanged (nothing to be found)")
#: Shuffles on which a method without any merit may win by chance, at 2.5% each: one in 40 is expected.
LUCKY = 4


def proof(
    data: None = None,
    seed: int = 0,
    *,
    progress: Callable[..., None] = lambda share, message="": None,
    cancelled: Callable[[], bool] = lambda: False,
    sketches: int = 60,
    draws: int = 1_000,
    shuffles: int = 40,
) -> Proof:
    """Measure the use case on the frozen sentences and on generated sketches.

    Args:
        data: none of one's own is taken: labels are needed, and no house has them.
        sketches: how many are generated; the first half is for tuning.
        draws: bootstrap draws. shuffles: of the null control of words.
    """
    start = time.perf_counter()
    progress(0.0, READING)
    found = reading_proof.sentences("report")
    measures: list[Measure] = reading_proof.measures(found, seed, draws)
    wins = reading_proof.null_wins(found, seed, shuffles, max(draws // 4, 100))
    measures.append(_control(wins, shuffles))

    def further(share: float, message: Any = "") -> None:
        progress(0.05 + 0.95 * share, REGIONS)

    regions = regions_proof(seed, count=sketches, draws=draws, progress=further, cancelled=cancelled)
    null_win = wins > LUCKY or regions.null_win
    seconds = time.perf_counter() - start
    return Proof(SLUG, (*measures, *regions.measures), null_win, seed, "sample", seconds)


def _control(wins: int, shuffles: int) -> Measure:
    """How often the reader 'wins' where there is nothing to win."""
    return Measure(
        CONTROL,
        N_("share of shuffles with a win"),
        shuffles,
        wins / shuffles,
        None,
        None,
        {N_("what chance allows"): 0.025},
        "lower",
        control=True,
    )
