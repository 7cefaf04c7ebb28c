"""Expressions with a sign of their own ('too short', 'bouloche'), comparisons in a wish ('I wish it were longer')."""

from __future__ import annotations

from collections.abc import Sequence

from lib.commerce.stylist.model import Opinion
from lib.commerce.stylist.reading.lexicon import Match
from lib.commerce.stylist.reading.scopes import NO_BACKWARD, turned
from lib.commerce.stylist.reading.sentence import Sentence, not_own

#: What a judged value becomes where a negation turns it.
TURNED = {
    ("fit", -1): "right_size", ("fit", 1): "shapeless", ("length", -1): "right_length", ("length", 1): "",
    ("fabric", -1): "keeps_well", ("fabric", 1): "poor_quality", ("price", -1): "good_value",
    ("price", 1): "expensive", ("colour", -1): "as_shown", ("colour", 1): "not_as_shown",
    ("occasion", 1): "nowhere_to_wear", ("occasion", -1): "versatile",
}  # fmt: skip


def of_judged(sentence: Sentence, match: Match) -> Opinion | None:
    pattern = match.pattern
    if not_own(sentence, match.first):
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


#: 'I wish it were longer': what a comparison in a wish says of the piece.
COMPARED = {
    "cmp_longer": ("length", "short"), "cmp_shorter": ("length", "long"),
    "cmp_looser": ("fit", "tight"), "cmp_tighter": ("fit", "loose"),
}  # fmt: skip


def of_wishes(sentence: Sentence, made: Sequence[Opinion]) -> list[Opinion]:
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
