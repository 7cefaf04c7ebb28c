"""A review with everything that its page, its card and its exports show, read together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from lib.access import Actor
from lib.catalogue import UseCase
from lib.database import risk_answers, risk_evidence, risk_reviews
from lib.database.portfolio import candidates
from lib.database.risk_answers import Answer, Review
from lib.database.risk_reviews import Signature, Standing
from lib.errors import InputError, NotFound
from lib.govern.risk_review.choosing import Case, Subject, questions, subject
from lib.govern.risk_review.controls import BY_ID
from lib.govern.risk_review.known import Known, known
from lib.govern.risk_review.model import Control, Risk
from lib.govern.risk_review.scoring import Drivers, Score, by_heading, drivers, required_open, score
from lib.i18n import N_, translate


@dataclass(frozen=True)
class Dossier:
    """One review, read at one moment."""

    subject: Subject
    review: Review
    controls: tuple[Control, ...]
    standing: Standing
    signatures: tuple[Signature, ...]
    known: Mapping[str, tuple[Known, ...]]

    @property
    def score(self) -> Score:
        return score(self.controls, self.review)

    @property
    def headings(self) -> dict[Risk, Score]:
        return by_heading(self.controls, self.review)

    @property
    def drivers(self) -> Drivers | None:
        return drivers(self.controls, self.review)

    @property
    def title(self) -> str:
        return title_of(self.subject.case)


def title_of(case: Case) -> str:
    """A use case's title in the reader's language; a house's own as it was typed."""
    return translate(case.title) if isinstance(case, UseCase) else case.title


def case_of(database: Database, actor: Actor, slug: str) -> Case:
    """A use case of the catalogue or of the house.

    Raises:
        NotFound: there is none of this name in the actor's workspace.
    """
    for case in candidates(database, actor):
        if case.slug == slug:
            return case
    raise NotFound(N_("There is no use case called '{slug}'. Choose one from the list."), slug=slug)


def dossier(database: Database, actor: Actor, slug: str, pilot: str = "") -> Dossier:
    """All there is to a review.

    Raises:
        NotFound: no such use case or pilot in the actor's workspace.
    """
    case = case_of(database, actor, slug)
    review = risk_answers.get(database, actor, slug, pilot)
    about = subject(case, review)
    return Dossier(
        about,
        review,
        questions(about.uses),
        risk_reviews.standing(database, actor, slug, pilot),
        tuple(risk_reviews.signatures(database, actor, review)),
        known(database, actor, case, review),
    )


def answer(
    database: Database, actor: Actor, slug: str, pilot: str, control: str, given: Answer, *, version: int
) -> int:
    """Answer one question; see ``lib.database.risk_answers.answer``.

    Raises:
        NotFound: no such question.
    """
    asked = _control(control)
    return risk_answers.answer(
        database, actor, slug, pilot, control, given, version=version, needs_evidence=asked.needs_evidence
    )


def take_over(
    database: Database, actor: Actor, slug: str, pilot: str, control: str, given: Answer, *, version: int
) -> int:
    """Attach what the workbench knows to a question and answer it: a person's confirmation, under their name.

    Raises:
        InputError: nothing is known here (any more).
        Overtaken: somebody answered meanwhile; nothing was attached.
    """
    asked = _control(control)
    review = risk_answers.get(database, actor, slug, pilot)
    things = known(database, actor, case_of(database, actor, slug), review).get(asked.id, ())
    if not things:
        raise InputError(N_("The workbench knows nothing of this question any more. Reload the page."))
    last = review.answers.get(asked.id)
    if (last.version if last else 0) == version:  # else nothing is attached, and ``answer`` says why
        attached = {one.said for one in review.evidence.get(asked.id, ()) if one.kind == "known"}
        _attach(database, actor, slug, pilot, asked.id, things, attached)
    return risk_answers.answer(
        database, actor, slug, pilot, asked.id, given, version=version, needs_evidence=asked.needs_evidence
    )


def _attach(
    database: Database, actor: Actor, slug: str, pilot: str, control: str, things: tuple[Known, ...], before: set[str]
) -> None:  # fmt: skip
    for one in things:
        if risk_evidence.known_as(one.message, one.values) not in before:
            risk_evidence.attach_known(
                database, actor, slug, pilot, control, one.page or "risk_review", one.message, one.values
            )


def sign(database: Database, actor: Actor, slug: str, pilot: str, *, seen: str, months: int) -> Standing:
    """Sign a review as it stands; see ``lib.database.risk_reviews.sign``."""
    case = case_of(database, actor, slug)

    def asked(review: Review) -> tuple[Control, ...]:
        return questions(subject(case, review).uses)

    def still_open(review: Review) -> int:
        if not subject(case, review).risk_class:
            raise InputError(N_("Nobody has classed this use case yet. Record class and uses first, then sign."))
        return len(required_open(asked(review), review))

    return risk_reviews.sign(
        database, actor, slug, pilot, seen=seen, months=months, still_open=still_open,
        score=lambda review: score(asked(review), review).value or 0.0,
    )  # fmt: skip


def _control(control: str) -> Control:
    if control not in BY_ID:
        raise NotFound(N_("There is no such question in the review. Choose one from the list."))
    return BY_ID[control]
