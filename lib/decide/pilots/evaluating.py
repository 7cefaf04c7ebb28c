"""Evaluating a pilot's figures as a recorded run, which its page, the matrix and the board pack then read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlite_utils import Database

from lib.access import Actor, Right, require
from lib.database import pilots
from lib.decide.pilots.evidence import PAGE
from lib.decide.pilots.observations import Observation, sides
from lib.decide.pilots.outcome import VERSION, Outcome, evaluate
from lib.tasks.recorded import recorded

METHOD = "pilot_outcome"
SEED = 0


def evaluate_figures(
    database: Database, actor: Actor, pilot: str, given: Sequence[Observation], data_set: str | None
) -> Outcome:
    """Compare a pilot's figures and file the result with the pilot.

    Raises:
        InputError: see ``lib.decide.pilots.observations.sides``; the refusal is recorded, the earlier result stays.
        NotFound: no such pilot in the actor's workspace.
    """
    require(actor, Right.STEER)
    plan = pilots.get(database, actor, pilot).plan
    inputs = {"pilot": pilot, "plan": asdict(plan), "figures": len(given)}
    with recorded(
        actor, use_case=PAGE, kind="analysis", method=METHOD, method_version=VERSION, inputs=inputs, seed=SEED,
        data_set=data_set,
    ) as run:  # fmt: skip
        outcome = evaluate(plan, sides(plan, given), SEED)
        run.output = {"outcome": outcome.as_json()}
    pilots.set_result(database, actor, pilot, run.id)
    return outcome
