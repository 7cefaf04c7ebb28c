"""What Regulation (EC) No 1223/2009 limits, as far as ``regulation.toml`` knows it, with the annex's entry.

The table holds what its writer was sure of. It is a help to who drafts a formula, and no legal advice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lib.files.values import plain_letters
from lib.merchandising.beauty_formulation.model import Ingredient, ProductType

PRESERVATIVES, UV_FILTERS = "V", "VI"
ALLERGEN_THRESHOLD: dict[str, float] = {"leave_on": 0.001, "rinse_off": 0.01}  # %, Annex III


@dataclass(frozen=True)
class LegalLimit:
    """The most that a formula may hold of one entry, summed over the ingredients that it covers.

    ``shares`` pairs an ingredient's place in the table with what one percent of it counts for.
    """

    entry: str
    most: float  # % of the finished product
    shares: tuple[tuple[int, float], ...]
    source: str = ""  # the house's own words where the limit is the table's

    def of(self, formula: Sequence[float]) -> float:
        """What a formula holds of it, in percent."""
        return sum(formula[place] * factor for place, factor in self.shares)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("regulation.toml").read_text(encoding="utf-8"))


def folded(name: str) -> str:
    """An INCI name for comparison: no case, accents or double spaces."""
    return " ".join(plain_letters(name).split())


@cache
def _limits() -> dict[str, dict[str, Any]]:
    return {folded(name): one for one in _table()["limit"] for name in one["names"]}


@cache
def _named(part: str) -> dict[str, tuple[str, str]]:
    return {folded(name): (name, entry) for name, entry in _table()[part].items()}


def allergen(name: str) -> tuple[str, str] | None:
    """The label's name and the entry of a fragrance allergen, or None where the table doesn't know it."""
    return _named("allergens").get(folded(name))


def prohibited(name: str) -> str | None:
    """The annex that forbids a substance, or None."""
    found = _named("prohibited").get(folded(name))
    return found[1] if found else None


def parts(ingredient: Ingredient) -> tuple[tuple[str, float], ...]:
    """The INCI names that an ingredient brings and their percent of it: its blend, else itself."""
    return ingredient.composition or ((ingredient.inci, 100.0),)


def entry_of(name: str) -> str | None:
    """The entry that limits a substance, or None."""
    found = _limits().get(folded(name))
    return str(found["entry"]) if found else None


def is_preservative(ingredient: Ingredient) -> bool:
    """Whether Annex V names something in it."""
    return any((entry_of(name) or "").split("/")[0] == PRESERVATIVES for name, _share in parts(ingredient))


def is_uv_filter(ingredient: Ingredient) -> bool:
    """Whether Annex VI names something in it."""
    return any((entry_of(name) or "").split("/")[0] == UV_FILTERS for name, _share in parts(ingredient))


def _counts(name: str, ingredient: Ingredient) -> bool:
    """Whether the entry's use is this ingredient's: zinc oxide as a pigment or benzyl alcohol in a scent is another."""
    note = _limits()[folded(name)].get("note", "")
    function = folded(ingredient.function)
    if note == "preservative":
        return any(word in function for word in ("preserv", "conserv"))
    if note == "uv_filter":
        return "uv" in function or "filt" in function
    return True


def legal_limits(ingredients: Sequence[Ingredient], product: ProductType) -> tuple[LegalLimit, ...]:
    """All limits on these ingredients: the regulation's by entry, then the house's own."""
    shares: dict[str, list[tuple[int, float]]] = {}
    most: dict[str, float] = {}
    for place, one in enumerate(ingredients):
        for name, percent in parts(one):
            rule = _limits().get(folded(name))
            if rule is None or not _counts(name, one):
                continue
            shares.setdefault(rule["entry"], []).append((place, percent / 100 * rule.get("as_acid", 1.0)))
            most[rule["entry"]] = rule[product]
    found = [LegalLimit(entry, most[entry], tuple(held)) for entry, held in shares.items()]
    found += [
        LegalLimit(one.inci, one.legal_max, ((place, 1.0),), one.legal_source or "?")
        for place, one in enumerate(ingredients)
        if one.legal_max is not None
    ]
    return tuple(found)
