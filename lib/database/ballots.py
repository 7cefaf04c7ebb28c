"""Ballots and votes. A rater is given texts by place, in an order of their own, and votes for a place.

The translation between place and side never leaves this module while the vote is open.
"""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require
from lib.database.comparison_texts import ON_BALLOT, end_vote
from lib.database.comparisons import SEALED, Comparison, get
from lib.database.connection import now, writing
from lib.errors import InputError, NotAllowed
from lib.i18n import N_

MAX_REASON = 500


@dataclass(frozen=True)
class Ballot:
    """One input as one rater sees it: its texts by place, and their own vote so far.

    ``texts`` are outputs of the task. ``place`` is the chosen one, None for 'no difference'; it says something only
    where ``voted`` is True.
    """

    input: int
    label: str
    texts: tuple[dict[str, Any], ...]
    voted: bool
    place: int | None
    reason: str


@dataclass(frozen=True)
class Vote:
    """One vote with its side, None for 'no difference', and the place where the chosen text stood."""

    input: int
    person: str
    person_name: str
    side: int | None
    place: int | None
    reason: str
    voted_at: str


@dataclass(frozen=True)
class Turnout:
    """How far a vote is, in numbers that give nobody away."""

    inputs: int  # on the ballot
    started: int  # people with a vote
    finished: int  # people with a vote on every input
    mine: int  # votes of the actor
    texts: int  # written or failed
    wanted: int  # inputs times sides


def order(comparison: str, input: int, rater: str, sides: tuple[int, ...]) -> tuple[int, ...]:
    """``sides`` in the order in which this rater sees this input: random, and the same at every look.

    Random order per rater and input keeps the habit of choosing the first text out of the result.
    """
    seed = hashlib.sha256(f"{comparison}/{input}/{rater}".encode()).digest()
    mixed = list(sides)
    random.Random(seed).shuffle(mixed)
    return tuple(mixed)


def _order(comparison: Comparison, input: int, rater: str, sides: tuple[int, ...]) -> tuple[int, ...]:
    """The order of a ballot; where names are shown there is nothing to hide, and sides stay where they are."""
    return order(comparison.id, input, rater, sides) if comparison.blind else sides


def _sides(database: Database, comparison: Comparison) -> dict[int, tuple[int, ...]]:
    """The sides with a text, for each input on the ballot."""
    rows = database.query(
        "select input, side from comparison_texts where comparison_id = :id and status = 'done'"
        f" and input in ({ON_BALLOT}) order by input, side",
        {"id": comparison.id},
    )
    found: dict[int, tuple[int, ...]] = {}
    for row in rows:
        found[row["input"]] = (*found.get(row["input"], ()), row["side"])
    return found


def ballots(database: Database, actor: Actor, comparison: str) -> list[Ballot]:
    """All inputs to vote on as the actor sees them. Nothing in them says which side wrote what.

    Raises:
        NotAllowed: the actor may not vote.
        InputError: the vote isn't open.
    """
    require(actor, Right.REVIEW)
    found = get(database, actor, comparison)
    _require_open(found)
    outputs = {
        (row["input"], row["side"]): json.loads(row["output"])
        for row in database.query(
            "select t.input, t.side, r.output from comparison_texts t join runs r on r.id = t.run_id"
            " where t.comparison_id = ? and t.status = 'done'",
            [found.id],
        )
    }
    labels = _labels(database, found)
    mine = {vote.input: vote for vote in _votes(database, found, actor.person)}
    made = []
    for place, sides in _sides(database, found).items():
        seen = _order(found, place, actor.person, sides)
        vote = mine.get(place)
        chosen = seen.index(vote.side) if vote is not None and vote.side in seen else None
        texts = tuple(outputs[place, side] for side in seen)
        made.append(Ballot(place, labels[place], texts, vote is not None, chosen, vote.reason if vote else ""))
    return made


def vote(database: Database, actor: Actor, comparison: str, input: int, place: int | None, reason: str = "") -> bool:
    """Vote for the text at ``place``, or None for 'no difference'; a second vote replaces the first.

    True where this was the last vote that was waited for: the vote is then closed, in the same transaction.

    Raises:
        NotAllowed: the actor may not vote.
        InputError: the vote isn't open, or there is no such place.
    """
    require(actor, Right.REVIEW)
    with writing(database):
        found = get(database, actor, comparison)
        _require_open(found)
        seen = _order(found, input, actor.person, _sides(database, found).get(input, ()))
        if not seen or (place is not None and place not in range(len(seen))):
            raise InputError(N_("There is no such text on the ballot. Choose one of those shown."))
        side = None if place is None else seen[place]
        database.execute(
            "insert into votes (comparison_id, input, person_id, side, place, reason, voted_at)"
            " values (?, ?, ?, ?, ?, ?, ?) on conflict (comparison_id, input, person_id) do update set"
            " side = excluded.side, place = excluded.place, reason = excluded.reason, voted_at = excluded.voted_at",
            [found.id, input, actor.person, side, place, reason.strip()[:MAX_REASON], now()],
        )
        if _finished(database, found) >= found.raters:
            end_vote(database, found)
            return True
    return False


def _require_open(comparison: Comparison) -> None:
    if comparison.closed:
        raise InputError(N_("This vote is closed. Look at its result."))
    if comparison.status != "voting":
        raise InputError(N_("The texts are still being written. Come back when the vote is open."))


def _finished(database: Database, comparison: Comparison) -> int:
    """How many people have voted on every input of the ballot."""
    return int(
        database.execute(
            "select count(*) from (select person_id from votes where comparison_id = :id group by person_id"
            f" having count(*) >= (select count(*) from ({ON_BALLOT})))",
            {"id": comparison.id},
        ).fetchone()[0]
    )


def turnout(database: Database, actor: Actor, comparison: str) -> Turnout:
    """How far the comparison is."""
    found = get(database, actor, comparison)
    row = database.execute(
        f"select (select count(*) from ({ON_BALLOT})),"
        " (select count(distinct person_id) from votes where comparison_id = :id),"
        " (select count(*) from votes where comparison_id = :id and person_id = :person),"
        " (select count(*) from comparison_texts where comparison_id = :id),"
        " (select count(*) from comparison_inputs where comparison_id = :id)"
        " * (select count(*) from comparison_sides where comparison_id = :id)",
        {"id": found.id, "person": actor.person},
    ).fetchone()
    return Turnout(row[0], row[1], _finished(database, found) if row[0] else 0, row[2], row[3], row[4])


def votes_of(database: Database, actor: Actor, comparison: str) -> list[Vote]:
    """All votes with their sides and who cast them.

    Raises:
        NotAllowed: the vote is open: nobody sees another's vote before it is closed, not even who made it.
    """
    found = get(database, actor, comparison)
    if not found.closed:
        raise NotAllowed(SEALED)
    return _votes(database, found)


def _votes(database: Database, comparison: Comparison, person: str | None = None) -> list[Vote]:
    rows = database.query(
        "select v.input, v.person_id as person, p.name as person_name, v.side, v.place, v.reason, v.voted_at"
        " from votes v join people p on p.id = v.person_id where v.comparison_id = :id"
        " and (:person is null or v.person_id = :person) order by v.input, v.voted_at, v.person_id",
        {"id": comparison.id, "person": person},
    )
    return [Vote(**row) for row in rows]


def _labels(database: Database, comparison: Comparison) -> dict[int, str]:
    rows = database.query("select position, label from comparison_inputs where comparison_id = ?", [comparison.id])
    return {row["position"]: row["label"] for row in rows}
