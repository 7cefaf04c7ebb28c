"""What a feeling word, a negation and a wish reach: the words between them and the value, in their clause.

Feeling words are counted with the negations around them turned (Pang, Lee and Vaithyanathan 2002; Taboada et al. 2011);
a value takes the feelings of its clause, the nearer ones more (Ding, Liu and Yu 2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lib.commerce.stylist.reading.lexicon import Match
from lib.commerce.stylist.reading.words import Token

REACH = {"en": (4, 0), "fr": (3, 3)}  # words that a negation stands before and after what it turns, at most
FAR = 8  # words beyond which a feeling says nothing of a value
NO_BACKWARD = {"sans", "aucun", "aucune", "ni", "moins", "rien"}  # French negations that turn only what follows
NEITHER = {"ni", "neither", "nor"}
NARROW = 2  # what 'sans' and 'aucun' reach: the noun and what stands with it
LIGHT = {"tres", "si", "trop", "vraiment", "really", "so", "very", "that", "too", "at", "all", "du", "tout"}


@dataclass(frozen=True)
class Feeling:
    """A feeling word after its negations: ``sign`` is 1 or -1."""

    first: int
    last: int
    sign: int


def turned(
    first: int, last: int, negations: Sequence[int], keys: Sequence[str], clause: Sequence[int], language: str
) -> bool:
    """Whether an odd number of negations in the same clause reaches the words from ``first`` to ``last``."""
    before, after = REACH.get(language, REACH["en"])
    times, joined = 0, False
    for at in negations:
        if keys[at] in NEITHER and at < first and clause[at] == clause[first]:
            joined = True  # 'ni la coupe ni la matière': both turn what follows, together once
            continue
        if first <= at <= last or clause[at] != clause[first]:
            continue
        ahead = at < first and first - at <= (NARROW if keys[at] in NO_BACKWARD else before)
        behind = at > last and at - last <= after and keys[at] not in NO_BACKWARD and _close(keys, last, at)
        if ahead or behind:
            times += 1
    return (times + joined) % 2 == 1


def _close(keys: Sequence[str], last: int, at: int) -> bool:
    """In French 'pas' follows its verb at once or after a light word ('n'aime vraiment pas')."""
    return all(key in LIGHT for key in keys[last + 1 : at])


def feelings(
    found: Sequence[Match], taken: set[int], words: Sequence[Token], clause: Sequence[int], language: str
) -> list[Feeling]:
    """The feeling words outside ``taken``, longest match first, each turned by its negations."""
    keys = [word.key for word in words]
    negations = [at for match in found if match.pattern.kind == "negators" for at in (match.first,)]
    hits = [match for match in found if match.pattern.kind in ("positive", "negative")]
    hits.sort(key=lambda match: (match.first - match.last, match.first, match.pattern.kind != "negative"))
    used = set(taken)
    made = []
    for hit in hits:
        span = range(hit.first, hit.last + 1)
        if any(at in used for at in span):
            continue
        used.update(span)
        sign = 1 if hit.pattern.kind == "positive" else -1
        flip = turned(hit.first, hit.last, [at for at in negations if at not in taken], keys, clause, language)
        made.append(Feeling(hit.first, hit.last, -sign if flip else sign))
    return sorted(made, key=lambda one: one.first)


def felt(first: int, last: int, around: Sequence[Feeling]) -> int:
    """The sign of the feelings about the words from ``first`` to ``last``; 0 where there are none."""
    total = 0.0
    for one in around:
        distance = max(one.first - last, first - one.last, 0)
        if distance <= FAR:
            total += one.sign / (1 + distance)
    return (total > 0) - (total < 0)
