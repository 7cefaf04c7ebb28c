"""What a comparison will cost, drawn before its button: calls, tokens, money and time, side by side and in total."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from lib.comparable import Input
from lib.database.comparisons import Side
from lib.engines.registry import BUILT_IN
from lib.i18n import _, amount, duration, ngettext, number
from lib.shell import html, session
from lib.shell.compare.naming import side_titles
from lib.shell.html import element
from lib.shell.text import plain
from lib.workbench.beforehand import SideEstimate, Total, beforehand
from lib.workbench.tasks import Contender


def draw(of: Contender, language: str, chosen: Sequence[Input], sides: Sequence[Side]) -> None:
    """The estimate of this comparison. With the built-in engine alone it is one sentence."""
    if not chosen:
        return
    found, total = beforehand(session.actor(), of, language, chosen, sides)
    titles = side_titles(sides, of.how)
    problems = [(title, one.problem) for title, one in zip(titles, found, strict=True) if one.problem]
    if all(one.side.engine == BUILT_IN for one in found) and not problems:
        said = [_("Free: the built-in engine writes by rules and calls no model.")]
        if total.seconds is not None:
            said.append(_("Takes about {time}.", time=duration(total.seconds)))
        html.draw(element("p", " ".join(said), class_="toile-source"))
    else:
        html.draw(table(titles, found, total))
        html.draw(element("p", basis_said(found), class_="toile-source"))
    for title, problem in problems:
        st.warning(plain(f"{title}: {problem.text()}"), icon=":material/info:")
    if total.objection is not None:
        st.warning(plain(total.objection.text()), icon=":material/savings:")


def table(titles: Sequence[str], found: Sequence[SideEstimate], total: Total) -> Markup:
    """One row a side, and the sum."""
    heads = (_("Side"), _("Calls"), _("Tokens read"), _("Tokens written"), _("Cost"), _("Time"))
    rows = [_row(heads, title, one) for title, one in zip(titles, found, strict=True)]
    cells = (
        element("strong", _("In total")),
        number(total.calls),
        _tokens(total.input_tokens),
        _tokens(total.output_tokens),
        cost_said(total),
        _time(total.seconds),
    )
    rows.append(_line(heads, cells))
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    return element("table", head, element("tbody", *rows), class_="toile-runs toile-beforehand")


def _row(heads: Sequence[str], title: str, one: SideEstimate) -> Markup:
    known = one.estimate
    if known is None:
        return _line(heads, (title, *["–"] * (len(heads) - 1)))
    by_rules = one.side.engine == BUILT_IN
    cells = (
        title,
        _("none") if by_rules else number(known.calls),
        _tokens(known.input_tokens),
        _tokens(known.output_tokens),
        _("unknown") if known.low is None or known.high is None else _range(known.low, known.high, known.currency),
        _time(known.seconds),
    )
    return _line(heads, cells)


def _line(heads: Sequence[str], cells: Sequence[str | Markup]) -> Markup:
    return element("tr", *(element("td", cell, data_name=head) for head, cell in zip(heads, cells, strict=True)))


def _tokens(span: tuple[int, int]) -> str:
    low, high = (_rounded(end) for end in span)
    if not high:
        return _("none")
    return _("{low} to {high}", low=number(low), high=number(high)) if low != high else number(high)


def _rounded(tokens: int) -> int:
    """To two digits: an estimate says no more."""
    return round(tokens, -max(0, len(str(tokens)) - 2))


def _range(low: float, high: float, currency: str) -> str:
    if not high:
        return _("free")
    return _("{low} to {high}", low=amount(low, currency), high=amount(high, currency))


def cost_said(total: Total) -> str:
    """The cost of all sides, each currency for itself."""
    if total.costs is None:
        return _("unknown")
    if total.free:
        return _("free")
    return " + ".join(_range(low, high, currency) for currency, (low, high) in total.costs.items())


def _time(seconds: float | None) -> str:
    return _("not known yet") if seconds is None else _("about {time}", time=duration(seconds))


def basis_said(found: Sequence[SideEstimate]) -> str:
    """What the estimate goes by."""
    runs = sum(one.estimate.runs for one in found if one.estimate and one.side.engine != BUILT_IN)
    said = _("Estimated from the prompts as they would be sent; an answer that has to be repaired counts twice.")
    if not runs:
        return said + " " + _("How long it takes is known after a few runs of this task on this engine.")
    return (
        said
        + " "
        + ngettext(
            "Length and time go by {n} earlier run on a model.",
            "Length and time go by {n} earlier runs on models.",
            runs,
        )
    )
