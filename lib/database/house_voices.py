"""How a workspace's house speaks: its name, tone, and the words that it prefers or never uses."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import now, writing


def house_voice(database: Database, actor: Actor) -> dict[str, Any]:
    """The voice that was set last in the actor's workspace, in the demo house by the actor; {} where none was.

    Beside the voice's own fields it holds ``changed_at``.
    """
    require(actor, Right.READ)
    row = database.execute(
        f"select voice, changed_at from house_voices where {visible()} order by changed_at desc, rowid desc limit 1",
        scope(actor),
    ).fetchone()
    return {} if row is None else {**json.loads(row[0]), "changed_at": row[1]}


def set_house_voice(database: Database, actor: Actor, voice: dict[str, Any]) -> None:
    """Keep ``voice`` (JSON values) for everybody in the workspace; in the demo house for the actor alone.

    Raises:
        NotAllowed: the actor may not run tasks here.
    """
    require(actor, Right.RUN)
    with writing(database):
        # A row that is set again is the newest again, also within one millisecond.
        database.execute(
            "delete from house_voices where workspace_id = ? and person_id = ?", [actor.workspace, actor.person]
        )
        database.table("house_voices").insert(
            {
                "workspace_id": actor.workspace,
                "person_id": actor.person,
                "voice": json.dumps(voice, ensure_ascii=False),
                "changed_at": now(),
            }
        )
