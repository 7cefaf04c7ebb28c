"""The effect of each feature with its interval, and which of them may be claimed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from lib.commerce.product_descriptions import regression
from lib.commerce.product_descriptions.features import FEATURES, step_of
from lib.commerce.product_descriptions.held_out import dispersion_of, scaling_of
from lib.commerce.product_descriptions.regression import Array
from lib.commerce.product_descriptions.table import Table, silent

DISCOVERY_RATE = 0.05
WORTH_KNOWING = 0.10  # a house would rewrite its texts for a tenth more orders, hardly for less
FREE = 1.0  # a penalty of a thousandth of the usual information: only keeps draws without variation finite


@dataclass(frozen=True)
class Effect:
    """What goes with one feature. Effects are shares: 0.12 is 12% more orders per view (or returns per order).

    ``effect`` is for one standard deviation, ``step_effect`` for ``step``. ``low`` and ``high`` hold
    95% of the time for one feature looked at alone, or, where ``stands_out``, for those singled out.
    """

    feature: str
    effect: float
    low: float
    high: float
    step: float  # in the feature's unit
    step_effect: float
    step_low: float
    step_high: float
    p_value: float
    q_value: float  # after Benjamini and Hochberg
    stands_out: bool
    same_sign: float  # share of bootstrap draws with the effect's sign
    posts: int  # with a value above 0
    mean: float
    deviation: float


def freedom_of(table: Table) -> int:
    """Degrees of freedom: products left after the parameters."""
    return max(table.products - int(table.controls.shape[1]) - int(table.features.shape[1]), 3)


def effects_on(
    table: Table,
    counts: Array,
    exposure: Array,
    generator: np.random.Generator,
    draws: int,
    progress: Callable[..., None] = silent,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[tuple[Effect, ...], float]:
    """Each feature's effect on ``counts`` per ``exposure``, the strongest first; and the median standard error."""
    scaling = scaling_of(table.features)
    design = np.hstack([table.controls, scaling(table.features)])
    penalised = np.arange(design.shape[1]) >= table.controls.shape[1]
    dispersion = dispersion_of(replace(table, orders=counts, views=exposure), design, penalised)
    penalty = regression.penalties(penalised, FREE, FREE)
    centre = regression.fit(design, counts, exposure, penalty, dispersion)
    drawn = regression.bootstrap(
        design, counts, exposure, table.groups, penalty, dispersion, centre, draws, generator, progress, cancelled
    )
    effects = _effects(table, scaling.deviations, centre[penalised], drawn[:, penalised])
    return effects, float(np.median(drawn[:, penalised].std(axis=0, ddof=1)))


def _effects(table: Table, deviations: Array, values: Array, drawn: Array) -> tuple[Effect, ...]:
    """Effects with corrected claims, from the coefficients per deviation and their draws."""
    freedom = freedom_of(table)
    errors = drawn.std(axis=0, ddof=1)
    p_values = regression.two_sided_p(values, errors, freedom)
    q_values = regression.false_discovery_q(p_values)
    claimed = q_values <= DISCOVERY_RATE
    wider = DISCOVERY_RATE * max(int(claimed.sum()), 1) / len(values)  # Benjamini and Yekutieli (2005)
    found = []
    for index, name in enumerate(table.names):
        level = wider if claimed[index] else 0.05
        low, high = regression.t_interval(values[index], errors[index], freedom, level)
        step = step_of(FEATURES[name], float(deviations[index]))
        per_step = step / deviations[index]
        column = table.features[:, index]
        found.append(
            Effect(
                feature=name,
                effect=float(np.expm1(values[index])),
                low=float(np.expm1(low)),
                high=float(np.expm1(high)),
                step=step,
                step_effect=float(np.expm1(values[index] * per_step)),
                step_low=float(np.expm1(low * per_step)),
                step_high=float(np.expm1(high * per_step)),
                p_value=float(p_values[index]),
                q_value=float(q_values[index]),
                stands_out=bool(claimed[index]),
                same_sign=float((np.sign(drawn[:, index]) == np.sign(values[index])).mean()),
                posts=int((column > 0).sum()),
                mean=float(column.mean()),
                deviation=float(column.std()),
            )
        )
    return tuple(sorted(found, key=lambda effect: (not effect.stands_out, -abs(np.log1p(effect.effect)))))


def power(posts: int, error: float, features: int, freedom: int) -> tuple[float, int]:
    """The smallest effect per deviation found 4 times in 5 despite the correction, and the posts needed for a tenth.

    The claim's threshold is taken at its strictest (one feature stands out among all), as if Bonferroni's; errors
    shrink with the root of the posts.
    """
    from scipy.special import stdtrit

    reach = float(stdtrit(freedom, 1 - DISCOVERY_RATE / (2 * features)) + stdtrit(freedom, 0.8)) * error
    return float(np.expm1(reach)), int(np.ceil(posts * (reach / np.log1p(WORTH_KNOWING)) ** 2))
