"""How many agents each half hour takes: by Erlang's formula, then mended where the simulation falls short, and trimmed.

A staffing by simulation (after Atlason, Epelman and Henderson, 2004): each channel keeps its promise on each day.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from lib.commerce.service_assistant.queueing.erlang import served_first
from lib.commerce.service_assistant.queueing.events import HALF_HOUR, Seconds
from lib.commerce.service_assistant.queueing.log import DAY, Log, offered
from lib.commerce.service_assistant.queueing.measuring import ranks, run, short_of
from lib.commerce.service_assistant.queueing.plan import Plan
from lib.commerce.service_assistant.queueing.weeks import Contacts, Queued
from lib.errors import InputError
from lib.i18n import N_

ROUNDS: Final = 80
TRIMMED_BY: Final = (4, 2, 1)  # half hours of a block in which one agent less is tried
MOST: Final = 500
TRIED_WEEKS: Final = 13  # one of which warms up
TOO_MANY = N_("More than {most} agents would be needed at once. Check the handling times: they are in seconds.")


def needed(
    log: Log,
    plan: Plan,
    contacts: Contacts,
    queued: Queued,
    tick: Callable[[], None] = lambda: None,
) -> tuple[int, ...]:
    """Agents in each half hour of a week with whom every channel's promise is kept on every day of the week.

    ``contacts`` are ``TRIED_WEEKS`` weeks; ``queued`` says which of them go to a person. ``tick`` is called each round.

    Raises:
        InputError: more than 500 at once would be needed.
    """
    roster = _by_formula(log, plan, contacts, queued)
    for _round in range(ROUNDS):
        tick()
        outcome = run(contacts, queued, roster, plan, TRIED_WEEKS)
        short = short_of(contacts, outcome, plan, TRIED_WEEKS)
        places = [place for day in range(7) for place in _worst(short, day, plan, roster)]
        if not places:
            break
        for place in places:
            roster[place] += 1
    if max(roster) > MOST:
        raise InputError(TOO_MANY, most=MOST)
    return tuple(_trimmed(roster, plan, contacts, queued, tick))


def _trimmed(roster: list[int], plan: Plan, contacts: Contacts, queued: Queued, tick: Callable[[], None]) -> list[int]:
    """The roster without agents that the promises don't take: blocks of two hours, one and a half, tried in turn.

    An agent goes where every promise that was kept is still kept without them, so no more is ever short than before.
    All days are tried at once, since a day's promises hang mostly on its own agents; a day that then falls short gets
    its own back, and where another day is hurt, all do.
    """
    short = _short_days(roster, plan, contacts, queued)
    for length in TRIMMED_BY:
        for begins in range(plan.opens, plan.closes, length):
            tick()
            block = range(begins, min(begins + length, plan.closes))
            days = [day for day in plan.days if all(roster[day * DAY + at] > 1 for at in block)]
            while days:
                tried = _without(roster, days, block)
                worse = _short_days(tried, plan, contacts, queued) - short
                if not worse:
                    roster = tried
                    break
                days = [day for day in days if day not in worse] if worse & set(days) else []
    return roster


def _without(roster: list[int], days: list[int], block: range) -> list[int]:
    """One agent less in these half hours of these days."""
    tried = list(roster)
    for day in days:
        for at in block:
            tried[day * DAY + at] -= 1
    return tried


def _short_days(roster: list[int], plan: Plan, contacts: Contacts, queued: Queued) -> set[int]:
    """The days on which a channel's promise isn't kept."""
    short = short_of(contacts, run(contacts, queued, roster, plan, TRIED_WEEKS), plan, TRIED_WEEKS)
    return {day for day in plan.days if (short[:, day, :].sum(axis=1) > 0).any()}


def _by_formula(log: Log, plan: Plan, contacts: Contacts, queued: Queued) -> list[int]:
    """The class served first by Erlang C; half hours of work by the rest only as far as they fill the agents up."""
    person = _reach_a_person(log, contacts, queued)
    week = log.busiest if plan.replay else log.average
    counts = {channel: week[channel] * person[number] for number, channel in enumerate(log.channels)}
    load = offered(counts, log.handling)
    first = {channel: counts[channel] for channel, rank in zip(log.channels, ranks(plan), strict=True) if rank == 0}
    within = min(one.seconds for one in plan.promises)
    own = offered(first, log.handling)
    rates = np.sum(list(first.values()), axis=0) / 1_800
    return [
        _fewest(float(load[at]), float(rates[at]), float(own[at]), within, plan.target) if is_open else 0
        for at, is_open in enumerate(plan.open)
    ]


def _fewest(load: float, rate: float, own: float, within: float, target: float) -> int:
    if rate <= 0:
        return 1
    handling = own / rate
    for agents in range(1, MOST + 1):
        if served_first(agents, load, rate, handling, within) >= target:
            return agents
    raise InputError(TOO_MANY, most=MOST)


def _reach_a_person(log: Log, contacts: Contacts, queued: Queued) -> Seconds:
    """By channel, the share of all contacts that queue."""
    asked = np.bincount(contacts.channel, minlength=len(log.channels))
    came = np.bincount(contacts.channel[queued.of], minlength=len(log.channels))
    return np.asarray(came / np.maximum(asked, 1))


def _worst(short: Seconds, day: int, plan: Plan, roster: list[int]) -> list[int]:
    """Where to add an agent on a day on which a channel falls short.

    From the half hour in which its misses are most, in the time that its promise leaves: where fewest agents are.
    """
    if day not in plan.days:
        return []
    places = set()
    for channel, promise in zip(short[:, day, :], plan.promises, strict=True):
        if channel.sum() <= 0:
            continue
        misses = channel.copy()
        misses[plan.opens] += misses[: plan.opens].clip(min=0).sum()  # who writes at night is served from then on
        begins = plan.opens + int(np.argmax(misses[plan.opens : plan.closes]))
        ends = min(begins + max(int(promise.seconds // HALF_HOUR), 1), plan.closes)
        places.add(min(range(day * DAY + begins, day * DAY + ends), key=lambda place: (roster[place], place)))
    return sorted(places)


def hours(roster: tuple[int, ...]) -> float:
    """Hours that agents are there in a week."""
    return sum(roster) / 2
