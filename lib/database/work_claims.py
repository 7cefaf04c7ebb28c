"""The worker's side of jobs of one heavy function each: taken, reported on, finished, given back.

It acts for the job's person and asks no Actor. ``jobs.process`` is who holds a job: the worker that has taken it, then
the child that does it. It stays set while the job is paused in a living process. ``jobs.deaths`` counts how often its
process died over it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require
from lib.database import artefacts, chain
from lib.database.connection import new_id, now, writing
from lib.database.people import actor_for
from lib.database.processes import is_alive
from lib.database.runs import insert_check
from lib.database.work_jobs import GOING_ON
from lib.i18n import N_
from lib.verdicts import CheckResult

MOST_DEATHS = 3
ACTIVE = ("waiting", "running", "paused")
LOST = "lost"  # said of a job that another process holds by now
BEGUN_AGAIN = N_("Its process ended before the work was done. It was begun again.")
DIED = N_(
    "Its process ended {n} times before the work was done; most often that is too little memory. Close other programs "
    "or choose a smaller file, then start it again."
)


@dataclass(frozen=True)
class WorkJob:
    """What the process that does a job needs to know of it."""

    id: str
    use_case: str
    function: str
    arguments: dict[str, Any]
    seed: int
    language: str | None
    data_set: str | None
    person: str
    workspace: str


@dataclass(frozen=True)
class WorkRecord:
    """The run that a job came to. ``kind`` is one of ``lib.database.runs.KINDS``; ``checks`` is what checks found."""

    kind: str
    method: str
    method_version: str
    inputs: dict[str, Any]
    output: dict[str, Any]
    seconds: float
    started_at: str
    checks: tuple[CheckResult, ...] = ()


def take_work(database: Database, process: str) -> str | None:
    """Take the next waiting job for ``process``; its id, or None. People with less work under way come first.

    A job that was resumed while a living process still holds it is left to that process.
    """
    with writing(database):
        waiting = database.execute(
            "select id, process from jobs j where kind = 'work' and status = 'waiting' order by"
            " (select count(*) from jobs o where o.person_id = j.person_id and o.kind = 'work'"
            " and o.status = 'running'), created_at, id"
        ).fetchall()
        for identifier, holder in waiting:
            if holder is None or not is_alive(database, holder):
                database.execute(
                    "update jobs set status = 'running', process = ?, started_at = coalesce(started_at, ?)"
                    " where id = ?",
                    [process, now(), identifier],
                )
                return str(identifier)
    return None


def take_over(database: Database, job_id: str, process: str, holder: str | None = None) -> WorkJob | None:
    """Let ``process`` do the job that ``holder`` has taken, or that nobody holds; None where there is nothing to do."""
    with writing(database):
        row = database.execute(f"select process from jobs where id = ? and {GOING_ON}", [job_id]).fetchone()
        if row is None or (row[0] is not None and row[0] != holder and is_alive(database, row[0])):
            return None
        database.execute(
            "update jobs set process = ?, started_at = coalesce(started_at, ?),"
            " status = case status when 'waiting' then 'running' else status end where id = ?",
            [process, now(), job_id],
        )
        found = next(database.query("select * from jobs where id = ?", [job_id]))
    return WorkJob(
        id=found["id"],
        use_case=found["use_case"],
        function=found["what"],
        arguments=json.loads(found["arguments"]),
        seed=found["seed"],
        language=found["language"],
        data_set=found["data_set_id"],
        person=found["person_id"],
        workspace=found["workspace_id"],
    )


def look(database: Database, job_id: str, process: str) -> str:
    """What is wanted of the process that does a job: its status, or ``LOST``. One that was resumed goes on."""
    row = database.execute("select status, process from jobs where id = ?", [job_id]).fetchone()
    if row is None or (row[1] != process and row[0] in ACTIVE):
        return LOST
    if row[0] == "waiting":
        database.execute(
            "update jobs set status = 'running' where id = ? and process = ? and status = 'waiting'", [job_id, process]
        )
        return "running"
    return str(row[0])


def report(database: Database, job_id: str, process: str, share: float, said: dict[str, Any] | None) -> str:
    """Write how far it is (``share`` from 0 to 1; ``said``: {'message', 'values'}) and ``look``."""
    database.execute(
        f"update jobs set share = ?, said = ? where id = ? and process = ? and {GOING_ON}",
        [share, None if said is None else _dump(said), job_id, process],
    )
    return look(database, job_id, process)


def finish_work(
    database: Database,
    work: WorkJob,
    actor: Actor,
    process: str,
    record: WorkRecord,
    files: Sequence[tuple[str, bytes, str]] = (),
) -> bool:
    """Record the run with its files (name, content, media type) and end the job, all or nothing.

    False, and nothing is recorded, where the job was cancelled or another process holds it.

    Raises:
        NotFound: the job's person has left the workspace since it began.
        NotAllowed: they may no longer run anything there.
        StorageError: the disk refused.
    """
    require(actor, Right.RUN)
    digests = [hashlib.sha256(content).hexdigest() for _name, content, _type in files]
    for digest, (_name, content, _type) in zip(digests, files, strict=True):
        artefacts.write_once(artefacts.path_of(digest), content)
    with writing(database):
        if look(database, work.id, process) not in ACTIVE:
            return False
        require(actor_for(database, actor.person, actor.workspace), Right.RUN)
        run = new_id()
        database.table("runs").insert({"id": run, **_run(work, record)})
        for digest, (name, content, media_type) in zip(digests, files, strict=True):
            artefacts.insert(database, actor, name, digest, len(content), media_type, run)
        for check in record.checks:
            insert_check(database, actor, run, check)
        chain.append(database, "runs", run)
        database.execute(
            "update jobs set status = 'done', run_id = ?, share = 1, said = null, reason = null, process = null,"
            " finished_at = ? where id = ?",
            [run, now(), work.id],
        )
    return True


def _run(work: WorkJob, record: WorkRecord) -> dict[str, Any]:
    return {
        "workspace_id": work.workspace,
        "person_id": work.person,
        "use_case": work.use_case,
        "kind": record.kind,
        "method": record.method,
        "method_version": record.method_version,
        "data_set_id": work.data_set,
        "language": work.language,
        "seed": work.seed,
        "inputs": _dump(record.inputs),
        "output": _dump(record.output),
        "status": "done",
        "started_at": record.started_at,
        "finished_at": now(),
        "seconds": record.seconds,
        "job_id": work.id,
    }


def end_work(database: Database, job_id: str, process: str, status: str, reason: dict[str, Any] | None) -> None:
    """End a job without a result ('failed', 'cancelled'), or set it aside ('paused') until somebody lets it go on."""
    ended = None if status == "paused" else now()
    with writing(database):
        database.execute(
            f"update jobs set status = ?, reason = ?, said = null, process = null, finished_at = ?"
            f" where id = ? and process = ? and {GOING_ON}",
            [status, None if reason is None else _dump(reason), ended, job_id, process],
        )


def give_back(database: Database, job_id: str, holder: str | None = None, died: bool = False) -> None:
    """A job's process has ended: it waits again, or has failed where its process ``died`` over it too often.

    Nothing happens to a job that a living process other than ``holder`` has.
    """
    with writing(database):
        row = database.execute("select status, process, deaths from jobs where id = ?", [job_id]).fetchone()
        if row is None or row[1] is None or (row[1] != holder and is_alive(database, row[1])):
            return
        status, deaths = row[0], row[2] + died
        change: dict[str, Any] = {"process": None}
        if status in ACTIVE:
            change |= {
                "said": None,
                "share": 0.0,
                "status": "paused" if status == "paused" else "waiting",
                "deaths": deaths,
            }
            if died:
                change["reason"] = _dump({"message": BEGUN_AGAIN, "values": {}})
            if deaths >= MOST_DEATHS:
                reason = {"message": DIED, "values": {"n": deaths}, "error": "ProcessEnded"}
                change |= {"status": "failed", "reason": _dump(reason), "finished_at": now()}
        database.table("jobs").update(job_id, change)


def return_abandoned_work(database: Database) -> int:
    """Let the jobs wait again whose process has ended without the worker seeing it; how many there were.

    That was a restart or a kill of the whole: it is not held against the job.
    """
    rows = database.execute(f"select id, process from jobs where {GOING_ON} and process is not null").fetchall()
    left = [identifier for identifier, process in rows if not is_alive(database, process)]
    for identifier in left:
        give_back(database, identifier)
    return len(left)


def state_of(database: Database, job_id: str) -> tuple[str, str | None]:
    """A job's status, and when it ended."""
    row = database.execute("select status, finished_at from jobs where id = ?", [job_id]).fetchone()
    return (row[0], row[1]) if row else (LOST, None)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=str)
