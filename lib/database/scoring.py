"""Scoring sessions: several people score use cases on their own, look at the result together, and score again.

A session is opened by a code that is kept as a hash. Whoever has it gets a seat in that session and sees nothing else
of its workspace; members of the workspace need no code. Rounds are those of a Delphi study (Dalkey and Helmer, 1963):
open (each scores alone), shown (all see the spread, nobody scores), closed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.catalogue import Criterion
from lib.database.connection import new_id, now, writing
from lib.database.people import hash_of_code, new_code
from lib.errors import InputError, NotAllowed, NotFound
from lib.i18n import N_

Status = Literal["open", "shown", "closed"]
MAX_TITLE = 120
MAX_CASES = 100
SEEN = (
    f"(({visible('s')}) or exists (select 1 from scoring_seats t where t.session_id = s.id and t.person_id = :person))"
)
LEADERS_ALONE = N_("Only whoever leads this session can do this: someone of its workspace who may steer. Ask them.")
NO_SESSION = N_("There is no such scoring session here. Join it with its code, or open one from the list.")


@dataclass(frozen=True)
class SessionCase:
    """What is scored. Title and summary are empty where the catalogue has them, else as the house typed them."""

    slug: str
    title: str = ""
    summary: str = ""


@dataclass(frozen=True)
class Session:
    """One session in its present round. ``leads`` says whether the actor may show, close and open rounds."""

    id: str
    workspace: str
    title: str
    cases: tuple[SessionCase, ...]
    criteria: tuple[Criterion, ...]
    round: int
    status: Status
    created_at: str
    ended: bool
    leads: bool


def create(
    database: Database, actor: Actor, title: str, cases: Sequence[SessionCase], criteria: Sequence[Criterion]
) -> tuple[str, str]:
    """A session with its first round open: (id, code). The code is shown this once.

    Raises:
        NotAllowed: the actor may not steer.
        InputError: no title, a title too long, nothing to score, or too much.
    """
    require(actor, Right.STEER)
    title = " ".join(title.split())
    _refuse_unfit(title, cases, criteria)
    identifier, moment = new_id(), now()
    code, code_hash = new_code()
    with writing(database):
        database.table("scoring_sessions").insert(
            {
                "id": identifier,
                "workspace_id": actor.workspace,
                "person_id": actor.person,
                "title": title,
                "cases": json.dumps([[case.slug, case.title, case.summary] for case in cases], ensure_ascii=False),
                "criteria": json.dumps([criterion.value for criterion in criteria]),
                "code_hash": code_hash,
                "created_at": moment,
            }
        )
        _open_round(database, identifier, 1, moment)
    return identifier, code


def _refuse_unfit(title: str, cases: Sequence[SessionCase], criteria: Sequence[Criterion]) -> None:
    if not title:
        raise InputError(N_("The session needs a name. Type one, then open it."))
    if len(title) > MAX_TITLE:
        raise InputError(
            N_("A title has at most {most} characters; this one has {length}. Shorten it."),
            most=MAX_TITLE,
            length=len(title),
        )
    if not cases or not criteria:
        raise InputError(N_("Choose at least one use case and one criterion to score."))
    if len({case.slug for case in cases}) > MAX_CASES:
        raise InputError(N_("A session takes at most {most} use cases. Leave some out."), most=MAX_CASES)


def _open_round(database: Database, session: str, number: int, moment: str) -> None:
    database.execute(
        "insert into scoring_rounds (session_id, number, status, opened_at) values (?, ?, 'open', ?)",
        [session, number, moment],
    )


def renew_code(database: Database, actor: Actor, session: str) -> str:
    """A new code in place of the old one, which opens nothing any more; whoever has a seat keeps it."""
    code, code_hash = new_code()
    with writing(database):
        require_lead(get(database, actor, session))
        database.execute("update scoring_sessions set code_hash = ? where id = ?", [code_hash, session])
    return code


def join(database: Database, actor: Actor, code: str) -> str:
    """A seat for the actor in the session that ``code`` opens; its id. The actor may be at home in any workspace.

    Raises:
        NotAllowed: the actor may not score.
        InputError: the code opens no session, or one that has ended; said alike.
    """
    require(actor, Right.REVIEW)
    with writing(database):
        row = database.execute(
            "select id from scoring_sessions where code_hash = ? and ended_at is null", [hash_of_code(code)]
        ).fetchone()
        if row is None:
            raise InputError(N_("This code opens no scoring session: it is mistyped, or the session is over."))
        _seat(database, actor, row[0])
    return str(row[0])


def take_seat(database: Database, actor: Actor, session: str) -> None:
    """A seat for the actor, within a transaction that the caller holds; nothing where they have one.

    Raises:
        NotFound: no such session for the actor.
    """
    require(actor, Right.REVIEW)
    _seat(database, actor, get(database, actor, session).id)


def _seat(database: Database, actor: Actor, session: str) -> None:
    database.execute(
        "insert into scoring_seats (session_id, person_id, joined_at) values (?, ?, ?) on conflict do nothing",
        [session, actor.person, now()],
    )


def get(database: Database, actor: Actor, session: str) -> Session:
    """One session, of the actor's workspace or one in which they have a seat.

    Raises:
        NotFound: no such session for the actor.
    """
    found = _sessions(database, actor, "s.id = :id", {"id": session})
    if not found:
        raise NotFound(NO_SESSION)
    return found[0]


def listing(database: Database, actor: Actor) -> list[Session]:
    """The sessions of the actor's workspace and those in which they have a seat, newest first."""
    return _sessions(database, actor, "1 = 1", {})


def _sessions(database: Database, actor: Actor, condition: str, values: dict[str, Any]) -> list[Session]:
    require(actor, Right.READ)
    rows = database.query(
        "select s.*, r.number, r.status from scoring_sessions s join scoring_rounds r on r.session_id = s.id"
        " and r.number = (select max(number) from scoring_rounds where session_id = s.id)"
        f" where {condition} and {SEEN} order by s.created_at desc, s.id desc",
        {**values, **scope(actor)},
    )
    return [_read(row, actor) for row in rows]


def _read(row: dict[str, Any], actor: Actor) -> Session:
    own = row["workspace_id"] == actor.workspace and (actor.workspace != "demo" or row["person_id"] == actor.person)
    return Session(
        row["id"],
        row["workspace_id"],
        row["title"],
        tuple(SessionCase(*case) for case in json.loads(row["cases"])),
        tuple(Criterion(name) for name in json.loads(row["criteria"])),
        row["number"],
        row["status"],
        row["created_at"],
        row["ended_at"] is not None,
        own and actor.may(Right.STEER),
    )


def require_lead(session: Session) -> None:
    """Pass silently where the actor for whom ``session`` was read leads it.

    Raises:
        NotAllowed: they don't.
    """
    if not session.leads:
        raise NotAllowed(LEADERS_ALONE)


def show_round(database: Database, actor: Actor, session: str) -> None:
    """End the scoring of the open round: everybody now sees where the scores lie, and nobody changes theirs.

    Raises:
        NotAllowed: the actor doesn't lead it.
        InputError: no round is open, or nobody has scored yet.
    """
    with writing(database):
        found = get(database, actor, session)
        require_lead(found)
        if found.status != "open":
            raise InputError(N_("No round is open: the scores are shown already."))
        scored = database.execute(
            "select count(*) from scores where session_id = ? and round = ?", [session, found.round]
        ).fetchone()[0]
        if not scored:
            raise InputError(N_("Nobody has scored yet. Give out the code and wait for the first scores."))
        _set_status(database, found, "shown", "shown_at")


def next_round(database: Database, actor: Actor, session: str) -> int:
    """Close the round that is shown and open the next one; its number. Who doesn't score again keeps their last score.

    Raises:
        NotAllowed: the actor doesn't lead it.
        InputError: the round is still open, or the session is over.
    """
    with writing(database):
        found = get(database, actor, session)
        require_lead(found)
        if found.ended:
            raise InputError(N_("This session is over. Open a new one."))
        if found.status != "shown":
            raise InputError(N_("Show the scores of this round first, and talk about where they differ."))
        _set_status(database, found, "closed", "closed_at")
        _open_round(database, session, found.round + 1, now())
    return found.round + 1


def end(database: Database, actor: Actor, session: str) -> None:
    """End the session: its last round is closed, its code opens nothing, its scores stay."""
    with writing(database):
        found = get(database, actor, session)
        require_lead(found)
        _set_status(database, found, "closed", "closed_at")
        database.execute("update scoring_sessions set ended_at = ? where id = ?", [now(), session])


def _set_status(database: Database, session: Session, status: Status, moment: str) -> None:
    database.execute(
        f"update scoring_rounds set status = ?, {moment} = ? where session_id = ? and number = ?",
        [status, now(), session.id, session.round],
    )
