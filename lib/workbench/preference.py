"""What the votes say: how often each side is preferred, who beats whom, how sure that is, and what would be enough."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from lib.database.ballots import Vote

RESAMPLES = 4_000
# With fewer inputs even a unanimous vote is within chance: two-sided, 2 * 0.5 ** 5 is 6%, 2 * 0.5 ** 6 is 3%.
FEWEST = 6
# A lead of 60 to 40 is what a house would change its engine for; a comparison should be able to show it.
WORTH_SHOWING = 0.1
# Normal quantiles for a two-sided test at 5% with a power of 80%: 1.96 + 0.84 (Cohen, 1988).
POWER = 2.80
Shown = Mapping[int, tuple[int, ...]]  # input -> the sides whose texts stood on its ballot


@dataclass(frozen=True)
class Estimate:
    """A share between 0 and 1 with its 95% interval, None where there are too few inputs for one.

    ``inputs`` were drawn from, ``votes`` counted; ``spread`` is the standard deviation between inputs.
    """

    value: float
    low: float | None
    high: float | None
    inputs: int
    votes: float
    spread: float = 0.5


@dataclass(frozen=True)
class Duel:
    """How often ``first`` is preferred to ``second``, among the votes for either and those for 'no difference'."""

    first: int
    second: int
    won: Estimate | None  # None where nobody voted for either

    @property
    def winner(self) -> int | None:
        """The side that is preferred beyond doubt, if one is."""
        if self.won is None or self.won.low is None or self.won.high is None:
            return None
        return self.first if self.won.low > 0.5 else self.second if self.won.high < 0.5 else None


@dataclass(frozen=True)
class Power:
    """What a comparison of this size can show: the smallest lead, in shares of 1, and the inputs for 60 to 40."""

    smallest: float  # 0.2 is a vote of 70 to 30; above 0.5 nothing can be shown
    needed: int


@dataclass(frozen=True)
class Preference:
    """The result of a vote. ``favourite`` beats every other side beyond doubt; ``power`` is set where none does."""

    shares: tuple[Estimate | None, ...]  # by side
    duels: tuple[Duel, ...]
    favourite: int | None
    power: Power | None


def estimate(won: Sequence[float], counted: Sequence[float], seed: int = 0) -> Estimate | None:
    """The share of ``won`` in ``counted`` over inputs, with a percentile bootstrap interval; None where none counts.

    Inputs are drawn with replacement and not votes: votes on one input resemble each other. Where all inputs agree a
    bootstrap sees no spread; the exact binomial bound for as many inputs stands in then (Clopper and Pearson, 1934).

    Args:
        won: per input, votes for the side; a vote for no difference is shared.
        counted: per input, the votes that could have gone to it.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.
    """
    import numpy as np

    above, below = np.asarray(won, float), np.asarray(counted, float)
    above, below = above[below > 0], below[below > 0]
    n = len(below)
    if not n:
        return None
    value, rates = float(above.sum() / below.sum()), above / below
    spread = float(rates.std(ddof=1)) if n >= FEWEST else 0.5
    low: float | None
    high: float | None
    if n < FEWEST:
        low = high = None
    elif value in (0.0, 1.0):
        bound = 0.025 ** (1 / n)
        low, high = (bound, 1.0) if value else (0.0, 1 - bound)
    else:
        drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), RESAMPLES)
        low, high = (float(end) for end in np.quantile((drawn @ above) / (drawn @ below), [0.025, 0.975]))
    return Estimate(value, low, high, n, float(below.sum()), spread)


def preference(votes: Sequence[Vote], shown: Shown, sides: int, seed: int = 0) -> Preference:
    """Shares of all sides, the duels between each two, the favourite, and what the size allows to say."""
    shares = tuple(_share(votes, shown, side, seed) for side in range(sides))
    duels = tuple(_duel(votes, shown, first, second, seed) for first, second in combinations(range(sides), 2))
    favourite = _favourite(duels, sides)
    return Preference(shares, duels, favourite, None if favourite is not None else _power(duels))


def _share(votes: Sequence[Vote], shown: Shown, side: int, seed: int) -> Estimate | None:
    won, counted = _tally(shown)
    for vote in votes:
        seen = shown.get(vote.input, ())
        if side in seen:
            counted[vote.input] += 1
            won[vote.input] += 1 / len(seen) if vote.side is None else float(vote.side == side)
    return estimate(list(won.values()), list(counted.values()), seed)


def _duel(votes: Sequence[Vote], shown: Shown, first: int, second: int, seed: int) -> Duel:
    won, counted = _tally(shown)
    for vote in votes:
        seen = shown.get(vote.input, ())
        # A vote for a third side says nothing about these two.
        if first in seen and second in seen and vote.side in (first, second, None):
            counted[vote.input] += 1
            won[vote.input] += 0.5 if vote.side is None else float(vote.side == first)
    return Duel(first, second, estimate(list(won.values()), list(counted.values()), seed))


def _tally(shown: Shown) -> tuple[dict[int, float], dict[int, float]]:
    return dict.fromkeys(shown, 0.0), dict.fromkeys(shown, 0.0)


def _favourite(duels: Sequence[Duel], sides: int) -> int | None:
    """The side that wins each of its duels beyond doubt. Asking for all of them keeps chance from choosing one."""
    for side in range(sides):
        own = [duel for duel in duels if side in (duel.first, duel.second)]
        if own and all(duel.winner == side for duel in own):
            return side
    return None


def _power(duels: Sequence[Duel]) -> Power | None:
    """From the duel with the most inputs: how large a lead it could have shown, how many inputs would be needed."""
    known = [duel.won for duel in duels if duel.won is not None]
    if not known:
        return None
    best = max(known, key=lambda won: won.inputs)
    spread = max(best.spread, 0.1)
    smallest = POWER * spread / math.sqrt(best.inputs) if best.inputs >= FEWEST else 1.0
    return Power(smallest, max(FEWEST, math.ceil((POWER * spread / WORTH_SHOWING) ** 2)))


def rating_table(votes: Sequence[Vote]) -> list[list[Any]]:
    """The votes as units of a reliability table: one row an input, one column a rater, None where a vote lacks."""
    people = sorted({vote.person for vote in votes})
    given = {(vote.input, vote.person): -1 if vote.side is None else vote.side for vote in votes}
    return [[given.get((place, person)) for person in people] for place in sorted({vote.input for vote in votes})]
