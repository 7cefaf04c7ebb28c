"""The real SDK against a real server on loopback: every way in which a call can go wrong."""

from __future__ import annotations

import logging
import threading
import time
import traceback
from typing import Any

import pytest

from lib.engines.text.model import Finished, TextDelta, TextEvent, collect
from lib.engines.text.retry import RetryPolicy
from lib.errors import (
    AnswerCut,
    Cancelled,
    EngineError,
    EngineNotConfigured,
    EngineRefused,
    EngineUnavailable,
)
from lib.i18n import LANGUAGES
from tests.loopback import server as s
from tests.loopback.engine import KEY, QUICK, engine, request
from tests.loopback.server import LoopbackServer

FAULTS: list[tuple[str, s.Behaviour, type[EngineError], int, str]] = [
    # name, behaviour, error, calls made, part of the message
    ("wrong key", s.error(401), EngineRefused, 1, "key"),
    ("rights", s.error(403), EngineRefused, 1, "key"),
    ("unknown model", s.error(404), EngineRefused, 1, "loop-1"),
    ("too many", s.error(429), EngineUnavailable, 3, "few minutes"),
    ("too many, wait a little", s.error(429, Retry_After="0.01"), EngineUnavailable, 3, "few minutes"),
    ("too many, wait for long", s.error(429, Retry_After="600"), EngineUnavailable, 1, "600 seconds"),
    ("no credit", s.error(429, code="insufficient_quota"), EngineRefused, 1, "credit"),
    ("payment", s.error(402), EngineRefused, 1, "credit"),
    ("server error", s.error(500), EngineUnavailable, 3, "500"),
    ("server busy", s.error(503), EngineUnavailable, 3, "503"),
    ("server overloaded", s.error(529), EngineUnavailable, 3, "529"),
    ("told not to retry", s.error(503, **{"x_should_retry": "false"}), EngineUnavailable, 1, "503"),
    ("too long", s.error(400, code="context_length_exceeded"), EngineRefused, 1, "too long"),
    ("schema", s.error(400, "Invalid schema for response_format"), EngineRefused, 1, "structured"),
    ("bad request", s.error(422, "temperature is out of range"), EngineRefused, 1, "temperature is out of range"),
    ("content filter", s.error(400, code="content_filter"), EngineRefused, 1, "would not answer"),
    ("redirect", s.redirect("http://127.0.0.1:9/v1"), EngineNotConfigured, 1, "base_url"),
    ("page of HTML", s.raw("<html>Welcome</html>"), EngineNotConfigured, 1, "base_url"),
    ("page of HTML with 502", s.raw("<html>Bad gateway</html>", status=502), EngineUnavailable, 3, "502"),
    ("plain text", s.raw("hello", "text/plain"), EngineNotConfigured, 1, "base_url"),
    ("broken JSON", s.raw('{"choices": [', "application/json"), EngineUnavailable, 1, "cannot be read"),
    ("JSON that is a list", s.raw("[1]", "application/json"), EngineUnavailable, 1, "cannot be read"),
    ("error with status 200", s.raw('{"error": {"message": "x"}}', "application/json"), EngineUnavailable, 3, "500"),
    ("broken event", s.malformed_event(), EngineUnavailable, 1, "cannot be read"),
    ("event that is a number", s.stream_of(["7"]), EngineUnavailable, 1, "cannot be read"),
    ("choices that are a text", s.stream_of([{"choices": "x"}]), EngineUnavailable, 1, "cannot be read"),
    ("content that is a number", s.stream_of([s.chunk(content=7)]), EngineUnavailable, 1, "cannot be read"),  # type: ignore[arg-type]
    ("not UTF-8", lambda e: e.send(200, b'data: {"a": "\xff"}\n\n', "text/event-stream"), EngineUnavailable, 1, "read"),
    ("error in the stream", s.stream_of([{"error": {"message": "overloaded"}}]), EngineUnavailable, 3, "500"),
    ("empty choices", s.empty_choices(), EngineUnavailable, 3, "without any text"),
    ("no events", s.stream_of([]), EngineNotConfigured, 1, "base_url"),
    ("empty answer", s.stream_of([s.chunk(finish="stop"), "[DONE]"]), EngineUnavailable, 3, "without any text"),
    ("refusal", s.refusal("I would rather not."), EngineRefused, 1, "I would rather not"),
    ("filtered", s.answer("Well", finish="content_filter"), EngineRefused, 1, "would not answer"),
    ("reset at once", s.reset(head=False), EngineUnavailable, 3, "cannot be reached"),
    ("reset before the first word", s.reset(), EngineUnavailable, 3, "cannot be reached"),
    ("clean cut", s.clean_cut("Half of it"), AnswerCut, 1, "middle"),
    ("reset in the middle", s.reset("Half of it"), AnswerCut, 1, "middle"),
    ("broken event in the middle", s.malformed_event("Half of it"), AnswerCut, 1, "middle"),
    ("error in the middle", s.stream_of([s.chunk("Half of it"), {"error": {"message": "x"}}]), AnswerCut, 1, "middle"),
    ("longer than allowed", s.answer("Half of it", finish="length"), AnswerCut, 1, "2000 tokens"),
]


@pytest.mark.parametrize("behaviour, kind, calls, part", [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_each_fault_becomes_one_error_that_says_what_to_do(
    behaviour: s.Behaviour, kind: type[EngineError], calls: int, part: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with LoopbackServer(behaviour) as server, pytest.raises(EngineError) as caught:
        collect(engine(server).stream(request()))
    error = caught.value
    assert type(error) is kind
    assert len(server.calls) == calls
    assert part in error.text("en")
    assert error.text("fr") != error.text("en")
    assert (error.partial == "Half of it") == (kind is AnswerCut)
    assert_nowhere(error, caplog)


def assert_nowhere(error: BaseException, caplog: pytest.LogCaptureFixture) -> None:
    """The key stands neither in the error, nor in what it is chained to, nor in any log."""
    told = "".join(traceback.format_exception(error)) + caplog.text + repr(error.__dict__)
    assert KEY not in told
    assert error.__cause__ is None and error.__context__ is None


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422, 500])
def test_a_server_that_quotes_the_key_is_not_quoted(status: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with LoopbackServer(s.echo_of_the_key(status)) as server, pytest.raises(EngineError) as caught:
        collect(engine(server).stream(request()))
    for language in LANGUAGES:
        assert KEY not in caught.value.text(language)
    assert_nowhere(caught.value, caplog)


def test_an_answer_comes_in_pieces_and_is_counted() -> None:
    with LoopbackServer(s.answer("Bonjour, café ☕", read=5, written=6)) as server:
        events = list(engine(server).stream(request()))
    assert "".join(event.text for event in events if isinstance(event, TextDelta)) == "Bonjour, café ☕"
    assert len(events) > 3
    assert events[-1] == Finished("stop", "loop-1", 5, 6)
    assert server.calls[0].headers["authorization"] == f"Bearer {KEY}"


def test_a_server_that_does_not_stream_is_understood() -> None:
    with LoopbackServer(s.at_once("All at once")) as server:
        answer = collect(engine(server).stream(request()))
    assert answer.text == "All at once"
    assert answer.finished == Finished("stop", "loop-1", 3, 4)


@pytest.mark.parametrize("count", [-1, 10**30, 1.5, "many", None, [7]])
def test_token_counts_that_cannot_be_true_are_left_out(count: Any) -> None:
    with LoopbackServer(s.answer("Hello", read=count, written=count)) as server:
        finished = collect(engine(server).stream(request())).finished
    assert (finished.input_tokens, finished.output_tokens) == (None, None)


def test_a_fault_that_passes_is_not_seen() -> None:
    with LoopbackServer(s.error(503), s.reset(head=False), s.answer("Hello")) as server:
        assert collect(engine(server).stream(request())).text == "Hello"
    assert len(server.calls) == 3


def test_what_has_been_said_is_never_said_twice() -> None:
    said: list[str] = []
    with LoopbackServer(s.reset("Half "), s.answer("Half and whole")) as server, pytest.raises(AnswerCut):
        for event in engine(server).stream(request()):
            said.append(event.text if isinstance(event, TextDelta) else "")
    assert "".join(said) == "Half "
    assert len(server.calls) == 1


def test_silence_is_a_fault_and_tried_again() -> None:
    with LoopbackServer(s.hang(head=False)) as server, pytest.raises(EngineUnavailable) as caught:
        collect(engine(server).stream(request(timeout=0.2)))
    assert len(server.calls) == 3
    assert "did not answer" in caught.value.text()


def test_silence_in_the_middle_keeps_what_came() -> None:
    with LoopbackServer(s.hang(before="Half of it")) as server, pytest.raises(AnswerCut) as caught:
        collect(engine(server).stream(request(timeout=0.3)))
    assert caught.value.partial == "Half of it"


def test_a_drip_that_never_ends_is_ended() -> None:
    with LoopbackServer(s.slow_drip("ab", 0.05)) as server, pytest.raises(AnswerCut) as caught:
        collect(engine(server).stream(request(limit=0.5)))
    assert caught.value.partial.startswith("ab")
    assert "still writing" in caught.value.text()


def test_nobody_there() -> None:
    with pytest.raises(EngineUnavailable) as caught:
        collect(engine("http://127.0.0.1:9/v1").stream(request()))
    assert "cannot be reached" in caught.value.text()


WAITS: dict[str, s.Behaviour] = {
    "for the first byte": s.hang(head=False),
    "for the first word": s.hang(),
    "in the middle": s.hang(before="Half of it"),
    "while it drips": s.slow_drip("ab", 0.02),
    "between two tries": s.error(503),
}


@pytest.mark.parametrize("behaviour", WAITS.values(), ids=WAITS)
def test_a_person_can_cancel_at_any_moment(behaviour: s.Behaviour) -> None:
    stop = threading.Event()
    patient = RetryPolicy(tries=5, first_wait=60, longest_wait=60)
    with LoopbackServer(behaviour) as server:
        threading.Timer(0.4, stop.set).start()
        began = time.monotonic()
        with pytest.raises(Cancelled) as caught:
            collect(engine(server, patient).stream(request(timeout=60, cancelled=stop.is_set)))
        assert time.monotonic() - began < 2  # the promise itself: two seconds
        assert len(server.calls) == 1
        until = time.monotonic() + 5
        while behaviour is not WAITS["between two tries"] and not server.hung_up and time.monotonic() < until:
            time.sleep(0.02)
        assert server.hung_up == (behaviour is not WAITS["between two tries"])
    if behaviour is WAITS["in the middle"]:
        assert caught.value.partial == "Half of it"


def test_leaving_the_stream_hangs_up() -> None:
    with LoopbackServer(s.slow_drip("ab", 0.02)) as server:
        events = engine(server).stream(request())
        assert isinstance(next(events), TextDelta)
        events.close()  # type: ignore[attr-defined]
        until = time.monotonic() + 5
        while not server.hung_up and time.monotonic() < until:
            time.sleep(0.02)
        assert server.hung_up == 1
    assert not [thread for thread in threading.enumerate() if thread.name == "engine answer" and _alive(thread)]


def _alive(thread: threading.Thread) -> bool:
    thread.join(2)
    return thread.is_alive()


@pytest.mark.parametrize("key", ["sk-a\nb", "sk-a b", "sk-é", "sk-a\r", "sk-\x00"])
def test_a_key_with_a_line_break_is_explained_and_not_shown(key: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with LoopbackServer(s.answer("Hello")) as server, pytest.raises(EngineNotConfigured) as caught:
        collect(engine(server, key=key).stream(request()))
    assert server.calls == []
    assert "line break" in caught.value.text()
    assert key not in "".join(traceback.format_exception(caught.value)) + caplog.text


def test_a_server_without_a_key_does_not_get_that_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with LoopbackServer(s.answer("Hello")) as server:
        collect(engine(server, key="").stream(request()))
    assert KEY not in str(server.calls)


def test_the_request_carries_what_the_engine_can() -> None:
    schema = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
    asked = request(schema=schema, schema_name="Greeting", max_tokens=50, seed=7, temperature=0.2)
    abilities = [
        {},
        {"structured": "json_object", "tokens_field": "max_completion_tokens", "seed": False, "temperature": False},
        {"structured": "none", "stream_usage": False, "reasoning_effort": "none", "max_output": 20},
    ]
    with LoopbackServer(s.answer("{}")) as server:
        for capabilities in abilities:
            collect(engine(server, capabilities=capabilities).stream(asked))
    full, objects, plain = (call.body for call in server.calls)
    assert full["response_format"]["json_schema"] == {"name": "Greeting", "schema": schema, "strict": True}
    assert (full["max_tokens"], full["seed"], full["temperature"], full["stream"]) == (50, 7, 0.2, True)
    assert full["stream_options"] == {"include_usage": True}
    assert objects["response_format"] == {"type": "json_object"}
    assert objects["max_completion_tokens"] == 50
    assert not objects.keys() & {"seed", "temperature", "max_tokens"}
    assert not plain.keys() & {"response_format", "stream_options"}
    assert (plain["reasoning_effort"], plain["max_tokens"]) == ("none", 20)


def test_a_proxy_does_not_come_between_us_and_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with LoopbackServer(s.answer("Hello")) as server:
        assert collect(engine(server, QUICK).stream(request())).text == "Hello"


def test_two_calls_at_once_do_not_mix() -> None:
    def echo(body: dict[str, Any]) -> str:
        return str(body["messages"][0]["content"]) * 20

    found: dict[str, str] = {}
    with LoopbackServer(s.answer(echo)) as server:
        one = engine(server)

        def call(word: str) -> None:
            from lib.engines.text.model import Message

            events: Any = one.stream(request(messages=(Message("user", word),)))
            found[word] = collect(events).text

        threads = [threading.Thread(target=call, args=(word,)) for word in ("red", "blue", "green", "black")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == {word: word * 20 for word in ("red", "blue", "green", "black")}


def test_a_defect_of_our_own_is_not_dressed_up_as_a_fault() -> None:
    def broken() -> bool:
        raise ZeroDivisionError

    with LoopbackServer(s.hang()) as server, pytest.raises(ZeroDivisionError):
        events: Any = engine(server).stream(request(cancelled=broken))
        _all: list[TextEvent] = list(events)
