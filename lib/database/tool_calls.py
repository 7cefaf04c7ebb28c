"""The calls of tools that a run made, in their order, with what came of each.

A call's status: 'held' (its turn has not come), 'waiting' (for a person), 'approved' (by one; not done yet), 'done',
'failed' (the tool said why), 'denied' (by a person), 'refused' (not a tool of the task, wrong arguments, too often).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database import chain
from lib.database.connection import new_id, now, writing
from lib.database.runs import require_run

ENDED = ("done", "failed", "denied", "refused")
COLUMNS = "id, round, said, call_id, tool, arguments, permission, status, coalesce(result, '') as result"


@dataclass(frozen=True)
class StoredCall:
    """One call. ``arguments`` is JSON as the engine wrote it, ``result`` what the engine was told."""

    id: str
    round: int
    said: str
    call_id: str
    tool: str
    arguments: str
    permission: str
    status: str
    result: str


def add_calls(
    database: Database, actor: Actor, run_id: str, said: str, calls: Sequence[tuple[str, str, str, str]]
) -> None:
    """Write down one round of calls: (call id, tool, arguments, permission). ``said`` is the text beside them."""
    require(actor, Right.RUN)
    with writing(database):
        require_run(database, actor, run_id)
        last = database.execute("select coalesce(max(round), 0) from tool_calls where run_id = ?", [run_id]).fetchone()
        for position, (call_id, tool, arguments, permission) in enumerate(calls):
            database.table("tool_calls").insert(
                {
                    "id": new_id(),
                    "workspace_id": actor.workspace,
                    "run_id": run_id,
                    "person_id": actor.person,
                    "round": last[0] + 1,
                    "position": position,
                    "said": said,
                    "call_id": call_id,
                    "tool": tool,
                    "arguments": arguments,
                    "permission": permission,
                    "status": "held",
                    "created_at": now(),
                }
            )


def calls_of(database: Database, actor: Actor, run_id: str) -> list[StoredCall]:
    """The calls of a run, in their order."""
    require(actor, Right.READ)
    rows = database.query(
        f"select {COLUMNS} from tool_calls where run_id = :run and {visible()} order by round, position",
        {"run": run_id, **scope(actor)},
    )
    return [StoredCall(**row) for row in rows]


def agreed(database: Database, actor: Actor, tools: Sequence[str], limit: int = 200) -> list[dict[str, str]]:
    """Calls of these tools that a person allowed and that were done, newest first.

    Each with ``tool``, ``result``, ``run_id``, ``at`` (ISO, UTC) and ``by``, the name of who allowed it.
    """
    require(actor, Right.READ)
    marks = ", ".join(f":tool{number}" for number in range(len(tools)))
    rows = database.query(
        "select c.tool, coalesce(c.result, '') as result, c.run_id, coalesce(c.finished_at, c.created_at) as at,"
        " p.name as by from tool_calls c join people p on p.id = c.answered_by"
        f" where c.tool in ({marks}) and c.status = 'done' and {visible('c')} order by at desc, c.id limit :limit",
        {**{f"tool{number}": tool for number, tool in enumerate(tools)}, **scope(actor), "limit": limit},
    )
    return [dict(row) for row in rows]


def settle(database: Database, actor: Actor, identifier: str, status: str, result: str = "") -> None:
    """Write down what became of a call."""
    require(actor, Right.RUN)
    with writing(database):
        changed = database.execute(
            "update tool_calls set status = :status, result = :result, finished_at = :now"
            f" where id = :id and {visible()}",
            {"status": status, "result": result, "now": now(), "id": identifier, **scope(actor)},
        )
        if changed.rowcount == 1 and status in ENDED:
            chain.append(database, "tool_calls", identifier)


def answer(database: Database, actor: Actor, run_id: str, approved: bool, result: str) -> None:
    """A person's answer to the call that a run waits for. ``result`` is what the engine is told of a denial."""
    require(actor, Right.RUN)
    status = "approved" if approved else "denied"
    values = {
        "status": status,
        "result": "" if approved else result,
        "by": actor.person,
        "now": now(),
        "run": run_id,
        **scope(actor),
    }
    with writing(database):
        asked = f"run_id = :run and status = 'waiting' and {visible()}"
        calls = database.execute(f"select id from tool_calls where {asked}", values).fetchall()
        database.execute(
            "update tool_calls set status = :status, result = :result, answered_by = :by, finished_at = :now"
            f" where {asked}",
            values,
        )
        if status in ENDED:
            chain.append_many(database, [("tool_calls", row[0]) for row in calls])
