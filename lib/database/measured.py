"""What the recorded runs of a use case say in numbers: cost, minutes saved, ratings, verdicts of the checks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible


@dataclass(frozen=True)
class UseCaseRuns:
    """All numbers of one use case in one workspace.

    ``costs`` are (amount, currency) of finished runs on engines with a price; ``minutes`` what reviews say was saved,
    negative where time was lost; ``weeks`` the time between the first and the last of those reviews, 1 at least.
    """

    slug: str
    costs: tuple[tuple[float, str], ...]
    minutes: tuple[float, ...]
    weeks: float
    ratings: tuple[int, ...]
    checks: int
    failed: int
    last: str  # ISO date of the last run, empty where there is none


def of_use_case(database: Database, actor: Actor, slug: str) -> UseCaseRuns:
    """What is recorded of the use case in the actor's workspace; in the demo house of the actor's own runs."""
    require(actor, Right.READ)
    known = {"slug": slug, **scope(actor)}
    runs = list(
        database.query(
            f"select cost, currency, started_at from runs where use_case = :slug and status = 'done' and {visible()}"
            " order by rowid",
            known,
        )
    )
    reviews = list(
        database.query(
            "select v.rating, v.minutes_saved, v.created_at from reviews v join runs r on r.id = v.run_id"
            f" where r.use_case = :slug and {visible('r')} order by v.rowid",
            known,
        )
    )
    checks, failed = database.execute(
        "select count(*), coalesce(sum(c.verdict = 'fail'), 0) from check_results c join runs r on r.id = c.run_id"
        f" where r.use_case = :slug and {visible('r')}",
        known,
    ).fetchone()
    timed = [review for review in reviews if review["minutes_saved"] is not None]
    return UseCaseRuns(
        slug,
        tuple((run["cost"], run["currency"]) for run in runs if run["cost"] is not None and run["currency"]),
        tuple(review["minutes_saved"] for review in timed),
        _weeks([review["created_at"] for review in timed]),
        tuple(review["rating"] for review in reviews if review["rating"] is not None),
        checks,
        failed,
        runs[-1]["started_at"][:10] if runs else "",
    )


def _weeks(moments: list[str]) -> float:
    if len(moments) < 2:
        return 1.0
    first, last = (dt.datetime.fromisoformat(moment) for moment in (min(moments), max(moments)))
    return max(1.0, (last - first).total_seconds() / (7 * 24 * 3600))
