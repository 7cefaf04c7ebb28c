"""The shop page, put together: what stands where for one shopper, and on the generic page, and why they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lib.commerce.personalised_storefront.attributes import GROUPS
from lib.commerce.personalised_storefront.factors import Factors
from lib.commerce.personalised_storefront.history import SOURCES
from lib.commerce.personalised_storefront.house import House, available, house_of
from lib.commerce.personalised_storefront.model import Product, Purpose, Shopper
from lib.commerce.personalised_storefront.ranker import FEATURES, GENERIC, Ranker

__all__ = ["House", "available", "house_of"]

Array = NDArray[np.float64]
PLACES = 13  # the opening piece and a grid of twelve
HOME = ""
#: Utility from which a feature counts as a reason.
TELLING = 0.08
LETTERS = {
    "women": {"XS": (32, 34), "S": (36, 36), "M": (38, 40), "L": (42, 42), "XL": (44, 46)},
    "men": {"XS": (44, 44), "S": (46, 46), "M": (48, 48), "L": (50, 50), "XL": (52, 54)},
}


@dataclass(frozen=True)
class Rules:
    """The merchandiser's: they stand above every profile.

    ``editorial`` come first on both pages, then ``pinned``; ``fixed`` are pages that are never personalised; at most
    ``alike`` products of one category stand among the first places of the home page, and of one colour on a category's.
    """

    editorial: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    alike: int = 3
    sizes_first: bool = True


@dataclass(frozen=True)
class Reason:
    """Why a product stands where it does. ``kind``: liking, similar, again or price; the rest fills it."""

    kind: str
    group: str = ""
    value: str = ""
    count: int = 0
    of: int = 0
    sku: str = ""


@dataclass(frozen=True)
class Card:
    """One place of the grid. ``size`` is the shopper's own for this product, '' where it isn't known."""

    product: Product
    size: str = ""
    units: int | None = None  # of that size online; None where size or stock is unknown
    reasons: tuple[Reason, ...] = ()
    rule: str = ""  # 'editorial' or 'pinned'


@dataclass(frozen=True)
class Front:
    """One version of the page."""

    personal: bool
    page: str  # a category's name, or HOME
    categories: tuple[str, ...]
    cards: tuple[Card, ...]
    used: Mapping[Purpose, int] = field(default_factory=dict)  # acts that it rests on, by purpose

    @property
    def skus(self) -> tuple[str, ...]:
        return tuple(card.product.sku for card in self.cards)


def done_by(house: House, customer: str, allowed: frozenset[Purpose]) -> tuple[Array, dict[Purpose, int]]:
    """How much a shopper did with each product, (1, products), as far as allowed; and how many acts that is."""
    made = np.zeros((1, len(house.line)))
    number = house.who.get(customer)
    used = dict.fromkeys(SOURCES, 0)
    if number is None:
        return made, used
    own = house.acts.only(house.acts.who == number)
    for at, source in enumerate(SOURCES):
        if source in allowed:
            part = own.only(own.source == at)
            np.add.at(made[0], part.what, part.weight)
            used[source] = len(part)
    return np.minimum(made, 2.0), used


def front_of(
    house: House,
    ranker: Ranker,
    customer: str,
    allowed: frozenset[Purpose],
    page: str = HOME,
    rules: Rules | None = None,
    places: int = PLACES,
) -> Front:
    """The page for one shopper, as far as they agree; without consent or history it is the generic one."""
    rules = rules or Rules()
    done, used = done_by(house, customer, allowed)
    personal = bool(done.any()) and page not in rules.fixed
    parts = ranker.parts(done if personal else np.zeros_like(done))[0]
    scores = parts.sum(axis=1)
    category = np.array([product.category.casefold() for product in house.line.products])
    open_ = available(house)
    if page != HOME:
        open_ = open_ & (category == page.casefold())
    shopper = house.shopper(customer) if Purpose.ORDERS in allowed else None
    sizes = sizes_of(house, shopper, customer) if shopper and personal else {}
    order = _arranged(house, scores, open_, category, rules, sizes, page, places)
    cards = tuple(_card(house, ranker, number, done[0], parts[number], rules, sizes) for number in order)
    ranked = _categories(house, scores, available(house), category, rules, personal)
    return Front(personal, page, ranked, cards, used)


def _categories(
    house: House, scores: Array, open_: NDArray[np.bool_], category: NDArray[np.str_], rules: Rules, personal: bool
) -> tuple[str, ...]:
    """Categories in the order of their three best products; those never personalised keep their place in the file."""
    names = list(dict.fromkeys(str(name) for name in category[open_]))
    if not personal or HOME in rules.fixed:
        return tuple(sorted(names, key=lambda name: -house.sales.decayed[-1][(category == name) & open_].sum()))
    best = {name: float(np.sort(scores[(category == name) & open_])[-3:].mean()) for name in names}
    return tuple(sorted(names, key=lambda name: -best[name]))


def _arranged(
    house: House,
    scores: Array,
    open_: NDArray[np.bool_],
    category: NDArray[np.str_],
    rules: Rules,
    sizes: Mapping[str, str],
    page: str,
    places: int,
) -> list[int]:
    """Product numbers from the first place down: rules, then what fits, then the rest, never too much of one kind."""
    index = house.line.index
    first = [
        index[sku] for sku in dict.fromkeys((*rules.editorial, *rules.pinned)) if sku in index and open_[index[sku]]
    ]
    ranked = [int(number) for number in np.argsort(-scores, kind="stable") if open_[number] and number not in first]
    if rules.sizes_first and sizes:
        ranked.sort(key=lambda number: not fits(house, house.line.products[number], sizes))  # stable: order is kept
    kinds = category if page == HOME else np.array([product.colour.casefold() for product in house.line.products])
    waiting: list[int] = []
    taken, counts = list(first), Counter(str(kinds[number]) for number in first)
    for number in ranked:
        if len(taken) >= places:
            break
        if counts[str(kinds[number])] >= rules.alike:
            waiting.append(number)
            continue
        counts[str(kinds[number])] += 1
        taken.append(number)
    return (taken + waiting)[:places]


def sizes_of(house: House, shopper: Shopper, customer: str) -> dict[str, str]:
    """The shopper's size by category: what they kept buying for themselves, else what the profile says."""
    back = {(one.order_id, one.number, one.sku) for one in house.tables.returns}
    found: dict[str, Counter[str]] = {}
    for one in house.tables.lines:
        if (
            one.customer_id == customer
            and one.size
            and not one.gift
            and (one.order_id, one.number, one.sku) not in back
        ):
            name = house.line.products[house.line.index[one.sku]].category.casefold()
            found.setdefault(name, Counter())[one.size] += 1
    sizes = {name: counts.most_common(1)[0][0] for name, counts in found.items()}
    told = dict(shopper.sizes)
    for product in house.line.products:
        name = product.category.casefold()
        kind = (
            "shoe"
            if "shoe" in name or "chauss" in name
            else "trouser"
            if "trouser" in name or "pantal" in name
            else "top"
        )
        if name not in sizes and told.get(kind) and "bag" not in name and "sac" not in name:
            sizes[name] = told[kind]
    return sizes


def size_in(product: Product, size: str) -> str:
    """The shopper's size as this product names it: itself, or the letter that covers it; '' where neither is made."""
    if not size:
        return ""
    if size in product.sizes:
        return size
    table = LETTERS["men" if product.department.casefold() in ("men", "homme", "hommes") else "women"]
    for letter, (low, high) in table.items():
        if size.isdigit() and low <= int(size) <= high and letter in product.sizes:
            return letter
        if size == letter:
            return next((one for one in product.sizes if one.isdigit() and low <= int(one) <= high), "")
    return ""


def units_of(house: House, product: Product, size: str) -> int | None:
    """Units online in a size; None where no stock is told."""
    return house.stock.get(product.sku, {}).get(size, 0) if house.stock and size else None


def fits(house: House, product: Product, sizes: Mapping[str, str]) -> bool:
    """Whether the shopper's size is in stock; a product of one size, or a category without a known size, fits."""
    size = sizes.get(product.category.casefold(), "")
    if not size or len(product.sizes) <= 1:
        return True
    named = size_in(product, size)
    units = units_of(house, product, named) if named else 0
    return units is None or units > 0


def _card(
    house: House, ranker: Ranker, number: int, done: Array, parts: Array, rules: Rules, sizes: Mapping[str, str]
) -> Card:
    product = house.line.products[number]
    size = size_in(product, sizes.get(product.category.casefold(), ""))
    rule = "editorial" if product.sku in rules.editorial else "pinned" if product.sku in rules.pinned else ""
    return Card(product, size, units_of(house, product, size), _reasons(house, ranker, number, done, parts), rule)


def _reasons(house: House, ranker: Ranker, number: int, done: Array, parts: Array, most: int = 2) -> tuple[Reason, ...]:
    """The strongest personal features of a product, in their order."""
    order = np.argsort(-parts[GENERIC:], kind="stable") + GENERIC
    found: list[Reason | None] = []
    for at in order:
        if parts[at] < TELLING or len(found) == most:
            break
        found.append(_reason(house, ranker, FEATURES[int(at)], number, done))
    return tuple(one for one in found if one is not None)


def _reason(house: House, ranker: Ranker, feature: str, number: int, done: Array) -> Reason | None:
    own = np.flatnonzero(done)
    if feature in GROUPS:
        value = house.line.value(feature, number)
        code = house.line.codes[feature]
        same = int((code[own] == code[number]).sum())
        return Reason("liking", feature, value, same, len(own)) if same else None
    if feature == "similar":
        return Reason("similar", sku=house.line.products[_nearest(ranker, number, own)].sku)
    return Reason(feature, of=len(own))


def _nearest(ranker: Ranker, number: int, own: NDArray[np.int64]) -> int:
    """Of what the shopper did something with, the product that speaks most for this one."""
    if isinstance(ranker.similar, Factors):
        items = ranker.similar.items
        near = items[own] @ items[number] / np.maximum(np.linalg.norm(items[own], axis=1), 1e-9)
    elif ranker.similar is not None:
        near = ranker.similar.weights[own, number]
    else:
        near = np.zeros(len(own))
    return int(own[int(np.argmax(near))])


def chances_of(house: House, ranker: Ranker, front: Front, customer: str, allowed: frozenset[Purpose]) -> list[float]:
    """How the page's orders would divide among its products, by the choice model; adds up to 1."""
    done, _used = done_by(house, customer, allowed)
    scores = ranker.scores(done if front.personal else np.zeros_like(done))[0]
    utility = np.array([scores[house.line.index[card.product.sku]] for card in front.cards])
    weights = np.exp(utility - utility.max()) if len(utility) else utility
    return [float(one) for one in weights / weights.sum()] if len(weights) else []
