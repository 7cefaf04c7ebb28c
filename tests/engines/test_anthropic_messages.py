"""Anthropic's SDK against a real server on loopback: the same faults give the same errors."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import pytest

from lib.engines.prices import capabilities_of
from lib.engines.text.anthropic_messages import AnthropicMessages
from lib.engines.text.model import Finished, Image, Message, TextDelta, ToolCall, ToolSpec, collect
from lib.engines.text.retry import RetryPolicy
from lib.errors import AnswerCut, Cancelled, EngineError, EngineNotConfigured, EngineRefused, EngineUnavailable
from lib.settings import EngineSettings
from tests.engines.test_openai_compatible import assert_nowhere
from tests.loopback import messages as m
from tests.loopback import server as s
from tests.loopback.engine import KEY, QUICK, request
from tests.loopback.server import LoopbackServer

SCHEMA = {
    "type": "object",
    "properties": {"count": {"type": "integer", "minimum": 1, "maximum": 9}},
    "required": ["count"],
    "additionalProperties": False,
}


def claude(server: LoopbackServer | str, policy: RetryPolicy = QUICK, **changes: Any) -> AnthropicMessages:
    """The real client, at ``server``."""
    url = server if isinstance(server, str) else server.url.removesuffix("/v1")
    fields: dict[str, Any] = {"name": "loop", "kind": "anthropic", "model": "loop-1", "key": KEY, "local": True}
    found = EngineSettings(**{**fields, "base_url": url, **changes})
    return AnthropicMessages(
        found, model=found.model, base_url=url, capabilities=capabilities_of(found, found.model), policy=policy
    )


FAULTS: list[tuple[str, s.Behaviour, type[EngineError], int, str]] = [
    # name, behaviour, error, calls made, part of the message
    ("wrong key", m.error(401, "authentication_error"), EngineRefused, 1, "key"),
    ("rights", m.error(403, "permission_error"), EngineRefused, 1, "key"),
    ("unknown model", m.error(404, "not_found_error"), EngineRefused, 1, "loop-1"),
    ("too many", m.error(429, "rate_limit_error"), EngineUnavailable, 3, "few minutes"),
    ("too many, wait a little", m.error(429, Retry_After="0.01"), EngineUnavailable, 3, "few minutes"),
    ("too many, wait for long", m.error(429, Retry_After="600"), EngineUnavailable, 1, "600 seconds"),
    ("payment", m.error(402, "billing_error"), EngineRefused, 1, "credit"),
    ("no credit", m.error(400, "invalid_request_error", "Your credit balance is too low"), EngineRefused, 1, "credit"),
    ("server error", m.error(500), EngineUnavailable, 3, "500"),
    ("server busy", m.error(503), EngineUnavailable, 3, "503"),
    ("overloaded", m.error(529, "overloaded_error"), EngineUnavailable, 3, "529"),
    ("too long", m.error(400, "invalid_request_error", "prompt is too long: 9 tokens > 8"), EngineRefused, 1, "long"),
    ("too large", m.error(413, "request_too_large"), EngineRefused, 1, "too long"),
    ("schema", m.error(400, message="output_config.format.schema: no"), EngineRefused, 1, "structured"),
    ("bad request", m.error(400, message="top_k is out of range"), EngineRefused, 1, "top_k is out of range"),
    ("redirect", s.redirect("http://127.0.0.1:9/v1"), EngineNotConfigured, 1, "base_url"),
    ("page of HTML", s.raw("<html>Welcome</html>"), EngineNotConfigured, 1, "base_url"),
    ("page of HTML with 502", s.raw("<html>Bad gateway</html>", status=502), EngineUnavailable, 3, "502"),
    ("plain text", s.raw("hello", "text/plain"), EngineNotConfigured, 1, "base_url"),
    ("broken JSON", s.raw('{"content": [', "application/json"), EngineUnavailable, 1, "cannot be read"),
    ("JSON that is a list", s.raw("[1]", "application/json"), EngineUnavailable, 1, "cannot be read"),
    ("OpenAI's protocol", s.answer("Hello"), EngineNotConfigured, 1, "base_url"),
    ("broken event", m.malformed_event(), EngineUnavailable, 1, "cannot be read"),
    ("event that is a number", m.stream_of(["7"]), EngineUnavailable, 1, "cannot be read"),
    ("text that is a number", m.stream_of([m.start(), m.words(7)]), EngineUnavailable, 1, "cannot be read"),  # type: ignore[arg-type]
    ("overloaded in the stream", m.error_event("overloaded_error"), EngineUnavailable, 3, "529"),
    ("too many in the stream", m.error_event("rate_limit_error"), EngineUnavailable, 3, "few minutes"),
    ("empty content", m.stream_of([m.start(), *m.end()]), EngineUnavailable, 3, "without any text"),
    ("no events", m.stream_of([]), EngineNotConfigured, 1, "base_url"),
    ("refusal", m.refusal("I would rather not."), EngineRefused, 1, "I would rather not"),
    ("refusal in the middle", m.refusal("", "Half of it"), EngineRefused, 1, "would not answer"),
    ("reset at once", s.reset(head=False), EngineUnavailable, 3, "cannot be reached"),
    ("reset before the first word", s.reset(), EngineUnavailable, 3, "cannot be reached"),
    ("silence", s.hang(head=False), EngineUnavailable, 3, "did not answer"),
    ("clean cut", m.clean_cut("Half of it"), AnswerCut, 1, "middle"),
    ("cut before the last event", m.clean_cut("Half of it", with_reason=True), AnswerCut, 1, "middle"),
    ("reset in the middle", s.reset("Half of it", say=m.say), AnswerCut, 1, "middle"),
    ("silence in the middle", s.hang(before="Half of it", say=m.say), AnswerCut, 1, "middle"),
    ("broken event in the middle", m.malformed_event("Half of it"), AnswerCut, 1, "middle"),
    ("error in the middle", m.error_event("overloaded_error", "Half of it"), AnswerCut, 1, "middle"),
    ("longer than allowed", m.answer("Half of it", reason="max_tokens"), AnswerCut, 1, "2000 tokens"),
    ("context full", m.answer("Half of it", reason="model_context_window_exceeded"), AnswerCut, 1, "hold at once"),
]


@pytest.mark.parametrize("behaviour, kind, calls, part", [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_each_fault_becomes_one_error_that_says_what_to_do(
    behaviour: s.Behaviour, kind: type[EngineError], calls: int, part: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with LoopbackServer(behaviour) as server, pytest.raises(EngineError) as caught:
        collect(claude(server).stream(request(timeout=0.3)))
    error = caught.value
    assert type(error) is kind
    assert len(server.calls) == calls
    assert part in error.text("en")
    assert error.text("fr") != error.text("en")
    assert (error.partial == "Half of it") == (kind is AnswerCut or part == "would not answer")
    assert_nowhere(error, caplog)


def test_an_answer_comes_in_pieces_and_is_counted() -> None:
    with LoopbackServer(m.answer("Bonjour, café ☕", read=5, written=6)) as server:
        events = list(claude(server).stream(request()))
    assert "".join(event.text for event in events if isinstance(event, TextDelta)) == "Bonjour, café ☕"
    assert len(events) > 3 and events[-1] == Finished("end_turn", "loop-1", 5, 6)
    assert server.calls[0].path == "/v1/messages"
    assert KEY in server.calls[0].headers["authorization"]


def test_a_server_that_does_not_stream_is_understood() -> None:
    with LoopbackServer(m.at_once("All at once")) as server:
        assert collect(claude(server).stream(request())).text == "All at once"


@pytest.mark.parametrize("count", [-1, 10**30, 1.5, "many", [7]])
def test_token_counts_that_cannot_be_true_are_left_out(count: Any) -> None:
    with LoopbackServer(m.answer("Hello", read=count, written=count)) as server:
        finished = collect(claude(server).stream(request())).finished
    assert (finished.input_tokens, finished.output_tokens) == (None, None)


@pytest.mark.parametrize(
    "behaviour",
    [s.hang(head=False), s.hang(before="Half of it", say=m.say), s.slow_drip("ab", 0.02, say=m.say), m.error(503)],
    ids=["first byte", "in the middle", "while it drips", "between two tries"],
)
def test_a_person_can_cancel_at_any_moment(behaviour: s.Behaviour) -> None:
    stop = threading.Event()
    patient = RetryPolicy(tries=5, first_wait=60, longest_wait=60)
    with LoopbackServer(behaviour) as server:
        claude(server)  # loads the SDK, which takes longer than the test
        threading.Timer(0.4, stop.set).start()
        began = time.monotonic()
        with pytest.raises(Cancelled):
            collect(claude(server, patient).stream(request(timeout=60, cancelled=stop.is_set)))
        assert time.monotonic() - began < 2  # the promise itself: two seconds


def test_the_schema_goes_as_output_format_or_as_a_tool() -> None:
    asked = request(
        schema=SCHEMA, schema_name="Counted", messages=(Message("system", "Be brief."), *request().messages)
    )
    by_tool = m.tool_calls(("Counted", {"count": 3}), said="Here it is:")
    with LoopbackServer(m.answer('{"count": 3}'), by_tool) as server:
        direct = collect(claude(server).stream(asked))
        forced = collect(claude(server, capabilities={"structured": "tool"}).stream(asked))
    assert direct.text == '{"count": 3}' and forced.text == '{"count": 3}' and not forced.tool_calls
    first, second = (call.body for call in server.calls)
    sent = first["output_config"]["format"]["schema"]["properties"]["count"]
    assert "minimum" not in sent and "minimum: 1" in sent["description"]  # its grammar has no limits
    assert first["system"] == "Be brief." and [turn["role"] for turn in first["messages"]] == ["user"]
    assert second["tool_choice"] == {"type": "tool", "name": "Counted"} and "output_config" not in second


def test_tools_pictures_and_results_travel_in_its_form() -> None:
    spec = ToolSpec("look_up", "Looks up.", SCHEMA)
    call = ToolCall("c1", "look_up", '{"count": 2}')
    said = (
        Message("user", "How many?", images=(Image(b"\x89PNG", "image/png"),)),
        Message("assistant", "I look.", calls=(call,)),
        Message("tool", "two", call_id="c1"),
        Message("user", "Go on."),
    )
    with LoopbackServer(m.tool_calls(("look_up", {"count": 4}), said="Once more.")) as server:
        able = claude(server, capabilities={"vision": True, "tools": True})
        answer = collect(able.stream(request(messages=said, tools=(spec,))))
    assert answer.text == "Once more."
    assert [(found.name, found.arguments) for found in answer.tool_calls] == [("look_up", '{"count": 4}')]
    user, assistant, results = server.calls[0].body["messages"]
    assert [block["type"] for block in user["content"]] == ["image", "text"]
    assert assistant["content"][1] == {"type": "tool_use", "id": "c1", "name": "look_up", "input": {"count": 2}}
    assert [block["type"] for block in results["content"]] == ["tool_result", "text"]
