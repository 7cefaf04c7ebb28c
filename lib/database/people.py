"""People, workspaces, memberships and join codes.

Without an identity provider a person is a random token in a personal link; the database keeps its SHA-256 only. The
token has 256 bits, so a plain hash is enough: there is nothing to guess.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from sqlite_utils import Database

from lib.access import DEMO_WORKSPACE, Actor, Right, Role, require
from lib.database.connection import new_id, now, writing
from lib.errors import InputError, NotAllowed, NotFound
from lib.i18n import N_

# No vowels and no look-alikes: a code is read aloud in a room and spells no word.
CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"
CODE_LENGTH = 8
MAX_NAME = 80


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def new_code() -> tuple[str, str]:
    """A code that is easy to read aloud, as it is shown, and its hash, the only thing that is kept of it."""
    code = "".join(secrets.choice(CODE_LETTERS) for _position in range(CODE_LENGTH))
    return f"{code[:4]}-{code[4:]}", _hash(code)


def hash_of_code(typed: str) -> str:
    """The hash of a code as somebody typed it: small letters, spaces and hyphens don't matter."""
    return _hash("".join(letter for letter in typed.upper() if letter in CODE_LETTERS))


def create_person(database: Database, name: str = "") -> tuple[str, str]:
    """A new person, member of the demo house: (id, token). The token is shown to its owner and never stored."""
    person, token = new_id(), secrets.token_urlsafe(32)
    with writing(database):
        database.table("people").insert(
            {"id": person, "name": name.strip()[:MAX_NAME], "token_hash": _hash(token), "created_at": now()}
        )
        enrol(database, person, DEMO_WORKSPACE, Role.INNOVATOR)
    return person, token


def person_of_token(database: Database, token: str) -> str | None:
    """The id of the person whose personal link carries ``token``, or None."""
    row = database.execute("select id from people where token_hash = ?", [_hash(token)]).fetchone()
    return row[0] if row else None


def is_erased(database: Database, person: str) -> bool:
    """Whether a person erased themselves with their name and link."""
    row = database.execute("select 1 from people where id = ? and erased_at is not null", [person]).fetchone()
    return row is not None


def renew_token(database: Database, actor: Actor) -> str:
    """A new token for the actor; the old personal link stops working at once."""
    token = secrets.token_urlsafe(32)
    with writing(database):
        database.execute("update people set token_hash = ? where id = ?", [_hash(token), actor.person])
    return token


def actor_for(database: Database, person: str, workspace: str) -> Actor:
    """The person as a member of the workspace.

    Raises:
        NotFound: no such workspace, or the person isn't a member; said alike.
    """
    row = database.execute(
        "select role from memberships where person_id = ? and workspace_id = ?", [person, workspace]
    ).fetchone()
    if row is None:
        raise NotFound(N_("There is no such workspace among yours. Join it with a code, or choose another one."))
    return Actor(person=person, workspace=workspace, role=Role(row[0]))


def workspaces_of(database: Database, person: str) -> list[dict[str, Any]]:
    """The person's workspaces, the demo house first: id, name, house, currency, demo, role."""
    return list(
        database.query(
            "select w.id, w.name, w.house, w.currency, w.demo, m.role from memberships m"
            " join workspaces w on w.id = m.workspace_id where m.person_id = ? order by w.demo desc, w.name",
            [person],
        )
    )


def workspace(database: Database, actor: Actor) -> dict[str, Any]:
    """The actor's workspace: id, name, house, currency, demo, budget, created_at."""
    require(actor, Right.READ)
    return dict(next(database.query("select * from workspaces where id = ?", [actor.workspace])))


def create_workspace(database: Database, person: str, name: str, house: str = "", currency: str = "EUR") -> str:
    """A new workspace whose administrator is ``person``; its id.

    Raises:
        InputError: the name is empty.
    """
    name = name.strip()[:MAX_NAME]
    if not name:
        raise InputError(N_("The workspace needs a name. Type one, then create it."))
    identifier = new_id()
    with writing(database):
        database.table("workspaces").insert(
            {
                "id": identifier,
                "name": name,
                "house": house.strip()[:MAX_NAME] or name,
                "currency": currency,
                "created_at": now(),
            }
        )
        enrol(database, person, identifier, Role.ADMINISTRATOR)
    return identifier


def make_join_code(database: Database, actor: Actor, role: Role = Role.PARTICIPANT, days: int = 14) -> str:
    """A code that lets others join the actor's workspace as ``role`` for ``days`` days. Only its hash is kept.

    Raises:
        NotAllowed: the actor may not invite, or not to a role above their own.
    """
    require(actor, Right.INVITE)
    if role is Role.ADMINISTRATOR and actor.role is not Role.ADMINISTRATOR:
        raise NotAllowed(N_("Only an administrator can invite administrators. Choose another role."))
    shown, code_hash = new_code()
    expires = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)
    with writing(database):
        database.table("join_codes").insert(
            {
                "code_hash": code_hash,
                "workspace_id": actor.workspace,
                "role": role.value,
                "created_by": actor.person,
                "created_at": now(),
                "expires_at": expires.isoformat(timespec="milliseconds"),
            }
        )
    return shown


def join(database: Database, person: str, code: str) -> str:
    """Make ``person`` a member of the workspace that ``code`` opens; its id. A role already held is kept.

    Raises:
        InputError: the code is unknown, revoked or too old; said alike.
    """
    with writing(database):
        row = database.execute(
            "select workspace_id, role from join_codes where code_hash = ? and revoked_at is null and expires_at > ?",
            [hash_of_code(code), now()],
        ).fetchone()
        if row is None:
            raise InputError(N_("This code opens no workspace: it is mistyped or too old. Ask for a new one."))
        enrol(database, person, row[0], Role(row[1]))
    return str(row[0])


def enrol(database: Database, person: str, workspace: str, role: Role) -> None:
    """Make a person a member, within a transaction that the caller holds; a role already held is kept."""
    database.execute(
        "insert into memberships (workspace_id, person_id, role, joined_at) values (?, ?, ?, ?) on conflict do nothing",
        [workspace, person, role.value, now()],
    )


def rename_person(database: Database, actor: Actor, name: str) -> None:
    """Set the actor's own display name."""
    with writing(database):
        database.execute("update people set name = ? where id = ?", [name.strip()[:MAX_NAME], actor.person])


def person_name(database: Database, actor: Actor) -> str:
    """The actor's own display name, empty when none was given."""
    return str(database.execute("select name from people where id = ?", [actor.person]).fetchone()[0])


def members(database: Database, actor: Actor) -> list[dict[str, Any]]:
    """Who is in the actor's workspace: id, name, role, joined_at.

    In the demo house, which all visitors share, a person sees only themselves.
    """
    require(actor, Right.READ)
    return list(
        database.query(
            "select p.id, p.name, m.role, m.joined_at from memberships m join people p on p.id = m.person_id"
            " where m.workspace_id = :workspace and (:workspace <> :demo or p.id = :person) order by m.joined_at",
            {"workspace": actor.workspace, "demo": DEMO_WORKSPACE, "person": actor.person},
        )
    )


def set_role(database: Database, actor: Actor, person: str, role: Role) -> None:
    """Change a member's role.

    Raises:
        NotAllowed: the actor is no administrator, or this would leave the workspace without one.
        NotFound: no such member, or the demo house, in which others are not seen.
    """
    require(actor, Right.ADMINISTER)
    with writing(database):
        if person not in {member["id"] for member in members(database, actor)}:
            raise NotFound(N_("There is no such person in this workspace. Reload the page to see who is."))
        database.execute(
            "update memberships set role = ? where workspace_id = ? and person_id = ?",
            [role.value, actor.workspace, person],
        )
        require_administrator_left(database, actor.workspace)


def require_administrator_left(database: Database, workspace: str) -> None:
    """Pass silently while somebody administers the workspace, or nobody is in it any more.

    Raises:
        NotAllowed: the members that are left have no administrator.
    """
    left = [role for (role,) in database.execute("select role from memberships where workspace_id = ?", [workspace])]
    if left and Role.ADMINISTRATOR.value not in left:
        raise NotAllowed(N_("A workspace needs an administrator. Name another one first."))
