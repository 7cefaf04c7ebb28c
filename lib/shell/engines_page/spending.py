"""What the workspace has spent on engines, and its budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from lib.access import Actor, Right
from lib.database import connect
from lib.database.people import workspace
from lib.database.spending import Spend, set_budget, spent_by_engine
from lib.engines.prices import rate, rates_date
from lib.i18n import _, amount, date, ngettext, number, percent
from lib.settings import settings
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.text import plain


def spending(actor: Actor, titles: Mapping[str, str]) -> None:
    """The spend by engine and currency, then the budget; ``titles`` are the engines' names as they are shown."""
    with connect() as database:
        spent, house = spent_by_engine(database, actor), workspace(database, actor)
    left, right = st.columns([3, 2], gap="large")
    with left:
        html.draw(table(spent, titles))
    with right:
        st.markdown(plain(budget_said(house, spent)))
        if any(row.currency not in ("", str(house["currency"])) for row in spent):
            st.caption(plain(rates_said()))
        if actor.may(Right.ADMINISTER):
            with errors.shown():
                _ask(actor, house)
        else:
            st.caption(_("Administrators of the workspace set the budget."))


def table(spent: Sequence[Spend], titles: Mapping[str, str]) -> Markup:
    """One row per engine, its currencies together."""
    if not spent:
        return element("p", _("Nothing has been run in this workspace yet."), class_="toile-empty")
    heads = (_("Engine"), _("Runs"), _("Spent"))
    by_engine: dict[str, list[Spend]] = {}
    for row in spent:
        by_engine.setdefault(titles.get(row.engine, row.engine), []).append(row)
    body = [
        element(
            "tr", *(element("td", cell, data_name=head) for head, cell in zip(heads, _cells(rows, titles), strict=True))
        )
        for rows in by_engine.values()
    ]
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    return element("table", head, element("tbody", *body), class_="toile-runs")


def _cells(rows: Sequence[Spend], titles: Mapping[str, str]) -> tuple[str, str, str]:
    """An engine's rows, one a currency: runs without a price are said where others cost something."""
    runs = ngettext("{n} run", "{n} runs", sum(row.runs for row in rows))
    priced = [row for row in rows if row.currency]
    paid = [row for row in priced if row.cost] or priced[:1]
    said = [amount(row.cost, row.currency) for row in paid]
    if not any(row.cost for row in paid) and said:
        return titles.get(rows[0].engine, rows[0].engine), runs, said[0]
    unpriced = sum(row.runs for row in rows if not row.currency)
    if unpriced:
        said.append(_("without a price") if not said else _("{n} without a price", n=number(unpriced)))
    return titles.get(rows[0].engine, rows[0].engine), runs, " + ".join(said)


def total(spent: Sequence[Spend], currency: str) -> float | None:
    """Everything in one currency; None where a rate is not known."""
    parts = []
    for row in spent:
        if row.cost:
            factor = rate(row.currency, currency)
            if factor is None:
                return None
            parts.append(row.cost * factor)
    return sum(parts)


def budget_said(house: Mapping[str, Any], spent: Sequence[Spend]) -> str:
    """How much of the budget is gone, in a sentence."""
    currency, limit, used = str(house["currency"]), house["budget"], total(spent, str(house["currency"]))
    if limit is None:
        return _("No budget is set: nothing stops a run before it is sent.")
    if used is None:
        return _("The budget is {limit}. What was spent in other currencies is not known in this one.",
                 limit=amount(limit, currency))  # fmt: skip
    share = percent(used / limit) if limit else percent(1)
    return _(
        "{used} of {limit} are spent ({share}). A run that would cost more than what is left is not sent.",
        used=amount(used, currency),
        limit=amount(limit, currency),
        share=share,
    )


def rates_said() -> str:
    """By which rates other currencies are reckoned."""
    own = ", ".join(sorted(settings().exchange))
    said = _("Other currencies count at the European Central Bank’s rates of {day}.", day=date(rates_date(), "medium"))
    return (
        said
        + " "
        + (
            _("For {currencies} the rate in secrets.toml counts.", currencies=own)
            if own
            else _("For newer ones, write them under [exchange] in secrets.toml.")
        )
    )


def _ask(actor: Actor, house: Mapping[str, Any]) -> None:
    with st.form(f"budget_{session.workspace()}", border=False):
        wanted = st.number_input(
            _("Budget in all, in {currency}", currency=house["currency"]),
            min_value=0.0,
            value=house["budget"],
            step=10.0,
            placeholder=_("No limit"),
            help=_("Leave it empty for no limit. Everything that was spent so far counts."),
            key=f"budget_amount_{session.workspace()}",
        )
        if st.form_submit_button(_("Save the budget")):
            with connect() as database:
                set_budget(database, actor, wanted)
            st.toast(_("The budget is saved."))
            st.rerun()
