"""A text read once for all its features, and the features that take more than a line to measure.

Readability is Flesch's reading ease (Flesch 1948) for English and its adaptation by Kandel and Moles (1958) for French:
higher is easier, 60 to 70 is plain prose. The two scales are close, not the same; the language is a control wherever
posts of both are compared.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from lib.commerce.product_descriptions.coverage import coverage
from lib.commerce.product_descriptions.lexicon import mentions
from lib.commerce.product_descriptions.model import Product
from lib.commerce.product_descriptions.prose import Prose, sentence_words, syllables, words_of
from lib.vocabulary import find


@dataclass(frozen=True)
class Reading:
    """A text with its word lists counted, sentence by sentence, and the product it speaks of where that is known."""

    prose: Prose
    product: Product | None

    @cached_property
    def by_passage(self) -> tuple[Counter[str], ...]:
        """Mentions in each sentence and each bullet."""
        passages = (*self.prose.sentences, *self.prose.bullets)
        return tuple(mentions(passage, self.prose.language) for passage in passages)

    @cached_property
    def total(self) -> Counter[str]:
        """Mentions in the whole text."""
        return sum(self.by_passage, Counter())

    @cached_property
    def opening(self) -> str:
        """The first sentence, or the first bullet where there is no sentence."""
        return next(iter((*self.prose.sentences, *self.prose.bullets)), "")

    def per_100_words(self, name: str) -> float:
        """Mentions of a list for 100 words of text."""
        return 100 * self.total[name] / max(len(self.prose.words), 1)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The vocabulary's kinds that the text speaks of: 'material', 'country', 'care', 'fit', ..."""
        return frozenset(mention.kind for mention in find(self.prose.clean, self.prose.language))

    def has(self, name: str, kind: str = "") -> float:
        """1 where the text touches a list, or speaks of a kind of the vocabulary, else 0."""
        return float(self.total[name] > 0 or kind in self.kinds)


def benefit_share(reading: Reading) -> float:
    """Sentences that say what the wearer has from it, among those that speak of benefits or attributes.

    A sentence that does both counts half on each side. 0 where there is neither.
    """
    benefits = attributes = 0.0
    for counts in reading.by_passage:
        has_benefit, has_attribute = counts["benefit"] > 0, counts["attribute"] + counts["material"] > 0
        weight = 0.5 if has_benefit and has_attribute else 1.0
        benefits += weight * has_benefit
        attributes += weight * has_attribute
    return benefits / (benefits + attributes) if benefits + attributes else 0.0


def readability(reading: Reading) -> float | None:
    """Flesch (1948) or Kandel and Moles (1958); between -50 and 130; None for a text without a sentence."""
    prose = reading.prose
    words = [word for sentence in prose.sentences for word in words_of(sentence) if word[0].isalpha()]
    if not words:
        return None
    per_sentence = len(words) / len(prose.sentences)
    per_word = sum(syllables(word, prose.language) for word in words) / len(words)
    if prose.language == "fr":
        return min(max(207 - 1.015 * per_sentence - 73.6 * per_word, -50.0), 130.0)
    return min(max(206.835 - 1.015 * per_sentence - 84.6 * per_word, -50.0), 130.0)


def question_opening(reading: Reading) -> float:
    return float("?" in reading.opening)


def numbers_in(text: str) -> int:
    """How many numbers stand in figures; '1 250' is one."""
    return sum(word[0].isdigit() for word in words_of(text))


def attribute_mentions(reading: Reading) -> float | None:
    """The share of the product's facts that the text tells; None without a product, or without facts of one."""
    if reading.product is None:
        return None
    return coverage(reading.prose.clean, reading.product, reading.prose.language)


def words_per_sentence(reading: Reading) -> float | None:
    sentences = len(reading.prose.sentences)
    return sentence_words(reading.prose) / sentences if sentences else None
