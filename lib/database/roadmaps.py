"""A workspace's roadmap: the team's capacity, the steps, and the plans with what they were made from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import new_id, now, writing
from lib.database.runs import require_run
from lib.errors import InputError, NotFound
from lib.i18n import N_

ASSUMED, SAID = "assumption", "opinion"  # proposed from the catalogue, or set by a person
MAX_SKILLS = 12
MAX_NAME = 80  # characters of a skill's name
MAX_WORDS = 600  # characters of what a step must show


@dataclass(frozen=True)
class Team:
    """What there is: person-weeks by skill and quarter, money by quarter; ``first`` is a quarter like '2027-1'."""

    first: str
    people: Mapping[str, tuple[float, ...]]
    budget: tuple[float, ...]
    basis: str = ASSUMED


@dataclass(frozen=True)
class StepRow:
    """A step as it is kept; what its fields mean is said at ``lib.decide.roadmap.model.Step``."""

    slug: str
    quarters: int
    effort: Mapping[str, float] = field(default_factory=dict)
    cost: float = 0.0
    after: tuple[str, ...] = ()
    gate: int = 0
    pinned: int | None = None
    forbidden: tuple[int, ...] = ()
    lane: str = "test"
    must_show: str = ""
    basis: str = ASSUMED


@dataclass(frozen=True)
class Roadmap:
    """Team and steps in their order."""

    id: str
    team: Team
    steps: tuple[StepRow, ...]
    changed_at: str


@dataclass(frozen=True)
class PlanRow:
    """A plan with the inputs it was made from (JSON), and the run that recorded it.

    ``firm`` is {'draws': how often it was planned anew with values drawn from their ranges, 'in': {slug: in how many of
    those the step is in the plan}}.
    """

    id: str
    run_id: str | None
    inputs: dict[str, Any]
    starts: dict[str, int]
    value: float
    bound: float
    proven: bool
    seconds: float
    created_at: str
    firm: dict[str, Any] = field(default_factory=dict)


def roadmap(database: Database, actor: Actor) -> Roadmap | None:
    """The workspace's roadmap (in the demo house one's own), None where nobody has made one yet."""
    require(actor, Right.READ)
    rows = database.query(f"select * from roadmaps where {visible()} order by changed_at desc limit 1", scope(actor))
    for row in list(rows):
        people = {skill: tuple(line) for skill, line in json.loads(row["people"]).items()}
        team = Team(row["first"], people, tuple(json.loads(row["budget"])), row["basis"])
        return Roadmap(row["id"], team, _steps(database, row["id"]), row["changed_at"])
    return None


def begin(database: Database, actor: Actor, team: Team, steps: Sequence[StepRow]) -> str:
    """Make the workspace's roadmap, or return the id of the one that is there: two people who begin make one.

    Raises:
        InputError: see ``save_team``.
    """
    require(actor, Right.STEER)
    _require_names(team)
    with writing(database):
        found = roadmap(database, actor)
        if found is not None:
            return found.id
        identifier = new_id()
        whose = {"id": identifier, "workspace_id": actor.workspace, "person_id": actor.person}
        database.table("roadmaps").insert({**whose, **_team(team), "changed_at": now()})
        for position, step in enumerate(steps):
            _put(database, identifier, step, position)
    return identifier


def save_team(database: Database, actor: Actor, team: Team, ahead: int = 0) -> None:
    """Put a team's capacity in place of the one that was there.

    Args:
        ahead: quarters by which the first one moves on: what is pinned, ruled out or gated keeps its quarter of the
            calendar, and a pin or ban that lies before the new first quarter falls away.

    Raises:
        NotFound: there is no roadmap yet.
        InputError: a skill has no name, one too long, or there are too many.
    """
    require(actor, Right.STEER)
    _require_names(team)
    with writing(database):
        identifier = _own(database, actor)
        database.table("roadmaps").update(identifier, {**_team(team), "changed_at": now()})
        if ahead:
            for position, step in enumerate(_steps(database, identifier)):
                _put(database, identifier, _moved_on(step, ahead), position)


def save_step(database: Database, actor: Actor, step: StepRow) -> None:
    """Add a step at the end, or put it in place of the one of the same use case.

    Raises:
        NotFound: there is no roadmap yet.
        InputError: what it must show is too long.
    """
    require(actor, Right.STEER)
    if len(step.must_show) > MAX_WORDS:
        raise InputError(
            N_("What a step must show has at most {most} characters; this has {length}. Shorten it."),
            most=MAX_WORDS,
            length=len(step.must_show),
        )
    with writing(database):
        identifier = _own(database, actor)
        row = database.execute(
            "select coalesce((select position from roadmap_steps where roadmap_id = :id and slug = :slug),"
            " (select coalesce(max(position), -1) + 1 from roadmap_steps where roadmap_id = :id))",
            {"id": identifier, "slug": step.slug},
        ).fetchone()
        _put(database, identifier, step, int(row[0]))
        database.table("roadmaps").update(identifier, {"changed_at": now()})


def drop_step(database: Database, actor: Actor, slug: str) -> None:
    """Take a step off the roadmap; what waited for it waits no longer."""
    require(actor, Right.STEER)
    with writing(database):
        identifier = _own(database, actor)
        database.execute("delete from roadmap_steps where roadmap_id = ? and slug = ?", [identifier, slug])
        for step in _steps(database, identifier):
            if slug in step.after:
                after = json.dumps([other for other in step.after if other != slug])
                database.execute(
                    "update roadmap_steps set after = ? where roadmap_id = ? and slug = ?",
                    [after, identifier, step.slug],
                )
        database.table("roadmaps").update(identifier, {"changed_at": now()})


def keep_plan(
    database: Database,
    actor: Actor,
    *,
    inputs: Mapping[str, Any],
    starts: Mapping[str, int],
    value: float,
    bound: float,
    proven: bool,
    seconds: float,
    run_id: str | None = None,
    firm: Mapping[str, Any] | None = None,
) -> str:
    """Keep a plan beside those before it; its id.

    Raises:
        NotFound: there is no roadmap yet, or the run isn't in the actor's workspace.
    """
    require(actor, Right.STEER)
    identifier = new_id()
    with writing(database):
        if run_id is not None:
            require_run(database, actor, run_id)
        database.table("roadmap_plans").insert(
            {
                "id": identifier,
                "roadmap_id": _own(database, actor),
                "person_id": actor.person,
                "run_id": run_id,
                "inputs": json.dumps(inputs, ensure_ascii=False),
                "starts": json.dumps(dict(starts)),
                "value": value,
                "bound": bound,
                "proven": int(proven),
                "seconds": seconds,
                "firm": json.dumps(firm or {}),
                "created_at": now(),
            }
        )
    return identifier


def plans(database: Database, actor: Actor, limit: int = 2) -> list[PlanRow]:
    """The newest plans of the workspace's roadmap, newest first."""
    found = roadmap(database, actor)
    if found is None:
        return []
    rows = database.query(
        "select * from roadmap_plans where roadmap_id = ? order by created_at desc, id desc limit ?", [found.id, limit]
    )
    return [
        PlanRow(
            row["id"],
            row["run_id"],
            json.loads(row["inputs"]),
            json.loads(row["starts"]),
            row["value"],
            row["bound"],
            bool(row["proven"]),
            row["seconds"],
            row["created_at"],
            json.loads(row["firm"]),
        )
        for row in rows
    ]


def _own(database: Database, actor: Actor) -> str:
    found = roadmap(database, actor)
    if found is None:
        raise NotFound(N_("There is no roadmap in this workspace yet. Propose one first."))
    return found.id


def _moved_on(step: StepRow, ahead: int) -> StepRow:
    pinned = None if step.pinned is None or step.pinned < ahead else step.pinned - ahead
    return replace(
        step,
        gate=max(0, step.gate - ahead) if step.gate else 0,  # without a gate there is none at any time
        pinned=pinned,
        forbidden=tuple(quarter - ahead for quarter in step.forbidden if quarter >= ahead),
    )


def _team(team: Team) -> dict[str, str]:
    people = {" ".join(skill.split()): line for skill, line in team.people.items()}
    return {
        "first": team.first,
        "people": json.dumps(people, ensure_ascii=False),
        "budget": json.dumps(team.budget),
        "basis": team.basis,
    }


def _require_names(team: Team) -> None:
    names = [" ".join(skill.split()) for skill in team.people]
    if not all(names):
        raise InputError(N_("A skill needs a name. Type one, or take the line out."))
    long = next((name for name in names if len(name) > MAX_NAME), None)
    if long is not None:
        raise InputError(
            N_("A skill's name has at most {most} characters; this one has {length}. Shorten it."),
            most=MAX_NAME,
            length=len(long),
        )
    if len({name.casefold() for name in names}) < len(names):
        raise InputError(N_("Two skills have the same name. Give each its own, or join their weeks."))
    if len(names) > MAX_SKILLS:
        raise InputError(N_("A roadmap holds at most {most} skills. Join some."), most=MAX_SKILLS)


def _steps(database: Database, identifier: str) -> tuple[StepRow, ...]:
    rows = database.query("select * from roadmap_steps where roadmap_id = ? order by position, slug", [identifier])
    return tuple(
        StepRow(
            row["slug"],
            row["quarters"],
            json.loads(row["effort"]),
            row["cost"],
            tuple(json.loads(row["after"])),
            row["gate"],
            row["pinned"],
            tuple(json.loads(row["forbidden"])),
            row["lane"],
            row["must_show"],
            row["basis"],
        )
        for row in rows
    )


def _put(database: Database, identifier: str, step: StepRow, position: int) -> None:
    values = {
        **asdict(step),
        "effort": json.dumps(dict(step.effort), ensure_ascii=False),
        "after": json.dumps(step.after),
        "forbidden": json.dumps(sorted(step.forbidden)),
        "must_show": step.must_show.strip(),
    }
    database.table("roadmap_steps").upsert(
        {"roadmap_id": identifier, "position": position, **values}, pk=("roadmap_id", "slug")
    )
