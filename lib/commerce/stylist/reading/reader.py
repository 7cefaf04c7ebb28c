"""A comment read: sentences to opinions on fit, colour, fabric, occasion, length and price.

Rules over lexicons, no model: judged expressions ('too short', 'bouloche') carry their own sign; named values ('navy',
'le bureau') take the sign of the feelings in their clause (Hu and Liu 2004; Ding, Liu and Yu 2008), with negations
turned, wishes ('I wish it were longer') read as what they ask for, and contrasts ('but') as borders. Irony is seen
where an expression gives it away ('congratulations on ...') and missed elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lib.commerce.stylist.model import Comment, LeftOut, Opinion, Reading, Said
from lib.commerce.stylist.reading.judged import COMPARED, of_judged, of_wishes
from lib.commerce.stylist.reading.named import named_in, of_named
from lib.commerce.stylist.reading.nouns import of_nouns
from lib.commerce.stylist.reading.scopes import feelings
from lib.commerce.stylist.reading.sentence import Sentence, longest, parsed
from lib.commerce.stylist.reading.tongues import language_of
from lib.commerce.stylist.reading.words import sentences, tokens

READ = ("fr", "en")


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
    judged = longest([m for m in sentence.found if m.pattern.kind == "judged" and sentence.together(m)])
    taken = {at for match in judged for at in range(match.first, match.last + 1)}
    around = feelings(sentence.found, taken, sentence.words, sentence.clause, sentence.language)
    made = [opinion for match in judged if (opinion := of_judged(sentence, match)) is not None]
    compared = {m.first for m in sentence.found if m.pattern.kind in COMPARED and sentence.has("wish")}
    named = named_in(sentence, taken | {at + 1 for at in compared} | compared)
    made += [opinion for one in named if (opinion := of_named(sentence, one, around, judged, named, made)) is not None]
    made += of_wishes(sentence, made)
    made += of_nouns(sentence, around, judged, named, made)
    sure = {one.aspect for one in made if one.polarity}
    made = [one for one in made if one.polarity or one.aspect not in sure]  # a mention beside a judgement says nothing
    return sorted(_unique(made), key=lambda opinion: opinion.start)


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
