"""Named values ('navy', 'le bureau'): they take the sign of the feelings in their clause, or of the clause beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lib.commerce.stylist.model import EXTRA, Opinion
from lib.commerce.stylist.reading.lexicon import Match
from lib.commerce.stylist.reading.scopes import Feeling, felt, turned
from lib.commerce.stylist.reading.sentence import Sentence, after_rather, clause_at, longest, not_own, own_feelings
from lib.commerce.stylist.reading.values import Value, values_in

ARTICLES = {
    "the",
    "this",
    "that",
    "in",
    "le",
    "la",
    "les",
    "l",
    "du",
    "ce",
    "cette",
    "en",
    "a",
    "an",
    "un",
    "une",
    "my",
}


#: Before an occasion: it tells when, not what for.
ASIDE = {"after", "since", "before", "apres", "depuis", "avant", "until", "during"}


@dataclass(frozen=True)
class Named:
    aspect: str
    value: str
    first: int
    last: int


def named_in(sentence: Sentence, taken: set[int]) -> list[Named]:
    """Values without a sign of their own: of the lexicon and of the vocabulary."""
    found = [
        Named(match.pattern.aspect, match.pattern.value, match.first, match.last)
        for match in longest([one for one in sentence.found if one.pattern.kind == "named"])
        if not any(at in taken for at in range(match.first, match.last + 1))
    ]
    for value in values_in(sentence.text, sentence.language):
        place = _words_of(sentence, value)
        if place is None or any(one.first <= place[1] and place[0] <= one.last for one in found):
            continue
        found.append(Named(value.aspect, value.value, *place))
    return sorted(found, key=lambda one: one.first)


def _words_of(sentence: Sentence, value: Value) -> tuple[int, int] | None:
    inside = [at for at, word in enumerate(sentence.words) if word.end > value.start and word.start < value.end]
    return (inside[0], inside[-1]) if inside else None


def of_named(
    sentence: Sentence,
    one: Named,
    around: Sequence[Feeling],
    judged: Sequence[Match],
    named: Sequence[Named],
    made: Sequence[Opinion],
) -> Opinion | None:
    clause = sentence.clause[one.first]
    words, start, end = sentence.passage(one.first, one.last)
    sign = _sign(sentence, one, around, judged, named, made)
    wish = sentence.has("wish", clause)
    if one.aspect in EXTRA and (sign == 0 or (one.aspect == "kind" and not _of_kinds(sentence, one, named))):
        return None
    if sign == 0 and not _worth_telling(sentence, one):
        return None
    return Opinion(one.aspect, one.value, sign, words, start, end, wish)


def _sign(
    sentence: Sentence,
    one: Named,
    around: Sequence[Feeling],
    judged: Sequence[Match],
    named: Sequence[Named],
    made: Sequence[Opinion],
) -> int:
    clause = sentence.clause[one.first]
    if not_own(sentence, one.first):
        return 0
    if sentence.has("irony", clause):
        return -1
    if after_rather(sentence, one.first):
        return -1
    own = own_feelings(sentence, clause, around)
    if one.aspect == "fabric":  # 'the wool is scratchy' is said of the wool
        told = [o.polarity for o in made if o.aspect == "fabric" and clause_at(sentence, o.start) == clause]
        if told:
            return told[0]
    outside = [feeling for feeling in own if not one.first <= feeling.first <= one.last]
    if sentence.has("wish", clause) and not any(feeling.sign < 0 for feeling in outside):
        return 1
    if sign := felt(one.first, one.last, outside):
        return sign
    if (sign := negated(sentence, one)) and one.aspect != "occasion":
        return sign
    if _describes(sentence, one, named):
        return 0
    if sign := borrowed(sentence, clause, around, judged, named):
        return sign
    if one.aspect == "occasion":
        if one.first and sentence.keys[one.first - 1] in ASIDE:
            return 0
        bad = [o for o in made if o.polarity < 0 and clause_at(sentence, o.start) == clause and o.aspect != "occasion"]
        return -1 if bad or negated(sentence, one) else 1
    return 0


def negated(sentence: Sentence, one: Named) -> int:
    """-1 where a negation stands right before the value ('not the navy', 'pas pour le bureau')."""
    negations = [m.first for m in sentence.found if m.pattern.kind == "negators"]
    return -1 if turned(one.first, one.last, negations, sentence.keys, sentence.clause, sentence.language) else 0


def _describes(sentence: Sentence, one: Named, named: Sequence[Named]) -> bool:
    """Whether a colour only says which piece is meant ('une robe blanche', 'the white dress')."""
    beside = one.first - 1 if sentence.language == "fr" else one.last + 1
    return one.aspect == "colour" and any(n.aspect == "kind" and n.first <= beside <= n.last for n in named)


def borrowed(
    sentence: Sentence, clause: int, around: Sequence[Feeling], judged: Sequence[Match], named: Sequence[Named]
) -> int:
    """The feeling of a clause beside, across a comma, that speaks of nothing of its own."""
    own = {sentence.clause[match.first] for match in judged} | {sentence.clause[one.first] for one in named}
    own |= {
        sentence.clause[match.first]
        for match in sentence.found
        if match.pattern.kind.startswith("nouns_") or match.pattern.kind == "service"
    }
    for beside in (clause + 1, clause - 1):
        if not 0 <= beside < len(sentence.hard) or beside in own:
            continue
        if beside < clause and sentence.hard[clause]:
            continue
        total = sum(feeling.sign for feeling in own_feelings(sentence, beside, around))
        if total:
            return 1 if total > 0 else -1
    return 0


def _of_kinds(sentence: Sentence, one: Named, named: Sequence[Named]) -> bool:
    """A kind of piece is judged as such where it stands in the plural and its clause speaks of nothing else."""
    clause = sentence.clause[one.first]
    alone = not any(sentence.clause[n.first] == clause and n.aspect != "kind" for n in named)
    nouns = any(m.pattern.kind.startswith("nouns_") and sentence.clause[m.first] == clause for m in sentence.found)
    return sentence.keys[one.last].endswith(("s", "x")) and alone and not nouns


def _worth_telling(sentence: Sentence, one: Named) -> bool:
    """Whether a value without a judgement is told at all: named by itself, and not as what a piece looks like."""
    before = sentence.keys[one.first - 1] if one.first else ""
    if one.aspect == "occasion" and before in ASIDE:
        return False
    return one.aspect in ("fabric", "length", "fit") or before in ARTICLES or len(sentence.keys) <= 3
