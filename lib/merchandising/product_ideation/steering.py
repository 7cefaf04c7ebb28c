"""A sentence of the person's, in French or English, read into what must and must not be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lib.i18n import LANGUAGES
from lib.merchandising.product_ideation.levels import KINDS, level
from lib.merchandising.product_ideation.line import PastLine
from lib.vocabulary import find
from lib.vocabulary.matching import bare

# What turns a wish into its opposite, for the words after it up to the next comma, 'but' or 'and with'.
_NOT = re.compile(
    r"(?i)\b(?:no|not|without|never|avoid|less|fewer|sans|pas(?: de| d['’])?|jamais|aucune?|évitez|moins de|ni)\b"
)
_BREAK = re.compile(r"(?i)[,.;:!?]|\b(?:but|mais|with|avec|rather|plutôt|however|more|plus de)\b")
_SMALL_WORDS = """
    a an the of in on for with and or to is be it its i we want more please some any all only from as at by le la
    les un une des du de d l et ou en au aux pour avec sur dans que qui je nous veux voudrais voulons plus tres
    très ideas idea idees idées idee idée pieces pièces something quelque chose house maison season saison make
    made fait faire but mais no not without never avoid less fewer sans pas jamais aucun aucune evitez évitez
    moins ni rather plutot plutôt
"""
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True)
class Wishes:
    """A sentence as it was understood."""

    categories: tuple[str, ...] = ()
    must: tuple[tuple[str, str], ...] = ()
    must_not: tuple[tuple[str, str], ...] = ()
    unheard: tuple[str, ...] = ()  # words that say something which isn't among the line's values


def wishes(sentence: str, line: PastLine, known: Mapping[str, set[str]] | None = None) -> Wishes:
    """What a sentence asks for. ``known``: further values that may be asked for, by attribute (a partner's codes).

    Both languages are tried; the one that more words are understood in counts.
    """
    read = [_read(sentence, line, known or {}, language) for language in LANGUAGES]
    return max(read, key=lambda one: (len(one.must) + len(one.must_not) + len(one.categories), -len(one.unheard)))


def _read(sentence: str, line: PastLine, known: Mapping[str, set[str]], language: str) -> Wishes:
    categories: list[str] = []
    must: list[tuple[str, str]] = []
    must_not: list[tuple[str, str]] = []
    heard = [False] * len(sentence)
    for mention in find(sentence, language):
        for attribute in (name for name, kinds in KINDS.items() if mention.kind in kinds):
            if not _there(attribute, mention.concept, line, known):
                continue
            heard[mention.start : mention.end] = [True] * (mention.end - mention.start)
            negated = _negated(sentence, mention.start)
            if attribute == "category" and not negated:
                categories.append(mention.concept)
            elif attribute != "category":
                (must_not if negated else must).append((attribute, mention.concept))
    unheard = []
    for match in re.finditer(r"[^\W\d_]{3,}", sentence):
        word = match.group()
        if heard[match.start()] or bare(word) in _SMALL or word.casefold() in _SMALL:
            continue
        # A word that in a running text may mean something else ('buttons', 'long') is taken as a value here.
        said = next((pair for pair in _alone(word) if _there(*pair, line, known)), None)
        if said is None:
            unheard.append(word)
        elif said[0] == "category":
            categories.append(said[1])
        else:
            (must_not if _negated(sentence, match.start()) else must).append(said)
    return Wishes(
        tuple(dict.fromkeys(categories)), tuple(dict.fromkeys(must)), tuple(dict.fromkeys(must_not)), tuple(unheard)
    )


def _alone(word: str) -> list[tuple[str, str]]:
    """What a single word could be a value of."""
    return [(attribute, level(attribute, word)) for attribute in KINDS]


def _there(attribute: str, value: str, line: PastLine, known: Mapping[str, set[str]]) -> bool:
    if attribute == "category":
        return value in line.categories
    return value in line.values.get(attribute, ()) or value in known.get(attribute, set())


def _negated(sentence: str, start: int) -> bool:
    """Whether a 'no' stands before a place with nothing between them that ends its reach."""
    before = sentence[:start]
    found = list(_NOT.finditer(before))
    return bool(found) and not _BREAK.search(before[found[-1].end() :])
