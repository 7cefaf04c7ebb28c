"""Nearest winners: past posts of pieces like the one in hand that sold better than their like.

A post with 3 orders from 40 views need not be a winner. Its rate is drawn towards its category's mean by as much as the
category's posts vary beyond chance (empirical Bayes with a beta-binomial, Robbins 1956; Morris 1983), and comes with
the interval that the posterior gives. Nearness counts category, materials, attributes, price and wording (TF-IDF).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.commerce.product_descriptions.lexicon import tokens
from lib.commerce.product_descriptions.model import Channel, Material, Post, Product
from lib.commerce.product_descriptions.values import plain as plain_form
from lib.i18n import N_, list_of, translate

Array = NDArray[np.float64]
WEIGHTS = {"category": 0.35, "materials": 0.2, "attributes": 0.2, "price": 0.1, "wording": 0.15}
PRICE_SCALE = 0.5  # log price: a piece at 1.6 times the price counts 0.6 of a piece at the same
FEWEST_POSTS = 4  # of a category and channel, for a mean of their own


@dataclass(frozen=True)
class Winner:
    """A past post near to the product, and why. Rates are orders per view; ``why`` are message ids with values."""

    post: Post
    similarity: float  # 0 to 1
    rate: float  # drawn towards the mean of its like
    low: float  # 95% credible
    high: float
    usual: float  # the mean of its category and channel
    why: tuple[tuple[str, dict[str, Any]], ...] = ()

    @property
    def lift(self) -> float:
        """How much better it sold than its like, as a share: 0.3 is 30% more orders per view."""
        return self.rate / self.usual - 1 if self.usual > 0 else 0.0

    def reasons(self, language: str | None = None) -> list[str]:
        """``why`` in the reader's language; a value that is a tuple becomes a list in words."""
        return [
            translate(
                message,
                language,
                **{
                    key: list_of(value, language) if isinstance(value, tuple) else value
                    for key, value in values.items()
                },
            )
            for message, values in self.why
        ]


@dataclass(frozen=True)
class Rates:
    """(n,) shrunken orders per view with their intervals, and the mean that each was drawn towards."""

    rate: Array
    low: Array
    high: Array
    usual: Array


def shrunken_rates(posts: Sequence[Post]) -> Rates:
    """Beta-binomial posteriors; one prior a category and channel, a category where that has too few posts, else all."""
    from scipy.special import betaincinv

    orders = np.array([post.orders for post in posts], dtype=np.float64)
    views = np.array([post.views for post in posts], dtype=np.float64)
    alpha, beta = np.zeros(len(posts)), np.zeros(len(posts))
    for rows in _like(posts):
        alpha[rows], beta[rows] = beta_prior(orders[rows], views[rows])
    first, second = alpha + orders, beta + np.maximum(views - orders, 0)
    return Rates(
        first / (first + second),
        np.asarray(betaincinv(first, second, 0.025)),
        np.asarray(betaincinv(first, second, 0.975)),
        alpha / (alpha + beta),
    )


def _like(posts: Sequence[Post]) -> list[list[int]]:
    """Rows of like posts: each row is in the last list that names it, the narrowest with enough posts."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for row, post in enumerate(posts):
        category = plain(post.category)
        for key in ((), (category,), (category, str(post.channel))):
            groups.setdefault(key, []).append(row)
    enough = [(key, rows) for key, rows in groups.items() if len(rows) >= FEWEST_POSTS or not key]
    return [rows for _key, rows in sorted(enough, key=lambda pair: len(pair[0]))]


def beta_prior(orders: Array, views: Array) -> tuple[float, float]:
    """(alpha, beta) by the method of moments: the spread of the rates beyond what chance gives them (Kleinman 1973)."""
    seen = views > 0
    orders, views = orders[seen], views[seen]
    total = views.sum()
    if not len(views) or total == 0:
        return 1.0, 1.0
    mean = min(max((orders.sum() + 0.5) / (total + 1), 1e-6), 1 - 1e-6)
    count = len(views)
    spread = float((views * (orders / views - mean) ** 2).sum())
    left = total - (views**2).sum() / total
    between = (spread - (count - 1) * mean * (1 - mean)) / max(left - (count - 1), 1.0) / (mean * (1 - mean))
    weight = 1 / min(max(between, 1e-4), 0.5) - 1  # views that the prior is worth
    return mean * weight, (1 - mean) * weight


@dataclass(frozen=True)
class Shelf:
    """Past posts made ready for asking; made once, asked for many products."""

    posts: tuple[Post, ...]
    products: tuple[Product, ...] = ()
    _by_sku: dict[str, Product] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "posts", tuple(self._with_category(self.posts)))

    def _with_category(self, posts: Sequence[Post]) -> list[Post]:
        """Posts seen at all, each with its product's category where it names none."""
        self._by_sku.update({product.sku: product for product in self.products})
        return [
            post.model_copy(update={"category": self._by_sku[post.sku].category})
            if not post.category and post.sku in self._by_sku
            else post
            for post in posts
            if post.views > 0
        ]

    @cached_property
    def rates(self) -> Rates:
        return shrunken_rates(self.posts)

    @cached_property
    def _wording(self) -> tuple[Any, Any]:
        """(vectoriser, matrix) of the posts' words and the beginnings of words."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, max_features=30_000)
        try:
            return vectoriser, vectoriser.fit_transform([f"{post.title} {post.text}" for post in self.posts])
        except ValueError:  # no text has three letters in a row
            return None, None

    def nearest(
        self, product: Product, channel: Channel | str = "", language: str = "", n: int = 3
    ) -> tuple[Winner, ...]:
        """At most ``n`` winners for ``product``, the best first; posts of the same product are left out.

        Args:
            channel: only posts of this channel; all when empty.
            language: only posts in this language; all when empty.
        """
        if not self.posts:
            return ()
        similar = self._similarities(product)
        rates = self.rates
        lift = rates.rate / np.maximum(rates.usual, 1e-12)
        wanted = np.array(
            [
                (not channel or post.channel == channel)
                and (not language or post.language == language)
                and (not post.sku or post.sku != product.sku)
                for post in self.posts
            ]
        )
        value = np.where(wanted & (lift > 1), similar * lift, 0.0)
        order = [int(row) for row in np.argsort(-value, kind="stable") if value[row] > 0]
        return tuple(self._winner(row, product, float(similar[row])) for row in self._distinct(order)[:n])

    def _distinct(self, order: Sequence[int]) -> list[int]:
        """The first post of each product: three posts of one piece are one example."""
        found: dict[str, int] = {}
        for row in order:
            found.setdefault(self.posts[row].sku or f"\0{self.posts[row].post_id}", row)
        return list(found.values())

    def _winner(self, row: int, product: Product, similarity: float) -> Winner:
        rates, post = self.rates, self.posts[row]
        return Winner(
            post=post,
            similarity=similarity,
            rate=float(rates.rate[row]),
            low=float(rates.low[row]),
            high=float(rates.high[row]),
            usual=float(rates.usual[row]),
            why=why_near(product, post, self._by_sku.get(post.sku)),
        )

    def _similarities(self, product: Product) -> Array:
        """(n,) nearness of each post; without a known product a post is judged by category and wording."""
        near: dict[tuple[str, str], float] = {}  # posts of one piece are equally near, but for their wording
        for post in self.posts:
            if (post.sku, post.category) not in near:
                near[post.sku, post.category] = _nearness(product, post, self._by_sku.get(post.sku))
        parts = np.array([near[post.sku, post.category] for post in self.posts])
        return np.asarray(parts + WEIGHTS["wording"] * self._wording_nearness(product))

    def _wording_nearness(self, product: Product) -> Array:
        vectoriser, matrix = self._wording
        if vectoriser is None:
            return np.zeros(len(self.posts))
        asked = vectoriser.transform([_words_of(product)])
        return np.asarray((matrix @ asked.T).toarray()[:, 0])


def nearest_winners(
    product: Product,
    posts: Sequence[Post],
    products: Sequence[Product] = (),
    channel: Channel | str = "",
    language: str = "",
    n: int = 3,
) -> tuple[Winner, ...]:
    """``Shelf.nearest`` for a single question; keep a ``Shelf`` for many."""
    return Shelf(tuple(posts), tuple(products)).nearest(product, channel, language, n)


def _words_of(product: Product) -> str:
    """All that is known of a product, as one text."""
    materials = (material.name for material in product.materials)
    parts = (product.name, product.category, product.colour, *materials, *product.attributes.values())
    return " ".join((*parts, *product.details, product.fit_note, product.origin))


def _nearness(product: Product, post: Post, other: Product | None) -> float:
    """The weighted parts of nearness that come from facts."""
    same = plain(post.category) == plain(product.category)
    near = WEIGHTS["category"] * same
    if other is None:
        return near
    near += WEIGHTS["materials"] * _materials_shared(product.materials, other.materials)
    near += WEIGHTS["attributes"] * _attributes_shared(product, other)
    if product.price and other.price and product.currency == other.currency:
        near += WEIGHTS["price"] * float(np.exp(-(((np.log(product.price / other.price)) / PRICE_SCALE) ** 2) / 2))
    return near


def _materials_shared(one: Sequence[Material], other: Sequence[Material]) -> float:
    """The share of the cloth that both are made of; materials without shares are taken as equal parts."""
    first, second = _shares(one), _shares(other)
    return sum(min(share, second.get(name, 0.0)) for name, share in first.items())


def _shares(materials: Sequence[Material]) -> dict[str, float]:
    return {plain(m.name): m.share if m.share is not None else 1 / len(materials) for m in materials}


def _attributes_shared(one: Product, other: Product) -> float:
    """The share of attributes with one value, among those that either has."""
    names = set(one.attributes) | set(other.attributes)
    return len(_same_attributes(one, other)) / len(names) if names else 0.0


def _same_attributes(one: Product, other: Product) -> list[str]:
    """Names of attributes whose values have the same words."""
    shared = (name for name in one.attributes if name in other.attributes)
    return [name for name in shared if _words_in(one.attributes[name]) == _words_in(other.attributes[name])]


@lru_cache(maxsize=50_000)  # the same few thousand values are asked for with every product of a catalogue
def plain(text: str) -> str:
    """``values.plain``, remembered."""
    return plain_form(text)


@lru_cache(maxsize=50_000)
def _words_in(value: str) -> frozenset[str]:
    return frozenset(tokens(value))


def why_near(product: Product, post: Post, other: Product | None) -> tuple[tuple[str, dict[str, Any]], ...]:
    """What the product shares with the post's own, as message ids with values."""
    reasons: list[tuple[str, dict[str, Any]]] = []
    if plain(post.category) == plain(product.category):
        reasons.append((N_("same category"), {}))
    if other is None:
        return tuple(reasons)
    mine = {plain(material.name): material.name for material in product.materials}
    shared = tuple(mine[name] for material in other.materials if (name := plain(material.name)) in mine)
    if shared:
        reasons.append((N_("both in {materials}"), {"materials": shared}))
    values = tuple(product.attributes[name] for name in _same_attributes(product, other))
    if values:
        reasons.append((N_("both {values}"), {"values": values}))
    if plain(product.colour) and plain(product.colour) == plain(other.colour):
        reasons.append((N_("same colour"), {}))
    if (
        product.price
        and other.price
        and product.currency == other.currency
        and 0.8 <= other.price / product.price <= 1.25
    ):
        reasons.append((N_("similar price"), {}))
    return tuple(reasons)
