"""The use case's heavy work, as the worker does it: the proof on a surface like the house's own."""

from __future__ import annotations

from typing import Any

import numpy as np

from lib.batch.work import WorkContext, WorkResult, measure
from lib.catalogue import use_case
from lib.database import connect
from lib.errors import NotFound, TooFewRows
from lib.i18n import N_
from lib.merchandising.beauty_formulation.judging import SCORED
from lib.merchandising.beauty_formulation.planning import judge_of
from lib.merchandising.beauty_formulation.proof import SLUG
from lib.merchandising.beauty_formulation.rounds import Round, rounds
from lib.merchandising.beauty_formulation.space import Array
from lib.merchandising.beauty_formulation.surfaces import Surface

NOISY = 10.0  # points of a score of 100 by which one sd of standardised noise blurs it, roughly
PROVE = "lib.merchandising.beauty_formulation.jobs.prove"
GONE = N_("The plan that this was begun with is gone. Plan the next trials again, then measure.")
NOTHING = N_(
    "Nothing has been learned from your trials yet, so there is no surface to race on. Bring more results first."
)


def prove(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """The proof on the surface that the newest plan's model expects.

    Raises:
        NotFound: the plan is gone.
        TooFewRows: nothing was learned yet.
    """
    with connect() as database:
        found = rounds(database, job.actor, str(arguments["table"]))
    if not found:
        raise NotFound(GONE)
    return measure(use_case(SLUG), job, own_surface(found[-1]), str(arguments["data"]))


def own_surface(round_: Round) -> Surface:
    """What the model of a round expects, taken as if it were true, with the noise that a score then has.

    Raises:
        TooFewRows: nothing was learned yet.
    """
    question = round_.question
    if not round_.plan.learned:
        raise TooFewRows(NOTHING)
    space = question.space()
    judge = judge_of(question, space, round_.plan.thetas)
    learned = [target for target in judge.wanted(SCORED) if target.key in judge.processes]
    noise = np.mean([judge.processes[t.key].noise / (judge.processes[t.key].spread or 1.0) for t in learned] or [0.3])

    def response(shares: Array) -> Array:
        return 100 * judge.score(shares * 100.0)

    return Surface("own", question.ingredients, response, NOISY * float(noise), within=space)
