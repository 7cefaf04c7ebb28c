"""Do raters agree beyond chance? Krippendorff's alpha for names and for ranked values, with a bootstrap interval."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

RESAMPLES = 2_000
RELIABLE, TENTATIVE = 0.8, 0.667  # Krippendorff, Content Analysis, 2004, chapter 11
Unit = Sequence[Hashable | None]
Level = Literal["nominal", "ordinal"]  # any other value differs alike, or by how many values lie in between


@dataclass(frozen=True)
class Agreement:
    """Alpha (1: perfect, 0: as by chance) with its 95% interval, None where the data don't allow one.

    ``units`` are the inputs on which at least two people voted, ``values`` their votes.
    """

    alpha: float | None
    low: float | None
    high: float | None
    units: int
    values: int


def coincidences(units: Sequence[Unit], level: Level = "nominal") -> Any:
    """Each unit's matrix of coincidences, an array (pairable units, categories, categories); ranked ones in order.

    A missing value (None) pairs with nothing; a unit with fewer than two values is left out. Within a unit of m values
    each ordered pair counts 1 / (m - 1), so that every value weighs the same.
    """
    import numpy as np

    pairable = [[value for value in unit if value is not None] for unit in units]
    pairable = [unit for unit in pairable if len(unit) >= 2]
    found: set[Any] = {value for unit in pairable for value in unit}
    names = sorted(found) if level == "ordinal" else sorted(found, key=repr)
    place = {name: at for at, name in enumerate(names)}
    made = np.zeros((len(pairable), len(names), len(names)))
    for at, unit in enumerate(pairable):
        counts = np.bincount([place[value] for value in unit], minlength=len(names)).astype(float)
        made[at] = (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)
    return made


def _alpha(total: Any, level: Level) -> Any:
    """Alpha of coincidence matrices (..., categories, categories); not a number where nothing varies."""
    import numpy as np

    of_category = total.sum(axis=-1)
    n = of_category.sum(axis=-1)
    apart = _differences(of_category, level)
    observed = (total * apart).sum(axis=(-2, -1))
    expected = (of_category[..., :, None] * of_category[..., None, :] * apart).sum(axis=(-2, -1)) / (n - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 1e-12, 1 - observed / expected, np.nan)


def _differences(of_category: Any, level: Level) -> Any:
    """How far apart categories count, (..., categories, categories), from how often each was given."""
    import numpy as np

    if level == "nominal":
        return 1 - np.eye(of_category.shape[-1])
    middle = of_category.cumsum(axis=-1) - of_category / 2
    return (middle[..., :, None] - middle[..., None, :]) ** 2


def alpha(units: Sequence[Unit], level: Level = "nominal") -> float | None:
    """Krippendorff's alpha.

    Args:
        units: what was judged; for each, one value per rater, None where a rater gave none.
        level: 'nominal' for names, 'ordinal' for values with an order.

    Returns:
        None where it isn't defined: fewer than two values on every unit, or the same value everywhere, in which case
        nothing shows that raters can tell one from another.

    Source: Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011.
    """
    import numpy as np

    made = coincidences(units, level)
    if not len(made):
        return None
    value = float(_alpha(made.sum(axis=0), level))
    return None if np.isnan(value) else value


def agreement(units: Sequence[Unit], seed: int = 0, level: Level = "nominal") -> Agreement:
    """Alpha with a 95% interval: units are drawn with replacement, the percentiles of their alphas are taken.

    Resamples in which nothing varies have no alpha and are left out; where they are more than half, or where no
    disagreement at all was seen, there is no interval to give.

    Source: Zapf, Castell, Morawietz and Karch, BMC Medical Research Methodology 16:93, 2016 (the standard bootstrap).
    """
    import numpy as np

    made = coincidences(units, level)
    value, values = alpha(units, level), round(float(made.sum()))
    if value is None or value >= 1 or len(made) < 2:
        return Agreement(value, None, None, len(made), values)
    drawn = np.random.default_rng(seed).multinomial(len(made), np.full(len(made), 1 / len(made)), RESAMPLES)
    alphas = _alpha(np.tensordot(drawn.astype(float), made, axes=1), level)
    known = alphas[~np.isnan(alphas)]
    if len(known) < RESAMPLES / 2:
        return Agreement(value, None, None, len(made), values)
    low, high = np.quantile(known, [0.025, 0.975])
    return Agreement(value, float(low), float(high), len(made), values)
