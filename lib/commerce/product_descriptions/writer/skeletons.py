"""A sentence without what is said: its frame of function words, for counting how often a text repeats itself.

All of the product's own values and every word that the vocabulary knows become one mark, '·'; numbers too; marks that
meet in a list count once. What is left is the plan that a reader would recognise on the tenth page.
"""

from __future__ import annotations

import re

from lib.commerce.product_descriptions.model import Product
from lib.vocabulary import find
from lib.vocabulary.matching import bare

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
MARK = "·"
_LIST = re.compile(
    rf"{MARK}(?:\s*(?:,|;|/|-|’|'|et|and|de|d|du|des|la|le|les|l|en|in|of|a|an|un|une|the|to|à|au|aux|with|avec)?\s*{MARK})+"
)


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [part.strip() for part in _SENTENCE.split(text.replace("\n", " ")) if part.strip()]


def skeleton(sentence: str, product: Product, language: str) -> str:
    """The frame of ``sentence``: '· is cut in ·, with ·.'; '' where nothing but values is left."""
    text = _masked(sentence, language)
    words = _own_words(product)
    kept = [
        MARK if bare(word) in words or any(c.isdigit() for c in word) else word
        for word in re.findall(r"\w+|[^\w\s]", text)
    ]
    frame = re.sub(r"\s+", " ", " ".join(MARK if MARK in word else word.casefold() for word in kept))
    frame = _LIST.sub(MARK, _LIST.sub(MARK, frame))
    return frame if re.search(r"\w{2,}", frame.replace(MARK, "")) else ""


def _masked(sentence: str, language: str) -> str:
    for mention in reversed(find(sentence, language)):
        sentence = f"{sentence[: mention.start]} {MARK} {sentence[mention.end :]}"
    return sentence


def _own_words(product: Product) -> frozenset[str]:
    values = (
        product.name,
        product.line,
        product.colour,
        product.origin,
        *product.attributes.values(),
        *product.details,
        *(item.name for item in (*product.materials, *product.lining)),
    )
    return frozenset(word for value in values for word in re.findall(r"\w{3,}", bare(value)))
