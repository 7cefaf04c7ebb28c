"""Tables that people brought: the file as an artefact, how its columns map, and which rows were left out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database import artefacts
from lib.database.connection import new_id, now, writing
from lib.errors import NotFound
from lib.i18n import N_


@dataclass(frozen=True)
class DataSet:
    """One kept table. ``mapping`` holds what is needed to read the file the same way again."""

    id: str
    use_case: str
    slot: str  # which of the use case's tables: 'products', 'posts'
    name: str
    artefact: str
    rows: int  # that are used
    mapping: dict[str, Any]
    left_out: tuple[dict[str, Any], ...]  # {'line', 'column', 'message', 'values'} each
    person: str
    created_at: str


def save(
    database: Database,
    actor: Actor,
    use_case: str,
    slot: str,
    name: str,
    content: bytes,
    mapping: dict[str, Any],
    rows: int,
    left_out: Sequence[dict[str, Any]] = (),
    media_type: str = "application/octet-stream",
) -> str:
    """Keep a table and return the data set's id. File and rows are written together or not at all.

    Raises:
        NotAllowed: the actor may not run.
        StorageError: the disk or the database refused.
    """
    require(actor, Right.RUN)
    digest = hashlib.sha256(content).hexdigest()
    artefacts.write_once(artefacts.path_of(digest), content)
    identifier = new_id()
    with writing(database):
        artefact = artefacts.insert(database, actor, name, digest, len(content), media_type, None)
        database.table("data_sets").insert(
            {
                "id": identifier,
                "workspace_id": actor.workspace,
                "person_id": actor.person,
                "use_case": use_case,
                "slot": slot,
                "name": artefacts.safe_name(name),
                "artefact_id": artefact,
                "rows": rows,
                "mapping": json.dumps(mapping, ensure_ascii=False),
                "left_out": json.dumps(list(left_out), ensure_ascii=False, default=str),
                "created_at": now(),
            }
        )
    return identifier


def listing(
    database: Database, actor: Actor, use_case: str | None = None, slot: str | None = None, limit: int = 50
) -> list[DataSet]:
    """The data sets that the actor sees, newest first."""
    require(actor, Right.READ)
    wanted = {"use_case": use_case, "slot": slot}
    conditions = [
        visible(),
        "erased_at is null",
        *(f"{column} = :{column}" for column, value in wanted.items() if value is not None),
    ]
    rows = database.query(
        f"select * from data_sets where {' and '.join(conditions)} order by created_at desc, id desc limit :limit",
        {**wanted, **scope(actor), "limit": limit},
    )
    return [_read(row) for row in rows]


def latest(database: Database, actor: Actor, use_case: str, slot: str) -> DataSet | None:
    """The newest data set of a use case's slot that the actor sees, or None."""
    found = listing(database, actor, use_case, slot, limit=1)
    return found[0] if found else None


def get(database: Database, actor: Actor, data_set: str) -> DataSet:
    """One data set.

    Raises:
        NotFound: no such data set among those that the actor sees.
    """
    require(actor, Right.READ)
    rows = list(
        database.query(f"select * from data_sets where id = :id and {visible()}", {"id": data_set, **scope(actor)})
    )
    if not rows:
        raise NotFound(
            N_("There is no such data set in this workspace. Choose one from the list, or upload the file again.")
        )
    if rows[0]["erased_at"] is not None:
        raise NotFound(N_("This table was erased, and only its place is left. Choose another one, or upload the file."))
    return _read(rows[0])


def load(database: Database, actor: Actor, data_set: str) -> tuple[DataSet, bytes]:
    """One data set with its file's content.

    Raises:
        NotFound: no such data set among those that the actor sees.
        StorageError: its file is missing or was changed on disk.
    """
    found = get(database, actor, data_set)
    return found, artefacts.load(database, actor, found.artefact)


def _read(row: dict[str, Any]) -> DataSet:
    return DataSet(
        id=row["id"],
        use_case=row["use_case"],
        slot=row["slot"],
        name=row["name"],
        artefact=row["artefact_id"],
        rows=row["rows"],
        mapping=json.loads(row["mapping"]),
        left_out=tuple(json.loads(row["left_out"])),
        person=row["person_id"],
        created_at=row["created_at"],
    )
