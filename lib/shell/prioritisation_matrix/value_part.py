"""The value sheet of the chosen use case: what it comes to, the assumptions behind it, and what the sector says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import get_args

import streamlit as st
from markupsafe import Markup

from lib.access import Right
from lib.database import connect, people, value_sheets
from lib.database.value_sheets import ExchangeRate, Kind, ValueLine
from lib.decide.model import Basis
from lib.decide.ranking import Standing, candidate
from lib.decide.value.context import FIGURES
from lib.decide.value.worth import RateMissing, Worth, worth
from lib.figures import Figure, Mark
from lib.i18n import N_, _, date, money, ngettext, number, percent, translate
from lib.shell import charts, errors, html, session
from lib.shell.html import element
from lib.shell.marks import basis_markup
from lib.shell.page import section
from lib.shell.text import plain
from lib.shell.workspace_parts import CURRENCIES

KIND_NAMES = {
    "gain": N_("Brings in a year"),
    "cost": N_("Costs a year"),
    "one_off": N_("Costs once"),
}


def draw(stand: Standing, slug: str) -> None:
    """The sheet of one use case."""
    case = next((one for one in stand.cases if one.slug == slug), None)
    if case is None:
        return
    actor = session.actor()
    with connect() as database:
        lines = value_sheets.lines(database, actor, slug)
        rates = value_sheets.rates(database, actor)
        currency = people.workspace(database, actor)["currency"]
    title = candidate(case).title
    if lines:
        _result(lines, currency, rates, title)
        _lines(lines, slug)
    else:
        html.draw(
            element(
                "p",
                _("Nothing is assumed of “{title}” in money yet. Add what it brings and what it costs.", title=title),
                class_="toile-empty",
            )
        )
    if actor.may(Right.STEER):
        section(_("Add an assumption"))
        _form(lines, slug, currency)
    _context()


def _result(lines: Sequence[ValueLine], currency: str, rates: dict[tuple[str, str], ExchangeRate], title: str) -> None:
    try:
        found = worth(lines, currency, rates)
    except RateMissing as error:
        errors.show(error)
        _ask_rate(error.currency, error.into)
        return
    charts.draw(worth_figure(found, title))
    html.draw(element("p", payback_said(found), " ", basis_markup(Basis.ASSUMPTION)))
    html.draw(element("p", _about(found), class_="toile-source"))
    foreign = sorted({line.currency for line in lines} - {currency})
    for one in foreign:
        _rate_said(one, currency, rates)


def worth_figure(found: Worth, title: str) -> Figure:
    """Net value and yearly surplus with their ranges."""
    if found.net.low > 0:
        said = _("“{title}” pays under all but one in twenty of the assumptions’ draws", title=title)
    elif found.net.high < 0:
        said = _("“{title}” costs more than it brings, under nearly all of the assumptions’ draws", title=title)
    else:
        said = _("“{title}” pays in {share} of the assumptions’ draws", title=title, share=percent(found.gains))
    years = ngettext("Net value over {n} year", "Net value over {n} years", found.years)
    return Figure(
        title=said,
        marks=(
            Mark(years, found.net.value, found.net.low, found.net.high, role="neutral"),
            Mark(_("Surplus in a full year"), found.yearly.value, found.yearly.low, found.yearly.high, role="neutral"),
        ),
        unit=found.currency,
        interval=_("Range of 90% of the draws"),
        source=_("90% ranges over 10,000 draws; discounted at {rate} a year", rate=percent(found.discount)),
        number_format="money",
    )


def payback_said(found: Worth) -> str:
    """When the money is back, in words."""
    low, middle, high = found.payback
    if middle is None:
        return _("More often than not, the money spent at the start never comes back.")
    first = number(low or 0.0, 0)
    if high is None:
        return _(
            "Paid back after {months} months in the middle; after {low} at best, and never in one draw of twenty.",
            months=number(middle, 0),
            low=first,
        )
    return _(
        "Paid back after {months} months in the middle, {low} to {high} in 90% of the draws.",
        months=number(middle, 0),
        low=first,
        high=number(high, 0),
    )


def _about(found: Worth) -> str:
    """How much of it has a source, and what it leaves out."""
    sourced = ngettext(
        "{done} of {n} assumption has a source",
        "{done} of {n} assumptions have a source",
        found.lines,
        done=found.sourced,
    )
    return f"{sourced} · " + _("full effect from the first month, lines drawn apart from each other")


def _rate_said(currency: str, into: str, rates: dict[tuple[str, str], ExchangeRate]) -> None:
    one = rates.get((currency, into)) or rates.get((into, currency))
    if one is None:
        return
    when = date(dt.date.fromisoformat(one.dated))
    said = _(
        "1 {currency} = {rate} {into}, of {day}",
        currency=one.currency,
        rate=number(one.rate, 4),
        into=one.into,
        day=when,
    )
    html.draw(element("p", said, " ", element("span", one.source), class_="toile-source"))


def _ask_rate(currency: str, into: str) -> None:
    """A rate with its date, asked where it is needed."""
    if not session.actor().may(Right.STEER):
        return
    with st.form(f"rate_{currency}_{into}", border=False):
        rate = st.number_input(
            _("1 {currency} in {into}", currency=currency, into=into),
            min_value=0.0,
            value=None,
            step=0.01,
            format="%.4f",
        )
        day = st.date_input(_("Rate of"), value=None, max_value="today", format="DD/MM/YYYY")
        source = st.text_input(_("Source of the rate"), placeholder=_("For instance: European Central Bank"))
        saved = st.form_submit_button(_("Count with this rate"), type="primary")
    if saved:
        with errors.shown():
            dated = day.isoformat() if isinstance(day, dt.date) else ""
            with connect() as database:
                value_sheets.set_rate(
                    database, session.actor(), ExchangeRate(currency, into, rate or 0.0, dated, source)
                )
            st.rerun()


def _lines(lines: list[ValueLine], slug: str) -> None:
    """Each assumption with its range, its source or the lack of one, and a way to take it out."""
    section(_("The assumptions"))
    may = session.actor().may(Right.STEER)
    for at, line in enumerate(lines):
        with st.container(horizontal=True, vertical_alignment="center", key=f"line_{slug}_{at}"):
            with st.container():
                html.draw(_line(line))
            if may and st.button(_("Remove this line"), key=f"drop_{slug}_{at}"):
                with connect() as database:
                    value_sheets.save_lines(database, session.actor(), slug, [*lines[:at], *lines[at + 1 :]])
                st.rerun()


def amounts_said(line: ValueLine) -> str:
    """'1,000 € (800 € to 1,500 €)'."""
    return _(
        "{n} ({low} to {high})",
        n=money(line.likeliest, line.currency, 0),
        low=money(line.low, line.currency, 0),
        high=money(line.high, line.currency, 0),
    )


def _line(line: ValueLine) -> Markup:
    when = date(dt.date.fromisoformat(line.dated)) if line.dated else _("undated")
    named = line.source or _("No source: taken for granted")
    source = f"{named} · {when}"
    return element(
        "p",
        element("strong", line.name),
        f" · {translate(KIND_NAMES[line.kind])} · {amounts_said(line)} ",
        basis_markup(Basis.ASSUMPTION),
        element("br"),
        element("span", source, class_="toile-source"),
    )


def _form(lines: list[ValueLine], slug: str, currency: str) -> None:
    made = int(st.session_state.setdefault("matrix_lines_made", 0))
    key = f"line_{slug}_{made}_{session.language()}"
    names = {kind: translate(KIND_NAMES[kind]) for kind in get_args(Kind)}
    with st.form(key, border=False):
        first, second, third = st.columns([2, 3, 1], gap="medium")
        kind = first.selectbox(_("What it does"), list(names), format_func=names.__getitem__, key=f"{key}_kind")
        name = second.text_input(_("What"), placeholder=_("For instance: hours of the studio saved"), key=f"{key}_name")
        unit = third.selectbox(
            _("Currency"),
            CURRENCIES,
            index=CURRENCIES.index(currency) if currency in CURRENCIES else 0,
            key=f"{key}_unit",
        )
        amounts = [
            column.number_input(label, min_value=0.0, value=None, step=1000.0, format="%.0f", key=f"{key}_{at}")
            for at, (column, label) in enumerate(
                zip(st.columns(3, gap="medium"), (_("Lowest"), _("Likeliest"), _("Highest")), strict=True)
            )
        ]
        left, right = st.columns([3, 1], gap="medium")
        source = left.text_input(
            _("Source"), placeholder=_("Who says so? Left empty, it is shown without a source."), key=f"{key}_source"
        )
        day = right.date_input(_("Of"), value=None, format="DD/MM/YYYY", key=f"{key}_day")
        added = st.form_submit_button(_("Add it"), type="primary")
    if added:
        with errors.shown():
            line = _typed(kind, name, amounts, unit, source, day)
            with connect() as database:
                value_sheets.save_lines(database, session.actor(), slug, [*lines, line])
            st.session_state["matrix_lines_made"] = made + 1
            st.rerun()


def _typed(kind: Kind, name: str, amounts: Sequence[float | None], unit: str, source: str, day: object) -> ValueLine:
    """The form as a line; ends that were left empty are the likeliest amount."""
    low, likeliest, high = amounts
    middle = float("nan") if likeliest is None else likeliest
    return ValueLine(
        kind,
        name,
        middle if low is None else low,
        middle,
        middle if high is None else high,
        unit,
        source,
        day.isoformat() if isinstance(day, dt.date) else "",
    )


def _context() -> None:
    """Published figures of the sector, as context and in no sum."""
    with st.expander(_("What is said of the sector (context, in none of the sums)")):
        for figure in FIGURES:
            st.markdown(f"{plain(translate(figure.said))}  \n{plain(translate(figure.source))}")
