"""The task: one turn of a conversation with client service. Every engine gets the same passages and tools."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field

from lib.checks.given import Given
from lib.commerce.service_assistant.knowledge import Section
from lib.commerce.service_assistant.tools import TOOLS
from lib.i18n import N_
from lib.tasks import Call, Context, Task

Channel = Literal["chat", "e-mail", "text", "social"]
Resolution = Literal["answered", "action", "asks_identity", "handed_over", "refused", "says_unknown"]


class ClientMessage(BaseModel):
    """What the assistant knows when a client has written: the message, what was recognised, and the passages found.

    ``text`` holds no instruction to machines any more: those sentences are in ``marked``.
    """

    text: str
    channel: Channel = "chat"
    language: str = "en"  # of the message, as it was recognised
    today: str = ""  # ISO
    intent: str = "other"
    probability: float = 0.0
    sure: bool = True
    signal: str = ""  # what goes to a person: 'safety', 'legal threat', 'anger', 'asks for a person'
    sections: list[Section] = Field(default_factory=list)  # nearest to the question, best first
    procedure: list[Section] = Field(default_factory=list)  # how the house does what the client wants
    limits: list[Section] = Field(default_factory=list)  # the rules on time and value, for what is about a piece
    marked: list[str] = Field(default_factory=list)
    characters: int = 0  # of the message as it came


class Answer(BaseModel):
    """What the client reads, and what it rests on."""

    text: str = Field(max_length=4_000)
    cites: list[int] = Field(default_factory=list, max_length=8)  # ids of sections
    resolution: Resolution = "answered"
    language: str = "en"  # that the answer is written in
    reason: str = ""  # of a hand-over or a refusal, for the team


def plan(inputs: ClientMessage, context: Context) -> Call | None:
    """The built-in engine's next call."""
    from lib.commerce.service_assistant.moves import next_move, read_case

    move = next_move(read_case(inputs, context))
    return move if isinstance(move, Call) else None


def draft(inputs: ClientMessage, context: Context) -> Answer:
    """The built-in engine's answer, composed from passages and from what the tools gave."""
    from lib.commerce.service_assistant.moves import read_case, reply_to
    from lib.commerce.service_assistant.writing import written

    case = read_case(inputs, context)
    return written(case, reply_to(case))


ANSWER_CLIENT: Task[ClientMessage, Answer] = Task(
    name="answer_client",
    title=N_("Answer a client"),
    inputs=ClientMessage,
    output=Answer,
    draft=draft,
    prompts=Path(__file__).parent.parent / "prompts",
    version="1",
    max_output_tokens=1_200,
    tools=TOOLS,
    plan=plan,
    given=Given(repeats=("sections", "procedure", "limits")),  # an answer quotes the passages that it cites
    foreign_inputs=True,
)
