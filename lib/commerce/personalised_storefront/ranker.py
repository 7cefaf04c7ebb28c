"""The ranking: what a shopper would choose among what is on sale, learned from what was chosen before.

Item similarity or factors, attributes and popularity are features of one choice model, so each product's place can be
told apart into its reasons. Who did nothing, or agreed to nothing, has no feature but popularity: the generic page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.commerce.personalised_storefront.attributes import GROUPS, Range
from lib.commerce.personalised_storefront.choice import Chosen, fit_choice
from lib.commerce.personalised_storefront.factors import Factors, factorise
from lib.commerce.personalised_storefront.history import Acts
from lib.commerce.personalised_storefront.sales import Sales
from lib.commerce.personalised_storefront.similarity import Similar, ease, neighbours
from lib.commerce.personalised_storefront.taste import Crowd, crowd_of, liking_scores, price_scores
from lib.errors import Cancelled
from lib.i18n import N_

Array = NDArray[np.float64]
#: How similarity may be learned. '' is none: attributes and popularity alone.
METHODS: dict[str, Callable[[Array], Factors | Similar]] = {
    "als": factorise,
    "ease": ease,
    "neighbours": neighbours,
}
METHOD_TITLES = {
    "als": N_("Matrix factorisation (ALS)"),
    "ease": N_("Item similarity (EASE)"),
    "neighbours": N_("Neighbouring products (cosine)"),
    "": N_("Attributes alone"),
}
FEATURES = ("popular", "new", "similar", "again", "price", *GROUPS)
GENERIC = 2  # the first two features are the same for everybody
STACK_DAYS = 150  # the last days before today, whose purchases teach the weights
MOST_CHOICES = 1_500
LEAST_CHOICES = 30
MOST_CELLS = 2_000_000  # purchases times products that weights are learned from
BLOCK_CELLS = 100_000  # of them at once
PENALTY = 3.0
STOPPED = N_("Stopped.")


@dataclass(frozen=True)
class Ranker:
    """What was learned up to ``today``. ``weights`` are those of ``FEATURES``; ``scale`` that of the similarity."""

    line: Range
    sales: Sales
    crowd: Crowd
    similar: Factors | Similar | None
    method: str
    weights: Array
    scale: float
    today: int
    choices: int

    def parts(self, done: Array, day: int | None = None) -> Array:
        """What speaks for each product and shopper: (shoppers, products, features), in units of utility."""
        return np.asarray(_features(self, done, self.today if day is None else day) * self.weights)

    def scores(self, done: Array, day: int | None = None) -> Array:
        """Utility, (shoppers, products)."""
        return np.asarray(self.parts(done, day).sum(axis=2))

    def generic(self, day: int | None = None) -> Array:
        """The same for everybody, (products,): popularity and newness, weighed as without a profile."""
        at = self.today if day is None else day
        return np.asarray(self.weights[0] * self.sales.popular(at) + self.weights[1] * self.sales.new(at))


def learn(
    acts: Acts,
    shoppers: int,
    line: Range,
    sales: Sales,
    today: int,
    method: str = "ease",
    penalty: float = PENALTY,
    cancelled: Callable[[], bool] = lambda: False,
) -> Ranker:
    """Learn from the acts before ``today``, which their shoppers agreed to.

    The weights come from the purchases of the last ``STACK_DAYS``, each seen with what was known before it; similarity
    and habits are then learned anew from everything.
    """
    before = acts.before(today)
    early = learned(before.before(today - STACK_DAYS), shoppers, line, sales, today - STACK_DAYS, method)
    choices = choices_of(early, before, today - STACK_DAYS, today, cancelled)
    weights = _assumed() if len(choices) < LEAST_CHOICES else fit_choice(choices, penalty)
    late = learned(before, shoppers, line, sales, today, method)
    return Ranker(line, sales, late.crowd, late.similar, method, weights, late.scale, today, len(choices))


def _assumed() -> Array:
    """Weights where too little was bought to learn any: popularity, similarity and attributes alike."""
    weights = np.full(len(FEATURES), 0.5)
    weights[FEATURES.index("popular")] = 1.0
    weights[FEATURES.index("new")] = weights[FEATURES.index("again")] = 0.0
    return weights


def learned(acts: Acts, shoppers: int, line: Range, sales: Sales, today: int, method: str) -> Ranker:
    done = acts.done(shoppers, len(line))
    crowd = crowd_of(done, line)
    similar = METHODS[method](done) if method and len(acts) else None
    scale = 1.0
    if similar is not None:
        active = done.sum(axis=1) > 0
        scale = max(float(similar.scores(done[active]).std()), 1e-9)
    return Ranker(line, sales, crowd, similar, method, np.ones(len(FEATURES)), scale, today, 0)


def _features(ranker: Ranker, done: Array, day: int | NDArray[np.int64]) -> Array:
    """(shoppers, products, features); ``day`` is one for all, or each shopper's own."""
    line = ranker.line
    made = np.zeros((done.shape[0], len(line), len(FEATURES)))
    days, place = np.unique(day, return_inverse=True)
    place = np.broadcast_to(place, done.shape[0])
    made[:, :, 0] = np.stack([ranker.sales.popular(int(one)) for one in days])[place]
    made[:, :, 1] = np.stack([ranker.sales.new(int(one)) for one in days])[place]
    active = done.sum(axis=1) > 0
    if not active.any():
        return made
    own = done[active]
    if ranker.similar is not None:
        made[active, :, 2] = ranker.similar.scores(own) / ranker.scale
    made[active, :, 3] = own > 0
    made[active, :, 4] = price_scores(own, line)
    for at, group in enumerate(GROUPS):
        made[active, :, 5 + at] = liking_scores(own, line, ranker.crowd, group)
    return made


def choices_of(
    ranker: Ranker, acts: Acts, first: int, last: int, cancelled: Callable[[], bool] = lambda: False
) -> list[Chosen]:
    """Purchases from day ``first`` on and before ``last``, each among what was on sale that day.

    The latest are taken, as many as ``MOST_CELLS`` allow: of a very wide range fewer purchases teach as much.
    """
    most = min(MOST_CHOICES, max(MOST_CELLS // max(len(ranker.line), 1), LEAST_CHOICES))
    bought = np.flatnonzero((acts.source == 0) & (acts.day >= first) & (acts.day < last))[-most:]
    order = bought[np.argsort(acts.day[bought], kind="stable")]
    step = max(BLOCK_CELLS // max(len(ranker.line), 1), 1)
    made: list[Chosen] = []
    for start in range(0, len(order), step):
        if cancelled():
            raise Cancelled(STOPPED)
        made += _block_of_choices(ranker, acts, order[start : start + step])
    return made


def _block_of_choices(ranker: Ranker, acts: Acts, bought: NDArray[np.int64]) -> list[Chosen]:
    """The choices of these purchases (places in ``acts``), each shopper as known before that day."""
    done = np.zeros((len(bought), len(ranker.line)))
    for row, at in enumerate(bought):
        mine = (acts.who == acts.who[at]) & (acts.day < acts.day[at])
        np.add.at(done[row], acts.what[mine], acts.weight[mine])
    features = _features(ranker, np.minimum(done, 2.0), acts.day[bought])
    made = []
    for row, at in enumerate(bought):
        product = int(acts.what[at])
        options = ranker.sales.on_sale(int(acts.day[at]))
        options[product] = True
        made.append(Chosen(features[row][options], int(options[:product].sum())))
    return made


def top(scores: NDArray[np.floating[Any]], n: int, groups: int = 100) -> NDArray[np.int64]:
    """The ``n`` best of each row in their order, (rows, n), exactly; ties go to the lower number.

    The nth largest of the groups' largest values is a bound that few values reach, so that little is sorted.
    """
    rows, columns = scores.shape
    n = min(n, columns)
    width = columns // groups
    if width < 2 or n > groups:
        return np.argsort(-scores, axis=1, kind="stable")[:, :n]
    best = scores[:, : width * groups].reshape(rows, width, groups).max(axis=1)
    bound = np.partition(best, groups - n, axis=1)[:, groups - n]
    who, what = np.nonzero(scores >= bound[:, None])
    order = np.lexsort((what, -scores[who, what], who))
    starts = np.searchsorted(who, np.arange(rows))
    return np.asarray(what[order][starts[:, None] + np.arange(n)[None, :]])
