"""How many trials a method needs on a surface that is known: the planner, a mixture design, and trials at random."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Generator

import numpy as np

from lib.merchandising.beauty_formulation.model import RINSE_OFF, Trial
from lib.merchandising.beauty_formulation.planning import Question, judge_of, mixtures_of
from lib.merchandising.beauty_formulation.sampling import (
    candidates,
    d_optimal,
    hit_and_run,
    scaled,
    scheffe,
    space_filling,
)
from lib.merchandising.beauty_formulation.searching import best_gain
from lib.merchandising.beauty_formulation.space import TOTAL, Array, Space
from lib.merchandising.beauty_formulation.surfaces import LIMIT, RESPONSE, Surface

MOST_DESIGN = 24
MOST_CORNERS = 50_000  # combinations of bounds that are tried for corners
MOST = 40  # trials after which a run is given up; it then counts as one more
REACH = 0.95
Measured = tuple[float, float | None]  # the response, and that of the limit where there is one
Asked = Generator[Array, Measured, None]  # the trials that a method asks for; it is sent what each gave
Method = Callable[[Surface, np.random.Generator], Asked]


def race(surface: Surface, method: str, seed: int, most: int = MOST, lucky: float | None = None) -> int:
    """Trials until the first whose true response reaches 95% of the optimum; ``most`` + 1 where none does.

    ``lucky``: on a flat surface, what a measurement must reach instead. Elsewhere the noise of the k-th trial is the
    same for all methods.
    """
    # On a flat surface the same noise would make all methods equal by construction: there each has its own.
    stream = (seed, 11) if lucky is None else (seed, 11, list(METHODS).index(method))
    noise = np.random.default_rng(stream).standard_normal((most, 2))
    goal = REACH * surface.optimum if lucky is None else lucky
    asked = METHODS[method](surface, np.random.default_rng((seed, 12)))
    mixture = next(asked)
    for at in range(most):
        row = mixture[None]
        true = float(surface.true(row)[0])
        value = float(surface.response(row / TOTAL)[0]) + surface.noise * noise[at, 0]
        if (true if lucky is None else value) >= goal:
            return at + 1
        held = None
        if surface.limit is not None:
            held = float(surface.limit(row / TOTAL)[0]) + surface.limit_noise * noise[at, 1]
        mixture = asked.send((value, held))
    return most + 1


def planned(surface: Surface, generator: np.random.Generator) -> Asked:
    """The planner as the page uses it: a few spread trials, then one by one by expected improvement."""
    first = space_filling(surface.space, len(surface.ingredients) + 1, generator)
    trials: list[Trial] = []
    for at in itertools.count():
        mixture = first[at] if at < len(first) else _next(surface, trials, generator)
        value, held = yield mixture
        results = ((RESPONSE, value),) if held is None else ((RESPONSE, value), (LIMIT, held))
        trials.append(Trial(str(at), tuple(map(float, mixture)), results))


def _next(surface: Surface, trials: list[Trial], generator: np.random.Generator) -> Array:
    values = [float(trial.result(RESPONSE) or 0.0) for trial in trials]
    targets = surface.targets(min(values), max(values) + 1e-9)
    question = Question(surface.ingredients, RINSE_OFF, tuple(trials), targets)
    judge = judge_of(question, surface.space)
    tried = mixtures_of(trials, len(surface.ingredients))
    return best_gain(judge, surface.space, tried, judge.incumbent(tried)[1], generator)


def mixture_design(surface: Surface, generator: np.random.Generator) -> Asked:
    """Corners and centroids in random order, then the optimum of Scheffé's quadratic, fitted anew after each trial."""
    design = corners_and_centroids(surface.space)
    if len(design) > MOST_DESIGN:  # nobody weighs hundreds of corners: the most telling of them
        design = d_optimal(surface.space, MOST_DESIGN, generator)
    design = generator.permutation(design)
    pool = np.vstack([candidates(part, 4_000, generator) for part in surface.space.parts])
    tried = np.zeros((0, pool.shape[1]))
    values: list[float] = []
    limits: list[float | None] = []
    for at in itertools.count():
        mixture = design[at] if at < len(design) else _fitted(surface, tried, values, limits, pool)
        value, held = yield mixture
        tried = np.vstack([tried, mixture])
        values.append(value)
        limits.append(held)


def _fitted(surface: Surface, tried: Array, values: list[float], limits: list[float | None], pool: Array) -> Array:
    """The best new mixture by the fitted quadratic, among those that a fitted quadratic of the limit lets pass."""
    terms, all_terms = scheffe(tried), scheffe(pool)
    expected = all_terms @ np.linalg.lstsq(terms, np.array(values), rcond=None)[0]
    if surface.limit is not None:
        held = all_terms @ np.linalg.lstsq(terms, np.array(limits, dtype=float), rcond=None)[0]
        expected = np.where(held >= surface.at_least, expected, expected.min() - 1 + 1e-3 * held)
    low, high = surface.space.low, surface.space.high
    places, known = scaled(pool, low, high), scaled(tried, low, high)
    gap = ((places[:, None] - known[None]) ** 2).sum(axis=2).min(axis=1)
    return np.asarray(pool[np.where(gap > 1e-3, expected, -np.inf).argmax()])


def corners_and_centroids(space: Space, tolerance: float = 1e-6) -> Array:
    """The design of McLean and Anderson (1966): every corner, the centroid of each face, and the overall one.

    Of a plain simplex the edges' centroids are taken as well, which makes it Scheffé's simplex-centroid design.
    """
    part = space.parts[0]
    corners = _corners(space)
    found = [*corners, corners.mean(axis=0)]
    tight = np.abs(corners @ part.a.T - part.b) < tolerance
    for at in range(tight.shape[1]):
        on_face = corners[tight[:, at]]
        if 2 <= len(on_face) < len(corners):
            found.append(on_face.mean(axis=0))
    if len(corners) == corners.shape[1]:
        found += [(one + other) / 2 for one, other in itertools.combinations(corners, 2)]
    return np.unique(np.round(found, 9), axis=0)


def _corners(space: Space) -> Array:
    """All corners: where as many bounds meet as there are directions to move in."""
    part = space.parts[0]
    size = part.a.shape[1]
    if math.comb(len(part.a), size - 1) > MOST_CORNERS:
        return part.vertices
    found = []
    for chosen in itertools.combinations(range(len(part.a)), size - 1):
        matrix = np.vstack([part.a[list(chosen)], np.ones(size)])
        if abs(np.linalg.det(matrix)) < 1e-9:
            continue
        corner = np.linalg.solve(matrix, np.append(part.b[list(chosen)], TOTAL))
        if part.holds(corner[None])[0]:
            found.append(np.clip(corner, 0, None))
    return np.unique(np.round(found, 7), axis=0)


def at_random(surface: Surface, generator: np.random.Generator) -> Asked:
    """Trials drawn uniformly from what is allowed."""
    drawn = hit_and_run(surface.space.parts[0], 256, generator)
    for mixture in itertools.cycle(drawn):  # noqa: UP028 - a cycle can't be sent what was measured
        yield mixture


METHODS: dict[str, Method] = {"planned": planned, "design": mixture_design, "random": at_random}
