"""Every way in which a call can go wrong, as one error that says what to do.

The SDK's and the transport's exceptions end here: their texts may quote the key or the request, so they are neither
shown nor chained. What a server says about a refused request is shown, shortened, with the key taken out.
"""

from __future__ import annotations

import json
import ssl
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lib.errors import AnswerCut, EngineError, EngineNotConfigured, EngineRefused, EngineUnavailable
from lib.i18n import N_

RETRIED = {408, 409, 425, 429}
# Anthropic's names of what went wrong, where it comes inside a stream and without a status of its own.
TYPES = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "timeout_error": 504,
    "overloaded_error": 529,
}
LONGEST_REASON = 300
# How providers say that a request does not fit, or that they do not take the schema.
TOO_LONG_WORDS = ("context_length", "maximum context", "context size", "prompt is too long")
SCHEMA_WORDS = ("response_format", "output_config", "schema")

CUT = N_("{engine} stopped in the middle of its answer. What had come is kept; run it again to get the whole.")
CUT_BY_LENGTH = N_(
    "{engine} reached the limit of {tokens} tokens before the end of its answer. What had come is kept; "
    "ask for less at once, or choose a model that may write more."
)
CUT_BY_CONTEXT = N_(
    "The request and the answer together fill all that {engine} can hold at once. What had come is kept; shorten the "
    "input, or choose a model with a larger context."
)
CUT_BY_TIME = N_(
    "{engine} was still writing after {seconds} seconds and was stopped. What had come is kept; "
    "ask for less at once, or choose a faster engine."
)
NOT_REACHED = N_("{engine} cannot be reached. Check the network and the engine's address, then try again.")
NOT_TRUSTED = N_(
    "The connection to {engine} is not trusted: its certificate does not fit. Check the address and the certificates "
    "of this machine."
)
SILENT = N_("{engine} did not answer within {seconds} seconds. Try again later, or choose another engine.")
OVERLOADED = N_("{engine} is overloaded or out of order (status {status}). Try again later, or choose another engine.")
TOO_MANY = N_("{engine} takes no more calls for now. Try again in a few minutes, or choose another engine.")
TOO_MANY_WAIT = N_(
    "{engine} takes no more calls for now and asks to wait {seconds} seconds. Try again after that, or choose another "
    "engine."
)
NO_CREDIT = N_("The account behind {engine} has no credit left. Top it up with its provider, or choose another engine.")
KEY_REFUSED = N_(
    "{engine} does not accept the key (status {status}). Check the key in secrets.toml or in the environment, and what "
    "it may be used for."
)
MODEL_UNKNOWN = N_(
    "{engine} knows no model '{model}' at its address. Check 'model' and 'base_url' of this engine in secrets.toml."
)
TOO_LONG = N_(
    "The request is too long for {engine} ({model}). Shorten the input, or choose a model with a larger context."
)
SCHEMA_REFUSED = N_(
    "{engine} does not take the form in which the answer is asked for: {reason}. Set capabilities.structured to "
    '"json_object" or "none" for this engine in secrets.toml.'
)
REQUEST_REFUSED = N_(
    "{engine} refused the request: {reason}. Change the input or the engine's settings, then try again."
)
CONTENT_REFUSED = N_("{engine} would not answer this: {reason}. Reword the request, or choose another engine.")
NO_MODEL_SERVER = N_(
    "The address of {engine} answers, but not as a model server does. Check 'base_url' in secrets.toml; it usually "
    "ends in /v1."
)
REDIRECTS = N_("The address of {engine} leads to another one. Write the final address into 'base_url' in secrets.toml.")
GARBLED = N_(
    "{engine} answered with something that cannot be read. Check its server and its address, or choose another engine."
)
NO_ANSWER = N_("{engine} sent an answer without any text. Try again, or choose another engine.")
NO_PICTURES = N_("{engine} does not see pictures. Choose an engine that does, or leave the picture out.")
NO_VECTORS = N_(
    "{engine} makes no vectors of texts. Choose an engine that does, or set capabilities.embeddings and "
    "embedding_model for it in secrets.toml."
)
NO_REASON = N_("it gave no reason")


@dataclass(frozen=True)
class Fault:
    """One failed try: the error to show, whether another try makes sense, and how long the server asks to wait."""

    error: EngineError
    retry: bool = False
    retry_after: float | None = None


@dataclass(frozen=True)
class Origin:
    """Whose fault it is: what the messages name, and the key that must not stand in them."""

    engine: str
    model: str
    key: str = ""
    timeout: float = 0.0

    def clean(self, text: object) -> str:
        """``text`` without the key, on one line, shortened."""
        line = " ".join(str(text).split())
        if self.key:
            line = line.replace(self.key, "…")
        return line[:LONGEST_REASON].rstrip(" .")


def fault_of(error: Exception, origin: Origin) -> Fault | None:
    """The fault behind an exception of an SDK, its transport or its decoding; None for a defect of our own."""
    import httpx2

    # Both SDKs name their errors alike. One that was not loaded cannot have raised; loading it here would cost 2 s.
    for sdk in filter(None, map(sys.modules.get, ("openai", "anthropic"))):
        fault = _of_sdk(error, sdk, origin)
        if fault is not None:
            return fault
    if isinstance(error, httpx2.TimeoutException):
        return _silent(origin)
    if isinstance(error, httpx2.TransportError | OSError):
        return _of_transport(error, origin)
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError | httpx2.HTTPError):
        return Fault(EngineUnavailable(GARBLED, engine=origin.engine))
    return None


def _of_sdk(error: Exception, sdk: Any, origin: Origin) -> Fault | None:
    if isinstance(error, sdk.APIStatusError):
        if error.status_code < 300:  # anthropic's way of raising an error event of a stream
            return in_stream(error.body, origin)
        return _of_status(error.status_code, error.body, error.response.headers, origin)
    if isinstance(error, sdk.APITimeoutError):
        return _silent(origin)
    if isinstance(error, sdk.APIConnectionError):
        return _of_transport(error, origin)
    if isinstance(error, sdk.APIError):
        return in_stream(error.body if error.body is not None else error.message, origin)
    base = getattr(sdk, "OpenAIError", None) or sdk.AnthropicError
    return Fault(EngineUnavailable(GARBLED, engine=origin.engine)) if isinstance(error, base) else None


def _silent(origin: Origin) -> Fault:
    return Fault(EngineUnavailable(SILENT, engine=origin.engine, seconds=round(origin.timeout)), retry=True)


def _of_transport(error: Exception, origin: Origin) -> Fault:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Fault(EngineNotConfigured(NOT_TRUSTED, engine=origin.engine))
        cause = cause.__cause__ or cause.__context__
    return Fault(EngineUnavailable(NOT_REACHED, engine=origin.engine), retry=True)


def _of_status(status: int, body: object, headers: Mapping[str, str], origin: Origin) -> Fault:
    detail = _detail(body)
    code, reason = str(detail.get("code") or detail.get("type") or ""), origin.clean(detail.get("message") or "")
    names: dict[str, Any] = {"engine": origin.engine}
    if status in (402, 429) and (status == 402 or "insufficient_quota" in code or "billing" in code):
        return Fault(EngineRefused(NO_CREDIT, **names))
    if status in RETRIED or status >= 500:
        return _worth_another_try(status, headers, origin)
    if status in (401, 403):
        return Fault(EngineRefused(KEY_REFUSED, status=status, **names))
    if status == 404:
        return Fault(EngineRefused(MODEL_UNKNOWN, model=origin.model, **names))
    if 300 <= status < 400:
        return Fault(EngineNotConfigured(REDIRECTS, **names))
    return Fault(_refused(status, code, reason, origin))


def _worth_another_try(status: int, headers: Mapping[str, str], origin: Origin) -> Fault:
    wait = retry_after(headers)
    retry = headers.get("x-should-retry", "").lower() != "false"
    if status == 429:
        asked = wait is not None and wait >= 1
        error = (
            EngineUnavailable(TOO_MANY_WAIT, engine=origin.engine, seconds=round(wait or 0))
            if asked
            else EngineUnavailable(TOO_MANY, engine=origin.engine)
        )
        return Fault(error, retry=retry, retry_after=wait)
    return Fault(EngineUnavailable(OVERLOADED, engine=origin.engine, status=status), retry=retry, retry_after=wait)


def _refused(status: int, code: str, reason: str, origin: Origin) -> EngineError:
    said, told = f"{code} {reason}".lower(), reason or NO_REASON
    if status == 413 or any(words in said for words in TOO_LONG_WORDS):
        return EngineRefused(TOO_LONG, engine=origin.engine, model=origin.model)
    if any(word in said for word in ("content_filter", "content_policy", "moderation_blocked", "safety system")):
        return EngineRefused(CONTENT_REFUSED, engine=origin.engine, reason=told)
    if "credit balance" in said:
        return EngineRefused(NO_CREDIT, engine=origin.engine)
    if any(words in said for words in SCHEMA_WORDS):
        return EngineRefused(SCHEMA_REFUSED, engine=origin.engine, reason=told)
    return EngineRefused(REQUEST_REFUSED, engine=origin.engine, reason=told)


def in_stream(body: object, origin: Origin) -> Fault:
    """An error that the server sent inside a stream that had begun with status 200."""
    detail = _detail(body)
    code = detail.get("code")
    status = int(code) if isinstance(code, int) or (isinstance(code, str) and code.isdecimal()) else 500
    status = TYPES.get(str(detail.get("type")), status)
    if status not in range(300, 600):
        status = 500
    return _of_status(status, detail, {}, origin)


def cut(fault: Fault, origin: Origin, partial: str) -> EngineError:
    """A fault after the first words: the answer is cut, and asking again would write them twice."""
    if not partial:
        return fault.error
    return AnswerCut(CUT, engine=origin.engine, partial=partial)


def retry_after(headers: Mapping[str, str], clock: datetime | None = None) -> float | None:
    """The seconds that Retry-After (or retry-after-ms) asks to wait, None where it says nothing that can be read.

    RFC 9110 section 10.2.3: a number of seconds or an HTTP date.
    """
    try:
        if "retry-after-ms" in headers:
            return _sound(float(headers["retry-after-ms"]) / 1000)
        value = headers.get("retry-after", "")
        return _sound(float(value)) if value else None
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(headers["retry-after"])
    except (ValueError, TypeError, KeyError, IndexError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - (clock or datetime.now(UTC))).total_seconds())


def _sound(seconds: float) -> float | None:
    return seconds if 0 <= seconds < float("inf") else None


def _detail(body: object) -> dict[str, Any]:
    """The part of an error body that holds code and message, in whichever of the usual shapes it comes."""
    if isinstance(body, Mapping):
        inner = body.get("error")
        if isinstance(inner, Mapping):
            return dict(inner)
        if isinstance(inner, str):
            return {**body, "message": inner}
        if "message" not in body and "detail" in body:
            return {**body, "message": body["detail"]}
        return dict(body)
    # A page of HTML says nothing that helps; a short plain sentence may.
    text = body if isinstance(body, str) and not body.lstrip().startswith("<") else ""
    return {"message": text}
