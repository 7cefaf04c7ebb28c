"""A timeline drawn: bars over named periods, each row's label above its bars, so that a phone shows it whole."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import streamlit as st
from markupsafe import Markup

from lib.figures import Span, Timeline
from lib.i18n import _
from lib.shell import html
from lib.shell.charts import FONT, LABEL_LINE, LINE
from lib.shell.html import element
from lib.shell.palette import Palette, current

TOP = 26  # pixels for the periods' names
ROW = 46  # pixels a row: label, bar, air
BAR = 12
LANE = 34  # that a lane's name takes above its first row
INSET = 0.03  # of a period, left free at either end of a bar


def rows(timeline: Timeline) -> list[tuple[str, tuple[Span, ...]]]:
    """The spans of each key, in the order in which the keys come; one row each."""
    found: dict[str, list[Span]] = {}
    for span in timeline.spans:
        found.setdefault(span.key, []).append(span)
    return [(key, tuple(spans)) for key, spans in found.items()]


def _placed(timeline: Timeline) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Bars and names with their place in pixels from the top, and the height of all."""
    bars, names, top, lane = list[dict[str, Any]](), list[dict[str, Any]](), TOP, ""
    for _key, spans in rows(timeline):
        if spans[0].lane != lane:
            lane = spans[0].lane
            top += LANE
            names.append({"y": top - 8, "said": lane, "kind": "lane"})
        lines = wrap(spans[0].label, LINE) or [""]
        top += (len(lines) - 1) * LABEL_LINE
        # Each line is a text of its own: a text of several lines would need the chart to know their height.
        names += [
            {"y": top + 18 - (len(lines) - 1 - at) * LABEL_LINE, "said": said, "kind": "label"}
            for at, said in enumerate(lines)
        ]
        bars += [_bar(span, top + 30, timeline) for span in spans]
        top += ROW
    return bars, names, top + 6


def _bar(span: Span, y: int, timeline: Timeline) -> dict[str, Any]:
    return {
        "from": span.start + INSET,
        "to": span.end + 1 - INSET,
        "y": y - BAR / 2,
        "y2": y + BAR / 2,
        "role": span.role,
        "label": span.label,
        "when": _when(span, timeline),
        "note": span.note,
    }


def _when(span: Span, timeline: Timeline) -> str:
    first, last = timeline.periods[span.start], timeline.periods[min(span.end, len(timeline.periods) - 1)]
    return first if first == last else _("{first} to {last}", first=first, last=last)


def chart(timeline: Timeline, colours: Palette) -> Any:
    """The altair chart of a timeline: periods from left to right, a row a key."""
    import altair as alt

    bars, names, height = _placed(timeline)
    count = len(timeline.periods)
    across = alt.Scale(domain=[0, count], nice=False, zero=False)
    up = alt.Scale(domain=[0, height], range=[0, height], nice=False)
    periods: list[dict[str, Any]] = [
        {"at": at, "middle": at + 0.5, "said": name} for at, name in enumerate(timeline.periods)
    ]
    grid = alt.Chart(alt.InlineData(values=[*periods, {"at": count}]))
    rules = grid.mark_rule(color=colours.line).encode(
        x=alt.X("at:Q", scale=across, axis=None),
        y=alt.Y(datum=TOP - 4, type="quantitative", scale=up, axis=None),
        y2=alt.datum(height),
    )
    heads = (
        alt.Chart(alt.InlineData(values=periods))
        .mark_text(fontSize=12, color=colours.quiet, fontWeight=600, baseline="middle")
        .encode(
            x=alt.X("middle:Q", scale=across, axis=None),
            y=alt.Y(datum=10, type="quantitative", scale=up, axis=None),
            text="said:N",
        )
    )
    layers = [rules, heads, *_bars(bars, across, up, colours), *_names(names, up, colours)]
    whole = alt.layer(*layers).properties(height=height, background=colours.paper)
    return whole.configure(font=FONT).configure_view(stroke=None)


def _bars(bars: list[dict[str, Any]], across: Any, up: Any, colours: Palette) -> list[Any]:
    """Ours is filled; what is neutral, a renewal, is an outline: told apart without colour."""
    import altair as alt

    drawn = alt.Chart(alt.InlineData(values=bars)).encode(
        x=alt.X("from:Q", scale=across, axis=None),
        x2="to:Q",
        y=alt.Y("y:Q", scale=up, axis=None),
        y2="y2:Q",
        tooltip=[
            alt.Tooltip("label:N", title=_("What")),
            alt.Tooltip("when:N", title=_("When")),
            alt.Tooltip("note:N", title=_("Note")),
        ],
    )
    # Only what was measured bears the colour of evidence: a plan is drawn in ink, what follows from it is open.
    measured = drawn.transform_filter("datum.role === 'ours'").mark_rect(color=colours.evidence, cornerRadius=2)
    planned = drawn.transform_filter("datum.role === 'neutral'").mark_rect(color=colours.quiet, cornerRadius=2)
    following = drawn.transform_filter("datum.role === 'baseline'").mark_rect(
        fill=colours.paper, stroke=colours.quiet, strokeWidth=1.5, cornerRadius=2
    )
    return [measured, planned, following]


def _names(names: list[dict[str, Any]], up: Any, colours: Palette) -> list[Any]:
    import altair as alt

    base = alt.Chart(alt.InlineData(values=names)).encode(
        x=alt.value(2), y=alt.Y("y:Q", scale=up, axis=None), text="said:N"
    )
    label = base.transform_filter("datum.kind === 'label'").mark_text(
        align="left", baseline="alphabetic", fontSize=14, fontWeight=500, color=colours.ink
    )
    lane = base.transform_filter("datum.kind === 'lane'").mark_text(
        align="left", baseline="alphabetic", fontSize=12, fontWeight=600, color=colours.quiet
    )
    # The periods' rules would run through a long label: it stands on a ground of its own.
    ground = base.mark_text(
        align="left", baseline="alphabetic", fontSize=14, fontWeight=500, stroke=colours.paper, strokeWidth=5,
        color=colours.paper,
    )  # fmt: skip
    return [ground, label, lane]


def draw(timeline: Timeline) -> None:
    """Show a timeline: its finding, the bars, where it comes from, and the same as a table."""
    html.draw(element("p", timeline.title, class_="toile-finding"))
    if timeline.spans:
        st.altair_chart(chart(timeline, current()), width="stretch", theme=None, alt=spoken(timeline))
    if timeline.source:
        html.draw(element("p", timeline.source, class_="toile-source"))
    if timeline.spans:
        with st.expander(_("This timeline as a table")):
            html.draw(table(timeline))


def spoken(timeline: Timeline) -> str:
    """The timeline in words, for who doesn't see it."""
    return f"{timeline.title}. " + "; ".join(f"{span.label}: {_when(span, timeline)}" for span in timeline.spans)


def table(timeline: Timeline) -> Markup:
    """The timeline as an HTML table."""
    heads = (_("What"), _("Lane"), _("When"), _("Note"))
    body = [
        element(
            "tr",
            *(
                element("td", cell, data_name=head)
                for head, cell in zip(heads, (span.label, span.lane, _when(span, timeline), span.note), strict=True)
            ),
        )
        for span in timeline.spans
    ]
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    return element("div", element("table", head, element("tbody", *body), class_="toile-runs"), class_="toile-table")
