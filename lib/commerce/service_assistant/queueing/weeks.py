"""Weeks of contacts, drawn from a log: when each comes, how long it takes, and what the assistant makes of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.commerce.service_assistant.queueing.events import HALF_HOUR, Seconds
from lib.commerce.service_assistant.queueing.log import DAY, WEEK, Log
from lib.commerce.service_assistant.queueing.plan import WEEK_SECONDS, Plan

PRIOR = 0.5  # Jeffreys', of the shares' Dirichlet distribution


@dataclass(frozen=True)
class Contacts:
    """Contacts in the order in which they come; what chance decides of each is drawn already, for both scenarios."""

    at: Seconds
    channel: NDArray[np.int64]
    work: Seconds
    patience: Seconds  # in units of the mean
    must: Seconds  # uniform: below the share, a person it is
    fate: Seconds  # uniform: resolved, wrong, or handed over
    again: Seconds  # after which an unresolved one comes back, in units of the mean

    @property
    def week(self) -> NDArray[np.int64]:
        return (self.at // WEEK_SECONDS).astype(np.int64)


@dataclass(frozen=True)
class Queued:
    """The contacts that queue for a person. ``lost``: seconds that the client had lost before."""

    of: NDArray[np.int64]  # place in ``Contacts``
    at: Seconds
    work: Seconds
    lost: Seconds
    closed: NDArray[np.bool_]  # of all contacts: the client found nobody there and could not leave a message
    resolved: NDArray[np.bool_]  # of all contacts: by the assistant, rightly
    wrong: NDArray[np.bool_]  # of all contacts: by the assistant, and not rightly


def drawn(log: Log, plan: Plan, weeks: int, generator: np.random.Generator) -> Contacts:
    """A non-stationary Poisson process around the average week, or the busiest week as often as asked for.

    Within a half hour contacts come at random.
    """
    parts_at, parts_channel, parts_work = [], [], []
    for number, channel in enumerate(log.channels):
        if plan.replay:
            counts = np.tile(np.rint(log.busiest[channel]).astype(int), weeks)
        else:
            counts = generator.poisson(np.tile(log.average[channel], weeks))
        slots = np.repeat(np.arange(weeks * WEEK), counts)
        parts_at.append((slots + generator.random(len(slots))) * HALF_HOUR)
        parts_channel.append(np.full(len(slots), number))
        parts_work.append(log.handling[channel].draw(len(slots), generator))
    at = np.concatenate(parts_at)
    order = np.argsort(at, kind="stable")
    n = len(at)
    return Contacts(
        at[order],
        np.concatenate(parts_channel)[order],
        np.concatenate(parts_work)[order],
        generator.exponential(1.0, n),
        generator.random(n),
        generator.random(n),
        generator.exponential(1.0, n),
    )


def without(contacts: Contacts, plan: Plan) -> Queued:
    """All go to a person."""
    closed = _live(contacts, plan) & ~_open(contacts.at, plan)
    of = np.flatnonzero(~closed)
    nobody = np.zeros(len(contacts.at), dtype=bool)
    return Queued(of, contacts.at[of], contacts.work[of], np.zeros(len(of)), closed, nobody, nobody)


def assisted(contacts: Contacts, plan: Plan, generator: np.random.Generator) -> Queued:
    """What the assistant doesn't resolve goes to a person: at once, or when the client comes back, time lost."""
    weeks = contacts.week
    resolved_share, wrong_share, missed_share = weekly_shares(plan, int(weeks.max(initial=0)) + 1, generator)
    must = contacts.must < plan.must
    missed = must & (contacts.fate < missed_share[weeks])
    resolved = ~must & (contacts.fate < resolved_share[weeks])
    wrong = (~must & ~resolved & (contacts.fate < (resolved_share + wrong_share)[weeks])) | missed
    handed = ~must & ~resolved & ~wrong
    live = _live(contacts, plan)
    lost = np.where(handed | wrong, plan.assistant_seconds, 0.0) + np.where(wrong, contacts.again * plan.comes_back, 0)
    at = contacts.at + lost
    shut = live & ~_open(at, plan)
    closed = shut & ~wrong & ~resolved
    # Who comes back while nobody is there does so at any time of the next day of opening, not all at its first second.
    some_time = -np.expm1(-contacts.again) * (plan.closes - plan.opens) * HALF_HOUR
    back = np.where(shut & wrong, _next_opening(at, plan) + some_time, at)
    of = np.flatnonzero(~resolved & ~closed)
    of = of[np.argsort(back[of], kind="stable")]
    work = np.where(handed, 1 - plan.saved, 1.0) * contacts.work
    return Queued(of, back[of], work[of], (back - contacts.at)[of], closed, resolved, wrong)


def weekly_shares(
    plan: Plan, weeks: int, generator: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Resolved, wrong and missed of each week: fixed where assumed, drawn from what the bench leaves open otherwise."""
    shares = plan.shares
    if shares.counts is None:
        return np.full(weeks, shares.resolved), np.full(weeks, shares.wrong), np.zeros(weeks)
    found = generator.dirichlet(np.array(shares.counts) + PRIOR, weeks)
    missed = np.zeros(weeks)
    if shares.missed is not None:
        times, trials = shares.missed
        missed = generator.beta(times + PRIOR, trials - times + PRIOR, weeks)
    return found[:, 0], found[:, 1], missed


def _live(contacts: Contacts, plan: Plan) -> NDArray[np.bool_]:
    return np.array([one.live for one in plan.promises])[contacts.channel]


def _open(at: Seconds, plan: Plan) -> NDArray[np.bool_]:
    return np.array(plan.open)[(at // HALF_HOUR).astype(np.int64) % WEEK]


def to_closing(at: Seconds, plan: Plan) -> Seconds:
    """Seconds until the team goes; 0 where it isn't there."""
    closing = [at % DAY for at in range(WEEK)]
    left = np.where(np.array(plan.open), plan.closes - np.array(closing), 0)
    slots = (at // HALF_HOUR).astype(np.int64)
    ahead = left[slots % WEEK]
    return np.where(ahead == 0, 0.0, (slots + ahead) * HALF_HOUR - at)


def open_seconds(at: Seconds, plan: Plan) -> Seconds:
    """How long the team has been there from second 0 to each moment."""
    is_open = np.array(plan.open, dtype=float)
    before = np.concatenate([[0.0], np.cumsum(is_open) * HALF_HOUR])
    weeks, within = np.divmod(at, WEEK_SECONDS)
    slots = np.minimum((within // HALF_HOUR).astype(np.int64), WEEK - 1)
    return np.asarray(weeks * before[-1] + before[slots] + is_open[slots] * (within - slots * HALF_HOUR))


def _next_opening(at: Seconds, plan: Plan) -> Seconds:
    """The moment itself where the team is there, else when it is there again."""
    slots = (at // HALF_HOUR).astype(np.int64)
    ahead = _half_hours_to_opening(plan)[slots % WEEK]
    return np.where(ahead == 0, at, (slots + ahead) * HALF_HOUR)


def _half_hours_to_opening(plan: Plan) -> NDArray[np.int64]:
    is_open = plan.open * 2
    found = np.zeros(WEEK, dtype=np.int64)
    ahead = next(at for at, one in enumerate(is_open) if one)
    for at in reversed(range(WEEK)):
        ahead = 0 if is_open[at] else ahead + 1
        found[at] = ahead
    return found
