"""A sentence of the person's, in French or English, read into what steers and what must or must not be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from lib.i18n import LANGUAGES
from lib.merchandising.product_ideation.levels import KINDS, level
from lib.merchandising.product_ideation.line import PastLine
from lib.vocabulary import find
from lib.vocabulary.matching import bare

Pair = tuple[str, str]  # attribute, value

# What a word does to the values after it, up to the next comma, 'but' or 'with'; of several the last one counts.
_MARKS = re.compile(
    r"""(?ix)\b(?:
    (?P<more>not\ only|pas\ seulement|au\ moins|at\ least)
    |(?P<less>less|fewer|moins|not\ too\ (?:much|many)|not\ so\ (?:much|many)|pas\ trop|pas\ autant)
    |(?P<never>no\ more|must\ not|no|not|without|never|avoid|nor|sans|pas|jamais|aucune?|évite[rz]?|ni
        |ne\ \w+\ plus|n['’]\w+\ plus)
    |(?P<only>nothing\ but|must|only|exclusively|all\ in|everything\ in|rien\ que|seulement|uniquement|exclusivement
        |doi(?:t|vent)|il\ faut|obligatoirement|impérativement|tout\ en)
    |(?P<soft>more|plus|davantage|rather|prefer\w*|plutôt|préfér\w*|surtout|mostly|mainly)
    )\b"""
)
_AFTER = re.compile(r"(?i)^\s+(?:only|exclusively|seulement|uniquement|exclusivement)\b")  # 'linen only'
_BREAK = re.compile(r"(?i)[,.;:!?]|\b(?:but|mais|with|avec|however)\b")
_JOINED = re.compile(r"(?i)^\s*(?:with|avec)\b")  # 'only with buttons'
Sense = Literal["more", "less", "only", "never"]
# Values that a word means beside its own and those that hold it ('silk' in 'silk satin').
FAMILIES: dict[str, tuple[str, ...]] = {
    "wool": ("merino", "lambswool"),
    "knit": ("rib_knit", "cable_knit", "chunky_knit"),
    "stripes": ("breton", "pinstripes"),
    "check": ("gingham", "tartan", "windowpane", "prince_of_wales"),
}
_SMALL_WORDS = """
    a an the of in on for with and or to is be it its i we want more please some any all only from as at by le la
    les un une des du de d l et ou en au aux pour avec sur dans que qui je nous veux voudrais voulons plus tres
    très ideas idea idees idées idee idée pieces pièces something quelque chose house maison season saison make
    made fait faire but mais no not without never avoid less fewer sans pas jamais aucun aucune evitez évitez
    moins ni rather plutot plutôt davantage surtout mostly mainly least seulement uniquement exclusivement
    exclusively rien doit doivent must faut obligatoirement imperativement impérativement tout toute everything nothing
    eviter éviter prefer prefere préfère fewer too much many trop autant nor were veut have avoir être etre
"""
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True)
class Wishes:
    """A sentence as it was understood. ``more`` and ``less`` steer; ``must``, ``must_not`` and ``categories`` bind."""

    categories: tuple[str, ...] = ()
    must: tuple[Pair, ...] = ()
    must_not: tuple[Pair, ...] = ()
    more: tuple[Pair, ...] = ()
    less: tuple[Pair, ...] = ()
    unheard: tuple[str, ...] = ()  # words that say something which isn't among the line's values

    @property
    def heard(self) -> int:
        return sum(len(part) for part in (self.categories, self.must, self.must_not, self.more, self.less))


def wishes(sentence: str, line: PastLine, known: Mapping[str, set[str]] | None = None) -> Wishes:
    """What a sentence asks for. ``known``: further values that may be asked for, by attribute (a partner's codes).

    Only 'only', 'must', 'without', 'no' and their like bind; a value that is just named, or wanted 'more' or 'less',
    steers the search and leaves it room. Both languages are tried; the one that more words are understood in counts.
    """
    read = [_read(sentence, line, known or {}, language) for language in LANGUAGES]
    return max(read, key=lambda one: (one.heard, -len(one.unheard)))


def _read(sentence: str, line: PastLine, known: Mapping[str, set[str]], language: str) -> Wishes:
    found: dict[Sense, list[Pair]] = {"more": [], "less": [], "only": [], "never": []}
    heard = [False] * len(sentence)
    for mention in find(sentence, language):
        for attribute in (name for name, kinds in KINDS.items() if mention.kind in kinds):
            values = _values(attribute, mention.concept, line, known)
            if values:
                heard[mention.start : mention.end] = [True] * (mention.end - mention.start)
                found[_sense(sentence, mention.start, mention.end)] += [(attribute, value) for value in values]
    unheard = []
    for match in re.finditer(r"[^\W\d_]{3,}", sentence):
        word = match.group()
        if heard[match.start()] or bare(word) in _SMALL or word.casefold() in _SMALL:
            continue
        # A word that in a running text may mean something else ('buttons', 'long') is taken as a value here.
        pairs = _alone(word, line, known)
        if pairs:
            found[_sense(sentence, match.start(), match.end())] += pairs
        else:
            unheard.append(word)
    only = list(dict.fromkeys(found["only"]))
    return Wishes(
        categories=tuple(value for name, value in only if name == "category"),
        must=tuple(pair for pair in only if pair[0] != "category"),
        must_not=tuple(dict.fromkeys(found["never"])),
        more=tuple(dict.fromkeys(found["more"])),
        less=tuple(dict.fromkeys(found["less"])),
        unheard=tuple(unheard),
    )


def _alone(word: str, line: PastLine, known: Mapping[str, set[str]]) -> list[Pair]:
    """The values that a single word means, of the first attribute that has any."""
    for attribute in KINDS:
        values = _values(attribute, level(attribute, word), line, known)
        if values:
            return [(attribute, value) for value in values]
    return []


def _values(attribute: str, asked: str, line: PastLine, known: Mapping[str, set[str]]) -> list[str]:
    """The line's values that a word means: itself, its family, and what is made of it (silk satin of silk)."""
    offered = line.categories if attribute == "category" else line.values.get(attribute, ())
    there = [*offered, *sorted(known.get(attribute, set()) - set(offered))]
    if not asked or attribute not in ("fabric", "pattern", "colour"):
        return [value for value in there if value == asked]
    family = FAMILIES.get(asked, ())
    return [value for value in there if value == asked or value in family or asked in value.split("_")]


def _sense(sentence: str, start: int, end: int) -> Sense:
    """What the last mark before a place, with nothing between them that ends its reach, or 'only' after it, says."""
    marks = list(_MARKS.finditer(sentence[:start]))
    if marks:
        between = _JOINED.sub("", sentence[marks[-1].end() : start])
        named = marks[-1].lastgroup
        if not _BREAK.search(between) and named in ("less", "only", "never"):
            return cast(Sense, named)
    return "only" if _AFTER.match(sentence[end:]) else "more"
