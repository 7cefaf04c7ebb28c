"""What was answered in risk reviews: every answer stays, the newest counts, and two people never overwrite each other.

A review belongs to a use case of a workspace, or to one of its pilots. In the demo house each person has their own.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from sqlite_utils import Database

from lib.access import DEMO_WORKSPACE, Actor, Right, require, scope, visible
from lib.database import chain, pilots
from lib.database.connection import new_id, now, writing
from lib.database.portfolio import candidates
from lib.database.risk_records import (
    ANSWERS,
    RISK_CLASSES,
    Answer,
    Answered,
    Classification,
    Evidence,
    Review,
    answers_of,
    classifications_of,
    read,
)
from lib.errors import InputError, NotFound, Overtaken
from lib.i18n import N_

__all__ = [
    "ANSWERS", "RISK_CLASSES", "Answer", "Answered", "Classification", "Evidence", "Review", "answer", "begun",
    "classifications", "classify", "get", "history", "listing", "require_subject",
]  # fmt: skip
MAX_REASON: Final = 4_000
MAX_OWNER: Final = 120


def get(database: Database, actor: Actor, use_case: str, pilot: str = "") -> Review:
    """The review of a use case, or of one of its pilots; an empty one where nobody has begun.

    Raises:
        NotFound: no such use case, or no such pilot of it, in the actor's workspace.
    """
    require(actor, Right.READ)
    require_subject(database, actor, use_case, pilot)
    identifier = _id_of(database, actor, use_case, pilot)
    return read(database, identifier, use_case, pilot) if identifier else Review(use_case, pilot)


def listing(database: Database, actor: Actor) -> list[Review]:
    """All reviews that somebody has begun in the actor's workspace, oldest first."""
    require(actor, Right.READ)
    rows = database.query(f"select id, use_case, pilot_id from risk_reviews where {visible()} order by rowid",
                          scope(actor))  # fmt: skip
    return [read(database, row["id"], row["use_case"], row["pilot_id"]) for row in list(rows)]


def answer(
    database: Database,
    actor: Actor,
    use_case: str,
    pilot: str,
    question: str,
    given: Answer,
    *,
    version: int,
    needs_evidence: bool = False,
) -> int:
    """Write an answer down beside the earlier ones; its version.

    Args:
        version: of the answer that the person saw, 0 where there was none.
        needs_evidence: a 'yes' is taken with evidence attached only.

    Raises:
        InputError: no reason for 'not applicable', no evidence where it is needed, or a text too long.
        Overtaken: somebody answered meanwhile; nothing was replaced.
        NotFound: no such use case or pilot in the actor's workspace.
    """
    require(actor, Right.GOVERN)
    tidy = _checked(given)
    with writing(database):
        found = begun(database, actor, use_case, pilot)
        last = found.answers.get(question)
        if (last.version if last else 0) != version:
            raise Overtaken(
                N_(
                    "{person} answered this question meanwhile, so yours wasn’t written down yet. Read the new answer"
                    " above; what you typed still stands here. Save again to put yours beside it."
                ),
                person=last.person if last else "",
            )
        if tidy.answer == "yes" and needs_evidence and not found.evidence.get(question):
            raise InputError(
                N_("A ‘yes’ to this question needs evidence. Attach a file, a link, a run, a check’s result or a"
                   " comparison first; your answer stands here meanwhile.")
            )  # fmt: skip
        row = _row(actor, found.id)
        database.table("risk_answers").insert(
            {
                **row,
                "question": question,
                "version": version + 1,
                "answer": tidy.answer,
                "reason": tidy.reason,
                "owner": tidy.owner,
                "due_on": tidy.due_on,
            }
        )
        chain.append(database, "risk_answers", row["id"])
    return version + 1


def classify(
    database: Database, actor: Actor, use_case: str, pilot: str, risk_class: str, uses: str, reason: str, *,
    version: int,
) -> None:  # fmt: skip
    """Write down the EU AI Act class, what the use case does, and why, beside what was said before.

    Raises:
        InputError: no such class, or no reason.
        Overtaken: somebody did so meanwhile.
    """
    require(actor, Right.GOVERN)
    if risk_class not in RISK_CLASSES:
        raise InputError(N_("There is no such class. Choose minimal, limited or high."))
    if not reason.strip():
        raise InputError(N_("Say why it belongs in this class: a sentence is enough."))
    _require_short(reason, MAX_REASON)
    with writing(database):
        found = begun(database, actor, use_case, pilot)
        last = found.classification
        if (last.version if last else 0) != version:
            raise Overtaken(
                N_("{person} changed the class meanwhile. Read it above, then save again if you see it otherwise."),
                person=last.person if last else "",
            )
        values = {"version": version + 1, "risk_class": risk_class, "uses": "".join(sorted(set(uses)))}
        row = _row(actor, found.id)
        database.table("risk_classifications").insert({**row, **values, "reason": reason.strip()})
        chain.append(database, "risk_classifications", row["id"])


def history(database: Database, actor: Actor, use_case: str, pilot: str, question: str) -> list[Answer]:
    """Every answer to a question, newest first."""
    require(actor, Right.READ)
    identifier = _id_of(database, actor, use_case, pilot)
    return [] if not identifier else list(reversed(answers_of(database, identifier, question)))


def classifications(database: Database, actor: Actor, use_case: str, pilot: str = "") -> list[Classification]:
    """Every class that was given, newest first."""
    require(actor, Right.READ)
    identifier = _id_of(database, actor, use_case, pilot)
    return [] if not identifier else classifications_of(database, identifier)


def begun(database: Database, actor: Actor, use_case: str, pilot: str) -> Review:
    """The review to write in, within the caller's transaction; it is begun where nobody has.

    Raises:
        NotFound: no such use case or pilot in the actor's workspace.
    """
    require(actor, Right.GOVERN)
    found = get(database, actor, use_case, pilot)
    if found.id:
        return found
    identifier = new_id()
    database.table("risk_reviews").insert(
        {
            "id": identifier,
            "workspace_id": actor.workspace,
            "person_id": actor.person,
            "holder": _holder(actor),
            "use_case": use_case,
            "pilot_id": pilot,
            "created_at": now(),
        }
    )
    return read(database, identifier, use_case, pilot)


def require_subject(database: Database, actor: Actor, use_case: str, pilot: str = "") -> None:
    """Pass silently where the actor's workspace has this use case, and this pilot of it.

    Raises:
        NotFound: it doesn't.
    """
    if use_case not in {case.slug for case in candidates(database, actor)}:
        raise NotFound(N_("There is no use case called '{slug}'. Choose one from the list."), slug=use_case)
    if pilot and pilots.get(database, actor, pilot).plan.use_case != use_case:
        raise NotFound(N_("This pilot belongs to another use case. Open its review from the list of pilots."))


def _id_of(database: Database, actor: Actor, use_case: str, pilot: str) -> str:
    row = database.execute(
        "select id from risk_reviews where use_case = :use_case and pilot_id = :pilot and holder = :holder"
        f" and {visible()}",
        {"use_case": use_case, "pilot": pilot, "holder": _holder(actor), **scope(actor)},
    ).fetchone()
    return str(row[0]) if row else ""


def _holder(actor: Actor) -> str:
    return actor.person if actor.workspace == DEMO_WORKSPACE else ""


def _row(actor: Actor, review: str) -> dict[str, Any]:
    whose = {"workspace_id": actor.workspace, "person_id": actor.person}
    return {"id": new_id(), **whose, "review_id": review, "created_at": now()}


def _checked(given: Answer) -> Answer:
    if given.answer not in ANSWERS:
        raise InputError(N_("Choose an answer: yes, partly, no, or not applicable."))
    reason, owner = given.reason.strip(), " ".join(given.owner.split())
    if given.answer == "na" and not reason:
        raise InputError(N_("Say why this question doesn’t apply: a sentence is enough."))
    _require_short(reason, MAX_REASON)
    _require_short(owner, MAX_OWNER)
    try:
        due = dt.date.fromisoformat(given.due_on).isoformat() if given.due_on else ""
    except ValueError as error:
        raise InputError(N_("The due date can’t be read. Choose it in the calendar.")) from error
    return Answer(given.answer, reason, owner, due)


def _require_short(text: str, most: int) -> None:
    if len(text) > most:
        raise InputError(
            N_("This text has {length} characters, and {most} are the most. Shorten it, or attach it as a file."),
            length=len(text),
            most=most,
        )
