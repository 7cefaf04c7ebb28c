"""What one answer has said so far, whatever protocol it came in, and whether its end is one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lib.engines.text.faults import (
    CONTENT_REFUSED,
    CUT,
    CUT_BY_CONTEXT,
    CUT_BY_LENGTH,
    GARBLED,
    NO_ANSWER,
    NO_MODEL_SERVER,
    NO_REASON,
    Fault,
    Origin,
    cut,
)
from lib.engines.text.model import Finished, TextDelta, TextEvent, TextRequest, ToolCall
from lib.engines.text.retry import Failed
from lib.errors import AnswerCut, EngineNotConfigured, EngineRefused, EngineUnavailable

LONGEST_ANSWER = 2_000_000  # characters; a server that never ends is hung up on
MOST_TOKENS = 50_000_000  # no call has more: a larger count is a server's mistake
MOST_CALLS = 64  # of tools in one answer


class Reading:
    """One answer. Servers differ and the SDKs do not validate: every field is looked at first.

    A protocol's own class feeds it in ``events`` and sets what the fields below say.
    """

    def __init__(self, origin: Origin, request: TextRequest, context: int | None = None) -> None:
        self.origin = origin
        self.request = request
        self.any = False  # something came that only a model server says
        self.reason = ""  # the terminal one, as the protocol writes it
        self.length = False  # the reason is that the allowed length was reached
        self.context_full = False
        self.refused = False
        self.refusal: list[str] = []
        self.model = origin.model
        self.read: int | None = None
        self.written: int | None = None
        self._context = context
        self._parts: list[str] = []
        self._characters = 0
        self._calls: dict[int, list[str]] = {}

    def events(self, chunk: Any) -> Iterator[TextEvent]:
        """The events of one chunk of the answer.

        Raises:
            Failed, EngineError: the chunk cannot be one, or says that the call failed.
        """
        raise NotImplementedError

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def say(self, text: Any) -> Iterator[TextEvent]:
        """The next words, if they are any."""
        if text is not None and not isinstance(text, str):
            raise self.garbled()
        if text:
            self._parts.append(text)
            yield TextDelta(text)
            self._grow(text)

    def call(self, place: int, identifier: Any = None, name: Any = None, arguments: Any = None) -> None:
        """The next piece of a tool call, the ``place``-th of the answer."""
        parts = self._calls.setdefault(place, ["", "", ""])
        if len(self._calls) > MOST_CALLS:
            raise self.garbled()
        for spot, piece in enumerate((identifier, name, arguments)):
            if piece is not None and not isinstance(piece, str):
                raise self.garbled()
            # Only the arguments come in pieces; some servers repeat the name with each of them.
            parts[spot] = parts[spot] + (piece or "") if spot == 2 else parts[spot] or piece or ""
        self._grow(arguments or "")

    def _grow(self, piece: str) -> None:
        self._characters += len(piece)
        if self._characters > LONGEST_ANSWER:
            raise AnswerCut(CUT_BY_LENGTH, engine=self.origin.engine, tokens=self.request.max_tokens, partial=self.text)

    def end(self) -> Iterator[TextEvent]:
        """The tool calls, which are whole only now, and the last event.

        Raises:
            EngineError: the answer was refused, is empty, or has no end.
        """
        names, text = {"engine": self.origin.engine}, self.text
        if self.refused or self.refusal:
            reason = self.origin.clean("".join(self.refusal)) or NO_REASON
            raise EngineRefused(CONTENT_REFUSED, reason=reason, partial=text, **names)
        if self.context_full or (self.length and self._fills_context()):
            raise AnswerCut(CUT_BY_CONTEXT, partial=text, **names)
        if self.length:
            raise AnswerCut(CUT_BY_LENGTH, tokens=self.request.max_tokens, partial=text, **names)
        if not self.any:
            raise Failed(Fault(EngineNotConfigured(NO_MODEL_SERVER, **names)))
        if not text and not (self._calls and self.reason):
            # A terminal reason without text is an answer without content; without a reason the stream was cut at once.
            raise Failed(Fault(EngineUnavailable(NO_ANSWER, **names), retry=True))
        if not self.reason:
            raise AnswerCut(CUT, partial=text, **names)
        yield from self._whole_calls()
        yield Finished(self.reason, self.model, self.read, self.written)

    def _fills_context(self) -> bool:
        known = self._context is not None and self.read is not None and self.written is not None
        return known and (self.read or 0) + (self.written or 0) >= (self._context or 0) - 1

    def _whole_calls(self) -> Iterator[ToolCall]:
        for place, (identifier, name, arguments) in sorted(self._calls.items()):
            if not name:
                raise self.garbled()
            yield ToolCall(identifier or f"call_{place}", name, arguments or "{}")

    def garbled(self) -> Exception:
        """What to raise for a chunk that is none."""
        return raisable(Fault(EngineUnavailable(GARBLED, engine=self.origin.engine)), self.origin, self.text)


def raisable(fault: Fault, origin: Origin, said: str) -> Exception:
    """A fault as an exception: before the first words it may be tried again, after them the answer is cut."""
    return cut(fault, origin, said) if said else Failed(fault)


def field_of(thing: Any, name: str) -> Any:
    """A field of an SDK's object or of a dictionary, None where it is missing."""
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)


def token_count(value: Any) -> int | None:
    """A token count that can be true, else None: some servers send none, and some send nonsense."""
    sound = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TOKENS
    return value if sound else None
