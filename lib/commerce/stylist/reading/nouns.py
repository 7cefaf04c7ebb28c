"""An aspect that is judged without a value: 'the colour is lovely'."""

from __future__ import annotations

from collections.abc import Sequence

from lib.commerce.stylist.model import Opinion
from lib.commerce.stylist.reading.lexicon import Match
from lib.commerce.stylist.reading.named import Named, borrowed, negated
from lib.commerce.stylist.reading.scopes import Feeling, felt
from lib.commerce.stylist.reading.sentence import Sentence, after_rather, clause_at, not_own, own_feelings


def of_nouns(
    sentence: Sentence,
    around: Sequence[Feeling],
    judged: Sequence[Match],
    named: Sequence[Named],
    made: Sequence[Opinion],
) -> list[Opinion]:
    """'The colour is lovely': an aspect that is judged without a value."""
    found: list[Opinion] = []
    for match in sentence.found:
        kind = match.pattern.kind
        if not kind.startswith("nouns_"):
            continue
        aspect, clause = kind.removeprefix("nouns_"), sentence.clause[match.first]
        told = any(o.aspect == aspect and clause_at(sentence, o.start) == clause for o in (*made, *found))
        if told or not_own(sentence, match.first) or sentence.has("service", clause):
            continue
        one = Named(aspect, "", match.first, match.last)
        sign = felt(one.first, one.last, own_feelings(sentence, clause, around)) or negated(sentence, one)
        sign = sign or (-1 if sentence.has("wish", clause) or after_rather(sentence, one.first) else 0)
        sign = sign or borrowed(sentence, clause, around, judged, named)
        if sentence.has("irony", clause):
            sign = -1
        if sign:
            words, start, end = sentence.passage(match.first, match.last)
            found.append(Opinion(aspect, "", sign, words, start, end))
    return found
