"""One row of many: by the drafter, and by a model behind a real socket, without a database."""

from __future__ import annotations

import json
import logging
import pickle
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lib.access import Actor, Role
from lib.checks import Check, Verdict
from lib.checks.brand_terms import BrandTerms
from lib.checks.house import HOUSE_CHECKS
from lib.engines.registry import caller as caller_called
from lib.errors import InputError
from lib.i18n import N_, translate
from lib.settings import settings
from lib.tasks import Context, Task
from lib.tasks.checking import BROKEN
from lib.tasks.prompts import Prompt, parse_prompt, read_file
from lib.tasks.record import DEFECT
from lib.tasks.row import RowResult, do_row
from lib.tasks.run import run_task
from lib.tasks.schema import strict_schema
from lib.tasks.stepping import step_schema
from tests.loopback import server as s
from tests.loopback import whole as w
from tests.loopback.engine import KEY, configure
from tests.loopback.server import LoopbackServer
from tests.tasks.greeting import GOOD, GREET, Greet, Greeting

HOUSE = [check.name for check in HOUSE_CHECKS]
ADA = Greet(name="Ada", likes=["tea", "silk"])
JSON = GOOD.model_dump_json()
PROMPT = read_file(GREET.prompts, GREET.name)
CONTEXT = Context(actor=Actor("somebody", "somewhere", Role.INNOVATOR), language="en", seed=7)


def good(**more: Any) -> s.Behaviour:
    return w.says(w.completion(JSON, **more))


def row_of(
    folder: Path, *behaviours: s.Behaviour, context: Context = CONTEXT, prompt: Prompt | None = PROMPT, **fields: Any
) -> tuple[RowResult, list[s.Call]]:
    (folder / "secrets.toml").unlink(missing_ok=True)
    with LoopbackServer(*behaviours) as server:
        configure(folder, server.url, **{"price_input": 2.0, "price_output": 10.0, **fields})
        caller = caller_called("loop")
        result = do_row(GREET, ADA, context, "loop", prompt, caller)
        caller.close()
    assert pickle.loads(pickle.dumps(result)) == result  # it travels between machines
    return result, server.calls


def said(result: RowResult, language: str = "en") -> str:
    assert result.error is not None
    return translate(result.error["message"], language, **result.error["values"])


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A row opens no database: it may be done on another machine."""
    if "actor" not in request.fixturenames:
        monkeypatch.setenv("TOILE_DB", "/nowhere/toile.db")


def test_the_built_in_engine_drafts_a_row() -> None:
    result = do_row(GREET, ADA, replace(CONTEXT, language="fr"))
    assert result.status == "done" and result.output is not None
    assert Greeting.model_validate_json(result.output).lines[0].text == "Bonjour Ada"
    assert [check.check for check in result.checks] == ["short", *HOUSE]
    assert (result.cost, result.billed, result.error, result.input_tokens) == (0.0, False, None, None)
    assert pickle.loads(pickle.dumps(result)) == result


def test_a_model_does_a_row(tmp_path: Path) -> None:
    result, calls = row_of(tmp_path, good(read=1000, written=500))
    assert result.status == "done" and result.output is not None
    assert Greeting.model_validate_json(result.output) == GOOD
    assert (result.input_tokens, result.output_tokens, result.cost, result.currency) == (1000, 500, 0.007, "USD")
    assert (result.model, result.billed, result.repaired, result.error) == ("loop-1", True, False, None)
    assert not (result.retry or result.halts) and result.seconds > 0
    assert [check.check for check in result.checks] == ["short", *HOUSE]
    assert result.checks[0].verdict == Verdict.PASS
    assert len(calls) == 1 and calls[0].body["seed"] == 7


def test_a_row_is_asked_for_and_judged_as_a_single_run_is(actor: Actor, tmp_path: Path) -> None:
    with LoopbackServer(s.answer(JSON)) as server:
        configure(tmp_path, server.url)
        run = run_task(GREET, ADA, replace(CONTEXT, actor=actor), "loop")
    result, calls = row_of(tmp_path, good())
    assert result.output is not None and run.output == Greeting.model_validate_json(result.output)
    assert result.checks == run.checks
    asked = [{**call.body} for call in (server.calls[0], calls[0])]
    for body in asked:
        body.pop("stream")
        body.pop("stream_options", None)
    assert asked[0] == asked[1]


def test_a_row_may_be_given_as_json(tmp_path: Path) -> None:
    result = do_row(GREET, ADA.model_dump_json(), CONTEXT)
    assert result.status == "done"
    for wrong in ('{"likes": []}', "[]", "{", '{"name": 7}'):
        result = do_row(GREET, wrong, CONTEXT)
        assert result.status == "failed" and not result.retry and not result.halts
        assert "does not fit what the task needs" in said(result)


def test_a_row_needs_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be done on a machine of a cluster that has none."""
    elsewhere = tmp_path / "nobody" / "toile.db"
    monkeypatch.setenv("TOILE_DB", str(elsewhere))
    settings.cache_clear()
    terms = BrandTerms(added=("Hello Ada",))
    result = do_row(GREET, ADA, CONTEXT, terms=terms)
    settings.cache_clear()
    assert result.status == "done"
    assert any(found.check == "brands" and found.findings for found in result.checks)
    assert not elsewhere.parent.exists()


def test_an_answer_that_does_not_fit_is_repaired_once(tmp_path: Path) -> None:
    bad = w.says(w.completion('{"tone": "cold"}', read=10, written=5))
    result, calls = row_of(tmp_path, bad, good(read=100, written=50))
    assert result.status == "done" and result.repaired
    assert (result.input_tokens, result.output_tokens) == (110, 55)
    assert [message["role"] for message in calls[1].body["messages"]][-2:] == ["assistant", "user"]

    result, calls = row_of(tmp_path, bad)
    assert len(calls) == 2 and result.status == "failed"
    assert "even after one repair" in said(result) and "tone" in said(result)
    assert result.raw == '{"tone": "cold"}' and result.output is None
    assert result.billed and result.input_tokens == 20 and not result.retry


def test_a_fault_during_the_repair_keeps_what_it_cost(tmp_path: Path) -> None:
    bad = w.says(w.completion("{}", read=1000, written=0))
    result, _calls = row_of(tmp_path, bad, s.error(503))
    assert result.status == "failed" and result.retry and result.billed
    assert (result.input_tokens, result.cost) == (1000, 0.002)


FAULTS: list[tuple[str, s.Behaviour, bool, bool, bool]] = [
    # name, behaviour, another try makes sense, no other row can succeed, it may have been charged for
    ("wrong key", s.error(401), False, True, False),
    ("rights", s.error(403), False, True, False),
    ("unknown model", s.error(404), False, True, False),
    ("no credit", s.error(402), False, True, False),
    ("no credit, said otherwise", s.error(429, code="insufficient_quota"), False, True, False),
    ("schema", s.error(400, "Invalid schema for response_format"), False, True, False),
    ("page of HTML", s.raw("<html>Welcome</html>"), False, True, False),
    ("redirect", s.redirect("http://127.0.0.1:9/v1"), False, True, False),
    ("too many", s.error(429), True, False, False),
    ("busy", s.error(503), True, False, False),
    ("too long", s.error(400, code="context_length_exceeded"), False, False, False),
    ("bad request", s.error(422), False, False, False),
    ("refusal", w.says(w.completion(None, refusal="No.")), False, False, False),
    ("broken JSON", s.raw('{"choices": [', "application/json"), True, False, False),
    ("reset", s.reset(head=False), True, False, False),
    ("cut", w.cut(w.completion(JSON)), True, False, True),
    ("without an end", w.says(w.completion(JSON, finish=None)), True, False, True),
    ("longer than allowed", w.says(w.completion(JSON[:30], finish="length")), False, False, True),
]


@pytest.mark.parametrize("behaviour, retry, halts, billed", [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_each_fault_says_what_it_means_for_the_row_and_for_the_job(
    tmp_path: Path,
    behaviour: s.Behaviour,
    retry: bool,
    halts: bool,
    billed: bool,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    result, calls = row_of(tmp_path, behaviour)
    assert result.status == "failed" and result.output is None
    assert (result.retry, result.halts, result.billed) == (retry, halts, billed)
    assert (result.cost is not None) == billed
    assert said(result, "fr") != said(result, "en")
    assert json.loads(json.dumps(result.error)) == result.error
    assert len(calls) == 1
    assert KEY not in repr(result) + caplog.text


def test_how_long_the_server_asks_to_wait_is_handed_on(tmp_path: Path) -> None:
    result, _calls = row_of(tmp_path, s.error(429, Retry_After="12"))
    assert result.retry_after == 12.0


def test_a_cut_answer_is_never_done(tmp_path: Path) -> None:
    """Even where what came is a whole JSON object: without its end it is none."""
    for behaviour in (w.says(w.completion(JSON, finish=None)), w.says(w.completion(JSON, finish="length"))):
        result, _calls = row_of(tmp_path, behaviour)
        assert result.status == "failed" and result.raw == JSON


def test_a_server_that_counts_nothing_leaves_an_estimate_of_the_cost(tmp_path: Path) -> None:
    result, _calls = row_of(tmp_path, w.says({**w.completion(JSON), "usage": None}))
    assert (result.input_tokens, result.output_tokens) == (None, None)
    assert result.cost is not None and result.cost > 0


def test_without_a_price_no_cost_is_claimed(tmp_path: Path) -> None:
    with LoopbackServer(good()) as server:
        configure(tmp_path, server.url)
        caller = caller_called("loop")
        caller.price = None
        result = do_row(GREET, ADA, CONTEXT, "loop", PROMPT, caller)
    assert result.status == "done" and (result.cost, result.currency) == (None, None)


def test_a_row_that_was_hung_up_on_is_neither_done_nor_failed(tmp_path: Path) -> None:
    """Shown by the order of events: the row ends while its server still waits."""
    arrived = threading.Event()

    def silent(exchange: s.Exchange) -> None:
        arrived.set()
        exchange.wait(60)

    with LoopbackServer(silent) as server:
        configure(tmp_path, server.url)
        caller = caller_called("loop")
        found: list[RowResult] = []
        thread = threading.Thread(target=lambda: found.append(do_row(GREET, ADA, CONTEXT, "loop", PROMPT, caller)))
        thread.start()
        assert arrived.wait(20)
        caller.hang_up()
        thread.join(20)
        assert not server._stopped.is_set() and not thread.is_alive()
        assert found[0].status == "cancelled" and found[0].billed
        later = do_row(GREET, ADA, CONTEXT, "loop", PROMPT, caller)
        assert later.status == "cancelled" and len(server.calls) == 1
        assert later.cost == 0.0


def test_an_engine_that_is_gone_halts_the_job() -> None:
    result = do_row(GREET, ADA, CONTEXT, "nobody", PROMPT)
    assert result.status == "failed" and result.halts and "nobody" in said(result)


def test_an_engine_that_cannot_write_the_language_fails_its_rows_only(tmp_path: Path) -> None:
    french = replace(CONTEXT, language="de")
    result, calls = row_of(tmp_path, good(), context=french, capabilities={"languages": ["en", "fr"]})
    assert result.status == "failed" and not result.halts and calls == []
    assert do_row(GREET, ADA, french).status == "failed"


def test_a_prompt_that_does_not_render_halts_the_job_and_a_row_that_is_too_long_does_not(tmp_path: Path) -> None:
    text = "# system\nWrite.\n# user\nGreet {{ %s }}"
    result, calls = row_of(tmp_path, good(), prompt=parse_prompt(text % "nobody", "greet"))
    assert result.status == "failed" and result.halts and calls == []
    assert "nobody" in said(result)

    with LoopbackServer(good()) as server:
        configure(tmp_path, server.url, name="other")
        long = do_row(GREET, Greet(name="x" * 5_000_000), CONTEXT, "other", PROMPT)
        assert long.status == "failed" and not long.halts and server.calls == []
        assert "longer than" in said(long)
        assert do_row(GREET, ADA, CONTEXT, "other", PROMPT).status == "done"


def test_a_defect_is_a_failed_row_that_is_logged_and_not_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    def broken(inputs: Greet, context: Context) -> Greeting:
        raise ZeroDivisionError("secret of the row")

    result = do_row(replace(GREET, draft=broken), ADA, CONTEXT)
    assert result.status == "failed" and not result.retry and not result.halts
    assert result.error == {"message": DEFECT, "values": {"kind": "ZeroDivisionError"}}
    assert "ZeroDivisionError" in caplog.text


def test_what_a_drafter_says_about_a_row_is_shown() -> None:
    def picky(inputs: Greet, context: Context) -> Greeting:
        raise InputError(N_("There is nothing to do: the table has no rows. Choose another one, or add rows to it."))

    result = do_row(replace(GREET, draft=picky), ADA, CONTEXT)
    assert result.status == "failed" and "no rows" in said(result)


def test_a_check_that_breaks_down_does_not_lose_the_row() -> None:
    def broken(inputs: Greet, output: Greeting, language: str) -> Any:
        raise ZeroDivisionError

    task: Task[Greet, Greeting] = replace(GREET, checks=(Check("broken", "Broken", broken),))
    result = do_row(task, ADA, CONTEXT)
    assert result.status == "done" and result.checks[0].findings[0].kind == BROKEN


def test_many_rows_at_once_do_not_mix(tmp_path: Path) -> None:
    def named(body: dict[str, Any]) -> dict[str, Any]:
        name = body["messages"][-1]["content"].split()[1].strip(",.")
        return w.completion(json.dumps({"tone": "warm", "lines": [{"text": name, "words": 1}], "sign": None}))

    found: dict[str, str] = {}
    with LoopbackServer(w.says(named)) as server:
        configure(tmp_path, server.url)
        caller = caller_called("loop")

        def work(number: int) -> None:
            result = do_row(GREET, Greet(name=f"N{number}"), CONTEXT, "loop", PROMPT, caller)
            found[f"N{number}"] = json.loads(result.output or "null")["lines"][0]["text"]

        threads = [threading.Thread(target=work, args=(number,)) for number in range(64)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert found == {f"N{number}": f"N{number}" for number in range(64)}


def test_what_is_kept_for_all_rows_is_not_changed_by_one() -> None:
    """The schema is made once for each type; the form with tools is made from a copy of it."""
    schema = strict_schema(Greeting)
    before = json.dumps(schema)
    step_schema(Greeting, ())
    assert json.dumps(strict_schema(Greeting)) == before and "$defs" in schema
