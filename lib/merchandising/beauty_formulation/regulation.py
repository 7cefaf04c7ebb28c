"""What Regulation (EC) No 1223/2009 limits, as far as ``regulation.toml`` knows it, with the annex's entry.

Each row says what it was compared with and when. It is a help to who drafts a formula, and no legal advice.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lib.files.values import plain_letters
from lib.merchandising.beauty_formulation.model import Ingredient, Product

PRESERVATIVES, UV_FILTERS = "V", "VI"
NAMED_ABOVE = {"leave_on": 0.001, "rinse_off": 0.01}  # % from which Annex III has an allergen named
COMPARED = "2026-11-22"  # when the rows were compared with their sources
PRESERVES = ("preserv", "conserv")
FILTERS = ("uv", "filt")


@dataclass(frozen=True)
class Rule:
    """One row of the table: which names it sums, and what it allows in which product."""

    entry: str
    names: tuple[tuple[str, float], ...]
    most: float | None
    by: tuple[tuple[str, float], ...]
    never: tuple[str, ...]
    use: str
    source: str  # key of [sources], '' from memory
    conditions: str
    part: str = ""

    @property
    def key(self) -> str:
        """What tells this row from the others."""
        return f"{self.entry} {self.part}".strip()

    def forbids(self, product: Product) -> bool:
        """Whether what it names must not be in such a product, whatever the amount."""
        return any(product.tags.issuperset(one.split("+")) for one in self.never)

    def most_in(self, product: Product) -> float | None:
        """The most (%) that such a product may hold; None where the entry doesn't limit it.

        Of the kinds that fit, the one with most words counts, a kind before its class; of equals the smaller.
        """
        if self.forbids(product):
            return 0.0
        fits = [
            (len(words), any(word not in NAMED_ABOVE for word in words), -value)
            for name, value in self.by
            if product.tags.issuperset(words := name.split("+"))
        ]
        return -max(fits)[2] if fits else self.most

    def counts(self, ingredient: Ingredient) -> bool:
        """Whether its use is this ingredient's: zinc oxide as a pigment or benzyl alcohol in a scent is another."""
        function = folded(ingredient.function)
        preserves = any(word in function for word in PRESERVES)
        match self.use:
            case "preservative":
                return preserves
            case "other":
                return not preserves
            case "uv_filter":
                return any(word in function for word in FILTERS)
        return True


@dataclass(frozen=True)
class LegalLimit:
    """The most that a formula may hold of one row, summed over the ingredients that it covers.

    ``shares`` pairs an ingredient's place in the table with what one percent of it counts for.
    """

    entry: str
    most: float  # % of the finished product
    shares: tuple[tuple[int, float], ...]
    source: str = ""  # the house's own words where the limit is the table's
    rule: Rule | None = None
    never: bool = False  # it must not be in this kind of product at all

    def of(self, formula: Sequence[float]) -> float:
        """What a formula holds of it, in percent."""
        return sum(formula[place] * factor for place, factor in self.shares)


@dataclass(frozen=True)
class Advice:
    """A recommendation on some names together: at most so much, at that pH or above. Nothing is bounded by it."""

    names: tuple[str, ...]
    most: float
    ph: float
    source: str


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("regulation.toml").read_text(encoding="utf-8"))


def folded(name: str) -> str:
    """An INCI name for comparison: no case, accents or double spaces."""
    return " ".join(plain_letters(name).split())


@cache
def sources() -> dict[str, str]:
    """What rows were compared with, and when, by the key that a row gives."""
    return dict(_table()["sources"])


@cache
def rules() -> tuple[Rule, ...]:
    """Every row of the table."""
    return tuple(
        Rule(
            one["entry"],
            tuple((name, float(factor)) for name, factor in one["names"].items()),
            one.get("most"),
            tuple(one.get("by", {}).items()),
            tuple(one.get("never", ())),
            one.get("use", ""),
            one["source"],
            one.get("conditions", ""),
            one.get("part", ""),
        )
        for one in _table()["limit"]
    )


@cache
def _by_name() -> dict[str, tuple[tuple[Rule, float], ...]]:
    """By name; a substance that is limited in two uses has a row for each."""
    found: dict[str, tuple[tuple[Rule, float], ...]] = {}
    for rule in rules():
        for name, factor in rule.names:
            found[folded(name)] = (*found.get(folded(name), ()), (rule, factor))
    return found


@cache
def advice() -> tuple[Advice, ...]:
    """Every recommendation."""
    return tuple(Advice(tuple(one["names"]), one["most"], one["ph"], one["source"]) for one in _table()["advice"])


def unread(name: str) -> str | None:
    """The entry in which somebody must look a name up, since this table hasn't taken that entry apart."""
    found = [entry for begin, entry in _table()["unread"].items() if folded(name).startswith(folded(begin))]
    return found[0] if found else None


@cache
def _named(part: str) -> dict[str, tuple[str, str]]:
    return {folded(name): (name, entry) for name, entry in _table()[part].items()}


def allergen(name: str) -> tuple[str, str] | None:
    """The label's name and the entry of a fragrance allergen, or None where the table doesn't know it."""
    return _named("allergens").get(folded(name))


def allergen_threshold(product: Product) -> float:
    """The percent above which an allergen is named on the label."""
    return NAMED_ABOVE["rinse_off" if product.rinsed else "leave_on"]


@cache
def known_names() -> frozenset[str]:
    """Every name that the table holds, folded: limited, advised on, prohibited or an allergen."""
    advised = {folded(name) for one in advice() for name in one.names}
    return frozenset({*_by_name(), *_named("allergens"), *_named("prohibited"), *advised})


def prohibited(name: str) -> str | None:
    """The annex that forbids a substance, or None."""
    found = _named("prohibited").get(folded(name))
    return found[1] if found else None


def parts(ingredient: Ingredient) -> tuple[tuple[str, float], ...]:
    """The INCI names that an ingredient brings and their percent of it: its blend, else itself."""
    return ingredient.composition or ((ingredient.inci, 100.0),)


def _annexed(ingredient: Ingredient, annex: str) -> bool:
    return any(
        rule.entry.split("/")[0] == annex
        for name, _share in parts(ingredient)
        for rule, _factor in _by_name().get(folded(name), ())
    )


def is_preservative(ingredient: Ingredient) -> bool:
    """Whether Annex V names something in it."""
    return _annexed(ingredient, PRESERVATIVES)


def is_uv_filter(ingredient: Ingredient) -> bool:
    """Whether Annex VI names something in it."""
    return _annexed(ingredient, UV_FILTERS)


def unchecked(ingredient: Ingredient) -> tuple[tuple[str, str], ...]:
    """Names in it that the table knows in other uses only, each with that use: their limit in this one is unknown."""
    return tuple(
        (name, known[0][0].use)
        for name, _share in parts(ingredient)
        if (known := _by_name().get(folded(name), ())) and not any(rule.counts(ingredient) for rule, _factor in known)
    )


def _held(ingredient: Ingredient) -> Iterator[tuple[Rule, float]]:
    """The rows that count for an ingredient, each with what one percent of it counts for.

    The allergens of a fragrance's certificate count as well: citral is limited wherever it comes from.
    """
    own = {folded(name) for name, _percent in parts(ingredient)}
    for name, percent in parts(ingredient):
        for rule, factor in _by_name().get(folded(name), ()):
            if rule.counts(ingredient):
                yield rule, percent / 100 * factor
    for name, percent in ingredient.allergens:
        for rule, factor in _by_name().get(folded(name), ()) if folded(name) not in own else ():
            if not rule.use:
                yield rule, percent / 100 * factor


def legal_limits(ingredients: Sequence[Ingredient], product: Product) -> tuple[LegalLimit, ...]:
    """All limits on these ingredients in such a product: the regulation's row by row, then the house's own."""
    shares: dict[str, list[tuple[int, float]]] = {}
    by_key: dict[str, Rule] = {}
    for place, one in enumerate(ingredients):
        for rule, factor in _held(one):
            shares.setdefault(rule.key, []).append((place, factor))
            by_key[rule.key] = rule
    found = []
    for key, held in shares.items():
        rule = by_key[key]
        if (most := rule.most_in(product)) is not None:
            found.append(LegalLimit(rule.entry, most, tuple(held), rule=rule, never=most == 0.0))
    found += [
        LegalLimit(one.inci, one.legal_max, ((place, 1.0),), one.legal_source or "?")
        for place, one in enumerate(ingredients)
        if one.legal_max is not None
    ]
    return tuple(found)
