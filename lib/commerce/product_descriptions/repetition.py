"""How often a set of descriptions says the same sentence with other words in its slots.

A sentence's skeleton is what is left of it when everything that the product brings gives way to a slot: its name, its
facts, figures, and whatever the vocabulary knows as a colour, a material, a cut. Small words (articles, prepositions)
and endings that agree are taken out, and slots side by side become one, so that 'cut in wool' and 'cut in a black silk'
are one. A sentence that is all slots ('100% silk, dry clean') says nothing of its own and isn't counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lib.commerce.product_descriptions.coverage import stem
from lib.commerce.product_descriptions.lexicon import LANGUAGES, tokens, word_lists
from lib.commerce.product_descriptions.model import Description, Product
from lib.commerce.product_descriptions.prose import Prose
from lib.vocabulary import find, phrase

SLOT = "_"
SLOT_WORD = "slotslot"  # stands for a slot while a sentence is cut into words
MOST_OFTEN = 0.05  # of the texts: a skeleton in more of them is repeated


def skeleton(sentence: str, product: Product, language: str) -> str:
    """What a sentence says of its own; '' where nothing is left."""
    code = language if language in LANGUAGES else "en"
    small = frozenset(word_lists(code)["small"])
    own = _own_stems(product, code)
    parts: list[str] = []
    for word in tokens(_slotted(sentence, code)):
        if word == SLOT_WORD or word.isdigit() or word in "°%" or stem(word) in own:
            parts += [SLOT] if parts[-1:] != [SLOT] else []
        elif word not in small and len(word) > 1:
            parts.append(stem(word))
    return " ".join(parts) if set(parts) - {SLOT} else ""


def _slotted(sentence: str, language: str) -> str:
    """The sentence without what the vocabulary knows."""
    pieces, end = [], 0
    for mention in find(sentence, language):
        if mention.start >= end:
            pieces += [sentence[end : mention.start], f" {SLOT_WORD} "]
            end = mention.end
    return "".join((*pieces, sentence[end:]))


def _own_stems(product: Product, language: str) -> frozenset[str]:
    """The beginnings of all words that the product brings, in its language and in ``language``."""
    values = (
        product.name,
        product.category,
        product.line,
        product.colour,
        product.origin,
        product.fit_note,
        *(material.name for material in (*product.materials, *product.lining)),
        *product.attributes.values(),
        *product.details,
        *product.care,
    )
    wordings = (*values, *(phrase(value, language) or "" for value in values if value))
    return frozenset(stem(word) for value in wordings for word in tokens(value) if len(word) > 2)


def sentences_of(description: Description, language: str) -> tuple[str, ...]:
    """The running text's sentences: opener and body. Title, bullets, fit and care, snippet are lists of data."""
    text = "\n".join((description.opener, description.body))
    return Prose(text, language).sentences


def skeletons_of(texts: Sequence[tuple[Description, Product]], language: str) -> list[list[str]]:
    """The skeletons of each description's sentences, without those that say nothing of their own."""
    return [
        [bones for sentence in sentences_of(text, language) if (bones := skeleton(sentence, product, language))]
        for text, product in texts
    ]


def repeated(texts: Sequence[tuple[Description, Product]], language: str) -> tuple[list[int], float]:
    """(sentences with a repeated skeleton in each description, share of descriptions that hold the most frequent one).

    A skeleton is repeated when it stands in more than ``MOST_OFTEN`` of the descriptions, and in two at least.
    """
    counts, holds = repeated_in(skeletons_of(texts, language))
    return counts, sum(holds) / max(len(texts), 1)


def repeated_in(found: Sequence[Sequence[str]]) -> tuple[list[int], list[bool]]:
    """``repeated`` from skeletons: the counts, and which of the descriptions hold the most frequent skeleton."""
    times = Counter(bones for one in found for bones in set(one))
    bound = max(MOST_OFTEN * len(found), 1)
    most = max(times, key=lambda bones: times[bones], default="")
    return [sum(times[bones] > bound for bones in one) for one in found], [most in one for one in found if found]
