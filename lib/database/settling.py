"""The ends of bulk rows, each in one transaction: run, checks and row; and rows of processes that have ended.

An end counts while the row is still the one that was taken: who comes too late with a result finds that the row's run
is another one, and the result is left.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from lib.database import chain
from lib.database.claims import Claim, pause_for
from lib.database.connection import new_id, now, writing
from lib.database.engine_slots import hold, leave
from lib.database.jobs import settle_end
from lib.database.processes import is_alive
from lib.i18n import N_
from lib.verdicts import CheckResult

MOST_FAULTS = 4  # of the engine in one row
MOST_INTERRUPTIONS = 8  # of one row: it may be the row that ends the process
FIRST_WAIT, LONGEST_WAIT = 1.0, 120.0  # seconds between two tries of a row

INTERRUPTED = N_("The app was stopped or crashed while this row was being done. The row is done again.")
ENDS_THE_PROCESS = N_(
    "The app ended {times} times while this row was being done. Look at the row's texts, then retry it alone."
)


@dataclass(frozen=True)
class RowOutcome:
    """How a row ended; picklable. ``output`` is JSON, ``error`` {'message', 'values'}.

    ``status``: 'done', 'failed' (``retry`` says whether another try makes sense), 'returned'. A row is returned when it
    was not its fault: it was not begun, its process or machine ended, or its job was stopped; with an error it had been
    begun. ``halts`` says that no other row of the job can succeed either, until somebody changes something.
    """

    status: str  # 'done', 'failed', 'returned'
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


def settle(database: Database, ends: Sequence[tuple[Claim, RowOutcome]], wait: Callable[[int], float]) -> int:
    """Write how rows ended: run, checks and row in one transaction. How many counted.

    An end counts while the row is still the one that was taken: a row that was given to somebody else meanwhile is
    left to them. ``wait(faults)`` gives the seconds before a row's next try.
    """
    counted = 0
    ended: list[tuple[str, str]] = []  # records
    with writing(database):
        for claim, end in ends:
            counted += _settle_one(database, claim, end, wait, ended)
        chain.append_many(database, ended)
        for job in {claim.job for claim, _end in ends}:
            settle_end(database, job)
    return counted


def _settle_one(
    database: Database,
    claim: Claim,
    end: RowOutcome,
    wait: Callable[[int], float],
    ended: list[tuple[str, str]],
) -> int:
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
        ended += _write_run(database, claim, end)
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


def _next_state(end: RowOutcome, faults: int, wait: Callable[[int], float]) -> dict[str, Any]:
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


def _write_run(database: Database, claim: Claim, end: RowOutcome) -> list[tuple[str, str]]:
    """Write the end of a row's run with its checks; these records (kind, id)."""
    returned = end.status == "returned"
    status = "cancelled" if returned else end.status
    error = None if end.error is None else json.dumps(end.error, ensure_ascii=False, default=str)
    written = now()
    database.execute(
        "update runs set status = ?, output = ?, error = ?, finished_at = ?, seconds = ?, input_tokens = ?,"
        " output_tokens = ?, cost = case when ? then cost else ? end, currency = coalesce(?, currency), model = ?"
        " where id = ?",
        [status, end.output, error, written, end.seconds, end.input_tokens, end.output_tokens, returned, end.cost,
         end.currency, end.model or None, claim.run],
    )  # fmt: skip
    if end.cost and not returned:
        database.execute("update jobs set cost = cost + ? where id = ?", [end.cost, claim.job])
    checks = [(new_id(), check) for check in end.checks]
    database.conn.executemany(
        "insert into check_results (id, workspace_id, run_id, check_name, verdict, findings, created_at)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        [
            (identifier, claim.actor.workspace, claim.run, check.check, check.verdict.value,
             json.dumps([asdict(finding) for finding in check.findings], ensure_ascii=False, default=str), written)
            for identifier, check in checks
        ],
    )  # fmt: skip
    return [("runs", claim.run), *(("check_results", identifier) for identifier, _check in checks)]


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
        ended = database.execute(
            "update runs set status = 'failed', error = ?, finished_at = ? where id = ? and status = 'running'",
            [error, now(), row["run_id"]],
        )
        if ended.rowcount == 1:
            chain.append(database, "runs", row["run_id"])
        cost = row["cost"] or 0.0
        database.execute(
            "update jobs set cost = cost + ?, repeated = repeated + ? where id = ?", [cost, cost, row["job_id"]]
        )
    for job in {row["job_id"] for row in rows}:
        settle_end(database, job)
    return len(rows)
