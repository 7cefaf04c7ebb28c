"""The simulation as a job: the sample, a file of one's own, and what is measured once and then known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lib.access import Actor
from lib.batch.work import do_work_here, dotted
from lib.catalogue import use_case
from lib.commerce.service_assistant.queueing import jobs
from lib.commerce.service_assistant.queueing.plan import Plan, Shares, expected
from lib.database import connect
from lib.database.jobs import job
from lib.database.runs import get_run
from lib.database.work_jobs import begin_work
from lib.errors import NotFound

CASE = use_case("service_assistant")
PLAN = Plan(8, tuple(map(expected, ("chat", "e-mail"))), 18, 40, shares=Shares(0.5, 0.1), weeks=8, wage=30.0)


def simulated(actor: Actor, plan: Plan, data: str = jobs.DEMO, seed: int = 0) -> dict[str, Any]:
    """The run of a job that was done in this process."""
    arguments = {"data": data, "plan": plan.as_json()}
    with connect() as database:
        begun = begin_work(
            database, actor, use_case=CASE.slug, function=jobs.SIMULATE, title="", title_values={},
            arguments=arguments, seed=seed, data_set=None, language="en", alone=False,
        )  # fmt: skip
    do_work_here(begun)
    with connect() as database:
        found = job(database, actor, begun)
        if found.reason:
            raise NotFound(found.reason["message"])
        return get_run(database, actor, found.run or "")


def test_the_catalogue_lists_the_job() -> None:
    assert jobs.SIMULATE in CASE.jobs and dotted(jobs.SIMULATE) is jobs.queue


def test_the_demo_house_is_simulated_and_recorded_as_a_simulation(actor: Actor) -> None:
    run = simulated(actor, PLAN)
    assert run["kind"] == "simulation" and run["method"] == "service_queue"
    assert run["output"]["log"]["channels"] == ["chat", "e-mail", "social", "text"]
    assert Plan.from_json(run["output"]["plan"]) == PLAN


def test_a_file_that_is_gone_ends_the_job_with_a_reason(actor: Actor) -> None:
    with pytest.raises(NotFound):
        simulated(actor, PLAN, "no-such-file")


def test_what_was_measured_once_is_known_the_next_time(
    actor: Actor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = []

    def few(half: str) -> Any:
        from lib.commerce.service_assistant.marking import conversations

        asked.append(half)
        return conversations("tune")[:3]

    monkeypatch.setattr(jobs, "conversations", few)
    plan = Plan(8, PLAN.promises, 18, 40, shares=Shares(source=jobs.MEASURE), weeks=8)
    first = simulated(actor, plan)
    again = simulated(actor, plan, seed=1)
    assert asked == ["report"]
    counts = first["output"]["plan"]["shares"]["counts"]
    assert sum(counts) <= 3 and again["output"]["plan"]["shares"]["counts"] == counts
