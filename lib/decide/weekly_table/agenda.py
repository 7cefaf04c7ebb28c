"""What the next meeting takes up, and what the last week brought."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from lib.database.weekly_table import Kept, Urgency
from lib.figures import Figure, Mark
from lib.i18n import N_, _, ngettext

WEEK = 7  # days that minutes look back
URGENCY_NAMES: dict[Urgency, str] = {"now": N_("Now"), "season": N_("This season"), "later": N_("Later")}
_ORDER: list[str] = list(URGENCY_NAMES)


@dataclass(frozen=True)
class Agenda:
    """Open entries in the order in which the meeting takes them up."""

    overdue: tuple[Kept, ...]  # decisions and aims whose day has passed
    requests: tuple[Kept, ...]  # the most urgent first, then the longest waiting
    offers: tuple[Kept, ...]
    decisions: tuple[Kept, ...]  # not yet due, by their day
    aims: tuple[Kept, ...]  # by their day

    @property
    def empty(self) -> bool:
        """Nothing is open."""
        return not (self.overdue or self.requests or self.offers or self.decisions or self.aims)


@dataclass(frozen=True)
class Week:
    """What was brought and what was closed in the last week."""

    brought: tuple[Kept, ...]
    closed: tuple[Kept, ...]


def agenda(entries: Sequence[Kept], today: dt.date) -> Agenda:
    """The agenda of a meeting on a day."""
    still = [one for one in entries if not one.closed_at]
    late = [one for one in still if one.entry.kind in ("decision", "aim") and one.overdue(today)]
    requests = [one for one in still if one.entry.kind == "request"]
    requests.sort(key=lambda one: (_ORDER.index(one.entry.urgency), one.created_at))
    offers = [one for one in still if one.entry.kind == "offer"]
    dated = sorted((one for one in still if one not in late), key=lambda one: one.entry.due_on)
    return Agenda(
        tuple(sorted(late, key=lambda one: one.entry.due_on)),
        tuple(requests),
        tuple(offers),
        tuple(one for one in dated if one.entry.kind == "decision"),
        tuple(one for one in dated if one.entry.kind == "aim"),
    )


def last_week(entries: Sequence[Kept], today: dt.date) -> Week:
    """What the minutes of a meeting on a day report."""
    since = (today - dt.timedelta(days=WEEK)).isoformat()
    return Week(
        tuple(one for one in entries if one.created_at[:10] > since),
        tuple(one for one in entries if one.closed_at[:10] > since),
    )


def waiting(found: Agenda, today: dt.date) -> Figure | None:
    """How long each open request has waited; None where none is open."""
    if not found.requests:
        return None
    days = [one.waited(today) for one in found.requests]
    title = _("What design asked for was brought today") if not max(days) else ngettext(
        "{n} request waits, {longest} so far", "{n} requests wait, the oldest for {longest}", len(days),
        longest=ngettext("{n} day", "{n} days", max(days)),
    )  # fmt: skip
    marks = tuple(Mark(one.entry.title, wait) for one, wait in zip(found.requests, days, strict=True))
    return Figure(title, marks, _("Days on the table"), kind="bars", number_format="count")
