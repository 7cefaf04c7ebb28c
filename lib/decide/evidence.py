"""What this workspace has measured, offered beside the criterion it speaks to. It counts once a person accepts it.

Only direct quantities become scores: money for a use, hours that people say were saved, waiting in a queue of one's own
arrivals. Ratings, error rates (checks, simulated wrong answers) and a Proof's numbers stand beside their criterion as
they are: no anchor of the criterion speaks of them, so how much they are worth is for people to judge.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median, quantiles
from typing import Any

from sqlite_utils import Database

from lib.access import Actor
from lib.catalogue import VALUE_CRITERIA, Criterion, HouseUseCase, UseCase
from lib.database import measured
from lib.database.measured import UseCaseRuns
from lib.decide.evidence_runs import Waiting, proofs, waiting
from lib.decide.model import Basis, Reference
from lib.decide.pilots.evidence import PilotEvidence
from lib.decide.pilots.evidence import evidence as pilots_evidence
from lib.decide.ranking import Judged
from lib.engines.prices import rate
from lib.evidence import shipped
from lib.i18n import N_, duration, money, number, percent, translate
from lib.proofs import Measure

SEED = 0  # of the Proofs that come with the product
ENOUGH = 3  # runs or reviews, below which a measurement is told and not offered as a score
# Money for one use, in euros, and what it scores; between two of them by the logarithm. See the criterion's anchors.
COST_OF_USE = ((0.001, 5.0), (0.03, 3.0), (1.0, 1.0))
# Hours saved a week, and what they score: 3 is 'some hours a week in one team', 5 half of a team of two.
HOURS_A_WEEK = ((0.0, 1.0), (1.0, 2.0), (4.0, 3.0), (16.0, 4.0), (40.0, 5.0))
RATED = N_("{n} ratings of its results, {value} of 5 in the middle")
CHECKED = N_("{share} of {n} checks of its results found something to fix")
COSTED = N_("A use costs {cost}: the middle of {n} runs on a connected model")
SAVED = N_("{hours} hours a week saved, as {n} reviews say, over {weeks} weeks")
PILOTED = N_("Pilot: {finding}")
PROVED = N_("{metric}: {ours} {unit} ({baseline}: {theirs}), on the demo house’s sample; comes with the product")
PROVED_HERE = N_("{metric}: {ours} {unit} ({baseline}: {theirs}), on the demo house’s sample, measured here")
PROVED_OWN = N_("{metric}: {ours} {unit} ({baseline}: {theirs}), on your own data")
WAITED = N_("Queue simulation of your arrivals: a contact loses {ours} with it, {theirs} without it")
WAITED_SAMPLE = N_(
    "Queue simulation of the demo house’s arrivals: a contact loses {ours} with it, {theirs} without it. Simulate your"
    " own arrivals, and it can count"
)
WRONG = N_("Queue simulation: {share} of contacts get a wrong answer")
NOT_DIRECT = N_("Told, not counted: it is no direct measure of the criterion.")
TOO_FEW = N_("Told, not counted yet: fewer than three say so little.")
NOT_OURS = N_("Told, not counted: these are the demo house’s data, not yours.")
# What is left of the waiting, as a share, and what that scores; between two of them by the logarithm. 3 is 'days become
# hours for some', 5 'a queue disappears for most'; the anchors are in words, so these shares are an assumption.
WAITING_LEFT = ((0.01, 5.0), (0.1, 3.0), (1.0, 1.0))


@dataclass(frozen=True)
class Offer:
    """One measurement beside a criterion. ``judged`` is the score that it would be, None where it is no direct one."""

    slug: str
    criterion: Criterion
    message: str  # message id, filled by ``values``
    values: dict[str, Any] = field(hash=False)
    reference: Reference
    judged: Judged | None = None
    uncounted: str = NOT_DIRECT  # message id: why it is no score, where it is none


def offers(database: Database, actor: Actor, case: UseCase | HouseUseCase) -> list[Offer]:
    """What is known of a use case: from its runs and reviews in this workspace, and from its shipped Proof."""
    found = measured.of_use_case(database, actor, case.slug)
    made = [one for one in (_saved(found), _cost(found), _rated(found), _checked(found)) if one is not None]
    made += [_piloted(case, one) for one in pilots_evidence(database, actor, case.slug)]
    simulated = waiting(database, actor, case.slug)
    if simulated is not None:
        made += _waited(case.slug, simulated)
    if not isinstance(case, UseCase) or case.status != "ready":
        return made
    return made + _proofs(database, actor, case)


def _reference(message: str, values: dict[str, Any], page: str, key: str, dated: str = "") -> Reference:
    return Reference(Basis.EVIDENCE, translate(message, None, **values), page, key, dated)


def _cost(found: UseCaseRuns) -> Offer | None:
    """What one run costs, from those that cost anything, on engines that are paid for."""
    costs = _in_euros(found.costs)
    if not costs:
        return None
    values = {"cost": money(median(costs), "EUR", 4 if median(costs) < 0.1 else 2), "n": len(costs)}
    reference = _reference(COSTED, values, "runs", "", found.last)
    judged = None
    if len(costs) >= ENOUGH:
        low, high = _ends(costs)
        judged = _evidence(*(_by_log(cost, COST_OF_USE) for cost in (high, median(costs), low)))
    return Offer(found.slug, Criterion.RUNNING_COST, COSTED, values, reference, judged, TOO_FEW)


def _in_euros(costs: Iterable[tuple[float, str]]) -> list[float]:
    """Costs in euros; what has no known rate is left out."""
    converted = ((cost, rate(currency, "EUR")) for cost, currency in costs)
    return [cost * one for cost, one in converted if one is not None and cost > 0]


def _saved(found: UseCaseRuns) -> Offer | None:
    """Hours saved a week, from what reviewers said of single runs."""
    if not found.minutes:
        return None
    hours = sum(found.minutes) / 60 / found.weeks
    values = {"hours": number(hours, 1), "n": len(found.minutes), "weeks": number(found.weeks, 0)}
    reference = _reference(SAVED, values, "runs", "", found.last)
    judged = None
    if len(found.minutes) >= ENOUGH:
        # What the reviews leave open: the mean's interval, carried to the week.
        half = 1.645 * _deviation(found.minutes) * math.sqrt(len(found.minutes)) / 60 / found.weeks
        judged = _evidence(*(_between(HOURS_A_WEEK, max(0.0, value)) for value in (hours - half, hours, hours + half)))
    return Offer(found.slug, Criterion.COST, SAVED, values, reference, judged, TOO_FEW)


def _rated(found: UseCaseRuns) -> Offer | None:
    if not found.ratings:
        return None
    values = {"n": len(found.ratings), "value": number(median(found.ratings), 1)}
    return Offer(found.slug, Criterion.TEAM_SKILLS, RATED, values, _reference(RATED, values, "runs", "", found.last))


def _checked(found: UseCaseRuns) -> Offer | None:
    if not found.checks:
        return None
    values = {"share": percent(found.failed / found.checks), "n": number(found.checks)}
    return Offer(found.slug, Criterion.RISK_CLASS, CHECKED, values, _reference(CHECKED, values, "runs", "", found.last))


# Which criterion a Proof speaks to, where its unit says so.
SPEAKS_TO = {"orders per 100 visits": Criterion.REVENUE, "clicks per visit": Criterion.REVENUE}


def _proofs(database: Database, actor: Actor, case: UseCase) -> list[Offer]:
    """Those computed in this workspace, own data first; the one that comes with the product where none is here."""
    here = proofs(database, actor, case)
    if here:
        return [
            offer
            for one in here
            for offer in _proved(
                case, one.proof.measures, PROVED_OWN if one.own else PROVED_HERE, ("runs", one.run, one.dated)
            )
        ]
    proof = shipped(case, SEED)
    return _proved(case, proof.measures, PROVED, (case.slug, "", "")) if proof else []


def _waited(slug: str, one: Waiting) -> list[Offer]:
    """What a simulated queue says of waiting and of errors. On the demo house's arrivals it is told and not counted."""
    values = {"ours": duration(one.value), "theirs": duration(one.without)}
    message = WAITED if one.own else WAITED_SAMPLE
    reference = _reference(message, values, "runs", one.run, one.dated)
    scores = (_by_log(one.left(seconds), WAITING_LEFT) for seconds in (one.high, one.value, one.low))
    judged = _evidence(*scores) if one.own else None
    wrong = {"share": percent(one.wrong, 1 if one.wrong < 0.1 else 0)}
    return [
        Offer(slug, Criterion.WAITING_TIME, message, values, reference, judged, NOT_OURS),
        Offer(slug, Criterion.RISK_CLASS, WRONG, wrong, _reference(WRONG, wrong, "runs", one.run, one.dated)),
    ]


def _proved(case: UseCase, measures: Sequence[Measure], message: str, place: tuple[str, str, str]) -> list[Offer]:
    """The Proof's first comparison with a baseline: told, never converted.

    It stands beside the criterion that its unit names, else beside that of value on which the catalogue expects most.
    """
    first = next((one for one in measures if one.baselines and not one.control), None)
    if first is None:
        return []
    baseline, theirs = next(iter(first.baselines.items()))
    values = {
        "metric": translate(first.metric),
        "ours": number(first.ours, 2),
        "unit": translate(first.unit),
        "baseline": translate(baseline),
        "theirs": number(theirs, 2),
    }
    reference = _reference(message, values, *place)
    return [Offer(case.slug, SPEAKS_TO.get(first.unit, _expected(case)), message, values, reference)]


def _piloted(case: UseCase | HouseUseCase, pilot: PilotEvidence) -> Offer:
    """What a pilot showed: told, never converted, beside the criterion of value on which the catalogue expects most."""
    return Offer(case.slug, _expected(case), PILOTED, {"finding": pilot.said}, pilot.reference)


def _expected(case: UseCase | HouseUseCase) -> Criterion:
    """The criterion of value on which the catalogue expects most; sales for a house's own use case."""
    if isinstance(case, HouseUseCase):
        return Criterion.REVENUE
    return max(VALUE_CRITERIA, key=lambda criterion: case.scores[criterion].value)


def _evidence(low: float, likeliest: float, high: float) -> Judged:
    return Judged(min(low, likeliest), likeliest, max(high, likeliest), Basis.EVIDENCE)


def _ends(values: Sequence[float]) -> tuple[float, float]:
    cuts = quantiles(values, n=20, method="inclusive")
    return cuts[0], cuts[-1]


def _deviation(values: Sequence[float]) -> float:
    middle = sum(values) / len(values)
    return math.sqrt(sum((value - middle) ** 2 for value in values) / max(len(values) - 1, 1))


def _by_log(value: float, points: Sequence[tuple[float, float]]) -> float:
    return _between([(math.log(at), score) for at, score in points], math.log(value))


def _between(points: Sequence[tuple[float, float]], at: float) -> float:
    """Linear between the points, level beyond their ends."""
    if at <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in pairwise(points):
        if at <= right:
            return low + (high - low) * (at - left) / (right - left)
    return points[-1][1]
