"""Pilots: what each is to show, by when and for how much; the run that evaluated it; every decision on it."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import new_id, now, writing
from lib.database.runs import get_run
from lib.errors import InputError, NotFound
from lib.i18n import N_

MAX_TITLE = 120
MAX_TEXT = 1_000
MAX_WORDS = 80  # of a KPI, a unit, an owner
MAX_DAYS = 2 * 366
CURRENCIES = ("EUR", "USD")

Design = Literal["before_after", "ab"]
Choice = Literal["stop", "go_on", "scale"]


@dataclass(frozen=True)
class Plan:
    """What a pilot is to show. Texts are as typed; dates are ISO dates, both days included.

    ``measure`` 'mean' is an average in ``unit``; 'share' a share between 0 and 1 of yes among yes and no. ``baseline``
    is what is assumed without the pilot, ``target`` what it is to reach. ``spread`` is the standard deviation of one
    figure (of one pair's difference where ``paired``), None for shares. ``sample`` counts figures on each side, or
    pairs; ``power`` is the chance that they show an improvement as large as planned.
    """

    use_case: str
    title: str
    hypothesis: str
    kpi: str
    unit: str
    direction: Literal["up", "down"]
    measure: Literal["mean", "share"]
    design: Design
    paired: bool
    baseline: float
    target: float
    spread: float | None
    power: float
    sample: int
    starts_on: str
    ends_on: str
    business_owner: str
    technical_owner: str
    budget: float
    currency: str

    @property
    def improvement(self) -> float:
        """How far the target lies from the baseline; above zero."""
        return abs(self.target - self.baseline)


# What says whether a pilot worked. Once its result is known these stay: a target moved afterwards proves nothing.
SETTLED = (
    "use_case", "hypothesis", "kpi", "unit", "direction", "measure", "design", "paired", "baseline", "target",
    "spread", "power", "sample", "starts_on", "ends_on",
)  # fmt: skip


@dataclass(frozen=True)
class Decision:
    """Stop, go on or scale: who said so, when, and why; ``run`` is the evaluation that it rests on, None without."""

    decision: Choice
    reason: str
    person: str  # a name
    run: str | None
    created_at: str


@dataclass(frozen=True)
class Pilot:
    """A pilot with the run that evaluated it last, None before, and its decisions, newest first."""

    id: str
    plan: Plan
    run: str | None
    decisions: tuple[Decision, ...]
    created_at: str

    def status(self, today: str) -> Literal["planned", "running", "to_decide", "stop", "go_on", "scale"]:
        """Where it stands on a day (ISO date): its last decision where that ends it, else by its dates.

        To go on counts where it was said after the last day, on the result that still stands: a new one, or a new last
        day, asks again.
        """
        said = self.decisions[0] if self.decisions else None
        if said is not None and (said.decision == "stop" or said.decision == "scale"):
            return said.decision
        if said is not None and said.run == self.run and self.plan.ends_on < said.created_at[:10] <= today:
            return "go_on"
        if today < self.plan.starts_on:
            return "planned"
        return "running" if today <= self.plan.ends_on else "to_decide"


def checked(plan: Plan) -> Plan:
    """The plan with its texts tidied.

    Raises:
        InputError: something is missing, too long, or contradicts itself; the message names it.
    """
    tidy = {name: " ".join(getattr(plan, name).split()) for name in ("title", "kpi", "unit", *_OWNERS)}
    made = Plan(**{**asdict(plan), **tidy, "hypothesis": plan.hypothesis.strip()})
    _check_texts(made)
    _check_dates(made)
    _check_numbers(made)
    return made


_OWNERS = ("business_owner", "technical_owner")


def _check_texts(plan: Plan) -> None:
    if not plan.title:
        raise InputError(N_("A pilot needs a name. Type one."))
    if len(plan.title) > MAX_TITLE:
        raise InputError(
            N_("A pilot’s name has at most {most} characters; this one has {length}. Shorten it."),
            most=MAX_TITLE,
            length=len(plan.title),
        )
    if not plan.hypothesis:
        raise InputError(N_("Say what you expect and why: a sentence is enough for the hypothesis."))
    if len(plan.hypothesis) > MAX_TEXT:
        raise InputError(N_("The hypothesis has at most {most} characters. Shorten it."), most=MAX_TEXT)
    if not plan.kpi or (not plan.unit and plan.measure == "mean"):
        raise InputError(N_("A pilot moves one KPI, in one unit. Type both."))
    if not plan.business_owner or not plan.technical_owner:
        raise InputError(N_("Name who answers for the pilot on the business side, and who on the technical side."))
    if any(len(getattr(plan, name)) > MAX_WORDS for name in ("kpi", "unit", *_OWNERS)):
        raise InputError(N_("KPI, unit and owners have at most {most} characters each. Shorten them."), most=MAX_WORDS)


def _check_dates(plan: Plan) -> None:
    try:
        starts, ends = dt.date.fromisoformat(plan.starts_on), dt.date.fromisoformat(plan.ends_on)
    except ValueError as error:
        raise InputError(N_("A pilot needs the day on which it starts and the day on which it ends.")) from error
    if ends < starts:
        raise InputError(N_("The pilot would end before it starts. Choose a later end."))
    if (ends - starts).days > MAX_DAYS:
        raise InputError(N_("A pilot is a trial with an end: choose one at most two years after its start."))


def _check_numbers(plan: Plan) -> None:
    numbers = (plan.baseline, plan.target, plan.budget, plan.power, plan.spread or 0.0)
    if not all(math.isfinite(value) for value in numbers):
        raise InputError(N_("Baseline, target, spread and budget have to be numbers. Correct them."))
    if plan.measure == "share" and not (0 <= plan.baseline <= 1 and 0 <= plan.target <= 1):
        raise InputError(N_("A share lies between 0% and 100%. Correct baseline and target."))
    check_direction(plan)
    if plan.measure == "mean" and not (plan.spread and plan.spread > 0):
        raise InputError(N_("Say how much single figures differ: a standard deviation above zero."))
    if plan.measure == "share" and plan.paired:
        raise InputError(N_("Pairs are for averages. Compare shares without pairs."))
    if plan.design == "ab" and plan.paired:
        raise InputError(N_("Pairs are for before and after. In an A/B test each figure is in one group alone."))
    if not 0.5 <= plan.power < 1:
        raise InputError(N_("The power lies from 50% to below 100%; 80% is usual. Choose one."))
    if plan.sample < 2:
        raise InputError(N_("A sample has at least two figures on each side. Choose a larger one."))
    if plan.budget < 0:
        raise InputError(N_("The budget can’t be below zero. Correct it."))
    if plan.currency not in CURRENCIES:
        raise InputError(N_("A pilot’s budget is in euros or in US dollars. Choose one."))


def check_direction(plan: Plan) -> None:
    """Pass silently when the target lies on the good side of the baseline.

    Raises:
        InputError: it doesn't.
    """
    gain = plan.target - plan.baseline if plan.direction == "up" else plan.baseline - plan.target
    if gain <= 0 and plan.direction == "up":
        raise InputError(
            N_("The KPI is to rise, and the target isn’t above the baseline. Raise the target, or turn the direction.")
        )
    if gain <= 0:
        raise InputError(
            N_("The KPI is to fall, and the target isn’t below the baseline. Lower the target, or turn the direction.")
        )


def add(database: Database, actor: Actor, plan: Plan) -> str:
    """Plan a pilot; its id.

    Raises:
        InputError: see ``checked``.
    """
    require(actor, Right.STEER)
    made, identifier, when = checked(plan), new_id(), now()
    with writing(database):
        database.table("pilots").insert(
            {
                "id": identifier,
                "workspace_id": actor.workspace,
                "person_id": actor.person,
                **_columns(made),
                "created_at": when,
                "changed_at": when,
            }
        )
    return identifier


def change(database: Database, actor: Actor, pilot: str, plan: Plan) -> None:
    """Put a plan in place of a pilot's.

    Raises:
        InputError: see ``checked``; or the result is known and the plan would move what it is held to.
        NotFound: no such pilot in the actor's workspace.
    """
    require(actor, Right.STEER)
    made = checked(plan)
    with writing(database):
        before = get(database, actor, pilot)
        moved = [name for name in SETTLED if getattr(before.plan, name) != getattr(made, name)]
        if before.run is not None and moved:
            raise InputError(
                N_(
                    "This pilot’s result is known: what it is held to stays as it was. Change name, owners or budget"
                    " only, or plan a new pilot."
                )
            )
        database.table("pilots").update(pilot, {**_columns(made), "changed_at": now()})


def set_result(database: Database, actor: Actor, pilot: str, run: str) -> None:
    """File the run that evaluated a pilot's figures.

    Raises:
        NotFound: no such pilot or run in the actor's workspace.
    """
    require(actor, Right.STEER)
    with writing(database):
        get(database, actor, pilot)
        get_run(database, actor, run)
        database.table("pilots").update(pilot, {"run_id": run, "changed_at": now()})


def add_decision(database: Database, actor: Actor, pilot: str, decision: Choice, reason: str) -> None:
    """Write down a decision beside the earlier ones. Whether it may be taken is ``lib.decide.pilots.deciding``'s.

    Raises:
        InputError: no reason.
        NotFound: no such pilot in the actor's workspace.
    """
    require(actor, Right.STEER)
    if not reason.strip():
        raise InputError(N_("Say why: a sentence on what the decision rests on is enough."))
    with writing(database):
        found = get(database, actor, pilot)
        database.table("pilot_decisions").insert(
            {
                "id": new_id(),
                "workspace_id": actor.workspace,
                "pilot_id": pilot,
                "person_id": actor.person,
                "decision": decision,
                "reason": reason.strip()[:MAX_TEXT],
                "run_id": found.run,
                "created_at": now(),
            }
        )


def get(database: Database, actor: Actor, pilot: str) -> Pilot:
    """One pilot.

    Raises:
        NotFound: no such pilot in the actor's workspace.
    """
    require(actor, Right.READ)
    rows = list(database.query(f"select * from pilots where id = :id and {visible()}", {"id": pilot, **scope(actor)}))
    if not rows:
        raise NotFound(N_("There is no such pilot in this workspace. Choose one from the list of pilots."))
    return _pilot(database, rows[0])


def listing(database: Database, actor: Actor, use_case: str | None = None) -> list[Pilot]:
    """The workspace's pilots, of one use case or of all, newest first."""
    require(actor, Right.READ)
    rows = database.query(
        f"select * from pilots where (:use_case is null or use_case = :use_case) and {visible()} order by rowid desc",
        {"use_case": use_case, **scope(actor)},
    )
    return [_pilot(database, row) for row in list(rows)]


def _pilot(database: Database, row: dict[str, Any]) -> Pilot:
    fields = {name: row[name] for name in Plan.__dataclass_fields__}
    decided = database.query(
        "select d.decision, d.reason, p.name as person, d.run_id as run, d.created_at from pilot_decisions d"
        " join people p on p.id = d.person_id where d.pilot_id = ? order by d.rowid desc",
        [row["id"]],
    )
    return Pilot(
        row["id"],
        Plan(**{**fields, "paired": bool(row["paired"])}),
        row["run_id"],
        tuple(Decision(**one) for one in decided),
        row["created_at"],
    )


def _columns(plan: Plan) -> dict[str, Any]:
    return {**asdict(plan), "paired": int(plan.paired)}


# Of a review v: nobody took it back, or asked for a new one, since.
_STANDS = (
    " and not exists (select 1 from reviews w where w.run_id = v.run_id and w.verdict = 'withdrawn'"
    " and w.rowid > v.rowid)"
)


def runs_within(database: Database, actor: Actor, plan: Plan) -> list[dict[str, Any]]:
    """The ended runs of a pilot's use case in its time, oldest first; those inside comparisons are left to these.

    Rows: id, status, cost, currency, seconds; rating and minutes (means over the run's reviews, None without);
    approved and sent_back (how many verdicts that stand; a rejection counts as sent back), checks and failed_checks
    (how many results; those that failed).
    """
    require(actor, Right.READ)
    return list(
        database.query(
            "select r.id, r.status, r.cost, r.currency, r.seconds,"
            " (select avg(v.rating) from reviews v where v.run_id = r.id) as rating,"
            " (select avg(v.minutes_saved) from reviews v where v.run_id = r.id) as minutes,"
            f" (select count(*) from reviews v where v.run_id = r.id and v.verdict = 'approved'{_STANDS}) as approved,"
            " (select count(*) from reviews v where v.run_id = r.id and v.verdict in ('sent_back', 'rejected')"
            f"{_STANDS}) as sent_back,"
            " (select count(*) from check_results c where c.run_id = r.id) as checks,"
            " (select count(*) from check_results c where c.run_id = r.id and c.verdict = 'fail') as failed_checks"
            " from runs r where r.use_case = :use_case and r.status in ('done', 'failed', 'cut')"
            " and substr(r.started_at, 1, 10) between :starts_on and :ends_on"
            " and not exists (select 1 from runs q where q.id = r.parent_id and q.kind = 'comparison')"
            f" and {visible('r')} order by r.rowid",
            {"use_case": plan.use_case, "starts_on": plan.starts_on, "ends_on": plan.ends_on, **scope(actor)},
        )
    )
