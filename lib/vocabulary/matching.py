"""Finding concepts in a text and reading one attribute's value.

Both compare words without capitals, accents and plural endings, longest match first (greedy, left to right). Surfaces
marked exact count with their capitals and accents, so that 'gris chiné' isn't made in China.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from lib.vocabulary.concepts import LANGUAGES, Concept, Form, concept, concepts

_WORD = re.compile(r"[^\W_]+(?:['’](?=[^\W_]))?|°|%")
_COUNTS = ("one", "two", "three", "un", "une", "deux", "trois")
_NEAR = 87  # rapidfuzz ratio from which a value counts as a spelling of a term
_SHORTEST_NEAR = 6  # letters; shorter words are too close to each other


@dataclass(frozen=True)
class Mention:
    """A concept in a text: ``start`` and ``end`` are character offsets, end exclusive."""

    concept: str
    kind: str
    start: int
    end: int
    surface: str


@dataclass(frozen=True)
class _Token:
    key: str
    start: int
    end: int


def bare(word: str) -> str:
    """Lower case, without accents, with straight apostrophes."""
    word = word.replace("œ", "oe").replace("Œ", "oe").replace("’", "'")
    spelled = unicodedata.normalize("NFKD", word)
    return "".join(c for c in spelled if not unicodedata.combining(c)).casefold()


def _stem(word: str) -> str:
    """A word without its plural (and a French participle without its feminine): 'robes' and 'robe' are one."""
    if len(word) < 4:
        return word
    for ending, short in (("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("aux", "au"), ("eux", "eu")):
        if word.endswith(ending):
            return word[: -len(ending)] + short
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:-1] if word.endswith("ee") and len(word) > 4 else word


@lru_cache(maxsize=50_000)
def _word_key(word: str) -> str:
    """A word as it is compared; texts repeat their words."""
    return _stem(bare(word))


def _tokens(text: str) -> list[_Token]:
    return [_Token(_word_key(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


def _key(surface: str) -> tuple[str, ...]:
    return tuple(token.key for token in _tokens(surface))


@dataclass(frozen=True)
class _Entry:
    concept: str
    kind: str
    exact: str  # '' or the surface that has to stand there letter by letter


def _surfaces(form: Form, language: str) -> Iterator[tuple[str, bool]]:
    """Surfaces with whether they count exactly."""
    strict = set(form.exact)
    for surface in form.exact:
        yield surface, True
    if (form.noun not in strict and not form.weak) or (form.noun not in strict and len(form.noun.split()) > 1):
        yield form.noun, False
    for surface in form.others:
        yield surface, False
    if (form.adjective and language == "fr") or (form.adjective and ("-" in form.adjective or " " in form.adjective)):
        yield form.adjective, False


_Index = dict[str, tuple[tuple[tuple[str, ...], list[_Entry]], ...]]


@cache
def _index(language: str) -> _Index:
    """First word -> word sequences, the longest first, with their entries."""
    index: dict[str, dict[tuple[str, ...], list[_Entry]]] = {}
    counts = {_key(word) for word in _COUNTS}
    for item in concepts():
        form = item.forms[language]
        found = list(_surfaces(form, language))
        # 'two pockets' names a value; in a text it would hide what kind of pockets they are
        found = [(surface, exact) for surface, exact in found if _key(surface)[:1] not in counts]
        if item.kind == "country":
            # 'Italian' asserts an origin as 'Italy' does
            own = [a for a in item.facts.get("adjectives", ()) if (a[0].isupper()) == (language == "en")]
            found += [(adjective, language == "en") for adjective in own]
        for surface, exact in found:
            key = _key(surface)
            if key:
                entry = _Entry(item.id, item.kind, surface.replace("’", "'") if exact else "")
                index.setdefault(key[0], {}).setdefault(key, []).append(entry)
    return {
        first: tuple(sorted(there.items(), key=lambda item: len(item[0]), reverse=True))
        for first, there in index.items()
    }


def _fits(entry: _Entry, text: str) -> bool:
    if not entry.exact:
        return True
    there = text.replace("’", "'")
    return there == entry.exact or there == entry.exact.upper() or there.rstrip("s") == entry.exact


def find(text: str, language: str, kinds: Collection[str] | None = None) -> list[Mention]:
    """Every concept that ``text`` speaks of, in order, without overlaps; the longest match wins.

    So 'cotton candy pink' is a colour and no cotton, 'camel hair' a material and no colour. Where one surface has two
    concepts, all are given, in the vocabulary's order, with the same offsets.
    """
    found = _found(text, language if language in LANGUAGES else "en")
    return list(found) if kinds is None else [mention for mention in found if mention.kind in kinds]


@lru_cache(maxsize=64)  # one text is asked about for several reasons, one right after the other
def _found(text: str, language: str) -> tuple[Mention, ...]:
    tokens = _tokens(text)
    index = _index(language)
    found: list[Mention] = []
    at = 0
    while at < len(tokens):
        length, entries = _longest(tokens, at, index, text)
        if not entries:
            at += 1
            continue
        start, end = tokens[at].start, tokens[at + length - 1].end
        found += [Mention(entry.concept, entry.kind, start, end, text[start:end]) for entry in entries]
        at += length
    return tuple(found)


def _longest(tokens: list[_Token], at: int, index: _Index, text: str) -> tuple[int, list[_Entry]]:
    for key, entries in index.get(tokens[at].key, ()):
        if tuple(token.key for token in tokens[at : at + len(key)]) == key:
            surface = text[tokens[at].start : tokens[at + len(key) - 1].end]
            fitting = [entry for entry in entries if _fits(entry, surface)]
            if fitting:
                return len(key), fitting
    return 0, []


@cache
def _values(language: str) -> dict[tuple[str, ...], list[str]]:
    """Word sequence of every surface, weak ones included, to concept ids."""
    table: dict[tuple[str, ...], list[str]] = {}
    for item in concepts():
        for surface in item.forms[language].all:
            ids = table.setdefault(_key(surface), [])
            if item.id not in ids:
                ids.append(item.id)
    return table


def recognise(value: str, kinds: Collection[str] | None = None, language: str | None = None) -> Concept | None:
    """The concept that an attribute's value names, or None. Spelling may differ a little ('turtle neck', 'Bordeau').

    ``language`` is tried first where it is given, then the other one. ``kinds`` narrows the answer: 'long' is a length
    or a sleeve.
    """
    return _recognised(value, tuple(sorted(kinds)) if kinds is not None else None, language)


@lru_cache(maxsize=20_000)
def _recognised(value: str, kinds: tuple[str, ...] | None, language: str | None) -> Concept | None:
    key = _key(value)
    if not key:
        return None
    order = (language, *(other for other in LANGUAGES if other != language)) if language in LANGUAGES else LANGUAGES
    for tongue in order:
        for identifier in _values(tongue).get(key, ()):
            found = concept(identifier)
            if kinds is None or found.kind in kinds:
                return found
    return _near(" ".join(key), kinds, order)


def _near(words: str, kinds: Collection[str] | None, order: tuple[str, ...]) -> Concept | None:
    """A term that is spelt almost so, when one stands out."""
    if len(words) < _SHORTEST_NEAR:
        return None
    from rapidfuzz import fuzz

    best: tuple[float, Concept] | None = None
    for tongue in order:
        for key, identifiers in _values(tongue).items():
            if len(key) != len(words.split()):
                continue
            score = fuzz.ratio(words, " ".join(key), score_cutoff=_NEAR)
            for identifier in identifiers if score else ():
                found = concept(identifier)
                if (kinds is None or found.kind in kinds) and (best is None or score > best[0]):
                    best = (score, found)
        if best:
            return best[1]
    return None
