"""Draws of scores from their ranges, all at once: 12 criteria x 100 use cases x 10,000 draws in a fraction of a second.

Triangular distributions by inversion (Kotz and van Dorp, Beyond Beta, 2004, chapter 1). The same seed gives the same
uniform numbers for the same place, so a changed score moves its own draws and no others (common random numbers).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from lib.decide.model import Band

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KEPT = 36  # criteria's draws; one of 100 use cases has 4 MB
ENDS = (0.05, 0.95)  # of a band
Range = tuple[float, float, float]  # lowest, likeliest, highest


def draw(ranges: Sequence[Sequence[Range]], draws: int, seed: int) -> tuple[NDArray[np.float32], ...]:
    """Scores drawn from triangular ranges: for each criterion an array (candidates, draws).

    What was drawn before isn't drawn again, so a changed score costs the draws of its criterion alone.

    Args:
        ranges: for each candidate, one range a criterion.
    """
    return tuple(_drawn(column, at, draws, seed) for at, column in enumerate(zip(*ranges, strict=True)))


@lru_cache(maxsize=KEPT)
def _drawn(ranges: tuple[Range, ...], at: int, draws: int, seed: int) -> NDArray[np.float32]:
    """The draws of the criterion that stands ``at`` this place."""
    import numpy as np

    low, mode, high = np.asarray(ranges, dtype=np.float32).T[..., None]
    width = high - low
    with np.errstate(divide="ignore", invalid="ignore"):
        turn = np.where(width > 0, (mode - low) / width, 0)
    found = np.random.default_rng((seed, at)).random((len(ranges), draws), dtype=np.float32)
    rising = found < turn
    # Below the mode u w (m - l), above it (1 - u) w (h - m), each under a root.
    np.subtract(1, found, out=found, where=~rising)
    found *= np.where(rising, width * (mode - low), width * (high - mode))
    np.sqrt(found, out=found)
    np.negative(found, out=found, where=~rising)
    found += np.where(rising, low, high)
    found.setflags(write=False)  # it is handed out to all who ask
    return found


def weighted(drawn: Sequence[NDArray[np.float32]], weights: Sequence[float]) -> NDArray[np.float32]:
    """Weighted sums over the criteria, (candidates, draws). Criteria without a weight cost no time."""
    import numpy as np

    total = np.zeros(drawn[0].shape, dtype=np.float32)
    for weight, scores in zip(weights, drawn, strict=True):
        if weight:
            total += np.float32(weight) * scores
    return total


def places(overall: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each candidate's place in each draw, from 1 for the highest, (candidates, draws)."""
    import numpy as np

    order = np.argsort(-overall.T, axis=1)
    found = np.empty(order.shape, dtype=np.float32)
    np.put_along_axis(found, order, np.arange(1, order.shape[1] + 1, dtype=np.float32)[None, :], axis=1)
    return np.ascontiguousarray(found.T)


def bands(drawn: NDArray[np.float32]) -> list[Band]:
    """Mean and 90% range of each row."""
    import numpy as np

    last = drawn.shape[1] - 1
    at = [round(share * last) for share in ENDS]
    ends = np.partition(drawn, at, axis=1)[:, at].astype(float)
    means = drawn.mean(axis=1, dtype=float)
    return [
        Band(mean, min(low, mean), max(high, mean))
        for mean, (low, high) in zip(means.tolist(), ends.tolist(), strict=True)
    ]
