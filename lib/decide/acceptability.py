"""How often a use case is among the first five whatever the weights: for a house that doesn't agree on them.

Weightings are those in steps of a part of each side, every one as likely as any other; Monte Carlo draws from them and
from the scores' ranges (stochastic multicriteria acceptability analysis: Lahdelma, Hokkanen and Salminen, 1998).
Where scores are sure, ``exact`` enumerates all weightings instead: the check on the draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from lib.catalogue import FEASIBILITY_CRITERIA, VALUE_CRITERIA, Criterion
from lib.decide import drawing
from lib.decide.model import Candidate
from lib.decide.ranking import DRAWS, TOP, Scores

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PARTS = 6  # steps of a sixth: 462 weightings a side
Z = 1.96


@dataclass(frozen=True)
class Acceptability:
    """The chance to be among the first five over all weights, with the draws' own 95% interval (Wilson, 1927)."""

    candidate: Candidate
    top: float
    low: float
    high: float


@cache
def weightings(parts: int, criteria: int) -> NDArray[np.float64]:
    """All ways to deal out ``parts`` equal parts among the criteria, as shares, (ways, criteria)."""
    import numpy as np

    bars = np.array(list(combinations(range(parts + criteria - 1), criteria - 1)))
    ends = np.hstack([np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), parts + criteria - 1)])
    found: NDArray[np.float64] = (np.diff(ends, axis=1) - 1) / parts
    found.setflags(write=False)
    return found


def over_all_weights(
    candidates: Sequence[Candidate],
    scores: Scores,
    value_share: float = 0.5,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    parts: int = PARTS,
    top: int = TOP,
) -> list[Acceptability]:
    """Each candidate's chance to be among the first ``top``, highest first."""
    import numpy as np

    if not candidates:
        return []
    judged = [[scores[one.slug][criterion] for criterion in Criterion] for one in candidates]
    drawn = drawing.draw([[(one.low, one.likeliest, one.high) for one in row] for row in judged], draws, seed)
    rng = np.random.default_rng((seed, len(Criterion)))
    overall = np.zeros(drawn[0].shape, dtype=np.float32)
    for counts, side in ((value_share, VALUE_CRITERIA), (1 - value_share, FEASIBILITY_CRITERIA)):
        ways = weightings(parts, len(side))
        weights = ways[rng.integers(0, len(ways), draws)].astype(np.float32)
        for at, criterion in enumerate(side):
            overall += np.float32(counts) * weights[:, at] * drawn[list(Criterion).index(criterion)]
    hits = (drawing.places(overall) <= top).sum(axis=1)
    found = [_with_interval(one, int(hit), draws) for one, hit in zip(candidates, hits, strict=True)]
    return sorted(found, key=lambda one: (-one.top, one.candidate.title))


def _with_interval(one: Candidate, hits: int, draws: int) -> Acceptability:
    share = hits / draws
    middle = (share + Z**2 / (2 * draws)) / (1 + Z**2 / draws)
    half = Z / (1 + Z**2 / draws) * (share * (1 - share) / draws + Z**2 / (4 * draws**2)) ** 0.5
    return Acceptability(one, share, min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half)))


def exact(
    scores: Mapping[str, Mapping[Criterion, float]], value_share: float = 0.5, *, parts: int = PARTS, top: int = TOP
) -> dict[str, float]:
    """The same for sure scores, by looking at every pair of weightings of the two sides."""
    import numpy as np

    slugs = list(scores)
    value, feasibility = (
        weightings(parts, len(side)) @ np.array([[scores[slug][one] for slug in slugs] for one in side])
        for side in (VALUE_CRITERIA, FEASIBILITY_CRITERIA)
    )
    overall = value_share * value[:, None, :] + (1 - value_share) * feasibility[None, :, :]
    flat = overall.reshape(-1, len(slugs))
    places = (-flat).argsort(axis=1).argsort(axis=1)
    return dict(zip(slugs, (places < top).mean(axis=0).tolist(), strict=True))
