"""Quarters of the calendar: kept as '2027-1', counted, and said as the reader says them."""

from __future__ import annotations

import datetime as dt
import re

from lib.errors import InputError
from lib.i18n import N_, _

_KEPT = re.compile(r"(\d{4})-([1-4])")


def counted(quarter: str) -> int:
    """Quarters since the year 0, so that two can be subtracted.

    Raises:
        InputError: not of the form '2027-1'.
    """
    found = _KEPT.fullmatch(quarter)
    if found is None:
        raise InputError(N_("'{quarter}' is no quarter. Choose one of the list."), quarter=quarter)
    return int(found[1]) * 4 + int(found[2]) - 1


def kept(count: int) -> str:
    """The inverse of ``counted``."""
    return f"{count // 4}-{count % 4 + 1}"


def following(day: dt.date) -> str:
    """The quarter after the one in which ``day`` lies."""
    return kept(day.year * 4 + (day.month - 1) // 3 + 1)


def onwards(first: str, count: int) -> tuple[str, ...]:
    """``count`` quarters from ``first`` on."""
    return tuple(kept(counted(first) + ahead) for ahead in range(count))


def said(quarter: str) -> str:
    """A quarter in the reader's language: 'Q1 2027'."""
    count = counted(quarter)
    return _("Q{number} {year}", number=count % 4 + 1, year=count // 4)


def first_day(count: int) -> dt.date:
    """The first day of the quarter that is ``count`` quarters after the year 0."""
    return dt.date(count // 4, count % 4 * 3 + 1, 1)
