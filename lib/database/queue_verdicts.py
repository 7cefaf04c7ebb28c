"""Verdicts of the review queue: blind until an item is settled, then the run's reviews. Nothing is overwritten."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database import chain
from lib.database.connection import new_id, now, writing
from lib.database.review_queue import STANDING, free_item, insert_item
from lib.database.reviews import MAX_COMMENT, insert_review
from lib.database.runs import get_run
from lib.errors import InputError, NotFound
from lib.i18n import N_

VERDICTS = ("approved", "edited", "sent_back", "rejected")
REASONS = (
    "factual_error", "invented_claim", "tone", "brand_voice", "wrong_language", "bias", "rights", "personal_data",
    "picture_flaw", "form", "other",
)  # fmt: skip
REVIEW_OF = {"approved": "approved", "edited": "approved", "sent_back": "sent_back", "rejected": "rejected"}
Row = dict[str, Any]


@dataclass(frozen=True)
class Judgement:
    """What a person says of an output.

    ``edited_output`` is what 'edited' approves, in the form that the use case's page keeps; ``findings`` are what the
    checks say of it, as ``lib.database.runs.checks_of`` gives it; ``open_findings`` counts what must be changed.
    """

    verdict: str
    reasons: tuple[str, ...] = ()
    comment: str = ""
    edited_output: dict[str, Any] | None = None
    findings: tuple[dict[str, Any], ...] = ()
    open_findings: int = 0


def _checked(said: Judgement) -> None:
    if said.verdict not in VERDICTS or any(reason not in REASONS for reason in said.reasons):
        raise ValueError(f"unknown verdict or reason: {said.verdict}, {said.reasons}")
    if said.verdict in ("sent_back", "rejected") and not said.reasons:
        raise InputError(N_("Say why: choose at least one reason from the list, so that others can learn from it."))
    if "other" in said.reasons and not said.comment.strip():
        raise InputError(N_("You chose “other”: say in the comment what it is."))
    if said.verdict == "edited" and said.edited_output is None:
        raise InputError(N_("Nothing was changed in this text. Change it, or approve it as it is."))
    if said.verdict in ("approved", "edited") and said.open_findings and not said.comment.strip():
        raise InputError(N_("Say why you approve it although there is something to fix: a sentence is enough."))


def give(database: Database, actor: Actor, run_id: str, said: Judgement) -> str:
    """Record a verdict; its id. With the last one asked for, the item is settled and the run's reviews are written.

    Raises:
        NotAllowed: the actor may not review.
        NotFound: no such run (any more).
        Overtaken: others have judged it, or are reading it, meanwhile.
        InputError: a reason or comment is missing.
    """
    require(actor, Right.REVIEW)
    _checked(said)
    identifier = new_id()
    with writing(database):
        found = free_item(database, actor, run_id)
        item = insert_item(database, actor, run_id, int(found["reviewers"]))
        edited = None if said.edited_output is None else json.dumps(said.edited_output, ensure_ascii=False)
        database.table("queue_verdicts").insert(
            {
                "id": identifier, "workspace_id": actor.workspace, "item_id": item, "run_id": run_id,
                "person_id": actor.person, "verdict": said.verdict, "reasons": json.dumps(list(said.reasons)),
                "comment": said.comment.strip()[:MAX_COMMENT], "edited_output": edited,
                "findings": json.dumps(list(said.findings), ensure_ascii=False, default=str) if edited else None,
                "open_findings": said.open_findings, "adjudicates": int(found["status"] == "adjudicate"),
                "created_at": now(),
            }
        )  # fmt: skip
        chain.append(database, "queue_verdicts", identifier)
        database.execute("delete from queue_claims where run_id = ? and person_id = ?", [run_id, actor.person])
        _settle(database, actor, item)
    return identifier


def withdraw(database: Database, actor: Actor, run_id: str) -> str:
    """Take back the actor's own standing verdict on a run, as a new record; the output waits again.

    Raises:
        NotFound: no such run, or no verdict of the actor's stands on it.
    """
    require(actor, Right.REVIEW)
    identifier = new_id()
    with writing(database):
        get_run(database, actor, run_id)
        mine = [row for row in _standing_of_run(database, actor, run_id) if row["person_id"] == actor.person]
        if not mine:
            raise NotFound(N_("No verdict of yours stands on this output, so there is none to take back."))
        last = mine[-1]
        whose = {"workspace_id": actor.workspace, "item_id": last["item_id"], "run_id": run_id}
        taken = {"verdict": "withdrawn", "withdraws": last["id"], "created_at": now()}
        database.table("queue_verdicts").insert({"id": identifier, **whose, "person_id": actor.person, **taken})
        chain.append(database, "queue_verdicts", identifier)
        before = database.execute("select status from queue_items where id = ?", [last["item_id"]]).fetchone()[0]
        _settle(database, actor, last["item_id"])
        after = database.execute("select status from queue_items where id = ?", [last["item_id"]]).fetchone()[0]
        if before == "settled" and after != "settled":
            insert_review(database, actor, run_id, {"verdict": "withdrawn", "comment": "", "reason": ""})
    return identifier


def _standing_of_run(database: Database, actor: Actor, run_id: str) -> list[Row]:
    rows = database.query(
        f"select s.* from queue_verdicts s where s.run_id = ? and s.workspace_id = ? and {STANDING.format(table='s')}"
        " order by s.rowid",
        [run_id, actor.workspace],
    )
    return list(rows)


def outcome(standing: Sequence[Row], reviewers: int) -> Row | bool | None:
    """The verdict that settles an item; False while some are missing, None where they disagree.

    Two verdicts agree when they say the same and, where a text was edited, approve the same words. A majority is
    enough from three people on. A third person's decision settles it at once.
    """
    decided = [row for row in standing if row["adjudicates"]]
    if decided:
        return decided[-1]
    if len(standing) < reviewers:
        return False
    alike = Counter(_words(row) for row in standing)
    (signature, most) = alike.most_common(1)[0]
    if most * 2 <= len(standing):
        return None
    return next(row for row in reversed(standing) if _words(row) == signature)


def _words(row: Row) -> tuple[str, str]:
    """A verdict and what it approves, however the keys are ordered."""
    return row["verdict"], json.dumps(json.loads(row["edited_output"] or "null"), sort_keys=True)


def _settle(database: Database, actor: Actor, item: str) -> None:
    """Bring an item's state up to date and, where it is settled, write down the reviews that were sealed so far."""
    row = next(database.query("select * from queue_items where id = ?", [item]))
    standing = _standing_of_run(database, actor, row["run_id"])
    found = outcome(standing, row["reviewers"])
    if found is None or isinstance(found, bool):
        status = "adjudicate" if found is None else "open"
        database.table("queue_items").update(item, {"status": status, "outcome": None, "settled_at": None})
        return
    changes = {"status": "settled", "outcome": found["verdict"], "settled_at": now()}
    database.table("queue_items").update(item, changes)
    unwritten = [one for one in standing if one["review_id"] is None and one["id"] != found["id"]]
    for one in (*unwritten, found):  # what settles it is written last: the last verdict on a run is the one that holds
        review = insert_review(database, actor, row["run_id"], _review(one), one["person_id"])
        database.table("queue_verdicts").update(one["id"], {"review_id": review})


def _review(row: Row) -> dict[str, Any]:
    approves = row["verdict"] in ("approved", "edited")
    return {
        "verdict": REVIEW_OF[row["verdict"]], "comment": row["comment"], "edited_output": row["edited_output"],
        "open_findings": row["open_findings"] if approves else None,
        "reason": row["comment"] if approves and row["open_findings"] else "",
    }  # fmt: skip


def others_verdicts(database: Database, actor: Actor, run_id: str) -> list[Row]:
    """The verdicts that stand on a run, each with its reviewer's name: nothing before the actor's own, unless they are
    called to decide between them or the item is settled.

    Rows: person_id, person (a name), verdict, reasons (a list), comment, edited_output, adjudicates, created_at.

    Raises:
        NotFound: no such run.
    """
    require(actor, Right.REVIEW)
    get_run(database, actor, run_id)
    row = database.execute(
        "select status from queue_items where run_id = ? and workspace_id = ?", [run_id, actor.workspace]
    ).fetchone()
    found = _standing_of_run(database, actor, run_id)
    mine = any(one["person_id"] == actor.person for one in found)
    if row is None or not (mine or row[0] in ("adjudicate", "settled")):
        return []
    names = {one["id"]: one["name"] for one in database.query("select id, name from people")}
    return [{**_read(one), "person": names.get(one["person_id"], "")} for one in found]


def my_verdicts(database: Database, actor: Actor, limit: int = 20) -> list[Row]:
    """The actor's own standing verdicts, newest first: run_id, use_case, label, verdict, reasons, created_at."""
    require(actor, Right.REVIEW)
    rows = database.query(
        "select s.*, r.use_case, json_extract(r.inputs, '$.product.name') as label from queue_verdicts s"
        f" join runs r on r.id = s.run_id where s.person_id = :person and {STANDING.format(table='s')}"
        f" and {visible('r')} order by s.rowid desc limit :limit",
        {**scope(actor), "limit": limit},
    )
    return [_read(row) for row in rows]


def judged(database: Database, actor: Actor) -> list[Row]:
    """Standing verdicts on settled items of the workspace, oldest first; sealed ones are left out.

    Rows: run_id, use_case, person_id, person (a name), verdict, reasons, adjudicates, outcome, created_at.
    """
    require(actor, Right.REVIEW)
    rows = database.query(
        "select s.*, r.use_case, q.outcome, q.reviewers, p.name as person from queue_verdicts s"
        " join queue_items q on q.id = s.item_id join runs r on r.id = s.run_id join people p on p.id = s.person_id"
        f" where (q.status = 'settled' or q.status = 'adjudicate') and {STANDING.format(table='s')}"
        f" and {visible('r')} order by s.rowid",
        scope(actor),
    )
    return [_read(row) for row in rows]


def _read(row: Row) -> Row:
    texts = ("reasons", "edited_output", "findings")
    return {name: json.loads(value) if name in texts and value else value for name, value in row.items()}
