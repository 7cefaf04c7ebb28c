"""What the evaluated pilots say of a use case: for the matrix, and for whoever asks where a score comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from lib.access import Actor
from lib.database import pilots
from lib.database.pilots import Pilot
from lib.database.runs import get_run
from lib.decide.model import Band, Basis, Reference
from lib.decide.pilots.outcome import Outcome, Verdict
from lib.decide.pilots.picture import Evaluated, way
from lib.decide.pilots.saying import finding
from lib.errors import NotFound

PAGE = "pilots"


@dataclass(frozen=True)
class PilotEvidence:
    """One evaluated pilot. ``difference`` (with minus without, in ``unit``; a share's between -1 and 1) and ``way``
    (1 is the target) have 95% intervals as their ranges; ``said`` is the finding in the reader's language."""

    slug: str
    kpi: str
    unit: str
    direction: Literal["up", "down"]
    verdict: Verdict
    difference: Band
    way: Band
    underpowered: bool
    said: str
    reference: Reference


def evaluated(database: Database, actor: Actor, pilot: Pilot) -> Evaluated | None:
    """A pilot with its result, None where nothing has been evaluated."""
    if pilot.run is None:
        return None
    try:
        run = get_run(database, actor, pilot.run)
    except NotFound:  # its data were erased: it can be evaluated again
        return None
    return Evaluated(pilot, Outcome.from_json(run["output"]["outcome"]), run["started_at"][:10])


def evidence(database: Database, actor: Actor, slug: str) -> tuple[PilotEvidence, ...]:
    """What the workspace's pilots of a use case showed, the newest pilot first; empty where none is evaluated."""
    found = (evaluated(database, actor, one) for one in pilots.listing(database, actor, slug))
    return tuple(_evidence(one) for one in found if one is not None)


def reference(one: Evaluated) -> Reference:
    """Where a pilot's numbers are to be looked up."""
    said = finding(one.pilot.plan, one.outcome)
    return Reference(Basis.EVIDENCE, said, PAGE, one.pilot.id, one.dated)


def _evidence(one: Evaluated) -> PilotEvidence:
    plan, outcome = one.pilot.plan, one.outcome
    apart = outcome.difference
    return PilotEvidence(
        plan.use_case,
        plan.kpi,
        plan.unit,
        plan.direction,
        outcome.verdict,
        Band(apart.value, apart.low, apart.high),
        way(plan, outcome),
        outcome.underpowered,
        finding(plan, outcome),
        reference(one),
    )
