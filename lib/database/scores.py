"""Scores of a session's rounds. While a round is open nobody gets another's scores, not even who leads it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.catalogue import Criterion
from lib.database.connection import now, writing
from lib.database.scoring import Session, get, take_seat
from lib.errors import InputError, NotAllowed, Overtaken
from lib.i18n import N_

LOWEST, HIGHEST = 1.0, 5.0
MAX_NOTE = 300
SEALED = N_("This round's scores stay sealed until whoever leads the session shows them.")
NO_LONGER_OPEN = N_(
    "Round {round} was closed while you were scoring, so what you changed last was not counted."
    " Your earlier scores are kept: go on in the next round."
)

# A person's last round with a score of the same cell: who doesn't score again keeps what they said before.
LAST = (
    "select max(l.round) from scores l where l.session_id = c.session_id and l.person_id = c.person_id"
    " and l.slug = c.slug and l.criterion = c.criterion and l.round <= {round}"
)


@dataclass(frozen=True)
class Given:
    """One person's score of a use case on a criterion, from 1 to 5; the ends are None where no range was given."""

    slug: str
    criterion: Criterion
    likeliest: float
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Score(Given):
    """A score with who gave it, as a number from 0 that says nothing about the person."""

    rater: int = 0


@dataclass(frozen=True)
class Progress:
    """How far a round is, in numbers that give nobody away."""

    seats: int
    started: int  # people with a score in this round
    finished: int  # people who scored everything
    mine: int
    wanted: int  # scores that each gives


def put(database: Database, actor: Actor, session: str, round: int, given: Sequence[Given]) -> None:
    """Keep the actor's scores of an open round, all of them or none; a second score replaces the first.

    Raises:
        NotAllowed: the actor may not score.
        NotFound: no such session for the actor.
        Overtaken: the round is no longer open.
        InputError: a score outside 1 to 5, a range that leaves it out, or something that isn't scored here.
    """
    require(actor, Right.REVIEW)
    with writing(database):
        found = get(database, actor, session)
        if found.ended or found.status != "open" or found.round != round:
            raise Overtaken(NO_LONGER_OPEN, round=round)
        for one in given:
            _refuse_unfit(one, found)
        take_seat(database, actor, session)
        for one in given:
            _write(database, actor, session, round, one)


def _refuse_unfit(one: Given, session: Session) -> None:
    if one.slug not in {case.slug for case in session.cases} or one.criterion not in session.criteria:
        raise InputError(N_("This is not scored in this session. Choose from what is shown."))
    low, high = one.likeliest if one.low is None else one.low, one.likeliest if one.high is None else one.high
    if not LOWEST <= low <= one.likeliest <= high <= HIGHEST:
        raise InputError(N_("A score lies between 1 and 5, and its range around it. Set lowest, likeliest, highest."))


def _write(database: Database, actor: Actor, session: str, round: int, one: Given) -> None:
    database.execute(
        "insert into scores (session_id, round, person_id, slug, criterion, low, likeliest, high, note, changed_at)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (session_id, round, person_id, slug, criterion) do update"
        " set low = excluded.low, likeliest = excluded.likeliest, high = excluded.high, note = excluded.note,"
        " changed_at = excluded.changed_at",
        [session, round, actor.person, one.slug, one.criterion.value, one.low, one.likeliest, one.high,
         " ".join(one.note.split())[:MAX_NOTE], now()],
    )  # fmt: skip


def mine(database: Database, actor: Actor, session: str, round: int) -> dict[tuple[str, Criterion], Given]:
    """The actor's own scores of a round, by use case and criterion."""
    get(database, actor, session)
    rows = database.query(
        "select slug, criterion, likeliest, low, high, note from scores"
        " where session_id = :session and round = :round and person_id = :person",
        {"session": session, "round": round, "person": actor.person},
    )
    found = [Given(**{**row, "criterion": Criterion(row["criterion"])}) for row in rows]
    return {(one.slug, one.criterion): one for one in found}


def of_round(database: Database, actor: Actor, session: str, round: int) -> list[Score]:
    """All scores of a round that is shown or closed; raters are numbered, never named.

    Raises:
        NotAllowed: the round is open.
        NotFound: no such session for the actor.
    """
    found = get(database, actor, session)
    if round >= found.round and found.status == "open":
        raise NotAllowed(SEALED)
    rows = database.query(
        f"select c.* from scores c where c.session_id = :session and c.round = ({LAST.format(round=':round')})",
        {"session": session, "round": round},
    )
    return _numbered(list(rows), session)


def _numbered(rows: list[dict[str, Any]], salt: str) -> list[Score]:
    """Scores in order, their raters numbered in an order that nobody can guess from who joined when."""
    people = {row["person_id"] for row in rows}
    mixed = sorted(people, key=lambda person: hashlib.sha256(f"{salt}/{person}".encode()).digest())
    number = {person: at for at, person in enumerate(mixed)}
    found = [
        Score(
            row["slug"],
            Criterion(row["criterion"]),
            row["likeliest"],
            row["low"],
            row["high"],
            row["note"],
            number[row["person_id"]],
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.slug, list(Criterion).index(one.criterion), one.rater))


def progress(database: Database, actor: Actor, session: str) -> Progress:
    """How far the present round is."""
    found = get(database, actor, session)
    wanted = len(found.cases) * len(found.criteria)
    counts = dict(
        database.execute(
            "select person_id, count(*) from scores where session_id = ? and round = ? group by person_id",
            [session, found.round],
        ).fetchall()
    )
    seats = database.execute("select count(*) from scoring_seats where session_id = ?", [session]).fetchone()[0]
    finished = sum(count >= wanted for count in counts.values())
    return Progress(seats, len(counts), finished, counts.get(actor.person, 0), wanted)


def standing(database: Database, actor: Actor) -> list[Score]:
    """The workspace's scores as they stand: of each use case those of the last round shown of its newest session."""
    require(actor, Right.READ)
    rows = database.query(
        "with shown as (select s.id, s.created_at, max(r.number) as round from scoring_sessions s"
        "  join scoring_rounds r on r.session_id = s.id and r.status <> 'open'"
        f"  where {visible('s')} and exists (select 1 from scores x where x.session_id = s.id and x.round <= r.number)"
        "  group by s.id),"
        " newest as (select c.slug, c.criterion, max(n.created_at || n.id) as place from shown n"
        "  join scores c on c.session_id = n.id and c.round <= n.round group by c.slug, c.criterion)"
        " select c.* from newest w join shown n on n.created_at || n.id = w.place"
        " join scores c on c.session_id = n.id and c.slug = w.slug and c.criterion = w.criterion"
        f" and c.round = ({LAST.format(round='n.round')})",
        scope(actor),
    )
    return _numbered(list(rows), actor.workspace)
