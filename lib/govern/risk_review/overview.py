"""All use cases side by side: score under each of the four risks and in all, class, and where each review stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from lib.access import Actor
from lib.database import risk_answers
from lib.database.portfolio import candidates
from lib.database.risk_answers import Review
from lib.database.risk_reviews import Standing, standing
from lib.govern.risk_review.choosing import Case, questions, subject
from lib.govern.risk_review.dossier import title_of
from lib.govern.risk_review.known import known
from lib.govern.risk_review.model import Risk
from lib.govern.risk_review.scoring import Score, by_heading, score, settled
from lib.i18n import N_, _


@dataclass(frozen=True)
class Row:
    """One use case."""

    case: Case
    title: str
    risk_class: str
    standing: Standing
    score: Score
    headings: dict[Risk, Score]
    known: int  # of its open questions the workbench knows something


def rows(database: Database, actor: Actor) -> list[Row]:
    """Every use case of the workspace along the value chain; pilots' own reviews are left to their pages."""
    begun = {one.use_case: one for one in risk_answers.listing(database, actor) if not one.pilot}
    return [_row(database, actor, case, begun.get(case.slug)) for case in candidates(database, actor)]


def _row(database: Database, actor: Actor, case: Case, found: Review | None) -> Row:
    review = found or Review(case.slug)
    about = subject(case, review)
    asked = questions(about.uses)
    stands = standing(database, actor, case.slug) if found else Standing("none", N_("Nobody has begun it."))
    things = known(database, actor, case, review)
    helped = sum(control.id in things and not settled(control, review) for control in asked)
    headings = by_heading(asked, review)
    return Row(case, title_of(case), about.risk_class, stands, score(asked, review), headings, helped)


def finding(found: Sequence[Row]) -> str:
    """What the comparison says, in a sentence."""
    passed = sum(row.standing.passed for row in found)
    begun = [row for row in found if row.standing.state != "none"]
    if not begun:
        return _("No review has begun: {n} use cases, and none may be scaled yet", n=len(found))
    lowest = min(begun, key=lambda row: row.score.value or 0.0)
    return _(
        "{passed} of {n} use cases have passed; of those begun, “{title}” has the furthest to go",
        passed=passed, n=len(found), title=lowest.title,
    )  # fmt: skip
