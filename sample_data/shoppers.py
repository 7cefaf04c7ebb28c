"""The house's shoppers: who they are in the customer file, and what each likes, which no file tells.

A taste is a utility of every product: some is shared with people like them (a few hidden kinds of shopper), the rest is
their own. Orders, logged shop visits and clients' comments all follow from it, so that a method can find it again in
them, and nowhere else.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sample_data.products import Article, pair, source

COUNT = 900
KINDS = 7  # of shoppers, hidden
COLUMNS = (
    "customer_id", "first_name", "last_name", "email", "phone", "language", "country", "city", "postcode",
    "customer_since", "top_size", "trouser_size", "shoe_size", "allowed_purposes", "spent_24_months",
)  # fmt: skip
PURPOSES = ("orders; browsing; comments", "orders; browsing", "orders", "")
FEATURES = ("category", "line", "colour", "family", "fit", "pattern")


@dataclass(frozen=True)
class Shopper:
    """One customer, clean, before the file makes a mess of it."""

    customer_id: str
    first_name: str
    last_name: str
    email: str
    phone: str
    language: str
    country: str
    city: str
    postcode: str
    customer_since: str
    department: str
    sizes: dict[str, str]  # category -> the size that fits
    allowed: str  # the purposes that the customer agreed to
    frequency: float  # orders a year
    kind: int


def make_shoppers(seed: int, count: int = COUNT) -> list[Shopper]:
    """The customers in the order of their numbers."""
    draw = random.Random(seed)
    return [_shopper(draw, number) for number in range(1, count + 1)]


def _shopper(draw: random.Random, number: int) -> Shopper:
    # Mail addresses are in a domain kept for examples (RFC 2606), French numbers in the range kept for fiction.
    language = draw.choices(("fr", "en", "de", "it", "es"), (48, 27, 11, 8, 6))[0]
    department = draw.choices(("women", "men"), (78, 22))[0]
    shop = source("shop")
    country = shop["places"][language]["country"]
    city, postcode = pair(draw.choice(shop["places"][language]["places"]))
    first = draw.choice(shop[department][language].split())
    last = draw.choice(shop["last"][language].split())
    return Shopper(
        customer_id=f"C{10_000 + 7 * number}",
        first_name=first,
        last_name=last,
        email=f"{_plain(first)}.{_plain(last)}{draw.choice(['', '', str(draw.randint(1, 99))])}@example.com",
        phone=f"+33 1 99 00 {number // 100:02d} {number % 100:02d}" if country == "FR" else "",
        language=language,
        country=country,
        city=city,
        postcode=postcode,
        customer_since=f"20{draw.randint(19, 26)}-{draw.randint(1, 9):02d}-{draw.randint(1, 28):02d}",
        department=department,
        sizes=_sizes(draw, department),
        allowed=draw.choices(PURPOSES, (46, 22, 17, 15))[0],
        frequency=draw.gammavariate(1.1, 2.3),
        kind=draw.choices(range(KINDS), [1 / (place + 1.5) for place in range(KINDS)])[0],
    )


def _sizes(draw: random.Random, department: str) -> dict[str, str]:
    """A body's sizes go together: bottoms follow tops by a size at most, shoes loosely."""
    low, high, shoe = (34, 46, 37) if department == "women" else (46, 56, 42)
    step = min(max(round(draw.gauss(2.2, 1.5)), 0), (high - low) // 2)
    bottom = min(max(step + draw.choice((-1, 0, 0, 0, 1)), 0), (high - low) // 2)
    top_size, bottom_size = str(low + 2 * step), str(low + 2 * bottom)
    shoe_size = str(shoe + min(max(round(draw.gauss(1.2, 1.4)), -1), 4))
    return {"top": top_size, "bottom": bottom_size, "shoes": shoe_size}


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return letters.lower().replace(" ", "-")


def described(article: Article) -> dict[str, str]:
    """The values of an article that a taste may hang on."""
    return {
        "category": article.category,
        "line": article.line,
        "colour": article.colour[0],
        "family": article.family,
        "fit": article.attributes.get("fit", ("", ""))[0],
        "pattern": article.attributes.get("pattern", ("plain", ""))[0],
    }


SPREAD = {"category": 0.75, "line": 0.35, "colour": 0.7, "family": 0.6, "fit": 0.45, "pattern": 0.4}
OWN = 0.55  # of a taste's spread that is the shopper's alone


def tastes(seed: int, shoppers: Sequence[Shopper], articles: Sequence[Article]) -> NDArray[np.float64]:
    """Utilities, shape (shoppers, articles), log scale; -inf where the department isn't theirs."""
    rng = np.random.default_rng(seed)
    rows = [described(article) for article in articles]
    total = np.zeros((len(shoppers), len(articles)))
    kinds = np.array([shopper.kind for shopper in shoppers])
    for feature in FEATURES:
        values = sorted({row[feature] for row in rows})
        place = np.array([values.index(row[feature]) for row in rows])
        spread = SPREAD[feature]
        shared = rng.normal(0, spread * (1 - OWN**2) ** 0.5, (KINDS, len(values)))
        own = rng.normal(0, spread * OWN, (len(shoppers), len(values)))
        total += (shared[kinds] + own)[:, place]
    prices = np.log([article.price for article in articles])
    wallet = rng.normal(np.log(330), 0.45, len(shoppers))
    # Twice too dear costs more than half as dear does: a purse has one end.
    total -= 0.5 * np.maximum(prices[None, :] - wallet[:, None], 0) ** 2 + 0.15 * np.abs(prices[None] - wallet[:, None])
    total += np.array([article.appeal for article in articles])[None, :]
    return np.where(_theirs(shoppers, articles), total, -np.inf)


def _theirs(shoppers: Sequence[Shopper], articles: Sequence[Article]) -> NDArray[np.bool_]:
    of_shopper = np.array([shopper.department for shopper in shoppers])
    of_article = np.array([article.department for article in articles])
    theirs: NDArray[np.bool_] = (of_article[None, :] == of_shopper[:, None]) | (of_article[None, :] == "unisex")
    return theirs


def size_of(shopper: Shopper, article: Article) -> str:
    """The size that this shopper takes of this article, the nearest that is made."""
    if article.category == "bags":
        return article.sizes[0]
    if article.category == "shoes":
        return min(article.sizes, key=lambda size: abs(int(size) - int(shopper.sizes["shoes"])))
    number = int(shopper.sizes["bottom" if article.category in ("trousers", "skirts") else "top"])
    if article.sizes[0].isdigit():
        return min(article.sizes, key=lambda size: abs(int(size) - number))
    low = 34 if shopper.department == "women" else 46
    letters = ("XS", "S", "M", "L", "XL")
    wanted = min((number - low) // 2, 4) if shopper.department == "women" else min((number - low) // 2 + 1, 4)
    return min(article.sizes, key=lambda size: abs(letters.index(size) - wanted))


def customer_rows(shoppers: Sequence[Shopper], spent: dict[str, float], seed: int) -> list[dict[str, str]]:
    """The customer file: what the house knows, with its gaps, capitals and one customer twice."""
    draw = random.Random(seed)
    rows = [_row(shopper, spent.get(shopper.customer_id, 0.0)) for shopper in shoppers]
    for row in rows:
        for column, share in (("phone", 0.1), ("postcode", 0.04), ("top_size", 0.35), ("trouser_size", 0.45),
                              ("shoe_size", 0.5), ("city", 0.02)):  # fmt: skip
            if draw.random() < share:
                row[column] = ""
        if draw.random() < 0.03:
            row["last_name"] = row["last_name"].upper()
        if draw.random() < 0.02:
            row["allowed_purposes"] = "?"
    again = dict(draw.choice(rows))
    again["customer_id"], again["email"] = again["customer_id"] + "-2", again["email"].upper()
    rows.insert(draw.randrange(len(rows)), again)
    return rows


def _row(shopper: Shopper, spent: float) -> dict[str, str]:
    return dict(
        zip(
            COLUMNS,
            (
                shopper.customer_id, shopper.first_name, shopper.last_name, shopper.email, shopper.phone,
                shopper.language, shopper.country, shopper.city, shopper.postcode, shopper.customer_since,
                shopper.sizes["top"], shopper.sizes["bottom"], shopper.sizes["shoes"], shopper.allowed, f"{spent:.2f}",
            ),
            strict=True,
        )
    )  # fmt: skip
