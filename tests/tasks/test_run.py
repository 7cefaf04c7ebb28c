"""Tasks with their drafter and with a model behind a real socket: recorded, checked, priced, and nothing lost."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from lib.access import Actor, Role
from lib.checks import Check, Verdict
from lib.checks.house import HOUSE_CHECKS
from lib.database import connect
from lib.database.runs import checks_of, get_run, recent
from lib.engines.text.model import Image
from lib.errors import (
    AnswerCut,
    AnswerInvalid,
    BudgetSpent,
    Cancelled,
    EngineNotConfigured,
    EngineRefused,
    EngineUnavailable,
    NotAllowed,
    ToileError,
)
from lib.tasks import Context, Partial, TaskFinished
from lib.tasks.checking import BROKEN
from lib.tasks.run import run_task, stream_task
from tests.loopback import server as s
from tests.loopback.engine import KEY, configure
from tests.loopback.server import LoopbackServer
from tests.tasks.greeting import GOOD, GREET, Greet, Greeting

HOUSE = [check.name for check in HOUSE_CHECKS]
ADA = Greet(name="Ada", likes=["tea", "silk"])
JSON = GOOD.model_dump_json()


@pytest.fixture
def context(actor: Actor) -> Context:
    return Context(actor=actor, language="en", seed=7, use_case="greeting")


def last_run(actor: Actor) -> dict[str, Any]:
    with connect() as database:
        return recent(database, actor, 1)[0]


def test_the_built_in_engine_drafts_and_is_recorded(context: Context) -> None:
    run = run_task(GREET, ADA, replace(context, language="fr"))
    assert run.output is not None and run.output.lines[0].text == "Bonjour Ada"
    with connect() as database:
        row = get_run(database, context.actor, run.id)
        assert [found["check_name"] for found in checks_of(database, context.actor, run.id)] == ["short", *HOUSE]
    assert (row["status"], row["engine"], row["method"], row["method_version"]) == ("done", "built-in", "drafter", "1")
    assert Greeting.model_validate(row["output"]) == run.output
    assert Greet.model_validate(row["inputs"]) == ADA
    assert (row["cost"], row["seed"], row["task"]) == (0.0, 7, "greet")


def test_a_model_fulfils_the_same_task(context: Context, tmp_path: Path) -> None:
    with LoopbackServer(s.answer(JSON, read=1000, written=500)) as server:
        configure(tmp_path, server.url, price_input=2.0, price_output=10.0)
        run = run_task(GREET, ADA, context, "loop")
    assert run.output == GOOD
    assert (run.input_tokens, run.output_tokens, run.cost, run.currency) == (1000, 500, 0.007, "USD")
    assert not run.estimated and not run.repaired and run.raw == JSON
    row = last_run(context.actor)
    assert (row["status"], row["model"], row["cost"], row["prompt_hash"]) == ("done", "loop-1", 0.007, run.prompt_hash)
    assert 0 < row["first_token_seconds"] <= row["seconds"]
    body = server.calls[0].body
    assert body["messages"] == [
        {"role": "system", "content": "You write greetings in English."},
        {"role": "user", "content": "Greet Ada, who likes tea, silk."},
    ]
    assert body["seed"] == 7 and body["max_tokens"] == 200
    assert body["response_format"]["json_schema"]["strict"] is True


def test_partial_outputs_are_typed_and_only_grow(context: Context, tmp_path: Path) -> None:
    with LoopbackServer(s.answer(JSON, size=1)) as server:
        configure(tmp_path, server.url)
        *partials, last = stream_task(GREET, ADA, context, "loop")
    outputs = [event.output for event in partials if isinstance(event, Partial)]
    assert len(outputs) == len(JSON)
    texts = [output["lines"][0]["text"] for output in outputs if output.get("lines") and "text" in output["lines"][0]]
    assert texts[0] == "" and texts[-1] == GOOD.lines[0].text and len(set(texts)) > 10
    assert all(after.startswith(before) for before, after in pairwise(texts))
    assert {output["tone"] for output in outputs if "tone" in output} == {GOOD.tone}
    assert isinstance(last, TaskFinished) and last.run.output == GOOD


def test_an_answer_that_does_not_fit_is_repaired_once(context: Context, tmp_path: Path) -> None:
    with LoopbackServer(s.answer('{"tone": "rude", "lines": []}'), s.answer(f"Sorry.\n```json\n{JSON}\n```")) as server:
        configure(tmp_path, server.url, price_input=1.0, price_output=1.0)
        events = list(stream_task(GREET, ADA, context, "loop"))
    assert isinstance(events[-1], TaskFinished)
    run = events[-1].run
    assert run.output == GOOD and run.repaired
    assert (run.input_tokens, run.output_tokens) == (22, 14)
    assert {event.attempt for event in events if isinstance(event, Partial)} == {1, 2}
    *_, said, wish = server.calls[1].body["messages"]
    assert said == {"role": "assistant", "content": '{"tone": "rude", "lines": []}'}
    assert "tone" in wish["content"] and "lines" in wish["content"]


@pytest.mark.parametrize(
    "said", ["I cannot do JSON.", '{"tone": "warm"}', "[" * 100_000, '{"tone": "warm", "lines": 7}']
)
def test_an_answer_that_never_fits_is_kept_as_it_came(context: Context, tmp_path: Path, said: str) -> None:
    with LoopbackServer(s.answer(said, size=1000)) as server:
        configure(tmp_path, server.url, price_input=1.0, price_output=1.0)
        with pytest.raises(AnswerInvalid) as caught:
            run_task(GREET, ADA, context, "loop")
    assert len(server.calls) == 2
    assert caught.value.partial == said
    row = last_run(context.actor)
    assert (row["status"], row["output"]["raw"]) == ("failed", said)
    assert row["error"]["message"] == caught.value.message
    assert row["cost"] == pytest.approx(36 / 1e6)  # what was paid for is counted, although nothing came of it


def test_a_stream_that_is_cut_keeps_what_came(context: Context, tmp_path: Path) -> None:
    with LoopbackServer(s.clean_cut(JSON[:40])) as server:
        configure(tmp_path, server.url, price_input=1.0, price_output=1.0)
        with pytest.raises(AnswerCut) as caught:
            run_task(GREET, ADA, context, "loop")
    assert caught.value.partial == JSON[:40]
    row = last_run(context.actor)
    assert (row["status"], row["output"]["raw"]) == ("cut", JSON[:40])
    assert row["output"]["partial"]["tone"] == "formal"
    assert row["input_tokens"] is None and row["cost"] > 0  # estimated: the server counted nothing


def test_an_engine_that_fails_is_recorded_with_its_reason(context: Context, tmp_path: Path) -> None:
    with LoopbackServer(s.error(401)) as server:
        configure(tmp_path, server.url, price_input=1.0, price_output=1.0)
        with pytest.raises(EngineRefused) as caught:
            run_task(GREET, ADA, context, "loop")
    row = last_run(context.actor)
    assert (row["status"], row["output"], row["cost"]) == ("failed", None, None)
    assert ToileError(row["error"]["message"], **row["error"]["values"]).text("fr") == caught.value.text("fr")


def test_a_person_stops_it(context: Context, tmp_path: Path) -> None:
    with LoopbackServer(s.hang(before=JSON[:30])) as server:
        configure(tmp_path, server.url)
        seen: list[Any] = []
        with pytest.raises(Cancelled):
            for event in stream_task(GREET, ADA, replace(context, cancelled=lambda: len(seen) > 2), "loop"):
                seen.append(event)
    row = last_run(context.actor)
    assert row["status"] == "cancelled" and JSON.startswith(row["output"]["raw"])
    with pytest.raises(Cancelled):
        run_task(GREET, ADA, replace(context, cancelled=lambda: True))


def test_a_page_that_is_left_leaves_a_record(context: Context, tmp_path: Path) -> None:
    with LoopbackServer(s.slow_drip(JSON, 0.01)) as server:
        configure(tmp_path, server.url)
        stream = stream_task(GREET, ADA, context, "loop")
        next(stream)
        assert last_run(context.actor)["status"] == "running"
        stream.close()  # type: ignore[attr-defined]
    assert last_run(context.actor)["status"] == "cancelled"


def test_a_defect_in_a_drafter_is_recorded_and_raised(context: Context) -> None:
    def broken(inputs: Greet, context: Context) -> Greeting:
        raise ZeroDivisionError("secret detail")

    with pytest.raises(ZeroDivisionError):
        run_task(replace(GREET, draft=broken), ADA, context)
    row = last_run(context.actor)
    assert row["status"] == "failed"
    assert "ZeroDivisionError" in str(row["error"]) and "secret detail" not in str(row["error"])


def test_a_check_that_breaks_down_does_not_lose_the_output(context: Context, caplog: pytest.LogCaptureFixture) -> None:
    def broken(inputs: Any, output: Any, language: str) -> Any:
        raise KeyError("colour")

    run = run_task(replace(GREET, checks=(Check("broken", "Broken", broken), *GREET.checks)), ADA, context)
    assert run.output is not None
    assert [check.check for check in run.checks] == ["broken", "short", *HOUSE]
    assert [check.verdict for check in run.checks[:2]] == [Verdict.WARN, Verdict.PASS]
    assert run.checks[0].findings[0].kind == BROKEN
    assert "KeyError" in caplog.text
    assert last_run(context.actor)["status"] == "done"


@pytest.mark.parametrize("role", [Role.REVIEWER])
def test_who_may_not_run_leaves_nothing(context: Context, role: Role) -> None:
    with pytest.raises(NotAllowed):
        run_task(GREET, ADA, replace(context, actor=replace(context.actor, role=role)))
    with connect() as database:
        assert recent(database, context.actor) == []


def test_an_engine_says_which_languages_it_writes(context: Context, tmp_path: Path) -> None:
    with pytest.raises(EngineRefused) as caught:
        run_task(GREET, ADA, replace(context, language="it"))
    assert "English" in caught.value.text()
    with pytest.raises(EngineNotConfigured):
        run_task(GREET, ADA, context, "nowhere")


def test_servers_without_schemas_are_told_the_schema(context: Context, tmp_path: Path) -> None:
    with LoopbackServer(s.answer(f"Here it is: {JSON}")) as server:
        configure(tmp_path, server.url, capabilities={"structured": "none"})
        assert run_task(GREET, ADA, context, "loop").output == GOOD
    system = server.calls[0].body["messages"][0]["content"]
    assert system.startswith("You write greetings") and '"additionalProperties": false' in system
    assert "response_format" not in server.calls[0].body


# --- budget -----------------------------------------------------------------------------------------------------------


def give_budget(actor: Actor, budget: float) -> None:
    with connect() as database:
        database.execute("update workspaces set budget = ? where id = ?", [budget, actor.workspace])


def test_a_budget_stops_a_call_before_it_is_sent(context: Context, tmp_path: Path) -> None:
    # 1,000 USD per million output tokens and at most 200 tokens: up to 0.20 USD a call, about 0.17 EUR.
    with LoopbackServer(s.answer(JSON, read=0, written=200)) as server:
        configure(tmp_path, server.url, price_input=0.0, price_output=1000.0)
        give_budget(context.actor, 0.40)
        run_task(GREET, ADA, context, "loop")
        run_task(GREET, ADA, context, "loop")
        with pytest.raises(BudgetSpent) as caught:
            run_task(GREET, ADA, context, "loop")
    assert len(server.calls) == 2
    assert "€0.40" in caught.value.text() and "€0.34" in caught.value.text()
    assert last_run(context.actor)["cost"] is None
    assert run_task(GREET, ADA, context).output is not None  # what costs nothing goes on


def test_a_budget_counts_what_is_still_running(context: Context, tmp_path: Path) -> None:
    with LoopbackServer(s.slow_drip(JSON, 0.01)) as server:
        configure(tmp_path, server.url, price_input=0.0, price_output=1000.0)
        give_budget(context.actor, 0.30)
        first = stream_task(GREET, ADA, context, "loop")
        next(first)
        with pytest.raises(BudgetSpent):
            run_task(GREET, ADA, context, "loop")
        first.close()  # type: ignore[attr-defined]
    assert len(server.calls) == 1


def test_a_repair_replaces_what_its_run_had_set_aside(context: Context, tmp_path: Path) -> None:
    with LoopbackServer(s.answer('{"tone": "rude"}'), s.answer(JSON)) as server:
        configure(tmp_path, server.url, price_input=0.0, price_output=1000.0)
        give_budget(context.actor, 0.25)  # covers one call's estimate and the first answer, not two estimates
        assert run_task(GREET, ADA, context, "loop").repaired


def test_a_first_answer_is_paid_for_when_the_repair_fails(context: Context, tmp_path: Path) -> None:
    with LoopbackServer(s.answer('{"tone": "rude"}'), s.error(401)) as server:
        configure(tmp_path, server.url, price_input=1.0, price_output=1.0)
        with pytest.raises(EngineRefused):
            run_task(GREET, ADA, context, "loop")
    row = last_run(context.actor)
    assert (row["status"], row["cost"]) == ("failed", pytest.approx(18 / 1e6))


@pytest.mark.parametrize(
    "fields, part", [({"local": True, "currency": "XXX", "price_input": 1.0, "price_output": 1.0}, "[exchange]")]
)
def test_a_budget_that_cannot_be_reckoned_sends_nothing(
    context: Context, tmp_path: Path, fields: dict[str, Any], part: str
) -> None:
    with LoopbackServer(s.answer(JSON)) as server:
        configure(tmp_path, server.url, **fields)
        give_budget(context.actor, 5.0)
        with pytest.raises(BudgetSpent) as caught:
            run_task(GREET, ADA, context, "loop")
    assert server.calls == [] and part in caught.value.text()


# --- keys -------------------------------------------------------------------------------------------------------------


def test_a_key_is_nowhere_but_in_the_request(
    context: Context, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    texts = []
    behaviours = [
        s.answer(JSON),
        s.echo_of_the_key(401),
        s.echo_of_the_key(400),
        s.stream_of([{"error": {"message": f"bad {KEY}"}}]),
        s.refusal(f"no {KEY}"),
        s.raw(f"<html>{KEY}</html>"),
    ]
    for behaviour in behaviours:
        with LoopbackServer(behaviour) as server:
            (tmp_path / "secrets.toml").unlink(missing_ok=True)
            configure(tmp_path, server.url)
            try:
                run_task(GREET, ADA, context, "loop")
            except (EngineRefused, EngineUnavailable, EngineNotConfigured) as error:
                texts.append(error.text("en") + error.text("fr") + error.partial)
        assert server.calls[0].headers["authorization"].endswith(KEY)
    assert len(texts) == 5
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("toile.db*"))
    assert b"greet" in stored  # the search does look where runs are written
    told = caplog.text + "".join(capfd.readouterr()) + json.dumps(texts)
    assert KEY.encode() not in stored and KEY not in told


def test_a_picture_reaches_the_engine_and_no_record(context: Context, tmp_path: Path) -> None:
    seen = Image(b"\x89PNG sentinel-picture", "image/png")
    with LoopbackServer(s.answer(JSON)) as server:
        configure(tmp_path, server.url, capabilities={"vision": True})
        run_task(GREET, ADA, replace(context, images=(seen,)), "loop")
        blind = replace(context, images=(seen,))
        configure(tmp_path, server.url, name="blind")
        with pytest.raises(EngineRefused, match="pictures"):
            run_task(GREET, ADA, blind, "blind")
    (call,) = server.calls
    assert [part["type"] for part in call.body["messages"][-1]["content"]] == ["image_url", "text"]
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("toile.db*"))
    assert b"greet" in stored and b"sentinel-picture" not in stored
