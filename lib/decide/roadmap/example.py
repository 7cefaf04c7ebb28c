"""An invented team's year, planned by the real solver: what the page shows once it is in use. Nothing is kept."""

from __future__ import annotations

from dataclasses import replace

from sqlite_utils import Database

from lib.access import Actor
from lib.database.roadmaps import Roadmap, StepRow, Team
from lib.decide import ranking
from lib.decide.roadmap import proposing
from lib.decide.roadmap.model import Plan
from lib.decide.roadmap.planning import Sketch, sketched
from lib.decide.roadmap.solving import solve

# Person-weeks in each of four quarters: more hands in the summer, when collections rest.
WEEKS = {
    "business": (10.0, 10.0, 12.0, 10.0),
    "data": (8.0, 8.0, 10.0, 8.0),
    "engineering": (14.0, 12.0, 14.0, 12.0),
    "creative": (8.0, 6.0, 8.0, 6.0),
    "legal": (4.0, 4.0, 4.0, 4.0),
}
BUDGET = (45_000.0, 40_000.0, 40_000.0, 35_000.0)
SECONDS = 2.0  # a proposal is planned in a tenth of one; a page waits no longer


def sketch(database: Database, actor: Actor, first: str) -> Sketch:
    """The first of the ranking under the invented team; it has pinned its long-term aim to the first quarter."""
    stand = ranking.standing(database, actor)
    proposed = proposing.steps(stand.ranking(), proposing.by_slug(stand.cases), stand.scores())
    return sketched(Roadmap("example", Team(first, WEEKS, BUDGET), tuple(_pinned(row) for row in proposed), ""), stand)


def plan(found: Sketch) -> Plan:
    """The best plan of it.

    Raises:
        InputError: there are no steps, or the pin can't be kept.
    """
    return solve(found.steps, found.capacity, seconds=SECONDS)


def _pinned(row: StepRow) -> StepRow:
    return replace(row, pinned=0) if row.lane == "aim" else row
