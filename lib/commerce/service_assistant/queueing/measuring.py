"""What simulated weeks come to: waiting, service level, occupancy, time lost; by week, channel and hour of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lib.commerce.service_assistant.queueing.events import HALF_HOUR, Seconds, Served, serve
from lib.commerce.service_assistant.queueing.log import WEEK, Log
from lib.commerce.service_assistant.queueing.plan import HOUR, WEEK_SECONDS, Plan
from lib.commerce.service_assistant.queueing.weeks import Contacts, Queued, open_seconds, to_closing

WARM_UP: Final = 1  # weeks thrown away at the beginning, and at the end those whose last contacts nobody saw served
LOWEST, HIGHEST = 2.5, 97.5
ALL: Final = "*"
FEWEST: Final = 5  # weeks with a contact in that hour, below which it isn't drawn


@dataclass(frozen=True)
class Outcome:
    """One scenario's contacts after the queue. ``opened``: seconds of waiting while the team was there."""

    queued: Queued
    served: Served
    roster: tuple[int, ...]
    opened: Seconds


def ranks(plan: Plan) -> NDArray[np.int64]:
    """By channel: whoever was promised the shortest time is served first."""
    order = sorted({one.seconds for one in plan.promises})
    return np.array([order.index(one.seconds) for one in plan.promises])


def run(contacts: Contacts, queued: Queued, roster: Sequence[int], plan: Plan, weeks: int) -> Outcome:
    """Let a week's roster, week after week, serve what queues."""
    channel = contacts.channel[queued.of]
    live = np.array([one.live for one in plan.promises])[channel]
    patience = np.where(live, to_closing(queued.at, plan), np.inf)  # who waits in front of the screen goes at closing
    if plan.patience:
        own = contacts.patience[queued.of] * plan.patience
        patience = np.where(live, np.minimum(own, patience), np.inf)
    agents = list(roster) * (weeks + 1)
    served = serve(queued.at, queued.work, agents, ranks(plan)[channel], patience)
    until = len(agents) * HALF_HOUR
    waited = np.minimum(served.waited, until - queued.at)  # of who is never served: at least so long
    opened = open_seconds(queued.at + waited, plan) - open_seconds(queued.at, plan)
    return Outcome(queued, Served(waited, served.left), tuple(roster), opened)


def weekly(contacts: Contacts, outcome: Outcome, plan: Plan, log: Log, weeks: int) -> dict[str, dict[str, Any]]:
    """The measures of each channel, and of all under '*': lists of one value a week, warm-up left out.

    'mean', 'p95' and 'within' count the hours in which the team is there; 'lost' counts all time, what was
    lost before included.
    """
    found: dict[str, dict[str, Any]] = {}
    for number, channel in [(-1, ALL), *enumerate(log.channels)]:
        values = [_week(contacts, outcome, plan, number, week) for week in range(WARM_UP, weeks)]
        found[channel] = {name: [one[name] for one in values] for name in values[0]}
    found[ALL]["occupancy"] = _occupancy(outcome, weeks)
    return found


def _week(contacts: Contacts, outcome: Outcome, plan: Plan, number: int, week: int) -> dict[str, float]:
    queued, served = outcome.queued, outcome.served
    begins, ends = np.searchsorted(contacts.at, [week * WEEK_SECONDS, (week + 1) * WEEK_SECONDS])
    asked = slice(int(begins), int(ends))
    of_channel = slice(None) if number < 0 else contacts.channel[asked] == number
    total = len(contacts.at[asked][of_channel])
    came = (queued.of >= begins) & (queued.of < ends)
    if number >= 0:
        came &= contacts.channel[queued.of] == number
    waited, left, opened = served.waited[came], served.left[came], outcome.opened[came]
    promised = np.array([one.seconds for one in plan.promises])[contacts.channel[queued.of[came]]]
    answered = (opened <= promised) & ~left
    n = max(len(waited), 1)
    return {
        "contacts": total,
        "queued": len(waited),
        "mean": float(opened.mean()) if len(waited) else 0.0,
        "p95": float(np.percentile(opened, 95)) if len(waited) else 0.0,
        "within": float(answered.sum() / n) if len(waited) else 1.0,
        "left": float(left.sum() / n),
        "closed": float(outcome.queued.closed[asked][of_channel].sum() / max(total, 1)),
        "resolved": float(outcome.queued.resolved[asked][of_channel].sum() / max(total, 1)),
        "wrong": float(outcome.queued.wrong[asked][of_channel].sum() / max(total, 1)),
        "lost": float((waited.sum() + queued.lost[came].sum()) / max(total, 1)),
    }


def _occupancy(outcome: Outcome, weeks: int) -> list[float]:
    """Busy time over the time that the team is there, each week."""
    queued, served = outcome.queued, outcome.served
    done = ~served.left
    week = ((queued.at[done] + served.waited[done]) // WEEK_SECONDS).astype(int)
    busy = np.bincount(week, weights=queued.work[done], minlength=weeks + 2)[WARM_UP:weeks]
    return [float(one) for one in busy / (max(sum(outcome.roster), 1) * HALF_HOUR)]


def hourly(contacts: Contacts, outcome: Outcome, number: int, weeks: int) -> list[dict[str, float]]:
    """Mean waiting by the hour of the day at which a channel's contacts queue: over all weeks, and a week's spread."""
    queued = outcome.queued
    chosen = contacts.channel[queued.of] == number
    at, waited = queued.at[chosen], outcome.opened[chosen]
    week, hour = (at // WEEK_SECONDS).astype(int), (at % (24 * HOUR) // HOUR).astype(int)
    found = []
    for one in range(24):
        means = [
            float(waited[(hour == one) & (week == each)].mean())
            for each in range(WARM_UP, weeks)
            if ((hour == one) & (week == each)).any()
        ]
        if len(means) >= FEWEST:
            found.append({"hour": one, **spread(means)})
    return found


def spread(values: Sequence[float]) -> dict[str, float]:
    """Mean over the weeks, and between which values 19 weeks out of 20 lie."""
    low, high = np.percentile(values, [LOWEST, HIGHEST])
    return {"value": float(np.mean(values)), "low": float(low), "high": float(high)}


def short_of(contacts: Contacts, outcome: Outcome, plan: Plan, weeks: int) -> Seconds:
    """By channel, day of the week and half hour of joining the queue: contacts beyond those that may miss the promise.

    Shape: (channels, 7, 48). Positive sums over a day say that this channel's promise isn't held on it.
    """
    queued, served = outcome.queued, outcome.served
    late_enough = queued.at >= WARM_UP * WEEK_SECONDS
    channel = contacts.channel[queued.of]
    promised = np.array([one.seconds for one in plan.promises])[channel]
    missed = (outcome.opened > promised) | served.left
    slot = (queued.at // HALF_HOUR).astype(np.int64) % WEEK
    beyond = np.where(missed, 1.0, 0.0) - (1 - plan.target)
    counts = np.bincount(
        (channel * WEEK + slot)[late_enough], weights=beyond[late_enough], minlength=len(plan.promises) * WEEK
    )
    return np.asarray(counts.reshape(len(plan.promises), 7, WEEK // 7))
