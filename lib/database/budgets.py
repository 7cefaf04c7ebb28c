"""A workspace's budget: what a call may cost at most is set aside before it is sent."""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database

from lib.access import Actor, Right, require
from lib.database.connection import writing
from lib.database.people import workspace
from lib.database.runs import spent

Fits = Callable[[float, str, dict[str, float]], None]


def set_aside(database: Database, actor: Actor, run_id: str, cost: float, currency: str, fits: Fits) -> None:
    """Write ``cost`` into the running run when ``fits(budget, its currency, spent by currency)`` does not object.

    One transaction: of two runs that start at once, the second sees what the first has set aside. ``finish_run``
    replaces the estimate by what the call cost.

    Raises:
        what ``fits`` raises; nothing is then set aside.
    """
    require(actor, Right.RUN)
    with writing(database):
        house = workspace(database, actor)
        if house["budget"] is not None:
            fits(float(house["budget"]), str(house["currency"]), spent(database, actor))
        database.execute(
            "update runs set cost = ?, currency = ? where id = ? and workspace_id = ? and status = 'running'",
            [cost, currency, run_id, actor.workspace],
        )
