"""What candidates are judged by, in words: titles, questions, anchored scales; and what Compare measured, as scores."""

from __future__ import annotations

import math
from dataclasses import dataclass

from lib.database.partners import PartnerCriterion, PartnerKind, PartnerScore, Way
from lib.decide.model import Basis
from lib.i18n import N_

KIND_TITLES = {
    PartnerKind.MODEL_PROVIDER: N_("Model provider"),
    PartnerKind.CLOUD: N_("Cloud"),
    PartnerKind.SPECIALISED: N_("Specialised firm"),
    PartnerKind.INTEGRATOR: N_("Integrator"),
}
WAY_TITLES = {Way.BUILD: N_("Build"), Way.BUY: N_("Buy"), Way.PARTNER: N_("Partner")}


@dataclass(frozen=True)
class Scale:
    """A criterion's title, its question, and what 1, 3 and 5 mean."""

    title: str
    question: str
    worst: str
    middle: str
    best: str


SCALES: dict[PartnerCriterion, Scale] = {
    PartnerCriterion.QUALITY: Scale(
        N_("Quality"),
        N_("How often do your own people prefer its texts in a blind comparison?"),
        N_("Never preferred"),
        N_("Preferred as often as the others"),
        N_("Always preferred"),
    ),
    PartnerCriterion.PRICE: Scale(
        N_("Price"),
        N_("What does one text cost?"),
        N_("10 cents or more a text"),
        N_("1 cent a text"),
        N_("A tenth of a cent or less"),
    ),
    PartnerCriterion.LATENCY: Scale(
        N_("Latency"),
        N_("How long does a whole text take?"),
        N_("A minute or more"),
        N_("About 10 seconds"),
        N_("2 seconds or less"),
    ),
    PartnerCriterion.LANGUAGES: Scale(
        N_("Languages"),
        N_("Does it write and answer in the languages of your clients?"),
        N_("One language"),
        N_("The languages of the main markets"),
        N_("All languages of all markets, checked by native readers"),
    ),
    PartnerCriterion.DATA_LOCATION: Scale(
        N_("Data location"),
        N_("Where are your data processed and kept?"),
        N_("Anywhere, or not said"),
        N_("In a region of your choice, by contract"),
        N_("On your own machines"),
    ),
    PartnerCriterion.OWNERSHIP: Scale(
        N_("Ownership"),
        N_("Who owns what is made, and your prompts?"),
        N_("The supplier keeps rights to it"),
        N_("Yours, with exceptions"),
        N_("Yours alone, written in the contract"),
    ),
    PartnerCriterion.TRAINING_USE: Scale(
        N_("Training use"),
        N_("May the supplier train on what you send?"),
        N_("Yes, by default"),
        N_("No, if you object"),
        N_("No, written in the contract"),
    ),
    PartnerCriterion.INDEMNITY: Scale(
        N_("Indemnity"),
        N_("Who pays if what is made infringes somebody’s rights?"),
        N_("You do"),
        N_("The supplier, up to a low cap"),
        N_("The supplier, without a low cap"),
    ),
    PartnerCriterion.EXIT: Scale(
        N_("Exit"),
        N_("How soon could you leave, and with what?"),
        N_("A year or more, without your data"),
        N_("Some months, with your data"),
        N_("Within weeks, with data, prompts and settings in open formats"),
    ),
}
PRICE_BEST, PRICE_WORST = 0.001, 0.1  # a text, in the comparison's currency
LATENCY_BEST, LATENCY_MIDDLE, LATENCY_WORST = 2.0, 10.0, 60.0  # seconds a text


@dataclass(frozen=True)
class Compared:
    """What a closed comparison measured of one engine, handed in by the page.

    ``preferred`` is a share of the votes with its 95% interval; ``cost`` the mean of a text; ``seconds`` the median.
    Each is None where nothing was measured.
    """

    comparison: str
    question: str
    dated: str  # ISO date
    engine: str
    title: str
    preferred: float | None
    low: float | None
    high: float | None
    inputs: int
    cost: float | None
    currency: str
    seconds: float | None
    blind: bool = True


def scores_from(found: Compared) -> dict[PartnerCriterion, PartnerScore]:
    """Scores by the anchored scales: a share of votes in a straight line, price and seconds by their logarithm.

    A preference without an interval (too few inputs), or one that wasn't blind, is no evidence and gives no score.
    A price in another currency than the euro isn't converted and gives none.
    """
    made: dict[PartnerCriterion, PartnerScore] = {}
    if found.blind and found.preferred is not None and found.low is not None and found.high is not None:
        made[PartnerCriterion.QUALITY] = _score(found, 1 + 4 * found.low, 1 + 4 * found.preferred, 1 + 4 * found.high)
    if found.cost is not None and (found.currency in ("EUR", "") or found.cost == 0):
        value = price_score(found.cost)
        made[PartnerCriterion.PRICE] = _score(found, value, value, value)
    if found.seconds is not None:
        value = latency_score(found.seconds)
        made[PartnerCriterion.LATENCY] = _score(found, value, value, value)
    return made


def price_score(cost: float) -> float:
    """5 for a tenth of a cent or less, 3 for a cent, 1 for ten cents or more."""
    if cost <= PRICE_BEST:
        return 5.0
    return max(1.0, 5 - 4 * math.log(cost / PRICE_BEST) / math.log(PRICE_WORST / PRICE_BEST))


def latency_score(seconds: float) -> float:
    """5 for two seconds or less, 3 for ten, 1 for a minute or more."""
    if seconds <= LATENCY_BEST:
        return 5.0
    if seconds <= LATENCY_MIDDLE:
        return 5 - 2 * math.log(seconds / LATENCY_BEST) / math.log(LATENCY_MIDDLE / LATENCY_BEST)
    return max(1.0, 3 - 2 * math.log(seconds / LATENCY_MIDDLE) / math.log(LATENCY_WORST / LATENCY_MIDDLE))


def _score(found: Compared, low: float, value: float, high: float) -> PartnerScore:
    return PartnerScore(low, value, high, Basis.EVIDENCE.value, found.question, found.dated, found.comparison)
