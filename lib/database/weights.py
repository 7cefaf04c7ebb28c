"""What each criterion counts in this workspace, and evidence that somebody accepted as a score."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.catalogue import FEASIBILITY_CRITERIA, VALUE_CRITERIA, Criterion
from lib.database.connection import new_id, now, writing
from lib.errors import InputError, NotFound
from lib.i18n import N_

HIGHEST = 100.0


@dataclass(frozen=True)
class Weights:
    """As they were set: points from 0 to 100 for each criterion; ``value_share`` is what value counts overall."""

    points: dict[Criterion, float]
    value_share: float = 0.5

    def shares(self) -> dict[Criterion, float]:
        """The weights as shares that sum to 1 within value and within feasibility."""
        found: dict[Criterion, float] = {}
        for side in (VALUE_CRITERIA, FEASIBILITY_CRITERIA):
            total = sum(self.points[criterion] for criterion in side)
            found |= {criterion: self.points[criterion] / total for criterion in side}
        return found


def equal() -> Weights:
    """What holds before anybody has set weights."""
    return Weights(dict.fromkeys(Criterion, 50.0))


def weights(database: Database, actor: Actor) -> Weights:
    """The weights that were set last in the actor's workspace, in the demo house by the actor; else equal ones."""
    require(actor, Right.READ)
    row = database.execute(
        f"select weights, value_share from criterion_weights where {visible()} order by changed_at desc, rowid desc",
        scope(actor),
    ).fetchone()
    if row is None:
        return equal()
    return Weights({Criterion(name): points for name, points in json.loads(row[0]).items()}, row[1])


def set_weights(database: Database, actor: Actor, points: Mapping[Criterion, float], value_share: float) -> None:
    """Set the workspace's weights.

    Raises:
        NotAllowed: the actor may not steer.
        InputError: a weight below 0 or above 100, all weights of one side zero, or a share outside 0 to 1.
    """
    require(actor, Right.STEER)
    _refuse_unfit(points, value_share)
    with writing(database):
        # A row that is set again is the newest again, also within one millisecond.
        database.execute(
            "delete from criterion_weights where workspace_id = ? and person_id = ?", [actor.workspace, actor.person]
        )
        database.table("criterion_weights").insert(
            {
                "workspace_id": actor.workspace,
                "person_id": actor.person,
                "weights": json.dumps({criterion.value: float(points[criterion]) for criterion in Criterion}),
                "value_share": float(value_share),
                "changed_at": now(),
            }
        )


def _refuse_unfit(points: Mapping[Criterion, float], value_share: float) -> None:
    if not all(math.isfinite(points[one]) and 0 <= points[one] <= HIGHEST for one in Criterion):
        raise InputError(N_("A weight lies between 0 and 100. Correct it and save again."))
    if not 0 <= value_share <= 1:
        raise InputError(N_("What value counts lies between 0% and 100%. Correct it and save again."))
    if not any(points[one] for one in VALUE_CRITERIA):
        raise InputError(
            N_("All weights of value are zero, so nothing can be ranked by value. Give at least one a weight.")
        )
    if not any(points[one] for one in FEASIBILITY_CRITERIA):
        raise InputError(
            N_("All weights of feasibility are zero, so nothing can be ranked by it. Give at least one a weight.")
        )


@dataclass(frozen=True)
class Accepted:
    """Evidence that stands as a score. ``message`` is a message id that ``values`` fill."""

    id: str
    slug: str
    criterion: Criterion
    low: float
    likeliest: float
    high: float
    message: str
    values: dict[str, Any]
    page: str
    key: str
    dated: str
    accepted_at: str


def accept(
    database: Database,
    actor: Actor,
    slug: str,
    criterion: Criterion,
    score: tuple[float, float, float],
    message: str,
    values: dict[str, Any],
    *,
    page: str = "",
    key: str = "",
    dated: str = "",
) -> str:
    """Let a measurement stand as the score (lowest, likeliest, highest) of a use case on a criterion; its id.

    It takes the place of what was accepted there before.

    Raises:
        NotAllowed: the actor may not steer.
    """
    require(actor, Right.STEER)
    identifier, moment = new_id(), now()
    with writing(database):
        _withdraw(database, actor, slug, criterion, moment)
        database.table("accepted_evidence").insert(
            {
                "id": identifier,
                "workspace_id": actor.workspace,
                "person_id": actor.person,
                "slug": slug,
                "criterion": criterion.value,
                **dict(zip(("low", "likeliest", "high"), score, strict=True)),
                "message": message,
                "said": json.dumps(values, ensure_ascii=False),
                "page": page,
                "key": key,
                "dated": dated,
                "accepted_at": moment,
            }
        )
    return identifier


def withdraw(database: Database, actor: Actor, slug: str, criterion: Criterion) -> None:
    """Go back to what people say, or to the catalogue's assumption.

    Raises:
        NotFound: nothing was accepted there.
    """
    require(actor, Right.STEER)
    with writing(database):
        if not _withdraw(database, actor, slug, criterion, now()):
            raise NotFound(N_("No evidence stands there as a score. Look at the list of what was accepted."))


def _withdraw(database: Database, actor: Actor, slug: str, criterion: Criterion, moment: str) -> int:
    return int(
        database.execute(
            "update accepted_evidence set withdrawn_at = :moment where slug = :slug and criterion = :criterion"
            f" and withdrawn_at is null and {visible()}",
            {"moment": moment, "slug": slug, "criterion": criterion.value, **scope(actor)},
        ).rowcount
    )


def accepted(database: Database, actor: Actor) -> list[Accepted]:
    """All evidence that stands as a score in the workspace, oldest first."""
    require(actor, Right.READ)
    rows = database.query(
        "select id, slug, criterion, low, likeliest, high, message, said, page, key, dated, accepted_at"
        f" from accepted_evidence where withdrawn_at is null and {visible()} order by id",
        scope(actor),
    )
    return [
        Accepted(
            **{
                **{key: value for key, value in row.items() if key != "said"},
                "criterion": Criterion(row["criterion"]),
                "values": json.loads(row["said"]),
            }
        )
        for row in rows
    ]
