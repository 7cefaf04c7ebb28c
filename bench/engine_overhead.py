"""Tokens per second through a task against the same calls made straight to the model server, in turn.

Both sides send the same messages, schema and seed to the small model on this machine. Ours renders the prompt, holds
the budget, parses every partial output, validates, checks and records; the other side is the bare SDK reading the
stream.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from bench.model import Result, median

TURNS = 8
TARGET = 0.95
PROMPT = """---
description: Bench.
---
# system
You write about clothes in {{ language }}.
# user
Write about a {{ colour }} linen dress.
"""


class Wish(BaseModel):
    """What is asked for."""

    colour: str


class Lines(BaseModel):
    """An answer of a known length: the schema ends it, so both sides write the same number of tokens."""

    words: list[bool] = Field(min_length=40, max_length=40)


def _prepared(folder: Path) -> tuple[Any, Any]:
    os.environ["TOILE_DB"] = str(folder / "toile.db")
    os.environ["TOILE_SECRETS"] = str(folder / "secrets.toml")
    from lib.database import connect
    from lib.database.people import actor_for, create_person, create_workspace
    from lib.settings import settings
    from lib.tasks import Context, Task

    settings.cache_clear()
    (folder / "prompts").mkdir()
    (folder / "prompts" / "bench.md").write_text(PROMPT, encoding="utf-8")
    with connect() as database:
        person, _token = create_person(database, "Bench")
        actor = actor_for(database, person, create_workspace(database, person, "Bench"))
    task = Task(
        name="bench",
        title="Bench",
        inputs=Wish,
        output=Lines,
        draft=lambda inputs, context: Lines(words=[True] * 40),
        prompts=folder / "prompts",
        version="1",
        max_output_tokens=600,
    )
    return task, Context(actor=actor, seed=1)


def _bare(client: Any, body: dict[str, Any]) -> tuple[int, float, float]:
    """Tokens, seconds and seconds to the first token of one call by the SDK alone."""
    began, first, tokens = time.perf_counter(), 0.0, 0
    with client.chat.completions.create(**body) as stream:
        for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content:
                first = first or time.perf_counter() - began
            if chunk.usage:
                tokens = chunk.usage.completion_tokens
    return tokens, time.perf_counter() - began, first


def _ours(task: Any, context: Any) -> tuple[int, float, float]:
    """The same through a task."""
    from lib.tasks import Partial, TaskFinished
    from lib.tasks.run import stream_task

    began, first, tokens = time.perf_counter(), 0.0, 0
    for event in stream_task(task, Wish(colour="red"), context, "smollm2"):
        if isinstance(event, Partial):
            first = first or time.perf_counter() - began
        elif isinstance(event, TaskFinished):
            tokens = event.run.output_tokens
    return tokens, time.perf_counter() - began, first


def measured(turns: int = TURNS) -> tuple[list[tuple[int, float, float]], list[tuple[int, float, float]]]:
    """(tokens, seconds, seconds to the first token) of each turn: ours, and the bare SDK's."""
    import openai

    with tempfile.TemporaryDirectory() as folder:
        task, context = _prepared(Path(folder))
        from lib.engines.embedded.engine import EmbeddedEngine
        from lib.engines.registry import engine
        from lib.tasks.asking import Asking
        from lib.tasks.prompts import read_file
        from lib.tasks.toolbox import Toolbox

        small = engine("smollm2")
        assert isinstance(small, EmbeddedEngine)
        place = small.place()
        asking = Asking(task, Wish(colour="red"), context, small, read_file(task.prompts, "bench"), 60.0)
        body = small._body(asking.request(Toolbox(task, context, "", steered=True)))
        client = openai.OpenAI(api_key=place.key, base_url=place.base_url, max_retries=0)
        _ours(task, context), _bare(client, body)  # both have been loaded and the prompt is in the cache of both
        pairs = [(_ours(task, context), _bare(client, body)) for _turn in range(turns)]
    return [ours for ours, _bare in pairs], [bare for _ours, bare in pairs]


def run() -> Result:
    """Medians of ``TURNS`` turns each."""
    ours, bare = measured()
    speeds = [[tokens / seconds for tokens, seconds, _first in side] for side in (ours, bare)]
    detail = {
        "ours": speeds[0],
        "bare SDK": speeds[1],
        "tokens": [ours[0][0], bare[0][0]],
        "target": f"ratio at least {TARGET}",
    }
    return Result("engine_overhead", "tokens per second", median(speeds[0]), median(speeds[1]), "1/s", detail)
