"""Products as attributes that a taste can be told by: department, category, colour, material, cut, price."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.atelier.colours.names import find_name
from lib.commerce.personalised_storefront.model import Product
from lib.i18n import N_

Array = NDArray[np.float64]
Codes = NDArray[np.int64]
GROUP_TITLES = {
    "department": N_("Department"),
    "category": N_("Category"),
    "line": N_("Line"),
    "colour": N_("Colour"),
    "tone": N_("Colour family"),
    "fabric": N_("Fabric"),
    "material": N_("Main material"),
    "pattern": N_("Pattern"),
    "fit": N_("Fit"),
    "length": N_("Length"),
    "sleeve": N_("Sleeve"),
    "neck": N_("Neckline"),
    "closure": N_("Closure"),
}
GROUPS = tuple(GROUP_TITLES)
_PLAIN = ("plain", "uni", "unie", "solid")


@dataclass(frozen=True)
class Range:
    """Products as codes: ``codes[group]`` has a value's number for each product, −1 where it isn't told.

    ``values[group]`` names the numbers; ``price`` is the log price's place within its category (mean 0, deviation 1).
    """

    products: tuple[Product, ...]
    index: dict[str, int]
    codes: dict[str, Codes]
    values: dict[str, tuple[str, ...]]
    price: Array

    def __len__(self) -> int:
        return len(self.products)

    def value(self, group: str, product: int) -> str:
        """A product's value in a group, '' where it isn't told."""
        code = int(self.codes[group][product])
        return self.values[group][code] if code >= 0 else ""


def range_of(products: Sequence[Product]) -> Range:
    """The products with their codes."""
    told = [tokens(product) for product in products]
    codes, values = {}, {}
    for group in GROUPS:
        names = sorted({one[group] for one in told if one[group]})
        place = {name: number for number, name in enumerate(names)}
        codes[group] = np.array([place.get(one[group], -1) for one in told], dtype=np.int64)
        values[group] = tuple(names)
    index = {product.sku.upper(): number for number, product in enumerate(products)}
    return Range(tuple(products), index, codes, values, _price_places(products, codes["category"]))


def tokens(product: Product) -> dict[str, str]:
    """A product's value in each group, in small letters; '' where it isn't told."""
    given = product.attributes
    colour = _said(product.colour)
    named = find_name(colour)
    return {
        "department": _said(product.department),
        "category": _said(product.category),
        "line": _said(product.line),
        "colour": colour,
        "tone": named.family if named else colour.split()[-1] if colour else "",
        "fabric": _said(given.get("fabric", "")),
        "material": _said(product.materials[0].name) if product.materials else "",
        "pattern": "plain" if _said(given.get("pattern", "")) in _PLAIN else _said(given.get("pattern", "")),
        "fit": _said(given.get("leg", "") or given.get("fit", "")),
        "length": _said(given.get("length", "")),
        "sleeve": _said(given.get("sleeve", "")),
        "neck": _said(given.get("neckline", "") or given.get("collar", "")),
        "closure": _said(given.get("closure", "")),
    }


def _said(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()


def _price_places(products: Sequence[Product], category: Codes) -> Array:
    logs = np.array([np.log(product.price) if product.price else np.nan for product in products], dtype=float)
    found = np.zeros(len(products))
    for code in np.unique(category):
        inside = (category == code) & np.isfinite(logs)
        if inside.any():
            spread = max(float(logs[inside].std()), 0.05)
            found[inside] = (logs[inside] - logs[inside].mean()) / spread
    return found
