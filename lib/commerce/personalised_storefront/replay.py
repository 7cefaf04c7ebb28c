"""What another order would have brought, estimated from logged visits.

Two estimators of the clicks (or orders) of a visit had the page been filled otherwise:

- by inverse propensity under the position model (Li, Abbasi-Yadkori, Kveton, Muthukrishnan, Vinay and Wen, 2018): an
  act on a product counts by how often the other order would have had it looked at, over how often the logged one had;
  self-normalised (Swaminathan and Joachims, 2015) and clipped;
- doubly robust (Dudík, Langford and Li, 2011): a model of the acts, learned on the other half of the visits, corrected
  by the same weights.

Intervals are from a bootstrap over shoppers (a visit without one stands for itself), the same draws for every order, so
that differences are paired.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.commerce.personalised_storefront.logged import Log, Visit

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
CLIP = 30.0
SHRINK = 20.0  # looks that a product's rate is drawn towards its page's by
FOLDS = 2


@dataclass(frozen=True)
class Looks:
    """How likely each place is looked at, the first being 1, (places,)."""

    chance: Array


@dataclass(frozen=True)
class Told:
    """What each visit says of one order, (visits,) each: weighted acts, weights, and the doubly robust value."""

    acts: Array
    weights: Array
    robust: Array
    places: Array  # what the weights come to on average, were all places looked at as they are


def looks_at(log: Log) -> Looks:
    """How far down people look: products' rates and places' in turn (a position model by maximum likelihood).

    The same products stood on different places by lot, so places are told apart from what stood on them.
    """
    where = np.concatenate([np.arange(len(visit.products)) for visit in log.visits])
    acts = np.concatenate([visit.clicked for visit in log.visits])
    what = np.concatenate([visit.products for visit in log.visits])
    chance, rate = np.ones(log.places), np.ones(int(what.max()) + 1)
    per_place = np.bincount(where, acts, log.places) + 0.5
    per_product = np.bincount(what, acts, len(rate)) + 0.5
    for _round in range(200):
        rate = per_product / (np.bincount(what, chance[where], len(rate)) + 1.0)
        found = per_place / np.maximum(np.bincount(where, rate[what], log.places), 1e-9)
        found = found / found[0]
        if float(np.abs(found - chance).max()) < 1e-9:
            break
        chance = found
    return Looks(chance)


def replay(log: Log, orders: Sequence[Whole], looks: Looks, outcome: str, suits: Sequence[Array] | None = None) -> Told:
    """What the log says of filling visit ``i`` with ``orders[i]`` (product numbers from the first place down).

    Args:
        outcome: 'clicked' or 'ordered'.
        suits: for each visit, how much each product of the whole range suits its shopper, for the model of the acts.
    """
    chance = looks.chance
    model = _models(log, looks, outcome, suits)
    n = len(log.visits)
    acts, weights, robust, places = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n)
    for at, (visit, order) in enumerate(zip(log.visits, orders, strict=True)):
        draw = log.draws[visit.draw]
        shown = order[: len(visit.products)]
        weight = _weights(visit, shown, draw.products, draw.chances, chance)
        seen = chance[: len(visit.products)]
        done = getattr(visit, outcome)
        expected = model(at, visit.products) * seen
        acts[at], weights[at] = float(weight @ done), float(weight @ seen)
        robust[at] = float((model(at, shown) * seen[: len(shown)]).sum() + weight @ (done - expected))
        places[at] = float(seen[: len(shown)].sum())
    return Told(acts, weights, robust, places)


def _weights(visit: Visit, shown: Whole, products: Whole, chances: Array, looks: Array) -> Array:
    """For each logged place: looks at its product in the other order, over expected looks in the logged one."""
    length = len(visit.products)
    row = {int(product): number for number, product in enumerate(products)}
    wanted = {int(product): float(looks[place]) for place, product in enumerate(shown)}
    found = np.zeros(length)
    for place, product in enumerate(visit.products):
        if int(product) in wanted:
            expected = float(chances[row[int(product)], :length] @ looks[:length])
            found[place] = min(wanted[int(product)] / max(expected, 1e-9), CLIP)
    return found


def _models(log: Log, looks: Looks, outcome: str, suits: Sequence[Array] | None) -> Callable[[int, Whole], Array]:
    """(visit, products) to the expected acts on each were it looked at, from the folds that the visit isn't in."""
    fold = np.arange(len(log.visits)) % FOLDS
    learned = [_rates(log, looks, outcome, fold != one) for one in range(FOLDS)]
    bends = [_bend(log, looks, outcome, suits, fold != one, learned[one]) for one in range(FOLDS)]

    def expected(at: int, products: Whole) -> Array:
        rate = learned[fold[at]][products]
        if suits is not None:
            level, slope = bends[fold[at]]
            rate = rate * np.exp(np.clip(level + slope * suits[at][products], -3, 3))
        return np.asarray(np.minimum(rate, 1.0))

    return expected


def _rates(log: Log, looks: Looks, outcome: str, wanted: NDArray[np.bool_]) -> Array:
    """Acts per look of each product, drawn towards the mean where looks are few."""
    size = max(int(draw.products.max()) for draw in log.draws) + 1
    acts, seen = np.zeros(size), np.zeros(size)
    for visit, take in zip(log.visits, wanted, strict=True):
        if take:
            acts[visit.products] += getattr(visit, outcome)
            seen[visit.products] += looks.chance[: len(visit.products)]
    mean = acts.sum() / max(float(seen.sum()), 1.0)
    return np.asarray((acts + SHRINK * mean) / (seen + SHRINK))


def _bend(
    log: Log, looks: Looks, outcome: str, suits: Sequence[Array] | None, wanted: NDArray[np.bool_], rates: Array
) -> tuple[float, float]:
    """How acts rise with how much a product suits: level and slope of a Poisson regression, by Newton's method."""
    if suits is None:
        return 0.0, 0.0
    rows = [at for at in range(len(log.visits)) if wanted[at]]
    base = np.concatenate(
        [rates[log.visits[at].products] * looks.chance[: len(log.visits[at].products)] for at in rows]
    )
    fits = np.concatenate([suits[at][log.visits[at].products] for at in rows])
    done = np.concatenate([getattr(log.visits[at], outcome) for at in rows])
    weights, both = np.zeros(2), np.column_stack([np.ones_like(fits), fits])
    for _round in range(20):
        mean = base * np.exp(np.clip(both @ weights, -3, 3))
        slope = both.T @ (done - mean) - 0.5 * weights
        bend = (both.T * mean) @ both + 0.5 * np.eye(2)
        step = np.linalg.solve(bend, slope)
        weights = weights + np.clip(step, -1, 1)
        if float(np.abs(step).max()) < 1e-8:
            break
    return float(weights[0]), float(weights[1])


def resample(groups: Sequence[str], draws: int, seed: int) -> Array:
    """Bootstrap counts, (draws, visits): groups are drawn with replacement, all visits of one together."""
    names = {name: number for number, name in enumerate(dict.fromkeys(groups))}
    which = np.array([names[name] for name in groups])
    rng = np.random.default_rng(seed)
    counts = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    return np.asarray(counts[:, which], dtype=float)


def weighted(told: Told, counts: Array) -> Array:
    """The self-normalised estimate for each row of ``counts``, per visit."""
    places = (counts @ told.places) / counts.sum(axis=1)
    return np.asarray((counts @ told.acts) / np.maximum(counts @ told.weights, 1e-9) * places)


def unnormalised(told: Told, counts: Array) -> Array:
    """The plain estimate by inverse propensity (Horvitz and Thompson, 1952) for each row of ``counts``, per visit."""
    return np.asarray((counts @ told.acts) / counts.sum(axis=1))


def robust(told: Told, counts: Array) -> Array:
    """The doubly robust estimate for each row of ``counts``, per visit."""
    return np.asarray((counts @ told.robust) / counts.sum(axis=1))


def logged(log: Log, outcome: str, counts: Array) -> Array:
    """What the logged order brought, counted, per visit."""
    done = np.array([float(getattr(visit, outcome).sum()) for visit in log.visits])
    return np.asarray((counts @ done) / counts.sum(axis=1))
