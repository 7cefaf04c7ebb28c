"""The agents on a connected model: each speaks in a dialogue of its own, with the same scores as tools.

What it asks for is settled by the same rule as for the agents without a model, so a remark that changes
nothing isn't shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lib.engines.registry import info
from lib.errors import AnswerCut, AnswerInvalid, NotFound
from lib.merchandising.product_ideation.agents import AIM_TITLES, TITLES, Objection, goal_gained
from lib.merchandising.product_ideation.columns import ATTRIBUTES
from lib.merchandising.product_ideation.levels import level
from lib.merchandising.product_ideation.model import Idea, Role
from lib.merchandising.product_ideation.scoring import Scorer
from lib.merchandising.product_ideation.search import neighbours
from lib.merchandising.product_ideation.task import CRITICISE_IDEAS, Change, IdeaSeen, Remark, Remarks, Shortlist
from lib.tasks import Context, Task
from lib.tasks.conversation import Conversation
from lib.tasks.tools import Tool, tool

MOST_CHANGES = 6  # that are told for one idea; the tools know all


@dataclass
class Speakers:
    """Four dialogues on an engine. ``conversations`` are those of the round before, by role."""

    scorer: Scorer
    context: Context
    engine: str
    conversations: dict[str, str] = field(default_factory=dict)
    openings: dict[str, str] = field(default_factory=dict)
    unusable: list[str] = field(default_factory=list)  # roles whose answer did not fit, even after one repair
    on_turn: Callable[[Role], None] = lambda role: None

    def __call__(self, role: Role, ideas: Sequence[Idea]) -> list[tuple[str, Objection]]:
        """What an agent asks for, as the round takes it.

        Raises:
            EngineError: the engine can't be reached, or the budget is spent.
        """
        self.on_turn(role)
        by_id = {idea.id: idea for idea in ideas}
        task = replace(CRITICISE_IDEAS, tools=tools_for(self.scorer, role, by_id))
        dialogue = self._dialogue(role, task)
        try:
            output = dialogue.turn(shortlist(self.scorer, role, ideas)).output
        except (AnswerInvalid, AnswerCut):
            self.unusable.append(role)
            return []
        finally:
            self.conversations[role] = dialogue.id
        if output is None:
            return []
        self.openings[role] = output.opening
        found = [(remark.idea, objection_of(self.scorer, role, by_id, remark)) for remark in output.remarks]
        return [(name, asked) for name, asked in found if asked is not None]

    def _dialogue(self, role: Role, task: Task[Shortlist, Remarks]) -> Conversation[Shortlist, Remarks]:
        if role in self.conversations:
            try:
                return Conversation.resume(self.conversations[role], task, self.context, self.engine)
            except NotFound:  # taken away since: the agent begins anew
                pass
        return Conversation.start(task, self.context, self.engine)


def spoken(engine: str, language: str) -> str:
    """The language that the agents speak: the reader's, or the first one that the engine writes.

    Raises:
        EngineNotConfigured: there is no such engine.
    """
    able = info(engine).languages
    return language if not able or language in able else able[0]


def shortlist(scorer: Scorer, role: Role, ideas: Sequence[Idea]) -> Shortlist:
    """What an agent is told."""
    steering = scorer.steering
    return Shortlist(
        role=TITLES[role].casefold(),
        aim=AIM_TITLES[role].replace("wants", "want", 1),
        house=scorer.codes.house_name,
        partner=scorer.codes.partner_name if scorer.codes.partner else "",
        wish=steering.sentence,
        must=[f"{name}: {value}" for name, value in steering.must],
        must_not=[f"{name}: {value}" for name, value in steering.must_not],
        ideas=[_seen(scorer, role, idea) for idea in ideas],
    )


def _seen(scorer: Scorer, role: Role, idea: Idea) -> IdeaSeen:
    (raw,) = scorer.raw([idea.genome])
    changes = sorted(
        (_change(scorer, role, name, genome) for name, genome in neighbours(scorer, idea.genome)),
        key=lambda change: -(change.your_view + change.standing),
    )
    return IdeaSeen(
        id=idea.id,
        attributes=idea.genome,
        scores={goal: round(value, 3) for goal, value in raw.items()},
        your_view=round(idea.views[role], 3),
        standing=round(idea.standing, 3),
        pinned=idea.pinned,
        proposed_by_you=idea.by == role,
        changes=changes[:MOST_CHANGES],
    )


def _change(scorer: Scorer, role: Role, attribute: str, genome: Mapping[str, str]) -> Change:
    views = scorer.views(dict(genome))
    return Change(
        attribute=attribute,
        value=genome[attribute],
        your_view=round(views[role], 3),
        standing=round(scorer.joint(views), 3),
    )


def objection_of(scorer: Scorer, role: Role, ideas: Mapping[str, Idea], remark: Remark) -> Objection | None:
    """A model's remark as an objection; None where it names nothing that is there, or has no gain."""
    idea = ideas.get(remark.idea)
    if idea is None or remark.attribute not in ATTRIBUTES or idea.by == role:
        return None
    value = (
        remark.value
        if _offered(scorer, idea, remark.attribute, remark.value)
        else level(remark.attribute, remark.value)
    )
    genome = {**idea.genome, remark.attribute: value}
    if not _offered(scorer, idea, remark.attribute, value) or genome == idea.genome or not scorer.allowed(genome):
        return None
    if scorer.views(genome)[role] <= scorer.views(idea.genome)[role]:
        return None
    return Objection(role, remark.attribute, genome, goal_gained(scorer, role, idea.genome, genome), remark.why)


def _offered(scorer: Scorer, idea: Idea, attribute: str, value: str) -> bool:
    return value in scorer.choices[idea.genome["category"]].get(attribute, ())


def tools_for(scorer: Scorer, role: Role, ideas: Mapping[str, Idea]) -> tuple[Tool, ...]:
    """The scores as tools: they read, change nothing, and know what the built-in agents know."""

    @tool(limit=12)
    def score_change(idea: str, attribute: str, value: str) -> dict[str, Any]:
        """What an idea would score if one attribute had another value: every goal, your view, and the standing."""
        there = ideas.get(idea)
        if there is None or not _offered(scorer, there, attribute, value):
            return {"error": "no such idea, or the value is not offered for it; ask values_of"}
        genome = {**there.genome, attribute: value}
        (raw,) = scorer.raw([genome])
        change = _change(scorer, role, attribute, genome)
        told = {goal: round(score, 3) for goal, score in raw.items()}
        return {"scores": told, "your_view": change.your_view, "standing": change.standing}

    @tool(limit=8)
    def values_of(idea: str, attribute: str) -> list[str]:
        """The values that an attribute of an idea may take."""
        there = ideas.get(idea)
        return list(scorer.choices[there.genome["category"]].get(attribute, ())) if there else []

    @tool(limit=8)
    def past_styles(attribute: str, value: str, other_attribute: str, other_value: str) -> dict[str, Any]:
        """How often the house made two values together, and what share of the units then sold at full price."""
        wanted = ((attribute, value), (other_attribute, other_value))
        found = [style for style in scorer.line.styles if all(style.genome.get(name) == one for name, one in wanted)]
        bought = sum(style.bought for style in found)
        sold = sum(style.sold for style in found)
        return {"styles": len(found), "bought": bought, "sell_through": round(sold / bought, 3) if bought else None}

    return (score_change, values_of, past_styles)
