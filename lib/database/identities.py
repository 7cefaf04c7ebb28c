"""People who come through an identity provider (OIDC): found by issuer and subject, of which a digest is kept.

The provider's e-mail address and name are not needed to know somebody again. A name fills an empty name of the person;
an address is not kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from sqlite_utils import Database

from lib.access import DEMO_WORKSPACE, Actor, House, Role
from lib.database.connection import now, writing
from lib.database.people import MAX_NAME, create_person, enrol, renew_token
from lib.errors import Overtaken
from lib.i18n import N_


def digest(issuer: str, subject: str) -> str:
    """What is kept of an identity. The lengths keep ('ab', 'c') and ('a', 'bc') apart."""
    return hashlib.sha256(f"{len(issuer)}:{issuer}{len(subject)}:{subject}".encode()).hexdigest()


def person_of_identity(database: Database, issuer: str, subject: str) -> str | None:
    """The id of the person with this identity, or None where nobody has logged in with it yet."""
    row = database.execute("select person_id from identities where digest = ?", [digest(issuer, subject)]).fetchone()
    return str(row[0]) if row else None


def has_identity(database: Database, person: str) -> bool:
    """Whether the person logs in through a provider: then a personal link is no key to them."""
    return database.execute("select 1 from identities where person_id = ?", [person]).fetchone() is not None


def adopt(database: Database, issuer: str, subject: str, name: str = "", person: str | None = None) -> str:
    """Give an identity its person: ``person``, whose work it takes over, or a new one. The person's id.

    The personal link of a person who was taken over is void from now on: the provider is the key.

    Raises:
        Overtaken: the person belongs to another identity already.
    """
    known = person_of_identity(database, issuer, subject)
    if known is not None:
        return known
    if person is None:
        person, _token = create_person(database, name)
    else:
        renew_token(database, Actor(person, DEMO_WORKSPACE, Role.PARTICIPANT))
    with writing(database):
        if has_identity(database, person):
            raise Overtaken(N_("Somebody else has taken over this profile meanwhile. Log in again to begin a new one."))
        database.execute(
            "insert into identities (digest, person_id, created_at) values (?, ?, ?) on conflict do nothing",
            [digest(issuer, subject), person, now()],
        )
        database.execute("update people set name = ? where id = ? and name = ''", [name.strip()[:MAX_NAME], person])
        row = database.execute("select person_id from identities where digest = ?", [digest(issuer, subject)])
        return str(row.fetchone()[0])


def settle_houses(database: Database, person: str, houses: Mapping[House, Role | None]) -> None:
    """Bring a person's memberships in the declared houses in line with their groups: their role, or None.

    A role that somebody gave by hand or by code in such a house gives way: the provider decides there.
    """
    with writing(database):
        for house, role in houses.items():
            if role is None:
                database.execute("delete from memberships where workspace_id = ? and person_id = ?", [house.id, person])
                continue
            database.execute(
                "insert into workspaces (id, name, house, currency, created_at) values (?, ?, ?, ?, ?)"
                " on conflict do update set name = excluded.name",
                [house.id, house.name[:MAX_NAME], house.house[:MAX_NAME] or house.name, house.currency, now()],
            )
            enrol(database, person, house.id, role)
            database.execute(
                "update memberships set role = ? where workspace_id = ? and person_id = ?",
                [role.value, house.id, person],
            )
