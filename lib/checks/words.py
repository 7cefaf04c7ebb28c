"""Words of a text with their places, folded for comparison, and quick search for many phrases at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

# Combining marks stay with their letter, so that a text in decomposed form gives the same words as a composed one.
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ﬁ": "fi", "ﬂ": "fl"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word, folded, with its character offsets in the text (end exclusive)."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Lower case without accents or ligatures: 'Cœur d’Été' is 'coeur d’ete'."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=2_000)
def words(text: str) -> tuple[Word, ...]:
    """The text's words and figures in order. Apostrophes, hyphens and other signs separate words."""
    return tuple(Word(fold(match.group()), match.start(), match.end()) for match in WORD.finditer(text))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Character offsets of the text's sentences, blank ones left out. A decimal point ends no sentence."""
    start = 0
    for match in re.finditer(r"[.!?…]+[»”\"')\s]*(?=\s|$)|\n+|\s[•·]\s", text):
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A phrase found: indices of its first word and past its last one, and what the phrase stands for."""

    first: int
    last: int
    value: T


class Phrases(Generic[T]):
    """Many phrases, searched at once by their first word; of two that start together the longest is taken.

    A phrase is folded like the text. ``*`` at the end of its last word stands for any ending ('ecorespons*').
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._by_start: dict[str, list[tuple[str, T]]] = {}
        for phrase, value in phrases:
            self._add(phrase, value)
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _add(self, phrase: str, value: T) -> None:
        parts = tuple(word.text for word in words(phrase))
        if not parts:
            return
        if phrase.endswith("*") and len(parts) == 1:
            self._by_start.setdefault(parts[0][:3], []).append((parts[0], value))
        elif phrase.endswith("*"):
            self._by_first.setdefault(parts[0], []).append(((*parts[:-1], parts[-1] + "*"), value))
        else:
            self._by_first.setdefault(parts[0], []).append((parts, value))

    def find(self, text: tuple[Word, ...]) -> list[Match[T]]:
        """All matches in reading order; they don't overlap."""
        found: list[Match[T]] = []
        position = 0
        while position < len(text):
            match = self._at(text, position)
            if match:
                found.append(match)
            position = match.last if match else position + 1
        return found

    def _at(self, text: tuple[Word, ...], position: int) -> Match[T] | None:
        first = text[position].text
        for parts, value in self._by_first.get(first, ()):
            end = position + len(parts)
            if end <= len(text) and all(_fits(part, text[position + i].text) for i, part in enumerate(parts)):
                return Match(position, end, value)
        for start, value in self._by_start.get(first[:3], ()):
            if first.startswith(start):
                return Match(position, position + 1, value)
        return None


def _fits(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part
