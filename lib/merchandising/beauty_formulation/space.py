"""Which mixtures are allowed: bounds, groups, law and incompatibilities on the simplex, and why there may be none.

Percent throughout; a mixture adds up to 100. Incompatibilities are choices (one or the other is left out), so what is
allowed is a union of polytopes, one a choice. Feasibility is a linear programme (HiGHS); where there is no mixture, a
smallest set of bounds that contradict each other is found by the deletion filter (Chinneck and Dravnieks, 1991).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.errors import InputError
from lib.i18n import N_, list_of, number, translate
from lib.merchandising.beauty_formulation.model import Ingredient, Product, Target
from lib.merchandising.beauty_formulation.regulation import folded, legal_limits
from lib.merchandising.beauty_formulation.words import spoken

Array = NDArray[np.float64]
TOTAL = 100.0
MOST_CHOICES = 32
GROUPED = (N_("group {name} at least {limit}%"), N_("group {name} at most {limit}%"))
TRACES = 5e-4  # percent of an ingredient that count as none
ROUNDING = 0.005  # percentage points: half of the second decimal with which trials are written


@dataclass(frozen=True)
class Bound:
    """``weights`` @ mixture <= ``limit``; ``message`` says in words which bound it is."""

    message: str
    values: tuple[tuple[str, Any], ...]
    weights: tuple[float, ...]
    limit: float

    def said(self, language: str | None = None) -> str:
        """The bound in the reader's words, numbers in their way."""
        shown = {key: number(value, None) if isinstance(value, float) else value for key, value in self.values}
        if self.message in GROUPED:
            shown["name"] = spoken(str(shown["name"]), language)
        return translate(self.message, language, **shown)


class NoMixture(InputError):
    """The bounds allow no mixture. ``conflict`` is a smallest set of them that contradicts itself."""

    def __init__(self, conflict: Sequence[Bound]) -> None:
        super().__init__(
            N_(
                "No mixture is allowed: these limits contradict each other when everything adds up to 100%. {limits}. "
                "Loosen one of them."
            ),
            limits="",
        )
        self.conflict = tuple(conflict)

    def text(self, language: str | None = None) -> str:
        """The message with the bounds in the reader's language."""
        self.values["limits"] = list_of([bound.said(language) for bound in self.conflict])
        return super().text(language)


@dataclass(frozen=True)
class Polytope:
    """One choice's mixtures: { x : ``a`` x <= ``b``, sum = 100, ``out`` are zero }.

    ``vertices`` (m, p) are corners found by linear programmes in many directions; ``basis`` (k, p) spans the directions
    in which one can move, scaled by how far.
    """

    a: Array
    b: Array
    out: tuple[int, ...]
    vertices: Array = field(repr=False)
    basis: Array = field(repr=False)

    @property
    def centre(self) -> Array:
        """A mixture inside, (p,)."""
        middle: Array = self.vertices.mean(axis=0)
        return middle

    @property
    def low(self) -> Array:
        """The least of each ingredient that any mixture holds, (p,)."""
        return np.asarray(self.vertices.min(axis=0))

    @property
    def high(self) -> Array:
        """The most, (p,)."""
        return np.asarray(self.vertices.max(axis=0))

    def holds(self, mixtures: Array, slack: float = 1e-6) -> NDArray[np.bool_]:
        """Which of the mixtures (n, p) are allowed."""
        inside = (mixtures @ self.a.T <= self.b + slack).all(axis=1) & (np.abs(mixtures.sum(axis=1) - TOTAL) < 1e-4)
        zero = (mixtures[:, list(self.out)] <= slack).all(axis=1) if self.out else True
        return np.asarray(inside & zero)


@dataclass(frozen=True)
class Space:
    """All mixtures that are allowed: one polytope for each choice among incompatible ingredients."""

    parts: tuple[Polytope, ...]
    bounds: tuple[Bound, ...]

    @property
    def low(self) -> Array:
        return np.asarray(np.min([part.low for part in self.parts], axis=0))

    @property
    def high(self) -> Array:
        return np.asarray(np.max([part.high for part in self.parts], axis=0))

    def holds(self, mixtures: Array) -> NDArray[np.bool_]:
        """Which of the mixtures (n, p) are allowed by one of the choices."""
        return np.asarray(np.any([part.holds(mixtures) for part in self.parts], axis=0))


def bounds_of(ingredients: Sequence[Ingredient], product: Product, targets: Sequence[Target] = ()) -> tuple[Bound, ...]:
    """Every linear bound: ingredients', groups', the law's, and the exact targets on cost and natural origin."""
    size = len(ingredients)
    found: list[Bound] = []
    for at, one in enumerate(ingredients):
        unit = _unit(size, at)
        if one.low > 0:
            found.append(_bound(N_("{name} at least {limit}%"), -unit, -one.low, name=one.inci, limit=one.low))
        found.append(_bound(N_("{name} at most {limit}%"), unit, one.high, name=one.inci, limit=one.high))
    for group in dict.fromkeys(one.group for one in ingredients if one.group):
        held = np.array([float(one.group == group) for one in ingredients])
        low, high = (
            next((float(v) for one in ingredients if one.group == group and (v := getattr(one, key)) is not None), None)
            for key in ("group_low", "group_high")
        )
        if low is not None:
            found.append(_bound(GROUPED[0], -held, -low, name=group, limit=low))
        if high is not None:
            found.append(_bound(GROUPED[1], held, high, name=group, limit=high))
    for law in legal_limits(ingredients, product):
        weights = np.zeros(size)
        for place, factor in law.shares:
            weights[place] = factor
        if law.never:
            message = N_("Annex {name} of the regulation: {limit}%, not in this kind of product")
        elif law.source:
            message = N_("legal limit of {name}: {limit}%")
        else:
            message = N_("Annex {name} of the regulation: {limit}%")
        found.append(_bound(message, weights, law.most, name=law.entry, limit=float(law.most)))
    return (*found, *_wanted(ingredients, targets))


def broken(
    shares: Sequence[float], ingredients: Sequence[Ingredient], product: Product, targets: Sequence[Target] = ()
) -> tuple[Bound, ...]:
    """The bounds that a formula breaks by more than its percents are rounded by."""
    return tuple(
        bound
        for bound in bounds_of(ingredients, product, targets)
        if float(np.dot(bound.weights, shares)) > bound.limit + ROUNDING * float(np.abs(bound.weights).max())
    )


def _wanted(ingredients: Sequence[Ingredient], targets: Sequence[Target]) -> list[Bound]:
    """Targets on what is computed are exact: they bound the mixtures themselves."""
    rows = {
        "cost": (np.array([one.cost / TOTAL for one in ingredients]), N_("cost at most {limit} € per kg"),
                 N_("cost at least {limit} € per kg")),
        "natural": (np.array([(one.natural or 0.0) / TOTAL for one in ingredients]),
                    N_("natural origin at most {limit}%"), N_("natural origin at least {limit}%")),
    }  # fmt: skip
    found = []
    for target in targets:
        if target.key in rows and target.value is not None:
            weights, most, least = rows[target.key]
            if target.goal == "at_most":
                found.append(_bound(most, weights, target.value, limit=float(target.value)))
            if target.goal == "at_least":
                found.append(_bound(least, -weights, -target.value, limit=float(target.value)))
    return found


def _unit(size: int, at: int) -> Array:
    unit = np.zeros(size)
    unit[at] = 1.0
    return unit


def _bound(message: str, weights: Array, most: float, /, **values: Any) -> Bound:
    return Bound(message, tuple(values.items()), tuple(map(float, weights)), float(most))


def incompatible(ingredients: Sequence[Ingredient]) -> tuple[tuple[int, int], ...]:
    """Pairs of places in the table that may not stand in one formula."""
    place = {folded(one.inci): at for at, one in enumerate(ingredients)}
    pairs = {
        tuple(sorted((at, place[folded(other)])))
        for at, one in enumerate(ingredients)
        for other in one.not_with
        if folded(other) in place and place[folded(other)] != at
    }
    return tuple(sorted((first, second) for first, second in pairs))


def held_together(shares: Sequence[float], ingredients: Sequence[Ingredient]) -> tuple[Bound, ...]:
    """The incompatible pairs that a formula holds both of, each as the bound that it breaks."""
    return tuple(
        _bound(
            N_("{name} without {other}"),
            _unit(len(ingredients), second),
            0.0,
            name=ingredients[first].inci,
            other=ingredients[second].inci,
        )
        for first, second in incompatible(ingredients)
        if shares[first] > TRACES and shares[second] > TRACES
    )


def choices(pairs: Sequence[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """The smallest sets of ingredients to leave out so that no incompatible pair stands together.

    Raises:
        InputError: the incompatibilities leave too many choices to look at each.
    """
    if 2 ** len(pairs) > MOST_CHOICES**2:
        raise InputError(
            N_("{n} incompatibilities are too many to plan with. Leave out ingredients that you won’t use."),
            n=len(pairs),
        )
    found = {frozenset(picked) for picked in itertools.product(*pairs)}
    least = [one for one in found if not any(other < one for other in found)]
    if len(least) > MOST_CHOICES:
        raise InputError(
            N_("{n} incompatibilities are too many to plan with. Leave out ingredients that you won’t use."),
            n=len(pairs),
        )
    return tuple(sorted(tuple(sorted(one)) for one in least))


def space_of(ingredients: Sequence[Ingredient], product: Product, targets: Sequence[Target] = ()) -> Space:
    """What is allowed.

    Raises:
        NoMixture: nothing is; the error names a smallest set of limits that contradict each other.
        InputError: too many incompatibilities.
    """
    bounds = bounds_of(ingredients, product, targets)
    pairs = incompatible(ingredients)
    return _space(bounds, choices(pairs), tuple(one.inci for one in ingredients))


@lru_cache(maxsize=32)
def _space(bounds: tuple[Bound, ...], left_out: tuple[tuple[int, ...], ...], names: tuple[str, ...]) -> Space:
    parts = tuple(part for out in left_out if (part := polytope(bounds, len(names), out)) is not None)
    if not parts:
        absent = [
            _bound(N_("{name} left out, since it doesn’t go with another"), _unit(len(names), at), 0.0, name=names[at])
            for at in left_out[0]
        ]
        raise NoMixture(conflict((*bounds, *absent), len(names)))
    return Space(parts, bounds)


def _solve(cost: Array, bounds: Sequence[Bound], size: int, out: Sequence[int] = ()) -> Array | None:
    """The mixture of least ``cost``, or None where there is none."""
    from scipy.optimize import linprog

    a = np.array([bound.weights for bound in bounds]).reshape(-1, size)
    b = np.array([bound.limit for bound in bounds])
    ranges = [(0.0, 0.0 if at in out else TOTAL) for at in range(size)]
    total = np.ones((1, size))
    found = linprog(cost, a if len(b) else None, b if len(b) else None, total, [TOTAL], ranges, method="highs")
    return None if found.x is None else np.asarray(found.x, dtype=float)


def conflict(bounds: Sequence[Bound], size: int) -> tuple[Bound, ...]:
    """A smallest set of bounds that allow no mixture: none of them can be spared (deletion filter)."""
    kept = list(bounds)
    for bound in bounds:
        fewer = [one for one in kept if one is not bound]
        if _solve(np.zeros(size), fewer, size) is None:
            kept = fewer
    return tuple(kept)


def polytope(bounds: Sequence[Bound], size: int, out: Sequence[int] = ()) -> Polytope | None:
    """The mixtures under ``bounds`` without the ingredients ``out``; None where there are none."""
    if _solve(np.zeros(size), bounds, size, out) is None:
        return None
    generator = np.random.default_rng(size)
    directions = [sign * _unit(size, at) for at in range(size) if at not in out for sign in (1.0, -1.0)]
    directions += list(generator.standard_normal((2 * size, size)))
    corners = [corner for way in directions if (corner := _solve(way, bounds, size, out)) is not None]
    kept = np.clip(np.array(corners, dtype=np.float64), 0, TOTAL)
    vertices: Array = np.unique(np.round(kept, 9), axis=0)
    a = np.vstack([np.array([bound.weights for bound in bounds]).reshape(-1, size), -np.eye(size)])
    b = np.concatenate([[bound.limit for bound in bounds], np.zeros(size)])
    _u, lengths, ways = np.linalg.svd(vertices - vertices.mean(axis=0), full_matrices=False)
    free = lengths > 1e-7 * max(1.0, float(lengths.max(initial=0.0)))
    scale = lengths[free, None] / np.sqrt(len(vertices))
    return Polytope(a, b, tuple(out), vertices, np.asarray(ways[free] * scale))
