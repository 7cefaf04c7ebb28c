"""The workspace's roadmap as the solver wants it, plans made from it, and whether a plan still fits what it is of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast

from sqlite_utils import Database

from lib.access import Actor, Right, require
from lib.catalogue import VALUE_CRITERIA
from lib.database import connect, roadmaps
from lib.database.roadmaps import ASSUMED, PlanRow, Roadmap, StepRow, Team
from lib.decide import ranking
from lib.decide.model import Band, Basis, Ranked, Ranking
from lib.decide.ranking import Scores
from lib.decide.roadmap import proposing
from lib.decide.roadmap.firmness import firmness
from lib.decide.roadmap.model import Capacity, Lane, Plan, Step
from lib.decide.roadmap.quarters import counted, kept, onwards, said
from lib.decide.roadmap.searching import Watch
from lib.decide.roadmap.solving import solve
from lib.errors import NotFound
from lib.i18n import N_
from lib.tasks.recorded import recorded

SLUG = "roadmap"
METHOD, VERSION = "cp_sat", "2"
NOTHING = 1.0  # a score that stands for no effect, on the scale from 1 to 5
Stale = Literal["", "ranking", "steps"]


@dataclass(frozen=True)
class Sketch:
    """All that a plan is made from: the roadmap as kept, with titles and values from the ranking.

    ``gone`` are steps of use cases that the house considers no longer: they are left out.
    """

    roadmap: Roadmap
    steps: tuple[Step, ...]
    capacity: Capacity
    cases: Mapping[str, proposing.Case]
    ranking: Ranking
    scores: Scores
    gone: tuple[str, ...] = ()

    def step(self, slug: str) -> Step:
        """The step of a use case.

        Raises:
            NotFound: it isn't on the roadmap.
        """
        found = next((step for step in self.steps if step.slug == slug), None)
        if found is None:
            raise NotFound(N_("There is no step called '{slug}' on the roadmap."), slug=slug)
        return found

    def row(self, slug: str) -> StepRow:
        """A step as it is kept."""
        self.step(slug)
        return next(row for row in self.roadmap.steps if row.slug == slug)

    def inputs(self) -> dict[str, Any]:
        """What a plan of this is made from, as JSON: compared later to tell whether the plan is still of it."""
        return {
            "first": self.roadmap.team.first,
            "people": {skill: list(line) for skill, line in self.capacity.people.items()},
            "budget": list(self.capacity.budget),
            "steps": {step.slug: _asked(step) for step in self.steps},
            "values": {step.slug: round(step.value, 6) for step in self.steps},
        }


@dataclass(frozen=True)
class Move:
    """How a step stands in a plan beside the one before; None: not in it. Quarters are like '2027-1'."""

    slug: str
    before: str | None
    after: str | None


def sketch(database: Database, actor: Actor) -> Sketch | None:
    """The workspace's roadmap with its titles and values; None where there is none yet."""
    found = roadmaps.roadmap(database, actor)
    return None if found is None else sketched(found, ranking.standing(database, actor))


def sketched(found: Roadmap, stand: ranking.Standing) -> Sketch:
    """A roadmap with the titles and values that its steps have in a ranking."""
    cases, ranked = proposing.by_slug(stand.cases), stand.ranking()
    rows = [(row, place) for row in found.steps if (place := ranked.of(row.slug)) is not None and row.slug in cases]
    there = {row.slug for row, _place in rows}
    steps = tuple(_step(row, place, cases[row.slug], there) for row, place in rows)
    quarters = onwards(found.team.first, len(found.team.budget))
    capacity = Capacity(tuple(said(quarter) for quarter in quarters), found.team.people, found.team.budget)
    gone = tuple(row.slug for row in found.steps if row.slug not in there)
    return Sketch(found, steps, capacity, cases, ranked, stand.scores(), gone)


def begin(database: Database, actor: Actor, first: str) -> None:
    """Make a roadmap of the proposal, unless there is one."""
    require(actor, Right.STEER)
    stand = ranking.standing(database, actor)
    steps = proposing.steps(stand.ranking(), proposing.by_slug(stand.cases), stand.scores())
    roadmaps.begin(database, actor, proposing.team(first), steps)


def save_team(database: Database, actor: Actor, team: Team) -> None:
    """Keep a team's capacity; when its first quarter moves, pins, bans and gates keep theirs of the calendar.

    Raises:
        InputError, NotFound: see ``lib.database.roadmaps.save_team``.
    """
    before = roadmaps.roadmap(database, actor)
    ahead = 0 if before is None else counted(team.first) - counted(before.team.first)
    roadmaps.save_team(database, actor, team, ahead)


def make(actor: Actor, language: str, watch: Watch | None = None) -> PlanRow:
    """Look for the best plan, as a recorded run, and keep it.

    Raises:
        NotFound: there is no roadmap.
        InputError: the roadmap is unsound, or its pins can't all be kept.
        Cancelled: ``watch`` said so.
    """
    require(actor, Right.STEER)
    with connect() as database:
        found, last = sketch(database, actor), latest(database, actor)
    if found is None:
        raise NotFound(N_("There is no roadmap in this workspace yet. Propose one first."))
    inputs = found.inputs()
    with recorded(
        actor,
        use_case=SLUG,
        kind="simulation",
        method=METHOD,
        method_version=VERSION,
        inputs=inputs,
        language=language,
        seed=0,
    ) as run:
        plan = solve(found.steps, found.capacity, before=_shifted(last, found), watch=watch)
        firm = firmness(found.steps, found.capacity, _bands(found), watch=watch)
        run.output = {**asdict(plan), "starts": dict(plan.starts), "firm": firm}
    with connect() as database:
        roadmaps.keep_plan(
            database,
            actor,
            inputs=inputs,
            starts=plan.starts,
            value=plan.value,
            bound=plan.bound,
            proven=plan.proven,
            seconds=plan.seconds,
            run_id=run.id,
            firm=firm,
        )
        return roadmaps.plans(database, actor, 1)[0]


def latest(database: Database, actor: Actor) -> PlanRow | None:
    """The plan that stands."""
    return next(iter(roadmaps.plans(database, actor, 1)), None)


def stale(plan: PlanRow, found: Sketch) -> Stale:
    """Whether steps, team or ranking changed since the plan was made; what a person changed is told first."""
    now = found.inputs()
    if any(plan.inputs.get(part) != now[part] for part in ("first", "people", "budget", "steps")):
        return "steps"
    return "ranking" if plan.inputs.get("values") != now["values"] else ""


def as_plan(plan: PlanRow, found: Sketch) -> Plan:
    """The plan as the solver's: steps that left the roadmap are left out, and quarters count from today's first."""
    return Plan(_shifted(plan, found), plan.value, plan.bound, plan.proven, plan.seconds)


def moved(before: PlanRow, after: PlanRow) -> list[Move]:
    """What stands elsewhere than in the plan before, in the order of the new quarters; what fell out comes last."""
    then, now = _when(before), _when(after)
    moves = [Move(slug, then.get(slug), now.get(slug)) for slug in {**now, **then}]
    changed = [move for move in moves if move.before != move.after]
    return sorted(changed, key=lambda move: (move.after is None, move.after or move.before or "", move.slug))


def value_basis(row: Ranked) -> Basis:
    """What most of the scores of a use case's value rest on; of equally many the weaker."""
    counted = Counter(row.bases[criterion] for criterion in VALUE_CRITERIA if criterion in row.bases)
    weakest_first = (Basis.ASSUMPTION, Basis.OPINION, Basis.EVIDENCE)
    return max(weakest_first, key=lambda basis: counted[basis])


def _bands(found: Sketch) -> dict[str, Band]:
    places = {step.slug: found.ranking.of(step.slug) for step in found.steps}
    return {slug: worth_of(place) for slug, place in places.items() if place is not None}


def effort_bases(found: Sketch) -> tuple[Basis, ...]:
    """What effort, length, cost and gates of the steps rest on: the catalogue's proposal, a person's words, or both."""
    return tuple(sorted({kept_basis(row.basis) for row in found.roadmap.steps})) or (Basis.ASSUMPTION,)


def kept_basis(kept_as: str) -> Basis:
    """What a kept number rests on: proposed from the catalogue, or what a person here said."""
    return Basis.ASSUMPTION if kept_as == ASSUMED else Basis.OPINION


def shown_basis(found: Sketch, step: Step) -> Basis:
    """Whose words say what a step must show: the house's, or the KPI that the catalogue assumes."""
    return Basis.OPINION if found.row(step.slug).must_show else Basis.ASSUMPTION


def worth_of(place: Ranked) -> Band:
    """What a quarter of use is worth: the ranking's value above no effect, from 0 to 4, with its 90% range.

    Feasibility is left out of it. It is what effort, length, cost and gate are made from, and would count twice.
    """
    band = place.value
    return Band(band.value - NOTHING, band.low - NOTHING, band.high - NOTHING)


def _step(row: StepRow, place: Ranked, case: proposing.Case, there: set[str]) -> Step:
    return Step(
        row.slug,
        place.candidate.title,
        worth_of(place).value,
        row.quarters,
        row.effort,
        row.cost,
        tuple(slug for slug in row.after if slug in there),
        row.gate,
        row.pinned,
        frozenset(row.forbidden),
        cast(Lane, row.lane),
        row.must_show or proposing.must_show(case),
    )


def _asked(step: Step) -> dict[str, Any]:
    return {
        "quarters": step.quarters,
        "effort": dict(step.effort),
        "cost": step.cost,
        "after": list(step.after),
        "gate": step.gate,
        "pinned": step.pinned,
        "forbidden": sorted(step.forbidden),
        "lane": step.lane,
    }


def _when(plan: PlanRow) -> dict[str, str]:
    first = counted(plan.inputs["first"])
    return {slug: kept(first + start) for slug, start in plan.starts.items()}


def _shifted(plan: PlanRow | None, found: Sketch) -> dict[str, int]:
    """A plan's starts counted from the roadmap's present first quarter."""
    if plan is None:
        return {}
    ahead = counted(plan.inputs["first"]) - counted(found.roadmap.team.first)
    there, horizon = {step.slug for step in found.steps}, len(found.capacity.quarters)
    shifted = {slug: start + ahead for slug, start in plan.starts.items() if slug in there}
    return {slug: start for slug, start in shifted.items() if 0 <= start < horizon}
