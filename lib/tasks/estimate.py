"""What a task, or many at once, will cost on an engine: said before anything is sent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from lib.checks.injection import canary_of
from lib.database import connect
from lib.database.budgets import limits
from lib.database.runs import Past, past_runs
from lib.engines.prices import price_of
from lib.engines.registry import BUILT_IN, engine_settings
from lib.engines.registry import engine as engine_called
from lib.errors import BudgetSpent
from lib.i18n import N_, amount
from lib.tasks.asking import Asking
from lib.tasks.budget import UNPRICED, into, tokens_sent
from lib.tasks.model import Context, In, Out, Task
from lib.tasks.prompts import load_prompt
from lib.tasks.toolbox import Toolbox

SAMPLE = 100  # inputs that are rendered; more are estimated from these
ENOUGH_RUNS = 5  # of this task on this engine, to go by what they took
LEAST_SHARE = 0.5  # of the cautious estimate of what is sent: texts have up to twice the letters in a token
SHORTEST_ANSWER = 0.1  # of what an answer may have, where no run says more

TOO_LITTLE = N_(
    "The budget of this workspace does not cover this: {left} of {budget} is left, and it takes at least {low}. Raise "
    "the budget, ask for fewer texts, or choose an engine without a price."
)
MAY_NOT_LAST = N_(
    "The budget of this workspace may not last to the end: {left} of {budget} is left, and it takes up to {high}. What "
    "no longer fits in is not sent. Raise the budget, or ask for fewer texts."
)


@dataclass(frozen=True)
class Estimate:
    """``low`` to ``high`` is money in ``currency``; None where no price is known. Tokens are those of all calls.

    ``high`` is what is set aside in the budget: all answers as long as they may be. A repair would come on top.
    ``runs`` is how many earlier runs it goes by, 0 where there were too few. ``seconds`` is how long all calls take
    one after another at the earlier runs' median, None where there were too few.
    """

    calls: int
    low: float | None
    high: float | None
    currency: str
    input_tokens: tuple[int, int]
    output_tokens: tuple[int, int]
    runs: int = 0
    seconds: float | None = None


def estimate(task: Task[In, Out], inputs: Sequence[In], context: Context, engine: str) -> Estimate:
    """What doing ``task`` once for each of ``inputs`` will cost. Nothing is sent.

    Raises:
        EngineNotConfigured: there is no such engine.
        PromptError: the prompt cannot be filled in with one of the inputs.
    """
    past = _past(task, context, engine)
    seconds = median(run.seconds for run in past) * len(inputs) if past else None
    if engine == BUILT_IN or not inputs:
        return Estimate(len(inputs), 0.0, 0.0, "EUR", (0, 0), (0, 0), len(past), seconds)
    found = engine_called(engine)
    sent = _sent(task, inputs, context, engine)
    counted = [run.output_tokens for run in past if run.output_tokens]
    most = task.max_output_tokens * len(inputs)
    least = round(most * SHORTEST_ANSWER)
    if len(counted) >= ENOUGH_RUNS:
        tenths = quantiles(counted, n=10)
        least = min(most, round(tenths[0] * len(inputs)))
    price = price_of(engine_settings(engine), found.model)
    read, written = (math.floor(sent * LEAST_SHARE), sent), (least, most)
    return Estimate(
        calls=len(inputs),
        low=price.cost(read[0], written[0]) if price else None,
        high=price.cost(read[1], written[1]) if price else None,
        currency=price.currency if price else "",
        input_tokens=read,
        output_tokens=written,
        runs=len(past),
        seconds=seconds,
    )


def _sent(task: Task[In, Out], inputs: Sequence[In], context: Context, engine: str) -> int:
    """Tokens of all requests at most, from a sample spread evenly over the inputs."""
    step = max(1, len(inputs) // SAMPLE)
    sample = inputs[::step]
    found = engine_called(engine)
    with connect() as database:
        prompt = load_prompt(database, context.actor, task)
    box = Toolbox(task, context, "", steered=True)
    mark = canary_of("")  # as long as the one that a run plants
    sizes = [tokens_sent(Asking(task, one, context, found, prompt, 0.0, mark).request(box)) for one in sample]
    return math.ceil(sum(sizes) * len(inputs) / len(sample))


def _past(task: Task[In, Out], context: Context, engine: str) -> list[Past]:
    """The workspace's last runs of this task on this engine, a comparison's too; empty where they are too few."""
    with connect() as database:
        found = past_runs(database, context.actor, task.name, engine)
    return found if len(found) >= ENOUGH_RUNS else []


def objection(found: Sequence[tuple[str, Estimate]], context: Context) -> BudgetSpent | None:
    """Why the workspace's or the cohort's budget will not, or may not, cover all of ``found``; None where it does.

    Each estimate comes with its engine's title. Each call is still held against the budget before it is sent.
    """
    with connect() as database:
        budgets = limits(database, context.actor, context.cohort)
    for limit in budgets:
        unpriced = [title for title, one in found if one.calls and one.high is None]
        if unpriced:
            return BudgetSpent(UNPRICED, engine=unpriced[0])
        try:
            used = sum(into(paid, unit, limit.currency) for unit, paid in limit.spent.items() if paid)
            low = sum(into(one.low, one.currency, limit.currency) for _title, one in found if one.low)
            high = sum(into(one.high, one.currency, limit.currency) for _title, one in found if one.high)
        except BudgetSpent as no_rate:
            return no_rate
        left = max(0.0, limit.budget - used)
        said = {"left": left, "budget": limit.budget, "low": low, "high": high}
        if high > left:
            message = TOO_LITTLE if low > left else MAY_NOT_LAST
            return BudgetSpent(message, **{name: amount(value, limit.currency) for name, value in said.items()})
    return None
