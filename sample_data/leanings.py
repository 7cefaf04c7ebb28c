"""What each shopper likes, value by value: the hidden tastes taken apart, for what a client would say of themselves.

``shoppers.tastes`` gives a utility of every product; a client speaks of colours, fabrics and prices. A ridge
regression of each shopper's utilities on the products' values gives what each value is worth to them. Body height and
occasions, of which utilities know nothing, are drawn here.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sample_data.products import Article
from sample_data.shoppers import FEATURES, Shopper, described

RIDGE = 0.4
OCCASIONS = (
    "office", "wedding", "evening", "travel", "weekend", "everyday", "holiday", "ceremony", "dinner", "celebration",
)  # fmt: skip
CLOSE = ("close", "fitted", "slim", "column")
LOOSE = ("relaxed", "oversized", "boxy", "cocoon", "full", "fluid")


@dataclass(frozen=True)
class Leaning:
    """One shopper's likes: feature -> value -> what it is worth to them, in standard deviations of that feature."""

    worth: dict[str, dict[str, float]]
    closeness: float  # above 0: likes things close to the body; below: loose
    purse: float  # above 0: minds prices less than most
    stature: int  # -1 short, 0, 1 tall
    occasions: tuple[str, ...]  # what they dress for
    shunned: tuple[str, ...]  # occasions that they hardly ever have


def shape_of(fit: str) -> str:
    """'close', 'loose' or neither, of a product's fit."""
    if any(word in fit for word in LOOSE):
        return "loose"
    return "close" if any(word in fit for word in CLOSE) else ""


def leanings(
    seed: int, shoppers: Sequence[Shopper], articles: Sequence[Article], wanted: NDArray[np.float64]
) -> list[Leaning]:
    """One per shopper, in their order. ``wanted``: utilities, shape (shoppers, articles)."""
    draw = random.Random(seed)
    rows = [described(article) for article in articles]
    names = [(feature, value) for feature in FEATURES for value in sorted({row[feature] for row in rows})]
    table = np.array([[float(row[feature] == value) for feature, value in names] for row in rows])
    prices = np.log([article.price for article in articles])
    worths = _worths(np.column_stack([table, prices - prices.mean()]), wanted, articles)
    purses = worths[:, -1]
    scale = {feature: float(np.std(worths[:, _of(names, feature)])) for feature in FEATURES}
    dressed_for = [draw.sample(OCCASIONS, 3) for _ in range(1 + max(shopper.kind for shopper in shoppers))]
    made = []
    for place, shopper in enumerate(shoppers):
        worth: dict[str, dict[str, float]] = {feature: {} for feature in FEATURES}
        for (feature, value), one in zip(names, worths[place], strict=False):
            worth[feature][value] = float(one) / scale[feature]
        likes, shuns = _occasions(draw, dressed_for[shopper.kind])
        purse = float((purses[place] - purses.mean()) / purses.std())
        stature = draw.choices((-1, 0, 1), (26, 52, 22))[0]
        made.append(Leaning(worth, _closeness(worth["fit"]), purse, stature, likes, shuns))
    return made


def _of(names: list[tuple[str, str]], feature: str) -> list[int]:
    return [place for place, name in enumerate(names) if name[0] == feature]


def _worths(
    table: NDArray[np.float64], wanted: NDArray[np.float64], articles: Sequence[Article]
) -> NDArray[np.float64]:
    """Ridge coefficients, shape (shoppers, columns of ``table``); a value that a department lacks is worth 0."""
    appeal = np.array([article.appeal for article in articles])
    worths = np.zeros((wanted.shape[0], table.shape[1]))
    theirs = np.isfinite(wanted)
    for kind in sorted({row.tobytes() for row in theirs}):
        group = np.array([row.tobytes() == kind for row in theirs])
        seen = np.frombuffer(kind, dtype=bool)
        side = table[seen]
        utilities = wanted[np.ix_(group, seen)] - appeal[seen]
        utilities = utilities - utilities.mean(axis=1, keepdims=True)
        solved = np.linalg.solve(side.T @ side + RIDGE * np.eye(side.shape[1]), side.T @ utilities.T)
        worths[group] = solved.T
    return worths


def _closeness(fits: dict[str, float]) -> float:
    close = [worth for fit, worth in fits.items() if shape_of(fit) == "close"]
    loose = [worth for fit, worth in fits.items() if shape_of(fit) == "loose"]
    return float(np.mean(close) - np.mean(loose))


def _occasions(draw: random.Random, shared: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Two occasions of three that people of this kind dress for, one of their own, and two that they don't have."""
    likes = draw.sample(shared, 2)
    likes.append(draw.choice([occasion for occasion in OCCASIONS if occasion not in likes]))
    return tuple(likes), tuple(draw.sample([occasion for occasion in OCCASIONS if occasion not in likes], 2))
