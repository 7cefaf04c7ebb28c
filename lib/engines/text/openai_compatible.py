"""OpenAI, and every server that speaks its chat completions: Azure, Ollama, vLLM, Mistral, LM Studio, llama.cpp."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from lib.engines.text.addresses import check_address, check_key
from lib.engines.text.faults import (
    CONTENT_REFUSED,
    CUT,
    CUT_BY_LENGTH,
    CUT_BY_TIME,
    GARBLED,
    NO_ANSWER,
    NO_MODEL_SERVER,
    NO_REASON,
    SILENT,
    Fault,
    Origin,
    cut,
    fault_of,
    in_stream,
)
from lib.engines.text.line import Failure, Line, Waited, read_in_thread
from lib.engines.text.model import Capabilities, Finished, TextDelta, TextEvent, TextRequest
from lib.engines.text.retry import STOPPED, Failed, RetryPolicy, stream_with_retries
from lib.errors import AnswerCut, Cancelled, EngineError, EngineNotConfigured, EngineRefused, EngineUnavailable
from lib.settings import EngineSettings

if TYPE_CHECKING:
    import ssl

CONNECT_SECONDS = 10.0
LONGEST_ANSWER = 2_000_000  # characters; a server that never ends is hung up on
LARGEST_BODY = 20_000_000  # bytes of an answer that isn't a stream
MOST_TOKENS = 50_000_000  # no call has more: a larger count is a server's mistake


class OpenAICompatible:
    """One model at one address. Holds no connection: each call opens and closes its own."""

    def __init__(
        self,
        settings: EngineSettings,
        *,
        model: str,
        base_url: str,
        capabilities: Capabilities,
        policy: RetryPolicy | None = None,
    ) -> None:
        self._settings = settings
        self._base_url = base_url
        self._policy = policy or RetryPolicy()
        self.name = settings.name
        self.model = model
        self.capabilities = capabilities
        self.title = settings.title or settings.name

    def stream(self, request: TextRequest) -> Iterator[TextEvent]:
        """See ``TextEngine.stream``."""
        return stream_with_retries(lambda: self._attempt(request), self._policy, request.cancelled)

    def _attempt(self, request: TextRequest) -> Generator[TextEvent, None, None]:
        """One try. What fails before the first event and may be tried again is raised as ``Failed``."""
        origin = Origin(self.title, self.model, self._settings.key, request.timeout)
        reading = _Reading(origin, request)
        until = time.monotonic() + request.limit
        for item in read_in_thread(lambda line: self._chunks(request, line)):
            if isinstance(item, Failure):
                raise _meaning(item.error, origin, reading.text)
            if isinstance(item, Waited):
                _look_up(request, until, origin, reading)
                continue
            yield from reading.events(item)
        yield reading.finished()

    def _chunks(self, request: TextRequest, line: Line) -> Iterator[Any]:
        """The server's chunks as the SDK reads them, or one dictionary where it answered at once; in a thread."""
        check_key(self._settings, self.title)
        check_address(self._settings, self._base_url, self.title)
        with self._client(request, line) as client:
            answer = client.chat.completions.create(**self._body(request))
            with answer:
                kind = answer.response.headers.get("content-type", "").lower()
                if "json" in kind:
                    yield _whole(answer.response)
                elif "html" in kind:
                    raise EngineNotConfigured(NO_MODEL_SERVER, engine=self.title)
                else:
                    yield from answer

    def _client(self, request: TextRequest, line: Line) -> Any:
        import httpx2
        import openai

        timeout = httpx2.Timeout(request.timeout, connect=min(CONNECT_SECONDS, request.timeout))
        transport = httpx2.Client(
            timeout=timeout,
            verify=_certificates(),
            follow_redirects=False,  # a redirect could lead to an address that was not checked
            trust_env=not self._settings.local,  # a proxy does not see this machine
            event_hooks={"request": [lambda sent: sent.extensions.update(trace=line.trace)]},
        )
        # Never None: the SDK would then take OPENAI_API_KEY and send it to whoever is behind this address.
        return openai.OpenAI(
            api_key=self._settings.key or "none",
            base_url=self._base_url,
            max_retries=0,
            timeout=timeout,
            http_client=transport,
        )

    def _body(self, request: TextRequest) -> dict[str, Any]:
        can = self.capabilities
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": message.role, "content": message.text} for message in request.messages],
            "stream": True,
            can.tokens_field: min(request.max_tokens, can.max_output or request.max_tokens),
        }
        if can.stream_usage:
            body["stream_options"] = {"include_usage": True}
        if can.reasoning_effort:
            body["reasoning_effort"] = can.reasoning_effort
        if request.temperature is not None and can.temperature:
            body["temperature"] = request.temperature
        if request.seed is not None and can.seed:
            body["seed"] = request.seed
        if request.schema is not None and can.structured == "json_schema":
            form = {"name": request.schema_name, "schema": request.schema, "strict": True}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
        elif request.schema is not None and can.structured == "json_object":
            body["response_format"] = {"type": "json_object"}
        return body


class _Reading:
    """What one answer has said so far. Servers differ and the SDK does not validate: every field is looked at first."""

    def __init__(self, origin: Origin, request: TextRequest) -> None:
        self._origin = origin
        self._request = request
        self._parts: list[str] = []
        self._length = 0
        self._refusal: list[str] = []
        self._reason = ""
        self._model = origin.model
        self._usage: Any = None
        self._any = False

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def events(self, chunk: Any) -> Iterator[TextEvent]:
        """The events of one chunk (an SDK object, or a dictionary where the server did not stream)."""
        choices = _get(chunk, "choices")
        if isinstance(chunk, dict) and choices is None and "error" in chunk:
            raise _raisable(in_stream(chunk, self._origin), self._origin, self.text)
        if not isinstance(choices, list):
            raise self._garbled()
        self._any = True
        usage, model = _get(chunk, "usage"), _get(chunk, "model")
        self._usage = usage if usage is not None else self._usage
        self._model = model if isinstance(model, str) and model else self._model
        for choice in choices[:1]:
            yield from self._choice(choice)

    def _choice(self, choice: Any) -> Iterator[TextEvent]:
        said = _get(choice, "delta") or _get(choice, "message")
        content, refusal, reason = _get(said, "content"), _get(said, "refusal"), _get(choice, "finish_reason")
        if content is not None and not isinstance(content, str):
            raise self._garbled()
        if isinstance(refusal, str):
            self._refusal.append(refusal)
        if isinstance(reason, str) and reason:
            self._reason = reason
        if content:
            self._parts.append(content)
            self._length += len(content)
            yield TextDelta(content)
        if self._length > LONGEST_ANSWER:
            raise AnswerCut(
                CUT_BY_LENGTH, engine=self._origin.engine, tokens=self._request.max_tokens, partial=self.text
            )

    def finished(self) -> Finished:
        """The last event.

        Raises:
            EngineError: the answer was refused, is empty, or has no end.
        """
        names, text = {"engine": self._origin.engine}, self.text
        if self._refusal or self._reason == "content_filter":
            reason = self._origin.clean("".join(self._refusal)) or NO_REASON
            raise EngineRefused(CONTENT_REFUSED, reason=reason, partial=text, **names)
        if self._reason == "length":
            raise AnswerCut(CUT_BY_LENGTH, tokens=self._request.max_tokens, partial=text, **names)
        if not self._any:
            raise Failed(Fault(EngineNotConfigured(NO_MODEL_SERVER, **names)))
        if not text:
            # A terminal reason without text is an answer without content; without a reason the stream was cut at once.
            raise Failed(Fault(EngineUnavailable(NO_ANSWER, **names), retry=True))
        if not self._reason:
            raise AnswerCut(CUT, partial=text, **names)
        counts = [_count(_get(self._usage, name)) for name in ("prompt_tokens", "completion_tokens")]
        return Finished(self._reason, self._model, *counts)

    def _garbled(self) -> Exception:
        return _raisable(Fault(EngineUnavailable(GARBLED, engine=self._origin.engine)), self._origin, self.text)


def _meaning(error: Exception, origin: Origin, said: str) -> Exception:
    """What to raise for an exception of the reading thread: ours as it is, the SDK's as a fault, a defect as it is."""
    if isinstance(error, EngineError):
        return error
    fault = fault_of(error, origin)
    return error if fault is None else _raisable(fault, origin, said)


def _raisable(fault: Fault, origin: Origin, said: str) -> Exception:
    return cut(fault, origin, said) if said else Failed(fault)


def _look_up(request: TextRequest, until: float, origin: Origin, reading: _Reading) -> None:
    if request.cancelled():
        raise Cancelled(STOPPED, partial=reading.text)
    if time.monotonic() > until and not reading.text:
        raise EngineUnavailable(SILENT, engine=origin.engine, seconds=round(request.limit))
    if time.monotonic() > until:
        raise AnswerCut(CUT_BY_TIME, engine=origin.engine, seconds=round(request.limit), partial=reading.text)


def _get(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)


def _count(value: Any) -> int | None:
    """A token count that can be true, else None: some servers send none, and some send nonsense."""
    sound = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TOKENS
    return value if sound else None


def _whole(response: Any) -> dict[str, Any]:
    """The body of a server that answers at once although it was asked to stream."""
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > LARGEST_BODY:
            break
    found = json.loads(bytes(body))
    return found if isinstance(found, dict) else {"choices": None}


@cache
def _certificates() -> ssl.SSLContext:
    """Made once: reading the certificates takes longer than opening a connection."""
    import httpx2

    make: Callable[[], ssl.SSLContext] = httpx2.create_ssl_context
    return make()
