"""How long a workspace keeps what, and the erasing of what is older. The worker and the page Evidence see to it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import DEMO_WORKSPACE, Actor, Right, require
from lib.catalogue import USE_CASES
from lib.database.connection import now, writing
from lib.database.erasing import Erasing, clean, clean_if_due, remove_files
from lib.errors import InputError, NotAllowed
from lib.i18n import N_

LONGEST_DAYS = 36_500
OUT_OF_RANGE = N_("Things are kept for 1 day up to 100 years. Type a number of days in between, or leave it empty.")
NOT_IN_DEMO = N_(
    "Everybody shares the demo house, so nobody sets how long it keeps things. Create a workspace of your own, or "
    "erase what is yours."
)
# Whose pictures of faces and bodies these are is decided by the catalogue's risk tags: V bodies, E faces.
OF_PEOPLE = tuple(case.slug for case in USE_CASES if {"V", "E"} & set(case.risk_tags))
ENDED = "finished_at is not null and erased_at is null"
# What each kind of rule covers, as SQL over its table. All have :workspace and :before.
RUNS = f"runs where workspace_id = :workspace and {ENDED} and started_at < :before"
KINDS: dict[str, str] = {
    "runs": RUNS,
    "photos": f"{RUNS} and use_case in (select value from json_each(:of_people))",
    "conversations": f"{RUNS} and id in (select run_id from turns)",
    "uploads": "data_sets where workspace_id = :workspace and erased_at is null and created_at < :before",
}
KIND_NAMES = {
    "runs": N_("Runs"),
    "uploads": N_("Uploaded tables, documents and files"),
    "photos": N_("Measurements and pictures of faces and bodies"),
    "conversations": N_("Conversations"),
}


@dataclass(frozen=True)
class Rule:
    """How many days a kind of thing is kept, who said so and when. ``due`` is how many are older by now."""

    kind: str
    days: int
    person: str
    set_at: str
    due: int


def rules(database: Database, actor: Actor) -> dict[str, Rule]:
    """The workspace's rules by kind, each with what would go now."""
    require(actor, Right.READ)
    rows = database.query(
        "select r.kind, r.days, p.name as person, r.set_at from retention_rules r join people p on p.id = r.person_id"
        " where r.workspace_id = ?",
        [actor.workspace],
    )
    return {
        row["kind"]: Rule(**row, due=_due(database, actor.workspace, row["kind"], row["days"])) for row in list(rows)
    }


def preview(database: Database, actor: Actor, kind: str, days: int) -> int:
    """How many things of ``kind`` a rule of so many days would erase now.

    Raises:
        NotAllowed: the actor may not govern.
        InputError: the number of days makes no sense.
    """
    _require(actor, days)
    return _due(database, actor.workspace, kind, days)


def set_rule(database: Database, actor: Actor, kind: str, days: int | None) -> None:
    """Keep things of ``kind`` for so many days, or for good where ``days`` is None. Nothing is erased by this yet.

    Raises:
        NotAllowed: the actor may not govern, or it is the demo house.
        InputError: the number of days makes no sense.
    """
    _require(actor, days)
    if kind not in KINDS:
        raise ValueError(f"unknown kind of thing to keep: {kind}")
    with writing(database):
        database.execute("delete from retention_rules where workspace_id = ? and kind = ?", [actor.workspace, kind])
        if days is not None:
            database.table("retention_rules").insert(
                {
                    "workspace_id": actor.workspace,
                    "kind": kind,
                    "days": days,
                    "person_id": actor.person,
                    "set_at": now(),
                }
            )


def _require(actor: Actor, days: int | None) -> None:
    require(actor, Right.GOVERN)
    if actor.workspace == DEMO_WORKSPACE:
        raise NotAllowed(NOT_IN_DEMO)
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise InputError(OUT_OF_RANGE)


def expire_here(database: Database, actor: Actor) -> int:
    """Erase at once what is older than the rules of the actor's workspace allow; how many things.

    Raises:
        NotAllowed: the actor may not govern, or it is the demo house.
    """
    _require(actor, None)
    return expire(database, actor.workspace)


def expire(database: Database, only: str | None = None) -> int:
    """Erase in all workspaces (or in one) what is older than their rules allow; how many things. It asks no Actor.

    What an earlier deletion left on the disk because somebody else was at work is cleaned up as well.
    """
    by_workspace: dict[str, dict[str, int]] = {}
    for workspace, kind, days in database.execute("select workspace_id, kind, days from retention_rules").fetchall():
        if only in (None, workspace) and kind in KINDS and _due(database, workspace, kind, days):
            by_workspace.setdefault(workspace, {})[kind] = days
    erased = 0
    files: set[str] = set()
    for workspace, due in by_workspace.items():
        erasing = Erasing(database, workspace)
        with writing(database):
            for kind, days in due.items():
                _expire(erasing, kind, _given(workspace, days))
            if erasing.counts.total():
                erasing.record("retention", None)
        erased += erasing.counts["runs"] + erasing.counts["uploads"]
        files |= erasing.files
    remove_files(database, files)
    if by_workspace:
        clean(database)
    else:
        clean_if_due(database)
    return erased


def _expire(erasing: Erasing, kind: str, given: dict[str, Any]) -> None:
    database = erasing.database
    ids = [row[0] for row in database.execute(f"select id from {KINDS[kind]}", given).fetchall()]
    if kind == "uploads":
        erasing.data_sets(ids)
        old = "workspace_id = :workspace and created_at < :before"
        erasing.delete("documents", old, given)
        loose = database.execute(
            f"select id from artefacts where {old} and run_id is null and erased_at is null", given
        ).fetchall()
        erasing.artefacts([row[0] for row in loose])
        return
    if kind == "conversations":
        erasing.delete(
            "conversations",
            "workspace_id = :workspace and created_at < :before and not exists (select 1 from turns t join runs r on"
            " r.id = t.run_id where t.conversation_id = conversations.id and r.started_at >= :before)",
            given,
        )
    if kind == "runs":  # what was typed on a page and never run is as old as its last change
        erasing.delete("page_states", "workspace_id = :workspace and changed_at < :before", given)
    erasing.runs(ids)


def _due(database: Database, workspace: str, kind: str, days: int) -> int:
    row = database.execute(f"select count(*) from {KINDS[kind]}", _given(workspace, days)).fetchone()
    return int(row[0])


def _given(workspace: str, days: int) -> dict[str, Any]:
    before = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    return {
        "workspace": workspace,
        "before": before.isoformat(timespec="milliseconds"),
        "of_people": json.dumps(OF_PEOPLE),
    }
