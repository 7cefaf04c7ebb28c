"""The search for ideas: genomes of attributes, crossed and mutated, kept by Pareto rank and crowding.

Method: NSGA-II (Deb, Pratap, Agarwal and Meyarivan 2002) on all goals at once, so that no weighting decides before the
agents have spoken; a shortlist is then chosen from what was found by maximal marginal relevance (Carbonell and
Goldstein 1998): each next idea is as good as can be while it differs from those already chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from lib.errors import Cancelled
from lib.merchandising.product_ideation.columns import ATTRIBUTES
from lib.merchandising.product_ideation.line import DOMAIN, Array
from lib.merchandising.product_ideation.model import Genome
from lib.merchandising.product_ideation.pooling import STOPPED
from lib.merchandising.product_ideation.scoring import Scorer, key_of, random_genome

POPULATION = 64
GENERATIONS = 24
MUTATION = 0.18  # chance of each attribute to take another value
CROSSOVER = 0.8
QUALITY = 0.4  # of maximal marginal relevance: the rest is difference


def search(
    scorer: Scorer,
    generator: np.random.Generator,
    start: Sequence[Genome] = (),
    banned: Callable[[Genome], bool] = lambda genome: False,
    progress: Callable[[float], None] = lambda share: None,
    cancelled: Callable[[], bool] = lambda: False,
    generations: int = GENERATIONS,
    population: int = POPULATION,
) -> tuple[list[Genome], dict[tuple[tuple[str, str], ...], int], int]:
    """The last population, the best fronts first; each genome's front; and how many genomes were scored.

    Args:
        start: genomes to go on from; those that are no longer allowed are left out.
        banned: genomes that must not come up.

    Raises:
        Cancelled: ``cancelled()`` became true.
    """
    people = {key_of(one): one for one in start if scorer.allowed(one) and not banned(one)}
    for _draw in range(population * 20):
        if len(people) >= population:
            break
        drawn = random_genome(scorer, generator)
        if not banned(drawn):
            people[key_of(drawn)] = drawn
    now = list(people.values())
    tried = set(people)
    for generation in range(generations):
        if cancelled():
            raise Cancelled(STOPPED)
        progress(generation / generations)
        children = _children(scorer, now, generator, banned)
        tried |= {key_of(child) for child in children}
        together = list({key_of(one): one for one in (*now, *children)}.values())
        now = _survivors(scorer, together, population)
    fronts, _crowding = ranked(goals_of(scorer, now))
    order = sorted(range(len(now)), key=lambda at: (fronts[at], -scorer.standing(now[at]), key_of(now[at])))
    return [now[at] for at in order], {key_of(now[at]): int(fronts[at]) for at in order}, len(tried)


def goals_of(scorer: Scorer, genomes: Sequence[Genome]) -> Array:
    """(n, goals) what is to be made large."""
    return np.array([[one[goal] for goal in scorer.goals] for one in scorer.raw(genomes)]).reshape(
        len(genomes), len(scorer.goals)
    )


def ranked(values: Array) -> tuple[np.ndarray, Array]:  # type: ignore[type-arg]
    """The Pareto front of each row (0 is the best) and its crowding distance within the front."""
    count = len(values)
    better = (values[:, None] >= values[None]).all(axis=2) & (values[:, None] > values[None]).any(axis=2)
    fronts = np.full(count, -1)
    left, number = np.ones(count, dtype=bool), 0
    while left.any():
        beaten = (better & left[:, None]).any(axis=0)
        front = left & ~beaten
        fronts[front] = number
        left &= ~front
        number += 1
    crowding = np.zeros(count)
    for one in range(number):
        rows = np.flatnonzero(fronts == one)
        crowding[rows] = _crowding(values[rows])
    return fronts, crowding


def _crowding(values: Array) -> Array:
    """How far a front's neighbours lie apart; its ends are infinitely far."""
    found = np.zeros(len(values))
    for column in values.T:
        order = np.argsort(column, kind="stable")
        span = column[order[-1]] - column[order[0]]
        found[order[[0, -1]]] = np.inf
        if span > 0 and len(order) > 2:
            found[order[1:-1]] += (column[order[2:]] - column[order[:-2]]) / span
    return found


def _survivors(scorer: Scorer, people: list[Genome], count: int) -> list[Genome]:
    fronts, crowding = ranked(goals_of(scorer, people))
    order = sorted(range(len(people)), key=lambda at: (fronts[at], -crowding[at], key_of(people[at])))
    return [people[at] for at in order[:count]]


def _children(
    scorer: Scorer, people: list[Genome], generator: np.random.Generator, banned: Callable[[Genome], bool]
) -> list[Genome]:
    """As many children as there are parents; parents are won by a tournament of two."""
    fronts, crowding = ranked(goals_of(scorer, people))

    def parent() -> Genome:
        one, two = (int(at) for at in generator.integers(0, len(people), 2))
        better = one if (fronts[one], -crowding[one]) <= (fronts[two], -crowding[two]) else two
        return people[better]

    children = []
    for _child in range(len(people)):
        first, second = parent(), parent()
        child = crossed(first, second, generator) if generator.random() < CROSSOVER else dict(first)
        child = mutated(scorer, child, generator)
        if scorer.allowed(child) and not banned(child):
            children.append(child)
    return children


def crossed(first: Genome, second: Genome, generator: np.random.Generator) -> Genome:
    """The first's category, and each of its attributes from either parent where both have it."""
    return {
        name: second[name] if name != "category" and second.get(name) and generator.random() < 0.5 else value
        for name, value in first.items()
    }


def mutated(scorer: Scorer, genome: Genome, generator: np.random.Generator) -> Genome:
    """Some attributes with another value; what the category doesn't come in is brought back into its choices."""
    choices = scorer.choices[genome["category"]]
    found = {"category": genome["category"]}
    for name, values in choices.items():
        value = genome.get(name, "")
        if value not in values or generator.random() < MUTATION:
            value = values[int(generator.integers(len(values)))]
        found[name] = value
    return found


def likeness(one: Genome, other: Genome) -> float:
    """The share of attributes in which two ideas are the same; what is seen first counts more."""
    weights = {"category": 3.0, "colour": 2.0, "fabric": 3.0, "pattern": 2.0, "cut": 2.0}
    names = [name for name in DOMAIN if one.get(name) or other.get(name)]
    total = sum(weights.get(name, 1.0) for name in names)
    return sum(weights.get(name, 1.0) for name in names if one.get(name) == other.get(name)) / max(total, 1.0)


def diverse(
    genomes: Sequence[Genome], worth: Callable[[Genome], float], count: int, chosen: Sequence[Genome] = ()
) -> list[Genome]:
    """``count`` of the genomes by maximal marginal relevance, beside those that are ``chosen`` already."""
    left = list(genomes)
    there = list(chosen)
    found: list[Genome] = []
    worths = {key_of(one): worth(one) for one in left}
    while left and len(found) < count:
        best = max(
            range(len(left)),
            key=lambda at: (
                QUALITY * worths[key_of(left[at])]
                - (1 - QUALITY) * max((likeness(left[at], one) for one in there), default=0.0)
            ),
        )
        one = left.pop(best)
        there.append(one)
        found.append(one)
    return found


def neighbours(scorer: Scorer, genome: Genome, fixed: Sequence[str] = ()) -> list[tuple[str, Genome]]:
    """Every idea that differs in one attribute and is allowed: (attribute, genome)."""
    found = []
    for name in ATTRIBUTES:
        if name in fixed:
            continue
        for value in scorer.choices[genome["category"]].get(name, ()):
            other = {**genome, name: value}
            if value != genome.get(name) and scorer.allowed(other):
                found.append((name, other))
    return found
