"""What a combination would sell: partial pooling of its parts, their pairs and their drift, with intervals.

A style's sell-through, as empirical log odds, is a sum of random effects: one for each value of each attribute, one for
each pair of values, one for what a value gained or lost with the seasons, the season's own, and the style's own luck
and appeal; with the binomial noise of the units bought. How far each group of effects is drawn towards nothing is
learned from the line itself (empirical Bayes: James and Stein 1961, Morris 1983), as the variances that make the line
likeliest (REML, Patterson and Thompson 1971, by Fellner's fixed-point steps, 1986). A pair never made gets what its
parts tell and a wide interval; a pair made once is hardly believed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from lib.errors import Cancelled
from lib.i18n import N_
from lib.merchandising.product_ideation.line import MISSING, Array, Codes, PastLine

STEPS = 12  # beyond, the predictions of lines of 100 to 600 styles move by less than a tenth of their deviation
MEMORY = 3.0  # half years after which a drifted effect is forgotten by 1/e
Z = 1.959964
STOPPED = N_("Stopped before the end. Start it again when you want the result.")


@dataclass(frozen=True)
class Predicted:
    """Means and standard deviations of m combinations on the scale that was fitted, without and with a style's own."""

    mean: Array
    deviation: Array  # of what such styles sell on average
    single: Array  # of what one such style will sell next season

    def interval(self, scale: Callable[[Array], Array]) -> tuple[Array, Array, Array]:
        """(value, low, high) on the scale of shares, of what such styles sell on average; a 95% interval."""
        return self._ends(scale, Z * self.deviation)

    def of_one(self, scale: Callable[[Array], Array], reach: float = Z) -> tuple[Array, Array, Array]:
        """The same of one such style next season; ``reach`` in deviations, see ``conformal``."""
        return self._ends(scale, reach * self.single)

    def _ends(self, scale: Callable[[Array], Array], half: Array) -> tuple[Array, Array, Array]:
        return scale(self.mean), scale(self.mean - half), scale(self.mean + half)


@dataclass(frozen=True)
class Pooled:
    """A fitted line. ``variances`` by what they are of: an attribute's name, 'pairs', 'drift', 'season', 'style'."""

    line: PastLine
    rows: Codes  # (n,) places in the line of the styles that were fitted
    variances: dict[str, float]
    centre: float
    weights: Array  # (n,) inverse covariance times what is left of the centre
    inverse: Array  # (n, n) of the covariance
    noise: float = 0.0  # sampling variance of a style of the usual depth

    @cached_property
    def _known(self) -> Codes:
        return np.asarray(self.line.codes[self.rows])

    def predict(self, genomes: Sequence[Mapping[str, str]], time: float | None = None) -> Predicted:
        """What combinations sell in an average season at ``time`` (the next one); missing parts count as average."""
        at = self.line.next_time if time is None else time
        asked = self.line.coded(genomes)
        cross = self._covariance(asked, self._known, np.full(len(asked), at), self.line.times[self.rows])
        own = self._own(asked)
        mean = self.centre + cross @ self.weights
        ones = self.inverse.sum(axis=1)
        of_centre = (1 - cross @ ones) ** 2 / max(float(ones.sum()), 1e-12)
        variance = np.maximum(own - np.einsum("ij,jk,ik->i", cross, self.inverse, cross, optimize=True), 0) + of_centre
        # The next season's effect is unknown, and how a style's units fall is chance.
        single = variance + self.variances["style"] + self.variances["season"] + self.noise
        return Predicted(mean, np.sqrt(variance), np.sqrt(single))

    def means(self, genomes: Sequence[Mapping[str, str]]) -> Array:
        """The means of ``predict`` alone, which a search asks for thousands of times."""
        asked = self.line.coded(genomes)
        at = np.full(len(asked), self.line.next_time)
        return np.asarray(
            self.centre + self._covariance(asked, self._known, at, self.line.times[self.rows]) @ self.weights
        )

    def _covariance(self, one: Codes, other: Codes, at: Array, times: Array) -> Array:
        parts = kernels(one, other)
        names = self.line.attributes
        near = np.exp(-np.abs(at[:, None] - times[None]) / MEMORY)
        found = sum((self.variances[name] * parts[place] for place, name in enumerate(names)), np.zeros_like(near))
        found = found + self.variances["pairs"] * pairs_of(parts)
        return np.asarray(found + self.variances["drift"] * near * sum(parts))

    def _own(self, asked: Codes) -> Array:
        """(m,) the variance of each combination before anything is known."""
        there = (asked != MISSING).astype(float)
        alone = there @ np.array([self.variances[name] + self.variances["drift"] for name in self.line.attributes])
        count = there.sum(axis=1)
        return np.asarray(alone + self.variances["pairs"] * count * (count - 1) / 2)


def kernels(one: Codes, other: Codes) -> list[Array]:
    """For each attribute an (n, m) array: 1 where both have the same value."""
    return [
        ((one[:, None, place] == other[None, :, place]) & (one[:, None, place] != MISSING)).astype(np.float64)
        for place in range(one.shape[1])
    ]


def pairs_of(parts: Sequence[Array]) -> Array:
    """How many pairs of values two styles share."""
    count = sum(parts, np.zeros_like(parts[0]))
    return np.asarray(count * (count - 1) / 2)


def fit(
    line: PastLine,
    target: Array,
    noise: Array,
    cancelled: Callable[[], bool] = lambda: False,
    steps: int = STEPS,
) -> Pooled:
    """Fit ``target`` (n,), whose sampling variances are ``noise``; rows whose target is NaN are left out.

    Raises:
        Cancelled: ``cancelled()`` became true.
    """
    rows = np.flatnonzero(np.isfinite(target))
    codes, times = line.codes[rows], line.times[rows]
    parts = kernels(codes, codes)
    near = np.exp(-np.abs(times[:, None] - times[None]) / MEMORY)
    groups = dict(zip(line.attributes, parts, strict=True))
    groups |= {"pairs": pairs_of(parts), "drift": near * sum(parts)}
    groups["season"] = (times[:, None] == times[None]).astype(np.float64)
    groups["style"] = np.eye(len(rows))
    values, spread = target[rows], float(np.var(target[rows]))
    noise = noise[rows]
    start = max(spread - float(noise.mean()), 0.2 * spread) / len(groups)
    variances = {name: start / max(float(np.diag(part).mean()), 1e-9) for name, part in groups.items()}
    for _step in range(steps):
        if cancelled():
            raise Cancelled(STOPPED)
        inverse = _inverse(groups, variances, noise)
        projected, residual = _without_centre(inverse, values)
        for name, part in groups.items():
            explained = float(residual @ part @ residual)
            expected = float(np.sum(projected * part))
            variances[name] *= max(explained, 0.0) / max(expected, 1e-12)
    inverse = _inverse(groups, variances, noise)
    ones = inverse.sum(axis=1)
    centre = float(ones @ values / ones.sum())
    return Pooled(line, rows, variances, centre, inverse @ (values - centre), inverse, float(np.median(noise)))


def _inverse(groups: Mapping[str, Array], variances: Mapping[str, float], noise: Array) -> Array:
    covariance = np.diag(noise + 1e-9)
    for name, part in groups.items():
        covariance += variances[name] * part
    return np.asarray(np.linalg.inv(covariance))


def _without_centre(inverse: Array, values: Array) -> tuple[Array, Array]:
    """REML's projection, and it applied to the values."""
    ones = inverse.sum(axis=1)
    projected = inverse - np.outer(ones, ones) / ones.sum()
    return projected, projected @ values


def sold_odds(line: PastLine) -> tuple[Array, Array]:
    """(n,) empirical log odds of a unit's sale at full price, and their sampling variances (Cox 1970)."""
    sold = np.array([style.sold for style in line.styles], dtype=np.float64)
    bought = np.array([style.bought for style in line.styles], dtype=np.float64)
    left = bought - sold
    return np.log((sold + 0.5) / (left + 0.5)), 1 / (sold + 0.5) + 1 / (left + 0.5)


def margins(line: PastLine) -> tuple[Array, Array]:
    """(n,) gross margins, NaN where there is none; no sampling variance is known of them."""
    found = np.array([np.nan if style.margin is None else style.margin for style in line.styles])
    return found, np.zeros(len(found))


def share_of(odds: Array) -> Array:
    """Log odds as a share."""
    return np.asarray(1 / (1 + np.exp(-odds)))


def as_it_is(values: Array) -> Array:
    """A scale that needs no turning."""
    return values


def all_pairs(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Every two attributes."""
    return tuple(combinations(names, 2))
