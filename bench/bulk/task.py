"""A small task as a house would run it over its whole review file: an enum, a short list, a sentence, three checks."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from lib.checks import Check, CheckResult
from lib.checks.language import language_findings
from lib.checks.length import Limit, length_findings
from lib.checks.markup import find_markup
from lib.tasks import Context, Task


class Mood(StrEnum):
    """How the customer feels."""

    CONTENT = "content"
    MIXED = "mixed"
    DISAPPOINTED = "disappointed"


class Topic(StrEnum):
    """What a review can be about."""

    FIT = "fit"
    FABRIC = "fabric"
    FINISH = "finish"
    COLOUR = "colour"
    DELIVERY = "delivery"
    PRICE = "price"
    SERVICE = "service"


class Review(BaseModel):
    """One review."""

    product: str
    review: str


class Note(BaseModel):
    """What a merchandiser needs to know of it."""

    mood: Mood
    topics: list[Topic] = Field(min_length=1, max_length=3)
    summary: str = Field(min_length=1, max_length=200)
    urgent: bool


LIMITS = (Limit("summary", most=140, too_long="The summary has {length} characters; {most} fit the list."),)


def _length(inputs: Review, output: Note, language: str) -> CheckResult:
    return CheckResult("length", tuple(length_findings(output.summary, "summary", LIMITS)))


def _markup(inputs: Review, output: Note, language: str) -> CheckResult:
    return CheckResult("markup", tuple(find_markup(output.summary, "summary")))


def _language(inputs: Review, output: Note, language: str) -> CheckResult:
    return CheckResult("language", tuple(language_findings(output.summary, "summary", language)))


def _draft(inputs: Review, context: Context) -> Note:
    return Note(mood=Mood.MIXED, topics=[Topic.FIT], summary=inputs.review[:140], urgent=False)


NOTE_REVIEW: Task[Review, Note] = Task(
    name="note_review",
    title="Note a review",
    inputs=Review,
    output=Note,
    draft=_draft,
    prompts=Path(__file__).with_name("prompts"),
    version="1",
    checks=(
        Check("length", "Length", _length),
        Check("markup", "Markup", _markup),
        Check("language", "Language", _language),
    ),
    max_output_tokens=200,
)
DOTTED = "bench.bulk.task.NOTE_REVIEW"
ANSWER = Note(
    mood=Mood.MIXED,
    topics=[Topic.FIT, Topic.FABRIC],
    summary="The customer likes the weight of the linen and finds the shoulders of the dress too narrow for her size.",
    urgent=False,
)


def review(number: int) -> dict[str, Any]:
    """The inputs of row ``number``."""
    return {
        "product": f"Linen dress no. {number}",
        "review": f"Order {number}. The linen has a good weight and the colour is as shown. The shoulders are narrow: "
        "I take a 40 in every other dress of the house and had to send this one back for a 42.",
    }
