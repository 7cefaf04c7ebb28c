"""A text taken apart: paragraphs, sentences, words, syllables, and its language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lib.commerce.product_descriptions.lexicon import word_lists

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*")
_BULLET = re.compile(r"^\s*(?:[•·▪‣●*–—-]|\d{1,2}[.)])\s+")
_SALUTATION = re.compile(r"^[^\W\d_]+(?: [^\W\d_]+){0,2},$")
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/h\d|/ul|/ol)\b[^<>]{0,200}>", re.IGNORECASE)
_ITEM = re.compile(r"<\s*li\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")
_ADDRESS = re.compile(r"https?://\S+|(?<!\w)[#@]\w+")
_END = re.compile(r"(?<=[.!?…])[\"'»”’)\]]*\s+(?=[^\s\d%]|\d)")
_ELISION = re.compile(r"^(?:l|d|j|m|t|s|c|n|qu|jusqu|lorsqu|puisqu)['’]", re.IGNORECASE)


@dataclass(frozen=True)
class Prose:
    """One text in one language ('fr' or 'en'), its parts found once."""

    text: str
    language: str

    @cached_property
    def clean(self) -> str:
        """The text as it is read: without mark-up, addresses, hashtags and mentions."""
        text = self.text
        if "<" in text:
            text = _TAG.sub(" ", _ITEM.sub("\n• ", _BREAK.sub("\n", text)))
        return _ADDRESS.sub(" ", text) if "#" in text or "@" in text or "http" in text else text

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Lines with a word in them, spaces joined; a salutation ('Bonjour,') is none."""
        lines = (" ".join(line.split()) for line in self.clean.splitlines())
        return tuple(line for line in lines if _WORD.search(line) and not _SALUTATION.match(line))

    @cached_property
    def bullets(self) -> tuple[str, ...]:
        """Lines that start with a bullet, a dash or a number, without that mark."""
        return tuple(_BULLET.sub("", line) for line in self.lines if _BULLET.match(line))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Sentences of the running text; bullets are no sentences. A line end ends a sentence."""
        running = (line for line in self.lines if not _BULLET.match(line))
        pieces = (piece.strip() for line in running for piece in _END.split(line))
        return tuple(piece for piece in pieces if _WORD.search(piece))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words in lower case, sentences first, then bullets; elided articles ("l'", "d'") are taken off.

        Numbers count as words, the numbers of a numbered list don't.
        """
        return tuple(word for passage in (*self.sentences, *self.bullets) for word in words_of(passage))


def words_of(text: str) -> tuple[str, ...]:
    """Words of ``text`` in lower case, elided articles taken off."""
    return tuple(_ELISION.sub("", word) for word in _WORD.findall(text.casefold()))


def sentence_words(prose: Prose) -> int:
    """How many words stand in sentences, bullets left out."""
    return sum(len(_WORD.findall(sentence)) for sentence in prose.sentences)


@lru_cache(maxsize=100_000)
def syllables(word: str, language: str) -> int:
    """Syllables of one word by its groups of vowels; a silent final e is not counted. A count, not a dictionary."""
    groups = len(re.findall(r"[aeiouyàâäéèêëîïôöùûüœæ]+", word))
    if language == "fr":
        silent = bool(re.search(r"[^aeiouyàâäéèêëîïôöùûü](?:e|es|ent)$", word))
    else:
        silent = bool(re.search(r"[^aeiouyl](?:e|es|ed)$", word)) and not re.search(
            r"(?:[sxz]|ch|sh|c|g)es$|[td]ed$", word
        )
    return max(1, groups - (1 if silent and groups > 1 else 0))


def guess_language(text: str, default: str = "en") -> str:
    """'fr' or 'en' by counting the two languages' most frequent words; ``default`` where neither leads."""
    words = _WORD.findall(text.casefold())
    known = {language: frozenset(word_lists(language)["frequent"]) for language in ("fr", "en")}
    french = sum(word in known["fr"] or bool(_ELISION.match(word)) for word in words)
    french += sum(any(c in "éèêàçùâîôûœ" for c in word) for word in words)
    english = sum(word in known["en"] for word in words)
    return default if french == english else "fr" if french > english else "en"
