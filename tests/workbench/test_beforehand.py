"""What a comparison will cost, said before a word is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.access import Actor
from lib.comparable import Input
from lib.database import connect
from lib.database.comparisons import Side, create
from lib.database.prompts import FILE, using
from lib.database.runs import past_runs
from lib.engines.registry import BUILT_IN
from lib.tasks import Context
from lib.tasks.estimate import ENOUGH_RUNS
from lib.tasks.prompts import save_prompt
from lib.tasks.run import run_task
from lib.workbench.beforehand import beforehand
from lib.workbench.comparison import write
from lib.workbench.tasks import Contender, contenders, input_sets
from tests.loopback import server as s
from tests.loopback.engine import configure
from tests.loopback.server import LoopbackServer

OF = contenders()[0]


def inputs(actor: Actor, count: int = 3) -> list[Input]:
    with connect() as database:
        return list(input_sets(database, actor, OF)[0].load())[:count]


def answer_of(of: Contender, actor: Actor) -> str:
    """A right answer of the task, as the built-in engine gives it."""
    run = run_task(of.task, inputs(actor, 1)[0].values, Context(actor=actor))
    assert run.output is not None
    return run.output.model_dump_json(by_alias=True)


def test_the_built_in_engine_is_free_and_calls_nothing(actor: Actor) -> None:
    found, total = beforehand(actor, OF, "fr", inputs(actor), [Side(BUILT_IN), Side(BUILT_IN, take=2)])
    assert [one.problem for one in found] == [None, None]
    assert (total.calls, total.free, total.objection) == (0, True, None)


def test_sides_and_total_add_up_and_nothing_is_sent(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(s.answer("x")) as server:
        configure(tmp_path, server.url, price_input=1.0, price_output=10.0, currency="EUR")
        sides = [Side("loop", prompt=FILE), Side("loop", prompt=FILE, take=2), Side(BUILT_IN)]
        found, total = beforehand(actor, OF, "en", inputs(actor), sides)
        assert server.calls == []
    one = found[0].estimate
    assert one is not None and one.low is not None and one.high is not None and total.costs is not None
    assert (one.calls, total.calls) == (3, 6) and 0 < one.low < one.high
    assert total.costs == {"EUR": (pytest.approx(2 * one.low), pytest.approx(2 * one.high))}
    assert total.output_tokens[1] == 6 * OF.task.max_output_tokens
    assert total.seconds is None and total.objection is None  # nothing was ever run, and there is no budget


def test_each_side_is_estimated_with_its_own_prompt(actor: Actor, tmp_path: Path) -> None:
    configure(tmp_path, "http://127.0.0.1:9/v1", price_input=1.0, price_output=10.0)
    names = " ".join(
        f"{{{{ {name} | tojson }}}}" for name, of in OF.task.inputs.model_fields.items() if of.is_required()
    )
    with connect() as database:
        long = save_prompt(database, actor, OF.task, f"# system\n{'Be brief. ' * 3000}\n# user\n{names}").version
    sides = [Side("loop", prompt=FILE), Side("loop", prompt=str(long))]
    found, _total = beforehand(actor, OF, "en", inputs(actor, 1), sides)
    first, second = (one.estimate for one in found)
    assert first is not None and second is not None and second.input_tokens[1] > first.input_tokens[1] + 5_000


def test_a_budget_that_will_not_do_says_so_beforehand(actor: Actor, tmp_path: Path) -> None:
    configure(tmp_path, "http://127.0.0.1:9/v1", price_input=1.0, price_output=10.0, currency="EUR")
    sides = [Side("loop", prompt=FILE), Side(BUILT_IN)]
    found, total = beforehand(actor, OF, "en", inputs(actor), sides)
    assert total.objection is None and found[0].estimate is not None
    low, high = found[0].estimate.low or 0.0, found[0].estimate.high or 0.0

    def said(budget: float) -> str:
        with connect() as database:
            database.execute("update workspaces set budget = ?, currency = 'EUR'", [budget])
        objection = beforehand(actor, OF, "en", inputs(actor), sides)[1].objection
        if objection is not None:
            assert objection.text("fr") != objection.text("en")
        return objection.text() if objection else ""

    assert "does not cover" in said(low / 2)
    assert "may not last" in said((low + high) / 2)
    assert said(high * 1.01) == ""


def test_an_unknown_price_is_no_price_of_zero(actor: Actor, tmp_path: Path) -> None:
    configure(tmp_path, "https://8.8.8.8/v1", local=False)
    sides = [Side("loop", prompt=FILE), Side(BUILT_IN)]
    _found, total = beforehand(actor, OF, "en", inputs(actor), sides)
    assert total.costs is None and not total.free
    with connect() as database:
        database.execute("update workspaces set budget = 100.0, currency = 'EUR'")
    objection = beforehand(actor, OF, "en", inputs(actor), sides)[1].objection
    assert objection is not None and "no price" in objection.text()


def test_a_side_that_cannot_write_is_told_beforehand(actor: Actor, tmp_path: Path) -> None:
    configure(tmp_path, "http://127.0.0.1:9/v1", capabilities={"languages": ["en"]})
    found, total = beforehand(actor, OF, "fr", inputs(actor), [Side("loop", prompt=FILE), Side(BUILT_IN)])
    assert found[0].problem is not None and "English only" in found[0].problem.text()
    assert found[1].problem is None and total.calls == 0


def test_time_and_length_go_by_earlier_runs_also_those_of_comparisons(actor: Actor, tmp_path: Path) -> None:
    answer = answer_of(OF, actor)
    given = inputs(actor, ENOUGH_RUNS)
    with LoopbackServer(s.answer(answer, read=900, written=300)) as server:
        configure(tmp_path, server.url, price_input=1.0, price_output=10.0)
        sides = [Side("loop", prompt=FILE), Side(BUILT_IN)]
        with connect() as database:
            made = create(
                database,
                actor,
                use_case=OF.use_case.slug,
                task=OF.dotted,
                language="en",
                question="Which?",
                sides=sides,
                inputs=[(one.label, one.values.model_dump(mode="json", by_alias=True)) for one in given],
            )
        write(actor, made, lambda *_said: None, lambda: False)
        found, total = beforehand(actor, OF, "en", given, sides)
    with connect() as database:
        assert len(past_runs(database, actor, OF.task.name, "loop")) == ENOUGH_RUNS
    one = found[0].estimate
    assert one is not None and one.runs == ENOUGH_RUNS and one.output_tokens[0] == 300 * ENOUGH_RUNS
    assert one.seconds is not None and total.seconds is not None and 0 < one.seconds <= total.seconds


def test_past_runs_are_the_workspaces_own(actor: Actor, stranger: Actor) -> None:
    with using(OF.task.name, FILE):
        run_task(OF.task, inputs(actor, 1)[0].values, Context(actor=actor))
    with connect() as database:
        assert len(past_runs(database, actor, OF.task.name, BUILT_IN)) == 1
        assert past_runs(database, stranger, OF.task.name, BUILT_IN) == []
