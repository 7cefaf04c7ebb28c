"""Rounds of spotting flaws: the texts, a reader's marks, and the key, which nobody gets before they have finished."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import new_id, now, writing
from lib.errors import InputError, NotFound
from lib.i18n import N_

MOST_MARKS = 40  # on one text
Row = dict[str, Any]
NO_ROUND = N_("There is no such round among yours. Begin a new one.")
OVER = N_("This round is finished: its marks stay as they are. Begin a new one.")


def add(
    database: Database, actor: Actor, language: str, seed: int, version: str, items: Sequence[dict[str, Any]]
) -> str:
    """Begin a round; its id. Each item has 'shown', what the reader sees, and 'key'."""
    require(actor, Right.REVIEW)
    identifier = new_id()
    with writing(database):
        database.table("flaw_rounds").insert(
            {
                "id": identifier, "workspace_id": actor.workspace, "person_id": actor.person, "language": language,
                "seed": seed, "version": version, "items": json.dumps(list(items), ensure_ascii=False),
                "created_at": now(),
            }
        )  # fmt: skip
    return identifier


def get(database: Database, actor: Actor, round_id: str) -> Row:
    """One of the actor's own rounds: id, language, seed, items (without 'key' before it is finished), marks (by item),
    answered (places of the items that the reader is done with), created_at, finished_at.

    Raises:
        NotFound: no such round of the actor's.
    """
    require(actor, Right.REVIEW)
    row = _own(database, actor, round_id)
    items = json.loads(row["items"])
    shown = items if row["finished_at"] else [{"shown": item["shown"]} for item in items]
    done = database.execute("select item from flaw_answers where round_id = ?", [round_id]).fetchall()
    marks = _marks(database, round_id, len(items))
    return {**row, "items": shown, "marks": marks, "answered": {int(item) for (item,) in done}}


def _own(database: Database, actor: Actor, round_id: str) -> Row:
    row = next(
        database.query(
            f"select * from flaw_rounds where id = :id and person_id = :person and {visible()}",
            {"id": round_id, **scope(actor)},
        ),
        None,
    )
    if row is None:
        raise NotFound(NO_ROUND)
    return dict(row)


def _marks(database: Database, round_id: str, size: int) -> list[list[Row]]:
    made: list[list[Row]] = [[] for _ in range(size)]
    for row in database.query("select * from flaw_marks where round_id = ? order by rowid", [round_id]):
        made[row["item"]].append({name: row[name] for name in ("id", "field", "start", "end", "kind")})
    return made


def mark(
    database: Database, actor: Actor, round_id: str, item: int, field: str, span: tuple[int, int], kind: str
) -> str:
    """Mark a passage of a text that isn't answered yet; the mark's id.

    Raises:
        NotFound: no such round of the actor's.
        InputError: the round or the text is finished, the place isn't in the text, or it has too many marks.
    """
    require(actor, Right.REVIEW)
    identifier = new_id()
    with writing(database):
        _open(database, actor, round_id, item, field, span)
        count = database.execute(
            "select count(*) from flaw_marks where round_id = ? and item = ?", [round_id, item]
        ).fetchone()[0]
        if count >= MOST_MARKS:
            raise InputError(
                N_("A text takes at most {most} marks. Remove one, or go on with the next text."), most=MOST_MARKS
            )
        whose = {"id": identifier, "workspace_id": actor.workspace, "round_id": round_id, "person_id": actor.person}
        place = {"item": item, "field": field, "start": span[0], "end": span[1], "kind": kind}
        database.table("flaw_marks").insert({**whose, **place, "created_at": now()})
    return identifier


def _open(database: Database, actor: Actor, round_id: str, item: int, field: str, span: tuple[int, int]) -> None:
    row = _own(database, actor, round_id)
    items = json.loads(row["items"])
    answered = database.execute(
        "select 1 from flaw_answers where round_id = ? and item = ?", [round_id, item]
    ).fetchone()
    if row["finished_at"] or answered:
        raise InputError(OVER)
    text = items[item]["shown"]["fields"].get(field) if 0 <= item < len(items) else None
    if text is None or not 0 <= span[0] < span[1] <= len(text):
        raise InputError(N_("This passage isn’t in the text any more. Choose it again."))


def unmark(database: Database, actor: Actor, round_id: str, mark_id: str) -> None:
    """Remove one of the actor's own marks from a text that isn't answered yet.

    Raises:
        NotFound: no such round of the actor's.
    """
    require(actor, Right.REVIEW)
    with writing(database):
        _own(database, actor, round_id)
        database.execute(
            "delete from flaw_marks where id = ? and round_id = ? and item not in"
            " (select item from flaw_answers where round_id = ?)",
            [mark_id, round_id, round_id],
        )


def answer(database: Database, actor: Actor, round_id: str, item: int) -> bool:
    """The reader is done with a text; with the last one the round is finished, and its key opens. True at its end.

    Raises:
        NotFound: no such round of the actor's.
    """
    require(actor, Right.REVIEW)
    with writing(database):
        row = _own(database, actor, round_id)
        size = len(json.loads(row["items"]))
        if 0 <= item < size and not row["finished_at"]:
            database.execute("insert or ignore into flaw_answers values (?, ?, ?)", [round_id, item, now()])
        done = database.execute("select count(*) from flaw_answers where round_id = ?", [round_id]).fetchone()[0]
        if done >= size and not row["finished_at"]:
            database.table("flaw_rounds").update(round_id, {"finished_at": now()})
    return bool(done >= size)


def mine(database: Database, actor: Actor, limit: int = 20) -> list[Row]:
    """The actor's own rounds, newest first: id, language, created_at, finished_at, size, answered."""
    require(actor, Right.REVIEW)
    return list(
        database.query(
            "select f.id, f.language, f.created_at, f.finished_at, json_array_length(f.items) as size,"
            " (select count(*) from flaw_answers a where a.round_id = f.id) as answered from flaw_rounds f"
            f" where f.person_id = :person and {visible('f')} order by f.rowid desc limit :limit",
            {**scope(actor), "limit": limit},
        )
    )


def finished(database: Database, actor: Actor, limit: int = 200) -> list[Row]:
    """Finished rounds with key and marks, newest first: one's own, or the workspace's for who may govern it.

    Rows: id, person_id, person (a name), language, items, marks, finished_at.
    """
    require(actor, Right.REVIEW)
    own = "" if actor.may(Right.GOVERN) else " and f.person_id = :person"
    rows = database.query(
        "select f.*, p.name as person from flaw_rounds f join people p on p.id = f.person_id"
        f" where f.finished_at is not null{own} and {visible('f')}"
        " order by f.finished_at desc, f.rowid desc limit :limit",
        {**scope(actor), "limit": limit},
    )
    made = []
    for row in rows:
        items = json.loads(row["items"])
        made.append({**row, "items": items, "marks": _marks(database, row["id"], len(items))})
    return made
