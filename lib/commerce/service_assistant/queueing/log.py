"""What a log of arrivals says: contacts an average week brings, its busiest week, how long handling takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.commerce.service_assistant.queueing.columns import HalfHour
from lib.errors import InputError
from lib.i18n import N_

DAY, WEEK = 48, 336  # half hours; a week begins on Monday
EMPTY = N_("There is no contact in this file. Choose one with the contacts of at least one week.")
MOST_CHANNELS: Final = 8
MANY_CHANNELS = N_("There are {n} channels in this file; up to {most} can be simulated. Join the small ones.")
ENOUGH_SINGLES: Final = 50  # contacts alone in their half hour, from which their own times are drawn
ENOUGH_MEANS: Final = 10
STILL_SLOTS, STILL_EXPECTED = 3, 4.0  # half hours without a contact, where so many were to be expected
SPIKE: Final = 3.0  # times what was to be expected, just after
MOST_WEEKS: Final = 520
LONG_LOG = N_("This file spans {n} weeks; up to {most} are read. Check its dates, or choose a part of it.")
NO_TIMES = N_("No contact of the channel “{channel}” has a handling time. Give at least one, in seconds.")
Counts = NDArray[np.float64]


@dataclass(frozen=True)
class Handling:
    """How long one channel's contacts take. ``how``: 'drawn' from contacts logged alone, or 'lognormal' by moments."""

    mean: float  # seconds
    spread: float  # standard deviation over the mean
    how: str
    times: tuple[float, ...] = ()

    def draw(self, number: int, generator: np.random.Generator) -> NDArray[np.float64]:
        """Times of ``number`` contacts in seconds. Service times are near lognormal (Brown et al., 2005)."""
        if self.how == "drawn":
            times = np.array(self.times)
            return np.asarray(generator.choice(times, number) * (self.mean / times.mean()))
        sigma = np.sqrt(np.log(1 + self.spread**2))
        return generator.lognormal(np.log(self.mean) - sigma**2 / 2, sigma, number)


@dataclass(frozen=True)
class Log:
    """A house's arrivals. ``average`` and ``busiest``: contacts by channel in each of a week's 336 half hours."""

    channels: tuple[str, ...]
    average: dict[str, Counts]
    busiest: dict[str, Counts]
    busiest_week: dt.date  # its Monday
    handling: dict[str, Handling]
    first: dt.date
    last: dt.date
    contacts: int
    set_aside: tuple[HalfHour, ...]  # where the counter stood still, and what it then wrote at once

    @property
    def work(self) -> Counts:
        """Agents kept busy in each half hour of an average week, in erlangs."""
        return offered(self.average, self.handling)


def offered(contacts: dict[str, Counts], handling: dict[str, Handling]) -> Counts:
    """Erlangs in each half hour of a week."""
    total: Counts = np.zeros(WEEK)
    for channel, counts in contacts.items():
        total = total + counts * handling[channel].mean / 1_800
    return total


def read_log(rows: Sequence[HalfHour]) -> Log:
    """Average a log over its weeks.

    Half hours that are missing from a log that writes zeros are unknown, not empty. Half hours in which the counter
    stood still, and the one in which it caught up, are set aside.

    Raises:
        InputError: there is no contact, or there are too many channels.
    """
    kept = [row for row in rows if row.contacts]
    if not kept:
        raise InputError(EMPTY)
    channels = tuple(sorted({row.channel for row in kept}))
    if len(channels) > MOST_CHANNELS:
        raise InputError(MANY_CHANNELS, n=len(channels), most=MOST_CHANNELS)
    calendar = _Calendar(min(row.day for row in rows), max(row.day for row in rows))
    average: dict[str, Counts] = {}
    handling: dict[str, Handling] = {}
    grids: dict[str, Counts] = {}
    set_aside: list[HalfHour] = []
    for channel in channels:
        own = [row for row in rows if row.channel == channel]
        grid = calendar.grid(own, any(not row.contacts for row in rows))
        still = _still(grid)
        used = [row for row in own if row.contacts and not still[calendar.slot(row)]]
        set_aside += [row for row in own if row.contacts and still[calendar.slot(row)]]
        grid[still] = np.nan
        grids[channel], average[channel] = grid, _average(grid)
        handling[channel] = _handling(used, channel)
    week, busiest = _busiest(grids, average)
    return Log(
        channels,
        average,
        busiest,
        calendar.monday + dt.timedelta(weeks=week),
        handling,
        calendar.first,
        calendar.last,
        sum(row.contacts for row in kept),
        tuple(set_aside),
    )


@dataclass(frozen=True)
class _Calendar:
    """The days of a log as weeks that begin on Monday."""

    first: dt.date
    last: dt.date

    @property
    def monday(self) -> dt.date:
        return self.first - dt.timedelta(days=self.first.weekday())

    def slot(self, row: HalfHour) -> tuple[int, int]:
        days = (row.day - self.monday).days
        return days // 7, days % 7 * DAY + row.at

    def grid(self, rows: Sequence[HalfHour], writes_zeros: bool) -> Counts:
        """Contacts by week and half hour; nan where nobody knows."""
        weeks = (self.last - self.monday).days // 7 + 1
        if weeks > MOST_WEEKS:
            raise InputError(LONG_LOG, n=weeks, most=MOST_WEEKS)
        known = np.full(weeks * WEEK, np.nan)
        begins, ends = self.first.weekday() * DAY, (self.last - self.monday).days * DAY + DAY
        if not writes_zeros:
            known[begins:ends] = 0.0
        grid: Counts = known.reshape(weeks, WEEK)
        for row in rows:
            at = self.slot(row)
            grid[at] = row.contacts + (0.0 if np.isnan(grid[at]) else grid[at])
        return grid


def _still(grid: Counts) -> NDArray[np.bool_]:
    """Half hours of a run without a contact where some were due, and the one with far too many just after it."""
    with_nothing = np.where(np.isnan(grid), 0.0, grid)
    due = _median(grid)
    found = np.zeros(grid.shape, dtype=bool)
    for week in range(grid.shape[0]):
        begun, expected = 0, 0.0
        for at in range(WEEK):
            if with_nothing[week, at] == 0 and due[at] > 0 and at % DAY:
                expected += due[at]
                continue
            long_enough = at - begun >= STILL_SLOTS and expected >= STILL_EXPECTED
            if long_enough and with_nothing[week, at] > SPIKE * max(due[at], 1.0):
                found[week, begun : at + 1] = True
            begun, expected = at + 1, 0.0
    return found


def _median(grid: Counts) -> Counts:
    known = np.where(np.isnan(grid).all(axis=0), 0.0, grid)
    return np.asarray(np.nanmedian(known, axis=0))


def _average(grid: Counts) -> Counts:
    """Mean over the weeks in which the half hour is known; a day of the week without any is taken as closed."""
    return np.asarray(np.nanmean(np.where(np.isnan(grid).all(axis=0), 0.0, grid), axis=0))


def _busiest(grids: dict[str, Counts], average: dict[str, Counts]) -> tuple[int, dict[str, Counts]]:
    """The week with the most contacts; what is unknown of it is filled in with the average."""
    filled = {channel: np.where(np.isnan(grid), 0.0, grid) for channel, grid in grids.items()}
    totals = np.sum([grid.sum(axis=1) for grid in filled.values()], axis=0)
    week = int(np.argmax(totals))
    return week, {
        channel: np.where(np.isnan(grid[week]), average[channel], grid[week]) for channel, grid in grids.items()
    }


def _handling(used: Sequence[HalfHour], channel: str) -> Handling:
    rows = [row for row in used if row.handling > 0]
    if not rows:
        raise InputError(NO_TIMES, channel=channel)
    contacts = np.array([row.contacts for row in rows], dtype=float)
    times = np.array([row.handling for row in rows])
    mean = float(np.average(times, weights=contacts))
    alone = tuple(row.handling for row in rows if row.contacts == 1)
    if len(alone) >= ENOUGH_SINGLES:
        return Handling(mean, float(np.std(alone) / np.mean(alone)), "drawn", alone)
    if len(rows) < ENOUGH_MEANS:
        return Handling(mean, 1.0, "lognormal")  # as spread as Erlang took it to be
    # A mean of n contacts varies with a variance n times smaller than theirs.
    variance = float(np.sum(contacts * (times - mean) ** 2) / (len(rows) - 1))
    return Handling(mean, min(max(np.sqrt(variance) / mean, 0.1), 3.0), "lognormal")
