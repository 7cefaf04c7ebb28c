"""The task: one agent criticises a shortlist. Every engine gets the same scores and returns the same remarks."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, Field

from lib.i18n import N_
from lib.tasks import Context, Task

LEAST_GAIN = 0.08  # as for the agents without a model
BAR = 0.5


class Change(BaseModel):
    """A change of one attribute that the agent could ask for, and what it would do."""

    attribute: str
    value: str
    your_view: float
    standing: float


class IdeaSeen(BaseModel):
    """An idea as an agent sees it. Scores lie between 0 and 1; ``proposed_by_you``: then it is not criticised."""

    id: str
    attributes: dict[str, str]
    scores: dict[str, float]
    your_view: float
    standing: float
    pinned: bool = False
    proposed_by_you: bool = False
    changes: list[Change] = Field(default_factory=list)


class Shortlist(BaseModel):
    """What an agent knows when it speaks."""

    role: str
    aim: str
    house: str = ""
    partner: str = ""
    wish: str = ""
    must: list[str] = Field(default_factory=list)
    must_not: list[str] = Field(default_factory=list)
    ideas: list[IdeaSeen]


class Remark(BaseModel):
    """One change that is asked for, and why."""

    idea: str
    attribute: str
    value: str
    why: str = Field(default="", max_length=400)


class Remarks(BaseModel):
    """What an agent says of a shortlist."""

    opening: str = Field(default="", max_length=600)
    remarks: list[Remark] = Field(default_factory=list, max_length=5)


def draft(inputs: Shortlist, context: Context) -> Remarks:
    """The built-in agent: for each idea below its bar, the change that serves it enough and all best.

    It says nothing in words of its own: what a remark does is told from the scores, where it is shown.
    """
    remarks = []
    for idea in inputs.ideas:
        if idea.pinned or idea.proposed_by_you or idea.your_view >= BAR:
            continue
        served = [change for change in idea.changes if change.your_view - idea.your_view >= LEAST_GAIN]
        if served:
            best = max(served, key=lambda change: (change.your_view + change.standing, change.attribute, change.value))
            remarks.append(Remark(idea=idea.id, attribute=best.attribute, value=best.value))
    return Remarks(remarks=remarks[:5])


CRITICISE_IDEAS: Task[Shortlist, Remarks] = Task(
    name="criticise_ideas",
    title=N_("Criticise ideas"),
    inputs=Shortlist,
    output=Remarks,
    draft=draft,
    prompts=Path(__file__).parent.parent / "prompts",
    version="1",
    max_output_tokens=1_500,
    foreign_inputs=True,
)
