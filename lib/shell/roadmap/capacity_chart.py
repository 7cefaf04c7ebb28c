"""What the plan takes of the team, by skill and quarter: a small gauge in each cell, its figures below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from lib.decide.model import Basis
from lib.decide.roadmap.picture import Use
from lib.i18n import _, current_language, number, percent
from lib.shell import html
from lib.shell.charts import FONT
from lib.shell.html import element
from lib.shell.marks import basis_markup
from lib.shell.palette import Palette, current

TOP, ROW, BAR, GAP = 26, 58, 10, 0.06
SHORT = 10_000  # money from here on is said in thousands


def said(use: Use) -> str:
    """'12 of 18'; money in thousands."""
    return _("{taken} of {there}", taken=_amount(use.taken, use), there=_amount(use.there, use))


def full(use: Use) -> bool:
    """Whether nothing of it is left, in the digits that are shown: 13.5 of 14 is not full."""
    return use.taken > 0 and (use.taken >= use.there or _amount(use.taken, use) == _amount(use.there, use))


def _amount(value: float, use: Use) -> str:
    if not use.skill and max(use.there, use.taken) >= SHORT:
        return _("{n}k", n=number(value / 1_000, 0))
    return number(value, 0 if round(value, 1) == round(value) else 1)


def chart(uses: Sequence[Use], periods: Sequence[str], colours: Palette) -> Any:
    """The altair chart: a row a skill, a column a quarter."""
    import altair as alt

    cells, names, height = _placed(uses)
    across = alt.Scale(domain=[0, len(periods)], nice=False, zero=False)
    up = alt.Scale(domain=[0, height], range=[0, height], nice=False)
    y = alt.Y("y:Q", scale=up, axis=None)
    base = alt.Chart(alt.InlineData(values=cells)).encode(
        y=y,
        tooltip=[
            alt.Tooltip("skill:N", title=_("Skill")),
            alt.Tooltip("said:N", title=_("Used")),
            alt.Tooltip("share:N", title=_("Share")),
        ],
    )
    x = alt.X("from:Q", scale=across, axis=None)
    bars = [
        base.mark_rect(color=colours.line).encode(x=x, x2="to:Q", y2="y2:Q"),
        base.transform_filter("!datum.full").mark_rect(color=colours.evidence).encode(x=x, x2="filled:Q", y2="y2:Q"),
        base.transform_filter("datum.full").mark_rect(color=colours.accent).encode(x=x, x2="filled:Q", y2="y2:Q"),
    ]
    figures = base.mark_text(align="left", baseline="top", fontSize=12, dy=14, color=colours.quiet).encode(
        x=x, text="said:N"
    )
    full = base.transform_filter("datum.full").mark_text(
        align="left", baseline="top", fontSize=12, dy=14, color=colours.ink, fontWeight=700
    )
    heads = alt.Chart(alt.InlineData(values=[{"at": at + GAP / 2, "said": name} for at, name in enumerate(periods)]))
    layers = [
        *bars,
        figures.transform_filter("!datum.full"),
        full.encode(x=x, text="said:N"),
        heads.mark_text(align="left", fontSize=12, fontWeight=600, color=colours.quiet).encode(
            x=alt.X("at:Q", scale=across, axis=None),
            y=alt.Y(datum=10, type="quantitative", scale=up, axis=None),
            text="said:N",
        ),
        alt.Chart(alt.InlineData(values=names))
        .mark_text(align="left", baseline="alphabetic", fontSize=14, fontWeight=500, color=colours.ink)
        .encode(x=alt.value(2), y=y, text="said:N"),
    ]
    whole = alt.layer(*layers).properties(height=height, background=colours.paper)
    return whole.configure(font=FONT).configure_view(stroke=None)


def _placed(uses: Sequence[Use]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    skills = list(dict.fromkeys(use.skill for use in uses))
    names = {use.skill: use.name for use in uses}
    cells = []
    for use in uses:
        top = TOP + skills.index(use.skill) * ROW + 26
        begin, width = use.quarter + GAP / 2, 1 - GAP
        cells.append(
            {
                "from": begin,
                "to": begin + width,
                "filled": begin + width * min(1.0, use.share),
                "y": top,
                "y2": top + BAR,
                "full": full(use),
                "skill": use.name,
                "said": said(use),
                "share": percent(use.share),
            }
        )
    labels = [{"y": TOP + at * ROW + 18, "said": names[skill]} for at, skill in enumerate(skills)]
    return cells, labels, TOP + len(skills) * ROW


def draw(
    uses: Sequence[Use], periods: Sequence[str], finding: str, currency: str, team: Basis, effort: Sequence[Basis]
) -> None:
    """The finding, the gauges, and how to read them."""
    html.draw(element("p", finding, class_="toile-finding"))
    spoken = "; ".join(f"{use.name}, {periods[use.quarter]}: {said(use)}" for use in uses)
    st.altair_chart(chart(uses, periods, current()), width="stretch", theme=None, alt=f"{finding}. {spoken}")
    about = _("Person-weeks used of those there are; budget in {currency}. In bold: full.", currency=currency)
    html.draw(element("p", about, class_="toile-source", lang=current_language()))
    rests = (
        element("span", _("What there is"), " ", basis_markup(team)),
        element(
            "span", _("What the steps take"), *(markup for basis in effort for markup in (" ", basis_markup(basis)))
        ),
    )
    html.draw(element("p", rests[0], " · ", rests[1], class_="toile-source"))
