"""What a comparison will cost and how long it will take, side by side, said before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lib.access import Actor
from lib.comparable import Input
from lib.database.comparisons import USE_CASE, Side
from lib.engines.registry import BUILT_IN, info
from lib.errors import BudgetSpent, ToileError
from lib.i18n import translate
from lib.tasks import Context
from lib.tasks.estimate import Estimate, estimate, objection
from lib.tasks.run import require_language
from lib.workbench.comparison import prompt_of_side, varied
from lib.workbench.tasks import Contender


@dataclass(frozen=True)
class SideEstimate:
    """One side's estimate, or in ``problem`` why its texts could not be written."""

    side: Side
    estimate: Estimate | None
    problem: ToileError | None = None


@dataclass(frozen=True)
class Total:
    """All sides together. ``calls`` are those of models.

    ``costs`` are (low, high) by currency; None where a price is unknown. ``seconds`` is None where the time of one side
    is unknown. ``objection`` says that the budget will not or may not do.
    """

    calls: int
    input_tokens: tuple[int, int]
    output_tokens: tuple[int, int]
    costs: dict[str, tuple[float, float]] | None
    seconds: float | None
    objection: BudgetSpent | None

    @property
    def free(self) -> bool:
        """Whether nothing is paid for it."""
        return self.costs == {}


def beforehand(
    actor: Actor, of: Contender, language: str, chosen: Sequence[Input], sides: Sequence[Side]
) -> tuple[tuple[SideEstimate, ...], Total]:
    """The estimate of each side, in order, and of all. Nothing is sent."""
    context = Context(actor=actor, language=language, use_case=USE_CASE)
    found = tuple(_side(of, context, chosen, side) for side in sides)
    return found, _total(found, context)


def _side(of: Contender, context: Context, chosen: Sequence[Input], side: Side) -> SideEstimate:
    try:
        engine = info(side.engine)
        require_language(engine.title, engine.languages, context.language)
        with prompt_of_side(of, side):
            inputs = [varied(of, side, one.values) for one in chosen]
            return SideEstimate(side, estimate(of.task, inputs, context, side.engine))
    except ToileError as problem:
        return SideEstimate(side, None, problem)


def _total(found: Sequence[SideEstimate], context: Context) -> Total:
    known = [(translate(info(one.side.engine).title), one.estimate) for one in found if one.estimate]
    estimates = [one for _title, one in known]
    seconds = [one.seconds for one in estimates if one.seconds is not None]
    return Total(
        calls=sum(one.estimate.calls for one in found if one.estimate and one.side.engine != BUILT_IN),
        input_tokens=_sum([one.input_tokens for one in estimates]),
        output_tokens=_sum([one.output_tokens for one in estimates]),
        costs=_costs(estimates),
        seconds=sum(seconds) if estimates and len(seconds) == len(estimates) else None,
        objection=objection(known, context),
    )


def _sum(ranges: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return sum(low for low, _high in ranges), sum(high for _low, high in ranges)


def _costs(estimates: Sequence[Estimate]) -> dict[str, tuple[float, float]] | None:
    costs: dict[str, tuple[float, float]] = {}
    for one in estimates:
        if one.low is None or one.high is None:
            return None
        if one.high:
            before = costs.get(one.currency, (0.0, 0.0))
            costs[one.currency] = (before[0] + one.low, before[1] + one.high)
    return costs
