"""Holding a call against the workspace's budget before it is sent."""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database

from lib.access import Actor
from lib.database.budgets import set_aside
from lib.database.people import workspace
from lib.engines.prices import Price, estimated_tokens, rate
from lib.engines.text.model import TextRequest
from lib.errors import BudgetSpent
from lib.i18n import N_, money

SPENT = N_(
    "The budget of this workspace does not cover this call: {budget} in all, {spent} spent or set aside, up to "
    "{estimate} for this call. Nothing was sent. Raise the budget, or choose an engine without a price."
)
UNPRICED = N_(
    "This workspace has a budget, and no price is known for {engine}. Nothing was sent. Set price_input and "
    "price_output for it in secrets.toml, or choose another engine."
)
NO_RATE = N_(
    "The budget is in {into} and a cost is in {currency}, and no rate between them is known. Nothing was sent. Add "
    "both currencies under [exchange] in secrets.toml."
)


def most_it_costs(request: TextRequest, price: Price) -> float:
    """An upper estimate: all of the input, and as much output as the request allows."""
    read = sum(estimated_tokens(message.text) for message in request.messages)
    read += estimated_tokens(str(request.schema)) if request.schema else 0
    return price.cost(read, request.max_tokens)


def hold(
    database: Database, actor: Actor, run_id: str, engine: str, request: TextRequest, price: Price | None, so_far: float
) -> None:
    """Set the call's upper estimate, and what the run has cost ``so_far``, aside in the workspace's budget.

    Raises:
        BudgetSpent: it is not covered, or cannot be reckoned; nothing may then be sent.
    """
    if price is None:
        if workspace(database, actor)["budget"] is not None:
            raise BudgetSpent(UNPRICED, engine=engine)
        return
    estimate = so_far + most_it_costs(request, price)

    def fits(budget: float, currency: str, spent: Mapping[str, float]) -> None:
        if estimate == 0:
            return
        # The run's own earlier estimate is among what is spent: it is replaced, not added to.
        others = dict(spent)
        others[price.currency] = others.get(price.currency, 0.0) - _set_aside(database, run_id)
        used = sum(_into(amount, unit, currency) for unit, amount in others.items() if amount)
        wanted = _into(estimate, price.currency, currency)
        if used + wanted > budget:
            shown = {"budget": budget, "spent": used, "estimate": wanted}
            raise BudgetSpent(SPENT, **{name: money(value, currency) for name, value in shown.items()})

    set_aside(database, actor, run_id, estimate, price.currency, fits)


def _set_aside(database: Database, run_id: str) -> float:
    row = database.execute("select coalesce(cost, 0) from runs where id = ?", [run_id]).fetchone()
    return float(row[0]) if row else 0.0


def _into(amount: float, currency: str, into: str) -> float:
    factor = rate(currency, into)
    if factor is None:
        raise BudgetSpent(NO_RATE, currency=currency, into=into)
    return amount * factor
