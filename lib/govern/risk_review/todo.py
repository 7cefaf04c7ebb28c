"""What reviews have promised: questions answered with no or partly, who sees to them, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from lib.access import Actor
from lib.database import risk_answers
from lib.database.portfolio import candidates
from lib.database.risk_answers import Answer
from lib.govern.risk_review.choosing import questions, subject
from lib.govern.risk_review.dossier import title_of
from lib.govern.risk_review.model import Control
from lib.govern.risk_review.scoring import settled
from lib.i18n import _, ngettext


@dataclass(frozen=True)
class ToDo:
    """An answered question that isn't settled. ``title`` is the use case's in the reader's language."""

    use_case: str
    pilot: str
    title: str
    control: Control
    given: Answer


def to_do(database: Database, actor: Actor) -> list[ToDo]:
    """All of them in the workspace, the first due first, those without a day last."""
    cases = {case.slug: case for case in candidates(database, actor)}
    found = []
    for review in risk_answers.listing(database, actor):
        case = cases.get(review.use_case)
        if case is None:  # one of the house's own that is considered no longer
            continue
        for control in questions(subject(case, review).uses):
            given = review.answers.get(control.id)
            if given is not None and not settled(control, review):
                found.append(ToDo(review.use_case, review.pilot, title_of(case), control, given))
    return sorted(found, key=lambda one: (one.given.due_on or "9999", -one.control.weight))


def to_do_said(items: Sequence[ToDo], today: str) -> str:
    """How many, how many are late, how many have no owner; ``today`` is an ISO date."""
    if not items:
        return _(
            "Nothing is promised yet: what is answered with ‘no’ or ‘partly’ is listed here with its owner and its day."
        )
    late = sum(bool(one.given.due_on) and one.given.due_on < today for one in items)
    nobody = sum(not one.given.owner for one in items)
    parts = [ngettext("{n} thing is to be done", "{n} things are to be done", len(items))]
    if late:
        parts.append(ngettext("{n} is overdue", "{n} are overdue", late))
    if nobody:
        parts.append(ngettext("{n} has no owner", "{n} have no owner", nobody))
    return ", ".join(parts)
