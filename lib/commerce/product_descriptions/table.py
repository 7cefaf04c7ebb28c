"""Past posts as arrays: what the text has (features), what else moves sales (controls), what came of it (results)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lib.commerce.product_descriptions.features import FEATURES, LEARNED, features_of
from lib.commerce.product_descriptions.model import Post, Product
from lib.commerce.product_descriptions.regression import Array, Integers, stop_if
from lib.commerce.product_descriptions.values import plain
from lib.i18n import N_

FEWEST_OF_A_LEVEL = 8  # posts that a category needs for a mean of its own
FEWEST_WITH = 0.03  # share of posts that must differ from the others for a feature to be learned
MOST_INFLATION = 5.0  # variance inflation above which a feature is mostly others in disguise (Marquardt 1970)
TAIL = 0.01  # of each side's values that are pulled in: one giant text must not carry a coefficient


def silent(share: float, message: str = "") -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Table:
    """n posts; p features in their own units, c controls, the first of them the intercept.

    ``groups`` numbers the products: posts of one product share a number. ``levels`` is each post's category.
    """

    names: tuple[str, ...]
    features: Array  # (n, p), pulled in at the tails, gaps filled with the mean
    control_names: tuple[str, ...]
    controls: Array  # (n, c)
    orders: Array
    views: Array
    returns: Array
    groups: Integers
    levels: tuple[str, ...]
    channels: tuple[str, ...]
    words: Array
    left_out: dict[str, str]  # feature -> why, a message id

    def __len__(self) -> int:
        return len(self.orders)

    @property
    def products(self) -> int:
        return len(np.unique(self.groups))

    @property
    def rate(self) -> Array:
        """(n,) orders per view."""
        return self.orders / self.views

    def only(self, keep: NDArray[np.bool_]) -> Table:
        """The posts that ``keep`` (n,) marks."""
        rows = np.flatnonzero(keep)
        return replace(
            self,
            **{name: getattr(self, name)[rows] for name in _ROWS},
            levels=tuple(self.levels[row] for row in rows),
            channels=tuple(self.channels[row] for row in rows),
        )

    def shuffled(self, generator: np.random.Generator) -> Table:
        """The same texts with each other's results: nothing is left to find in them."""
        order = generator.permutation(len(self))
        return replace(self, orders=self.orders[order], views=self.views[order], returns=self.returns[order])


_ROWS = ("features", "controls", "orders", "views", "returns", "groups", "words")


def table_of(
    posts: Sequence[Post],
    products: Sequence[Product] | None = None,
    progress: Callable[..., None] = silent,
    cancelled: Callable[[], bool] = lambda: False,
) -> Table:
    """Measure all posts that were seen at all (views above 0)."""
    by_sku = {product.sku: product for product in products or ()}
    seen = [post for post in posts if post.views > 0]
    measured: list[dict[str, float]] = []
    for index, post in enumerate(seen):
        if index % 100 == 0:
            stop_if(cancelled)
            progress(index / max(len(seen), 1), N_("Measuring the texts"))
        measured.append(features_of(post, by_sku.get(post.sku)))
    raw = np.array([[row.get(name, np.nan) for name in LEARNED] for row in measured]).reshape(len(seen), len(LEARNED))
    levels = _levels(seen, by_sku)
    control_names, controls = _controls(seen, by_sku, levels)
    names, features, left_out = _kept(raw, controls)
    numbers: dict[str, int] = {}
    return Table(
        names=names,
        features=features,
        control_names=control_names,
        controls=controls,
        orders=np.array([post.orders for post in seen], dtype=np.float64),
        views=np.array([post.views for post in seen], dtype=np.float64),
        returns=np.array([post.returns for post in seen], dtype=np.float64),
        groups=np.array(
            [numbers.setdefault(post.sku or f"\0{post.post_id}", len(numbers)) for post in seen], dtype=np.int64
        ),
        levels=tuple(levels),
        channels=tuple(str(post.channel) for post in seen),
        words=np.array([row["words"] for row in measured]),
        left_out=left_out,
    )


def _levels(posts: Sequence[Post], by_sku: Mapping[str, Product]) -> list[str]:
    """Each post's category, its own or its product's; rare ones together."""
    names = [plain(post.category or (by_sku[post.sku].category if post.sku in by_sku else "")) for post in posts]
    times = Counter(names)
    return [name if times[name] >= FEWEST_OF_A_LEVEL else "other" for name in names]


def _controls(
    posts: Sequence[Post], by_sku: Mapping[str, Product], levels: Sequence[str]
) -> tuple[tuple[str, ...], Array]:
    """The intercept, then category, channel, language, price and time: what moves sales and also goes with texts."""
    columns: list[tuple[str, Array]] = [("intercept", np.ones(len(posts)))]
    for kind, values in (
        ("category", levels),
        ("channel", [str(post.channel) for post in posts]),
        ("language", [post.language for post in posts]),
    ):
        columns += _dummies(kind, values)
    columns += _price(posts, by_sku) + _time(posts)
    return tuple(name for name, _values in columns), np.column_stack([values for _name, values in columns])


def _dummies(kind: str, values: Sequence[str]) -> list[tuple[str, Array]]:
    """One column a level, the most frequent left out as the reference."""
    levels = [level for level, _times in Counter(values).most_common()]
    return [(f"{kind}: {level}", np.array([float(value == level) for value in values])) for level in levels[1:]]


def _standard(values: Array) -> Array:
    """Mean 0 and deviation 1 over what is known; what is not known is 0."""
    known = values[~np.isnan(values)]
    if len(known) < 2 or known.std() < 1e-9:
        return np.zeros(len(values))
    return np.asarray(np.nan_to_num((values - known.mean()) / known.std()))


def _price(posts: Sequence[Post], by_sku: Mapping[str, Product]) -> list[tuple[str, Array]]:
    """The logarithm of the price, each currency on its own scale, and whether it is missing where some are."""
    prices = [by_sku[post.sku].price if post.sku in by_sku else None for post in posts]
    if not any(prices):
        return []
    logs = np.array([np.log(price) if price else np.nan for price in prices])
    standard = np.zeros(len(posts))
    currencies = np.array([by_sku[post.sku].currency if post.sku in by_sku else "" for post in posts])
    for currency in set(currencies):
        standard[currencies == currency] = _standard(logs[currencies == currency])
    missing = np.isnan(logs).astype(np.float64)
    return [("price", standard), *([("price missing", missing)] if missing.sum() >= FEWEST_OF_A_LEVEL else [])]


def _time(posts: Sequence[Post]) -> list[tuple[str, Array]]:
    """Trend and, when the posts span most of a year, the season as one yearly wave."""
    days = np.array(
        [post.published_on.toordinal() if post.published_on else np.nan for post in posts], dtype=np.float64
    )
    if not len(days) or np.isnan(days).mean() > 0.5 or np.nanmax(days) == np.nanmin(days):
        return []
    columns = [("trend", _standard(days))]
    if np.nanmax(days) - np.nanmin(days) >= 270:
        angle = 2 * np.pi * days / 365.25
        columns += [("season (sine)", np.nan_to_num(np.sin(angle))), ("season (cosine)", np.nan_to_num(np.cos(angle)))]
    return columns


def _kept(raw: Array, controls: Array) -> tuple[tuple[str, ...], Array, dict[str, str]]:
    """The features that can be learned from, their gaps filled and tails pulled in; and why the others cannot."""
    left_out: dict[str, str] = {}
    names: list[str] = []
    columns: list[Array] = []
    for name, values in zip(LEARNED, raw.T, strict=True):
        known = values[~np.isnan(values)]
        if len(known) < len(values) / 2 or not len(known):
            left_out[name] = N_("measured in too few posts")
            continue
        column = np.where(np.isnan(values), known.mean(), values)
        if FEATURES[name].kind != "flag":
            column = np.clip(column, *np.quantile(known, (TAIL, 1 - TAIL)))
        if _same_everywhere(column):
            left_out[name] = N_("almost all posts are alike in it")
        elif _inflation(column, [controls, *(other[:, None] for other in columns)]) > MOST_INFLATION:
            left_out[name] = N_("other features and controls already say it")
        else:
            names.append(name)
            columns.append(column)
    return tuple(names), np.column_stack(columns) if columns else np.zeros((len(raw), 0)), left_out


def _same_everywhere(column: Array) -> bool:
    """Whether all but a few posts have one value."""
    _values, times = np.unique(column, return_counts=True)
    return bool(1 - times.max() / len(column) < FEWEST_WITH)


def _inflation(column: Array, others: Sequence[Array]) -> float:
    """How much the other columns inflate this one's variance (Marquardt 1970)."""
    rest = np.hstack(others)
    centred = column - column.mean()
    solution, *_rest = np.linalg.lstsq(rest, centred, rcond=None)
    left = centred - rest @ solution
    return float((centred @ centred) / max(left @ left, 1e-12))
