"""What a reader is told of a check of the log: what was found, as far as it is theirs to know, and by whom and when."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from lib.access import DEMO_WORKSPACE, Actor, Right, require, scope, visible
from lib.database.chain import KINDS, head
from lib.database.chain_check import Broken, verify
from lib.database.connection import new_id, now, writing


@dataclass(frozen=True)
class Checked:
    """One check of the log that somebody made: when, over how many links, and what was found first."""

    at: str
    links: int
    link: str
    broken: Broken | None


def check(database: Database, actor: Actor) -> Checked:
    """``verify``, and write down in the actor's workspace that it was done and what it found."""
    require(actor, Right.READ)
    broken, end = verify(database), head(database)
    made = Checked(now(), end.links, end.link, broken)
    said = None if broken is None else json.dumps([broken.fault.value, broken.position])
    with writing(database):
        database.table("chain_checks").insert(
            {
                "id": new_id(),
                "workspace_id": actor.workspace,
                "person_id": actor.person,
                "at": made.at,
                "links": made.links,
                "link": made.link,
                "broken": said,
            }
        )
    return replace(made, broken=for_reader(database, actor, broken))


def for_reader(database: Database, actor: Actor, broken: Broken | None) -> Broken | None:
    """What the actor may know of it: of a record that isn't theirs to see only that there is one, and when.

    In the demo house, which all visitors share, a record is its owner's alone; one that is gone names nobody.
    """
    require(actor, Right.READ)
    if broken is None:
        return None
    if broken.workspace == actor.workspace and _may_see(database, actor, broken.kind, broken.row):
        return replace(broken, other="")  # the record that it was exchanged with may be another workspace's
    return Broken(broken.fault, broken.position, at=broken.at)


def _may_see(database: Database, actor: Actor, kind: str, row: str) -> bool:
    if actor.workspace != DEMO_WORKSPACE:
        return True  # also a record that was taken out: it was one of this workspace
    if kind not in KINDS:
        return False
    whose = "r.person_id" if "person_id" in KINDS[kind].columns else "(select person_id from runs where id = r.run_id)"
    found = database.execute(
        f"select 1 from {KINDS[kind].table} r where r.id = ? and r.workspace_id = ? and {whose} = ?",
        [row, actor.workspace, actor.person],
    ).fetchone()
    return found is not None


def last_whole(database: Database, actor: Actor) -> str | None:
    """When somebody last found the log whole, in any workspace (UTC, ISO 8601); None where nobody ever did."""
    require(actor, Right.READ)
    row = database.execute("select max(at) from chain_checks where broken is null").fetchone()
    return None if row is None else row[0]


def checks_made(database: Database, actor: Actor, limit: int = 5) -> list[dict[str, Any]]:
    """The workspace's last checks of the log, newest first: at, links, whole, person (a name)."""
    require(actor, Right.READ)
    return list(
        database.query(
            "select c.at, c.links, c.broken is null as whole, p.name as person from chain_checks c"
            f" join people p on p.id = c.person_id where {visible('c')} order by c.at desc limit :limit",
            {**scope(actor), "limit": limit},
        )
    )
