"""Reviews: what a person says of a run."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import new_id, now, writing
from lib.database.runs import get_run
from lib.errors import InputError
from lib.i18n import N_

VERDICTS = ("approved", "sent_back", "rated")
MAX_COMMENT = 4_000


def add_review(
    database: Database,
    actor: Actor,
    run_id: str,
    verdict: str,
    rating: int | None = None,
    comment: str = "",
    minutes_saved: float | None = None,
    edited_output: dict[str, Any] | None = None,
    open_findings: int | None = None,
    reason: str = "",
) -> str:
    """Record a verdict on a run; its id. Nothing is overwritten: a second review of the same person stands beside.

    Args:
        verdict: 'approved', 'sent_back' or 'rated' (a rating alone).
        rating: 1 (unusable) to 5 (as it is).
        minutes_saved: against doing it by hand; may be negative when the tool cost time.
        edited_output: what the person approved, where it differs from the run's output.
        open_findings: how many findings 'to fix' stood when it was given; None where nobody counted.
        reason: why it is approved although some stood.

    Raises:
        NotFound: no such run in the actor's workspace.
        InputError: sent back without a comment, approved over findings without a reason, or a rating outside 1 to 5.
    """
    require(actor, Right.REVIEW)
    if verdict not in VERDICTS:
        raise ValueError(f"unknown verdict: {verdict}")
    if verdict == "sent_back" and not comment.strip():
        raise InputError(N_("Say what is wrong before you send it back: a sentence in the comment is enough."))
    if verdict == "approved" and open_findings and not reason.strip():
        raise InputError(N_("Say why you approve it although there is something to fix: a sentence is enough."))
    if rating is not None and rating not in range(1, 6):
        raise InputError(N_("A rating goes from 1 to 5. Choose one of them."))
    identifier = new_id()
    with writing(database):
        get_run(database, actor, run_id)
        database.table("reviews").insert(
            {
                "id": identifier,
                "workspace_id": actor.workspace,
                "run_id": run_id,
                "person_id": actor.person,
                "verdict": verdict,
                "rating": rating,
                "comment": comment.strip()[:MAX_COMMENT],
                "minutes_saved": minutes_saved,
                "edited_output": None if edited_output is None else json.dumps(edited_output, ensure_ascii=False),
                "open_findings": open_findings,
                "reason": reason.strip()[:MAX_COMMENT],
                "created_at": now(),
            }
        )
    return identifier


def reviews_of(database: Database, actor: Actor, run_id: str) -> list[dict[str, Any]]:
    """The reviews of a run, newest first, with each reviewer's name."""
    get_run(database, actor, run_id)
    rows = database.query(
        "select r.*, p.name as person_name from reviews r join people p on p.id = r.person_id"
        " where r.run_id = ? and r.workspace_id = ? order by r.rowid desc",
        [run_id, actor.workspace],
    )
    return [
        {**row, "edited_output": json.loads(row["edited_output"]) if row["edited_output"] else None} for row in rows
    ]


def approved(database: Database, actor: Actor, use_case: str) -> list[dict[str, Any]]:
    """The runs of a use case whose last verdict is an approval, oldest first, each with what was approved.

    Rows: run_id, engine, model, language, inputs and output (of the run); edited_output, open_findings, reason,
    person_id and person_name (of the approval).
    """
    require(actor, Right.READ)
    rows = database.query(
        "select r.id as run_id, r.engine, r.model, r.language, r.inputs, r.output, v.edited_output,"
        " v.open_findings, v.reason, p.id as person_id, p.name as person_name from runs r"
        " join reviews v on v.id = (select id from reviews where run_id = r.id and verdict <> 'rated'"
        "   order by rowid desc limit 1)"
        " join people p on p.id = v.person_id"
        f" where r.use_case = :use_case and r.output is not null and v.verdict = 'approved' and {visible('r')}"
        " order by r.rowid",
        {"use_case": use_case, **scope(actor)},
    )
    return [
        {
            key: json.loads(value) if key in ("inputs", "output", "edited_output") and value else value
            for key, value in row.items()
        }
        for row in rows
    ]
