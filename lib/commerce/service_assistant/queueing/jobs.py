"""The simulation as the worker does it: the log, what the assistant resolves, the weeks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from lib.batch.work import WorkContext, WorkResult
from lib.catalogue import use_case
from lib.commerce.service_assistant.benching import outcomes
from lib.commerce.service_assistant.house import SAMPLE
from lib.commerce.service_assistant.knowledge import elsewhere
from lib.commerce.service_assistant.marking import conversations
from lib.commerce.service_assistant.queueing.columns import ARRIVAL_COLUMNS, HalfHour, arrivals_from
from lib.commerce.service_assistant.queueing.log import read_log
from lib.commerce.service_assistant.queueing.plan import Plan, Shares, shares_of
from lib.commerce.service_assistant.queueing.simulation import METHOD, VERSION, simulate
from lib.database import connect
from lib.database.runs import recent
from lib.evidence import code_version
from lib.files.kept import open_sample, reopen
from lib.i18n import N_

SIMULATE: Final = "lib.commerce.service_assistant.queueing.jobs.queue"
ARRIVALS: Final = SAMPLE / "arrivals.csv"
DEMO: Final = "sample"
MEASURE: Final = "measure"  # as the shares' source: the built-in engine is measured now, on the half to report
READING = N_("Reading the arrivals")
MEASURING = N_("Measuring what the assistant resolves: conversation {number} of {n}")
MEASURING_SHARE: Final = 0.6
LOOKED_AT: Final = 20  # of the last simulations


def queue(arguments: dict[str, Any], job: WorkContext) -> WorkResult:
    """Simulate. ``arguments``: data ('sample' or a data set's id) and plan (``Plan.as_json``).

    Raises:
        InputError: the log has no contact, or nobody could do the work.
        NotFound, StorageError: the file is gone.
    """
    job.progress(0.0, READING)
    log = read_log(_rows(str(arguments["data"]), job))
    plan = Plan.from_json(arguments["plan"])
    begins, version = 0.0, code_version(use_case(job.use_case))
    if plan.shares.source == MEASURE:
        known = _known(job, version)
        plan = replace(plan, shares=known or shares_of(_measured(job), MEASURE))
        begins = 0.0 if known else MEASURING_SHARE

    def progress(share: float, message: str = "") -> None:
        job.progress(begins + (1 - begins) * share, message)

    output = simulate(log, plan, job.seed, progress)
    return WorkResult(
        "simulation", METHOD, VERSION, dict(arguments), {**output, "plan": plan.as_json(), "code": version}
    )


def _known(job: WorkContext, version: str) -> Shares | None:
    """What an earlier simulation of this person's measured with the very same code; None before the first."""
    with connect() as database:
        runs = recent(database, job.actor, LOOKED_AT, job.use_case, "simulation", mine=True, status="done")
    for run in runs:
        if run["method"] == METHOD and run["output"].get("code") == version:
            shares = Plan.from_json(run["output"]["plan"]).shares
            if shares.source == MEASURE and shares.counts is not None:
                return shares
    return None


def _rows(data: str, job: WorkContext) -> tuple[HalfHour, ...]:
    if data == DEMO:
        return open_sample(ARRIVALS, ARRIVAL_COLUMNS, arrivals_from).items
    with connect() as database:
        return reopen(database, job.actor, data, ARRIVAL_COLUMNS, arrivals_from)[1].items


def _measured(job: WorkContext) -> list[dict[str, Any]]:
    """The built-in engine on the half to report: the conversations that nothing was tuned on."""
    found = conversations("report")
    rows = []
    with elsewhere() as place:
        for number, row in enumerate(outcomes(found, place, place.actor, cancelled=job.cancelled), start=1):
            rows.append(row)
            job.progress(MEASURING_SHARE * number / len(found), MEASURING, number=number, n=len(found))
    return rows
