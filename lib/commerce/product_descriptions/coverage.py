"""Which of a product's facts a text tells, whoever wrote it and in whichever of the two languages.

A fact is one value that the house gave: the colour, a material, an attribute, a detail, a care instruction, the origin.
It is told when the text speaks of all its concepts (``lib.vocabulary``) or holds its words by their beginnings: all of
them, or two thirds of a phrase of which no concept is known. Figures in a fact must stand in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lib.commerce.product_descriptions.lexicon import LANGUAGES, tokens
from lib.commerce.product_descriptions.model import Product
from lib.vocabulary import find, phrase

SHORTEST_STEM = 4  # letters that two words must share to count as forms of one


@dataclass(frozen=True)
class Fact:
    """One value as it can be looked for in texts of one language.

    ``places`` holds for each passage of the value the concepts it may mean; ``stems`` the beginnings of its words,
    empty where the value has no known wording in that language; ``figures`` its numbers.
    """

    value: str
    places: tuple[frozenset[str], ...]
    stems: frozenset[str]
    figures: frozenset[str]

    def told_by(self, telling: Telling) -> bool:
        """Whether a text tells it."""
        if not self.figures <= telling.figures:
            return False
        if self.places and all(place & telling.concepts for place in self.places):
            return True
        told = len(self.stems & telling.stems)
        if not self.stems:
            return bool(self.figures) and not self.places
        return told == len(self.stems) if self.places else 3 * told >= 2 * len(self.stems)


@dataclass(frozen=True)
class Telling:
    """A text as facts are looked for in it."""

    concepts: frozenset[str]
    stems: frozenset[str]
    figures: frozenset[str]


def telling_of(text: str, language: str) -> Telling:
    """Read a text once."""
    code = language if language in LANGUAGES else "en"
    concepts = frozenset(mention.concept for mention in find(text, code))
    return Telling(concepts, _stems(text), _figures(text))


def facts_of(product: Product, language: str) -> tuple[Fact, ...]:
    """The product's facts that a text in ``language`` could tell; values without anything to look for are left out."""
    values = (
        product.colour,
        *(material.name for material in product.materials),
        *product.attributes.values(),
        *product.details,
        *product.care,
        product.origin,
    )
    code = language if language in LANGUAGES else "en"
    facts = (_fact(value, product.language, code) for value in dict.fromkeys(values))
    return tuple(fact for fact in facts if fact.places or fact.stems or fact.figures)


@lru_cache(maxsize=20_000)
def _fact(value: str, given: str, language: str) -> Fact:
    """A value given in one language, as it is looked for in texts of another."""
    places: dict[tuple[int, int], set[str]] = {}
    for mention in find(value, given if given in LANGUAGES else "en"):
        places.setdefault((mention.start, mention.end), set()).add(mention.concept)
    wording = value if given == language else phrase(value, language) or ""
    return Fact(value, tuple(frozenset(names) for names in places.values()), _stems(wording), _figures(value))


def coverage(text: str, product: Product, language: str) -> float | None:
    """The share of the product's facts that ``text`` tells, 0 to 1; None for a product without facts."""
    facts = facts_of(product, language)
    if not facts:
        return None
    telling = telling_of(text, language)
    return sum(fact.told_by(telling) for fact in facts) / len(facts)


def stem(word: str) -> str:
    """The beginning of a word that its forms share: 'boutons' and 'boutonnage' meet, 'laine' and 'laines' too."""
    return word if len(word) <= SHORTEST_STEM else word[: max(SHORTEST_STEM, len(word) - 3)]


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in tokens(text) if len(word) > 2 and not word.isdigit())


def _figures(text: str) -> frozenset[str]:
    return frozenset(word for word in tokens(text) if word.isdigit())
