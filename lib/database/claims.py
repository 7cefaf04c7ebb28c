"""The worker's side of bulk jobs: rows are taken, and their ends written, each in one transaction.

Taking a row writes down its run before anything is sent. A row belongs to the process that took it until that process
settles it or ends; who comes too late with a result finds that the row's run is another one, and the result is left.
Nothing here asks for an Actor: the worker acts for each job's own person, whose rights are asked when a row is taken.
"""

from __future__ import annotations

import json
import math
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, Role, require
from lib.database.connection import new_id, now, writing
from lib.database.engine_slots import EngineLimit, hold, leave, leave_all_but, slots, take_pace
from lib.database.jobs import settle_end
from lib.database.processes import is_alive
from lib.errors import NotAllowed, ToileError
from lib.i18n import N_
from lib.verdicts import CheckResult

MOST_FAULTS = 4  # of the engine in one row
MOST_INTERRUPTIONS = 8  # of one row: it may be the row that ends the process
FIRST_WAIT, LONGEST_WAIT = 1.0, 120.0  # seconds between two tries of a row
AHEAD = 0.5  # rows taken beyond those under way, as a share of the slots: the next call waits for no transaction

LEFT = N_("You no longer take part in this workspace, so this job cannot go on.")
INTERRUPTED = N_("The app was stopped or crashed while this row was being done. The row is done again.")
ENDS_THE_PROCESS = N_(
    "The app ended {times} times while this row was being done. Look at the row's texts, then retry it alone."
)
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
class Settled:
    """How a row ended. ``status``: 'done', 'failed' (``retry`` says whether another try makes sense), 'returned'.

    A row is 'returned' when it was not its fault: the process ends, or the job can't go on (``halts``).
    """

    claim: Claim
    status: str
    output: str | None = None
    checks: tuple[CheckResult, ...] = ()
    error: dict[str, Any] | None = None
    seconds: float = 0.0
    input_tokens: int | None = None
    output_tokens: int | None = None
    cost: float | None = None
    currency: str | None = None
    model: str = ""
    retry: bool = False
    retry_after: float | None = None
    halts: bool = False


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


def settle(database: Database, ends: Sequence[Settled], wait: Callable[[int], float]) -> int:
    """Write how rows ended: run, checks and row in one transaction. How many counted.

    An end counts while the row is still the one that was taken: a row that was given to somebody else meanwhile is
    left to them. ``wait(faults)`` gives the seconds before a row's next try.
    """
    counted = 0
    with writing(database):
        for end in ends:
            counted += _settle_one(database, end, wait)
        for job in {end.claim.job for end in ends}:
            settle_end(database, job)
    return counted


def _settle_one(database: Database, end: Settled, wait: Callable[[int], float]) -> int:
    claim = end.claim
    row = database.execute(
        "select i.faults, j.status from job_items i join jobs j on j.id = i.job_id where i.job_id = ?"
        " and i.position = ? and i.status = 'running' and i.run_id = ?",
        [claim.job, claim.position, claim.run],
    ).fetchone()
    if row is None:
        return 0
    faults, job_status = row
    if end.status == "returned" and end.error is None:
        database.execute("delete from runs where id = ?", [claim.run])  # it was never sent
        changes = {"status": "waiting", "run_id": None, "attempts": None}
    else:
        _write_run(database, end)
        changes = _next_state(end, faults, wait)
    if end.status == "returned" and end.error is not None:
        _count_repeated(database, claim)
    if job_status == "cancelled" and changes["status"] == "waiting":
        changes["status"] = "cancelled"
    _write_item(database, claim, changes)
    if end.retry_after:
        hold(database, claim.engine, end.retry_after)
    if end.halts and end.error:
        pause_for(database, claim.job, end.error)
    return 1


def _count_repeated(database: Database, claim: Claim) -> None:
    """A call that was hung up on may be billed: what was set aside for it counts as spent, and as repeated."""
    cost = database.execute("select coalesce(cost, 0) from runs where id = ?", [claim.run]).fetchone()[0]
    database.execute("update jobs set cost = cost + ?, repeated = repeated + ? where id = ?", [cost, cost, claim.job])


def _next_state(end: Settled, faults: int, wait: Callable[[int], float]) -> dict[str, Any]:
    if end.status == "done":
        return {"status": "done", "error": None, "finished_at": now(), "seconds": end.seconds}
    if end.status == "returned" or end.halts:
        return {"status": "waiting"}
    faults += 1
    if end.retry and faults < MOST_FAULTS:
        later = time.time() + max(end.retry_after or 0.0, wait(faults))
        return {"status": "waiting", "faults": faults, "not_before": later, "error": end.error}
    return {"status": "failed", "faults": faults, "error": end.error, "finished_at": now(), "seconds": end.seconds}


def _write_item(database: Database, claim: Claim, changes: dict[str, Any]) -> None:
    if changes.pop("attempts", 0) is None:
        database.execute(
            "update job_items set attempts = attempts - 1 where job_id = ? and position = ?",
            [claim.job, claim.position],
        )
    if "error" in changes and changes["error"] is not None:
        changes["error"] = json.dumps(changes["error"], ensure_ascii=False, default=str)
    names = ", ".join(f"{name} = ?" for name in changes)
    database.execute(
        f"update job_items set {names}, process = null where job_id = ? and position = ?",
        [*changes.values(), claim.job, claim.position],
    )


def _write_run(database: Database, end: Settled) -> None:
    returned = end.status == "returned"
    status = "cancelled" if returned else end.status
    error = None if end.error is None else json.dumps(end.error, ensure_ascii=False, default=str)
    written = now()
    database.execute(
        "update runs set status = ?, output = ?, error = ?, finished_at = ?, seconds = ?, input_tokens = ?,"
        " output_tokens = ?, cost = case when ? then cost else ? end, currency = coalesce(?, currency), model = ?"
        " where id = ?",
        [status, end.output, error, written, end.seconds, end.input_tokens, end.output_tokens, returned, end.cost,
         end.currency, end.model or None, end.claim.run],
    )  # fmt: skip
    if end.cost and not returned:
        database.execute("update jobs set cost = cost + ? where id = ?", [end.cost, end.claim.job])
    if end.checks:
        database.conn.executemany(
            "insert into check_results (id, workspace_id, run_id, check_name, verdict, findings, created_at)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            [
                (new_id(), end.claim.actor.workspace, end.claim.run, check.check, check.verdict.value,
                 json.dumps([asdict(finding) for finding in check.findings], ensure_ascii=False, default=str), written)
                for check in end.checks
            ],
        )  # fmt: skip


def return_abandoned(database: Database) -> int:
    """Give the rows of processes that have ended back to their jobs; how many there were.

    Their runs end as failed. Whether their calls were billed nobody knows: what was set aside for them counts as spent,
    and as repeated. A row whose process ends again and again is given up: it may be what ends it.
    """
    names = [row[0] for row in database.execute("select distinct process from job_items where status = 'running'")]
    names += [row[0] for row in database.execute("select process from engine_slots")]
    names += [row[0] for row in database.execute("select process from jobs where status = 'preparing'")]
    gone = [name for name in set(names) if name is None or not is_alive(database, name)]
    if not gone:
        return 0
    returned = 0
    with writing(database):
        for process in gone:
            returned += _return_rows(database, process)
            leave(database, process)
            for table, column in (("job_items", "job_id"), ("jobs", "id")):
                database.execute(
                    f"delete from {table} where {column} in"
                    " (select id from jobs where status = 'preparing' and process is ?)",
                    [process],
                )
    return returned


def _return_rows(database: Database, process: str | None) -> int:
    rows = list(
        database.query(
            "select i.job_id, i.position, i.run_id, i.interruptions, j.status as job_status, r.cost from job_items i"
            " join jobs j on j.id = i.job_id left join runs r on r.id = i.run_id"
            " where i.status = 'running' and i.process is ?",
            [process],
        )
    )
    error = json.dumps({"message": INTERRUPTED, "values": {}})
    for row in rows:
        times = row["interruptions"] + 1
        given_up = times >= MOST_INTERRUPTIONS
        status = "cancelled" if row["job_status"] == "cancelled" else "failed" if given_up else "waiting"
        why = json.dumps({"message": ENDS_THE_PROCESS, "values": {"times": times}}) if status == "failed" else None
        database.execute(
            "update job_items set status = ?, interruptions = ?, process = null, error = ?, finished_at = ?"
            " where job_id = ? and position = ?",
            [status, times, why, now() if status == "failed" else None, row["job_id"], row["position"]],
        )
        database.execute(
            "update runs set status = 'failed', error = ?, finished_at = ? where id = ? and status = 'running'",
            [error, now(), row["run_id"]],
        )
        cost = row["cost"] or 0.0
        database.execute(
            "update jobs set cost = cost + ?, repeated = repeated + ? where id = ?", [cost, cost, row["job_id"]]
        )
    for job in {row["job_id"] for row in rows}:
        settle_end(database, job)
    return len(rows)


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
