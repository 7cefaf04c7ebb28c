"""The whole simulation: the same weeks with and without the assistant, agents needed, money, a check of itself."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, Final

import numpy as np

from lib.commerce.service_assistant.queueing.erlang import impatient, steady
from lib.commerce.service_assistant.queueing.log import Log
from lib.commerce.service_assistant.queueing.measuring import ALL, WARM_UP, hourly, run, spread, weekly
from lib.commerce.service_assistant.queueing.plan import WEEKS_A_MONTH, Plan, Promise, Shares, expected
from lib.commerce.service_assistant.queueing.roster import TRIED_WEEKS, hours, needed
from lib.commerce.service_assistant.queueing.verifying import compare
from lib.commerce.service_assistant.queueing.weeks import Contacts, Queued, assisted, drawn, without
from lib.i18n import N_
from lib.proofs import share_interval

METHOD, VERSION = "service_queue", "1"
NEARLY_FULL: Final = 0.95  # above, waiting hangs on so little that few weeks say little
CHECK_BUSY: Final = 0.85  # the check's queue is at most this busy, so that its interval is honest
WITHOUT, WITH = "without", "with"
DRAWING, SERVING = N_("Drawing the weeks"), N_("Serving the queue")
STAFFING, CHECKING = N_("Looking for the agents that it takes"), N_("Checking the simulation by Erlang’s formula")
Progress = Callable[..., None]


def simulate(
    log: Log, plan: Plan, seed: int = 0, progress: Progress = lambda share, message="": None
) -> dict[str, Any]:
    """Both scenarios on the same contacts, as JSON.

    A scenario that more work reaches than its team can do is not simulated: 'stable' is False there.

    Raises:
        InputError: more than 500 agents at once would be needed.
        Cancelled: by ``progress``.
    """
    plan = replace(plan, promises=_promises(log, plan))
    progress(0.02, DRAWING)
    contacts = drawn(log, plan, plan.weeks, np.random.default_rng(seed))
    queues = {WITHOUT: without(contacts, plan), WITH: assisted(contacts, plan, np.random.default_rng([seed, 1]))}
    found: dict[str, Any] = {"scenarios": {}}
    for place, (name, queued) in enumerate(queues.items()):
        progress(0.05 + 0.2 * place, SERVING)
        found["scenarios"][name] = _scenario(log, plan, contacts, queued)
    found["difference"] = _difference(found["scenarios"])
    progress(0.45, STAFFING)
    found["needed"] = _needed(log, plan, seed, progress)
    found["money"] = _money(plan, found["needed"], len(contacts.at) / plan.weeks)
    progress(0.92, CHECKING)
    found["check"] = _check(log, plan, seed)
    found["log"] = _told(log)
    return found


def _promises(log: Log, plan: Plan) -> tuple[Promise, ...]:
    """In the log's order; a channel without one gets what its name lets expect."""
    known = {one.channel: one for one in plan.promises}
    return tuple(known.get(channel, expected(channel)) for channel in log.channels)


def _scenario(log: Log, plan: Plan, contacts: Contacts, queued: Queued) -> dict[str, Any]:
    work = float(queued.work.sum()) / 3_600 / plan.weeks
    there = plan.agents * plan.open_hours
    found: dict[str, Any] = {"stable": work < there, "work_hours": work, "team_hours": there}
    found["least_agents"] = math.floor(work / plan.open_hours) + 1
    if not found["stable"]:
        return found
    outcome = run(contacts, queued, plan.roster(), plan, plan.weeks)
    by_week = weekly(contacts, outcome, plan, log, plan.weeks)
    found["nearly_full"] = work > NEARLY_FULL * there
    found["weekly"] = {channel: measures for channel, measures in by_week.items() if channel == ALL}
    found["measures"] = {
        channel: {name: spread(values) for name, values in measures.items()} for channel, measures in by_week.items()
    }
    found["hours"] = {
        channel: hourly(contacts, outcome, number, plan.weeks) for number, channel in enumerate(log.channels)
    }
    return found


def _difference(scenarios: dict[str, Any]) -> dict[str, Any]:
    """With less without, week by week, on the same contacts."""
    before, after = (scenarios[name].get("weekly", {}).get(ALL) for name in (WITHOUT, WITH))
    if not before or not after:
        return {}
    return {name: spread(np.subtract(after[name], before[name]).tolist()) for name in before}


def _needed(log: Log, plan: Plan, seed: int, progress: Progress) -> dict[str, Any]:
    """Rosters that keep the promises: without, with, and with what the bench's interval leaves open at either end."""
    cases = {WITHOUT: None, WITH: plan.shares} | dict(zip(("low", "high"), ends(plan.shares), strict=False))
    contacts = drawn(log, plan, TRIED_WEEKS, np.random.default_rng([seed, 2]))
    found: dict[str, Any] = {}
    for place, (name, shares) in enumerate(cases.items()):
        if shares is None:
            queued = without(contacts, plan)
        else:
            fixed = replace(plan, shares=replace(shares, counts=None))
            queued = assisted(contacts, fixed, np.random.default_rng([seed, 3]))

        def tick(place: int = place) -> None:
            progress(0.45 + 0.45 * place / len(cases))

        roster = needed(log, plan, contacts, queued, tick)
        found[name] = {"roster": list(roster), "hours": hours(roster), "most": max(roster)}
        outcome = run(contacts, queued, roster, plan, TRIED_WEEKS)
        kept = weekly(contacts, outcome, plan, log, TRIED_WEEKS)
        found[name]["within"] = {channel: spread(one["within"]) for channel, one in kept.items()}
    return found


def ends(shares: Shares) -> tuple[Shares, ...]:
    """The shares at both ends of the resolved one's 95% interval (Wilson, 1927); none where they are assumed."""
    if shares.counts is None:
        return ()
    resolved = share_interval(shares.counts[0], sum(shares.counts))
    rest = max(1 - shares.resolved, 1e-9)
    return tuple(replace(shares, resolved=end, wrong=shares.wrong * (1 - end) / rest) for end in resolved)


def _money(plan: Plan, rosters: dict[str, Any], contacts: float) -> dict[str, Any]:
    """What the needed rosters cost in a month. ``contacts`` a week; each talks to the assistant first."""
    engine = contacts * (1 - plan.must) * WEEKS_A_MONTH * plan.engine_cost
    found: dict[str, Any] = {"engine": engine, "conversations": contacts * (1 - plan.must) * WEEKS_A_MONTH}
    for name, one in rosters.items():
        found[name] = plan.monthly(one["roster"]) + (engine if name != WITHOUT else 0.0)
    return found


def _check(log: Log, plan: Plan, seed: int) -> dict[str, Any]:
    """The busiest half hour as if it never ended: simulated and by formula."""
    load = float(log.work.max())
    rate = sum(float(counts[int(log.work.argmax())]) for counts in log.average.values()) / 1_800
    handling, agents = load / rate, max(math.ceil(load / CHECK_BUSY), 1)
    within = min(one.seconds for one in plan.promises)
    simulated = compare(agents, rate, handling, plan.patience, within, seed)
    found = {"agents": agents, "rate": rate, "handling": handling, "within_seconds": within, "patience": plan.patience}
    formula = (
        impatient(agents, rate, handling, plan.patience) if plan.patience else steady(agents, rate, handling, within)
    )
    return {**found, "simulated": asdict(simulated), "formula": asdict(formula)}


def _told(log: Log) -> dict[str, Any]:
    return {
        "channels": list(log.channels),
        "first": log.first.isoformat(),
        "last": log.last.isoformat(),
        "contacts": log.contacts,
        "average": {channel: float(counts.sum()) for channel, counts in log.average.items()},
        "handling": {
            channel: {"mean": one.mean, "spread": one.spread, "how": one.how} for channel, one in log.handling.items()
        },
        "set_aside": len(log.set_aside),
        "weeks": WARM_UP,
    }
