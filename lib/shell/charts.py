"""The one look of all charts: a figure's title is its finding, intervals are drawn, ours in the evidence colour.

Each row carries its label above the mark and its value with the interval at the right edge, so there is no axis to
decode and no legend to match, and a long French label has the whole width of a phone. Zero is a short rule beside each
mark, never through a label, and is named once below the last.
"""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from textwrap import wrap
from typing import Any

import streamlit as st

from lib.figures import Figure, domain, interval_said, said
from lib.i18n import _, current_language, number, percent
from lib.shell import html
from lib.shell.html import element
from lib.shell.palette import Palette, current

ROW = 62  # pixels a row: label, mark, air
MARK = 40  # pixels from a row's top to the middle of its mark
LABEL_UP = 15  # from there to the foot of its label
LABEL_LINE = 17  # of a label
HEADING = 26  # that a group's name takes above its first row
ZERO = 16  # below the last row, for zero's name
LINE = 44  # characters of a label on one line: as many as a phone shows
VALUES = 132  # pixels kept at the right for the values
FONT = "Hanken Grotesk, Segoe UI, system-ui, sans-serif"


def rows(figure: Figure) -> list[dict[str, Any]]:
    """The figure as records for the chart; values are texts already, so that the chart formats nothing.

    The first mark of each group bears the group's name as its ``heading``.
    """
    groups = ["", *(mark.group for mark in figure.marks)]
    return [
        {
            "row": place,
            "heading": mark.group if mark.group != groups[place] else "",
            "label": mark.label,
            "value": mark.value,
            "low": mark.low,
            "high": mark.high,
            "role": mark.role,
            "said": said(mark.value, figure),
            "interval": interval_said(mark, figure),
            "note": mark.note,
        }
        for place, mark in enumerate(figure.marks)
    ]


def _placed(figure: Figure) -> tuple[list[dict[str, Any]], int]:
    """The records with ``y`` in pixels, the middle of each mark, and the height of all.

    A label of two lines and a heading take a line more.
    """
    found, top = [], 0
    for row in rows(figure):
        lines = wrap(row["label"], LINE) or [""]
        heading = HEADING if row["heading"] else 0
        top += heading + (len(lines) - 1) * LABEL_LINE
        label_y = top + MARK - LABEL_UP
        head_y = label_y - len(lines) * LABEL_LINE - 2
        found.append({**row, "lines": lines, "y": top + MARK, "label_y": label_y, "head_y": head_y})
        top += ROW
    return found, max(top, ROW)


def chart(figure: Figure, colours: Palette) -> Any:
    """The altair chart of a figure, one row a mark; the kind 'line' joins the marks in their order."""
    import altair as alt

    placed, height = _placed(figure)
    scale = alt.Scale(domain=list(domain(figure)), range=[4, alt.ExprRef(f"width - {VALUES}")], nice=False, zero=False)
    x = alt.X("value:Q", scale=scale, axis=None)
    colour = alt.Color(
        "role:N",
        legend=None,
        scale=alt.Scale(domain=["ours", "baseline", "neutral"], range=[colours.evidence, colours.quiet, colours.ink]),
    )
    base = alt.Chart(alt.InlineData(values=placed)).encode(y=_y("y", height))
    layers = [
        _interval(base, scale, colour),
        *_marks(alt, base, figure, x, colour),
        *_texts(alt, base, placed, colours, height),
    ]
    if figure.zero and figure.marks:
        layers[:0] = _zero(alt, base, scale, colours, figure, height)
        height += ZERO
    return _themed(alt.layer(*layers).properties(height=height, background=colours.paper))


@lru_cache(maxsize=64)
def _spec(figure: Figure, colours: Palette, language: str) -> dict[str, Any]:
    """The chart as Vega-Lite. Altair takes a tenth of a second for it, and a page draws the same at each rerun."""
    found: dict[str, Any] = chart(figure, colours).to_dict()
    return found


def _y(field: str, height: int) -> Any:
    """A place in pixels from the top."""
    import altair as alt

    # The picture is higher than the rows where zero is named below them, so the scale doesn't follow its height.
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, height], range=[0, height], nice=False))


def _zero(alt: Any, base: Any, scale: Any, colours: Palette, figure: Figure, height: int) -> list[Any]:
    """Zero beside each mark, and its name below the last."""
    x = alt.X(datum=0, scale=scale, axis=None)
    name = percent(0.0) if "percent" in figure.number_format else number(0)
    foot = alt.Chart(alt.InlineData(values=[{"foot": height - 2, "name": name}]))
    rule = base.mark_tick(orient="vertical", size=28, thickness=1, color=colours.quiet, opacity=0.9).encode(x=x)
    under = foot.mark_text(fontSize=12, color=colours.quiet, baseline="top").encode(
        x=x, y=_y("foot", height), text="name:N"
    )
    return [rule, under]


def _interval(base: Any, scale: Any, colour: Any) -> Any:
    import altair as alt

    known = base.transform_filter("isValid(datum.low) && isValid(datum.high)")
    return known.mark_rule(strokeWidth=2.5, strokeCap="round").encode(
        x=alt.X("low:Q", scale=scale, axis=None), x2="high:Q", color=colour
    )


def _marks(alt: Any, base: Any, figure: Figure, x: Any, colour: Any) -> list[Any]:
    tips = [alt.Tooltip("label:N", title=_("What")), alt.Tooltip("said:N", title=figure.unit or _("Value"))]
    tips.append(alt.Tooltip("interval:N", title=figure.interval or _("95% interval")))
    if any(mark.note for mark in figure.marks):
        tips.append(alt.Tooltip("note:N", title=_("Note")))
    if figure.kind == "bars":
        bars = base.mark_bar(height=10, opacity=0.55)
        return [bars.encode(x=x, x2=alt.datum(domain(figure)[0] if not figure.zero else 0), color=colour, tooltip=tips)]
    # Ours is a filled disc, a baseline an open ring: told apart without colour.
    ours = base.transform_filter("datum.role !== 'baseline'").mark_point(filled=True, size=110, opacity=1)
    other = base.transform_filter("datum.role === 'baseline'").mark_point(
        filled=False, size=90, strokeWidth=2, opacity=1
    )
    drawn = [layer.encode(x=x, color=colour, tooltip=tips) for layer in (ours, other)]
    if figure.kind == "line":
        drawn.insert(0, base.mark_line(order=False).encode(x=x, order="row:O", color=alt.value("gray")))
    return drawn


def _texts(alt: Any, base: Any, placed: list[dict[str, Any]], colours: Palette, height: int) -> list[Any]:
    left, right = alt.value(0), alt.value("width")
    named = alt.Chart(alt.InlineData(values=[line for row in placed for line in _label_lines(row)]))
    label = named.mark_text(align="left", baseline="bottom", fontSize=14, color=colours.ink, fontWeight=500).encode(
        x=left, y=_y("line_y", height), text="said:N"
    )
    heading = (
        base.transform_filter("datum.heading !== ''")
        .mark_text(align="left", baseline="bottom", fontSize=12, fontWeight=600, color=colours.quiet)
        .encode(x=left, y=_y("head_y", height), text="heading:N")
    )
    value = base.mark_text(align="right", dy=-5, fontSize=14, fontWeight=600, color=colours.ink).encode(
        x=right, text="said:N"
    )
    interval = base.mark_text(align="right", dy=11, fontSize=12, color=colours.quiet).encode(x=right, text="interval:N")
    return [label, heading, value, interval]


def _label_lines(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Each line of a label as a text of its own: the lines of one text run downwards, into the mark below."""
    last = len(row["lines"]) - 1
    return [{"said": said, "line_y": row["label_y"] - (last - at) * LABEL_LINE} for at, said in enumerate(row["lines"])]


def _themed(layered: Any) -> Any:
    return layered.configure(font=FONT).configure_view(stroke=None).configure_mark(font=FONT)


def draw(figure: Figure) -> None:
    """Show a figure: its finding, the chart, where it comes from, and the same figures as a table."""
    html.draw(element("p", figure.title, class_="toile-finding"))
    st.vega_lite_chart(
        spec=deepcopy(_spec(figure, current(), current_language())), width="stretch", theme=None, alt=spoken(figure)
    )
    about = " · ".join(part for part in (figure.unit, figure.source) if part)
    if about:
        html.draw(element("p", about, class_="toile-source"))
    with st.expander(_("These figures as a table")):
        html.draw(table(figure))


def spoken(figure: Figure) -> str:
    """The chart in words, for who doesn't see it."""
    parts = [f"{_in_group(row, figure)}: {row['said']} {row['interval']}".strip() for row in rows(figure)]
    return f"{figure.title}. {'; '.join(parts)}"


def _in_group(row: dict[str, Any], figure: Figure) -> str:
    """A row's name where no heading stands above it."""
    group = figure.marks[row["row"]].group
    return f"{group} · {row['label']}" if group else str(row["label"])


def table(figure: Figure) -> Any:
    """The figure as an HTML table."""
    roles = {"ours": _("this use case"), "baseline": _("baseline"), "neutral": ""}
    heads = (_("What"), figure.unit or _("Value"), figure.interval or _("95% interval"), _("Kind"))
    head = element("tr", *(element("th", name, scope="col") for name in heads))
    body = [
        element(
            "tr",
            *(
                element("td", cell)
                for cell in (_in_group(row, figure), row["said"], row["interval"].strip("()"), roles[row["role"]])
            ),
        )
        for row in rows(figure)
    ]
    return element("table", element("thead", head), element("tbody", *body), class_="toile-runs")
