"""What posts that the method has not seen would sell: cross-fitting by product, with the plain baselines beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.commerce.product_descriptions import regression
from lib.commerce.product_descriptions.regression import Array, Integers, rank_correlation
from lib.commerce.product_descriptions.table import Table, silent

GRID = (10.0, 30.0, 100.0, 300.0, 1_000.0, 3_000.0, 30_000.0)  # 100: effects of about 10% a deviation are expected
CONTROL_PENALTY = 2.0  # draws a category of few posts towards the others; negligible for one of many
PRIOR_POSTS = 5  # a category's mean is drawn to the overall one as by five typical posts


@dataclass(frozen=True)
class Scaling:
    """How features become comparable: mean and deviation of the posts that were learned from."""

    means: Array
    deviations: Array

    def __call__(self, features: Array) -> Array:
        return np.asarray((features - self.means) / self.deviations)


@dataclass(frozen=True)
class Fitted:
    """The regularised regression on one set of posts: what the score is read from."""

    scaling: Scaling
    coefficients: Array  # (c + p,), controls first
    penalty: float
    dispersion: float
    controls: int  # how many of the coefficients

    def text(self, table: Table) -> Array:
        """(n,) log ratio that the text alone accounts for, against the mean text."""
        return np.asarray(self.scaling(table.features) @ self.coefficients[self.controls :])

    def everything(self, table: Table) -> Array:
        """(n,) log orders per view by controls and text."""
        return np.asarray(table.controls @ self.coefficients[: self.controls] + self.text(table))


def scaling_of(features: Array) -> Scaling:
    """Means and deviations; a column without variation keeps deviation 1."""
    deviations = features.std(axis=0)
    return Scaling(features.mean(axis=0), np.where(deviations > 1e-9, deviations, 1.0))


def fitted(table: Table, generator: np.random.Generator) -> Fitted:
    """The regularised regression, its penalty chosen by cross-validation that keeps products whole."""
    scaling = scaling_of(table.features)
    design = np.hstack([table.controls, scaling(table.features)])
    count = table.controls.shape[1]
    penalised = np.arange(design.shape[1]) >= count
    dispersion = dispersion_of(table, design, penalised)
    penalty = regression.choose_penalty(
        design,
        table.orders,
        table.views,
        table.groups,
        penalised,
        CONTROL_PENALTY,
        GRID,
        dispersion,
        generator,
    )
    weights = regression.penalties(penalised, penalty, CONTROL_PENALTY)
    coefficients = regression.fit(design, table.orders, table.views, weights, dispersion)
    return Fitted(scaling, coefficients, penalty, dispersion, count)


def dispersion_of(table: Table, design: Array, penalised: NDArray[np.bool_]) -> float:
    """How much more than by chance results vary around a lightly penalised fit."""
    dispersion = 0.0
    for _round in range(3):
        penalty = regression.penalties(penalised, 1.0, CONTROL_PENALTY)
        coefficients = regression.fit(design, table.orders, table.views, penalty, dispersion)
        mean = table.views * np.exp(np.clip(design @ coefficients, -30, 30))
        dispersion = regression.dispersion_of(table.orders, mean, design.shape[1])
    return dispersion


@dataclass(frozen=True)
class HeldOut:
    """(n,) scores of each post by methods that have not seen its product; higher should have sold more.

    ``score`` knows controls and text, ``controls`` all but the text, ``text`` the text alone, ``length`` the number of
    words alone, ``category`` the category's mean alone. ``left`` is what was observed against what ``controls``
    expected (log ratio): what is there for the text to explain.
    """

    score: Array
    controls: Array
    text: Array
    length: Array
    length_beside: Array  # the part of the number of words when it stands beside the controls
    category: Array
    observed: Array
    left: Array


def cross_fit(
    table: Table,
    seed: int,
    repeats: int = 1,
    folds: int = 5,
    progress: Callable[..., None] = silent,
    cancelled: Callable[[], bool] = lambda: False,
) -> HeldOut:
    """Scores by grouped cross-fitting, averaged over ``repeats`` divisions of the products."""
    names = ("score", "controls", "text", "length", "length_beside", "category")
    total = {name: np.zeros(len(table)) for name in names}
    for repeat in range(repeats):
        generator = np.random.default_rng((seed, repeat))
        fold = regression.grouped_folds(table.groups, folds, generator)
        for index in range(folds):
            regression.stop_if(cancelled)
            progress((repeat * folds + index) / (repeats * folds))
            inside, outside = table.only(fold != index), fold == index
            if not outside.any():
                continue
            for name, scores in _scores(inside, table.only(outside), generator).items():
                total[name][outside] += scores / repeats
    expected = table.views * np.exp(total["controls"])
    # half a typical post's orders are added to both sides, so that a post without orders has a finite ratio
    ballast = max(float(np.median(expected)) / 2, 0.5)
    left = np.log((table.orders + ballast) / (expected + ballast))
    return HeldOut(**total, observed=table.rate, left=left)


def _scores(inside: Table, outside: Table, generator: np.random.Generator) -> dict[str, Array]:
    """What each method, given the posts inside, says of the posts outside."""
    model = fitted(inside, generator)
    alone = np.ones(inside.controls.shape[1], dtype=bool)
    penalty = regression.penalties(~alone, 0.0, CONTROL_PENALTY)
    controls = regression.fit(inside.controls, inside.orders, inside.views, penalty, model.dispersion)
    return {
        "score": model.everything(outside),
        "controls": outside.controls @ controls,
        "text": model.text(outside),
        "length": _by_length(inside, outside, model.dispersion),
        "length_beside": _length_beside(inside, outside, model.dispersion),
        "category": _by_category(inside, outside),
    }


def _length(inside: Table, table: Table) -> Array:
    """(n, 2) the logarithm of the number of words and its square, on the scale of the posts inside."""
    logs = np.log(inside.words + 1)
    standard = (np.log(table.words + 1) - logs.mean()) / max(float(logs.std()), 1e-9)
    return np.column_stack([standard, standard**2])


def _by_length(inside: Table, outside: Table, dispersion: float) -> Array:
    """Log orders per view by the number of words, and nothing else."""
    design = np.column_stack([np.ones(len(inside)), _length(inside, inside)])
    coefficients = regression.fit(design, inside.orders, inside.views, np.array([0.0, 1.0, 1.0]), dispersion)
    return np.asarray(coefficients[0] + _length(inside, outside) @ coefficients[1:])


def _length_beside(inside: Table, outside: Table, dispersion: float) -> Array:
    """What the number of words accounts for at equal category, channel, price and season."""
    design = np.hstack([inside.controls, _length(inside, inside)])
    penalty = regression.penalties(np.zeros(design.shape[1], dtype=bool), 0.0, CONTROL_PENALTY)
    coefficients = regression.fit(design, inside.orders, inside.views, penalty, dispersion)
    return np.asarray(_length(inside, outside) @ coefficients[-2:])


def _by_category(inside: Table, outside: Table) -> Array:
    """Log mean orders per view of the category, every post alike, drawn to the overall mean when it is small."""
    overall = float(inside.rate.mean())
    means: dict[str, float] = {}
    levels = np.array(inside.levels)
    for level in set(inside.levels):
        rates = inside.rate[levels == level]
        means[level] = (rates.sum() + PRIOR_POSTS * overall) / (len(rates) + PRIOR_POSTS)
    return np.asarray(np.log([max(means.get(level, overall), 1e-9) for level in outside.levels]))


@dataclass(frozen=True)
class Ranking:
    """A rank correlation with its 95% interval, and its differences from others with theirs."""

    value: float
    low: float
    high: float
    differences: dict[str, tuple[float, float, float]]


def rank(
    observed: Array, scores: Mapping[str, Array], groups: Integers, seed: int, draws: int = 1_000
) -> dict[str, Ranking]:
    """Spearman's correlation of each score with ``observed``; percentile intervals from draws of whole products.

    The differences are ``this - other`` within the same draws: paired, as the posts are the same. The fits themselves
    are not repeated, so the intervals speak of these fitted scores on other posts (Efron and Tibshirani 1993).
    """
    points = {name: rank_correlation(values, observed) for name, values in scores.items()}
    generator = np.random.default_rng((seed, 7))
    members = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    drawn: dict[str, list[float]] = {name: [] for name in scores}
    for _draw in range(draws):
        chosen = generator.integers(0, len(members), len(members))
        rows = np.concatenate([members[index] for index in chosen])
        for name, values in scores.items():
            drawn[name].append(rank_correlation(values[rows], observed[rows]))
    table = {name: np.array(values) for name, values in drawn.items()}
    found: dict[str, Ranking] = {}
    for name, values in table.items():
        differences = {
            other: (points[name] - points[other], *_ends(values - table[other])) for other in table if other != name
        }
        found[name] = Ranking(points[name], *_ends(values), differences)
    return found


def _ends(values: Array) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile."""
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)
