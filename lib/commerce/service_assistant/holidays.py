"""Public holidays of the countries that have stores: fixed days and those that move with Easter."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Final

FIXED: Final[dict[str, tuple[tuple[int, int], ...]]] = {
    "FR": ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)),
    "GB": ((1, 1), (12, 25), (12, 26)),
    "IT": ((1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)),
    "DE": ((1, 1), (5, 1), (10, 3), (10, 31), (12, 25), (12, 26)),  # with Hamburg's Reformation Day
}
AFTER_EASTER: Final = {"FR": (1, 39, 50), "GB": (-2, 1), "IT": (0, 1), "DE": (-2, 1, 39, 50)}
MONDAY: Final = 0


def is_holiday(day: dt.date, country: str) -> bool:
    """Whether ``day`` is a public holiday of the country (ISO 3166 code); False for a country that isn't known."""
    return day in _holidays(day.year, country)


@cache
def _holidays(year: int, country: str) -> frozenset[dt.date]:
    easter = easter_of(year)
    days = {dt.date(year, month, day) for month, day in FIXED.get(country, ())}
    days |= {easter + dt.timedelta(days=after) for after in AFTER_EASTER.get(country, ())}
    if country == "GB":
        days |= _british(year, days)
    return frozenset(days)


def _british(year: int, days: set[dt.date]) -> set[dt.date]:
    """The Mondays of May and August, and the days given for a holiday on a weekend."""
    may = [day for day in _days(year, 5) if day.weekday() == MONDAY]
    august = [day for day in _days(year, 8) if day.weekday() == MONDAY]
    given = set()
    for day in sorted(day for day in days if day.weekday() > 4):
        instead = day
        while instead.weekday() > 4 or instead in days or instead in given:
            instead += dt.timedelta(days=1)
        given.add(instead)
    return {may[0], may[-1], august[-1]} | given


def _days(year: int, month: int) -> list[dt.date]:
    first = dt.date(year, month, 1)
    return [first + dt.timedelta(days=n) for n in range(31)]


def easter_of(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)
