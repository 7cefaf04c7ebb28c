"""Holding a call against the budgets of its workspace and its cohort before it is sent."""

from __future__ import annotations

from sqlite_utils import Database

from lib.access import Actor
from lib.database.budgets import Limit, limits, set_aside
from lib.engines.prices import Price, estimated_tokens, rate
from lib.engines.text.model import TextRequest
from lib.errors import BudgetSpent
from lib.i18n import N_, amount

SPENT = N_(
    "The budget of this workspace does not cover this call: {budget} in all, {spent} spent or set aside, up to "
    "{estimate} for this call. Nothing was sent. Raise the budget, or choose an engine without a price."
)
COHORT_SPENT = N_(
    "The budget of the cohort {cohort} does not cover this call: {budget} in all, {spent} spent or set aside, up to "
    "{estimate} for this call. Nothing was sent. Raise the budget, or choose an engine without a price."
)
UNPRICED = N_(
    "There is a budget to keep to, and no price is known for {engine}. Nothing was sent. Set price_input and "
    "price_output for it in secrets.toml, or choose another engine."
)
NO_RATE = N_(
    "The budget is in {into} and a cost is in {currency}, and no rate between them is known. Nothing was sent. Add "
    "both currencies under [exchange] in secrets.toml."
)


TOKENS_OF_AN_IMAGE = 1_600  # about what the largest picture that is sent costs with today's providers


def tokens_sent(request: TextRequest) -> int:
    """An upper estimate of the tokens of all that a request holds."""
    read = sum(
        estimated_tokens(message.text + "".join(call.name + call.arguments for call in message.calls))
        + TOKENS_OF_AN_IMAGE * len(message.images)
        for message in request.messages
    )
    read += sum(estimated_tokens(f"{tool.name} {tool.description} {tool.schema}") for tool in request.tools)
    return read + (estimated_tokens(str(request.schema)) if request.schema else 0)


def most_it_costs(request: TextRequest, price: Price) -> float:
    """An upper estimate: all of the input, and as much output as the request allows."""
    return price.cost(tokens_sent(request), request.max_tokens)


def hold(
    database: Database,
    actor: Actor,
    run_id: str,
    engine: str,
    request: TextRequest,
    price: Price | None,
    so_far: float,
    cohort: str = "",
) -> None:
    """Set the call's upper estimate, and what the run has cost ``so_far``, aside in the budgets that it falls under.

    Raises:
        BudgetSpent: one does not cover it, or it cannot be reckoned; nothing may then be sent.
    """
    estimate = so_far + most_it_costs(request, price) if price else None
    hold_amount(database, actor, run_id, engine, estimate, price.currency if price else "", cohort)


def hold_amount(
    database: Database,
    actor: Actor,
    run_id: str,
    engine: str,
    estimate: float | None,
    currency: str,
    cohort: str = "",
    unpriced: str = UNPRICED,
) -> None:
    """Set what a run costs at most aside in the budgets that it falls under; None: nobody knows a price.

    ``unpriced`` is what is then said where there is a budget.

    Raises:
        BudgetSpent: one does not cover it, or it cannot be reckoned; nothing may then be sent.
    """
    if estimate is None:
        if limits(database, actor, cohort):
            raise BudgetSpent(unpriced, engine=engine)
        return
    wanted_in_all = estimate

    def fits(limit: Limit) -> None:
        if wanted_in_all == 0:
            return
        # The run's own earlier estimate is among what is spent: it is replaced, not added to.
        others = dict(limit.spent)
        others[currency] = others.get(currency, 0.0) - _set_aside(database, run_id)
        used = sum(into(paid, unit, limit.currency) for unit, paid in others.items() if paid)
        wanted = into(wanted_in_all, currency, limit.currency)
        if used + wanted > limit.budget:
            shown = {"budget": limit.budget, "spent": used, "estimate": wanted}
            values = {name: amount(value, limit.currency) for name, value in shown.items()}
            if limit.cohort:
                raise BudgetSpent(COHORT_SPENT, cohort=limit.cohort, **values)
            raise BudgetSpent(SPENT, **values)

    set_aside(database, actor, run_id, estimate, currency, fits, cohort)


def _set_aside(database: Database, run_id: str) -> float:
    row = database.execute("select coalesce(cost, 0) from runs where id = ?", [run_id]).fetchone()
    return float(row[0]) if row else 0.0


def into(value: float, currency: str, other: str) -> float:
    """``value`` in another currency.

    Raises:
        BudgetSpent: no rate between the two is known, so that nothing can be held to the budget.
    """
    factor = rate(currency, other)
    if factor is None:
        raise BudgetSpent(NO_RATE, currency=currency, into=other)
    return value * factor
