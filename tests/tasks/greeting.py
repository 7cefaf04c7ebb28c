"""The smallest task there is: a greeting."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, Field

from lib.checks import Check, CheckResult, Finding, Verdict
from lib.tasks import Context, Task


class Tone(StrEnum):
    WARM = "warm"
    FORMAL = "formal"


class Greet(BaseModel):
    name: str
    likes: list[str] = []


class Line(BaseModel):
    text: str = Field(max_length=80)
    words: int = Field(ge=0)


class Greeting(BaseModel):
    tone: Tone
    lines: list[Line] = Field(min_length=1)
    sign: str | None = None


def draft(inputs: Greet, context: Context) -> Greeting:
    hello = "Bonjour" if context.language == "fr" else "Hello"
    earlier = f" ({len(context.history)})" if context.history else ""
    return Greeting(tone=Tone.WARM, lines=[Line(text=f"{hello} {inputs.name}{earlier}", words=2)])


def check_short(inputs: Greet, output: Greeting, language: str) -> CheckResult:
    long = [Finding("lines", Verdict.WARN, "too many lines")] if len(output.lines) > 2 else []
    return CheckResult("short", tuple(long))


GREET: Task[Greet, Greeting] = Task(
    name="greet",
    title="Greeting",
    inputs=Greet,
    output=Greeting,
    draft=draft,
    prompts=Path(__file__).with_name("prompts"),
    version="1",
    checks=(Check("short", "Short", check_short),),
    max_output_tokens=200,
)
GOOD = Greeting(tone=Tone.FORMAL, lines=[Line(text='Good day, "Ada" ☕', words=3)], sign="Solène")
