"""The solver at work off the script's thread, with its progress and a way to stop it."""

from __future__ import annotations

from lib.access import Actor
from lib.database.roadmaps import PlanRow
from lib.decide.roadmap import planning
from lib.decide.roadmap.explaining import Reason, why_not
from lib.decide.roadmap.model import Plan
from lib.decide.roadmap.planning import Sketch
from lib.decide.roadmap.searching import Watch
from lib.i18n import _
from lib.shell import session, work
from lib.shell.roadmap.words import ASKING, PLANNING


def plan_again() -> None:
    """Look for the best plan of what is on the roadmap now; a search of what was on it a moment ago ends."""
    work.stop(PLANNING)
    work.start(PLANNING, _plan, session.actor(), session.language())


def ask(found: Sketch, plan: Plan, slug: str, quarter: int) -> None:
    """Ask the model why a step doesn't start in a quarter."""
    work.start(ASKING, _why, found, plan, slug, quarter)


def _plan(one: work.Work, actor: Actor, language: str) -> PlanRow:
    return planning.make(actor, language, _watched(one, _("Looking for the best plan: 10 seconds at most")))


def _why(one: work.Work, found: Sketch, plan: Plan, slug: str, quarter: int) -> tuple[Reason, ...]:
    watch = _watched(one, _("Asking the model for the best plan with this step there: 10 seconds at most"))
    return why_not(found.steps, found.capacity, plan, slug, quarter, watch)


def _watched(one: work.Work, message: str) -> Watch:
    one.progress(0.0, message)

    def watch(share: float) -> bool:
        one.progress(share)
        return not one.stop.is_set()

    return watch
