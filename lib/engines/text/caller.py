"""Calls of one engine for many rows: connections that stay open, answers that come at once, one try each.

Nobody reads along, so nothing is streamed: an answer is one JSON object, read by the same ``Reading`` as a stream's
chunks. Who asks for the rows decides about another try, hence an error here says whether one makes sense.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

from lib.engines.embedded.server import STILL_LOADING
from lib.engines.prices import Price
from lib.engines.text.addresses import UNKNOWN_HOST
from lib.engines.text.call import LARGEST_BODY, Place, StreamedEngine, patience
from lib.engines.text.faults import (
    CUT,
    GARBLED,
    NO_MODEL_SERVER,
    NO_PICTURES,
    SILENT,
    Fault,
    Origin,
    fault_of,
)
from lib.engines.text.line import Line
from lib.engines.text.model import Answer, TextEvent, TextRequest, collect
from lib.engines.text.reading import Reading
from lib.engines.text.retry import STOPPED, Failed
from lib.errors import AnswerCut, Cancelled, EngineError, EngineNotConfigured, EngineRefused, EngineUnavailable

LOOK_AGAIN = 30.0  # seconds after which an engine's address is looked at anew; after a failure at once
KEPT_OPEN = 4.0  # seconds for which an idle connection is kept: servers close theirs after five
# Where a person has read nothing yet, another try may also follow an answer that was cut or garbled.
AGAIN = {CUT, GARBLED, UNKNOWN_HOST, STILL_LOADING}


class Caller:
    """The calls of one engine in this process, for as long as there are rows. Safe to use from many threads at once.

    Nothing is opened before the first call. ``price`` is what the engine's tokens cost, None where nobody said.
    """

    def __init__(self, engine: StreamedEngine, price: Price | None = None) -> None:
        self.engine, self.price = engine, price
        self._lock = threading.Lock()
        self._line = Line()
        self._look_again = 0.0
        self._place: Place | None = None
        self._sdks: list[Any] = []  # the last one is in use; earlier ones may still have calls under way

    @property
    def hung_up(self) -> bool:
        """Whether ``hang_up`` was called: no call is made any more."""
        return self._line.closed

    def answer(self, request: TextRequest) -> Answer:
        """The engine's whole answer, after one try.

        It may be silent for ``request.timeout``, or for as long as a slow engine needs to write ``request.max_tokens``
        (see ``StreamedEngine.slowest``), whichever is longer: an answer that isn't streamed is silent while it is
        written. All of it takes at most ``request.limit``.

        Raises:
            Failed: it went wrong; ``fault`` holds the error to show, and whether and when another try makes sense.
            Cancelled: it was hung up on.
        """
        if self.hung_up or request.cancelled():
            raise Cancelled(STOPPED)
        longest = min(max(request.timeout, request.max_tokens / self.engine.slowest), request.limit)
        call = _Call(self.engine, request, longest)
        try:
            return call.made(self._sdk())
        except Exception as error:  # noqa: BLE001  what it means is raised below: its own text may quote the key
            failure = self._meaning(error, call)
        self._look_again = 0.0
        raise failure

    def hang_up(self) -> None:
        """End all connections at once, whatever they wait for; calls under way and later ones raise ``Cancelled``."""
        self._line.hang_up()

    def close(self) -> None:
        """Hang up and give the connections back. Calls that are under way have to end before."""
        self.hang_up()
        with self._lock:
            for sdk in self._sdks:
                sdk.close()
            self._sdks.clear()
            self._place = None

    def _sdk(self) -> Any:
        """The SDK's client at the engine's present address, which is checked as for a single call."""
        with self._lock:
            if self._sdks and time.monotonic() < self._look_again:
                return self._sdks[-1]
            place = self.engine.place()
            if place != self._place or not self._sdks:
                import httpx2

                many = httpx2.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=KEPT_OPEN)
                timeout = self.engine.settings.timeout
                transport = self.engine.transport(timeout, self._line, limits=many)
                self._sdks.append(self.engine.sdk(place, timeout, transport))
                self._place = place
            self._look_again = time.monotonic() + LOOK_AGAIN
            return self._sdks[-1]

    def _meaning(self, error: Exception, call: _Call) -> Exception:
        """What to raise for whatever ended a call: ``Failed``, or a defect of our own as it is."""
        if self.hung_up:
            return Cancelled(STOPPED, partial=call.reading.text)
        if isinstance(error, Failed):
            fault: Fault | None = error.fault
        elif isinstance(error, EngineError):
            fault = Fault(error)
        else:
            fault = call.fault(error)
        if fault is None:
            return error
        return Failed(replace(fault, retry=fault.retry or fault.error.message in AGAIN))


class _Call:
    """One call under way."""

    def __init__(self, engine: StreamedEngine, request: TextRequest, longest: float) -> None:
        self._engine, self._request, self._longest = engine, request, longest
        self._begun = False
        self._until = time.monotonic() + request.limit
        self.origin: Origin = engine.origin(longest)
        self.reading: Reading = engine.reading(self.origin, request)

    def made(self, sdk: Any) -> Answer:
        """Send, read, and look at the end of the answer."""
        import httpx2

        engine, request = self._engine, self._request
        if any(message.images for message in request.messages) and not engine.capabilities.vision:
            raise EngineRefused(NO_PICTURES, engine=engine.title)
        # The SDK's low-level call: its typed one takes the request and the answer apart field by field, which costs
        # more than all that is done with them here. Read in pieces, so that neither size nor time is without a bound.
        response = sdk.post(
            engine.path,
            cast_to=httpx2.Response,
            body=engine.whole(request),
            options={"timeout": patience(self._longest)},
            stream=True,
            stream_cls=type(None),
        )
        self._begun = True
        with closing(response):
            return self._read(self._chunks(sdk, response))

    def _read(self, chunks: Iterator[Any]) -> Answer:
        def events() -> Iterator[TextEvent]:
            for chunk in chunks:
                yield from self.reading.events(chunk)
            yield from self.reading.end()

        return collect(events())

    def _chunks(self, sdk: Any, response: Any) -> Iterator[Any]:
        kind = response.headers.get("content-type", "").lower()
        if "event-stream" in kind:
            for chunk in self._engine.events(sdk, response):
                yield chunk
                self._look()
            return
        body = self._body(response)
        try:
            found = json.loads(body)
        except (ValueError, RecursionError):  # brackets in brackets in brackets
            if "json" in kind:
                raise self.reading.garbled() from None
            raise EngineNotConfigured(NO_MODEL_SERVER, engine=self._engine.title) from None
        yield found if isinstance(found, dict) else {"choices": None, "type": "?"}

    def _body(self, response: Any) -> bytes:
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            self._look()
            if len(body) > LARGEST_BODY:
                raise self.reading.garbled()
        return bytes(body)

    def _look(self) -> None:
        """A server that sends a letter now and then is never silent; it is ended all the same."""
        if time.monotonic() > self._until:
            seconds = round(self._request.limit)
            raise Failed(Fault(EngineUnavailable(SILENT, engine=self._engine.title, seconds=seconds), retry=True))

    def fault(self, error: Exception) -> Fault | None:
        """The fault behind an exception of the SDK, its transport or its decoding; None for a defect of our own."""
        import httpx2

        found = fault_of(error, self.origin)
        gone = isinstance(error, httpx2.TransportError | OSError) and not isinstance(error, httpx2.TimeoutException)
        if found is None or not ((self._begun and gone) or self.reading.text):
            return found
        return Fault(AnswerCut(CUT, engine=self._engine.title, partial=self.reading.text))
