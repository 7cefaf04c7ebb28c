"""Runs: one row per recorded execution, written before it starts and completed in one transaction with its checks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database import chain
from lib.database.connection import new_id, now, writing
from lib.database.processes import this_process
from lib.errors import NotFound, StorageError
from lib.i18n import N_
from lib.verdicts import CheckResult

KINDS = ("generation", "analysis", "simulation", "rendering", "comparison")
JSON_COLUMNS = ("inputs", "output", "error")
ERASED = N_("This run was erased. The evidence log says when, and what is left of it.")
CHANGED_BY_HAND = N_(
    "The record of this run was changed outside the app and can’t be read any more. The page Evidence log says which "
    "record it is and since when; restore the database from a backup to have it back."
)


@dataclass(frozen=True)
class Past:
    """What a finished run took; ``output_tokens`` is None where nobody counted them."""

    seconds: float
    output_tokens: int | None


def start_run(
    database: Database,
    actor: Actor,
    *,
    use_case: str,
    kind: str,
    method: str,
    method_version: str,
    inputs: dict[str, Any],
    task: str | None = None,
    data_set: str | None = None,
    parent: str | None = None,
    language: str | None = None,
    seed: int | None = None,
    engine: str | None = None,
    model: str | None = None,
    prompt_hash: str | None = None,
    cohort: str | None = None,
) -> str:
    """Write the intent and return the run's id. Its status is 'running' until ``finish_run`` or ``pause_run``.

    Raises:
        NotAllowed: the actor may not run.
        NotFound: the parent run or the data set isn't in the actor's workspace.
    """
    require(actor, Right.RUN)
    if kind not in KINDS:
        raise ValueError(f"unknown kind of run: {kind}")
    values = {
        "use_case": use_case,
        "kind": kind,
        "method": method,
        "method_version": method_version,
        "task": task,
        "data_set_id": data_set,
        "parent_id": parent,
        "language": language,
        "seed": seed,
        "inputs": _dump(inputs),
        "engine": engine,
        "model": model,
        "prompt_hash": prompt_hash,
        "cohort": cohort,
    }
    return _write_start(database, actor, values)


def _write_start(database: Database, actor: Actor, values: dict[str, Any]) -> str:
    """The row of a run that begins now; its id."""
    identifier = new_id()
    with writing(database):
        for table, foreign in (("runs", values["parent_id"]), ("data_sets", values["data_set_id"])):
            if foreign is not None:
                _require_in_workspace(database, actor, table, foreign)
        whose = {"id": identifier, "workspace_id": actor.workspace, "person_id": actor.person}
        begun = {"status": "running", "started_at": now(), "process": this_process(database)}
        database.table("runs").insert({**whose, **values, **begun})
    return identifier


def finish_run(
    database: Database,
    actor: Actor,
    run_id: str,
    *,
    output: dict[str, Any] | None,
    status: str,
    seconds: float,
    error: dict[str, Any] | None = None,
    first_token_seconds: float | None = None,
    input_tokens: int | None = None,
    output_tokens: int | None = None,
    cost: float | None = None,
    currency: str | None = None,
    model: str | None = None,
    checks: Sequence[CheckResult] = (),
) -> None:
    """Complete a run and store its checks' results, both or neither.

    ``status`` is 'done', 'failed', 'cancelled' or 'cut'. ``error`` is {'message': id, 'values': {...}}.

    Raises:
        NotFound: no such run of this actor's workspace.
    """
    require(actor, Right.RUN)
    changes = {
        "output": None if output is None else _dump(output),
        "status": status,
        "error": None if error is None else _dump(error),
        "finished_at": now(),
        "seconds": seconds,
        "first_token_seconds": first_token_seconds,
        "input_tokens": input_tokens,
        "output_tokens": output_tokens,
        "cost": cost,
        "currency": currency,
    }
    if model is not None:
        changes["model"] = model
    with writing(database):
        _require_in_workspace(database, actor, "runs", run_id)
        _require_not_erased(database, run_id)
        database.table("runs").update(run_id, changes)
        chain.append(database, "runs", run_id)
        for check in checks:
            insert_check(database, actor, run_id, check)


def pause_run(
    database: Database,
    actor: Actor,
    run_id: str,
    *,
    input_tokens: int,
    output_tokens: int,
    cost: float | None,
    currency: str | None,
) -> None:
    """Set a run aside until a person has answered: its status is then 'waiting'. What it cost so far is kept."""
    require(actor, Right.RUN)
    changes = {"input_tokens": input_tokens, "output_tokens": output_tokens, "cost": cost, "currency": currency}
    with writing(database):
        _require_in_workspace(database, actor, "runs", run_id)
        database.table("runs").update(run_id, {**changes, "status": "waiting", "process": None})


def take_up_run(database: Database, actor: Actor, run_id: str) -> bool:
    """Let a waiting run go on in this process; False where it is not waiting (any more): somebody was faster.

    Raises:
        NotFound: no such run in the actor's workspace.
    """
    require(actor, Right.RUN)
    process = this_process(database)
    _require_in_workspace(database, actor, "runs", run_id)
    changed = database.execute(
        f"update runs set status = 'running', process = :process where id = :id and status = 'waiting' and {visible()}",
        {"process": process, "id": run_id, **scope(actor)},
    )
    return bool(changed.rowcount == 1)


def add_check(database: Database, actor: Actor, run_id: str, check: CheckResult) -> None:
    """Add one more check's result to a run, for instance after a person edited its output."""
    require(actor, Right.RUN)
    with writing(database):
        insert_check(database, actor, run_id, check)


def insert_check(database: Database, actor: Actor, run_id: str, check: CheckResult) -> None:
    """Write one check's result of a run, within a transaction that the caller holds."""
    require(actor, Right.RUN)
    _require_in_workspace(database, actor, "runs", run_id)
    identifier = new_id()
    database.table("check_results").insert(
        {
            "id": identifier,
            "workspace_id": actor.workspace,
            "run_id": run_id,
            "check_name": check.check,
            "verdict": check.verdict.value,
            "findings": _dump([asdict(finding) for finding in check.findings]),
            "created_at": now(),
        }
    )
    chain.append(database, "check_results", identifier)


def require_run(database: Database, actor: Actor, run_id: str) -> None:
    """Pass silently where the run is one that the actor may see: nothing may hang on another house's run.

    Raises:
        NotFound: no such run in the actor's workspace.
    """
    require(actor, Right.READ)
    _require_in_workspace(database, actor, "runs", run_id)


def get_run(database: Database, actor: Actor, run_id: str, erased: bool = False) -> dict[str, Any]:
    """One run with its JSON read; with ``erased`` also what is left of one that was erased.

    Raises:
        NotFound: no such run in the actor's workspace, or it was erased.
        StorageError: its record was changed by hand so that it can't be read.
    """
    require(actor, Right.READ)
    rows = list(database.query(f"select * from runs where id = :id and {visible()}", {"id": run_id, **scope(actor)}))
    if not rows:
        raise NotFound(N_("There is no such run in this workspace. Choose one from the list of runs."))
    if rows[0]["erased_at"] is not None and not erased:
        raise NotFound(ERASED)
    if _damaged(rows[0]):
        raise StorageError(CHANGED_BY_HAND)
    return _read(rows[0])


def recent(
    database: Database,
    actor: Actor,
    limit: int = 20,
    use_case: str | None = None,
    kind: str | None = None,
    task: str | None = None,
    mine: bool = False,
    status: str | None = None,
) -> list[dict[str, Any]]:
    """The workspace's last runs, newest first, with the person's name; ``mine`` leaves out what others ran.

    The texts of a comparison and the rows of a job stand behind these and are not listed one by one.
    """
    require(actor, Right.READ)
    wanted = {"use_case": use_case, "kind": kind, "task": task, "status": status}
    conditions = [visible("r"), "not exists (select 1 from runs c where c.id = r.parent_id and c.kind = 'comparison')"]
    conditions += ["(r.job_id is null or r.kind <> 'generation')", "r.erased_at is null"]
    conditions += [f"r.{column} = :{column}" for column, value in wanted.items() if value is not None]
    conditions += ["r.person_id = :person"] if mine else []
    rows = database.query(
        "select r.*, p.name as person_name from runs r join people p on p.id = r.person_id where "
        + " and ".join(conditions)
        + " order by r.rowid desc limit :limit",
        {**wanted, **scope(actor), "limit": limit},
    )
    return [_read(row) for row in rows if not _damaged(row)]


def past_runs(database: Database, actor: Actor, task: str, engine: str, limit: int = 200) -> list[Past]:
    """What the workspace's last finished runs of a task on an engine took, those within comparisons too."""
    require(actor, Right.READ)
    rows = database.query(
        "select seconds, output_tokens from runs where task = :task and engine = :engine and status = 'done'"
        f" and seconds is not null and {visible()} order by rowid desc limit :limit",
        {"task": task, "engine": engine, "limit": limit, **scope(actor)},
    )
    return [Past(row["seconds"], row["output_tokens"]) for row in rows]


def children(database: Database, actor: Actor, run_id: str) -> list[dict[str, Any]]:
    """The runs that refine ``run_id``, oldest first."""
    require(actor, Right.READ)
    rows = database.query(
        f"select * from runs where parent_id = :id and erased_at is null and {visible()} order by rowid",
        {"id": run_id, **scope(actor)},
    )
    return [_read(row) for row in rows if not _damaged(row)]


def checks_of(database: Database, actor: Actor, run_id: str) -> list[dict[str, Any]]:
    """The results of a run's checks: check_name, verdict, findings (list of dicts), created_at."""
    get_run(database, actor, run_id, erased=True)
    rows = database.query(
        "select * from check_results where run_id = ? and workspace_id = ? order by created_at, rowid",
        [run_id, actor.workspace],
    )
    return [{**row, "findings": json.loads(row["findings"])} for row in rows]


def spent(database: Database, actor: Actor, since: str = "", cohort: str | None = None) -> dict[str, float]:
    """What the workspace's runs, or those of one cohort, cost since a time (ISO 8601), by currency."""
    require(actor, Right.READ)
    rows = database.query(
        "select currency, sum(cost) as total from runs where workspace_id = :workspace and cost is not null"
        " and currency is not null and started_at >= :since and (:cohort is null or cohort = :cohort)"
        " group by currency",
        {"workspace": actor.workspace, "since": since, "cohort": cohort},
    )
    return {row["currency"]: row["total"] for row in rows}


def _require_in_workspace(database: Database, actor: Actor, table: str, identifier: str) -> None:
    row = database.execute(
        f"select 1 from {table} where id = :id and {visible()}", {"id": identifier, **scope(actor)}
    ).fetchone()
    if row is None:
        raise NotFound(N_("There is no such thing in this workspace. Go back and choose one from its list."))


def _require_not_erased(database: Database, run_id: str) -> None:
    """What was erased while it ran stays erased."""
    if database.execute("select 1 from runs where id = ? and erased_at is not null", [run_id]).fetchone():
        raise NotFound(N_("This run was erased while it was going on, so its result isn’t kept. Run it again."))


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=str)


def _read(row: dict[str, Any]) -> dict[str, Any]:
    return {
        key: json.loads(value) if key in JSON_COLUMNS and value is not None else value for key, value in row.items()
    }


def _damaged(row: dict[str, Any]) -> bool:
    """Whether somebody wrote something else than JSON into a run, past the app."""
    try:
        _read(row)
    except ValueError:
        return True
    return False
