"""Response surfaces that are known, to race methods on: two documented mixture experiments and a rugged function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lib.merchandising.beauty_formulation.model import RINSE_OFF, Ingredient, Target
from lib.merchandising.beauty_formulation.sampling import candidates, nearby
from lib.merchandising.beauty_formulation.space import Array, Space, space_of

RESPONSE, LIMIT = "spreading", "stability"  # under which names a surface's values go through the product's own code


@dataclass(frozen=True)
class Surface:
    """``response`` maps shares of 1 (n, q) to the true response (n,); as high as possible.

    ``limit``, where there is one, is a second response that must be ``at_least`` that much. ``noise``: sd of a
    measurement.
    """

    name: str
    ingredients: tuple[Ingredient, ...]
    response: Callable[[Array], Array]
    noise: float
    limit: Callable[[Array], Array] | None = None
    at_least: float = 0.0
    limit_noise: float = 0.0
    within: Space | None = None  # what is allowed, where it is more than the ingredients' bounds

    @cached_property
    def space(self) -> Space:
        """What is allowed."""
        return self.within or space_of(self.ingredients, RINSE_OFF)

    def true(self, mixtures: Array) -> Array:
        """The response without noise; far below everything where the limit is broken."""
        shares = mixtures / 100.0
        values = self.response(shares)
        if self.limit is None:
            return values
        return np.where(self.limit(shares) >= self.at_least, values, -np.inf)

    @cached_property
    def optimum(self) -> float:
        """The greatest true response of any allowed mixture, by a dense search."""
        generator = np.random.default_rng(7)
        best = -np.inf
        for part in self.space.parts:
            pool = candidates(part, 20_000, generator)
            for size in (0.3, 0.1, 0.03, 0.01, 0.003):
                leaders = pool[np.argsort(-self.true(pool))[:20]]
                pool = np.vstack([leaders, nearby(part, leaders, 200, size, generator)])
            best = max(best, float(self.true(pool).max()))
        return best

    def targets(self, low: float, high: float) -> tuple[Target, ...]:
        """What the planner is told: as high as possible, and the limit."""
        aims = (Target(RESPONSE, "maximise", low, high),)
        return aims if self.limit is None else (*aims, Target(LIMIT, "at_least", value=self.at_least))


def _rows(*bounds: tuple[str, float, float]) -> tuple[Ingredient, ...]:
    return tuple(Ingredient(name, "", 1.0, low, high) for name, low, high in bounds)


def _quadratic(linear: tuple[float, ...], products: dict[tuple[int, int], float]) -> Callable[[Array], Array]:
    def response(x: Array) -> Array:
        value = x @ np.array(linear)
        for (i, j), weight in products.items():
            value = value + weight * x[:, i] * x[:, j]
        return np.asarray(value)

    return response


def yarn() -> Surface:
    """Elongation of a yarn of three polymers: Cornell, 'Experiments with Mixtures' (1990), with its replicates' sd."""
    response = _quadratic((11.7, 9.4, 16.4), {(0, 1): 19.0, (0, 2): 11.4, (1, 2): -9.6})
    return Surface(
        "yarn",
        _rows(("Polyethylene", 0, 100), ("Polystyrene", 0, 100), ("Polypropylene", 0, 100)),
        response,
        0.85,
    )


def flare() -> Surface:
    """Light of a flare of four components within bounds: McLean and Anderson, Technometrics 8 (1966)."""
    response = _quadratic(
        (-1558, -2351, -2426, 14372),
        {(0, 1): 8300, (0, 2): 8076, (0, 3): -6625, (1, 2): 3213, (1, 3): -16998, (2, 3): -17127},
    )
    rows = _rows(("Magnesium", 40, 60), ("Sodium Nitrate", 10, 50), ("Strontium Nitrate", 10, 50), ("Binder", 3, 8))
    return Surface("flare", rows, response, 12.0)


_HARTMANN_A = np.array([[3, 10, 30], [0.1, 10, 35], [3, 10, 30], [0.1, 10, 35]], dtype=float)
_HARTMANN_P = np.array(
    [[3689, 1170, 2673], [4699, 4387, 7470], [1091, 8732, 5547], [381, 5743, 8828]], dtype=float
) / 1e4  # fmt: skip
_HARTMANN_WEIGHTS = np.array([1.0, 1.2, 3.0, 3.2])


def hartmann(u: Array) -> Array:
    """Hartmann's function of three variables in [0, 1] (Dixon and Szegő, 1978), turned so that high is good."""
    away = (_HARTMANN_A[None] * (u[:, None] - _HARTMANN_P[None]) ** 2).sum(axis=2)
    return np.asarray((_HARTMANN_WEIGHTS * np.exp(-away)).sum(axis=1))


def emulsion() -> Surface:
    """Three actives in water with Hartmann's function as response, a bound on their sum, and a limit that isn't known.

    The limit, a linear 'stability' of the first two actives, has to be learned from measurements like the response.
    """
    rows = tuple(Ingredient(f"Active {letter}", "", 1.0, 0, 20, group="Actives", group_high=36) for letter in "ABC")
    rows += (Ingredient("Aqua", "", 0.0, 0, 100),)

    def stability(x: Array) -> Array:
        return np.asarray(100 - 220 * np.abs(x[:, 1] - 0.10) - 150 * x[:, 0])

    return Surface("emulsion", rows, lambda x: hartmann(x[:, :3] / 0.2), 0.1, stability, 80.0, 1.5)


def surfaces() -> tuple[Surface, ...]:
    """The three."""
    return (yarn(), flare(), emulsion())


def flat() -> Surface:
    """A surface on which nothing is to be found: every difference is noise."""
    rows = flare().ingredients
    return Surface("flat", rows, lambda x: np.zeros(len(x)), 1.0)
