"""What a workspace has spent on engines, and the limit that its administrators set."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sqlite_utils import Database

from lib.access import Actor, Right, require
from lib.database.connection import writing
from lib.errors import InputError
from lib.i18n import N_

LARGEST_BUDGET = 1_000_000_000.0


@dataclass(frozen=True)
class Spend:
    """What one engine's runs cost in one currency; ``unpriced`` of the ``runs`` have no cost on record."""

    engine: str
    currency: str
    cost: float
    runs: int
    unpriced: int


def spent_by_engine(database: Database, actor: Actor) -> list[Spend]:
    """The workspace's spend by engine and currency, the dearest first.

    All of the workspace's runs count, in the demo house too, since all of them count against its budget.
    """
    require(actor, Right.READ)
    rows = database.query(
        "select engine, coalesce(currency, '') as currency, coalesce(sum(cost), 0) as cost, count(*) as runs,"
        " sum(cost is null) as unpriced from runs where workspace_id = ? and engine is not null"
        " group by engine, coalesce(currency, '') order by cost desc, engine",
        [actor.workspace],
    )
    return [Spend(**row) for row in rows]


def set_budget(database: Database, actor: Actor, amount: float | None) -> None:
    """Set what the workspace may spend in all, in its own currency; None takes the limit away.

    Raises:
        NotAllowed: the actor is no administrator.
        InputError: the amount is no number from 0 up.
    """
    require(actor, Right.ADMINISTER)
    if amount is not None and not (math.isfinite(amount) and 0 <= amount <= LARGEST_BUDGET):
        raise InputError(N_("A budget is a number from 0 up. Correct the amount, then save it again."))
    with writing(database):
        database.execute("update workspaces set budget = ? where id = ?", [amount, actor.workspace])
