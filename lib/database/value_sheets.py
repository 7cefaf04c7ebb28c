"""What a use case is assumed to bring and to cost, line by line, and the rates at which foreign amounts are counted."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import new_id, now, writing
from lib.errors import InputError
from lib.i18n import N_

Kind = Literal["gain", "cost", "one_off"]
KINDS: tuple[Kind, ...] = ("gain", "cost", "one_off")
MAX_NAME = 120
MAX_SOURCE = 300
MAX_LINES = 40


@dataclass(frozen=True)
class ValueLine:
    """One assumption: money a year ('gain', 'cost') or once ('one_off'), with its range, source and date.

    ``source`` is empty where nobody named one; ``dated`` is an ISO date or empty.
    """

    kind: Kind
    name: str
    low: float
    likeliest: float
    high: float
    currency: str
    source: str = ""
    dated: str = ""


@dataclass(frozen=True)
class ExchangeRate:
    """How much of ``into`` one unit of ``currency`` is, as somebody typed it, with its day and source."""

    currency: str
    into: str
    rate: float
    dated: str
    source: str = ""


def lines(database: Database, actor: Actor, slug: str) -> list[ValueLine]:
    """The workspace's assumptions on one use case, in their order."""
    require(actor, Right.READ)
    rows = database.query(
        "select kind, name, low, likeliest, high, currency, source, dated from value_lines"
        f" where slug = :slug and {visible()} order by position, id",
        {"slug": slug, **scope(actor)},
    )
    return [ValueLine(**row) for row in rows]


def with_lines(database: Database, actor: Actor) -> list[str]:
    """The slugs of the use cases that have a value sheet."""
    require(actor, Right.READ)
    rows = database.execute(f"select distinct slug from value_lines where {visible()} order by slug", scope(actor))
    return [row[0] for row in rows.fetchall()]


def save_lines(database: Database, actor: Actor, slug: str, wanted: Sequence[ValueLine]) -> None:
    """Put these assumptions in place of the use case's former ones.

    Raises:
        NotAllowed: the actor may not steer.
        InputError: a line has no name, no amount, a range that leaves the amount out, or a date that is none.
    """
    require(actor, Right.STEER)
    if len(wanted) > MAX_LINES:
        raise InputError(N_("A value sheet has at most {most} lines. Join some."), most=MAX_LINES)
    for line in wanted:
        _refuse_unfit(line)
    with writing(database):
        database.execute(f"delete from value_lines where slug = :slug and {visible()}", {"slug": slug, **scope(actor)})
        for position, line in enumerate(wanted):
            _insert(database, actor, slug, position, line)


def _refuse_unfit(line: ValueLine) -> None:
    name = " ".join(line.name.split())
    if not name:
        raise InputError(N_("Each line needs a name: what is it that brings or costs money?"))
    if len(name) > MAX_NAME:
        raise InputError(
            N_("A title has at most {most} characters; this one has {length}. Shorten it."),
            most=MAX_NAME,
            length=len(name),
        )
    if line.kind not in KINDS:
        raise ValueError(f"unknown kind of line: {line.kind}")
    ends = (line.low, line.likeliest, line.high)
    if not all(math.isfinite(end) for end in ends) or not 0 <= line.low <= line.likeliest <= line.high:
        raise InputError(
            N_("“{name}” needs amounts from 0 upwards with lowest ≤ likeliest ≤ highest. Correct its line."), name=name
        )
    _require_date(line.dated)


def _require_date(text: str) -> None:
    if text:
        try:
            dt.date.fromisoformat(text)
        except ValueError:
            raise InputError(N_("“{text}” is no date. Choose one from the calendar."), text=text) from None


def _insert(database: Database, actor: Actor, slug: str, position: int, line: ValueLine) -> None:
    database.table("value_lines").insert(
        {
            "id": new_id(),
            "workspace_id": actor.workspace,
            "person_id": actor.person,
            "slug": slug,
            "position": position,
            "kind": line.kind,
            "name": " ".join(line.name.split()),
            "low": float(line.low),
            "likeliest": float(line.likeliest),
            "high": float(line.high),
            "currency": line.currency,
            "source": " ".join(line.source.split())[:MAX_SOURCE],
            "dated": line.dated,
            "created_at": now(),
        }
    )


def rates(database: Database, actor: Actor) -> dict[tuple[str, str], ExchangeRate]:
    """The workspace's rates by (currency, into); where several were typed, the newest."""
    require(actor, Right.READ)
    rows = database.query(
        "select currency, into_currency, rate, dated, source from exchange_rates"
        f" where {visible()} order by changed_at, rowid",
        scope(actor),
    )
    found = [
        ExchangeRate(row["currency"], row["into_currency"], row["rate"], row["dated"], row["source"]) for row in rows
    ]
    return {(one.currency, one.into): one for one in found}


def set_rate(database: Database, actor: Actor, wanted: ExchangeRate) -> None:
    """Count one currency in another at a rate, with its day.

    Raises:
        InputError: the rate isn't above 0, or it has no date.
    """
    require(actor, Right.STEER)
    if not (math.isfinite(wanted.rate) and wanted.rate > 0):
        raise InputError(N_("A rate is a number above 0. Correct it and save again."))
    if not wanted.dated:
        raise InputError(N_("A rate needs its date: it is another one tomorrow."))
    _require_date(wanted.dated)
    with writing(database):
        database.execute(
            "delete from exchange_rates"
            " where workspace_id = ? and person_id = ? and currency = ? and into_currency = ?",
            [actor.workspace, actor.person, wanted.currency, wanted.into],
        )
        database.table("exchange_rates").insert(
            {
                "workspace_id": actor.workspace,
                "person_id": actor.person,
                "currency": wanted.currency,
                "into_currency": wanted.into,
                "rate": wanted.rate,
                "dated": wanted.dated,
                "source": " ".join(wanted.source.split())[:MAX_SOURCE],
                "changed_at": now(),
            }
        )
