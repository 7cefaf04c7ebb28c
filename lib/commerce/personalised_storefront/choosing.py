"""Which way of learning similarity is used: the one under which the latest purchases were least surprising."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.commerce.personalised_storefront.attributes import Range
from lib.commerce.personalised_storefront.choice import Chosen, fit_choice
from lib.commerce.personalised_storefront.history import Acts
from lib.commerce.personalised_storefront.ranker import LEAST_CHOICES, METHODS, PENALTY, choices_of, learned
from lib.commerce.personalised_storefront.sales import Sales

VALID_DAYS, TEACH_DAYS = 45, 120
PENALTIES = (3.0, 20.0, 60.0)


@dataclass(frozen=True)
class Choice:
    """The method and ridge penalty chosen; ``told`` has each method's mean log likelihood per held-out purchase."""

    method: str
    penalty: float
    told: tuple[tuple[str, float], ...]
    purchases: int


def choose(
    acts: Acts,
    shoppers: int,
    line: Range,
    sales: Sales,
    today: int,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda share: None,
) -> Choice:
    """Compare the methods on the last ``VALID_DAYS`` before ``today``; each learned from what was earlier alone."""
    held, taught = today - VALID_DAYS, today - VALID_DAYS - TEACH_DAYS
    before = acts.before(today)
    best, told, purchases = ("neighbours", PENALTY, -np.inf), [], 0
    for number, method in enumerate((*METHODS, "")):
        progress(number / (len(METHODS) + 1))
        early = learned(before.before(taught), shoppers, line, sales, taught, method)
        lessons = choices_of(early, before, taught, held, cancelled)
        tests = choices_of(early, before, held, today, cancelled)
        if len(lessons) < LEAST_CHOICES or len(tests) < LEAST_CHOICES:
            return Choice("neighbours", PENALTY, (), 0)
        found = _least_surprised(lessons, tests)
        told.append((method, found[0]))
        purchases = len(tests)
        if method and found[0] > best[2]:  # attributes alone are told beside it, for comparison
            best = (method, found[1], found[0])
    return Choice(best[0], best[1], tuple(told), purchases)


def _least_surprised(lessons: list[Chosen], tests: list[Chosen]) -> tuple[float, float]:
    """The best mean log likelihood on ``tests`` over the penalties, and its penalty."""
    weights, found = None, []
    for penalty in sorted(PENALTIES, reverse=True):
        weights = fit_choice(lessons, penalty, begin=weights)
        found.append((_surprise(tests, weights), penalty))
    return max(found)


def _surprise(tests: list[Chosen], weights: NDArray[np.float64]) -> float:
    """Mean log likelihood of the choices, in nats."""
    total = 0.0
    for one in tests:
        utility = one.features @ weights
        utility -= utility.max()
        total += float(utility[one.which] - np.log(np.exp(utility).sum()))
    return total / len(tests)
