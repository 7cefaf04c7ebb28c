"""What a round will cost on a connected model: four answers, each to a shortlist as long as the round's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lib.errors import NotFound
from lib.merchandising.product_ideation.model import ROLES, Role, Round
from lib.merchandising.product_ideation.rounds import candidates, hold_round
from lib.merchandising.product_ideation.scoring import Scorer
from lib.merchandising.product_ideation.speaking import shortlist, tools_for
from lib.merchandising.product_ideation.task import CRITICISE_IDEAS
from lib.tasks import Context
from lib.tasks.conversation import Conversation
from lib.tasks.estimate import Estimate, estimate

GENERATIONS, POPULATION = 2, 32  # of a search whose ideas only stand for others of their length


def outlook(scorer: Scorer, context: Context, engine: str, before: Round | None = None) -> Estimate:
    """What the four agents' answers will cost, with what each dialogue has said in the rounds before. Nothing is sent.

    An agent that looks at scores with its tools asks further times; that comes on top.

    Raises:
        EngineNotConfigured, PromptError: see ``lib.tasks.estimate.estimate``.
        InputError: no combination is left to propose.
    """
    wanted = scorer.steering.model_copy(update={"ideas": candidates(scorer.steering.ideas)})
    long = Scorer(scorer.sell, scorer.margin, scorer.codes, wanted, scorer.seed)
    ideas = hold_round(long, 1, scorer.seed, generations=GENERATIONS, population=POPULATION).ideas
    found = []
    for role in ROLES:
        if role not in ideas[0].views:
            continue
        task = replace(CRITICISE_IDEAS, tools=tools_for(long, role, {idea.id: idea for idea in ideas}))  # type: ignore[arg-type]
        there = _with_history(context, role, before, engine)  # type: ignore[arg-type]
        found.append(estimate(task, [shortlist(long, role, ideas)], there, engine))  # type: ignore[arg-type]
    return _together(found)


def _with_history(context: Context, role: Role, before: Round | None, engine: str) -> Context:
    """The context of an agent's dialogue: what it said in the rounds before is sent again."""
    dialogue = before.conversations.get(role) if before and before.engine == engine else None
    if dialogue is None:
        return context
    try:
        history = Conversation.resume(dialogue, CRITICISE_IDEAS, context, engine).history
    except NotFound:  # taken away since: the agent begins anew
        return context
    return replace(context, history=tuple(history))


def _together(parts: Sequence[Estimate]) -> Estimate:
    """The sum of the agents' estimates; unknown where one of them is."""
    seconds = [one.seconds for one in parts if one.seconds is not None]
    lows = [one.low for one in parts if one.low is not None]
    highs = [one.high for one in parts if one.high is not None]
    return Estimate(
        calls=sum(one.calls for one in parts),
        low=sum(lows) if len(lows) == len(parts) else None,
        high=sum(highs) if len(highs) == len(parts) else None,
        currency=parts[0].currency,
        input_tokens=(sum(one.input_tokens[0] for one in parts), sum(one.input_tokens[1] for one in parts)),
        output_tokens=(sum(one.output_tokens[0] for one in parts), sum(one.output_tokens[1] for one in parts)),
        runs=min(one.runs for one in parts),
        seconds=sum(seconds) if len(seconds) == len(parts) else None,
    )
