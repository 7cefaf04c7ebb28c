"""Sentences taken from an earlier text with a few words changed: what a comparison of runs of words misses.

A sentence is compared with the sentences of the posts that share word triples with it, by the longest common
subsequence of words (rapidfuzz), as a share of the sentence's own words. Order counts: the same facts in another order
are no copy. A paraphrase in other words is beyond this method.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.checks.lexicon import context
from lib.checks.words import Word, sentences, words

TRIPLE = 3
LEAST_WORDS = 8  # of a sentence that is compared
SHARED = 0.62  # of its words that stand in the earlier sentence in the same order
SHARED_CONTENT = 0.5  # of its words that are no function words
CANDIDATES = 5  # posts that are looked at
BOILERPLATE = 0.5  # of a sentence's content words that speak of care, delivery or service: anybody's wording


@dataclass(frozen=True)
class Reworded:
    """A sentence of the new text (characters) that follows one of the post with the number ``post``."""

    start: int
    end: int
    post: int
    share: float


def triples(text: Sequence[Word]) -> list[int]:
    """Hashes of the word triples."""
    return [hash(tuple(word.text for word in text[at : at + TRIPLE])) for at in range(len(text) - TRIPLE + 1)]


def is_boilerplate(text: Sequence[Word]) -> bool:
    """Whether a sentence speaks of care, delivery, returns or service in the words that all use."""
    content = _content(text)
    usual = sum(1 for word in content if word in context("boilerplate"))
    return bool(content) and usual / len(content) >= BOILERPLATE


def _content(text: Sequence[Word]) -> list[str]:
    plain = context("function_words", "en") | context("function_words", "fr")
    return [word.text for word in text if word.text not in plain]


def reworded(
    text: str, by_triple: Mapping[int, tuple[int, ...]], posts: Sequence[str], free: Sequence[bool]
) -> list[Reworded]:
    """The sentences of ``text`` that follow a sentence of one of ``posts``, each with the post that it follows most.

    ``free`` says of each word of ``text`` whether anybody may use it (set phrases, the product's own data).
    """
    found = []
    there = list(zip(words(text), free, strict=True))
    for start, end in sentences(text):
        own = [word for word, is_free in there if not is_free and start <= word.start and word.end <= end]
        if len(own) < LEAST_WORDS:
            continue
        votes = Counter(post for triple in triples(own) for post in by_triple.get(triple, ()))
        best = max((_likeness(own, posts[post], post) for post, _n in votes.most_common(CANDIDATES)), default=None)
        if best and best[0] >= SHARED:
            found.append(Reworded(start, end, best[1], best[0]))
    return found


def _likeness(own: Sequence[Word], post: str, number: int) -> tuple[float, int]:
    from rapidfuzz.distance import LCSseq

    mine = [word.text for word in own]
    content = _content(own)
    best = 0.0
    there = [[word.text for word in words(post[start:end])] for start, end in sentences(post)]
    for first, theirs in enumerate(there):
        for other in (theirs, [*theirs, *(there[first + 1] if first + 1 < len(there) else [])]):
            share = LCSseq.similarity(mine, other) / len(mine)
            kept = sum((Counter(content) & Counter(other)).values()) / max(1, len(content))
            if share > best and kept >= SHARED_CONTENT:
                best = share
    return best, number
