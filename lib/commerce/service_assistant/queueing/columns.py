"""The table of arrivals, as a template, and its rows: per half hour and channel, or one row a contact."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lib.files.columns import Column, RowProblem
from lib.files.values import read_date, read_integer, read_number
from lib.i18n import N_

MOST_CONTACTS: Final = 10_000  # in half an hour
LONGEST: Final = 4 * 3_600  # seconds of handling
DEFAULT_CHANNEL: Final = "all"
_TIME: Final = re.compile(
    r"(?:^|[T ])(\d{1,2})(?:[:hH.](\d{2})?)?(?::\d{2}(?:\.\d+)?)?\s*(am|pm)?(?:Z|[+-]\d\d:?\d\d)?$", re.I
)

NO_DAY = N_("“{value}” is no day. Write it like 2026-09-06.")
NO_TIME = N_("“{value}” is no time of day. Write it like 09:30.")
NO_COUNT = N_("“{value}” is no number of contacts. Write a whole number from 0 to {most}.")
NO_HANDLING = N_("“{value}” is no handling time. Give the mean time of one contact in seconds, or leave it empty.")
ZERO_HANDLING = N_("A handling time of zero would mean work that takes no time. Give it in seconds, above 0.")
LONG_HANDLING = N_("A handling time of {value} s is over 4 hours. Give it in seconds, for one contact.")

ARRIVAL_COLUMNS: Final = (
    Column(
        "day",
        N_("Day"),
        required=True,
        kind="date",
        aliases=("day", "date", "jour", "created at", "date et heure", "timestamp", "reçu le"),
        example="2026-09-07",
        help=N_("With the time of day in it, the next column may be left out"),
    ),
    Column(
        "start",
        N_("Time of day"),
        aliases=("start", "time", "heure", "hour", "interval", "tranche", "début", "half hour", "demi-heure"),
        example="09:30",
        help=N_("The beginning of the half hour, or when the contact came"),
    ),
    Column("channel", N_("Channel"), aliases=("channel", "canal", "queue", "file", "media"), example="chat"),
    Column(
        "contacts",
        N_("Contacts"),
        kind="integer",
        aliases=("contacts", "calls", "offered", "volume", "count", "nombre", "appels", "demandes", "tickets"),
        example="12",
        help=N_("Without it, each row is one contact"),
    ),
    Column(
        "handling_s",
        N_("Handling time in seconds"),
        required=True,
        kind="number",
        aliases=(
            "handling_s",
            "aht",
            "handling time",
            "handle time",
            "dmt",
            "durée de traitement",
            "durée",
            "duration",
        ),
        example="320",
        help=N_("Mean time of one contact, from the first word to the last note"),
    ),
)


@dataclass(frozen=True)
class HalfHour:
    """Contacts of one channel in one half hour (0: midnight); ``handling``: mean seconds, 0.0 where unknown."""

    day: dt.date
    at: int
    channel: str
    contacts: int
    handling: float


def arrivals_from(rows: Sequence[dict[str, str]], lines: Sequence[int]) -> tuple[list[HalfHour], list[RowProblem]]:
    """The rows that can be used, and why the others can't."""
    found: list[HalfHour] = []
    problems: list[RowProblem] = []
    for row, line in zip(rows, lines, strict=True):
        made = _row(row, line)
        if isinstance(made, RowProblem):
            problems.append(made)
        else:
            found.append(made)
    return found, problems


def _row(row: dict[str, str], line: int) -> HalfHour | RowProblem:
    written = row.get("day", "").strip()
    day = read_date(written)
    if day is None:
        return RowProblem(line, "day", NO_DAY, {"value": written[:40]})
    clock = row.get("start", "").strip() or written
    at = half_hour(clock)
    if at is None:
        return RowProblem(line, "start", NO_TIME, {"value": clock[:40]})
    counted = row.get("contacts", "").strip()
    contacts = read_integer(counted) if counted else 1
    if contacts is None or not 0 <= contacts <= MOST_CONTACTS:
        return RowProblem(line, "contacts", NO_COUNT, {"value": counted[:40], "most": MOST_CONTACTS})
    handling = _handling(row.get("handling_s", ""), contacts, line)
    if isinstance(handling, RowProblem):
        return handling
    channel = " ".join(row.get("channel", "").split()).casefold()[:40] or DEFAULT_CHANNEL
    return HalfHour(day, at, channel, contacts, handling)


def _handling(written: str, contacts: int, line: int) -> float | RowProblem:
    """Seconds of one contact; 0.0 where there was none or nobody knows."""
    if contacts == 0 or not written.strip():
        return 0.0
    seconds = read_number(written)
    if seconds is None:
        return RowProblem(line, "handling_s", NO_HANDLING, {"value": written.strip()[:40]})
    if seconds <= 0:
        return RowProblem(line, "handling_s", ZERO_HANDLING)
    if seconds > LONGEST:
        return RowProblem(line, "handling_s", LONG_HANDLING, {"value": round(seconds)})
    return seconds


def half_hour(text: str) -> int | None:
    """The half hour of the day in which a time lies, 0 to 47: '9h45', '09:45:12' and '2026-09-07T09:45' are 19."""
    match = _TIME.search(text.strip())
    if match is None or (match[2] is None and not re.fullmatch(r"\d{1,2}\s*(?:[hH]|am|pm)?", text.strip(), re.I)):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        hour = hour % 12 + (12 if match[3].lower() == "pm" else 0)
    return hour * 2 + minute // 30 if hour < 24 and minute < 60 else None
