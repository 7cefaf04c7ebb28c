"""Reviews: what a person says of a run."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database import chain
from lib.database.connection import new_id, now, writing
from lib.database.runs import get_run, require_run
from lib.errors import InputError, NotFound
from lib.i18n import N_

VERDICTS = ("approved", "sent_back", "rejected", "withdrawn", "rated")
MAX_COMMENT = 4_000
SAY_WHY = N_("Say what is wrong before you send it back: a sentence in the comment is enough.")


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
        verdict: 'approved', 'sent_back', 'rejected', 'withdrawn' (an earlier verdict no longer stands) or 'rated' (a
            rating alone).
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
        raise InputError(SAY_WHY)
    if verdict == "approved" and open_findings and not reason.strip():
        raise InputError(N_("Say why you approve it although there is something to fix: a sentence is enough."))
    if rating is not None and rating not in range(1, 6):
        raise InputError(N_("A rating goes from 1 to 5. Choose one of them."))
    with writing(database):
        get_run(database, actor, run_id)
        return insert_review(
            database,
            actor,
            run_id,
            {
                "verdict": verdict,
                "rating": rating,
                "comment": comment.strip()[:MAX_COMMENT],
                "minutes_saved": minutes_saved,
                "edited_output": None if edited_output is None else json.dumps(edited_output, ensure_ascii=False),
                "open_findings": open_findings,
                "reason": reason.strip()[:MAX_COMMENT],
            },
        )


def insert_review(database: Database, actor: Actor, run_id: str, values: dict[str, Any], person: str = "") -> str:
    """The row of a review, within a transaction that the caller holds; its id.

    ``values`` are columns of ``reviews``; ``person`` is who gave the verdict, where it isn't the actor: the review
    queue writes sealed verdicts of several people down together.

    Raises:
        NotFound: no such run in the actor's workspace, or that person judged it nowhere in the queue.
    """
    require(actor, Right.REVIEW)
    require_run(database, actor, run_id)
    if person and person != actor.person:
        gave = "select 1 from queue_verdicts where run_id = ? and workspace_id = ? and person_id = ?"
        if database.execute(gave, [run_id, actor.workspace, person]).fetchone() is None:
            raise NotFound(N_("There is no such person in this workspace. Choose one from the list."))
    identifier = new_id()
    whose = {"id": identifier, "workspace_id": actor.workspace, "run_id": run_id, "person_id": person or actor.person}
    database.table("reviews").insert({**whose, **values, "created_at": now()})
    chain.append(database, "reviews", identifier)
    return identifier


_BLIND = (
    "exists (select 1 from queue_items q where q.run_id = r.run_id and q.workspace_id = r.workspace_id"
    " and q.reviewers > 1 and q.status = 'open' and not exists (select 1 from queue_verdicts m where m.item_id = q.id"
    " and m.person_id = :person and m.verdict <> 'withdrawn'"
    " and not exists (select 1 from queue_verdicts w where w.withdraws = m.id)))"
)


def reviews_of(database: Database, actor: Actor, run_id: str) -> list[dict[str, Any]]:
    """The reviews of a run, newest first, with each reviewer's name.

    While several people are asked for a verdict, nobody gets the others' before they have given their own.
    """
    get_run(database, actor, run_id, erased=True)
    rows = database.query(
        "select r.*, p.name as person_name from reviews r join people p on p.id = r.person_id"
        f" where r.run_id = :run and r.workspace_id = :workspace and (r.person_id = :person or not {_BLIND})"
        " order by r.rowid desc",
        {"run": run_id, **scope(actor)},
    )
    return [
        {**row, "edited_output": json.loads(row["edited_output"]) if row["edited_output"] else None} for row in rows
    ]


def approved(database: Database, actor: Actor, use_case: str) -> list[dict[str, Any]]:
    """The runs of a use case whose last verdict is an approval, oldest first, each with what was approved.

    While several people are asked for a verdict in the review queue, an approval by one of them doesn't count.

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
        " and not exists (select 1 from queue_items q where q.run_id = r.id and q.reviewers > 1"
        "   and q.status <> 'settled')"
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
