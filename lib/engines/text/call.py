"""One call of a model server, whatever its protocol: made in a thread, read as it comes, ended at any moment.

Calls of many rows go through ``lib.engines.text.caller`` instead.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from lib.engines.text.addresses import check_address, check_key
from lib.engines.text.faults import CUT_BY_TIME, NO_PICTURES, SILENT, Origin, fault_of
from lib.engines.text.line import Failure, Line, Waited, read_in_thread
from lib.engines.text.model import Capabilities, TextEvent, TextRequest
from lib.engines.text.reading import Reading, raisable
from lib.engines.text.retry import STOPPED, RetryPolicy, stream_with_retries
from lib.errors import AnswerCut, Cancelled, EngineError, EngineRefused, EngineUnavailable
from lib.settings import EngineSettings

if TYPE_CHECKING:
    import ssl

CONNECT_SECONDS = 10.0
LARGEST_BODY = 20_000_000  # bytes of an answer that isn't a stream


@dataclass(frozen=True)
class Place:
    """Where a model is served, and the key for it."""

    base_url: str
    key: str


class ServedEngine:
    """One model at one address, whatever it makes. Holds no connection: each call opens and closes its own."""

    def __init__(
        self, settings: EngineSettings, *, model: str, base_url: str, policy: RetryPolicy | None = None
    ) -> None:
        self.settings = settings
        self._base_url = base_url
        self._policy = policy or RetryPolicy()
        self.name = settings.name
        self.model = model
        self.title = settings.title or settings.name

    def place(self) -> Place:
        """Where to call. An address that may not be called raises EngineError."""
        check_key(self.settings, self.title)
        check_address(self.settings, self._base_url, self.title)
        return Place(self._base_url, self.settings.key)

    def origin(self, timeout: float) -> Origin:
        """What error messages name."""
        return Origin(self.title, self.model, self.settings.key, timeout)

    def transport(self, timeout: float, line: Line, **more: Any) -> Any:
        """The HTTP client of one call, or of many; ``line`` can hang it up."""
        import httpx2

        return httpx2.Client(
            **more,
            timeout=patience(timeout),
            verify=_certificates(),
            follow_redirects=False,  # a redirect could lead to an address that was not checked
            trust_env=not self.settings.local,  # a proxy does not see this machine
            event_hooks={"request": [lambda sent: sent.extensions.update(trace=line.trace)]},
        )


class StreamedEngine(ServedEngine):
    """A model that writes."""

    path = ""  # of the protocol's calls, behind the address
    # Tokens per second that an engine writes at least: says how long an answer that isn't streamed may be silent. Most
    # answers take less than a third of what they may have, so one that writes 7 in a second is still waited for.
    slowest = 20.0

    def __init__(
        self,
        settings: EngineSettings,
        *,
        model: str,
        base_url: str,
        capabilities: Capabilities,
        policy: RetryPolicy | None = None,
    ) -> None:
        super().__init__(settings, model=model, base_url=base_url, policy=policy)
        self.capabilities = capabilities

    def stream(self, request: TextRequest) -> Iterator[TextEvent]:
        """See ``TextEngine.stream``."""
        if any(message.images for message in request.messages) and not self.capabilities.vision:
            raise EngineRefused(NO_PICTURES, engine=self.title)
        return stream_with_retries(lambda: self._attempt(request), self._policy, request.cancelled)

    def _answer(self, request: TextRequest, place: Place, line: Line) -> Iterator[Any]:
        """The server's chunks as the SDK reads them; runs in a thread of its own."""
        raise NotImplementedError

    def sdk(self, place: Place, timeout: float, transport: Any) -> Any:
        """The SDK's client over an HTTP client, with its own retries off."""
        raise NotImplementedError

    def events(self, sdk: Any, response: Any) -> Iterator[Any]:
        """The chunks of a server that streams although it was not asked to, as the SDK reads them."""
        raise NotImplementedError

    def reading(self, origin: Origin, request: TextRequest) -> Reading:
        """What reads the chunks of one answer."""
        raise NotImplementedError

    def _body(self, request: TextRequest) -> dict[str, Any]:
        """The arguments of the SDK's method for a streamed call."""
        raise NotImplementedError

    def whole(self, request: TextRequest) -> dict[str, Any]:
        """What is sent for an answer that comes at once, as JSON."""
        body = {**self._body(request), "stream": False}
        body.pop("stream_options", None)
        more: dict[str, Any] = body.pop("extra_body", {})
        return body | more

    def _attempt(self, request: TextRequest) -> Generator[TextEvent, None, None]:
        """One try. What fails before the first event and may be tried again is raised as ``Failed``."""
        origin = self.origin(request.timeout)
        reading = self.reading(origin, request)
        until = time.monotonic() + request.limit
        for item in read_in_thread(lambda line: self._answer(request, self.place(), line)):
            if isinstance(item, Failure):
                raise meaning(item.error, origin, reading.text)
            if isinstance(item, Waited):
                _look_up(request, until, origin, reading)
                continue
            yield from reading.events(item)
        yield from reading.end()


def patience(timeout: float) -> Any:
    """The SDK's and the transport's form of ``timeout``, the longest silence in seconds."""
    import httpx2

    return httpx2.Timeout(timeout, connect=min(CONNECT_SECONDS, timeout))


def meaning(error: Exception, origin: Origin, said: str) -> Exception:
    """What to raise for an exception of the reading thread: ours as it is, the SDK's as a fault, a defect as it is."""
    if isinstance(error, EngineError):
        return error
    fault = fault_of(error, origin)
    return error if fault is None else raisable(fault, origin, said)


def _look_up(request: TextRequest, until: float, origin: Origin, reading: Reading) -> None:
    if request.cancelled():
        raise Cancelled(STOPPED, partial=reading.text)
    if time.monotonic() > until and not reading.text:
        raise EngineUnavailable(SILENT, engine=origin.engine, seconds=round(request.limit))
    if time.monotonic() > until:
        raise AnswerCut(CUT_BY_TIME, engine=origin.engine, seconds=round(request.limit), partial=reading.text)


def whole_body(response: Any, largest: int = LARGEST_BODY) -> dict[str, Any]:
    """The body of an answer that comes at once; empty where it is no object. More than ``largest`` bytes aren't read.

    Raises:
        ValueError: it is no JSON, or too large.
    """
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > largest:
            break
    found = json.loads(bytes(body))
    return found if isinstance(found, dict) else {}


@cache
def _certificates() -> ssl.SSLContext:
    """Made once: reading the certificates takes longer than opening a connection."""
    import httpx2

    make: Callable[[], ssl.SSLContext] = httpx2.create_ssl_context
    return make()
