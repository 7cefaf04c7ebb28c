"""A verdict given on a use case's own page: the run's review, or one of several sealed ones where several are asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.queue_verdicts import Judgement, give
from lib.database.review_queue import KINDS, rule
from lib.database.reviews import SAY_WHY, add_review
from lib.database.run_list import IN_A_COMPARISON
from lib.database.runs import get_run
from lib.errors import InputError
from lib.i18n import N_

YOURS = N_(
    "You have judged this output already: your verdict is sealed until the others have given theirs. To change it, take"
    " it back in the review queue."
)
SETTLED = N_(
    "{n} people were asked about this output, and it is settled: one verdict more wouldn’t count. To have it judged"
    " anew, ask for verdicts on it again in the review queue."
)
_JUDGED = (
    "select 1 from queue_verdicts m where m.run_id = :run and m.workspace_id = :workspace and m.person_id = :person"
    " and m.verdict <> 'withdrawn' and not exists (select 1 from queue_verdicts w where w.withdraws = m.id)"
)


@dataclass(frozen=True)
class Asked:
    """Who judges a run's output: ``people``, 1 where its page's verdict settles it; ``status`` of its place in the
    queue, '' where nobody has begun; ``possible`` says whether the queue takes it at all."""

    people: int = 1
    status: str = ""
    possible: bool = False
    sealed: bool = False


def asked(database: Database, actor: Actor, run_id: str) -> Asked:
    """How many people judge this run's output; nothing of a run that the actor doesn't see."""
    require(actor, Right.READ)
    row = database.execute(
        f"select q.reviewers, q.status, r.kind, r.status, r.output is not null, {IN_A_COMPARISON} from runs r"
        " left join queue_items q on q.run_id = r.id and q.workspace_id = r.workspace_id"
        f" where r.id = :run and {visible('r')}",
        {"run": run_id, **scope(actor)},
    ).fetchone()
    if row is None:
        return Asked()
    reviewers, status, kind, state, has_output, compared = row
    possible = kind in KINDS and state == "done" and bool(has_output) and not compared
    if reviewers is not None:
        sealed = (
            status != "settled" and database.execute(_JUDGED, {"run": run_id, **scope(actor)}).fetchone() is not None
        )
        return Asked(int(reviewers), str(status), possible, sealed)
    return Asked(rule(database, actor) if possible else 1, "", possible)


def give_on_page(
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
) -> bool:
    """Record a verdict with the columns of ``reviews.add_review``. True where it was sealed beside those of others.

    Where several people are asked it counts as one verdict of the review queue, so it settles nothing alone and nobody
    sees it before their own; a rating and the minutes stand beside it.

    Raises:
        NotAllowed, NotFound: as ``add_review``.
        InputError: as ``add_review``; or the actor has judged it already, or all who were asked have.
        Overtaken: as many people as are asked read it just now.
    """
    require(actor, Right.REVIEW)
    found = asked(database, actor, run_id)
    if found.people == 1 or verdict == "rated":
        add_review(
            database, actor, run_id, verdict, rating, comment, minutes_saved, edited_output, open_findings, reason
        )
        return False
    if found.status == "settled":
        raise InputError(SETTLED, n=found.people)
    if found.sealed:
        raise InputError(YOURS)
    why = "\n".join(text.strip() for text in (reason, comment) if text.strip())
    output = get_run(database, actor, run_id)["output"]
    give(database, actor, run_id, _judgement(output, verdict, why, edited_output, open_findings or 0))
    if rating is not None or minutes_saved is not None:
        add_review(database, actor, run_id, "rated", rating, minutes_saved=minutes_saved)
    return True


def _judgement(
    output: dict[str, Any], verdict: str, why: str, approved: dict[str, Any] | None, open_findings: int
) -> Judgement:
    """The page's verdict as the queue takes it. The page has no list of reasons, so its comment is the reason."""
    if verdict != "approved":
        if not why:
            raise InputError(SAY_WHY)
        return Judgement(verdict, ("other",), why)
    edited, form = _form(output, approved)
    return Judgement("edited" if edited else "approved", (), why, form, (), open_findings)


def _form(output: dict[str, Any], approved: dict[str, Any] | None) -> tuple[bool, dict[str, Any] | None]:
    """Whether the text was changed, and what is kept of it in the form that the queue keeps: two people who approve the
    same words agree, wherever they did it."""
    kept = json.loads(json.dumps(approved))
    if kept is None or kept == output:
        return False, None
    if "option" not in kept or "description" not in kept:
        return True, kept
    options = output.get("options", [])
    same = int(kept["option"]) < len(options) and options[int(kept["option"])] == kept["description"]
    return not same, None if same and kept["option"] == 0 else kept
