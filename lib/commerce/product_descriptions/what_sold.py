"""What sold: which traits of past posts go with more orders per view, and which go with fewer.

Two fits of one negative binomial regression of orders on views (see ``regression``), with category, channel, language,
price, trend and season beside the text. The regularised one (ridge, penalty by cross-validation that keeps each product
whole) gives the score of a new text. The effects and their intervals come from the same regression with the penalty
taken out, since a penalty pulls every effect towards zero and intervals around it would miss the truth too often; their
errors come from a bootstrap that draws whole products (Efron and Tibshirani 1993). With some twenty features one would
stand out by chance alone: an effect is claimed only when it holds at a false discovery rate of 5% over all of them
(Benjamini and Hochberg 1995), and its interval is then the wider one that allows for that choice (Benjamini and
Yekutieli 2005).

These are associations in what the house published, not effects of writing one thing or another: whoever wrote more
about the better pieces leaves the same trace. A test with two texts for one product would tell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from lib.commerce.product_descriptions import regression
from lib.commerce.product_descriptions.effects import WORTH_KNOWING, Effect, effects_on, freedom_of, power
from lib.commerce.product_descriptions.features import FEATURES, features_of
from lib.commerce.product_descriptions.held_out import CONTROL_PENALTY, Fitted, cross_fit, fitted, rank
from lib.commerce.product_descriptions.model import Advice, Channel, Post, Product
from lib.commerce.product_descriptions.regression import Array
from lib.commerce.product_descriptions.table import Table, silent, table_of
from lib.commerce.product_descriptions.values import plain
from lib.errors import TooFewRows
from lib.i18n import N_

DRAWS = 400
FEWEST_PRODUCTS_A_PARAMETER = 1.5  # below it the errors of a bootstrap that draws products are no longer to be trusted
FEWEST_ORDERS_A_PARAMETER = 5.0  # Vittinghoff and McCulloch (2007)
FEWEST_POSTS = 60
FEWEST_FOR_QUARTILES = 20


@dataclass(frozen=True)
class ScoreModel:
    """What ``score`` needs of the regularised fit; plain numbers, so that a run can keep it."""

    names: tuple[str, ...]
    means: tuple[float, ...]
    deviations: tuple[float, ...]
    lowest: tuple[float, ...]
    highest: tuple[float, ...]
    coefficients: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]
    typical: dict[str, tuple[float, ...]]  # channel ('' for all) -> mean of each feature


@dataclass(frozen=True)
class WhatSold:
    """All that was learned, in plain numbers: a run keeps it as JSON."""

    posts: int
    products: int
    orders: int
    views: int
    effects: tuple[Effect, ...]  # the strongest first
    on_returns: tuple[Effect, ...]  # returns per order; empty where there are too few returns
    left_out: dict[str, str]  # feature -> why, a message id
    controls: tuple[str, ...]
    dispersion: float
    penalty: float
    rank: float  # of the text's score with what controls leave unexplained, on held-out posts
    rank_low: float
    rank_high: float
    detectable: float  # the smallest effect a deviation that would be found 4 times in 5
    posts_needed: int  # to find WORTH_KNOWING as reliably
    too_small: bool
    model: ScoreModel
    quartiles: dict[str, dict[str, tuple[float, float]]]  # 'channel|category', 'channel|', '|' -> feature -> (25%, 75%)
    seed: int
    draws: int

    @property
    def claims(self) -> tuple[Effect, ...]:
        """The effects that hold after correction."""
        return tuple(effect for effect in self.effects if effect.stands_out)


def learn(
    posts: Sequence[Post],
    products: Sequence[Product] | None = None,
    seed: int = 0,
    progress: Callable[..., None] = silent,
    cancelled: Callable[[], bool] = lambda: False,
    draws: int = DRAWS,
) -> WhatSold:
    """Learn from past posts.

    Args:
        posts: with views and orders; those never seen (0 views) are left out.
        products: gives category, price and attributes of the posts that name them.

    Raises:
        TooFewRows: too few posts, products or orders for the number of things looked at.
        Cancelled: ``cancelled()`` became true.
    """
    table = table_of(posts, products, lambda share, message="": progress(0.3 * share, message), cancelled)
    return learn_from(table, seed, lambda share, message="": progress(0.3 + 0.7 * share, message), cancelled, draws)


def learn_from(
    table: Table,
    seed: int = 0,
    progress: Callable[..., None] = silent,
    cancelled: Callable[[], bool] = lambda: False,
    draws: int = DRAWS,
    held_out: bool = True,
) -> WhatSold:
    """``learn`` from a table that is already measured. ``held_out=False`` leaves the held-out rank at 0."""
    refuse_small(table)
    generator = np.random.default_rng((seed, 1))
    progress(0.0, N_("Comparing texts with results"))
    effects, error = effects_on(table, table.orders, table.views, generator, draws, progress, cancelled)
    progress(0.6, N_("Trying the score on posts it has not seen"))
    ranked = (0.0, 0.0, 0.0)
    if held_out:
        out = cross_fit(table, seed, cancelled=cancelled)
        found = rank(out.left, {"text": out.text}, table.groups, seed, draws)["text"]
        ranked = (found.value, found.low, found.high)
    model = fitted(table, generator)
    detectable, needed = power(len(table), error, len(table.names), freedom_of(table))
    progress(1.0, "")
    return WhatSold(
        posts=len(table),
        products=table.products,
        orders=int(table.orders.sum()),
        views=int(table.views.sum()),
        effects=effects,
        on_returns=_on_returns(table, generator, draws, cancelled),
        left_out=dict(table.left_out),
        controls=table.control_names[1:],
        dispersion=model.dispersion,
        penalty=model.penalty,
        rank=ranked[0],
        rank_low=ranked[1],
        rank_high=ranked[2],
        detectable=detectable,
        posts_needed=needed,
        too_small=detectable > WORTH_KNOWING,
        model=_score_model(table, model),
        quartiles=_quartiles(table),
        seed=seed,
        draws=draws,
    )


def refuse_small(table: Table) -> None:
    """Raise TooFewRows below what the method can bear."""
    parameters = table.controls.shape[1] + table.features.shape[1]
    products = int(np.ceil(max(FEWEST_PRODUCTS_A_PARAMETER * parameters, FEWEST_POSTS / 2)))
    orders = int(np.ceil(FEWEST_ORDERS_A_PARAMETER * parameters))
    if len(table) < FEWEST_POSTS or table.products < products or table.orders.sum() < orders:
        raise TooFewRows(
            N_(
                "There are {posts} posts of {products} products with {orders} orders. To learn what sold, at least "
                "{fewest_posts} posts of {fewest_products} products with {fewest_orders} orders are needed. "
                "Add older posts."
            ),
            posts=len(table),
            products=table.products,
            orders=int(table.orders.sum()),
            fewest_posts=FEWEST_POSTS,
            fewest_products=products,
            fewest_orders=orders,
        )
    if not table.names:
        raise TooFewRows(N_("The texts of these posts are all alike, so nothing can be compared. Add other posts."))


def _on_returns(
    table: Table, generator: np.random.Generator, draws: int, cancelled: Callable[[], bool]
) -> tuple[Effect, ...]:
    """The same on returns per order, where there are enough returns."""
    sold = table.only(table.orders > 0)
    parameters = table.controls.shape[1] + table.features.shape[1]
    too_few = sold.products < FEWEST_PRODUCTS_A_PARAMETER * parameters
    if too_few or sold.returns.sum() < FEWEST_ORDERS_A_PARAMETER * parameters:
        return ()
    return effects_on(sold, sold.returns, sold.orders, generator, draws, cancelled=cancelled)[0]


def _score_model(table: Table, model: Fitted) -> ScoreModel:
    """The regularised fit in plain numbers. Its covariance is the posterior one of the ridge's prior (Nychka 1988)."""
    design = np.hstack([table.controls, model.scaling(table.features)])
    penalised = np.arange(design.shape[1]) >= model.controls
    penalty = regression.penalties(penalised, model.penalty, CONTROL_PENALTY)
    inverse = np.linalg.inv(regression.information(design, model.coefficients, table.views, penalty, model.dispersion))[
        model.controls :, model.controls :
    ]
    channels = np.array(table.channels)
    typical = {"": table.features.mean(axis=0)}
    typical |= {name: table.features[channels == name].mean(axis=0) for name in sorted(set(table.channels))}
    return ScoreModel(
        names=table.names,
        means=_plain(model.scaling.means),
        deviations=_plain(model.scaling.deviations),
        lowest=_plain(table.features.min(axis=0)),
        highest=_plain(table.features.max(axis=0)),
        coefficients=_plain(model.coefficients[model.controls :]),
        covariance=tuple(_plain(row) for row in inverse),
        typical={name: _plain(values) for name, values in typical.items()},
    )


def _plain(values: Array) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _quartiles(table: Table) -> dict[str, dict[str, tuple[float, float]]]:
    """The middle half of each feature's values, by channel and category where there are enough posts."""
    places: dict[str, list[int]] = {"|": list(range(len(table)))}
    for row, (channel, level) in enumerate(zip(table.channels, table.levels, strict=True)):
        places.setdefault(f"{channel}|", []).append(row)
        places.setdefault(f"{channel}|{level}", []).append(row)
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for key, rows in places.items():
        if len(rows) >= FEWEST_FOR_QUARTILES or key == "|":
            ends = np.quantile(table.features[rows], (0.25, 0.75), axis=0)
            found[key] = {name: (float(ends[0, i]), float(ends[1, i])) for i, name in enumerate(table.names)}
    return found


def advice(what_sold: WhatSold, channel: Channel | str = "", category: str = "") -> tuple[Advice, ...]:
    """What to aim for when writing: one piece for each effect that holds after correction, none for the others.

    The aim is where the better quarter of the house's own posts in that channel (and category, where there are enough)
    begins: the upper quartile of what goes with more orders, the lower one of what goes with fewer.
    """
    keys = (f"{channel}|{plain(category)}", f"{channel}|", "|")
    quartiles = next(what_sold.quartiles[key] for key in keys if key in what_sold.quartiles)
    found = []
    for effect in what_sold.claims:
        more = effect.effect > 0
        aim = quartiles[effect.feature][1 if more else 0]
        if FEATURES[effect.feature].kind == "flag":
            aim = 1.0 if more else 0.0
        found.append(Advice(feature=effect.feature, aim=aim, effect=effect.effect, low=effect.low, high=effect.high))
    return tuple(found)


def score(
    what_sold: WhatSold,
    text: str,
    product: Product | None = None,
    channel: Channel | str = "",
    language: str = "",
) -> tuple[float, tuple[float, float]]:
    """Orders per view to expect of ``text`` against the channel's typical post, and its 95% interval.

    1.1 is a tenth more. What lies outside the past posts' values counts as their extreme: no credit for more of the
    same.
    """
    model = what_sold.model
    measured = features_of(text, product, language)
    typical = np.array(model.typical.get(str(channel), model.typical[""]))
    values = np.array([measured.get(name, mean) for name, mean in zip(model.names, typical, strict=True)])
    distance = (np.clip(values, model.lowest, model.highest) - typical) / np.array(model.deviations)
    ratio = float(distance @ np.array(model.coefficients))
    error = float(np.sqrt(distance @ np.array(model.covariance) @ distance))
    return float(np.exp(ratio)), (float(np.exp(ratio - 1.96 * error)), float(np.exp(ratio + 1.96 * error)))
