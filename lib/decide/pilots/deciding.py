"""Stop, go on, or scale: what may be decided on a pilot as it stands."""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database

from lib.access import Actor
from lib.database import pilots
from lib.errors import InputError
from lib.i18n import N_

CHOICES: dict[pilots.Choice, str] = {"stop": N_("Stop"), "go_on": N_("Go on"), "scale": N_("Scale up")}
# Whether a use case's risk review is passed in the actor's workspace: (database, actor, slug).
ReviewPassed = Callable[[Database, Actor, str], bool]


def decide(
    database: Database, actor: Actor, pilot: str, choice: pilots.Choice, reason: str, review_passed: ReviewPassed
) -> None:
    """Write down a decision with its reason and by whom.

    Raises:
        InputError: no reason; or it is to be scaled without a result or without a passed risk review.
        NotFound: no such pilot in the actor's workspace.
    """
    found = pilots.get(database, actor, pilot)
    if choice == "scale":
        if found.run is None:
            raise InputError(
                N_("Nothing has been evaluated yet, so there is nothing to scale on. Bring figures first, or go on.")
            )
        if not review_passed(database, actor, found.plan.use_case):
            raise InputError(
                N_("Scaling waits for this use case’s risk review, which isn’t passed. Go on or stop until then.")
            )
    pilots.add_decision(database, actor, pilot, choice, reason)
