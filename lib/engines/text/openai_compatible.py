"""OpenAI, and every server that speaks its chat completions: Azure, Ollama, vLLM, Mistral, LM Studio, llama.cpp."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from lib.engines.text.call import Place, StreamedEngine, whole_body
from lib.engines.text.faults import NO_MODEL_SERVER, Origin, in_stream
from lib.engines.text.line import Line
from lib.engines.text.model import Message, TextEvent, TextRequest
from lib.engines.text.reading import Reading, field_of, raisable, token_count
from lib.errors import EngineNotConfigured


def openai_client(place: Place, timeout: float, transport: Any) -> Any:
    """OpenAI's SDK over an HTTP client, with its own retries off."""
    import openai

    # The key is never None: the SDK would then take OPENAI_API_KEY and send it to whoever is behind this address.
    return openai.OpenAI(
        api_key=place.key or "none",
        base_url=place.base_url,
        max_retries=0,
        timeout=timeout,
        http_client=transport,
    )


class OpenAICompatible(StreamedEngine):
    """One model behind chat completions."""

    path = "/chat/completions"

    def _answer(self, request: TextRequest, place: Place, line: Line) -> Iterator[Any]:
        with self.client(place, request.timeout, line) as client:
            answer = client.chat.completions.create(**self._body(request))
            with answer:
                kind = answer.response.headers.get("content-type", "").lower()
                if "json" in kind:
                    yield whole_body(answer.response) or {"choices": None}
                elif "html" in kind:
                    raise EngineNotConfigured(NO_MODEL_SERVER, engine=self.title)
                else:
                    yield from answer

    def reading(self, origin: Origin, request: TextRequest) -> Reading:
        return _ChatReading(origin, request, self.capabilities.context)

    def client(self, place: Place, timeout: float, line: Line) -> Any:
        """The SDK's client for one call."""
        return self.sdk(place, timeout, self.transport(timeout, line))

    def sdk(self, place: Place, timeout: float, transport: Any) -> Any:
        return openai_client(place, timeout, transport)

    def events(self, sdk: Any, response: Any) -> Iterator[Any]:
        import openai
        from openai.types.chat import ChatCompletionChunk

        return iter(openai.Stream(cast_to=ChatCompletionChunk, response=response, client=sdk))

    def _body(self, request: TextRequest) -> dict[str, Any]:
        can = self.capabilities
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [_message(message) for message in request.messages],
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
        if request.tools:
            body["tools"] = [
                {
                    "type": "function",
                    "function": {
                        "name": tool.name,
                        "description": tool.description,
                        "parameters": tool.schema,
                        "strict": True,
                    },
                }
                for tool in request.tools
            ]
        if request.schema is not None and can.structured == "json_schema":
            form = {"name": request.schema_name, "schema": request.schema, "strict": True}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
        elif request.schema is not None and can.structured == "json_object":
            body["response_format"] = {"type": "json_object"}
        return body


def _message(message: Message) -> dict[str, Any]:
    if message.role == "tool":
        return {"role": "tool", "tool_call_id": message.call_id, "content": message.text}
    content: Any = message.text
    if message.images:
        seen = [
            {
                "type": "image_url",
                "image_url": {"url": f"data:{image.media_type};base64,{base64.b64encode(image.data).decode()}"},
            }
            for image in message.images
        ]
        content = [*seen, {"type": "text", "text": message.text}]
    written: dict[str, Any] = {"role": message.role, "content": content}
    if message.calls:
        written["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
            for call in message.calls
        ]
    return written


class _ChatReading(Reading):
    """Chunks of chat completions: SDK objects, or one dictionary where the server did not stream."""

    def events(self, chunk: Any) -> Iterator[TextEvent]:
        choices = field_of(chunk, "choices")
        if isinstance(chunk, dict) and choices is None and "error" in chunk:
            raise raisable(in_stream(chunk, self.origin), self.origin, self.text)
        if not isinstance(choices, list):
            raise self.garbled()
        self.any = True
        self._count(field_of(chunk, "usage"))
        model = field_of(chunk, "model")
        self.model = model if isinstance(model, str) and model else self.model
        for choice in choices[:1]:
            yield from self._choice(choice)

    def _count(self, usage: Any) -> None:
        if usage is not None:
            self.read = token_count(field_of(usage, "prompt_tokens"))
            self.written = token_count(field_of(usage, "completion_tokens"))

    def _choice(self, choice: Any) -> Iterator[TextEvent]:
        said = field_of(choice, "delta") or field_of(choice, "message")
        refusal, reason = field_of(said, "refusal"), field_of(choice, "finish_reason")
        if isinstance(refusal, str):
            self.refusal.append(refusal)
        if isinstance(reason, str) and reason:
            self.reason = reason
            self.length, self.refused = reason == "length", reason == "content_filter"
        for place, call in enumerate(field_of(said, "tool_calls") or ()):
            asked, index = field_of(call, "function"), field_of(call, "index")
            spot = index if isinstance(index, int) else place
            self.call(spot, field_of(call, "id"), field_of(asked, "name"), field_of(asked, "arguments"))
        yield from self.say(field_of(said, "content"))
