"""The calls of tools that a run made, in their order, with what came of each.

A call's status: 'held' (its turn has not come), 'waiting' (for a person), 'approved' (by one; not done yet), 'done',
'failed' (the tool said why), 'denied' (by a person), 'refused' (not a tool of the task, wrong arguments, too often).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import new_id, now, writing

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


def settle(database: Database, actor: Actor, identifier: str, status: str, result: str = "") -> None:
    """Write down what became of a call."""
    require(actor, Right.RUN)
    database.execute(
        f"update tool_calls set status = :status, result = :result, finished_at = :now where id = :id and {visible()}",
        {"status": status, "result": result, "now": now(), "id": identifier, **scope(actor)},
    )


def answer(database: Database, actor: Actor, run_id: str, approved: bool, result: str) -> None:
    """A person's answer to the call that a run waits for. ``result`` is what the engine is told of a denial."""
    require(actor, Right.RUN)
    status = "approved" if approved else "denied"
    database.execute(
        "update tool_calls set status = :status, result = :result, answered_by = :by, finished_at = :now"
        f" where run_id = :run and status = 'waiting' and {visible()}",
        {
            "status": status,
            "result": "" if approved else result,
            "by": actor.person,
            "now": now(),
            "run": run_id,
            **scope(actor),
        },
    )
