"""The ingredient list of a label, in the order of Article 19(1)(g) of Regulation (EC) No 1223/2009.

Descending by weight down to 1%, then as one likes (here still descending), colourants last; fragrance allergens of
Annex III by name above 0.001% (leaves on) or 0.01% (is rinsed off). Nothing is on it that the table doesn't hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lib.files.values import plain_letters
from lib.merchandising.beauty_formulation.model import Formula, Ingredient, Product
from lib.merchandising.beauty_formulation.regulation import allergen, allergen_threshold, folded, parts

ONE_PERCENT = 1.0
_COLOUR_INDEX = re.compile(r"\bCI ?\d{5}\b", re.I)
_COLOUR_WORDS = ("colour", "color", "pigment")


@dataclass(frozen=True)
class Line:
    """One name of the list. ``role`` says why it stands where it does."""

    name: str
    share: float  # % of the product
    role: str  # 'above' or 'below' one percent, 'allergen', 'colourant'
    entry: str = ""  # of an allergen


@dataclass(frozen=True)
class Label:
    """The list in its order, and what of it the person has to look at."""

    lines: tuple[Line, ...]
    free_from: int  # place from which the order is free
    below_threshold: tuple[Line, ...]  # allergens that needn't be named
    unknown_allergens: tuple[str, ...]  # named by the house, not known to the table of Annex III

    @property
    def text(self) -> str:
        """As it is printed."""
        return ", ".join(line.name for line in self.lines)


def is_colourant(ingredient: Ingredient) -> bool:
    """Whether an ingredient colours the product, by its function or its CI number."""
    function = plain_letters(ingredient.function)
    return any(word in function for word in _COLOUR_WORDS) or bool(_COLOUR_INDEX.search(ingredient.inci))


def label(formula: Formula, product: Product) -> Label:
    """The label of a formula."""
    held: dict[str, tuple[str, float]] = {}
    colours: dict[str, tuple[str, float]] = {}
    for one, share in formula.used():
        into = colours if is_colourant(one) else held
        for name, percent in parts(one):
            before = into.get(folded(name), (name, 0.0))
            into[folded(name)] = (before[0], before[1] + share * percent / 100)
    named, silent, unknown = _allergens(formula, product, held)
    ordered = sorted(held.values(), key=lambda pair: (-pair[1], pair[0]))
    lines = [Line(_shown(name), share, "above" if share >= ONE_PERCENT - 1e-9 else "below") for name, share in ordered]
    free_from = sum(line.role == "above" for line in lines)
    last = [Line(_shown(name), share, "colourant") for name, share in sorted(colours.values(), key=lambda p: -p[1])]
    return Label((*lines, *named, *last), free_from, silent, unknown)


def _shown(name: str) -> str:
    """A colourant goes by its number alone: 'Iron Oxides (CI 77491)' is 'CI 77491'."""
    match = _COLOUR_INDEX.search(name)
    return match[0].upper().replace("CI", "CI ").replace("  ", " ") if match else name


def _allergens(
    formula: Formula, product: Product, held: dict[str, tuple[str, float]]
) -> tuple[tuple[Line, ...], tuple[Line, ...], tuple[str, ...]]:
    """The allergens to be named, those below their threshold, and names that Annex III's table here doesn't know."""
    sums: dict[str, float] = {}
    names: dict[str, str] = {}
    for one, share in formula.used(0.0):
        for name, percent in one.allergens:
            sums[folded(name)] = sums.get(folded(name), 0.0) + share * percent / 100
            names.setdefault(folded(name), name)
    threshold = allergen_threshold(product)
    named: list[Line] = []
    silent: list[Line] = []
    unknown: list[str] = []
    for key, share in sorted(sums.items(), key=lambda pair: -pair[1]):
        known = allergen(names[key])
        if known is None:
            unknown.append(names[key])
        line = Line(known[0] if known else names[key], share, "allergen", known[1] if known else "")
        if key in held:
            continue  # stands on the label already, as an ingredient of its own
        (named if share > threshold else silent).append(line)
    return tuple(named), tuple(silent), tuple(unknown)
