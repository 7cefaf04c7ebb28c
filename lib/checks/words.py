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
CLAUSE_END = re.compile(r"[.;:!?…\n—–]")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ﬁ": "fi", "ﬂ": "fl"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word, folded, with its character offsets in the text (end exclusive).

    ``gap`` says what stands before it: nothing that parts (0), a comma (1), the end of a clause (2).
    """

    text: str
    start: int
    end: int
    gap: int = 0


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
    found: list[Word] = []
    last = 0
    for match in WORD.finditer(text):
        between = text[last : match.start()] if found else ""
        gap = 2 if CLAUSE_END.search(between) else 1 if "," in between else 0
        found.append(Word(fold(match.group()), match.start(), match.end(), gap))
        last = match.end()
    return tuple(found)


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

    A phrase runs across no sign greater than ``across`` (see ``Word.gap``). It is folded like the text. ``*`` at the
    end of its last word stands for any ending ('ecorespons*').
    """

    def __init__(self, phrases: Iterable[tuple[str, T]], across: int = 0) -> None:
        self._across = across
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
            if end <= len(text) and self._stands(parts, text, position):
                return Match(position, end, value)
        for start, value in self._by_start.get(first[:3], ()):
            if first.startswith(start):
                return Match(position, position + 1, value)
        return None

    def _stands(self, parts: tuple[str, ...], text: tuple[Word, ...], position: int) -> bool:
        there = text[position : position + len(parts)]
        whole = all(_fits(part, word.text) for part, word in zip(parts, there, strict=True))
        return whole and all(word.gap <= self._across for word in there[1:])


def _fits(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part
