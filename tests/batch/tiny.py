"""A small task for the tests of bulk runs, whose prompt and answers fit on a line, and jobs of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from lib.access import Actor
from lib.checks import CheckResult, Finding, Verdict
from lib.database import connect
from lib.database.new_jobs import NewItem, create_rows_job
from lib.tasks.model import Context, Task
from lib.tasks.prompts import read_file


class Wish(BaseModel):
    """What is asked for."""

    number: int
    colour: str = "red"


class Line(BaseModel):
    """The answer says which row it is for."""

    number: int
    text: str = Field(min_length=1)


class LongEnough:
    """A check that fails a text of one word."""

    name = "long_enough"

    def run(self, inputs: Wish, output: Line, language: str) -> CheckResult:
        short = len(output.text.split()) < 2
        found = (Finding("text", Verdict.FAIL, "Too short."),) if short else ()
        return CheckResult(self.name, found)


def draft(inputs: Wish, context: Context) -> Line:
    """What the built-in engine writes."""
    return Line(number=inputs.number, text=f"A {inputs.colour} dress, number {inputs.number}.")


TINY = Task(
    name="tiny",
    title="Tiny",
    inputs=Wish,
    output=Line,
    draft=draft,
    prompts=Path(__file__).with_name("prompts"),
    version="1",
    checks=(LongEnough(),),  # type: ignore[arg-type]
    max_output_tokens=100,
)
DOTTED = "tests.batch.tiny.TINY"


def wishes(count: int) -> list[NewItem]:
    return [NewItem(f"row {number}", "en", {"number": number}) for number in range(count)]


def start(actor: Actor, items: int | Iterable[NewItem] = 10, engine: str = "built-in", **fields: Any) -> str:
    """A job of the tiny task; its id."""
    rows = wishes(items) if isinstance(items, int) else items
    prompt = None if engine == "built-in" else read_file(TINY.prompts, TINY.name).hash
    values: dict[str, Any] = {
        "use_case": "product_descriptions",
        "task": DOTTED,
        "name": TINY.name,
        "version": TINY.version,
        "title": "Tiny",
        "title_values": {},
        "engine": engine,
        "prompt_hash": prompt,
        "seed": 0,
        **fields,
    }
    with connect() as database:
        return create_rows_job(database, actor, items=rows, **values)


def answered(body: dict[str, Any]) -> str:
    """A good answer to a request for the tiny task: its number is read back from the prompt."""
    said = str(body["messages"][-1]["content"])
    number = int(said.rsplit("number ", 1)[1].split(".")[0])
    return json.dumps({"number": number, "text": f"A dress, number {number}."})
