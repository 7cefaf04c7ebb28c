"""Calls for many rows, against a real server: each fault once, connections kept, all of them ended at once."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lib.engines.prices import capabilities_of
from lib.engines.registry import caller as caller_called
from lib.engines.text.anthropic_messages import AnthropicMessages
from lib.engines.text.call import StreamedEngine
from lib.engines.text.caller import Caller
from lib.engines.text.model import Finished, Image, Message, ToolCall
from lib.engines.text.retry import Failed
from lib.errors import AnswerCut, Cancelled, EngineNotConfigured, EngineRefused, EngineUnavailable, ToileError
from lib.settings import EngineSettings
from tests.loopback import messages as m
from tests.loopback import server as s
from tests.loopback import whole as w
from tests.loopback.engine import KEY, configure, engine, request
from tests.loopback.server import LoopbackServer
from tests.loopback.whole import ANTHROPIC, OPENAI, Protocol

PROTOCOLS = [OPENAI, ANTHROPIC]
GARBLED, CUT = "cannot be read", "middle"


def engine_of(protocol: Protocol, server: LoopbackServer | str, **changes: Any) -> StreamedEngine:
    if protocol is OPENAI:
        return engine(server, **changes)
    url = server if isinstance(server, str) else server.url.removesuffix("/v1")
    fields: dict[str, Any] = {"name": "loop", "kind": "anthropic", "model": "loop-1", "key": KEY, "local": True}
    found = EngineSettings(**{**fields, "base_url": url, **changes})
    return AnthropicMessages(found, model=found.model, base_url=url, capabilities=capabilities_of(found, found.model))


def status(code: int, kind: str = "", message: str = "no", **headers: str) -> Callable[[Protocol], s.Behaviour]:
    def made(protocol: Protocol) -> s.Behaviour:
        if protocol is OPENAI:
            return s.error(code, message, kind, **headers)
        return m.error(code, kind or "api_error", message, **headers)

    return made


def same(behaviour: s.Behaviour) -> Callable[[Protocol], s.Behaviour]:
    return lambda _protocol: behaviour


FAULTS: list[tuple[str, Callable[[Protocol], s.Behaviour], type[ToileError], bool, str]] = [
    # name, behaviour, error, another try makes sense, part of the message
    ("wrong key", status(401), EngineRefused, False, "key"),
    ("rights", status(403), EngineRefused, False, "key"),
    ("unknown model", status(404), EngineRefused, False, "loop-1"),
    ("too many", status(429), EngineUnavailable, True, "few minutes"),
    ("too many, wait", status(429, Retry_After="7"), EngineUnavailable, True, "7 seconds"),
    ("no credit", status(402), EngineRefused, False, "credit"),
    ("server error", status(500), EngineUnavailable, True, "500"),
    ("server busy", status(503), EngineUnavailable, True, "503"),
    ("overloaded", status(529), EngineUnavailable, True, "529"),
    ("told not to retry", status(503, x_should_retry="false"), EngineUnavailable, False, "503"),
    ("bad request", status(422, message="temperature is out of range"), EngineRefused, False, "out of range"),
    ("redirect", same(s.redirect("http://127.0.0.1:9/v1")), EngineNotConfigured, False, "base_url"),
    ("page of HTML", same(s.raw("<html>Welcome</html>")), EngineNotConfigured, False, "base_url"),
    ("page of HTML with 502", same(s.raw("<html>Bad</html>", status=502)), EngineUnavailable, True, "502"),
    ("plain text", same(s.raw("hello", "text/plain")), EngineNotConfigured, False, "base_url"),
    ("broken JSON", same(s.raw('{"choices": [', "application/json")), EngineUnavailable, True, GARBLED),
    ("a hundred thousand brackets", same(s.raw("[" * 100_000, "application/json")), EngineUnavailable, True, GARBLED),
    ("JSON that is a list", same(s.raw("[1]", "application/json")), EngineUnavailable, True, GARBLED),
    ("JSON that is a number", same(s.raw("7", "application/json")), EngineUnavailable, True, GARBLED),
    ("no body", same(w.nothing()), EngineUnavailable, True, GARBLED),
    (
        "not UTF-8",
        same(lambda e: e.send(200, b'{"a": "\xff"}', "application/json")),
        EngineUnavailable,
        True,
        GARBLED,
    ),
    ("error with status 200", lambda p: w.says(p.error), EngineUnavailable, True, "500"),
    ("another kind of JSON", same(w.says({"choices": "x", "type": 1})), EngineUnavailable, True, GARBLED),
    ("text that is a number", lambda p: w.says(p.answer(7)), EngineUnavailable, True, GARBLED),
    ("empty answer", lambda p: w.says(p.answer("")), EngineUnavailable, True, "without any text"),
    ("no answer", lambda p: w.says(p.answer(None)), EngineUnavailable, True, "without any text"),
    ("no choices", lambda p: w.says({**p.answer(None), "choices": []}), EngineUnavailable, True, "without any text"),
    ("refusal", lambda p: w.says(p.refusal), EngineRefused, False, "I would rather not"),
    ("filtered", lambda p: w.says(p.answer("Well", finish=p.filtered)), EngineRefused, False, "would not answer"),
    ("without an end", lambda p: w.says(p.answer("Half", finish=None)), AnswerCut, True, CUT),
    ("longer than allowed", lambda p: w.says(p.answer("Half", finish=p.too_long)), AnswerCut, False, "2000 tokens"),
    ("reset at once", same(s.reset(head=False)), EngineUnavailable, True, "cannot be reached"),
    ("closed in the middle", lambda p: w.cut(p.answer("Hello")), AnswerCut, True, CUT),
    ("torn in the middle", lambda p: w.torn(p.answer("Hello")), AnswerCut, True, CUT),
]


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda p: p.name)
@pytest.mark.parametrize("made, kind, retry, part", [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_each_fault_is_said_once_with_whether_to_try_again(
    protocol: Protocol,
    made: Callable[[Protocol], s.Behaviour],
    kind: type[ToileError],
    retry: bool,
    part: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with LoopbackServer(made(protocol)) as server, pytest.raises(Failed) as caught:
        Caller(engine_of(protocol, server)).answer(request())
    fault = caught.value.fault
    assert type(fault.error) is kind
    assert part in fault.error.text("en")
    assert fault.error.text("fr") != fault.error.text("en")
    assert fault.retry is retry
    assert len(server.calls) == 1
    told = "".join(traceback.format_exception(caught.value)) + caplog.text + repr(fault.error.__dict__)
    assert KEY not in told
    assert caught.value.__cause__ is None and caught.value.__context__ is None


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda p: p.name)
def test_how_long_a_server_asks_to_wait_is_handed_on(protocol: Protocol) -> None:
    with LoopbackServer(status(429, Retry_After="7")(protocol)) as server, pytest.raises(Failed) as caught:
        Caller(engine_of(protocol, server)).answer(request())
    assert caught.value.fault.retry_after == 7.0


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda p: p.name)
def test_an_answer_comes_whole_and_is_counted(protocol: Protocol) -> None:
    with LoopbackServer(w.says(protocol.answer("Bonjour, café ☕", read=5, written=6))) as server:
        answer = Caller(engine_of(protocol, server)).answer(request(seed=7))
    assert answer.text == "Bonjour, café ☕"
    assert (answer.finished.model, answer.finished.input_tokens, answer.finished.output_tokens) == ("loop-1", 5, 6)
    call = server.calls[0]
    assert call.body["stream"] is False and "stream_options" not in call.body and "extra_body" not in call.body
    assert KEY in str(call.headers)
    assert call.path == ("/v1/chat/completions" if protocol is OPENAI else "/v1/messages")


def test_what_is_sent_at_once_is_what_is_sent_as_a_stream() -> None:
    schema = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
    asked = request(schema=schema, schema_name="Greeting", max_tokens=50, seed=7, temperature=0.2)
    for protocol in PROTOCOLS:
        good = s.answer("{}") if protocol is OPENAI else m.answer("{}")
        with LoopbackServer(good, w.says(protocol.answer("{}"))) as server:
            one = engine_of(protocol, server)
            list(one.stream(asked))
            Caller(one).answer(asked)
        streamed, whole = (call.body for call in server.calls)
        streamed.pop("stream_options", None)
        assert streamed.pop("stream") is True and whole.pop("stream") is False
        assert streamed == whole


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda p: p.name)
def test_a_server_that_streams_all_the_same_is_understood(protocol: Protocol) -> None:
    good = s.answer("In pieces") if protocol is OPENAI else m.answer("In pieces")
    half = s.clean_cut("In pie") if protocol is OPENAI else m.clean_cut("In pie")
    with LoopbackServer(good, half) as server:
        caller = Caller(engine_of(protocol, server))
        assert caller.answer(request()).text == "In pieces"
        with pytest.raises(Failed) as caught:
            caller.answer(request())
    assert isinstance(caught.value.fault.error, AnswerCut) and caught.value.fault.error.partial == "In pie"
    assert caught.value.fault.retry


def test_a_tool_call_in_a_whole_answer_is_handed_on() -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "look", "arguments": '{"a": 1}'}}
    with LoopbackServer(w.says(w.completion(None, finish="tool_calls", tool_calls=[call]))) as server:
        answer = Caller(engine(server)).answer(request())
    assert answer.tool_calls == (ToolCall("c1", "look", '{"a": 1}'),)


@pytest.mark.parametrize("count", [-1, 10**30, 1.5, "many", None, [7]])
def test_token_counts_that_cannot_be_true_are_left_out(count: Any) -> None:
    with LoopbackServer(w.says(w.completion("Hello", read=count, written=count))) as server:
        finished = Caller(engine(server)).answer(request()).finished
    assert finished == Finished("stop", "loop-1", None, None)


def connections(server: LoopbackServer) -> tuple[list[int], s.Behaviour]:
    """The client's ports, one for each connection that was used, and a behaviour that notes them."""
    ports: list[int] = []

    def behave(exchange: s.Exchange) -> None:
        ports.append(exchange.handler.client_address[1])
        w.says(w.completion("Hello"))(exchange)

    return ports, behave


def test_calls_share_connections() -> None:
    with LoopbackServer() as server:
        ports, behave = connections(server)
        server.behaviours = [behave]
        caller = Caller(engine(server))
        for _call in range(5):
            caller.answer(request())
        assert len(ports) == 5 and len(set(ports)) == 1


def test_a_connection_that_the_server_closed_is_not_used_again() -> None:
    """Every server ends idle connections: the next call must not be the one to find out."""

    def goodbye(exchange: s.Exchange) -> None:
        w.says(w.completion("Hello"))(exchange)
        exchange.handler.close_connection = True

    with LoopbackServer(goodbye) as server:
        caller = Caller(engine(server))
        texts = []
        for _call in range(5):
            texts.append(caller.answer(request()).text)
            threading.Event().wait(0.05)  # lets the server's goodbye arrive
    assert texts == ["Hello"] * 5


def test_64_threads_do_not_mix_their_answers() -> None:
    def echo(body: dict[str, Any]) -> dict[str, Any]:
        return w.completion(str(body["messages"][0]["content"]) * 20)

    found: dict[str, str] = {}
    with LoopbackServer(w.says(echo)) as server:
        caller = Caller(engine(server))

        def work(number: int) -> None:
            for turn in range(3):
                word = f"{number}-{turn};"
                found[word] = caller.answer(request(messages=(Message("user", word),))).text

        threads = [threading.Thread(target=work, args=(number,)) for number in range(64)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert len(found) == 192
    assert found == {word: word * 20 for word in found}


SILENCES: dict[str, s.Behaviour] = {
    "for the first byte": s.hang(head=False),
    "in the middle": w.stuck(w.completion("Hello")),
}


@pytest.mark.parametrize("behaviour", SILENCES.values(), ids=SILENCES)
def test_silence_is_a_fault_that_passes(behaviour: s.Behaviour) -> None:
    with LoopbackServer(behaviour) as server, pytest.raises(Failed) as caught:
        Caller(engine(server)).answer(request(timeout=0.2, max_tokens=1))
    assert caught.value.fault.retry
    assert "did not answer" in caught.value.fault.error.text("en")


def test_a_drip_that_never_ends_is_ended() -> None:
    with LoopbackServer(w.drip()) as server, pytest.raises(Failed) as caught:
        Caller(engine(server)).answer(request(limit=0.5))
    assert "did not answer" in caught.value.fault.error.text("en")


def test_an_answer_is_waited_for_as_long_as_it_may_take_to_write() -> None:
    """40 tokens at 20 in a second may take 2 seconds of silence, although only 0.2 are borne in a stream."""

    def slow(exchange: s.Exchange) -> None:
        exchange.wait(1.0)
        w.says(w.completion("Hello"))(exchange)

    with LoopbackServer(slow) as server:
        caller = Caller(engine(server))
        assert caller.answer(request(timeout=0.2, max_tokens=40)).text == "Hello"
        with pytest.raises(Failed):
            caller.answer(request(timeout=0.2, max_tokens=4))


def test_a_body_without_end_is_not_read_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lib.engines.text.caller.LARGEST_BODY", 1_000_000)

    def flood(exchange: s.Exchange) -> None:
        exchange.begin("application/json")
        while exchange.wait(0):
            exchange.write(" " * 100_000)

    with LoopbackServer(flood) as server, pytest.raises(Failed) as caught:
        Caller(engine(server)).answer(request())
    assert GARBLED in caught.value.fault.error.text("en")


WAITS: dict[str, s.Behaviour] = {
    "for the first byte": s.hang(head=False),
    "in the middle": w.stuck(w.completion("Hello")),
    "while it drips": w.drip(),
    "in a stream": s.slow_drip("ab", 0.02),
}


@pytest.mark.parametrize("behaviour", WAITS.values(), ids=WAITS)
def test_hanging_up_ends_all_calls_while_the_server_still_waits(behaviour: s.Behaviour) -> None:
    """The order of events shows it: every call has ended before the server is let go."""
    ends: list[BaseException] = []
    arrived = threading.Semaphore(0)

    def noted(exchange: s.Exchange) -> None:
        arrived.release()
        behaviour(exchange)

    with LoopbackServer(noted) as server:
        caller = Caller(engine(server))

        def work() -> None:
            try:
                caller.answer(request(timeout=60))
            except BaseException as error:  # noqa: BLE001  looked at below
                ends.append(error)

        threads = [threading.Thread(target=work) for _thread in range(8)]
        for thread in threads:
            thread.start()
        for _thread in threads:
            assert arrived.acquire(timeout=20)
        assert ends == []
        caller.hang_up()
        for thread in threads:
            thread.join(20)
        assert not server._stopped.is_set() and not any(thread.is_alive() for thread in threads)
        assert [type(error) for error in ends] == [Cancelled] * 8
        with pytest.raises(Cancelled):
            caller.answer(request())
        assert len(server.calls) == 8
        caller.close()


def test_a_caller_of_one_job_does_not_hang_up_on_another() -> None:
    go = threading.Event()

    def slow(exchange: s.Exchange) -> None:
        go.wait(20)
        w.says(w.completion("Hello"))(exchange)

    with LoopbackServer(slow) as server:
        one, other = Caller(engine(server)), Caller(engine(server))
        found: list[str] = []
        thread = threading.Thread(target=lambda: found.append(other.answer(request()).text))
        thread.start()
        while not server.calls:
            threading.Event().wait(0.01)
        one.hang_up()
        go.set()
        thread.join(20)
        assert found == ["Hello"]


def test_a_request_that_was_cancelled_before_is_not_sent() -> None:
    with LoopbackServer(w.says(w.completion("Hello"))) as server, pytest.raises(Cancelled):
        Caller(engine(server)).answer(request(cancelled=lambda: True))
    assert server.calls == []


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda p: p.name)
def test_an_inner_address_is_not_called_without_leave(protocol: Protocol) -> None:
    with LoopbackServer(w.says(protocol.answer("Hello"))) as server, pytest.raises(Failed) as caught:
        Caller(engine_of(protocol, server, local=False)).answer(request())
    assert isinstance(caught.value.fault.error, EngineNotConfigured)
    assert "private network" in caught.value.fault.error.text("en")
    assert server.calls == []


def test_a_key_that_is_none_is_explained_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with LoopbackServer(w.says(w.completion("Hello"))) as server, pytest.raises(Failed) as caught:
        Caller(engine(server, key="sk-a\nb")).answer(request())
    assert server.calls == [] and "line break" in caught.value.fault.error.text("en")
    assert "sk-a\nb" not in "".join(traceback.format_exception(caught.value)) + caplog.text


def test_nobody_there_and_an_unknown_host_may_come_back() -> None:
    for url, local, part in (("http://127.0.0.1:9/v1", True, "reached"), ("https://no.invalid/v1", False, "unknown")):
        with pytest.raises(Failed) as caught:
            Caller(engine(url, local=local)).answer(request())
        assert caught.value.fault.retry and part in caught.value.fault.error.text("en")


def test_a_picture_is_refused_by_an_engine_without_eyes() -> None:
    picture = Message("user", "What is it?", images=(Image(b"x", "image/png"),))
    with LoopbackServer(w.says(w.completion("Hello"))) as server, pytest.raises(Failed) as caught:
        Caller(engine(server)).answer(request(messages=(picture,)))
    assert isinstance(caught.value.fault.error, EngineRefused) and server.calls == []


def test_an_engine_that_moves_is_followed_after_a_failure() -> None:
    """The embedded model's server gets another port when the process that owned it ends."""
    with LoopbackServer(w.says(w.completion("here"))) as old, LoopbackServer(w.says(w.completion("there"))) as new:
        moving = engine(old)
        caller = Caller(moving)
        assert caller.answer(request()).text == "here"
        old.behaviours = [s.reset(head=False)]
        moving._base_url = new.url
        with pytest.raises(Failed):
            caller.answer(request())
        assert caller.answer(request()).text == "there"
        caller.close()


def test_a_defect_of_our_own_is_not_dressed_up_as_a_fault() -> None:
    def broken() -> bool:
        raise ZeroDivisionError

    with LoopbackServer(w.says(w.completion("Hello"))) as server, pytest.raises(ZeroDivisionError):
        Caller(engine(server)).answer(request(cancelled=broken))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="this system has no /proc")
def test_closing_gives_every_connection_back() -> None:
    with LoopbackServer(w.says(w.completion("Hello"))) as server:
        caller = Caller(engine(server))
        caller.answer(request())
        before = _sockets()
        caller.close()
        assert _sockets() < before
        with pytest.raises(Cancelled):
            caller.answer(request())


def _sockets() -> int:
    """How many sockets this process has open."""
    found = 0
    for entry in Path("/proc/self/fd").iterdir():
        try:
            found += str(entry.readlink()).startswith("socket:")
        except OSError:
            continue
    return found


def test_the_registry_makes_a_caller_with_its_price(tmp_path: Path) -> None:
    with LoopbackServer(w.says(w.completion("Hello"))) as server:
        configure(tmp_path, server.url, price_input=2.0, price_output=10.0)
        caller = caller_called("loop")
        assert caller.answer(request()).text == "Hello"
    assert caller.price is not None and caller.price.cost(1000, 500) == 0.007
    with pytest.raises(EngineNotConfigured):
        caller_called("nobody")
    with pytest.raises(EngineNotConfigured):
        caller_called("built-in")
