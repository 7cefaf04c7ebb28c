"""A workspace's own names of other houses to look for in texts, and names to leave alone."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import now, writing
from lib.errors import InputError
from lib.i18n import N_

MOST_NAMES = 500
LONGEST_NAME = 60
TOO_MANY = N_("A list holds at most {most} names. Take some out.")
TOO_LONG = N_("“{name}” is longer than {most} characters. Write the name alone, one a line.")
TOO_SHORT = N_("“{name}” is a single sign and would be found everywhere. Write the whole name.")


@dataclass(frozen=True)
class HouseTerms:
    """Names to look for and to leave alone, beside the list that comes with the product."""

    added: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    changed_at: str = ""


def house_terms(database: Database, actor: Actor) -> HouseTerms:
    """The lists that were set last in the actor's workspace, in the demo house by the actor."""
    require(actor, Right.READ)
    row = database.execute(
        "select added, left_out, changed_at from house_terms"
        f" where {visible()} order by changed_at desc, rowid desc limit 1",
        scope(actor),
    ).fetchone()
    return HouseTerms() if row is None else HouseTerms(tuple(json.loads(row[0])), tuple(json.loads(row[1])), row[2])


def set_house_terms(database: Database, actor: Actor, added: list[str], left_out: list[str]) -> HouseTerms:
    """Keep both lists for everybody in the workspace, in the demo house for the actor alone; names are trimmed.

    Raises:
        NotAllowed: the actor may not govern here.
        InputError: a list is too long, or a name in it too long or too short.
    """
    require(actor, Right.GOVERN)
    lists = [_cleaned(names) for names in (added, left_out)]
    with writing(database):
        database.execute(
            "delete from house_terms where workspace_id = ? and person_id = ?", [actor.workspace, actor.person]
        )
        database.table("house_terms").insert(
            {
                "workspace_id": actor.workspace,
                "person_id": actor.person,
                "added": json.dumps(lists[0], ensure_ascii=False),
                "left_out": json.dumps(lists[1], ensure_ascii=False),
                "changed_at": now(),
            }
        )
    return house_terms(database, actor)


def _cleaned(names: list[str]) -> list[str]:
    whole = list(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
    if len(whole) > MOST_NAMES:
        raise InputError(TOO_MANY, most=MOST_NAMES)
    for name in whole:
        if len(name) > LONGEST_NAME:
            raise InputError(TOO_LONG, name=name[:LONGEST_NAME], most=LONGEST_NAME)
        if len(name) < 2:
            raise InputError(TOO_SHORT, name=name)
    return whole
