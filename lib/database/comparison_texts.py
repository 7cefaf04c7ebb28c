"""The texts of a comparison while they are written: which are lacking, what came, when the vote begins and ends."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require
from lib.database.comparisons import Comparison, get, require_manager
from lib.database.connection import now, writing
from lib.errors import InputError
from lib.i18n import N_

# Two texts of an input are the least that one can choose from.
ON_BALLOT = (
    "select input from comparison_texts where comparison_id = :id and status = 'done' group by input"
    " having count(*) >= 2"
)


def lacking(database: Database, actor: Actor, comparison: str) -> list[tuple[int, int]]:
    """The (input, side) pairs without a text or an error, input by input, so that sides take turns."""
    found = get(database, actor, comparison)
    rows = database.query(
        "select i.position as input, s.position as side from comparison_inputs i join comparison_sides s"
        " on s.comparison_id = i.comparison_id where i.comparison_id = :id and not exists"
        " (select 1 from comparison_texts t where t.comparison_id = :id and t.input = i.position"
        "   and t.side = s.position) order by i.position, s.position",
        {"id": found.id},
    )
    return [(row["input"], row["side"]) for row in rows]


def record_text(
    database: Database,
    actor: Actor,
    comparison: str,
    place: tuple[int, int],
    run: str | None,
    error: dict[str, Any] | None = None,
) -> None:
    """Write down that the text of (input, side) came, or which error stands in its place.

    Raises:
        NotAllowed: the comparison is somebody else's.
    """
    require(actor, Right.RUN)
    found = get(database, actor, comparison)
    require_manager(actor, found)
    with writing(database):
        database.execute(
            "insert into comparison_texts (comparison_id, input, side, run_id, status, error)"
            " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
            [
                found.id,
                *place,
                run,
                "failed" if error else "done",
                json.dumps(error, ensure_ascii=False, default=str) if error else None,
            ],
        )


def forget_failures(database: Database, actor: Actor, comparison: str) -> None:
    """Make what failed lacking again, so that it is tried once more. Not once people vote: texts would change.

    Raises:
        InputError: the vote has begun.
    """
    found = get(database, actor, comparison)
    require_manager(actor, found)
    with writing(database):
        if database.execute("select 1 from votes where comparison_id = ?", [found.id]).fetchone():
            raise InputError(N_("People have voted already: what failed stays out of this comparison. Make a new one."))
        database.execute("delete from comparison_texts where comparison_id = ? and status = 'failed'", [found.id])
        database.execute("update comparisons set status = 'writing' where id = ? and status = 'voting'", [found.id])


def open_vote(database: Database, actor: Actor, comparison: str) -> None:
    """Let people vote on what was written.

    Raises:
        InputError: no input has two texts to choose from.
    """
    found = get(database, actor, comparison)
    require_manager(actor, found)
    with writing(database):
        if database.execute(ON_BALLOT, {"id": found.id}).fetchone() is None:
            raise InputError(
                N_(
                    "No input has two texts to choose from. Look at the errors below, then try what failed again, or"
                    " make a new comparison with other sides."
                )
            )
        database.execute("update comparisons set status = 'voting' where id = ? and status = 'writing'", [found.id])


def close_vote(database: Database, actor: Actor, comparison: str) -> None:
    """End the vote and open the names, whoever has voted so far.

    Raises:
        NotAllowed: the comparison is somebody else's.
    """
    found = get(database, actor, comparison)
    require_manager(actor, found)
    with writing(database):
        end_vote(database, found)


def end_vote(database: Database, comparison: Comparison) -> None:
    """As ``close_vote``, inside the caller's ``writing`` block."""
    database.execute(
        "update comparisons set status = 'closed', closed_at = ? where id = ? and status = 'voting'",
        [now(), comparison.id],
    )
