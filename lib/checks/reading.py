"""A text as the claim checker reads it: words, clauses, what is denied, what is said of other garments."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from lib.checks.lexicon import context
from lib.checks.words import Phrases, Word, words
from lib.vocabulary import Mention

DENIAL_REACH = 3  # words before the term, in the same clause
# Denials that stand after their term: 'wool-free'.
DENIED_AFTER = {"en": frozenset({"free"}), "fr": frozenset()}
# 'not only waterproof', 'not just', 'pas seulement': affirmations.
NOT_ONLY = frozenset(["only", "just", "merely", "simply", "seulement", "uniquement"])

PAIRING_REACH = 6  # words between the verb and 'with'


@dataclass(frozen=True)
class Reading:
    """A text in one language, with the names that are no claims and the vocabulary's mentions in it."""

    text: str
    language: str
    names: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words(self.text)

    @cached_property
    def clauses(self) -> list[int]:
        """For each word the number of its clause; a comma ends none, since lists are told with commas."""
        return list(accumulate(int(word.gap == 2) for word in self.words))

    @cached_property
    def named(self) -> frozenset[int]:
        """Words inside the product's, the house's or the line's name: they claim nothing."""
        if not self.names:
            return frozenset()
        found = Phrases(((name, None) for name in self.names), across=2).find(self.words)
        return frozenset(place for match in found for place in range(match.first, match.last))

    @cached_property
    def material_places(self) -> frozenset[int]:
        """Words that name a material."""
        materials = [mention for mention in self.mentions if mention.kind == "material"]
        return frozenset(place for mention in materials for place in range(*self.span(mention.start, mention.end)))

    @cached_property
    def product_places(self) -> frozenset[int]:
        """Words that name a garment, a shoe, a bag."""
        products = [mention for mention in self.mentions if mention.kind == "product"]
        return frozenset(place for mention in products for place in range(*self.span(mention.start, mention.end)))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The places of the words from character ``start`` to ``end``: first, past the last."""
        starts = self._starts
        first = bisect_left(starts, start)
        return first, max(first + 1, bisect_left(starts, end))

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    def word(self, place: int) -> str:
        """The folded word at ``place``, '' outside the text."""
        return self.words[place].text if 0 <= place < len(self.words) else ""

    def same_clause(self, one: int, other: int) -> bool:
        """Whether both places are in the text and in one clause."""
        size = len(self.words)
        return 0 <= one < size and 0 <= other < size and self.clauses[one] == self.clauses[other]

    def before(self, place: int, reach: int) -> list[str]:
        """Up to ``reach`` words before ``place`` in its clause, nearest first."""
        return [self.word(p) for p in range(place - 1, place - 1 - reach, -1) if self.same_clause(p, place)]

    def after(self, last: int, reach: int) -> list[str]:
        """Up to ``reach`` words from ``last`` on, in the clause of the word before it."""
        return [self.word(p) for p in range(last, last + reach) if self.same_clause(p, last - 1)]

    def skipped(self, first: int, last: int) -> bool:
        """Whether the phrase is part of a name, or speaks of another garment."""
        places = range(first, last)
        return all(p in self.named for p in places) or any(p in self.elsewhere for p in places)

    def comma_between(self, first: int, last: int) -> bool:
        """Whether a comma stands between two words, given by their places."""
        return "," in self.text[self.words[first].end : self.words[last].start]

    def joined(self, place: int) -> bool:
        """Whether the word at ``place`` hangs on the one before it by a hyphen."""
        return place > 0 and self.text[self.words[place - 1].end : self.words[place].start] in ("-", "‑")

    def denied(self, first: int, last: int) -> bool:
        """Whether the phrase from word ``first`` to ``last`` (exclusive) is denied.

        'not', 'without', 'sans', '-free'.
        """
        denials = context("denials", self.language)
        for place in range(first - 1, max(first - 1 - DENIAL_REACH, -1), -1):
            if self.clauses[place] != self.clauses[first] or self.comma_between(place, first):
                break
            if self.words[place].text in denials:
                return not (self.words[place].text != "sans" and self._only(place))
        after = last < len(self.words) and self.clauses[last] == self.clauses[first]
        return after and self.words[last].text in DENIED_AFTER[self.language]

    def _only(self, place: int) -> bool:
        return any(word.text in NOT_ONLY for word in self.words[place + 1 : place + 3])

    @cached_property
    def elsewhere(self) -> frozenset[int]:
        """Words that tell of other garments: 'wear it over a silk blouse', 'à porter avec un jean noir'."""
        places: set[int] = set()
        for place, word in enumerate(self.words):
            if word.text.startswith(tuple(context("pairing_verbs", self.language))):
                places |= self._companions(place)
        return frozenset(places)

    def _companions(self, verb: int) -> set[int]:
        clause = self.clauses[verb]
        links = context("pairing_links", self.language)
        same = [p for p in range(verb + 1, len(self.words)) if self.clauses[p] == clause]
        link = next((p for p in same[:PAIRING_REACH] if self.words[p].text in links), None)
        if link is None:
            return set()
        told = [p for p in same if p > link]
        garments = context("garments", self.language)
        return set(told) if any(self.words[p].text in garments for p in told[:7]) else set()
