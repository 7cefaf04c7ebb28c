"""How many trials a method needs on a surface that is known: the planner, a mixture design, and trials at random.

A laboratory that weighs several trials a round learns only after each round: ``batch`` is how many.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator

import numpy as np

from lib.merchandising.beauty_formulation.classical import corners_and_centroids
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
from lib.merchandising.beauty_formulation.space import TOTAL, Array
from lib.merchandising.beauty_formulation.surfaces import LIMIT, RESPONSE, Surface

MOST_DESIGN = 24
MOST = 40  # trials after which a run is given up; it then counts as one more
REACH = 0.95
MORE = 1  # trials of the planner's beginning beyond one for each ingredient
Measured = tuple[float, float | None]  # the response, and that of the limit where there is one
Asked = Generator[Array, list[Measured], None]  # the rounds (n, p) that a method asks for; it is sent what each gave
Method = Callable[[Surface, np.random.Generator, int], Asked]


def race(surface: Surface, method: str, seed: int, most: int = MOST, lucky: float | None = None, batch: int = 1) -> int:
    """Trials until the first whose true response reaches 95% of the optimum; ``most`` + 1 where none does.

    ``lucky``: on a flat surface, what a measurement must reach instead. Elsewhere the noise of the k-th trial is the
    same for all methods. ``batch``: trials that are weighed before anything is learned of them.
    """
    # On a flat surface the same noise would make all methods equal by construction: there each has its own.
    stream = (seed, 11) if lucky is None else (seed, 11, list(METHODS).index(method))
    noise = np.random.default_rng(stream).standard_normal((most, 2))
    goal = REACH * surface.optimum if lucky is None else lucky
    asked = METHODS[method](surface, np.random.default_rng((seed, 12)), batch)
    mixtures, weighed = next(asked), 0
    while True:
        gave: list[Measured] = []
        for mixture in mixtures:
            true, value, held = _weighed(surface, mixture, noise[weighed])
            weighed += 1
            if (true if lucky is None else value) >= goal:
                return weighed
            if weighed == most:
                return most + 1
            gave.append((value, held))
        mixtures = asked.send(gave)


def _weighed(surface: Surface, mixture: Array, noise: Array) -> tuple[float, float, float | None]:
    """The true response of a mixture, and what is measured of it and of the limit."""
    row = mixture[None]
    value = float(surface.response(row / TOTAL)[0]) + surface.noise * float(noise[0])
    held = None
    if surface.limit is not None:
        held = float(surface.limit(row / TOTAL)[0]) + surface.limit_noise * float(noise[1])
    return float(surface.true(row)[0]), value, held


def planned(surface: Surface, generator: np.random.Generator, batch: int) -> Asked:
    """The planner as the page uses it: a few spread trials, then rounds by expected improvement."""
    wanted = len(surface.ingredients) + MORE
    first = space_filling(surface.space, -(-wanted // batch) * batch, generator)
    trials: list[Trial] = []
    for at in itertools.count(step=batch):
        mixtures = first[at : at + batch] if at < len(first) else _next(surface, trials, generator, batch)
        for mixture, (value, held) in zip(mixtures, (yield mixtures), strict=True):
            results = ((RESPONSE, value),) if held is None else ((RESPONSE, value), (LIMIT, held))
            trials.append(Trial(str(len(trials)), tuple(map(float, mixture)), results))


def _next(surface: Surface, trials: list[Trial], generator: np.random.Generator, batch: int) -> Array:
    """The next round: each trial believed to come out as expected before the one after it is chosen."""
    values = [float(trial.result(RESPONSE) or 0.0) for trial in trials]
    targets = surface.targets(min(values), max(values) + 1e-9)
    question = Question(surface.ingredients, RINSE_OFF, tuple(trials), targets)
    judge = judge_of(question, surface.space)
    tried = mixtures_of(trials, len(surface.ingredients))
    weighed = tried
    for _turn in range(batch):
        asked = weighed[len(tried) :]
        best = judge.incumbent(weighed)[1]
        found = best_gain(judge, surface.space, weighed, best, generator, batch=asked)
        weighed = np.vstack([weighed, found])
        judge = judge.believing(found)
    return weighed[len(tried) :]


def mixture_design(surface: Surface, generator: np.random.Generator, batch: int) -> Asked:
    """Corners and centroids in random order, then the optimum of Scheffé's quadratic, fitted anew after each round."""
    design = corners_and_centroids(surface.space.parts[0])
    if len(design) > MOST_DESIGN:  # nobody weighs hundreds of corners: the most telling of them
        design = d_optimal(surface.space, MOST_DESIGN, generator)
    design = generator.permutation(design)
    pool = np.vstack([candidates(part, 4_000, generator) for part in surface.space.parts])
    tried = np.zeros((0, pool.shape[1]))
    values: list[float] = []
    limits: list[float | None] = []
    for at in itertools.count(step=batch):
        mixtures = design[at : at + batch]
        if len(mixtures) < batch:  # an unfinished design is filled up with what the fit thinks best, where it can fit
            missing = batch - len(mixtures)
            mixtures = np.vstack([mixtures, _fitted(surface, tried, values, limits, pool, mixtures, missing)])
        gave = yield mixtures
        tried = np.vstack([tried, mixtures])
        values += [value for value, _held in gave]
        limits += [held for _value, held in gave]


def _fitted(
    surface: Surface, tried: Array, values: list[float], limits: list[float | None], pool: Array, asked: Array,
    count: int,
) -> Array:  # fmt: skip
    """The best new mixtures by the fitted quadratic, among those that a fitted quadratic of the limit lets pass."""
    terms, all_terms = scheffe(tried), scheffe(pool)
    expected = all_terms @ np.linalg.lstsq(terms, np.array(values), rcond=None)[0]
    if surface.limit is not None:
        held = all_terms @ np.linalg.lstsq(terms, np.array(limits, dtype=float), rcond=None)[0]
        expected = np.where(held >= surface.at_least, expected, expected.min() - 1 + 1e-3 * held)
    low, high = surface.space.low, surface.space.high
    places, known = scaled(pool, low, high), scaled(np.vstack([tried, asked]), low, high)
    found: list[int] = []
    for _turn in range(count):
        gap = ((places[:, None] - known[None]) ** 2).sum(axis=2).min(axis=1)
        found.append(int(np.where(gap > 1e-3, expected, -np.inf).argmax()))
        known = np.vstack([known, places[found[-1:]]])
    return np.asarray(pool[found])


def at_random(surface: Surface, generator: np.random.Generator, batch: int) -> Asked:
    """Trials drawn uniformly from what is allowed."""
    drawn = hit_and_run(surface.space.parts[0], 256, generator)
    for at in itertools.count(step=batch):
        yield drawn[[(at + step) % len(drawn) for step in range(batch)]]


METHODS: dict[str, Method] = {"planned": planned, "design": mixture_design, "random": at_random}
