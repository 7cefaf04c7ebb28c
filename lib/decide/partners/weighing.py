"""Which candidate comes first, how sure that is, and which weight would have to move how far to change it.

Additive value model over anchored scales, scores drawn from triangular ranges (Lahdelma, Hokkanen and Salminen, 1998);
the sensitivity is exact: with the other weights kept in proportion, means are straight lines in one weight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.catalogue import Criterion
from lib.database.partners import Partner, PartnerCriterion, PartnerScore, Way
from lib.decide.model import Band, Basis
from lib.decide.ranking import Judged

DRAWS = 10_000
SAME = 1e-9
UNKNOWN = PartnerScore(1.0, 3.0, 5.0, Basis.ASSUMPTION.value)
HOUSE_CAN = 3  # from here up, the team's skills and the integration let the house build
FREE = 4  # from here up, the house could change its supplier easily: what is bought can be replaced


@dataclass(frozen=True)
class Standing:
    """A candidate with its place and its overall score's 95% range.

    ``first`` is the probability of the best overall score; ``evidence`` and ``opinion`` the shares of the weights whose
    score rests on it; ``unknown`` the criteria that nobody scored, which are assumptions too.
    """

    partner: Partner
    overall: Band
    first: float
    evidence: float
    unknown: tuple[PartnerCriterion, ...]
    opinion: float = 0.0

    @property
    def assumption(self) -> float:
        """The share of the weights whose score is assumed, or that nobody scored."""
        return max(0.0, 1.0 - self.evidence - self.opinion)


@dataclass(frozen=True)
class Turn:
    """The weight (0 to 1) at which ``other`` would come first, from ``now``; None where no weight of it does."""

    criterion: PartnerCriterion
    now: float
    at: float | None
    other: Partner | None


def standings(
    partners: Sequence[Partner], weights: Mapping[PartnerCriterion, float], draws: int = DRAWS, seed: int = 0
) -> list[Standing]:
    """The candidates in order of their mean overall score, on the scale from 1 to 5."""
    import numpy as np

    if not partners:
        return []
    rng = np.random.default_rng(seed)
    total = np.zeros((draws, len(partners)))
    for criterion, weight in weights.items():
        scores = [score_of(one, criterion) for one in partners]
        low = np.array([score.low for score in scores])
        mode = np.array([score.likeliest for score in scores])
        high = np.array([score.high for score in scores])
        high = np.where(high > low, high, low + 1e-9)
        total += weight * rng.triangular(low, np.minimum(mode, high), high, (draws, len(partners)))
    best = total.argmax(axis=1)
    found = [
        Standing(
            one,
            _band(total[:, at]),
            float((best == at).mean()),
            _share(one, weights, Basis.EVIDENCE),
            tuple(criterion for criterion in PartnerCriterion if criterion not in one.scores),
            _share(one, weights, Basis.OPINION),
        )
        for at, one in enumerate(partners)
    ]
    return sorted(found, key=lambda one: (-one.overall.value, one.partner.name))


def _share(partner: Partner, weights: Mapping[PartnerCriterion, float], basis: Basis) -> float:
    return sum(weights[key] for key, score in partner.scores.items() if score.basis == basis.value)


def score_of(partner: Partner, criterion: PartnerCriterion) -> PartnerScore:
    """A candidate's score; where nobody gave one, it may be anything."""
    return partner.scores.get(criterion, UNKNOWN)


def _band(drawn: object) -> Band:
    import numpy as np

    values = np.asarray(drawn, float)
    low, high = (float(end) for end in np.quantile(values, [0.025, 0.975]))
    mean = float(values.mean())
    return Band(mean, min(low, mean), max(high, mean))


def turns(partners: Sequence[Partner], weights: Mapping[PartnerCriterion, float]) -> list[Turn]:
    """For each criterion, the nearest weight at which another candidate comes first by its mean; nearest ones first."""
    if len(partners) < 2:
        return []
    means = [{key: _mean(score_of(one, key)) for key in PartnerCriterion} for one in partners]
    overall = [sum(weights[key] * mean[key] for key in PartnerCriterion) for mean in means]
    leader = max(range(len(partners)), key=lambda at: overall[at])
    found = [_turn(partners, means, weights, leader, criterion) for criterion in PartnerCriterion]
    return sorted(found, key=lambda turn: abs(turn.at - turn.now) if turn.at is not None else 2.0)


def _mean(score: PartnerScore) -> float:
    return (score.low + score.likeliest + score.high) / 3


def _turn(
    partners: Sequence[Partner],
    means: Sequence[Mapping[PartnerCriterion, float]],
    weights: Mapping[PartnerCriterion, float],
    leader: int,
    criterion: PartnerCriterion,
) -> Turn:
    now = weights[criterion]
    crossings = []
    for at in range(len(partners)):
        if at == leader:
            continue
        ahead = means[leader][criterion] - means[at][criterion]
        others = {key: weight for key, weight in weights.items() if key != criterion}
        total = sum(others.values())
        if total == 0:  # it is the only one that counts: the others would share what it gives up
            others, total = dict.fromkeys(others, 1.0), float(len(others))
        rest = sum(weight / total * (means[leader][key] - means[at][key]) for key, weight in others.items())
        if abs(ahead) < SAME and abs(rest) < SAME:  # level whatever this counts
            crossings.append((0.0, now, at))
        elif ahead != rest and 0 <= (crossing := rest / (rest - ahead)) <= 1:
            crossings.append((abs(crossing - now), crossing, at))
    if not crossings:
        return Turn(criterion, now, None, None)
    _distance, crossing, at = min(crossings)
    return Turn(criterion, now, crossing, partners[at])


def proposed(scores: Mapping[Criterion, Judged]) -> Way:
    """A first idea from a use case's scores, an assumption: build what the team can do and fit in by itself, buy what
    could easily be had from another supplier, partner where neither holds.
    """
    able = min(scores[Criterion.TEAM_SKILLS].likeliest, scores[Criterion.INTEGRATION].likeliest) >= HOUSE_CAN
    if able and scores[Criterion.DATA_READINESS].likeliest >= HOUSE_CAN:
        return Way.BUILD
    return Way.BUY if scores[Criterion.PARTNER_DEPENDENCE].likeliest >= FREE else Way.PARTNER
