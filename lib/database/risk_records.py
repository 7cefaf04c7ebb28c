"""What a risk review holds, and how it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from sqlite_utils import Database

Answered = Literal["yes", "partly", "no", "na"]
ANSWERS: Final[tuple[Answered, ...]] = ("yes", "partly", "no", "na")
RISK_CLASSES: Final = ("minimal", "limited", "high")


@dataclass(frozen=True)
class Answer:
    """One answer as it was given. ``due_on`` is an ISO date or empty; ``version`` counts from 1 for each question."""

    answer: Answered
    reason: str = ""
    owner: str = ""
    due_on: str = ""
    version: int = 0
    person: str = ""  # a name
    created_at: str = ""
    id: str = ""


@dataclass(frozen=True)
class Evidence:
    """Something attached to a question. ``reference`` is what ``kind`` finds it by; ``said`` is JSON for 'known'."""

    id: str
    question: str
    kind: str  # 'file', 'link', 'run', 'check', 'comparison', 'known'
    reference: str
    name: str
    said: str
    person: str
    created_at: str


@dataclass(frozen=True)
class Classification:
    """The EU AI Act class that people gave, what the use case does (letters), and why. ``version`` counts from 1."""

    risk_class: str
    uses: str
    reason: str
    version: int
    person: str
    created_at: str
    id: str


@dataclass(frozen=True)
class Review:
    """A review as it stands; ``id`` is empty while nothing has been written down."""

    use_case: str
    pilot: str = ""
    id: str = ""
    classification: Classification | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)  # the newest of each question
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)  # what wasn't withdrawn

    @property
    def content(self) -> str:
        """A digest of all that a signature vouches for: it changes with every answer, evidence and classification."""
        parts = [self.classification.id if self.classification else ""]
        parts += sorted(answer.id for answer in self.answers.values())
        parts += sorted(one.id for several in self.evidence.values() for one in several)
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]


def read(database: Database, identifier: str, use_case: str, pilot: str) -> Review:
    """A review by its id, which the caller has found in the actor's workspace."""
    latest = {}
    for given in answers_of(database, identifier):
        latest[given[0]] = given[1]
    attached: dict[str, tuple[Evidence, ...]] = {}
    for one in _evidence(database, identifier):
        attached[one.question] = (*attached.get(one.question, ()), one)
    classes = classifications_of(database, identifier)
    return Review(use_case, pilot, identifier, classes[0] if classes else None, latest, attached)


def answers_of(database: Database, review: str, question: str | None = None) -> Any:
    """The answers of a review oldest first: pairs of question and answer, or the answers of one question."""
    rows = database.query(
        "select a.question, a.answer, a.reason, a.owner, a.due_on, a.version, p.name as person, a.created_at, a.id"
        " from risk_answers a join people p on p.id = a.person_id where a.review_id = :review"
        " and (:question is null or a.question = :question) order by a.version",
        {"review": review, "question": question},
    )
    pairs = [(row.pop("question"), Answer(**row)) for row in rows]
    return pairs if question is None else [given for _question, given in pairs]


def _evidence(database: Database, review: str) -> list[Evidence]:
    rows = database.query(
        "select e.id, e.question, e.kind, e.reference, e.name, e.said, p.name as person, e.created_at"
        " from risk_evidence e join people p on p.id = e.person_id"
        " where e.review_id = ? and e.withdrawn_at is null order by e.rowid",
        [review],
    )
    return [Evidence(**row) for row in rows]


def classifications_of(database: Database, review: str) -> list[Classification]:
    rows = database.query(
        "select c.risk_class, c.uses, c.reason, c.version, p.name as person, c.created_at, c.id"
        " from risk_classifications c join people p on p.id = c.person_id where c.review_id = ?"
        " order by c.version desc",
        [review],
    )
    return [Classification(**row) for row in rows]
