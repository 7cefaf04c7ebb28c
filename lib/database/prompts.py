"""A workspace's own versions of prompts. Without an active version, the file beside the area's module is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import new_id, now, writing
from lib.errors import NotFound
from lib.i18n import N_


@dataclass(frozen=True)
class PromptVersion:
    """One saved version. ``person`` is the name of who saved it, ``created_at`` is UTC ISO 8601."""

    id: str
    task: str
    hash: str
    text: str
    person: str
    note: str
    active: bool
    created_at: str


SELECT = (
    "select v.id, v.task, v.hash, v.text, p.name as person, v.note, v.active, v.created_at"
    " from prompt_versions v join people p on p.id = v.person_id where v.task = :task and "
)


def versions(database: Database, actor: Actor, task: str) -> list[PromptVersion]:
    """The workspace's versions of a task's prompt, newest first."""
    require(actor, Right.READ)
    rows = database.query(
        SELECT + visible("v") + " order by v.created_at desc, v.id desc", {"task": task, **scope(actor)}
    )
    return [_version(row) for row in rows]


def active_version(database: Database, actor: Actor, task: str) -> PromptVersion | None:
    """The version that the workspace uses now, None where it uses the file."""
    require(actor, Right.READ)
    rows = database.query(
        SELECT + visible("v") + " and v.active = 1 order by v.created_at desc, v.id desc limit 1",
        {"task": task, **scope(actor)},
    )
    return next((_version(row) for row in rows), None)


def save_version(database: Database, actor: Actor, *, task: str, text: str, digest: str, note: str = "") -> str:
    """Save a version and use it from now on; its id. ``lib.tasks.prompts.save_prompt`` checks the text first.

    Raises:
        NotAllowed: the actor may not edit prompts.
    """
    require(actor, Right.EDIT_PROMPTS)
    identifier = new_id()
    with writing(database):
        _deactivate(database, actor, task)
        database.table("prompt_versions").insert(
            {
                "id": identifier,
                "workspace_id": actor.workspace,
                "task": task,
                "hash": digest,
                "text": text,
                "person_id": actor.person,
                "note": note,
                "active": 1,
                "created_at": now(),
            }
        )
    return identifier


def roll_back(database: Database, actor: Actor, task: str, version: str | None) -> None:
    """Use an earlier version again, or the file where ``version`` is None. Nothing is deleted.

    Raises:
        NotAllowed: the actor may not edit prompts.
        NotFound: no such version of this task in the actor's workspace.
    """
    require(actor, Right.EDIT_PROMPTS)
    with writing(database):
        _deactivate(database, actor, task)
        if version is None:
            return
        changed = database.execute(
            f"update prompt_versions set active = 1 where id = :id and task = :task and {visible()}",
            {"id": version, "task": task, **scope(actor)},
        )
        if changed.rowcount != 1:
            raise NotFound(N_("There is no such version of this prompt. Choose one from its list of versions."))


def _deactivate(database: Database, actor: Actor, task: str) -> None:
    database.execute(
        f"update prompt_versions set active = 0 where task = :task and {visible()}", {"task": task, **scope(actor)}
    )


def _version(row: dict[str, Any]) -> PromptVersion:
    return PromptVersion(**{**row, "active": bool(row["active"])})
