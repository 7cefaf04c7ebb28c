"""The queue in small steps: from one event to the next (next-event time advance; Law, 2015).

An event loop of our own: several agents whose number changes by the half hour, several classes of which the first is
served first, clients who leave. Numbers only, so 10,000 contacts take a few hundredths of a second.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HALF_HOUR = 1_800.0
Seconds = NDArray[np.float64]


@dataclass(frozen=True)
class Served:
    """What became of each contact: how long it waited in seconds (until it left, where ``left``); infinite: never."""

    waited: Seconds
    left: NDArray[np.bool_]


def serve(
    at: Seconds,
    work: Seconds,
    agents: Sequence[int],
    rank: NDArray[np.int64] | None = None,
    patience: Seconds | None = None,
) -> Served:
    """Let ``agents`` (a number for each half hour from second 0; the last one stays) serve the contacts.

    Args:
        at: when each comes, in seconds, ascending.
        work: how long its handling takes, in seconds.
        rank: 0 is served first; without it all are alike. Within a rank: first come, first served.
        patience: after how many seconds of waiting it leaves; infinite where it never does.
    """
    number = len(at)
    ranks = [0] * number if rank is None else [int(one) for one in rank]
    queue = _Queue(at.tolist(), work.tolist(), ranks, [math.inf] * number if patience is None else patience.tolist())
    changes = [(place * HALF_HOUR, count) for place, count in enumerate(agents) if place and count != agents[place - 1]]
    queue.run(changes, agents[0] if len(agents) else 0)
    return Served(np.array(queue.waited, dtype=float), np.array(queue.left, dtype=bool))


class _Queue:
    """The state between two events. A handling that is under way is finished, also when the agent's shift ends."""

    def __init__(self, at: list[float], work: list[float], rank: list[int], patience: list[float]) -> None:
        self._at, self._work, self._rank, self._patience = at, work, rank, patience
        self.waited = [math.inf] * len(at)
        self.left = [False] * len(at)
        self._lines: list[deque[int]] = [deque() for _ in range(max(rank, default=0) + 1)]
        self._ends: list[float] = []  # a heap
        self._agents = 0

    def run(self, changes: list[tuple[float, int]], agents: int) -> None:
        self._agents = agents
        arrival, change, number = 0, 0, len(self._at)
        ends = self._ends
        while True:
            comes = self._at[arrival] if arrival < number else math.inf
            ends_at = ends[0] if ends else math.inf
            turns = changes[change][0] if change < len(changes) else math.inf
            if comes < ends_at and comes < turns:
                self._lines[self._rank[arrival]].append(arrival)
                arrival += 1
                now = comes
            elif ends_at <= turns and ends:
                now = heapq.heappop(ends)
            elif change < len(changes):
                now, self._agents = changes[change]
                change += 1
            else:
                return
            if len(ends) < self._agents:
                self._begin(now)

    def _begin(self, now: float) -> None:
        """Give whoever is free the next in line."""
        for line in self._lines:
            while line and len(self._ends) < self._agents:
                one = line.popleft()
                waited = now - self._at[one]
                if waited > self._patience[one]:
                    self.waited[one], self.left[one] = self._patience[one], True
                    continue
                self.waited[one] = waited
                heapq.heappush(self._ends, now + self._work[one])
