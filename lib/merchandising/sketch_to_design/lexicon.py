"""The words of a brief in French and English, read once from ``wordlists/*.toml`` and from the colour list."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lib.atelier.colours import colour_list

LISTS = Path(__file__).parent / "wordlists"
LANGUAGES = ("fr", "en")
_TOKEN = re.compile(r"\d+/\d+|[^\W\d_]+|\d+|[,;:.?!()]")
#: Words that are another word in the singular: 'shorts' are trousers, 'short' is a length; 'boucles' are earrings.
_AS_WRITTEN = frozenset({"shorts", "boucles"})


@dataclass(frozen=True)
class Token:
    """A word or a sign: ``key`` is how words are compared, ``start`` and ``end`` are offsets in the text."""

    key: str
    start: int
    end: int

    @property
    def sign(self) -> bool:
        return not self.key[0].isalnum()


@dataclass(frozen=True)
class Term:
    """What a surface may stand for: an attribute and its values, the first that a piece can be had with counts.

    ``near``: not the same, but the nearest that can be drawn, as a chair is of an armchair.
    """

    attribute: str
    values: tuple[str, ...]
    near: bool = False


def bare(word: str) -> str:
    """Small letters without accents."""
    spelled = unicodedata.normalize("NFKD", word.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(letter for letter in spelled if not unicodedata.combining(letter)).casefold()


def stem(word: str) -> str:
    """A word without plural and feminine endings, so that 'rayées' and 'rayé' are one."""
    plain = bare(word)
    if plain in _AS_WRITTEN:
        return plain
    if len(plain) > 3 and plain[-1] in "sx" and not plain.endswith("ss"):
        plain = plain[:-1]
    return plain.rstrip("e") if len(plain) > 3 else plain


def tokens(text: str) -> list[Token]:
    """Words and signs of a text; hyphens and apostrophes part words."""
    return [Token(stem(found.group()), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def key(surface: str) -> tuple[str, ...]:
    """A surface as the sequence of its words' keys."""
    return tuple(token.key for token in tokens(surface))


@dataclass(frozen=True)
class Lexicon:
    """One language: ``index`` from a first word to (sequence, terms), the longest first."""

    language: str
    index: Mapping[str, tuple[tuple[tuple[str, ...], tuple[Term, ...]], ...]]
    surfaces: Mapping[str, tuple[Term, ...]]
    negations: tuple[tuple[str, ...], ...]
    joins: frozenset[str]
    ignored: frozenset[str]
    families: frozenset[str]  # colour words that may stand before or after a finer one: 'emerald green'

    def longest(self, words: list[Token], at: int) -> tuple[int, tuple[Term, ...]]:
        """How many words the longest known surface at ``at`` takes, and what it may stand for; (0, ()) for none."""
        for sequence, terms in self.index.get(words[at].key, ()):
            if tuple(word.key for word in words[at : at + len(sequence)]) == sequence:
                return len(sequence), terms
        return 0, ()

    def negation(self, words: list[Token], at: int) -> int:
        """How many words a negation at ``at`` takes; 0 for none."""
        for sequence in self.negations:
            if tuple(word.key for word in words[at : at + len(sequence)]) == sequence:
                return len(sequence)
        return 0


FAMILIES = {
    "fr": ("blanc", "rouge", "bleu", "vert", "jaune", "gris", "brun", "rose", "orange", "noir"),
    "en": ("white", "red", "blue", "green", "yellow", "grey", "gray", "brown", "pink", "orange", "purple"),
}
_NOT_AN_ATTRIBUTE = ("negations", "joins", "ignored")
_NEAR = "near_"  # begins the name of a table of what is drawn by the nearest there is


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language ('fr' or 'en')."""
    data = tomllib.loads((LISTS / f"{language}.toml").read_text("utf-8"))
    surfaces: dict[str, list[Term]] = {}
    for attribute, rows in data.items():
        if attribute in _NOT_AN_ATTRIBUTE:
            continue
        for value, words in rows.items():
            for word in words:
                term = Term(attribute.removeprefix(_NEAR), tuple(value.split("|")), attribute.startswith(_NEAR))
                surfaces.setdefault(word, []).append(term)
    for named in colour_list():
        term = Term("colour", (named.english,))
        if term not in surfaces.setdefault(named.french if language == "fr" else named.english, []):
            surfaces[named.french if language == "fr" else named.english].append(term)
    table: dict[str, dict[tuple[str, ...], list[Term]]] = {}
    for surface, terms in surfaces.items():
        sequence = key(surface)
        known = table.setdefault(sequence[0], {}).setdefault(sequence, [])
        known += [term for term in terms if term not in known]
    return Lexicon(
        language,
        {
            first: tuple((one, tuple(terms)) for one, terms in sorted(rest.items(), key=lambda row: -len(row[0])))
            for first, rest in table.items()
        },
        {surface: tuple(terms) for surface, terms in surfaces.items()},
        tuple(sorted((key(word) for word in data["negations"]), key=len, reverse=True)),
        frozenset(word for text in data["joins"] for word in key(text)),
        frozenset(word for text in data["ignored"] for word in key(text)),
        frozenset(word for text in FAMILIES[language] for word in key(text)),
    )
