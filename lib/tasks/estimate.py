"""What a task, or many at once, will cost on an engine: said before anything is sent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from lib.database import connect
from lib.database.runs import recent
from lib.engines.prices import price_of
from lib.engines.registry import BUILT_IN, engine_settings
from lib.engines.registry import engine as engine_called
from lib.tasks.asking import Asking
from lib.tasks.budget import tokens_sent
from lib.tasks.model import Context, In, Out, Task
from lib.tasks.prompts import load_prompt
from lib.tasks.toolbox import Toolbox

SAMPLE = 100  # inputs that are rendered; more are estimated from these
ENOUGH_RUNS = 5  # of this task on this engine, to go by what they took
LEAST_SHARE = 0.5  # of the cautious estimate of what is sent: texts have up to twice the letters in a token
SHORTEST_ANSWER = 0.1  # of what an answer may have, where no run says more


@dataclass(frozen=True)
class Estimate:
    """``low`` to ``high`` is money in ``currency``; None where no price is known. Tokens are those of all calls.

    ``high`` is what is set aside in the budget: all answers as long as they may be. A repair would come on top.
    ``runs`` is how many earlier runs it goes by, 0 where there were too few.
    """

    calls: int
    low: float | None
    high: float | None
    currency: str
    input_tokens: tuple[int, int]
    output_tokens: tuple[int, int]
    runs: int = 0


def estimate(task: Task[In, Out], inputs: Sequence[In], context: Context, engine: str) -> Estimate:
    """What doing ``task`` once for each of ``inputs`` will cost. Nothing is sent.

    Raises:
        EngineNotConfigured: there is no such engine.
        PromptError: the prompt cannot be filled in with one of the inputs.
    """
    if engine == BUILT_IN or not inputs:
        return Estimate(len(inputs), 0.0, 0.0, "EUR", (0, 0), (0, 0))
    found = engine_called(engine)
    sent = _sent(task, inputs, context, engine)
    past = _past(task, context, engine)
    most = task.max_output_tokens * len(inputs)
    least = round(most * SHORTEST_ANSWER)
    if past:
        tenths = quantiles(past, n=10)
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
    )


def _sent(task: Task[In, Out], inputs: Sequence[In], context: Context, engine: str) -> int:
    """Tokens of all requests at most, from a sample spread evenly over the inputs."""
    step = max(1, len(inputs) // SAMPLE)
    sample = inputs[::step]
    found = engine_called(engine)
    with connect() as database:
        prompt = load_prompt(database, context.actor, task)
    box = Toolbox(task, context, "", steered=True)
    sizes = [tokens_sent(Asking(task, one, context, found, prompt, 0.0).request(box)) for one in sample]
    return math.ceil(sum(sizes) * len(inputs) / len(sample))


def _past(task: Task[In, Out], context: Context, engine: str) -> list[int]:
    """Output tokens of the workspace's last runs of this task on this engine; empty where they are too few."""
    with connect() as database:
        rows = recent(database, context.actor, limit=200, task=task.name, status="done")
    counts = [row["output_tokens"] for row in rows if row["engine"] == engine and row["output_tokens"]]
    return counts if len(counts) >= ENOUGH_RUNS else []
