"""Who leaves a workspace, and the codes that still let people in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlite_utils import Database

from lib.access import DEMO_WORKSPACE, Actor, Right, Role, require
from lib.database.connection import now, writing
from lib.database.people import actor_for, require_administrator_left
from lib.errors import NotAllowed, NotFound
from lib.i18n import N_


@dataclass(frozen=True)
class JoinCode:
    """A code that still opens the workspace. Its letters are known to nobody but those who were told them."""

    id: str
    role: Role
    made_by: str  # a name, empty where none was given
    created_at: str
    expires_at: str


def remove_member(database: Database, actor: Actor, person: str) -> int:
    """End a person's membership of the actor's workspace; how many open codes were revoked with it.

    What they made stays with the workspace. Every open code is revoked: they may know one, and would be back with it.

    Raises:
        NotAllowed: the actor is no administrator, or this would leave the workspace without one.
        NotFound: no such member.
    """
    require(actor, Right.ADMINISTER)
    if actor.workspace == DEMO_WORKSPACE:
        raise NotAllowed(N_("Nobody is removed from the demo house: each sees only their own work there."))
    with writing(database):
        actor_for(database, person, actor.workspace)
        _end(database, actor.workspace, person)
        return _revoke_all(database, actor.workspace)


def leave(database: Database, actor: Actor) -> None:
    """End the actor's own membership; what they made stays with the workspace.

    Raises:
        NotAllowed: it is the demo house, which everybody is in, or it would be left without an administrator.
    """
    if actor.workspace == DEMO_WORKSPACE:
        raise NotAllowed(N_("Everybody is in the demo house; nobody leaves it."))
    with writing(database):
        _end(database, actor.workspace, actor.person)


def _end(database: Database, workspace: str, person: str) -> None:
    database.execute("delete from memberships where workspace_id = ? and person_id = ?", [workspace, person])
    require_administrator_left(database, workspace)


def _revoke_all(database: Database, workspace: str) -> int:
    revoked = database.execute(
        "update join_codes set revoked_at = ? where workspace_id = ? and revoked_at is null and expires_at > ?",
        [now(), workspace, now()],
    )
    return int(revoked.rowcount)


def codes(database: Database, actor: Actor) -> list[JoinCode]:
    """The codes that open the actor's workspace now, newest first."""
    require(actor, Right.INVITE)
    rows = database.query(
        "select c.*, p.name as made_by from join_codes c join people p on p.id = c.created_by where"
        " c.workspace_id = :workspace and (c.workspace_id <> :demo or c.created_by = :person)"
        " and c.revoked_at is null and c.expires_at > :now order by c.created_at desc",
        {"workspace": actor.workspace, "demo": DEMO_WORKSPACE, "person": actor.person, "now": now()},
    )
    return [
        JoinCode(_id_of(r["code_hash"]), Role(r["role"]), r["made_by"], r["created_at"], r["expires_at"]) for r in rows
    ]


def _id_of(code_hash: str) -> str:
    """What a page may know of a code: from the hash itself its eight letters could be found by trying all of them."""
    return hashlib.sha256(b"code " + code_hash.encode()).hexdigest()[:24]


def revoke_code(database: Database, actor: Actor, code: str) -> None:
    """Let a code open nothing any more; ``code`` is its id in ``codes``.

    Raises:
        NotAllowed: the actor may not make codes here.
        NotFound: no such open code in the actor's workspace.
    """
    require(actor, Right.INVITE)
    with writing(database):
        wanted = {one.id for one in codes(database, actor)} & {code}
        hashes = database.execute(
            "select code_hash from join_codes where workspace_id = ? and revoked_at is null", [actor.workspace]
        ).fetchall()
        found = [code_hash for (code_hash,) in hashes if _id_of(code_hash) in wanted]
        if not found:
            raise NotFound(N_("This code is revoked or too old already. Nobody gets in with it."))
        database.execute("update join_codes set revoked_at = ? where code_hash = ?", [now(), found[0]])
