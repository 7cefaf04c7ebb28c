"""A sentence taken apart: its words and clauses, what the lexicon finds in it, and whose feelings stand where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lib.commerce.stylist.reading.lexicon import Match, matches
from lib.commerce.stylist.reading.scopes import Feeling
from lib.commerce.stylist.reading.words import Token, clause_of, split_clauses, tokens


@dataclass(frozen=True)
class Sentence:
    """A sentence with everything that was found in it; ``clause`` numbers the clause of each word."""

    text: str
    language: str
    words: tuple[Token, ...]
    clause: tuple[int, ...]
    hard: tuple[bool, ...]
    found: tuple[Match, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(word.key for word in self.words)

    def has(self, kind: str, clause: int | None = None) -> bool:
        """Whether the lexicon found such a thing, in one clause or anywhere."""
        return any(
            match.pattern.kind == kind and (clause is None or self.clause[match.first] == clause)
            for match in self.found
        )

    def together(self, match: Match) -> bool:
        """Whether a match stands in one clause."""
        return self.clause[match.first] == self.clause[match.last]

    def passage(self, first: int, last: int) -> tuple[str, int, int]:
        """The words from ``first`` to ``last`` as they are written, with their place."""
        start, end = self.words[first].start, self.words[last].end
        return self.text[start:end], start, end


def parsed(text: str, language: str) -> Sentence:
    """A sentence taken apart."""
    words = tokens(text, language)
    whole = clause_of(words, False)
    found = matches(whole.norm, whole.places, [word.key for word in words], language)
    breaks = {match.first: True for match in found if match.pattern.kind == "contrast"}
    parts = split_clauses(text, words, breaks)
    clause = tuple(at for at, part in enumerate(parts) for _word in part.tokens)
    return Sentence(text, language, tuple(words), clause, tuple(part.hard for part in parts), tuple(found))


def longest(found: Sequence[Match]) -> list[Match]:
    """Matches that don't overlap, the longest first."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda one: (one.first - one.last, one.first)):
        if all(match.last < other.first or match.first > other.last for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda one: one.first)


RATHER = {"en": ("rather than", "instead of"), "fr": ("plutot que", "au lieu de")}


def not_own(sentence: Sentence, first: int) -> bool:
    """Whether a word stands in a clause after the words that say that somebody else thinks so."""
    return any(
        match.pattern.kind == "others"
        and sentence.clause[match.first] == sentence.clause[first]
        and match.first <= first
        for match in sentence.found
    )


def clause_at(sentence: Sentence, start: int) -> int:
    return next((c for word, c in zip(sentence.words, sentence.clause, strict=True) if word.start >= start), -1)


def own_feelings(sentence: Sentence, clause: int, around: Sequence[Feeling]) -> list[Feeling]:
    """The feelings of a clause that are the writer's."""
    return [f for f in around if sentence.clause[f.first] == clause and not not_own(sentence, f.first)]


def after_rather(sentence: Sentence, first: int) -> bool:
    """Whether words of preference for something else stand right before a word ('rather than', 'plutôt que')."""
    before = " ".join(sentence.keys[max(0, first - 5) : first])
    return any(words in before for words in RATHER.get(sentence.language, ()))
