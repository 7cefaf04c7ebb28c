"""A comment read: sentences to opinions on fit, colour, fabric, occasion, length and price.

Rules over lexicons, no model: judged expressions ('too short', 'bouloche') carry their own sign; named values ('navy',
'le bureau') take the sign of the feelings in their clause (Hu and Liu 2004; Ding, Liu and Yu 2008), with negations
turned, wishes ('I wish it were longer') read as what they ask for, and contrasts ('but') as borders. Irony is seen
where an expression gives it away ('congratulations on ...') and missed elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lib.commerce.stylist.model import EXTRA, Comment, LeftOut, Opinion, Reading, Said
from lib.commerce.stylist.reading.lexicon import Match, matches
from lib.commerce.stylist.reading.scopes import NO_BACKWARD, Feeling, feelings, felt, turned
from lib.commerce.stylist.reading.tongues import language_of
from lib.commerce.stylist.reading.values import Value, values_in
from lib.commerce.stylist.reading.words import Token, clause_of, sentences, split_clauses, tokens

READ = ("fr", "en")
#: What a judged value becomes where a negation turns it.
TURNED = {
    ("fit", -1): "right_size", ("fit", 1): "shapeless", ("length", -1): "right_length", ("length", 1): "",
    ("fabric", -1): "keeps_well", ("fabric", 1): "poor_quality", ("price", -1): "good_value",
    ("price", 1): "expensive", ("colour", -1): "as_shown", ("colour", 1): "not_as_shown",
    ("occasion", 1): "nowhere_to_wear", ("occasion", -1): "versatile",
}  # fmt: skip
RATHER = {"en": ("rather than", "instead of"), "fr": ("plutot que", "au lieu de")}
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


@dataclass(frozen=True)
class Sentence:
    """A sentence with everything that was found in it; ``clause`` numbers the clause of each word."""

    text: str
    language: str
    words: tuple[Token, ...]
    clause: tuple[int, ...]
    hard: tuple[bool, ...]
    found: tuple[Match, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(word.key for word in self.words)

    def has(self, kind: str, clause: int | None = None) -> bool:
        """Whether the lexicon found such a thing, in one clause or anywhere."""
        return any(
            match.pattern.kind == kind and (clause is None or self.clause[match.first] == clause)
            for match in self.found
        )

    def together(self, match: Match) -> bool:
        """Whether a match stands in one clause."""
        return self.clause[match.first] == self.clause[match.last]

    def passage(self, first: int, last: int) -> tuple[str, int, int]:
        """The words from ``first`` to ``last`` as they are written, with their place."""
        start, end = self.words[first].start, self.words[last].end
        return self.text[start:end], start, end


def parsed(text: str, language: str) -> Sentence:
    """A sentence taken apart."""
    words = tokens(text, language)
    whole = clause_of(words, False)
    found = matches(whole.norm, whole.places, [word.key for word in words], language)
    breaks = {match.first: True for match in found if match.pattern.kind == "contrast"}
    parts = split_clauses(text, words, breaks)
    clause = tuple(at for at, part in enumerate(parts) for _word in part.tokens)
    return Sentence(text, language, tuple(words), clause, tuple(part.hard for part in parts), tuple(found))


def read_sentence(text: str, language: str) -> list[Opinion]:
    """The opinions of one sentence in French or English; none where it's about a present or the service alone."""
    found: list[Opinion] = []
    for part, place in sentences(text):
        sentence = parsed(part, language)
        if sentence.has("gift"):
            return []
        found += [replace(one, start=one.start + place, end=one.end + place) for one in opinions(sentence)]
    return found


def opinions(sentence: Sentence) -> list[Opinion]:
    """All opinions of a sentence, in the order of their words."""
    judged = _longest([m for m in sentence.found if m.pattern.kind == "judged" and sentence.together(m)])
    taken = {at for match in judged for at in range(match.first, match.last + 1)}
    around = feelings(sentence.found, taken, sentence.words, sentence.clause, sentence.language)
    made = [opinion for match in judged if (opinion := _of_judged(sentence, match)) is not None]
    compared = {m.first for m in sentence.found if m.pattern.kind in COMPARED and sentence.has("wish")}
    named = _named(sentence, taken | {at + 1 for at in compared} | compared)
    made += [opinion for one in named if (opinion := _of_named(sentence, one, around, judged, named, made)) is not None]
    made += _of_wishes(sentence, made)
    made += _of_nouns(sentence, around, judged, named, made)
    sure = {one.aspect for one in made if one.polarity}
    made = [one for one in made if one.polarity or one.aspect not in sure]  # a mention beside a judgement says nothing
    return sorted(_unique(made), key=lambda opinion: opinion.start)


#: 'I wish it were longer': what a comparison in a wish says of the piece.
COMPARED = {
    "cmp_longer": ("length", "short"), "cmp_shorter": ("length", "long"),
    "cmp_looser": ("fit", "tight"), "cmp_tighter": ("fit", "loose"),
}  # fmt: skip


def _of_wishes(sentence: Sentence, made: Sequence[Opinion]) -> list[Opinion]:
    """A comparison in a wish: what was had is judged by what is wished for."""
    if not sentence.has("wish"):
        return []
    found: list[Opinion] = []
    for match in sentence.found:
        aspect, value = COMPARED.get(match.pattern.kind, ("", ""))
        if not aspect or any(one.aspect == aspect for one in (*made, *found)):
            continue
        following = sentence.keys[match.last + 1 : match.last + 2]
        if following not in (("than",), ("que",), ("qu",)):
            words, start, end = sentence.passage(match.first, match.last)
            found.append(Opinion(aspect, value, -1, words, start, end, True))
    return found


def _longest(found: Sequence[Match]) -> list[Match]:
    """Matches that don't overlap, the longest first."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda one: (one.first - one.last, one.first)):
        if all(match.last < other.first or match.first > other.last for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda one: one.first)


def _of_judged(sentence: Sentence, match: Match) -> Opinion | None:
    pattern = match.pattern
    if _not_own(sentence, match.first):
        return None
    words, start, end = sentence.passage(match.first, match.last)
    polarity = pattern.polarity or 0
    negations = [one.first for one in sentence.found if one.pattern.kind == "negators"]
    near = [
        at
        for at in negations
        if match.first - 3 <= at < match.first - (sentence.keys[at] in NO_BACKWARD) or match.last < at <= match.last + 2
    ] + [at for at in negations if at == match.first - 1 and sentence.keys[at] in NO_BACKWARD]
    if polarity and turned(match.first, match.last, near, sentence.keys, sentence.clause, sentence.language):
        return Opinion(pattern.aspect, TURNED[pattern.aspect, polarity], -polarity, words, start, end)
    return Opinion(pattern.aspect, pattern.value, polarity, words, start, end)


def _not_own(sentence: Sentence, first: int) -> bool:
    """Whether a word stands in a clause after the words that say that somebody else thinks so."""
    return any(
        match.pattern.kind == "others"
        and sentence.clause[match.first] == sentence.clause[first]
        and match.first <= first
        for match in sentence.found
    )


@dataclass(frozen=True)
class _Named:
    aspect: str
    value: str
    first: int
    last: int


def _named(sentence: Sentence, taken: set[int]) -> list[_Named]:
    """Values without a sign of their own: of the lexicon and of the vocabulary."""
    found = [
        _Named(match.pattern.aspect, match.pattern.value, match.first, match.last)
        for match in _longest([one for one in sentence.found if one.pattern.kind == "named"])
        if not any(at in taken for at in range(match.first, match.last + 1))
    ]
    for value in values_in(sentence.text, sentence.language):
        place = _words_of(sentence, value)
        if place is None or any(one.first <= place[1] and place[0] <= one.last for one in found):
            continue
        found.append(_Named(value.aspect, value.value, *place))
    return sorted(found, key=lambda one: one.first)


def _words_of(sentence: Sentence, value: Value) -> tuple[int, int] | None:
    inside = [at for at, word in enumerate(sentence.words) if word.end > value.start and word.start < value.end]
    return (inside[0], inside[-1]) if inside else None


def _of_named(
    sentence: Sentence,
    one: _Named,
    around: Sequence[Feeling],
    judged: Sequence[Match],
    named: Sequence[_Named],
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
    one: _Named,
    around: Sequence[Feeling],
    judged: Sequence[Match],
    named: Sequence[_Named],
    made: Sequence[Opinion],
) -> int:
    clause = sentence.clause[one.first]
    if _not_own(sentence, one.first):
        return 0
    if sentence.has("irony", clause):
        return -1
    if _after_rather(sentence, one):
        return -1
    own = _own_feelings(sentence, clause, around)
    if one.aspect == "fabric":  # 'the wool is scratchy' is said of the wool
        told = [o.polarity for o in made if o.aspect == "fabric" and _clause_at(sentence, o.start) == clause]
        if told:
            return told[0]
    outside = [feeling for feeling in own if not one.first <= feeling.first <= one.last]
    if sentence.has("wish", clause) and not any(feeling.sign < 0 for feeling in outside):
        return 1
    if sign := felt(one.first, one.last, outside):
        return sign
    if (sign := _negated(sentence, one)) and one.aspect != "occasion":
        return sign
    if _describes(sentence, one, named):
        return 0
    if sign := _borrowed(sentence, clause, around, judged, named):
        return sign
    if one.aspect == "occasion":
        if one.first and sentence.keys[one.first - 1] in ASIDE:
            return 0
        bad = [o for o in made if o.polarity < 0 and _clause_at(sentence, o.start) == clause and o.aspect != "occasion"]
        return -1 if bad or _negated(sentence, one) else 1
    return 0


def _own_feelings(sentence: Sentence, clause: int, around: Sequence[Feeling]) -> list[Feeling]:
    """The feelings of a clause that are the writer's."""
    return [f for f in around if sentence.clause[f.first] == clause and not _not_own(sentence, f.first)]


def _negated(sentence: Sentence, one: _Named) -> int:
    """-1 where a negation stands right before the value ('not the navy', 'pas pour le bureau')."""
    negations = [m.first for m in sentence.found if m.pattern.kind == "negators"]
    return -1 if turned(one.first, one.last, negations, sentence.keys, sentence.clause, sentence.language) else 0


def _after_rather(sentence: Sentence, one: _Named) -> bool:
    before = " ".join(sentence.keys[max(0, one.first - 5) : one.first])
    return any(words in before for words in RATHER.get(sentence.language, ()))


#: Before an occasion: it tells when, not what for.
ASIDE = {"after", "since", "before", "apres", "depuis", "avant", "until", "during"}


def _describes(sentence: Sentence, one: _Named, named: Sequence[_Named]) -> bool:
    """Whether a colour only says which piece is meant ('une robe blanche', 'the white dress')."""
    beside = one.first - 1 if sentence.language == "fr" else one.last + 1
    return one.aspect == "colour" and any(n.aspect == "kind" and n.first <= beside <= n.last for n in named)


def _borrowed(
    sentence: Sentence, clause: int, around: Sequence[Feeling], judged: Sequence[Match], named: Sequence[_Named]
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
        total = sum(feeling.sign for feeling in _own_feelings(sentence, beside, around))
        if total:
            return 1 if total > 0 else -1
    return 0


def _clause_at(sentence: Sentence, start: int) -> int:
    return next((c for word, c in zip(sentence.words, sentence.clause, strict=True) if word.start >= start), -1)


def _of_kinds(sentence: Sentence, one: _Named, named: Sequence[_Named]) -> bool:
    """A kind of piece is judged as such where it stands in the plural and its clause speaks of nothing else."""
    clause = sentence.clause[one.first]
    alone = not any(sentence.clause[n.first] == clause and n.aspect != "kind" for n in named)
    nouns = any(m.pattern.kind.startswith("nouns_") and sentence.clause[m.first] == clause for m in sentence.found)
    return sentence.keys[one.last].endswith(("s", "x")) and alone and not nouns


def _worth_telling(sentence: Sentence, one: _Named) -> bool:
    """Whether a value without a judgement is told at all: named by itself, and not as what a piece looks like."""
    before = sentence.keys[one.first - 1] if one.first else ""
    if one.aspect == "occasion" and before in ASIDE:
        return False
    return one.aspect in ("fabric", "length", "fit") or before in ARTICLES or len(sentence.keys) <= 3


def _of_nouns(
    sentence: Sentence,
    around: Sequence[Feeling],
    judged: Sequence[Match],
    named: Sequence[_Named],
    made: Sequence[Opinion],
) -> list[Opinion]:
    """'The colour is lovely': an aspect that is judged without a value."""
    found: list[Opinion] = []
    for match in sentence.found:
        kind = match.pattern.kind
        if not kind.startswith("nouns_"):
            continue
        aspect, clause = kind.removeprefix("nouns_"), sentence.clause[match.first]
        told = any(o.aspect == aspect and _clause_at(sentence, o.start) == clause for o in (*made, *found))
        if told or _not_own(sentence, match.first) or sentence.has("service", clause):
            continue
        one = _Named(aspect, "", match.first, match.last)
        sign = felt(one.first, one.last, _own_feelings(sentence, clause, around)) or _negated(sentence, one)
        sign = sign or (-1 if sentence.has("wish", clause) or _after_rather(sentence, one) else 0)
        sign = sign or _borrowed(sentence, clause, around, judged, named)
        if sentence.has("irony", clause):
            sign = -1
        if sign:
            words, start, end = sentence.passage(match.first, match.last)
            found.append(Opinion(aspect, "", sign, words, start, end))
    return found


def _unique(made: Sequence[Opinion]) -> list[Opinion]:
    """One opinion for an aspect and value; where two signs contradict each other, the later words count."""
    kept: dict[tuple[str, str], Opinion] = {}
    for one in sorted(made, key=lambda opinion: opinion.start):
        kept[one.aspect, one.value] = one
    return list(kept.values())


def read_comment(comment: Comment) -> Reading:
    """Everything that a comment says, and what of it is left out: presents, service, other languages."""
    said: list[Said] = []
    left: list[LeftOut] = []
    languages: set[str] = set()
    before = comment.language if comment.language in READ else ""
    parts = sentences(comment.text)
    if not parts:
        return Reading((), (LeftOut(comment.id, comment.text, "empty"),))
    read: list[Sentence] = []
    for text, _place in parts:
        keys = [word.key for word in tokens(text, before or "en")]
        tongue = language_of(keys, before or comment.language[:2])
        if tongue not in READ and tongue:
            languages.add(tongue)
            left.append(LeftOut(comment.id, text, "language"))
            continue
        languages.add(tongue or "en")
        read.append(parsed(text, tongue or "en"))
    if any(sentence.has("gift") for sentence in read):
        left += [LeftOut(comment.id, sentence.text, "present") for sentence in read]
        return Reading((), tuple(left), frozenset(languages))
    for sentence in read:
        found = opinions(sentence)
        if not found and sentence.has("service"):
            left.append(LeftOut(comment.id, sentence.text, "service"))
        elif not found and sentence.has("others"):
            left.append(LeftOut(comment.id, sentence.text, "other_person"))
        said += [
            Said(one, comment.id, sentence.text, comment.source, comment.written_on, comment.sku, sentence.language)
            for one in found
        ]
    return Reading(tuple(said), tuple(left), frozenset(languages))
