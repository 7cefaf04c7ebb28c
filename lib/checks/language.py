"""Is a text in the language that was asked for? By sentence, so that a passage in another language is marked.

Two witnesses: the function words of French and English, which decide in short texts, and py3langid (Lui and Baldwin,
2012, langid.py: naive Bayes over byte n-grams), restricted to languages that a fashion house publishes in. Names,
figures and words that both languages share count for nothing. A text too short to tell is 'unsure', which is no
failure.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from lib.checks.lexicon import context
from lib.checks.model import Finding, Verdict
from lib.checks.words import Phrases, Word, sentences, words
from lib.i18n import N_

# Languages a model might fall into. Close relatives of rarer use (Catalan, Galician, Walloon, Scots) are left out: they
# would draw short French and English titles away.
LANGUAGES = ("fr", "en", "it", "es", "de", "pt", "nl", "pl", "sv", "da", "ja", "zh", "ko", "ar", "ru", "tr")
LATIN = frozenset({"fr", "en", "it", "es", "de", "pt", "nl", "pl", "sv", "da", "tr"})
SURE = 0.80  # py3langid's normalised probability from which its answer counts
SHORT = 4  # words left after names: below this only function words can tell
LONG_ENOUGH = 6  # words from which py3langid alone may call a passage foreign

# (asked, found) -> message for a whole text, message for one sentence; None for any other pair.
MESSAGES: dict[tuple[str, str] | None, tuple[str, str]] = {
    ("fr", "en"): (
        N_("This text is in English, but French was asked for. Generate it again, or translate it."),
        N_("“{passage}” is in English, but French was asked for. Translate this sentence."),
    ),
    ("en", "fr"): (
        N_("This text is in French, but English was asked for. Generate it again, or translate it."),
        N_("“{passage}” is in French, but English was asked for. Translate this sentence."),
    ),
    None: (
        N_("This text isn't in the language that was asked for ({asked}); it reads as “{found}”. Generate it again."),
        N_("“{passage}” isn't in the language that was asked for ({asked}); it reads as “{found}”. Translate it."),
    ),
}

# Function words that don't exist in the other language (so not: on, me, a, son, main, pour as in 'pour', or, but,
# dans). Romance words: Italian, Spanish and Portuguese have them too, so alone they don't make a text French. In both
# languages, or in neither alone: no evidence.


@dataclass(frozen=True)
class Guess:
    """The language found, or None when the text can't tell; ``sure`` between 0 and 1."""

    language: str | None
    sure: float


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier


_lock = threading.Lock()


def _rank(text: str) -> list[tuple[str, float]]:
    with _lock:  # the identifier is built once, and two script threads may ask for it at the same moment
        identifier = _identifier()
    ranked: list[tuple[str, float]] = identifier.rank(text)
    return ranked


def guess_language(text: str, names: Iterable[str] = ()) -> Guess:
    """The language of ``text``; ``names`` (product names, houses) count for nothing.

    Other scripts are told by their letters, French and English by function words first.
    """
    told = _content(text, tuple(names))
    if not told:
        return Guess(None, 0.0)
    french, english = (_evidence(told, language) for language in ("fr", "en"))
    strong = context("function_words", "fr") - context("romance") - context("shared")
    if english < french and len(told) >= SHORT and not any(word.text in strong for word in told):
        # nothing here is French alone: Italian and Spanish have these words too
        return _statistical(text, told, 0.0, english)
    if max(french, english) >= 2 and max(french, english) >= 3 * min(french, english):
        winner = "fr" if french > english else "en"
        return Guess(winner, 0.97 if max(french, english) >= 3 else 0.9)
    return _statistical(text, told, french, english)


def _statistical(text: str, told: list[Word], french: float, english: float) -> Guess:
    plain = " ".join(text[word.start : word.end] for word in told)
    if len(told) < SHORT and max(plain) < "\u0250":
        return Guess(None, 0.0)  # too little for statistics, and no script that tells by itself
    language, sure = _rank(plain)[0]
    if language not in LATIN and any(ord(letter) > 0x24F for letter in plain):
        return Guess(language, sure)
    evidence = {"fr": french, "en": english}
    if french == english > 0:
        return Guess(None, sure)
    if language in evidence and evidence[language] >= max(evidence.values()) and len(told) >= SHORT:
        return Guess(language, sure) if sure >= SURE or evidence[language] else Guess(None, sure)
    if len(told) >= LONG_ENOUGH and sure >= SURE and max(french, english) < 0.2 * len(told):
        return Guess(language, sure)
    return Guess(None, sure)


@cache
def _names(names: tuple[str, ...]) -> Phrases[None]:
    return Phrases((name, None) for name in names)


def _content(text: str, names: tuple[str, ...]) -> list[Word]:
    """Words that can tell: without figures, given names, and capitalised words inside a sentence."""
    found = words(text)
    hidden = {place for match in _names(names).find(found) for place in range(match.first, match.last)}
    opens = {start for start, _end in sentences(text)}
    kept = []
    for place, word in enumerate(found):
        proper = text[word.start].isupper() and word.start not in opens and not text.isupper() and not _is_title(text)
        if place not in hidden and not proper and not word.text[0].isdigit():
            kept.append(word)
    return kept


def _is_title(text: str) -> bool:
    """Most words capitalised ('The Long Wool Coat'): capitals tell nothing about names there."""
    long_words = [word for word in words(text) if len(word.text) > 3]
    return sum(text[word.start].isupper() for word in long_words) > 0.6 * len(long_words)


def _evidence(told: list[Word], language: str) -> float:
    listed = context("function_words", language)
    return sum(0.0 if word.text in context("shared") else 1.0 for word in told if word.text in listed)


def language_findings(text: str, path: str, asked: str, names: Iterable[str] = ()) -> list[Finding]:
    """FAIL where the whole text is in another language than ``asked`` ('fr', 'en', ...), WARN for single sentences.

    ``values`` hold the languages' codes (ISO 639) and, for a sentence, the passage.
    """
    given = tuple(names)
    pieces = list(sentences(text))
    guesses = [(start, end, guess_language(text[start:end], given)) for start, end in pieces]
    foreign = [(start, end, found.language) for start, end, found in guesses if found.language not in (None, asked)]
    whole = guess_language(text, given).language
    letters = sum(end - start for start, end in pieces) or 1
    if whole not in (None, asked) and (not foreign or sum(e - s for s, e, _ in foreign) > 0.6 * letters):
        return [_finding(path, Verdict.FAIL, asked, whole or "", 0, len(text), "")]
    return [_finding(path, Verdict.WARN, asked, found or "", s, e, _short(text[s:e])) for s, e, found in foreign]


def _finding(path: str, verdict: Verdict, asked: str, found: str, start: int, end: int, passage: str) -> Finding:
    messages = MESSAGES.get((asked, found)) or MESSAGES[None]
    values = {"asked": asked, "found": found, **({"passage": passage} if passage else {})}
    return Finding(path, verdict, messages[bool(passage)], values, start, end, kind="language")


def _short(text: str, most: int = 80) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"
