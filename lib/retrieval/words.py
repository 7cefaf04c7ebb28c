"""Words as they are searched: folded, without function words, stemmed (Snowball: Porter, 2001)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, Final

LANGUAGES: Final = {"fr": "french", "en": "english"}
_WORD: Final = re.compile(r"[^\W_]+", re.UNICODE)
_ELISION: Final = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)", re.IGNORECASE)
_OWN: Final = re.compile(r"['’]s\b")
_STOP: Final = {
    "fr": frozenset(
        [
            "a",
            "ai",
            "au",
            "aux",
            "avec",
            "avez",
            "avons",
            "c",
            "ce",
            "ces",
            "cet",
            "cette",
            "d",
            "dans",
            "de",
            "des",
            "du",
            "elle",
            "elles",
            "en",
            "es",
            "est",
            "et",
            "etre",
            "eu",
            "il",
            "ils",
            "j",
            "je",
            "l",
            "la",
            "le",
            "les",
            "leur",
            "leurs",
            "lui",
            "m",
            "ma",
            "mais",
            "me",
            "mes",
            "mon",
            "n",
            "ne",
            "nos",
            "notre",
            "nous",
            "on",
            "ont",
            "ou",
            "par",
            "pas",
            "pour",
            "qu",
            "que",
            "qui",
            "s",
            "sa",
            "se",
            "ses",
            "si",
            "son",
            "sont",
            "sur",
            "t",
            "ta",
            "te",
            "tes",
            "ton",
            "tu",
            "un",
            "une",
            "vos",
            "votre",
            "vous",
            "y",
        ]
    ),
    "en": frozenset(
        [
            "a",
            "am",
            "an",
            "and",
            "are",
            "as",
            "at",
            "be",
            "been",
            "but",
            "by",
            "did",
            "do",
            "does",
            "for",
            "from",
            "had",
            "has",
            "have",
            "he",
            "her",
            "his",
            "i",
            "if",
            "in",
            "into",
            "is",
            "it",
            "its",
            "me",
            "my",
            "no",
            "nor",
            "not",
            "of",
            "on",
            "or",
            "our",
            "she",
            "so",
            "such",
            "that",
            "the",
            "their",
            "them",
            "then",
            "there",
            "these",
            "they",
            "this",
            "to",
            "was",
            "we",
            "were",
            "what",
            "when",
            "where",
            "which",
            "who",
            "will",
            "with",
            "would",
            "you",
            "your",
        ]
    ),
}


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(LANGUAGES[language])


def fold(text: str) -> str:
    """Lower case without accents: 'Été' is 'ete'."""
    parts = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).lower()


@lru_cache(maxsize=65_536)
def _stem(word: str, language: str) -> str:
    stemmed: str = _stemmer(language).stemWord(word)
    return fold(stemmed)


def stems(text: str, language: str) -> list[str]:
    """The stems of ``text`` as of that language ('fr' or 'en'; any other is taken as English), in its order."""
    known = language if language in LANGUAGES else "en"
    bare = _ELISION.sub("", text) if known == "fr" else _OWN.sub("", text)
    words = _WORD.findall(unicodedata.normalize("NFC", bare).lower())
    return [found for word in words if fold(word) not in _STOP[known] and (found := _letters(_stem(word, known)))]


def query_stems(text: str) -> list[str]:
    """The stems of a question whose language nobody knows: as of each language, each once.

    A word that is a function word in either language is left out, unless nothing else is left.
    """
    every = {language: stems(text, language) for language in LANGUAGES}
    common = frozenset[str]().union(*_STOP.values())
    wanted = [stem for found in every.values() for stem in found]
    return list(dict.fromkeys([stem for stem in wanted if stem not in common] or wanted))


def _letters(stem: str) -> str:
    return "".join(letter for letter in stem if letter.isalnum())
