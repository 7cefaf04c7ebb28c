"""Bulk jobs as people see and steer them. What the worker does with them is in ``claims`` and ``work_claims``."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import now, writing
from lib.errors import InputError, NotFound
from lib.i18n import N_

ENDED = ("done", "cancelled", "failed")

NO_AMOUNT = N_("A job's budget is an amount above zero. Correct it, then resume the job.")
NO_JOB = N_("There is no such job in this workspace. Choose one from the list of jobs.")


@dataclass(frozen=True)
class Job:
    """One job. ``cost`` is what its rows cost; ``repeated`` is the part for rows that a stop interrupted.

    What an interrupted row cost is not known: the upper estimate that was set aside for it is counted.
    """

    id: str
    kind: str
    use_case: str
    what: str
    title: str
    title_values: dict[str, Any]
    arguments: dict[str, Any]
    engine: str
    language: str | None
    seed: int
    status: str
    reason: dict[str, Any] | None
    total: int
    budget: float | None
    currency: str | None
    row_estimate: float | None
    cost: float
    repeated: float
    share: float
    said: dict[str, Any] | None
    person: str
    person_name: str
    run: str | None
    data_set: str | None
    created_at: str
    started_at: str | None
    finished_at: str | None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def ended(self) -> bool:
        return self.status in ENDED


@dataclass(frozen=True)
class Item:
    """One row of a job in one language, with its run's output once it is done."""

    position: int
    label: str
    language: str
    status: str
    attempts: int
    faults: int
    interruptions: int
    error: dict[str, Any] | None
    run: str | None
    seconds: float | None
    finished_at: str | None
    inputs: dict[str, Any]
    output: dict[str, Any] | None
    cost: float | None
    model: str | None = None
    to_fix: int = 0  # checks of its text that found something to fix, or to look at
    to_check: int = 0


def jobs(
    database: Database,
    actor: Actor,
    limit: int = 50,
    use_case: str | None = None,
    kind: str | None = None,
    status: str | None = None,
) -> list[Job]:
    """The jobs that the actor sees, newest first."""
    require(actor, Right.READ)
    wanted = {"use_case": use_case, "kind": kind, "status": status}
    conditions = [visible("j"), "j.status <> 'preparing'"]
    conditions += [f"j.{column} = :{column}" for column, value in wanted.items() if value is not None]
    return _jobs(database, " and ".join(conditions), {**wanted, **scope(actor), "limit": limit})


def job(database: Database, actor: Actor, job_id: str) -> Job:
    """One job.

    Raises:
        NotFound: no such job among those that the actor sees.
    """
    require(actor, Right.READ)
    found = _jobs(database, f"j.id = :id and {visible('j')}", {"id": job_id, **scope(actor), "limit": 1})
    if not found:
        raise NotFound(NO_JOB)
    return found[0]


def _jobs(database: Database, where: str, values: dict[str, Any]) -> list[Job]:
    rows = list(
        database.query(
            "select j.*, p.name as person_name from jobs j join people p on p.id = j.person_id"
            f" where {where} order by j.created_at desc, j.id desc limit :limit",
            values,
        )
    )
    return [_read(row, _counts(database, row["id"])) for row in rows]


def _counts(database: Database, job_id: str) -> dict[str, int]:
    rows = database.execute("select status, count(*) from job_items where job_id = ? group by status", [job_id])
    return dict(rows.fetchall())


def pause(database: Database, actor: Actor, job_id: str) -> None:
    """Begin no more rows. Those that are under way end. A job that does not go on is left as it is."""
    _change(database, actor, job_id, "status = 'paused', reason = null", ("waiting", "running"))


def resume(
    database: Database, actor: Actor, job_id: str, prompt_hash: str | None = None, budget: float | None = None
) -> None:
    """Go on. ``prompt_hash`` replaces the prompt that the job began with where that is no longer there.

    ``budget`` replaces the job's, for instance where it is spent.

    Raises:
        InputError: the budget is no amount above zero.
    """
    if budget is not None and not (math.isfinite(budget) and budget > 0):
        raise InputError(NO_AMOUNT)
    with writing(database):
        _change_in(
            database,
            actor,
            job_id,
            "status = case when kind = 'rows' and started_at is not null then 'running' else 'waiting' end,"
            " reason = null, prompt_hash = coalesce(:prompt, prompt_hash), budget = coalesce(:budget, budget)",
            ("paused",),
            prompt=prompt_hash,
            budget=budget,
        )
        settle_end(database, job_id)


def cancel(database: Database, actor: Actor, job_id: str) -> None:
    """End it for good. What is done is kept; rows under way are hung up on by the worker within two seconds."""
    with writing(database):
        if _change_in(
            database,
            actor,
            job_id,
            "status = 'cancelled', finished_at = :now",
            ("waiting", "running", "paused"),
            now=now(),
        ):
            database.execute(
                "update job_items set status = 'cancelled' where job_id = ? and status = 'waiting'", [job_id]
            )


def retry_failed(database: Database, actor: Actor, job_id: str) -> int:
    """Let the failed rows begin anew, and the job go on; how many there were.

    A row that was refused before it began is left: it would be refused again.
    """
    require(actor, Right.RUN)
    with writing(database):
        _require(database, actor, "jobs", job_id, NO_JOB)
        changed = database.execute(
            "update job_items set status = 'waiting', faults = 0, interruptions = 0, not_before = 0, error = null,"
            " finished_at = null where job_id = ? and status = 'failed' and attempts > 0"
            " and (select status from jobs where id = job_id) <> 'cancelled'",
            [job_id],
        ).rowcount
        if changed:
            database.execute(
                "update jobs set status = 'running', finished_at = null where id = ? and status = 'done'", [job_id]
            )
    return int(changed)


def _change(database: Database, actor: Actor, job_id: str, change: str, states: tuple[str, ...]) -> None:
    with writing(database):
        _change_in(database, actor, job_id, change, states)


def _change_in(
    database: Database, actor: Actor, job_id: str, change: str, states: tuple[str, ...], **values: Any
) -> bool:
    require(actor, Right.RUN)
    _require(database, actor, "jobs", job_id, NO_JOB)
    allowed = ", ".join(f"'{state}'" for state in states)
    done = database.execute(
        f"update jobs set {change} where id = :id and status in ({allowed})", {"id": job_id, **values}
    )
    return bool(done.rowcount)


def settle_end(database: Database, job_id: str) -> None:
    """Mark a job of rows as done when nothing of it waits or is under way. Part of the caller's transaction."""
    database.execute(
        "update jobs set status = 'done', finished_at = ?, reason = null where id = ? and kind = 'rows' and status in"
        " ('waiting', 'running', 'paused') and not exists"
        " (select 1 from job_items where job_id = jobs.id and status in ('waiting', 'running'))",
        [now(), job_id],
    )


ITEM = (
    "select i.position, i.label, i.language, i.status, i.attempts, i.faults, i.interruptions, i.error, i.run_id as run,"
    " i.seconds, i.finished_at, i.inputs, r.output, r.cost, r.model,"
    " (select count(*) from check_results c where c.run_id = i.run_id and c.verdict = 'fail') as to_fix,"
    " (select count(*) from check_results c where c.run_id = i.run_id and c.verdict = 'warn') as to_check"
    " from job_items i"
    " left join runs r on r.id = i.run_id"
)


def items(
    database: Database, actor: Actor, job_id: str, status: str | None = None, limit: int = 20, offset: int = 0
) -> list[Item]:
    """Some rows of a job, the last finished ones first where ``status`` is 'done', else by their place.

    Raises:
        NotFound: no such job among those that the actor sees.
    """
    job(database, actor, job_id)
    order = "i.finished_at desc, i.position" if status == "done" else "i.position"
    rows = database.query(
        f"{ITEM} where i.job_id = :job and (:status is null or i.status = :status) order by {order}"
        " limit :limit offset :offset",
        {"job": job_id, "status": status, "limit": limit, "offset": offset},
    )
    return [_item(row) for row in rows]


def each_item(database: Database, actor: Actor, job_id: str) -> Iterator[Item]:
    """All rows of a job in their order, a few at a time."""
    job(database, actor, job_id)
    for row in database.query(f"{ITEM} where i.job_id = ? order by i.position", [job_id]):
        yield _item(row)


def rows_to_fix(database: Database, actor: Actor, job_id: str) -> int:
    """How many finished rows have a text in which a check found something to fix."""
    job(database, actor, job_id)
    found = database.execute(
        "select count(*) from job_items i where i.job_id = ? and i.status = 'done' and exists"
        " (select 1 from check_results c where c.run_id = i.run_id and c.verdict = 'fail')",
        [job_id],
    ).fetchone()
    return int(found[0])


def finish_times(database: Database, actor: Actor, job_id: str, limit: int = 400) -> list[float]:
    """When the last rows were finished, in seconds since 1970, oldest first. Rows refused at once do not count."""
    job(database, actor, job_id)
    rows = database.execute(
        "select finished_at from job_items where job_id = ? and finished_at is not null and attempts > 0"
        " order by finished_at desc limit ?",
        [job_id, limit],
    ).fetchall()
    return [datetime.fromisoformat(row[0]).timestamp() for row in reversed(rows)]


def _require(database: Database, actor: Actor, table: str, identifier: str, message: str = NO_JOB) -> None:
    found = database.execute(
        f"select 1 from {table} where id = :id and {visible()}", {"id": identifier, **scope(actor)}
    ).fetchone()
    if found is None:
        raise NotFound(message)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=str)


def _load(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _read(row: dict[str, Any], counts: dict[str, int]) -> Job:
    kept = {name: row[name] for name in Job.__dataclass_fields__ if name in row}
    return Job(
        **{
            **kept,
            "title_values": _load(row["title_values"]),
            "arguments": _load(row["arguments"]),
            "reason": _load(row["reason"]),
            "said": _load(row["said"]),
            "person": row["person_id"],
            "run": row["run_id"],
            "data_set": row["data_set_id"],
            "counts": counts,
        }
    )


def _item(row: dict[str, Any]) -> Item:
    loaded = {name: _load(row[name]) for name in ("error", "inputs", "output")}
    return Item(**{**row, **loaded, "output": loaded["output"] if row["status"] == "done" else None})
