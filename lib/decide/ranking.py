"""The ranking under uncertainty: scores are drawn from their ranges, and the order is looked at each time.

Additive value model (Keeney and Raiffa, 1976) with anchored scales; Monte Carlo over triangular ranges as in
stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen and Salminen, 1998).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from lib.access import Actor
from lib.catalogue import FEASIBILITY_CRITERIA, VALUE_CRITERIA, Criterion, HouseUseCase, UseCase
from lib.database import portfolio
from lib.database import scores as scores_given
from lib.database import weights as weighing
from lib.database.weights import Accepted, Weights
from lib.decide import drawing
from lib.decide.model import Band, Basis, Candidate, Ranked, Ranking
from lib.decide.scoring.pooling import Cell, Pooled, pool
from lib.i18n import translate

DRAWS = 10_000
TOP = 5  # places whose probability is told
MIDDLE = 3.0  # where the quarters meet, on the scale from 1 to 5
DOUBT = 1.0  # how far a score of the catalogue may be off, either way: an assumption like the score itself
UNKNOWN = (1.0, 3.0, 5.0)  # a criterion that nobody scored may be anything


@dataclass(frozen=True)
class Judged:
    """One candidate's score on one criterion: lowest, likeliest and highest (1 to 5), and what it rests on."""

    low: float
    likeliest: float
    high: float
    basis: Basis


Scores = Mapping[str, Mapping[Criterion, Judged]]  # by slug


def equal_weights() -> dict[Criterion, float]:
    """The same weight for each criterion, 1 in all within value and within feasibility."""
    return {criterion: 1 / len(side) for side in (VALUE_CRITERIA, FEASIBILITY_CRITERIA) for criterion in side}


def starting_scores(case: UseCase | HouseUseCase) -> dict[Criterion, Judged]:
    """What the catalogue assumes of a use case, give or take ``DOUBT``; of a house's own nothing is known."""
    if isinstance(case, HouseUseCase):
        return {criterion: Judged(*UNKNOWN, Basis.ASSUMPTION) for criterion in Criterion}
    return {
        criterion: Judged(
            max(1.0, score.value - DOUBT), float(score.value), min(5.0, score.value + DOUBT), Basis.ASSUMPTION
        )
        for criterion, score in case.scores.items()
    }


def candidate(case: UseCase | HouseUseCase) -> Candidate:
    """A use case as the pages of *decide* name it, in the reader's language."""
    if isinstance(case, HouseUseCase):
        return Candidate(case.slug, case.title, case.area, own=True, has_page=False)
    return Candidate(case.slug, translate(case.title), case.area, own=False, has_page=case.status == "ready")


def rank(
    candidates: Sequence[Candidate],
    scores: Scores,
    weights: Mapping[Criterion, float],
    *,
    value_share: float = 0.5,
    draws: int = DRAWS,
    seed: int = 0,
    raters: int = 0,
) -> Ranking:
    """Rank candidates by value and feasibility over draws of their scores.

    Args:
        scores: for each slug and criterion; triangular between low and high.
        weights: sum to 1 within value and within feasibility.
        value_share: what value counts in the overall score, feasibility the rest.
    """
    if not candidates:
        return Ranking((), dict(weights), draws, seed, raters)
    judged = [[scores[one.slug][criterion] for criterion in Criterion] for one in candidates]
    drawn = drawing.draw([[(one.low, one.likeliest, one.high) for one in row] for row in judged], draws, seed)
    value = drawing.weighted(drawn, [weights[one] if one in VALUE_CRITERIA else 0.0 for one in Criterion])
    feasibility = drawing.weighted(drawn, [weights[one] if one in FEASIBILITY_CRITERIA else 0.0 for one in Criterion])
    overall = value_share * value + (1 - value_share) * feasibility
    places = drawing.places(overall)
    top = (places <= TOP).mean(axis=1)
    bands = [drawing.bands(one) for one in (value, feasibility, overall, places)]
    rows = [
        _ranked(one, scores[one.slug], weights, tuple(band[at] for band in bands), float(top[at]))
        for at, one in enumerate(candidates)
    ]
    rows.sort(key=lambda row: (-row.overall.value, row.candidate.title))
    return Ranking(tuple(rows), dict(weights), draws, seed, raters)


def _ranked(
    one: Candidate,
    judged: Mapping[Criterion, Judged],
    weights: Mapping[Criterion, float],
    bands: tuple[Band, ...],
    top: float,
) -> Ranked:
    value, feasibility, overall, place = bands
    evidence = sum(weights[criterion] for criterion, score in judged.items() if score.basis is Basis.EVIDENCE)
    return Ranked(
        one,
        value,
        feasibility,
        overall,
        place,
        top,
        _stands(judged, weights),
        {criterion: score.basis for criterion, score in judged.items()},
        evidence / sum(weights.values()),
    )


def _stands(
    judged: Mapping[Criterion, Judged], weights: Mapping[Criterion, float]
) -> Literal["now", "prepare", "fill", "leave", "open"]:
    """The quarter, from exact means: the draws' own are a little off, and on a border chance would decide."""
    if unscored(judged):
        return "open"
    value, feasibility = (
        sum(weights[one] * (judged[one].low + judged[one].likeliest + judged[one].high) / 3 for one in side)
        for side in (VALUE_CRITERIA, FEASIBILITY_CRITERIA)
    )
    return quadrant(round(value, 6), round(feasibility, 6))


def unscored(judged: Mapping[Criterion, Judged]) -> bool:
    """Whether a use case may be anything on every criterion, so that its middle says nothing of where it stands."""
    nothing = Judged(*UNKNOWN, Basis.ASSUMPTION)
    return all(one == nothing for one in judged.values())


def quadrant(value: float, feasibility: float) -> Literal["now", "prepare", "fill", "leave"]:
    """Valuable and feasible: now. Valuable alone: prepare. Feasible alone: fill in. Neither: leave."""
    if value >= MIDDLE:
        return "now" if feasibility >= MIDDLE else "prepare"
    return "fill" if feasibility >= MIDDLE else "leave"


@dataclass(frozen=True)
class Standing:
    """All that a workspace's ranking stands on: who may be chosen, what was said of it, measured, and weighed."""

    cases: tuple[UseCase | HouseUseCase, ...]
    pooled: dict[Cell, Pooled]
    accepted: dict[Cell, Accepted]
    weights: Weights
    raters: int

    def scores(self) -> dict[str, dict[Criterion, Judged]]:
        """Each candidate's score on each criterion: what was measured, else what people say, else the catalogue's."""
        return {
            case.slug: {criterion: self._judged(case.slug, criterion, start) for criterion, start in starts.items()}
            for case in self.cases
            if (starts := starting_scores(case))
        }

    def _judged(self, slug: str, criterion: Criterion, start: Judged) -> Judged:
        measured = self.accepted.get((slug, criterion))
        if measured is not None:
            return Judged(measured.low, measured.likeliest, measured.high, Basis.EVIDENCE)
        said = self.pooled.get((slug, criterion))
        return start if said is None else Judged(said.low, said.median, said.high, Basis.OPINION)

    def ranking(self, seed: int = 0) -> Ranking:
        """The order under all of it."""
        return rank(
            [candidate(case) for case in self.cases],
            self.scores(),
            self.weights.shares(),
            value_share=self.weights.value_share,
            seed=seed,
            raters=self.raters,
        )


def standing(database: Database, actor: Actor) -> Standing:
    """What the workspace's ranking stands on now."""
    given = scores_given.standing(database, actor)
    return Standing(
        portfolio.candidates(database, actor),
        pool(given),
        {(one.slug, one.criterion): one for one in weighing.accepted(database, actor)},
        weighing.weights(database, actor),
        len({one.rater for one in given}),
    )


def current(database: Database, actor: Actor, seed: int = 0) -> Ranking:
    """The workspace's ranking as it stands: what roadmap, pilots, partners and the board pack read."""
    return standing(database, actor).ranking(seed)
