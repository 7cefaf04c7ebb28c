"""How the shop's own test filled its pages: each product's weight, and which products were in the draw.

The chance that is logged beside a product is the one given those above it. Where a page was filled by drawing without
replacement in proportion to fixed weights (Plackett, 1975; Luce, 1959), the weights follow from the chances, up to a
factor for each visit; the factor tells which products were in the draw, and a chance that was lost follows from the
others. Where the chances don't follow such a draw, only the first place is used: its chance needs nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.commerce.personalised_storefront.attributes import Range
from lib.commerce.personalised_storefront.model import Seen
from lib.errors import InputError
from lib.i18n import N_

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
FITS = 0.01  # log units that a chance may differ from the fitted draw
MOST_ODD = 0.05  # share of chances that may differ more
SAME_DRAW = 0.003  # relative difference of the sums of weights within one draw
WHOLE = 0.03  # share of a draw's weight that may belong to products never shown
DRAWS = 4_000
NO_CHANCES = N_(
    "The log tells no chance with which a product stood on its place, so a replay can’t correct for the places. Log "
    "the chance of each place in your shop’s test, or map its column. The hit rate on held-out purchases needs none."
)


@dataclass(frozen=True)
class Draw:
    """One draw: its products, and the chance of each on each place, (products, places)."""

    products: Whole
    chances: Array


@dataclass(frozen=True)
class Visit:
    """One logged visit, ready for the replay: products from the first place down, and what became of each."""

    visit_id: str
    customer_id: str
    day: int
    page: str
    products: Whole
    clicked: Array
    ordered: Array
    draw: int


@dataclass(frozen=True)
class Log:
    """The visits that can be replayed, their draws, and what lost chances did."""

    visits: tuple[Visit, ...]
    draws: tuple[Draw, ...]
    places: int
    exact: bool  # False: first places only
    restored: int = 0  # lost chances that follow from the others
    left_out: int = 0  # visits that can't be used for want of chances


def read_log(seen: Sequence[Seen], line: Range, seed: int = 0) -> Log:
    """The log, ready for the replay.

    Raises:
        InputError: no chance stands in it.
    """
    if not any(place.chance is not None for place in seen):
        raise InputError(NO_CHANCES)
    pages: dict[str, list[list[Seen]]] = defaultdict(list)
    visits: dict[str, list[Seen]] = defaultdict(list)
    for place in seen:
        visits[place.visit_id].append(place)
    for visit in visits.values():
        pages[visit[0].page].append(sorted(visit, key=lambda place: place.position))
    fitted = {name: _fit(inside) for name, inside in pages.items()}
    if not all(odd <= MOST_ODD for _weights, odd in fitted.values()):
        return _first_places(list(visits.values()), line)
    return _whole(pages, {name: weights for name, (weights, _odd) in fitted.items()}, line, seed)


def _shares(visit: Sequence[Seen]) -> list[float] | None:
    """Each product's share of the draw's whole weight; None where a chance is lost."""
    used, found = 0.0, []
    for place in visit:
        if place.chance is None:
            return None
        share = place.chance * (1 - used)
        used += share
        found.append(max(share, 1e-12))
    return found


def _fit(visits: Sequence[Sequence[Seen]]) -> tuple[dict[str, float], float]:
    """Weights by least squares on the logarithms, products and visits in turn, and the share of chances that differ."""
    whole = [(visit, shares) for visit in visits if (shares := _shares(visit)) is not None]
    names = sorted({place.sku for visit, _shares_ in whole for place in visit})
    if not names:
        return {}, 0.0
    number = {name: at for at, name in enumerate(names)}
    what = np.array([number[place.sku] for visit, _s in whole for place in visit])
    which = np.array([at for at, (visit, _s) in enumerate(whole) for _place in visit])
    logs = np.log([share for _visit, shares in whole for share in shares])
    weight, factor = np.zeros(len(names)), np.zeros(len(whole))
    for _round in range(2_000):
        factor = np.bincount(which, logs - weight[what]) / np.bincount(which)
        found = np.bincount(what, logs - factor[which]) / np.bincount(what)
        if float(np.abs(found - weight).max()) < 1e-10:
            break
        weight = found
    odd = float(np.mean(np.abs(logs - weight[what] - factor[which]) > FITS))
    return dict(zip(names, np.exp(weight).tolist(), strict=True)), odd


def _sum(visit: Sequence[Seen], weights: dict[str, float]) -> float | None:
    """The draw's whole weight as the visit's known chances tell it; None where none does."""
    above, found = 0.0, []
    for place in visit:
        weight = weights.get(place.sku)
        if weight is None:
            return None
        if place.chance is not None:
            found.append(weight / place.chance + above)
        above += weight
    return float(np.median(found)) if found else None


def _whole(pages: dict[str, list[list[Seen]]], fitted: dict[str, dict[str, float]], line: Range, seed: int) -> Log:
    made: list[Visit] = []
    draws: list[Draw] = []
    restored = left_out = 0
    places = max(len(visit) for inside in pages.values() for visit in inside)
    for name, inside in pages.items():
        weights = fitted[name]
        told = [(visit, total) for visit in inside if (total := _sum(visit, weights)) is not None]
        left_out += len(inside) - len(told)
        for group in _groups(told):
            restored += sum(place.chance is None for visit, _total in group for place in visit)
            products = sorted({place.sku for visit, _total in group for place in visit})
            total = float(np.median([one for _visit, one in group]))
            draws.append(_draw(products, weights, total, line, places, seed))
            made += [_visit(visit, line, len(draws) - 1) for visit, _total in group]
    return Log(tuple(made), tuple(draws), places, True, restored, left_out)


def _groups(told: Sequence[tuple[list[Seen], float]]) -> list[list[tuple[list[Seen], float]]]:
    """Visits whose draws have the same whole weight: the same products were in them."""
    groups: list[list[tuple[list[Seen], float]]] = []
    for visit, total in sorted(told, key=lambda one: one[1]):
        if groups and total <= groups[-1][-1][1] * (1 + SAME_DRAW):
            groups[-1].append((visit, total))
        else:
            groups.append([(visit, total)])
    return groups


def _draw(products: list[str], weights: dict[str, float], total: float, line: Range, places: int, seed: int) -> Draw:
    """The chance of each product on each place: the mean of the next place's chances over drawn pages."""
    weight = np.array([weights[sku] for sku in products])
    rest = max(total - float(weight.sum()), 0.0)
    if rest > WHOLE * total:
        weight = np.append(weight, rest)  # stands for what was never shown
    rng = np.random.default_rng((seed, len(weight)))
    chances = np.zeros((len(weight), places))
    left = np.ones((DRAWS, len(weight)), dtype=bool)
    for place in range(min(places, len(weight))):
        open_ = np.where(left, weight, 0.0)
        chance = open_ / open_.sum(axis=1, keepdims=True)
        chances[:, place] = chance.mean(axis=0)
        picked = (chance.cumsum(axis=1) < rng.random((DRAWS, 1))).sum(axis=1).clip(max=len(weight) - 1)
        left[np.arange(DRAWS), picked] = False
    return Draw(np.array([line.index[sku] for sku in products], dtype=np.int64), chances[: len(products)])


def _first_places(visits: list[list[Seen]], line: Range) -> Log:
    """The first places alone. The draw of each visit is the products that stood first on its page."""
    first = [visit[0] for visit in visits if visit[0].position == 1 and visit[0].chance is not None]
    inside: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for place in first:
        inside[place.page][place.sku].append(float(place.chance or 0))
    draws: list[Draw] = []
    number: dict[str, int] = {}
    for name, products in inside.items():
        number[name] = len(draws)
        chances = np.array([[float(np.mean(found))] for found in products.values()])
        draws.append(Draw(np.array([line.index[sku] for sku in products], dtype=np.int64), chances))
    made = tuple(_visit([place], line, number[place.page]) for place in first)
    return Log(made, tuple(draws), 1, False, 0, len(visits) - len(made))


def _visit(places: Sequence[Seen], line: Range, draw: int) -> Visit:
    return Visit(
        places[0].visit_id,
        places[0].customer_id,
        places[0].at.toordinal(),
        places[0].page,
        np.array([line.index[place.sku] for place in places], dtype=np.int64),
        np.array([float(place.clicked) for place in places]),
        np.array([float(place.ordered) for place in places]),
        draw,
    )
