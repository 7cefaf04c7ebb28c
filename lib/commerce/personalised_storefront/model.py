"""The words of the page: shoppers and what they agreed to, order lines, logged places, costs, stock, ratings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from lib.commerce.product_descriptions.model import Product

__all__ = ["Comment", "Cost", "Line", "Product", "Purpose", "Return", "Seen", "Shopper", "Stock"]


class Purpose(StrEnum):
    """What a shopper may agree to; nothing is used without it."""

    ORDERS = "orders"
    BROWSING = "browsing"
    COMMENTS = "comments"


@dataclass(frozen=True)
class Shopper:
    """One profile. ``sizes`` by kind ('top', 'trouser', 'shoe'). Unreadable consent is no consent."""

    customer_id: str
    first_name: str = ""
    language: str = ""
    country: str = ""
    sizes: tuple[tuple[str, str], ...] = ()
    purposes: frozenset[Purpose] = frozenset()
    unclear: bool = False  # the consent cell held something that nobody can read


@dataclass(frozen=True)
class Line:
    """One line of an order."""

    order_id: str
    number: str
    customer_id: str
    placed_on: dt.date
    sku: str
    size: str = ""
    quantity: int = 1
    gift: bool = False


@dataclass(frozen=True)
class Return:
    """One line that came back, with the reason that was ticked."""

    order_id: str
    number: str
    sku: str
    reason: str = ""


@dataclass(frozen=True)
class Seen:
    """One place of one logged visit: what stood on it, with which chance, and what became of it.

    ``chance`` is that of the product on this place, given what stands above it; None where it was lost.
    """

    visit_id: str
    customer_id: str
    at: dt.datetime
    device: str
    page: str
    position: int
    sku: str
    chance: float | None
    clicked: bool
    in_cart: bool = False
    ordered: bool = False


@dataclass(frozen=True)
class Cost:
    """Landed cost in the product's currency, and the lowest margin allowed, as a share of the price without tax."""

    sku: str
    landed: float | None
    floor: float | None


@dataclass(frozen=True)
class Stock:
    """Units of one size in one place."""

    place: str
    sku: str
    size: str
    units: int


@dataclass(frozen=True)
class Comment:
    """A rating from 1 to 5 that a client gave to a product."""

    customer_id: str
    sku: str
    rating: int
    day: int = 0  # ordinal of the day it was written; 0 where that is unknown


@dataclass(frozen=True)
class Tables:
    """Everything that a house hands in. Only products and orders or visits are needed."""

    products: tuple[Product, ...] = ()
    shoppers: tuple[Shopper, ...] = ()
    lines: tuple[Line, ...] = ()
    returns: tuple[Return, ...] = ()
    visits: tuple[Seen, ...] = ()
    costs: tuple[Cost, ...] = ()
    stock: tuple[Stock, ...] = ()
    comments: tuple[Comment, ...] = field(default=())
