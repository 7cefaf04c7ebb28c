"""How well scores rank held-out styles, against the averages a house would look at, and against chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lib.i18n import N_
from lib.merchandising.product_ideation.line import Array
from lib.merchandising.product_ideation.model import Genome, Style
from lib.proofs import Measure

AVERAGES, CATEGORY, CHANCE = N_("averages of its attributes"), N_("category mean"), N_("chance")
ALLOWED = 0.025  # of lines without anything to find that an interval at 95% puts above chance
TOP = 0.2
Method = Literal["ours", "averages", "category"]
Statistic = Literal["rho", "top"]


@dataclass(frozen=True)
class Holdout:
    """(n,) arrays of one held-out season: what sold, and what each method said before."""

    season: str
    observed: Array
    ours: Array
    averages: Array
    category: Array
    inside: NDArray[np.bool_]  # of the interval given for it
    inside_normal: NDArray[np.bool_]  # of the one that normal errors would give
    apart: Array  # deviations between what was expected and what sold
    unmade: NDArray[np.bool_]  # has a pair of values that was never made
    margin: Array | None
    margin_averages: Array
    margin_observed: Array

    @property
    def with_margin(self) -> int:
        """How many of its styles have a margin."""
        return int(np.isfinite(self.margin_observed).sum())

    def only(self, keep: NDArray[np.bool_]) -> Holdout:
        """Some of its styles."""
        columns = "observed ours averages category unmade margin_averages margin_observed inside inside_normal apart"
        changes = {name: getattr(self, name)[keep] for name in columns.split()}
        return replace(self, **changes, margin=None if self.margin is None else self.margin[keep])

    def of_margin(self) -> Holdout:
        """The same with margins in place of sell-through."""
        assert self.margin is not None
        keep = np.isfinite(self.margin_observed)
        part = self.only(keep)
        assert part.margin is not None
        return replace(part, observed=part.margin_observed, ours=part.margin, averages=part.margin_averages)


def attribute_averages(styles: Sequence[Style], genomes: Sequence[Genome], of: str = "sell_through") -> Array:
    """What a house would do: the mean of the means of all styles that share a value, attribute by attribute."""
    sums: dict[tuple[str, str], list[float]] = {}
    for style in styles:
        value = getattr(style, of)
        if value is not None:
            for pair in style.genome.items():
                sums.setdefault(pair, []).append(value)
    means = {pair: float(np.mean(values)) for pair, values in sums.items()}
    overall = float(np.mean(list(means.values()))) if means else 0.0
    return np.array([np.mean([means.get(pair, overall) for pair in genome.items()]) for genome in genomes])


def category_averages(styles: Sequence[Style], genomes: Sequence[Genome]) -> Array:
    """The category's mean sell-through for each."""
    return attribute_averages(
        [style.model_copy(update={"genome": {"category": style.genome["category"]}}) for style in styles],
        [{"category": genome["category"]} for genome in genomes],
    )


def rank_correlation(one: Array, other: Array) -> float:
    """Spearman's rho with mid-ranks for ties; 0 where one of them doesn't vary."""
    from scipy.stats import rankdata

    first, second = rankdata(one), rankdata(other)
    first, second = first - first.mean(), second - second.mean()
    size = math.sqrt(float(first @ first) * float(second @ second))
    return float(first @ second) / size if size else 0.0


def top_share(score: Array, observed: Array) -> float:
    """How many of the fifth scored highest are in the fifth that sold best; ties in their order."""
    count = max(1, math.ceil(TOP * len(score)))
    picked = np.argsort(-score, kind="stable")[:count]
    best = np.argsort(-observed, kind="stable")[:count]
    return len(set(picked.tolist()) & set(best.tolist())) / count


def _over(outs: Sequence[Holdout], method: str, statistic: Statistic, rows: Sequence[NDArray[np.int64]]) -> float:
    """The statistic within each season, as the mean over styles."""
    of = rank_correlation if statistic == "rho" else top_share
    found = [
        of(getattr(out, method)[chosen], out.observed[chosen]) * len(chosen)
        for out, chosen in zip(outs, rows, strict=True)
    ]
    return sum(found) / sum(len(chosen) for chosen in rows)


def compared(
    metric: str,
    unit: str,
    outs: Sequence[Holdout],
    methods: Sequence[str],
    statistic: Statistic,
    seed: int,
    draws: int,
    note: str = "",
    headline: str = "",
) -> Measure:
    """One statistic for ours and the baselines; percentile intervals from draws of styles within their season.

    Differences are taken within each draw: paired, as the styles are the same (Efron and Tibshirani 1993). The fits are
    not repeated, so intervals speak of these scores on other styles.
    """
    generator = np.random.default_rng((seed, 7))
    whole = [np.arange(len(out.observed)) for out in outs]
    points = {method: _over(outs, method, statistic, whole) for method in methods}
    table: dict[str, list[float]] = {method: [] for method in methods}
    for _draw in range(draws):
        rows = [generator.integers(0, len(out.observed), len(out.observed)) for out in outs]
        for method in methods:
            table[method].append(_over(outs, method, statistic, rows))
    drawn = {method: np.array(values) for method, values in table.items()}
    names = {"averages": AVERAGES, "category": CATEGORY}
    chance = 0.0 if statistic == "rho" else TOP
    low, high = _ends(drawn["ours"])
    others = [method for method in methods if method != "ours"]
    differences = {names[one]: (points["ours"] - points[one], *_ends(drawn["ours"] - drawn[one])) for one in others}
    differences[CHANCE] = (points["ours"] - chance, low - chance, high - chance)
    return Measure(
        metric=metric,
        unit=unit,
        n=sum(len(rows) for rows in whole),
        ours=points["ours"],
        low=low,
        high=high,
        baselines={**{names[one]: points[one] for one in others}, CHANCE: chance},
        better="higher",
        baseline_intervals={names[one]: _ends(drawn[one]) for one in others},
        note=note,
        differences=differences,
        paired_by=N_("the same styles"),
        headline=headline,
    )


def _ends(values: Array) -> tuple[float, float]:
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)
