"""What a product's data say in two ways that can't both be true: lined and unlined, sleeveless and with cuffs.

Which of the two is right, no rule can know: the built-in writer says neither, and a check tells the person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lib.commerce.product_descriptions.model import Product
from lib.vocabulary.matching import bare


@dataclass(frozen=True)
class Contradiction:
    """Two values as given, with their evidence paths ('product.details.1')."""

    first: str
    first_path: str
    second: str
    second_path: str


# Folded patterns: a value on the left rules out a value on the right. Attributes are read with their names.
_RULES = (
    (r"\b(?:unlined|no lining|without lining|non doublee?s?|sans doublure)\b", r"^lining: .|\b(?:fully |half-)lined\b"),
    (
        r"\b(?:sleeveless|sans manches)\b",
        r"\b(?:cuffs?|poignets?|(?:long|short) sleeves|manches (?:longues|courtes))\b",
    ),
    (r"\b(?:no pockets|without pockets|sans poches?)\b", r"^pockets: .|\b(?:topstitched|patch) pockets?\b"),
)


def contradictions(product: Product) -> tuple[Contradiction, ...]:
    """Every pair of values of ``product`` that contradict each other."""
    values = tuple(_values(product))
    found = []
    for left, right in _RULES:
        denying = [one for one in values if re.search(left, bare(one[1]))]
        for path, _text, said in denying[:1]:
            against = [one for one in values if one[0] != path and re.search(right, bare(one[1]))]
            found += [Contradiction(said, path, other, where) for where, _named, other in against if where != path]
    return tuple(found)


def disputed(product: Product) -> frozenset[str]:
    """The evidence paths of the values that contradict each other; 'product.lining' for the whole lining."""
    return frozenset(path for one in contradictions(product) for path in (one.first_path, one.second_path))


def _values(product: Product) -> Iterator[tuple[str, str, str]]:
    """(path, value with its attribute's name, value as given)."""
    for name, value in product.attributes.items():
        denies = re.match(r"(?:no|without|sans)\b", bare(value))
        yield f"product.attributes.{name}", value if denies else f"{name}: {value}", value
    for number, detail in enumerate(product.details):
        yield f"product.details.{number}", detail, detail
    if product.lining:
        names = ", ".join(material.name for material in product.lining)
        yield "product.lining", f"lining: {names}", names
