"""What is said of an ingredient table as soon as it is read: names nobody here knows, bounds above the law.

``inci_names.txt`` holds names that are common in cosmetics. It is no dictionary of INCI names: a name that it lacks may
be right, so it is asked to be checked and never refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lib.merchandising.beauty_formulation.model import Ingredient, Product
from lib.merchandising.beauty_formulation.regulation import folded, known_names, legal_limits, parts

_BLEND = re.compile(r"\s*\(and\)\s*", re.I)
_NO_NAME = re.compile(r"^[=+\-@]|[=|!<>{}\[\]\"\\^~$?*;]")
_COLOUR = re.compile(r"ci ?\d{5}")


@dataclass(frozen=True)
class Above:
    """An upper bound that is higher than a limit allows in this kind of product."""

    name: str
    high: float  # % of the formula that the table allows
    most: float  # % of the formula up to which the limit is held
    entry: str
    own: bool  # the limit is the table's, not the regulation's


@cache
def _known() -> frozenset[str]:
    listed = Path(__file__).with_name("inci_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset({folded(name) for name in listed if name} | known_names())


def known_count() -> int:
    """How many names are known."""
    return len(_known())


def no_names(ingredients: Sequence[Ingredient]) -> tuple[str, ...]:
    """Names with signs that no INCI name holds, as of a formula of a spreadsheet."""
    return tuple(one.inci for one in ingredients if _NO_NAME.search(one.inci))


def unknown_names(ingredients: Sequence[Ingredient]) -> tuple[str, ...]:
    """Names that aren't among those known here; a blend counts by each of its parts."""
    found = dict.fromkeys(
        name.strip()
        for one in ingredients
        if not _NO_NAME.search(one.inci)
        for whole, _percent in parts(one)
        for name in _BLEND.split(whole)
        if folded(name) not in _known() and not _COLOUR.search(folded(name))
    )
    return tuple(found)


def above_limits(ingredients: Sequence[Ingredient], product: Product) -> tuple[Above, ...]:
    """Upper bounds that a limit on that ingredient alone doesn't allow."""
    found = []
    for law in legal_limits(ingredients, product):
        for place, factor in law.shares:
            one = ingredients[place]
            if factor > 0 and one.high * factor > law.most + 1e-9:
                found.append(Above(one.inci, one.high, law.most / factor, law.entry, bool(law.source)))
    return tuple(found)
