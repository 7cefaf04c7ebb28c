"""The proof of the use case: intents and right resolutions on the half to report, against keyword rules."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lib.commerce.service_assistant.benching import RULES, outcomes
from lib.commerce.service_assistant.knowledge import elsewhere
from lib.commerce.service_assistant.marking import Conversation, conversations
from lib.engines.registry import BUILT_IN
from lib.errors import Cancelled
from lib.i18n import N_
from lib.proofs import FalseFindings, Measure, Proof, share_interval

SLUG: Final = "service_assistant"
DRAWS, SHUFFLES = 2_000, 200
ALLOWED: Final = 0.05  # a 95% interval leaves out the truth in 1 of 20
OURS, THEIRS = N_("service assistant"), N_("keyword rules")
SHARE = N_("share of conversations")
INTENT = N_("Intent recognised")
CORRECT = N_("Resolved as it should be: outcome, tools, facts and sources")
INTENT_SAID = N_("The intent is recognised in {ours} of the conversations, with keyword rules in {theirs}.")
CORRECT_SAID = N_("{ours} of the conversations are resolved as they should be, with keyword rules {theirs}.")
PAIRED = N_("the same conversations")
NULL = N_("Shuffled labels for which the assistant seemed to recognise intents better, though they meant nothing")
NULL_NOTE = N_("The null control: the conversations’ labels are dealt out anew, so that nothing can be recognised.")
NOTE = N_("Measured on the half to report, which nothing was tuned on; intervals from 2,000 draws of conversations.")
ANSWERING, COMPARING, NULLING = (
    N_("Answering the conversations"),
    N_("The same by keyword rules"),
    N_("Looking for something where there is nothing"),
)
STOPPED = N_("The measurement was stopped.")
Truth = NDArray[np.bool_]


def proof(
    data: Sequence[Conversation] | None = None,
    seed: int = 0,
    progress: Callable[..., None] = lambda share, message="": None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    shuffles: int = SHUFFLES,
    draws: int = DRAWS,
) -> Proof:
    """Measure the built-in engine on the half to report, or on ``data``.

    Raises:
        Cancelled: ``cancelled()`` became true.
    """
    start = time.perf_counter()
    found = tuple(data) if data is not None else conversations("report")
    with elsewhere() as place:
        progress(0.02, ANSWERING)
        ours = _all(outcomes(found, place, place.actor, BUILT_IN, cancelled), found, 0.0, 0.8, progress)
        progress(0.8, COMPARING)
        theirs = _all(outcomes(found, place, place.actor, RULES, cancelled), found, 0.8, 0.9, progress)
    if cancelled() or len(ours) < len(found) or len(theirs) < len(found):
        raise Cancelled(STOPPED)
    measures = measured(ours, theirs, seed, draws)
    progress(0.9, NULLING)
    null = null_control(ours, theirs, seed, shuffles)
    measures.append(null.measure(NULL, N_("share of shuffles"), NULL_NOTE))
    progress(1.0, "")
    name = "sample" if data is None else "own"
    return Proof(SLUG, tuple(measures), null.beyond_doubt, seed, name, time.perf_counter() - start)


def _all(
    rows: Any, found: Sequence[Conversation], low: float, high: float, progress: Callable[..., None]
) -> list[dict[str, Any]]:
    kept = []
    for row in rows:
        kept.append(row)
        progress(low + (high - low) * len(kept) / len(found))
    return kept


def measured(ours: Sequence[dict[str, Any]], theirs: Sequence[dict[str, Any]], seed: int, draws: int) -> list[Measure]:
    """Intent and correct resolution, in all languages together, in French, in English, and in the others."""
    groups = {"": [True] * len(ours)}
    groups |= {code: [row["language"] == code for row in ours] for code in ("fr", "en")}
    measures = []
    for mark, metric, headline in (("intent", INTENT, INTENT_SAID), ("correct", CORRECT, CORRECT_SAID)):
        one = np.array([bool(row["marks"].get(mark)) for row in ours])
        two = np.array([bool(row["marks"].get(mark)) for row in theirs])
        for code, inside in groups.items():
            chosen = np.array(inside)
            if chosen.any():
                made = _measure(metric, one[chosen], two[chosen], seed, draws, code, headline if not code else "")
                measures.append(made)
    return measures


def _measure(metric: str, ours: Truth, theirs: Truth, seed: int, draws: int, language: str, headline: str) -> Measure:
    low, high = share_interval(int(ours.sum()), len(ours))
    difference = ours.astype(float) - theirs
    return Measure(
        metric=metric,
        unit=SHARE,
        n=len(ours),
        ours=float(ours.mean()),
        low=low,
        high=high,
        baselines={THEIRS: float(theirs.mean())},
        baseline_intervals={THEIRS: share_interval(int(theirs.sum()), len(theirs))},
        differences={THEIRS: (float(difference.mean()), *drawn(difference, seed, draws))},
        paired_by=PAIRED,
        better="higher",
        note=NOTE,
        headline=headline,
        language=language,
    )


def drawn(difference: NDArray[np.float64], seed: int, draws: int) -> tuple[float, float]:
    """95% interval of a paired difference's mean: bootstrap over conversations (Efron and Tibshirani, 1993)."""
    generator = np.random.default_rng(seed)
    at = generator.integers(0, len(difference), (draws, len(difference)))
    low, high = np.percentile(difference[at].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def null_control(
    ours: Sequence[dict[str, Any]], theirs: Sequence[dict[str, Any]], seed: int, shuffles: int
) -> FalseFindings:
    """How often the assistant beats the rules beyond doubt when the labels are dealt out anew."""
    generator = np.random.default_rng(seed)
    labels = np.array([row["expected_intent"] for row in ours])
    one, two = (np.array([row["intent"] for row in rows]) for rows in (ours, theirs))
    false = 0
    for _shuffle in range(shuffles):
        dealt = generator.permutation(labels)
        difference = (one == dealt).astype(float) - (two == dealt)
        false += drawn(difference, seed, 500)[0] > 0
    return FalseFindings(false, shuffles, ALLOWED)
