"""Waiting in a steady queue by formula: Erlang B and C (Erlang, 1917), Erlang A (Palm, 1957), one class served first.

Arrivals at random (Poisson) at ``rate`` a second, exponential handling of mean ``handling`` seconds, ``agents`` alike,
first come, first served. The simulation is checked against these where they hold; rosters begin from them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

MOST_AGENTS = 2_000
NEGLIGIBLE = 1e-12


@dataclass(frozen=True)
class Waiting:
    """A steady queue. Times in seconds, the rest shares from 0 to 1. ``mean`` is infinite where the queue grows."""

    waits: float  # probability that somebody waits at all
    mean: float
    within: float  # share answered within the time asked for
    occupancy: float
    left: float = 0.0  # share that gives up


def erlang_b(agents: int, load: float) -> float:
    """Share of contacts that find all ``agents`` busy where nobody can wait; ``load`` in erlangs (Erlang, 1917)."""
    blocked = 1.0
    for number in range(1, agents + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked


def erlang_c(agents: int, load: float) -> float:
    """Share of contacts that wait where nobody leaves; 1.0 where the load is more than the agents can do."""
    if agents <= load:
        return 1.0
    blocked = erlang_b(agents, load)
    return agents * blocked / (agents - load * (1 - blocked))


def steady(agents: int, rate: float, handling: float, within: float = 0.0) -> Waiting:
    """Erlang C: how long people wait, and the share answered within ``within`` seconds."""
    load = rate * handling
    if load >= agents:
        return Waiting(1.0, math.inf, 0.0, 1.0)
    waits, spare = erlang_c(agents, load), agents / handling - rate
    return Waiting(waits, waits / spare, 1 - waits * math.exp(-spare * within), load / agents)


def served_first(agents: int, load: float, rate: float, handling: float, within: float) -> float:
    """Share of a class served before all others that is answered within ``within`` seconds (after Davis, 1966).

    ``rate`` is that class's alone, ``load`` everybody's in erlangs. Where the others fill every agent, the first class
    still finds the next one that gets free.
    """
    spare = agents / handling - rate
    if spare <= 0:
        return 0.0
    return 1 - erlang_c(agents, load) * math.exp(-spare * within)


def impatient(agents: int, rate: float, handling: float, patience: float) -> Waiting:
    """Erlang A: each leaves after an exponential time of mean ``patience`` seconds (Palm, 1957; Garnett et al., 2002).

    ``within`` is the share that doesn't wait at all. Steady whatever the load.
    """
    weights, number = [1.0], 0
    top = 1.0
    while number < MOST_AGENTS * 10:
        number += 1
        leaving = min(number, agents) / handling + max(number - agents, 0) / patience
        weights.append(weights[-1] * rate / leaving)
        top = max(top, weights[-1])
        if number > agents and weights[-1] < NEGLIGIBLE * top:
            break
        if top > 1e200:
            weights, top = [one / top for one in weights], 1.0
    total = sum(weights)
    queue = sum(max(at - agents, 0) * one for at, one in enumerate(weights)) / total
    waits = sum(weights[agents:]) / total
    left = queue / patience / rate
    return Waiting(waits, queue / rate, 1 - waits, rate * (1 - left) * handling / agents, left)


def agents_for(rate: float, handling: float, share: float, within: float) -> int:
    """The fewest agents with whom ``share`` of the contacts are answered within ``within`` seconds (Erlang C).

    Raises:
        ValueError: more than 2,000 would be needed, or ``share`` isn't below 1.
    """
    if not 0 <= share < 1:
        raise ValueError("a share below 1 can be promised")
    for agents in range(max(1, math.floor(rate * handling) + 1), MOST_AGENTS):
        if steady(agents, rate, handling, within).within >= share:
            return agents
    raise ValueError("too much load")
