"""A workspace's own versions of prompts. Without an active version, the file beside the area's module is used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database import chain
from lib.database.connection import new_id, now, writing
from lib.errors import NotFound, Overtaken
from lib.i18n import N_, translate

NO_VERSION = N_("There is no such version of this prompt. Choose one from its list of versions.")


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


@dataclass(frozen=True)
class Basis:
    """The version that a person began to edit from; None where that was the file."""

    version: str | None


@dataclass(frozen=True)
class PromptUse:
    """How often a prompt's text was sent: the number of runs, and when the last one began (UTC ISO 8601)."""

    runs: int
    last: str


OVERTAKEN = N_(
    "{person} saved another version of this prompt meanwhile. Your text is kept here: look at the differences, then "
    "save yours on top or take theirs."
)
WENT_BACK = N_(
    "Somebody went back to the prompt's original text meanwhile. Your text is kept here: look at the differences, then "
    "save yours on top or take the original."
)
SOMEONE = N_("Someone without a name")
FILE = "file"  # in place of a version's id: the file beside the area's module
# (task, version's id or FILE), set for one run by ``using``. A context variable, so no other thread's run sees it.
_chosen: ContextVar[tuple[str, str] | None] = ContextVar("chosen_prompt", default=None)

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
    """The version that the workspace uses now, or the one of ``using``; None where that is the file."""
    require(actor, Right.READ)
    chosen = _chosen.get()
    if chosen is not None and chosen[0] == task:
        return None if chosen[1] == FILE else version(database, actor, task, chosen[1])
    rows = database.query(
        SELECT + visible("v") + " and v.active = 1 order by v.created_at desc, v.id desc limit 1",
        {"task": task, **scope(actor)},
    )
    return next((_version(row) for row in rows), None)


def version(database: Database, actor: Actor, task: str, identifier: str) -> PromptVersion:
    """One version of a task's prompt.

    Raises:
        NotFound: no such version of this task in the actor's workspace.
    """
    for found in versions(database, actor, task):
        if found.id == identifier:
            return found
    raise NotFound(NO_VERSION)


@contextmanager
def using(task: str, version: str) -> Iterator[None]:
    """Let the runs of ``task`` in the block use this version (its id, or ``FILE``), whatever the workspace uses now.

    Comparing two versions must not change what the colleagues' runs use meanwhile.
    """
    token = _chosen.set((task, version))
    try:
        yield
    finally:
        _chosen.reset(token)


def save_version(
    database: Database,
    actor: Actor,
    *,
    task: str,
    text: str,
    digest: str,
    note: str = "",
    basis: Basis | None = None,
) -> str:
    """Save a version and use it from now on; its id. ``lib.tasks.prompts.save_prompt`` checks the text first.

    With a ``basis``, nothing is saved where another version is in use than the one that the person began from. Both
    looks are in one transaction, so of two people who save at once the second is told.

    Raises:
        NotAllowed: the actor may not edit prompts.
        Overtaken: another version is in use than ``basis``.
    """
    require(actor, Right.EDIT_PROMPTS)
    identifier = new_id()
    with writing(database):
        if basis is not None:
            _require_unchanged(database, actor, task, basis)
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
        chain.append(database, "prompt_versions", identifier)
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
            raise NotFound(NO_VERSION)


def uses(database: Database, actor: Actor, task: str) -> dict[str, PromptUse]:
    """How often each text of a task's prompt was sent to a model, by the text's hash."""
    require(actor, Right.READ)
    rows = database.query(
        "select prompt_hash, count(*) as runs, max(started_at) as last from runs"
        f" where task = :task and prompt_hash is not null and {visible()} group by prompt_hash",
        {"task": task, **scope(actor)},
    )
    return {row["prompt_hash"]: PromptUse(row["runs"], row["last"]) for row in rows}


def _require_unchanged(database: Database, actor: Actor, task: str, basis: Basis) -> None:
    active = active_version(database, actor, task)
    if (active.id if active else None) == basis.version:
        return
    if active is None:
        raise Overtaken(WENT_BACK)
    raise Overtaken(OVERTAKEN, person=active.person or translate(SOMEONE))


def _deactivate(database: Database, actor: Actor, task: str) -> None:
    database.execute(
        f"update prompt_versions set active = 0 where task = :task and {visible()}", {"task": task, **scope(actor)}
    )


def _version(row: dict[str, Any]) -> PromptVersion:
    return PromptVersion(**{**row, "active": bool(row["active"])})
