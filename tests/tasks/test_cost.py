"""What runs cost: estimated before, held to the budgets of workspace and cohort, freed after a crash."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from lib.access import Actor, Role
from lib.database import connect
from lib.database.budgets import cohort_budgets, set_cohort_budget
from lib.database.processes import end_abandoned_runs, is_alive, this_process
from lib.database.runs import get_run, recent, spent, start_run
from lib.errors import BudgetSpent, NotAllowed, ToileError
from lib.tasks import Context
from lib.tasks.estimate import ENOUGH_RUNS, estimate
from lib.tasks.run import run_task, stream_task
from tests.loopback import server as s
from tests.loopback.engine import configure
from tests.loopback.server import LoopbackServer
from tests.tasks.greeting import GOOD, GREET, Greet

ADA = Greet(name="Ada", likes=["tea", "silk"])
JSON = GOOD.model_dump_json()
ROOT = Path(__file__).parents[2]


@pytest.fixture
def context(actor: Actor) -> Context:
    return Context(actor=actor, use_case="greeting", cohort="Paris 1")


def test_a_cohorts_budget_stops_its_calls_and_no_others(context: Context, tmp_path: Path) -> None:
    with LoopbackServer(s.answer(JSON, read=0, written=200)) as server:
        configure(tmp_path, server.url, price_input=0.0, price_output=1000.0)  # up to 0.20 USD a call
        with connect() as database:
            set_cohort_budget(database, context.actor, "Paris 1", 0.30, "USD")
        run_task(GREET, ADA, context, "loop")
        with pytest.raises(BudgetSpent, match="Paris 1"):
            run_task(GREET, ADA, context, "loop")
        run_task(GREET, ADA, replace(context, cohort="Lyon 2"), "loop")
        run_task(GREET, ADA, replace(context, cohort=""), "loop")
        with connect() as database:
            database.execute("update workspaces set budget = 0.30, currency = 'USD'")
        with pytest.raises(BudgetSpent, match="this workspace"):
            run_task(GREET, ADA, replace(context, cohort="Lyon 2"), "loop")
        with connect() as database:
            (limit,) = cohort_budgets(database, context.actor)
            assert (limit.cohort, limit.budget, limit.spent) == ("Paris 1", 0.30, {"USD": 0.2})
            assert spent(database, context.actor) == {"USD": pytest.approx(0.6)}
            set_cohort_budget(database, context.actor, "Paris 1", None)
            assert cohort_budgets(database, context.actor) == []
    assert len(server.calls) == 3


def test_a_cohorts_budget_needs_a_price(context: Context, tmp_path: Path) -> None:
    configure(tmp_path, "https://8.8.8.8/v1", local=False)
    with connect() as database:
        set_cohort_budget(database, context.actor, "Paris 1", 1.0)
    with pytest.raises(BudgetSpent, match="no price"):
        run_task(GREET, ADA, context, "loop")


def test_who_may_set_a_cohorts_budget(context: Context, stranger: Actor) -> None:
    with connect() as database:
        for role in Role:
            if role is not Role.ADMINISTRATOR:
                with pytest.raises(NotAllowed):
                    set_cohort_budget(database, replace(context.actor, role=role), "Paris 1", 1.0)
        for wrong in (-1.0, float("nan"), float("inf")):
            with pytest.raises(ValueError):
                set_cohort_budget(database, context.actor, "Paris 1", wrong)
        set_cohort_budget(database, context.actor, "Paris 1", 1.0)
        assert cohort_budgets(database, stranger) == []


# --- estimates --------------------------------------------------------------------------------------------------------


def test_an_estimate_holds_what_the_run_then_costs(context: Context, tmp_path: Path) -> None:
    inputs = [Greet(name=f"Client {number}", likes=["silk"] * (number % 7)) for number in range(250)]
    with LoopbackServer(s.answer(JSON, read=120, written=40)) as server:
        configure(tmp_path, server.url, price_input=1.0, price_output=10.0, currency="EUR")
        before = estimate(GREET, inputs, context, "loop")
        one = estimate(GREET, inputs[:1], context, "loop")
        assert server.calls == []  # nothing is sent for it
        run = run_task(GREET, inputs[0], context, "loop")
    assert before.calls == 250 and before.currency == "EUR" and before.runs == 0
    assert before.low is not None and before.high is not None and one.high is not None and run.cost is not None
    assert 0 < before.low < before.high and run.cost <= one.high
    assert before.high == pytest.approx(250 * one.high, rel=0.5)
    assert before.output_tokens == (250 * 20, 250 * 200)


def test_an_estimate_goes_by_earlier_runs(context: Context, tmp_path: Path) -> None:
    with LoopbackServer(s.answer(JSON, read=120, written=90)) as server:
        configure(tmp_path, server.url, price_input=1.0, price_output=10.0)
        for _number in range(ENOUGH_RUNS):
            run_task(GREET, ADA, context, "loop")
        found = estimate(GREET, [ADA] * 10, context, "loop")
    assert found.runs == ENOUGH_RUNS and found.output_tokens == (900, 2000)


def test_estimates_that_cost_nothing_or_are_unknown(context: Context, tmp_path: Path) -> None:
    assert estimate(GREET, [ADA], context, "built-in").high == 0.0
    configure(tmp_path, "http://127.0.0.1:9/v1")
    assert estimate(GREET, [ADA], context, "loop").high == 0.0
    configure(tmp_path, "https://8.8.8.8/v1", name="other", local=False)
    unknown = estimate(GREET, [ADA], context, "other")
    assert unknown.low is None and unknown.high is None and unknown.input_tokens[1] > 0
    assert estimate(GREET, [], context, "loop").calls == 0


# --- crashes ----------------------------------------------------------------------------------------------------------

PROGRAM = """
import sys
from lib.access import Actor, Role
from lib.tasks import Context
from lib.tasks.run import stream_task
from tests.tasks.greeting import GREET, Greet
context = Context(actor=Actor(sys.argv[1], sys.argv[2], Role.ADMINISTRATOR))
events = stream_task(GREET, Greet(name="Ada"), context, "loop")
next(events)
print("running", flush=True)
sys.stdin.read()
"""


def test_a_run_whose_process_died_ends_and_frees_its_money(context: Context, tmp_path: Path) -> None:
    who = context.actor
    with LoopbackServer(s.slow_drip(JSON, 0.05)) as server:
        configure(tmp_path, server.url, price_input=0.0, price_output=1000.0)
        mine = stream_task(GREET, ADA, context, "loop")
        next(mine)
        other = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, who.person, who.workspace],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=-1,
            stdout=-1,
            text=True,
        )
        assert other.stdout is not None and other.stdout.readline() == "running\n"
        with connect() as database:
            rows = recent(database, who)
            assert [row["status"] for row in rows] == ["running"] * 2
            assert spent(database, who)["USD"] == pytest.approx(0.4)
            assert end_abandoned_runs(database) == 0  # both are alive
            other.send_signal(signal.SIGKILL)
            other.communicate()
            assert end_abandoned_runs(database) == 1
            dead = get_run(database, who, rows[0]["id"])
            assert spent(database, who)["USD"] == pytest.approx(0.2)
        assert (dead["status"], dead["cost"]) == ("failed", None) and dead["finished_at"] > dead["started_at"]
        said = ToileError(dead["error"]["message"], **dead["error"]["values"])
        assert "crashed" in said.text("en") and said.text("fr") != said.text("en")
        mine.close()  # type: ignore[attr-defined]
    with connect() as database:
        assert get_run(database, who, rows[1]["id"])["status"] == "cancelled"


def test_it_happens_when_the_database_is_opened(actor: Actor, tmp_path: Path) -> None:
    with connect() as database:
        run = start_run(database, actor, use_case="u", kind="analysis", method="m", method_version="1", inputs={})
        assert is_alive(database, this_process(database))
        database.execute("update runs set process = 'gone-1'")
    program = "from lib.database import connect\nwith connect(): pass"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    with connect() as database:
        row = get_run(database, actor, run)
    assert row["status"] == "failed" and "stopped" in json.dumps(row["error"])
