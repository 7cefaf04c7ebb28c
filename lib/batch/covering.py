"""How many more rows the budgets cover: the job's own, the workspace's and the cohort's."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from lib.access import Actor
from lib.database.budgets import Limit, limits
from lib.database.claims import JOB_BUDGET
from lib.engines.prices import rate
from lib.engines.registry import BUILT_IN
from lib.errors import BudgetSpent
from lib.i18n import money
from lib.tasks.budget import COHORT_SPENT, NO_RATE, SPENT, UNPRICED


def covered(database: Database, actor: Actor, job: dict[str, Any], count: int) -> int:
    """How many of ``count`` rows of ``job`` (its row of the table, with ``under_way``) the budgets cover.

    Each row is reckoned at the most that it may cost, rows under way included, so a budget is never passed. While rows
    are under way it may say 0: they may turn out cheaper. Part of the caller's write transaction.

    Raises:
        BudgetSpent: no row is covered, and none is under way; or it cannot be reckoned.
    """
    if job["engine"] == BUILT_IN:
        return count
    held = limits(database, actor, job["cohort"] or "")
    estimate, currency = job["row_estimate"], job["currency"]
    if estimate is None or currency is None:
        if held or job["budget"] is not None:
            raise BudgetSpent(UNPRICED, engine=job["engine"])
        return count
    if not estimate:
        return count
    if job["budget"] is not None:
        used = job["cost"] + job["under_way"] * estimate
        count = min(count, _fits(job["budget"], used, estimate))
        if count <= 0 and not job["under_way"]:
            values = {"cost": money(job["cost"], currency), "estimate": money(estimate, currency)}
            raise BudgetSpent(JOB_BUDGET, **values)
    for limit in held:
        count = min(count, _within(limit, estimate, currency, bool(job["under_way"])))
    return max(count, 0)


def _fits(budget: float, used: float, estimate: float) -> int:
    return int((budget - used) / estimate + 1e-9)


def _within(limit: Limit, estimate: float, currency: str, under_way: bool) -> int:
    used = sum(_into(amount, unit, limit.currency) for unit, amount in limit.spent.items() if amount)
    wanted = _into(estimate, currency, limit.currency)
    fits = _fits(limit.budget, used, wanted)
    if fits > 0 or under_way:
        return fits
    shown = {"budget": limit.budget, "spent": used, "estimate": wanted}
    values = {name: money(value, limit.currency) for name, value in shown.items()}
    if limit.cohort:
        raise BudgetSpent(COHORT_SPENT, cohort=limit.cohort, **values)
    raise BudgetSpent(SPENT, **values)


def _into(amount: float, currency: str, into: str) -> float:
    factor = rate(currency, into)
    if factor is None:
        raise BudgetSpent(NO_RATE, currency=currency, into=into)
    return amount * factor
