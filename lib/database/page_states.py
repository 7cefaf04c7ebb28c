"""What a person last chose on a page, so that a refresh, a second tab or a restart finds it again."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require
from lib.database.connection import now, writing


def remember(database: Database, actor: Actor, page: str, state: dict[str, Any]) -> None:
    """Merge ``state`` (JSON values) into what is remembered of ``page`` for this person in this workspace."""
    require(actor, Right.READ)
    with writing(database):
        merged = {**remembered(database, actor, page), **state}
        database.table("page_states").upsert(
            {
                "workspace_id": actor.workspace,
                "person_id": actor.person,
                "page": page,
                "state": json.dumps(merged, ensure_ascii=False),
                "changed_at": now(),
            },
            pk=("workspace_id", "person_id", "page"),
        )


def remembered(database: Database, actor: Actor, page: str) -> dict[str, Any]:
    """What is remembered of ``page`` for this person in this workspace; an empty dict at first."""
    require(actor, Right.READ)
    row = database.execute(
        "select state from page_states where workspace_id = ? and person_id = ? and page = ?",
        [actor.workspace, actor.person, page],
    ).fetchone()
    state: dict[str, Any] = json.loads(row[0]) if row else {}
    return state
