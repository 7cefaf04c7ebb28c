"""How far each weight must move before other use cases stand among the first five, and one sentence on it.

Expected scores are linear in a weight, so the turning points are exact crossings of straight lines and nothing is
searched (one-way sensitivity of an additive value model: Keeney and Raiffa, 1976).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.catalogue import CRITERIA, FEASIBILITY_CRITERIA, VALUE_CRITERIA, Criterion
from lib.decide.model import Candidate
from lib.decide.ranking import TOP, Scores, Standing, candidate
from lib.i18n import _, percent, translate


@dataclass(frozen=True)
class Turn:
    """Where a weight's share of its side, moved to ``share``, lets ``enters`` take the place of ``leaves``."""

    share: float
    enters: Candidate
    leaves: Candidate


@dataclass(frozen=True)
class Sensitivity:
    """One criterion's share of its side now, and its nearest turning points below and above, None where there is none.

    The other weights of the side keep their proportions to each other.
    """

    criterion: Criterion
    share: float
    below: Turn | None
    above: Turn | None

    @property
    def nearest(self) -> Turn | None:
        """The turn that needs the smaller move."""
        turns = [turn for turn in (self.below, self.above) if turn is not None]
        return min(turns, key=lambda turn: abs(turn.share - self.share), default=None)


@dataclass(frozen=True)
class _Line:
    """A candidate's expected overall score as ``at + slope * share`` of one weight."""

    one: Candidate
    at: float
    slope: float

    def value(self, share: float) -> float:
        return self.at + self.slope * share


def sensitivities(
    candidates: Sequence[Candidate],
    scores: Scores,
    weights: Mapping[Criterion, float],
    value_share: float = 0.5,
    top: int = TOP,
) -> list[Sensitivity]:
    """How far each weight must move to change the first ``top``; none where there are no more candidates than that.

    Args:
        weights: shares, summing to 1 within value and within feasibility.
    """
    if len(candidates) <= top:
        return []
    means = {one.slug: {criterion: _mean(scores, one.slug, criterion) for criterion in Criterion} for one in candidates}
    return [_sensitivity(criterion, candidates, means, weights, value_share, top) for criterion in Criterion]


def _mean(scores: Scores, slug: str, criterion: Criterion) -> float:
    one = scores[slug][criterion]
    return (one.low + one.likeliest + one.high) / 3


def _sensitivity(
    criterion: Criterion,
    candidates: Sequence[Candidate],
    means: Mapping[str, Mapping[Criterion, float]],
    weights: Mapping[Criterion, float],
    value_share: float,
    top: int,
) -> Sensitivity:
    now = weights[criterion]
    lines = [_line(one, means[one.slug], criterion, weights, value_share) for one in candidates]
    ordered = sorted(lines, key=lambda line: -line.value(now))
    inside, outside = ordered[:top], ordered[top:]
    turns = [turn for one in inside for other in outside if (turn := _crossing(one, other)) is not None]
    below = max((turn for turn in turns if turn.share < now), key=lambda turn: turn.share, default=None)
    above = min((turn for turn in turns if turn.share > now), key=lambda turn: turn.share, default=None)
    return Sensitivity(criterion, now, below, above)


def _line(
    one: Candidate,
    means: Mapping[Criterion, float],
    criterion: Criterion,
    weights: Mapping[Criterion, float],
    value_share: float,
) -> _Line:
    """The overall score as a line in the criterion's share; the side's other weights share the rest as they do now."""
    valued = criterion in VALUE_CRITERIA
    side, other = (VALUE_CRITERIA, FEASIBILITY_CRITERIA) if valued else (FEASIBILITY_CRITERIA, VALUE_CRITERIA)
    counts, rest_counts = (value_share, 1 - value_share) if valued else (1 - value_share, value_share)
    rest = [name for name in side if name is not criterion]
    left = sum(weights[name] for name in rest)
    # Where one weight is everything, the others come back alike.
    shares = [weights[name] / left if left > 0 else 1 / len(rest) for name in rest]
    others = sum(share * means[name] for share, name in zip(shares, rest, strict=True))
    base = rest_counts * sum(weights[name] * means[name] for name in other)
    return _Line(one, base + counts * others, counts * (means[criterion] - others))


def _crossing(inside: _Line, outside: _Line) -> Turn | None:
    """Where the one outside overtakes the one inside, None where that is nowhere between 0 and 1."""
    slope = outside.slope - inside.slope
    if abs(slope) < 1e-12:
        return None
    share = (inside.at - outside.at) / slope
    return Turn(share, outside.one, inside.one) if 0 <= share <= 1 else None


def of(standing: Standing) -> list[Sensitivity]:
    """The sensitivities of a workspace's ranking as it stands."""
    candidates = [candidate(case) for case in standing.cases]
    return sensitivities(candidates, standing.scores(), standing.weights.shares(), standing.weights.value_share)


def sentence(found: Sequence[Sensitivity]) -> str:
    """What would change the order, in one plain sentence."""
    movable = [one for one in found if one.nearest is not None]
    if not found:
        return _("There are no more than five use cases, so all of them stand among the first five.")
    if not movable:
        return _("No single weight changes the first five, however far it is moved.")
    first = min(movable, key=lambda one: abs(one.nearest.share - one.share) if one.nearest else 1.0)
    turn = first.nearest
    assert turn is not None
    side = _("of value") if first.criterion in VALUE_CRITERIA else _("of feasibility")
    return _(
        "The smallest change that would alter the first five: if “{criterion}” counted {to} {side} instead of"
        " {now}, “{enters}” would take the place of “{leaves}”.",
        criterion=translate(CRITERIA[first.criterion].title),
        to=percent(turn.share),
        side=side,
        now=percent(first.share),
        enters=turn.enters.title,
        leaves=turn.leaves.title,
    )
