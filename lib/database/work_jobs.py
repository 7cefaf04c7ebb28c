"""Jobs of one heavy function each: begun by a person, and looked up again.

One process takes such a job and records it together with its result: ``lib.database.work_claims``.
"""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import new_id, now, writing
from lib.database.jobs import Job, job
from lib.errors import NotFound
from lib.i18n import N_

GOING_ON = "kind = 'work' and status in ('waiting', 'running', 'paused')"
NO_DATA_SET = N_("There is no such data set in this workspace. Choose one from the list, or upload the file again.")


def begin_work(
    database: Database,
    actor: Actor,
    *,
    use_case: str,
    function: str,
    title: str,
    title_values: dict[str, Any],
    arguments: dict[str, Any],
    seed: int = 0,
    data_set: str | None = None,
    language: str | None = None,
    alone: bool = False,
) -> str:
    """Write down a job for the worker; its id. The same work of the same person going on already is that job.

    ``alone``: nothing is written, and the id is '', where anybody of this installation has the same work going on.

    Raises:
        NotAllowed: the actor may not run.
        NotFound: the actor sees no such data set.
    """
    require(actor, Right.RUN)
    asked = _asked(actor, function, arguments, seed)
    with writing(database):
        same = database.execute(f"{_SAME} and {GOING_ON} order by id limit 1", asked).fetchone()
        if same is not None:
            return str(same[0])
        if alone and _anybodys(database, asked) is not None:
            return ""
        if data_set is not None:
            _require_data_set(database, actor, data_set)
        identifier = new_id()
        database.table("jobs").insert(
            {
                "id": identifier,
                "workspace_id": actor.workspace,
                "person_id": actor.person,
                "kind": "work",
                "use_case": use_case,
                "what": function,
                "title": title,
                "title_values": _dump(title_values),
                "arguments": asked["arguments"],
                "language": language,
                "seed": seed,
                "data_set_id": data_set,
                "status": "waiting",
                "total": 1,
                "created_at": now(),
            }
        )
    return identifier


_SAME = (
    "select id from jobs where kind = 'work' and workspace_id = :workspace and person_id = :person and what = :what"
    " and arguments = :arguments and seed = :seed"
)


def last_work(database: Database, actor: Actor, function: str, arguments: dict[str, Any], seed: int = 0) -> Job | None:
    """The actor's own newest job of this very work, whatever became of it; None where there is none."""
    require(actor, Right.READ)
    asked = _asked(actor, function, arguments, seed)
    found = database.execute(f"{_SAME} order by created_at desc, id desc limit 1", asked).fetchone()
    return job(database, actor, found[0]) if found else None


def anybodys_work(
    database: Database, actor: Actor, function: str, arguments: dict[str, Any], seed: int = 0
) -> tuple[float, dict[str, Any] | None] | None:
    """How far this very work is that somebody, whoever it is, has going on: (share, what is said); None where nobody.

    Arguments hold the ids of a house's data, so whoever asks the same sees the same data. Paused work isn't going on:
    nobody may have to wait for another person's click.
    """
    require(actor, Right.READ)
    found = _anybodys(database, _asked(actor, function, arguments, seed))
    return None if found is None else (float(found[0] or 0.0), json.loads(found[1]) if found[1] else None)


def _anybodys(database: Database, asked: dict[str, Any]) -> tuple[Any, ...] | None:
    found: tuple[Any, ...] | None = database.execute(
        "select share, said from jobs where kind = 'work' and what = :what and arguments = :arguments and seed = :seed"
        " and status in ('waiting', 'running') order by share desc limit 1",
        asked,
    ).fetchone()
    return found


def _asked(actor: Actor, function: str, arguments: dict[str, Any], seed: int) -> dict[str, Any]:
    return {**scope(actor), "what": function, "arguments": _dump(arguments), "seed": seed}


def _require_data_set(database: Database, actor: Actor, data_set: str) -> None:
    found = database.execute(
        f"select 1 from data_sets where id = :id and {visible()}", {"id": data_set, **scope(actor)}
    ).fetchone()
    if found is None:
        raise NotFound(NO_DATA_SET)


def _dump(value: Any) -> str:
    """With sorted keys: the same arguments are the same text."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=str, sort_keys=True)
