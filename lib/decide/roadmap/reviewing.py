"""What the risk reviews say of a roadmap's steps: known facts beside the quarter that a person typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlite_utils import Database

from lib.access import Actor
from lib.database.risk_reviews import STATE_TITLES, Standing, standing
from lib.decide.model import Basis
from lib.decide.roadmap.planning import Sketch
from lib.i18n import _, date, translate


def reviews(database: Database, actor: Actor, found: Sketch) -> Mapping[str, Standing]:
    """Where the review of each step's use case stands, by its slug."""
    return {step.slug: standing(database, actor, step.slug) for step in found.steps}


def known_said(review: Standing) -> str:
    """What the workbench knows of a review, in the reader's language."""
    if review.passed:
        return _("risk review passed until {day}", day=date(dt.date.fromisoformat(review.signed_until), "medium"))
    return _("risk review: {state}", state=translate(STATE_TITLES[review.state]).lower())


def known_basis(review: Standing) -> Basis | None:
    """What was answered and signed is evidence; that nobody has begun is none of anything."""
    return None if review.state == "none" else Basis.EVIDENCE
