"""The worker's side of bulk jobs: taking rows, in one transaction. How they end is in ``settling``.

Taking a row writes down its run before anything is sent. A row belongs to the process that took it until that process
settles it or ends.
Nothing here asks for an Actor: the worker acts for each job's own person, whose rights are asked when a row is taken.
"""

from __future__ import annotations

import json
import math
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, Role, require
from lib.database.connection import new_id, now, writing
from lib.database.engine_slots import EngineLimit, leave_all_but, slots, take_pace
from lib.errors import NotAllowed, ToileError
from lib.i18n import N_

AHEAD = 0.5  # rows taken beyond those under way, as a share of the slots: the next call waits for no transaction

LEFT = N_("You no longer take part in this workspace, so this job cannot go on.")
JOB_BUDGET = N_(
    "The budget of this job does not cover the next row: {cost} spent, up to {estimate} for one row. Start another job "
    "for the rest with a larger budget, or choose an engine without a price."
)


@dataclass(frozen=True)
class Claim:
    """One row taken. ``inputs`` is JSON."""

    job: str
    position: int
    run: str
    task: str
    use_case: str
    engine: str
    language: str
    seed: int
    prompt_hash: str | None
    inputs: str
    actor: Actor
    faults: int


@dataclass(frozen=True)
class Room:
    """What a process has: calls under way and rows taken (under way included), by engine, and threads in all."""

    under_way: Mapping[str, int]
    taken: Mapping[str, int]
    threads: int


@dataclass(frozen=True)
class Taken:
    """New rows, and how many calls of each engine the process may have under way from now on."""

    claims: tuple[Claim, ...]
    slots: dict[str, int]


LimitOf = Callable[[str], EngineLimit]  # of an engine's name; raises a ToileError where there is no such engine
Covers = Callable[[Database, Actor, dict[str, Any], int], int]  # how many of so many rows the budgets cover


def claim(database: Database, process: str, room: Room, limit_of: LimitOf, covers: Covers) -> Taken:
    """Take rows for ``process``: fair between people, then between each person's jobs.

    A job that cannot go on (its person left, its engine was taken out, its budget is spent) is paused with the reason.
    """
    with writing(database):
        active = _active(database)
        slots_of: dict[str, int] = {}
        wanted: dict[str, int] = {}
        for engine in {row["engine"] for row in active} | set(room.taken):
            try:
                limit = limit_of(engine)
            except ToileError as error:
                _pause_engine(database, active, engine, error)
                continue
            slots_of[engine] = slots(database, engine, process, limit, room.under_way.get(engine, 0))
            ahead = 0.0 if limit.per_minute else AHEAD  # a slow pace is not spent ahead of time
            most = math.ceil(min(slots_of[engine], room.threads) * (1 + ahead))
            free = most - room.taken.get(engine, 0)
            wanted[engine] = take_pace(database, engine, limit, min(free, _ready(active, engine)))
        active = [row for row in active if wanted.get(row["engine"])]
        claims: list[Claim] = []
        for job, count in _shared_out(active, wanted).items():
            claims += _take(database, process, job_row(active, job), count, covers)
        leave_all_but(database, process, slots_of)
    return Taken(tuple(claims), slots_of)


def waiting(database: Database) -> bool:
    """Whether any row could be taken now or later, or is under way."""
    found = database.execute(
        "select 1 from jobs where kind = 'rows' and status in ('waiting', 'running') limit 1"
    ).fetchone()
    return found is not None


def _active(database: Database) -> list[dict[str, Any]]:
    """The jobs that go on and have rows to take now, with how many each has (at most a few) and has under way."""
    rows = list(database.query("select * from jobs where kind = 'rows' and status in ('waiting', 'running')"))
    running = dict(
        database.execute("select job_id, count(*) from job_items where status = 'running' group by job_id").fetchall()
    )
    for row in rows:
        row["under_way"] = running.get(row["id"], 0)
        row["ready"] = database.execute(
            "select count(*) from (select 1 from job_items where job_id = ? and status = 'waiting' and not_before <= ?"
            " limit 500)",
            [row["id"], time.time()],
        ).fetchone()[0]
    return [row for row in rows if row["ready"]]


def _ready(active: Sequence[dict[str, Any]], engine: str) -> int:
    return sum(row["ready"] for row in active if row["engine"] == engine)


def job_row(active: Sequence[dict[str, Any]], job: str) -> dict[str, Any]:
    return next(row for row in active if row["id"] == job)


def _shared_out(active: Sequence[dict[str, Any]], wanted: Mapping[str, int]) -> Counter[str]:
    """How many rows of each job: the next one always goes to the person, then the job, with the fewest under way."""
    left, given = dict(wanted), Counter[str]()
    people = Counter[str]()
    for row in active:
        people[row["person_id"]] += row["under_way"]
    open_jobs = list(active)
    while True:
        open_jobs = [row for row in open_jobs if left[row["engine"]] > 0 and given[row["id"]] < row["ready"]]
        if not open_jobs:
            return given
        row = min(
            open_jobs,
            key=lambda row: (people[row["person_id"]], row["under_way"] + given[row["id"]], row["served"], row["id"]),
        )
        given[row["id"]] += 1
        people[row["person_id"]] += 1
        left[row["engine"]] -= 1


def _take(database: Database, process: str, job: dict[str, Any], count: int, covers: Covers) -> list[Claim]:
    try:
        actor = _actor(database, job)
        covered = covers(database, actor, job, count)
    except ToileError as error:
        pause_for(database, job["id"], {"message": error.message, "values": error.values})
        return []
    rows = list(
        database.query(
            "select position, language, inputs, faults from job_items where job_id = ? and status = 'waiting'"
            " and not_before <= ? order by not_before, position limit ?",
            [job["id"], time.time(), covered],
        )
    )
    claims = [_claim(job, row, actor) for row in rows]
    began = now()
    database.conn.executemany(
        "update job_items set status = 'running', attempts = attempts + 1, run_id = ?, process = ?"
        " where job_id = ? and position = ?",
        [(claim.run, process, claim.job, claim.position) for claim in claims],
    )
    database.conn.executemany(RUN, [_run(claim, job, process, began) for claim in claims])
    database.execute(
        "update jobs set status = 'running', started_at = coalesce(started_at, ?), served = served + ? where id = ?",
        [began, len(claims), job["id"]],
    )
    return claims


RUN = (
    "insert into runs (id, workspace_id, person_id, use_case, kind, method, method_version, task, data_set_id,"
    " language, seed, inputs, status, started_at, engine, prompt_hash, cohort, process, job_id, cost, currency)"
    " values (?, ?, ?, ?, 'generation', ?, ?, ?, ?, ?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?)"
)


def _run(claim: Claim, job: dict[str, Any], process: str, began: str) -> tuple[Any, ...]:
    """The run's row. Its cost is the most that it may cost until it is settled, so that the budgets count it."""
    method = "prompt" if claim.prompt_hash else "drafter"
    version = (claim.prompt_hash or json.loads(job["arguments"]).get("version", ""))[:12]
    task = json.loads(job["arguments"]).get("task", claim.task)
    estimate, currency = (job["row_estimate"], job["currency"]) if claim.prompt_hash else (0.0, job["currency"])
    return (
        claim.run, claim.actor.workspace, claim.actor.person, claim.use_case, method, version, task,
        job["data_set_id"], claim.language, claim.seed, claim.inputs, began, claim.engine, claim.prompt_hash,
        job["cohort"], process, claim.job, estimate, currency,
    )  # fmt: skip


def _claim(job: dict[str, Any], row: dict[str, Any], actor: Actor) -> Claim:
    return Claim(
        job=job["id"],
        position=row["position"],
        run=new_id(),
        task=job["what"],
        use_case=job["use_case"],
        engine=job["engine"],
        language=row["language"],
        seed=job["seed"] + row["position"],
        prompt_hash=job["prompt_hash"],
        inputs=row["inputs"],
        actor=actor,
        faults=row["faults"],
    )


def _actor(database: Database, job: dict[str, Any]) -> Actor:
    """The job's person as they are in its workspace now.

    Raises:
        NotAllowed: they have left, or may no longer run anything.
    """
    row = database.execute(
        "select role from memberships where workspace_id = ? and person_id = ?", [job["workspace_id"], job["person_id"]]
    ).fetchone()
    if row is None:
        raise NotAllowed(LEFT)
    actor = Actor(job["person_id"], job["workspace_id"], Role(row[0]))
    require(actor, Right.RUN)
    return actor


def _pause_engine(database: Database, active: Sequence[dict[str, Any]], engine: str, error: ToileError) -> None:
    for row in active:
        if row["engine"] == engine:
            pause_for(database, row["id"], {"message": error.message, "values": error.values})


def pause_for(database: Database, job: str, reason: dict[str, Any]) -> None:
    """Pause a job that cannot go on, saying why; part of the caller's write transaction."""
    database.execute(
        "update jobs set status = 'paused', reason = ? where id = ? and status in ('waiting', 'running')",
        [json.dumps(reason, ensure_ascii=False, default=str), job],
    )


def pause_all(database: Database, reason: dict[str, Any]) -> None:
    """Pause every job of rows, saying why: the machine can't go on."""
    with writing(database):
        rows = database.execute("select id from jobs where kind = 'rows' and status in ('waiting', 'running')")
        for (identifier,) in rows.fetchall():
            pause_for(database, identifier, reason)


def states_of(database: Database, jobs: Sequence[str]) -> dict[str, str]:
    """The status of each of ``jobs``."""
    marks = ", ".join("?" for _job in jobs)
    return dict(database.execute(f"select id, status from jobs where id in ({marks})", list(jobs)).fetchall())
