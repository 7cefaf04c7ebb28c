"""Dialogues: an ordered list of runs of one task."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import new_id, now, writing
from lib.database.runs import get_run
from lib.errors import NotFound
from lib.i18n import N_

NO_CONVERSATION = N_("There is no such conversation in this workspace. Choose one from the list, or start a new one.")


def start_conversation(database: Database, actor: Actor, *, task: str, language: str) -> str:
    """A new conversation without turns; its id.

    Raises:
        NotAllowed: the actor may not run.
    """
    require(actor, Right.RUN)
    identifier = new_id()
    with writing(database):
        database.table("conversations").insert(
            {
                "id": identifier,
                "workspace_id": actor.workspace,
                "person_id": actor.person,
                "task": task,
                "language": language,
                "created_at": now(),
            }
        )
    return identifier


def get_conversation(database: Database, actor: Actor, conversation: str) -> dict[str, Any]:
    """One conversation: id, person_id, task, language, created_at.

    Raises:
        NotFound: no such conversation in the actor's workspace.
    """
    require(actor, Right.READ)
    rows = database.query(
        f"select * from conversations where id = :id and {visible()}", {"id": conversation, **scope(actor)}
    )
    found = next(iter(rows), None)
    if found is None:
        raise NotFound(NO_CONVERSATION)
    return found


def conversations(database: Database, actor: Actor, task: str, limit: int = 20) -> list[dict[str, Any]]:
    """The actor's own conversations on a task, newest first, with their number of turns."""
    require(actor, Right.READ)
    return list(
        database.query(
            "select c.*, (select count(*) from turns t where t.conversation_id = c.id) as turns from conversations c"
            f" where c.task = :task and c.person_id = :person and {visible('c')}"
            " order by c.created_at desc, c.id desc limit :limit",
            {"task": task, "limit": limit, **scope(actor)},
        )
    )


def add_turn(database: Database, actor: Actor, conversation: str, run_id: str) -> int:
    """Append a run to a conversation; its position from 0.

    Raises:
        NotAllowed: the actor may not run.
        NotFound: no such conversation or run in the actor's workspace.
    """
    require(actor, Right.RUN)
    with writing(database):
        get_conversation(database, actor, conversation)
        get_run(database, actor, run_id)
        row = database.execute(
            "select coalesce(max(position) + 1, 0) from turns where conversation_id = ?", [conversation]
        ).fetchone()
        database.table("turns").insert({"conversation_id": conversation, "position": row[0], "run_id": run_id})
    return int(row[0])


def turns(database: Database, actor: Actor, conversation: str) -> list[dict[str, Any]]:
    """The runs of a conversation in order, their JSON read.

    Raises:
        NotFound: no such conversation in the actor's workspace.
    """
    get_conversation(database, actor, conversation)
    rows = database.query(
        "select t.run_id from turns t join runs r on r.id = t.run_id where t.conversation_id = ?"
        " and r.erased_at is null order by t.position",
        [conversation],
    )
    return [get_run(database, actor, row["run_id"]) for row in list(rows)]
