"""A new job of many rows, written down before anything begins."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import new_id, now, writing
from lib.database.jobs import settle_end
from lib.database.processes import this_process
from lib.errors import InputError, NotFound
from lib.i18n import N_

CHUNK = 1_000  # rows of one transaction while a job is written down
LARGEST_ROW = 1_000_000  # characters of one row's inputs
LARGEST_JOB = 1_000_000  # rows; more are several jobs

EMPTY = N_("There is nothing to do: the table has no rows. Choose another one, or add rows to it.")
TOO_MANY = N_(
    "This job would have more than {limit} rows, which is more than one job holds. Split the table and start one job "
    "for each part."
)
ROW_TOO_LARGE = N_(
    "This row holds {size} million characters, and a row may hold {limit} million. Shorten its longest text, then "
    "start a job for it."
)


@dataclass(frozen=True)
class NewItem:
    """One row of a new job. ``error`` ({'message', 'values'}) refuses it at once; the other rows go on."""

    label: str
    language: str
    inputs: dict[str, Any]
    error: dict[str, Any] | None = None


def create_rows_job(
    database: Database,
    actor: Actor,
    *,
    use_case: str,
    task: str,
    name: str = "",
    version: str = "",
    title: str,
    title_values: dict[str, Any],
    engine: str,
    prompt_hash: str | None,
    seed: int,
    items: Iterable[NewItem],
    budget: float | None = None,
    currency: str | None = None,
    row_estimate: float | None = None,
    data_set: str | None = None,
    cohort: str | None = None,
) -> str:
    """Write down a job that does one task (its dotted name) for each of ``items``, and return its id.

    ``name`` is the task's own, under which its other runs are recorded, ``version`` its drafter's.

    The rows are written in several transactions, so that nobody else waits for all of them; the worker sees the job
    when the last row is there. ``row_estimate`` is the most that one row costs; ``budget`` stops the job before the
    row that it does not cover.

    Raises:
        NotAllowed: the actor may not run.
        InputError: there are no rows, or more than a job holds. Nothing is kept then.
        StorageError: the disk or the database refused.
    """
    require(actor, Right.RUN)
    values = {
        "use_case": use_case,
        "what": task,
        "title": title,
        "title_values": _dump(title_values),
        "arguments": _dump({"task": name or task, "version": version}),
        "engine": engine,
        "prompt_hash": prompt_hash,
        "seed": seed,
        "budget": budget,
        "currency": currency,
        "row_estimate": row_estimate,
        "data_set_id": data_set,
        "cohort": cohort,
    }
    identifier = _insert(database, actor, "rows", "preparing", values)
    _fill(database, identifier, items)
    return identifier


def _fill(database: Database, identifier: str, items: Iterable[NewItem]) -> None:
    """Write a job's rows and let it wait for the worker; where one can't be written, the job is gone again."""
    try:
        total = _write_items(database, identifier, items)
        if not total:
            raise InputError(EMPTY)
    except BaseException:
        with writing(database):
            database.execute("delete from job_items where job_id = ?", [identifier])
            database.execute("delete from jobs where id = ?", [identifier])
        raise
    with writing(database):
        database.execute(
            "update jobs set status = 'waiting', total = ?, process = null where id = ?", [total, identifier]
        )
        settle_end(database, identifier)


def _insert(database: Database, actor: Actor, kind: str, status: str, values: dict[str, Any]) -> str:
    identifier = new_id()
    process = this_process(database) if status == "preparing" else None
    with writing(database):
        if values.get("data_set_id"):
            _require_data_set(database, actor, values["data_set_id"])
        database.table("jobs").insert(
            {
                "id": identifier,
                "workspace_id": actor.workspace,
                "person_id": actor.person,
                "kind": kind,
                "status": status,
                "total": 0,
                "process": process,
                "created_at": now(),
                **values,
            }
        )
    return identifier


def _write_items(database: Database, job: str, items: Iterable[NewItem]) -> int:
    waiting, total = iter(items), 0
    while chunk := list(islice(waiting, CHUNK)):
        rows = [_row(job, total + place, item) for place, item in enumerate(chunk)]
        total += len(rows)
        if total > LARGEST_JOB:
            raise InputError(TOO_MANY, limit=LARGEST_JOB)
        with writing(database):
            database.conn.executemany(
                "insert into job_items (job_id, position, label, language, inputs, status, error, finished_at)"
                " values (?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
    return total


def _row(job: str, position: int, item: NewItem) -> tuple[Any, ...]:
    inputs, error = _dump(item.inputs), item.error
    if error is None and len(inputs) > LARGEST_ROW:
        values = {"size": round(len(inputs) / 1e6, 1), "limit": LARGEST_ROW // 1_000_000}
        error = {"message": ROW_TOO_LARGE, "values": values}
    if error is not None:
        return job, position, item.label, item.language, "{}", "failed", _dump(error), now()
    return job, position, item.label, item.language, inputs, "waiting", None, None


def _require_data_set(database: Database, actor: Actor, data_set: str) -> None:
    values = {"id": data_set, **scope(actor)}
    if database.execute(f"select 1 from data_sets where id = :id and {visible()}", values).fetchone() is None:
        raise NotFound(
            N_("There is no such data set in this workspace. Choose one from the list, or upload the file again.")
        )


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=str)
