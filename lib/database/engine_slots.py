"""How often at once, and how often in a minute, an engine may be called: kept in the database, for all processes.

Each process that does bulk rows holds a number of slots for each engine, and has no more calls under way than that.
The slots of all processes together stay within the engine's limit; a process gives slots back before another takes
them. Calls that pages make go first: they ask nobody, and what they take is missing from the bulk's share.

The pace is a token bucket (J. Turner, 'New directions in communications', 1986), filled ``per_minute``.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass

from sqlite_utils import Database

PAGE_SECONDS = 120.0  # for so long after a page's call one slot is kept free for the next
LONGEST_HOLD = 900.0  # seconds; a server that asks to wait longer is asked again after that


@dataclass(frozen=True)
class EngineLimit:
    """Calls at once and calls in a minute; None where the pace is not limited."""

    concurrency: int
    per_minute: int | None = None


def slots(database: Database, engine: str, process: str, limit: EngineLimit, under_way: int) -> int:
    """How many calls ``process`` may have under way from now on; part of the caller's write transaction.

    ``under_way`` is how many it has: it holds slots for these until they end, and begins no others meanwhile where they
    are more than it may have.
    """
    free_for_pages, running = _pages(database, engine)
    rows = database.execute("select process, slots from engine_slots where engine = ?", [engine]).fetchall()
    others: dict[str, int] = {name: held for name, held in rows if name != process}
    allowed = max(1, limit.concurrency - running - (free_for_pages if limit.concurrency > 1 else 0))
    names = sorted([*others, process])
    fair, more = divmod(allowed, len(names))
    fair += names.index(process) < more
    mine = max(min(fair, limit.concurrency - sum(others.values())), 0)
    held = max(mine, under_way)
    if (process, held) not in rows:
        database.execute(
            "insert into engine_slots (engine, process, slots) values (?, ?, ?)"
            " on conflict (engine, process) do update set slots = excluded.slots",
            [engine, process, held],
        )
    return mine


def leave(database: Database, process: str) -> None:
    """Give back all that ``process`` holds; part of the caller's write transaction."""
    database.execute("delete from engine_slots where process = ?", [process])


def leave_all_but(database: Database, process: str, engines: Collection[str]) -> None:
    """Give back what ``process`` holds of engines that it has nothing to do with now; part of the transaction."""
    marks = ", ".join("?" for _engine in engines)
    database.execute(f"delete from engine_slots where process = ? and engine not in ({marks})", [process, *engines])


def _pages(database: Database, engine: str) -> tuple[int, int]:
    """A slot to keep free for the next page's call (0 or 1), and how many such calls are under way."""
    running = database.execute(
        "select count(*) from runs where status = 'running' and job_id is null and engine = ?", [engine]
    ).fetchone()[0]
    row = database.execute("select page_at from engine_pace where engine = ?", [engine]).fetchone()
    recent = row is not None and time.time() - row[0] < PAGE_SECONDS
    return int(recent and not running), int(running)


def take_pace(database: Database, engine: str, limit: EngineLimit, wanted: int) -> int:
    """How many of ``wanted`` calls may begin now; they are counted. Part of the caller's write transaction."""
    if wanted <= 0:
        return 0
    level, hold_until, _at = _level(database, engine, limit)
    if hold_until > time.time():
        return 0
    if limit.per_minute is None:
        return wanted
    taken = max(0, min(wanted, int(level)))
    if taken:
        _set_level(database, engine, level - taken)
    return taken


def page_call(database: Database, engine: str, limit: EngineLimit) -> None:
    """Count a call that a page makes now: it waits for nobody, and the bulk's calls wait for it."""
    now = time.time()
    level, _hold, _at = _level(database, engine, limit)
    database.execute(
        "insert into engine_pace (engine, level, level_at, page_at) values (:engine, :level, :now, :now)"
        " on conflict (engine) do update set level = :level, level_at = :now, page_at = :now",
        {"engine": engine, "level": max(level - 1, -float(limit.per_minute or 0)), "now": now},
    )


def hold(database: Database, engine: str, seconds: float) -> None:
    """Let no bulk row call ``engine`` for so long: its server asked for it. Part of the caller's transaction."""
    until = time.time() + min(max(seconds, 0.0), LONGEST_HOLD)
    database.execute(
        "insert into engine_pace (engine, level, level_at, hold_until) values (:engine, 0, :now, :until)"
        " on conflict (engine) do update set hold_until = max(hold_until, :until)",
        {"engine": engine, "now": time.time(), "until": until},
    )


def held_until(database: Database, engine: str) -> float:
    """When bulk rows may call ``engine`` again, in seconds since 1970; a time that has passed says: now."""
    row = database.execute("select hold_until from engine_pace where engine = ?", [engine]).fetchone()
    return float(row[0]) if row else 0.0


def _level(database: Database, engine: str, limit: EngineLimit) -> tuple[float, float, float]:
    now, most = time.time(), float(limit.per_minute or 0)
    burst = min(most, float(limit.concurrency)) or most
    row = database.execute("select level, level_at, hold_until from engine_pace where engine = ?", [engine]).fetchone()
    if row is None:
        return burst, 0.0, now
    filled = row[0] + max(0.0, now - row[1]) * most / 60.0  # a clock that was set back adds nothing
    return min(burst, filled), float(row[2]), now


def _set_level(database: Database, engine: str, level: float) -> None:
    database.execute(
        "insert into engine_pace (engine, level, level_at) values (:engine, :level, :now)"
        " on conflict (engine) do update set level = :level, level_at = :now",
        {"engine": engine, "level": level, "now": time.time()},
    )
