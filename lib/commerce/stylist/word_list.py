"""The baseline of the reading: a word list, as a house's first script would use it.

Aspects by their words, and for the whole sentence the sign of good words minus bad words (the counting of Hu and Liu's
2004 lists without scopes, negations, wishes or judged expressions). The words are the reader's own, so that what is
compared is the reading and not the length of the list.
"""

from __future__ import annotations

from lib.commerce.stylist.model import Opinion
from lib.commerce.stylist.reading.lexicon import matches
from lib.commerce.stylist.reading.values import values_in
from lib.commerce.stylist.reading.words import clause_of, tokens


def read_by_list(text: str, language: str) -> list[Opinion]:
    """The opinions that a word list gives of a sentence."""
    words = tokens(text, language)
    whole = clause_of(words, False)
    keys = [word.key for word in words]
    found = matches(whole.norm, whole.places, keys, language)
    good = sum(match.pattern.kind == "positive" for match in found)
    bad = sum(match.pattern.kind == "negative" for match in found)
    for match in found:  # single judged words are in any list of good and bad words
        if match.pattern.kind == "judged" and match.first == match.last:
            good += match.pattern.polarity == 1
            bad += match.pattern.polarity == -1
    sign = (good > bad) - (good < bad)
    aspects = {match.pattern.aspect for match in found if match.pattern.kind in ("judged", "named")}
    aspects |= {m.pattern.kind.removeprefix("nouns_") for m in found if m.pattern.kind.startswith("nouns_")}
    aspects |= {value.aspect for value in values_in(text, language)}
    return [Opinion(aspect, "", sign) for aspect in sorted(aspects) if aspect]
