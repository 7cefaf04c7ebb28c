"""How far a job is, and when it may be done: an interval from the rows that were finished last."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, stdev

from lib.database.jobs import Job

ENOUGH_ROWS = 10  # finished rows, before a time to go is said at all
MOST_BLOCKS = 10
FEWEST_IN_BLOCK = 3
SHORTEST_BREAK = 60.0  # seconds without a finished row that can be a break
ROWS_IN_BREAK = 3.0  # times what a slow row takes: work that goes on finishes something within that
GAPS_IN_BREAK = 10.0  # times a usual gap, where nothing is known of the rows themselves
# Student's t for 90% between both ends, by degrees of freedom (1, 2, ...): Gosset, 1908.
STUDENT_90 = (6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833)
AT_WORK = ("waiting", "running")


@dataclass(frozen=True)
class TimeToGo:
    """Seconds until the last row is finished: nine times in ten between ``low`` and ``high`` if the pace lasts."""

    low: float
    high: float


def time_to_go(finished: Sequence[float], left: int, now: float, row_seconds: Sequence[float] = ()) -> TimeToGo | None:
    """How long ``left`` more rows take, from the pace of those that were finished last.

    The gaps between finished rows are put into up to ten blocks of equal length, one after the other. The blocks' means
    give the pace and how sure it is, although neighbouring rows are alike: they share an engine, a network and a
    time of day (method of batch means: Conway, 1963; Schmeiser, 1982). The interval is one of prediction: it has the
    uncertainty of the pace and the chance of the rows to come, on a logarithmic scale, so it is never below zero.

    A gap in which nothing can have been under way is left out: the computer slept, or somebody had paused the job.
    Such a gap is longer than three slow rows take, or, where no row's time is known, than ten usual gaps; and than a
    minute.

    Args:
        finished: (n,) when rows were finished, in epoch seconds, oldest first.
        left: rows that wait or are under way.
        now: epoch seconds. The time since the last row counts as part of the pace unless it is such a gap.
        row_seconds: how long some of the rows took, in seconds.

    Returns:
        None where fewer than ten rows were finished, or all at one moment.
    """
    if left <= 0:
        return TimeToGo(0.0, 0.0)
    if len(finished) < ENOUGH_ROWS:
        return None
    times = sorted(finished)
    gaps = [after - before for before, after in pairwise(times)]
    longest = _longest_gap(gaps, row_seconds)
    worked = [gap for gap in gaps if gap <= longest]
    idle = now - times[-1]
    blocks = _block_means(worked, idle if 0 < idle <= longest else 0.0)
    pace = fmean(blocks) if blocks else 0.0
    if pace <= 0:
        return None
    in_block = len(worked) / len(blocks)
    spread = stdev(blocks) / pace * math.sqrt(1 / len(blocks) + in_block / left)
    factor = 1 + STUDENT_90[len(blocks) - 2] * spread
    return TimeToGo(left * pace / factor, left * pace * factor)


def _longest_gap(gaps: Sequence[float], row_seconds: Sequence[float]) -> float:
    """Seconds above which a gap is no work but a break."""
    if row_seconds:
        return max(SHORTEST_BREAK, ROWS_IN_BREAK * _quantile(row_seconds, 0.9))
    return max(SHORTEST_BREAK, GAPS_IN_BREAK * _quantile(gaps, 0.75))


def _quantile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the values lie; one that is there, so a single outlier does not pull it."""
    return sorted(values)[int(share * (len(values) - 1))]


def _block_means(gaps: Sequence[float], idle: float) -> list[float]:
    """Mean seconds a row in blocks of one length, oldest first; at least two blocks, or none."""
    count = min(MOST_BLOCKS, len(gaps) // FEWEST_IN_BLOCK)
    if count < 2:
        return []
    edges = [round(place * len(gaps) / count) for place in range(count + 1)]
    sums = [sum(gaps[begin:end]) for begin, end in pairwise(edges)]
    sums[-1] += idle  # nothing has come since: the last block may be slower than its finished rows say
    return [total / (end - begin) for total, begin, end in zip(sums, edges, edges[1:], strict=False)]


@dataclass(frozen=True)
class Standing:
    """How many rows of a job are where; they add up to ``total``."""

    done: int
    failed: int
    running: int
    waiting: int
    cancelled: int
    total: int

    @property
    def left(self) -> int:
        return self.waiting + self.running

    @property
    def finished(self) -> int:
        return self.done + self.failed


def standing(job: Job) -> Standing:
    """The standing of a job of rows."""
    names = ("done", "failed", "running", "waiting", "cancelled")
    counts = {name: job.counts.get(name, 0) for name in names}
    return Standing(**counts, total=sum(counts.values()))
