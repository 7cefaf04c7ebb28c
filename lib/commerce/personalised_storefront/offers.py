"""Which offer a page highlights: the one with the highest expected margin that keeps every product's floor.

An offer is open to everybody who meets its conditions, which stand on every page beside it. A profile chooses which one
is shown first, never a price: the price of a product is the same on each page. What an offer lifts orders by is an
assumption of the house's until it has tested it; what it would have to lift them by to pay is worked out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lib.commerce.personalised_storefront.model import Cost, Product
from lib.i18n import N_

Kind = Literal["none", "alteration", "early", "percent"]
VISITS = 1_000.0  # that a margin is told for
ALTERED = ("dresses", "coats", "trousers", "skirts", "robes", "manteaux", "pantalons", "jupes")
TITLES: dict[str, str] = {
    "none": N_("No offer"),
    "alteration": N_("Free alteration"),
    "early": N_("Early access to the new season"),
    "percent": N_("{percent} off"),
}
CONDITIONS: dict[str, str] = {
    "none": "",
    "alteration": N_("For everybody: one free alteration of a piece marked with it, within 30 days."),
    "early": N_("For everybody with an account: the new season’s pieces 48 hours before the shop opens them."),
    "percent": N_("For everybody who orders online until Sunday: {percent} off the pieces marked, in all sizes."),
}


@dataclass(frozen=True)
class Offer:
    """One open offer: what it costs the house for an order that it applies to, and the lift that is assumed of it."""

    kind: Kind
    percent: float = 0.0  # off the price, as a share
    cost: float = 0.0  # an order, in the currency
    lift: float = 0.0  # of orders of the products that it applies to, as a share; an assumption
    lift_low: float | None = None  # the ends of the range that the assumption leaves open
    lift_high: float | None = None
    source: str = ""  # where the house has the range from; '' for nowhere

    @property
    def lifts(self) -> tuple[float, float]:
        """The ends of the range; the assumption itself where none is given."""
        low = self.lift if self.lift_low is None else self.lift_low
        high = self.lift if self.lift_high is None else self.lift_high
        return low, high


#: Assumptions to begin with, of nobody's test: the house replaces them by its own.
HOUSE_OFFERS = (
    Offer("none"),
    Offer("alteration", cost=18.0, lift=0.06, lift_low=0.02, lift_high=0.10),
    Offer("early", cost=0.0, lift=0.03, lift_low=0.0, lift_high=0.06),
    Offer("percent", percent=0.10, lift=0.15, lift_low=0.05, lift_high=0.25),
)


@dataclass(frozen=True)
class Outlook:
    """What an offer comes to over the page's products.

    ``margin`` is expected per 1,000 visits; ``low`` and ``high`` are what it comes to at both ends of the assumed lift
    and of the chance of an order; ``at_low_lift`` is what it comes to at the low end of the lift alone. ``applies`` are
    the products that it may be had on; ``blocked`` those that it would take below their floor; ``even`` is the lift at
    which it would come to as much as no offer, None where no lift could do that.
    """

    offer: Offer
    margin: float
    low: float
    high: float
    applies: tuple[str, ...]
    blocked: tuple[str, ...]
    even: float | None
    at_low_lift: float = 0.0


@dataclass(frozen=True)
class Till:
    """What margins are worked out from. ``tax`` is included in prices; ``chance`` of an order a visit, and its ends."""

    costs: Mapping[str, Cost]
    tax: float = 0.20
    chance: float = 0.09
    low: float = 0.08
    high: float = 0.10
    newest: str = ""  # the newest season


def margin_of(product: Product, cost: Cost | None, tax: float, off: float = 0.0) -> float | None:
    """What is left of a sale after tax, discount and landed cost; None where price or cost is unknown."""
    if product.price is None or cost is None or cost.landed is None:
        return None
    return product.price * (1 - off) / (1 + tax) - cost.landed


def keeps_floor(product: Product, cost: Cost | None, tax: float, off: float, spent: float = 0.0) -> bool:
    """Whether the margin stays at its floor or above after a discount and what else an order costs (``spent``).

    Where price, cost or floor is unknown, nothing is given away.
    """
    margin = margin_of(product, cost, tax, off)
    if margin is None or product.price is None or cost is None or cost.floor is None:
        return off == 0 and spent == 0
    net = product.price * (1 - off) / (1 + tax)
    return net > 0 and (margin - spent) / net >= cost.floor - 1e-9


def outlooks(
    products: Sequence[Product], chances: Sequence[float], till: Till, offers: Sequence[Offer] = HOUSE_OFFERS
) -> tuple[Outlook, ...]:
    """Every offer's outlook, the best first; an offer that no product may have is left at what no offer brings.

    Args:
        chances: of each product among the orders of the page; they add up to 1.
    """
    found = [_outlook(offer, products, chances, till) for offer in offers]
    # Among equals the plainer stays: no offer before one that changes nothing.
    return tuple(sorted(found, key=lambda one: (-round(one.margin, 6), offers.index(one.offer))))


def _outlook(offer: Offer, products: Sequence[Product], chances: Sequence[float], till: Till) -> Outlook:
    rest = base = gained = 0.0  # what it doesn't reach; what it reaches, without and with it, before any lift
    applies, blocked = [], []
    for product, chance in zip(products, chances, strict=True):
        cost = till.costs.get(product.sku)
        margin = margin_of(product, cost, till.tax)
        if margin is None:
            continue
        reached = _reaches(offer, product, till)
        if reached and not keeps_floor(product, cost, till.tax, offer.percent, offer.cost):
            blocked.append(product.sku)
            reached = False
        if not reached:
            rest += chance * margin
            continue
        applies.append(product.sku)
        left = (margin_of(product, cost, till.tax, offer.percent) or 0.0) - offer.cost
        base, gained = base + chance * margin, gained + chance * left
    even = base / gained - 1 if applies and gained > 0 and offer.kind != "none" else None
    low, high = offer.lifts
    ends = [(rest + (1 + lift) * gained) * chance * VISITS for lift in (low, high) for chance in (till.low, till.high)]
    margin_at = {lift: (rest + (1 + lift) * gained) * till.chance * VISITS for lift in (offer.lift, low)}
    return Outlook(
        offer, margin_at[offer.lift], min(ends), max(ends), tuple(applies), tuple(blocked), even, margin_at[low]
    )  # fmt: skip


def _reaches(offer: Offer, product: Product, till: Till) -> bool:
    if offer.kind == "alteration":
        return product.category.casefold() in ALTERED
    if offer.kind == "early":
        return bool(till.newest) and product.season == till.newest
    return offer.kind == "percent"


def newest_season(products: Sequence[Product]) -> str:
    """The latest season by its year, autumn after spring; '' where none is told."""
    seasons = {product.season for product in products if product.season}

    def place(season: str) -> tuple[str, int]:
        digits = "".join(letter for letter in season if letter.isdigit())
        return digits[-2:], int(season[:1].casefold() in "af")

    return max(seasons, key=place, default="")
