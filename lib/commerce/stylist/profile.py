"""A preference profile: for each attribute's value what speaks for and against it, with the sentences behind it.

A client's likes and dislikes of a value are counted with the weight of their age and drawn towards what the house's
clients think of it on the whole: the beta-binomial model, its prior fitted to the house (empirical Bayes; Griffiths
1973, Efron and Morris 1975). What a stylist adds is counted in the same way, so the profile learns as it is used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lib.commerce.stylist.model import ASPECTS, EXTRA, Said

HALF_LIFE = 730.0  # days after which a sentence counts half: tastes last longer than seasons
LEAST_STRENGTH, MOST_STRENGTH = 1.0, 20.0
FEWEST = 30  # opinions of an aspect from which the prior is fitted
OWN_STRENGTH = 4.0  # of a value's own mean over all clients against its aspect's
SURE, LEANING = 0.95, 0.80
FEW, SEVERAL = 1.2, 2.4  # weighted sentences
#: Values that tell how well a piece was made or sized, and nothing about which piece to choose.
NO_CHOICE = {"usual_size", "paid", "as_shown", "not_as_shown", "right_size", "right_length", "shapeless", "comfortable",
             "uncomfortable", ""}  # fmt: skip
#: Judged values that say which way to go on a scale: value and sign -> value, share of the say.
DIRECTIONS = {
    ("fit", "tight", -1): (("loose", 1, 0.6), ("tight", -1, 1.0)),
    ("fit", "loose", -1): (("tight", 1, 0.6), ("loose", -1, 1.0)),
    ("length", "short", -1): (("short", -1, 1.0), ("long", 1, 0.4), ("midi", 1, 0.4)),
    ("length", "long", -1): (("long", -1, 1.0), ("short", 1, 0.4), ("midi", 1, 0.4)),
}


@dataclass(frozen=True)
class Prior:
    """What the house's clients think: the share of likes and how strongly a new client is drawn to it, by aspect."""

    strength: Mapping[str, float]
    of_aspect: Mapping[str, float]
    of_value: Mapping[tuple[str, str], float]

    def mean(self, aspect: str, value: str) -> float:
        """The share of likes that is expected before a client said anything."""
        return self.of_value.get((aspect, value), self.of_aspect.get(aspect, 0.6))


@dataclass(frozen=True)
class Preference:
    """One value of a profile. ``mean`` is the share of likes with its 90% interval; ``prior`` what the house thinks.

    ``likes`` and ``dislikes`` are weighted counts; ``said`` the sentences, newest first; ``pinned`` -1, 0 or 1.
    """

    aspect: str
    value: str
    likes: float
    dislikes: float
    mean: float
    low: float
    high: float
    prior: float
    said: tuple[Said, ...]
    pinned: int = 0
    from_stylist: float = 0.0
    neutral: int = 0

    @property
    def leaning(self) -> int:
        """1: liked, -1: disliked, 0: can't be told."""
        if self.pinned:
            return self.pinned
        return (self.mean > 0.5) - (self.mean < 0.5) if self.likes + self.dislikes else 0

    @property
    def confidence(self) -> str:
        """sure or leaning: the sign is right with 95% or 80%; divided: several sentences disagree; thin: too few."""
        if self.pinned:
            return "sure"
        if (own := self.likes + self.dislikes) < FEW:
            return "thin"  # one sentence is one sentence, whatever others think of the value
        chance = sign_chance(self.mean, self.likes + self.dislikes, self.prior, self.likes, self.dislikes)
        if chance < LEANING:
            return "divided" if own >= SEVERAL else "thin"
        return "sure" if chance >= SURE and own >= SEVERAL else "leaning"


@dataclass(frozen=True)
class Corrections:
    """What a stylist changed of one client's profile.

    ``pinned``: (aspect, value) -> 1 or -1; ``removed``: sentences taken out as misread, as (comment, aspect, value);
    ``weights``: aspect -> factor from 0 to 3; ``answers``: pieces that were kept or sent back, oldest first.
    """

    pinned: Mapping[tuple[str, str], int] = field(default_factory=dict)
    removed: frozenset[tuple[str, str, str]] = frozenset()
    weights: Mapping[str, float] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A piece that was kept (1) or sent back (-1). ``why`` names the aspect to blame, '' where it isn't known.

    ``values``: what the piece is, aspect to value, as it was when it was sent.
    """

    sku: str
    sign: int
    why: str = ""
    values: tuple[tuple[str, str], ...] = ()
    features: tuple[float, ...] = ()  # as the ranking saw the piece; moves the weights


@dataclass(frozen=True)
class Profile:
    """A client's (or a product's, or everybody's) preferences, the strongest first within each aspect."""

    who: str
    preferences: tuple[Preference, ...]
    comments: int
    read: int

    def of(self, aspect: str) -> tuple[Preference, ...]:
        """The preferences of one aspect."""
        return tuple(one for one in self.preferences if one.aspect == aspect)

    def get(self, aspect: str, value: str) -> Preference | None:
        """One preference, or None where nothing is known of the value."""
        return next((one for one in self.preferences if (one.aspect, one.value) == (aspect, value)), None)


def evidence_of(said: Said) -> tuple[tuple[str, str, int, float], ...]:
    """(aspect, value, sign, share) that an opinion counts for; 'too tight' also speaks for something looser."""
    one = said.opinion
    if not one.polarity:
        return ()
    turned = DIRECTIONS.get((one.aspect, one.value, one.polarity))
    if turned:
        return tuple((one.aspect, value, sign, share) for value, sign, share in turned)
    return ((one.aspect, one.value, one.polarity, 1.0),)


def age_weight(written_on: dt.date | None, today: dt.date) -> float:
    """What a sentence counts by its age; one without a date counts as one of a year ago."""
    days = (today - written_on).days if written_on else 365
    return float(0.5 ** (max(days, 0) / HALF_LIFE))


def prior_of(by_client: Mapping[str, Sequence[Said]]) -> Prior:
    """The house's prior from all clients that may be read, each value counted once for each client."""
    totals: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for said in by_client.values():
        counts: dict[tuple[str, str], list[float]] = {}
        for one in said:
            for aspect, value, sign, share in evidence_of(one):
                pair = counts.setdefault((aspect, value), [0.0, 0.0])
                pair[0 if sign > 0 else 1] += share
        for key, (likes, dislikes) in counts.items():
            totals.setdefault(key, []).append((likes, dislikes))
    aspects = {aspect for aspect, _value in totals}
    rows = {a: [pair for (aspect, _v), pairs in totals.items() if aspect == a for pair in pairs] for a in aspects}
    of_aspect = {a: _share(rows[a], 0.5, 2.0) for a in aspects}
    of_value = {key: _share(pairs, of_aspect[key[0]], OWN_STRENGTH) for key, pairs in totals.items()}
    return Prior({a: _strength(rows[a], of_aspect[a]) for a in aspects}, of_aspect, of_value)


def _share(rows: Sequence[tuple[float, float]], towards: float, strength: float) -> float:
    likes = sum(one for one, _two in rows)
    total = likes + sum(two for _one, two in rows)
    return (likes + strength * towards) / (total + strength)


def _strength(rows: Sequence[tuple[float, float]], mean: float) -> float:
    """The beta's strength by moments: how much less clients differ than they would if each had a coin of their own."""
    rows = [row for row in rows if sum(row) >= 1.5]
    if len(rows) < FEWEST or not 0 < mean < 1:
        return 3.0
    sizes = [sum(row) for row in rows]
    spread = sum(n * (likes / n - mean) ** 2 for (likes, _d), n in zip(rows, sizes, strict=True)) / sum(sizes)
    inner = mean * (1 - mean)
    average = sum(sizes) / len(sizes)
    rho = (spread / inner - 1 / average) / max(1 - 1 / average, 1e-6)
    if rho <= 0:
        return MOST_STRENGTH
    return min(max(1 / rho - 1, LEAST_STRENGTH), MOST_STRENGTH)


def profile_of(
    who: str,
    said: Iterable[Said],
    prior: Prior,
    today: dt.date,
    corrections: Corrections | None = None,
    comments: int = 0,
    read: int = 0,
    quick: bool = False,
) -> Profile:
    """The profile of one client, product or class from the opinions read. ``quick``: without intervals."""
    corrections = corrections or Corrections()
    likes: dict[tuple[str, str], float] = {}
    dislikes: dict[tuple[str, str], float] = {}
    behind: dict[tuple[str, str], list[Said]] = {}
    neutral: dict[tuple[str, str], int] = {}
    for one in said:
        opinion = one.opinion
        if (one.comment, opinion.aspect, opinion.value) in corrections.removed:
            continue
        if not opinion.polarity:
            neutral[opinion.aspect, opinion.value] = neutral.get((opinion.aspect, opinion.value), 0) + 1
        weight = age_weight(one.written_on, today)
        for aspect, value, sign, share in evidence_of(one):
            counts = likes if sign > 0 else dislikes
            counts[aspect, value] = counts.get((aspect, value), 0.0) + weight * share
            if share == 1.0:
                behind.setdefault((aspect, value), []).append(one)
    taught = _taught(corrections.answers)
    keys = dict.fromkeys((*likes, *dislikes, *taught, *corrections.pinned))
    made = []
    for key in keys:
        plus, minus = taught.get(key, (0.0, 0.0))
        made.append(
            _preference(key, likes.get(key, 0.0) + plus, dislikes.get(key, 0.0) + minus, prior, behind.get(key, ()),
                        corrections.pinned.get(key, 0), plus + minus, neutral.get(key, 0), quick)
        )  # fmt: skip
    order = {aspect: at for at, aspect in enumerate((*ASPECTS, *EXTRA))}
    made.sort(
        key=lambda p: (
            order.get(p.aspect, 99),
            not p.value,
            -abs(p.pinned),
            -abs(p.mean - 0.5) * (p.likes + p.dislikes),
            p.value,
        )
    )
    return Profile(who, tuple(made), comments, read)


def _taught(answers: Sequence[Answer]) -> dict[tuple[str, str], tuple[float, float]]:
    """What kept and returned pieces say of their values: all of it of the aspect to blame, else a share of each."""
    found: dict[tuple[str, str], tuple[float, float]] = {}
    for answer in answers:
        values = [pair for pair in answer.values if pair[1]]
        blamed = [pair for pair in values if pair[0] == answer.why]
        for pair in blamed or values:
            share = 1.0 if blamed else 1.0 / max(len(values), 1) ** 0.5
            likes, dislikes = found.get(pair, (0.0, 0.0))
            found[pair] = (likes + share, dislikes) if answer.sign > 0 else (likes, dislikes + share)
    return found


def _preference(
    key: tuple[str, str],
    likes: float,
    dislikes: float,
    prior: Prior,
    behind: Sequence[Said],
    pinned: int,
    taught: float,
    neutral: int,
    quick: bool,
) -> Preference:
    aspect, value = key
    before, strength = prior.mean(aspect, value), prior.strength.get(aspect, 3.0)
    first, second = likes + strength * before, dislikes + strength * (1 - before)
    low, high = (0.0, 1.0) if quick else _ends(first, second)
    newest = sorted(behind, key=lambda one: (one.written_on or dt.date.min, one.comment), reverse=True)
    mean = first / (first + second)
    return Preference(aspect, value, likes, dislikes, mean, low, high, before, tuple(newest), pinned, taught, neutral)


def _ends(first: float, second: float) -> tuple[float, float]:
    from scipy.special import betaincinv  # scipy.stats takes a second to import

    return float(betaincinv(first, second, 0.05)), float(betaincinv(first, second, 0.95))


def sign_chance(mean: float, n: float, prior: float, likes: float, dislikes: float) -> float:
    """The probability that the sign of a preference is right, from the counts and the prior that made ``mean``."""
    from scipy.special import betainc

    if not n or abs(mean - prior) < 1e-9:
        return 0.5
    strength = max((likes - n * mean) / (mean - prior), LEAST_STRENGTH)
    below = float(betainc(likes + strength * prior, dislikes + strength * (1 - prior), 0.5))
    return max(below, 1 - below)
