"""Budgets of a workspace and of its cohorts: what a call may cost at most is set aside before it is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlite_utils import Database

from lib.access import Actor, Right, require
from lib.database.connection import now, writing
from lib.database.people import workspace
from lib.database.runs import spent


@dataclass(frozen=True)
class Limit:
    """A budget and what it has to cover. ``cohort`` is empty for the workspace's own."""

    budget: float
    currency: str
    spent: dict[str, float]  # by currency; what running calls have set aside included
    cohort: str = ""


Fits = Callable[[Limit], None]


def limits(database: Database, actor: Actor, cohort: str = "") -> list[Limit]:
    """The budgets that a call of the actor has to stay within: the workspace's, and the cohort's where it has one."""
    require(actor, Right.READ)
    house = workspace(database, actor)
    found = []
    if house["budget"] is not None:
        found.append(Limit(float(house["budget"]), str(house["currency"]), spent(database, actor)))
    return found + [limit for limit in cohort_budgets(database, actor) if limit.cohort == cohort]


def cohort_budgets(database: Database, actor: Actor) -> list[Limit]:
    """The budgets of the workspace's cohorts, by name, with what each has spent."""
    require(actor, Right.READ)
    rows = list(
        database.query(
            "select cohort, budget, currency from cohort_budgets where workspace_id = ? order by cohort",
            [actor.workspace],
        )
    )
    return [
        Limit(row["budget"], row["currency"], spent(database, actor, cohort=row["cohort"]), row["cohort"])
        for row in rows
    ]


def set_cohort_budget(
    database: Database, actor: Actor, cohort: str, budget: float | None, currency: str = "EUR"
) -> None:
    """Give a cohort a budget, or take it away where ``budget`` is None. Its runs stay within the workspace's too.

    Raises:
        NotAllowed: the actor may not administer the workspace.
        ValueError: the cohort has no name, or the budget is negative or no number.
    """
    require(actor, Right.ADMINISTER)
    if not cohort.strip() or (budget is not None and not 0 <= budget < float("inf")):
        raise ValueError("a cohort's budget needs a name and an amount from 0 up")
    with writing(database):
        key = [actor.workspace, cohort.strip()]
        database.execute("delete from cohort_budgets where workspace_id = ? and cohort = ?", key)
        if budget is not None:
            database.table("cohort_budgets").insert(
                {
                    "workspace_id": actor.workspace,
                    "cohort": cohort.strip(),
                    "budget": budget,
                    "currency": currency,
                    "person_id": actor.person,
                    "changed_at": now(),
                }
            )


def set_aside(
    database: Database, actor: Actor, run_id: str, cost: float, currency: str, fits: Fits, cohort: str = ""
) -> None:
    """Write ``cost`` into the running run when ``fits`` objects to none of the limits.

    One transaction: of two runs that start at once, the second sees what the first has set aside. ``finish_run``
    replaces the estimate by what the call cost.

    Raises:
        what ``fits`` raises; nothing is then set aside.
    """
    require(actor, Right.RUN)
    with writing(database):
        for limit in limits(database, actor, cohort):
            fits(limit)
        database.execute(
            "update runs set cost = ?, currency = ? where id = ? and workspace_id = ? and status = 'running'",
            [cost, currency, run_id, actor.workspace],
        )
