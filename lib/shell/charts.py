"""The one look of all charts: a figure's title is its finding, intervals are drawn, ours in the evidence colour.

Each row carries its label above the mark and its value with the interval at the right edge, so there is no axis to
decode and no legend to match, and a long French label has the whole width of a phone.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from lib.figures import Figure, Mark
from lib.i18n import _, money, number, percent
from lib.shell import html
from lib.shell.html import element
from lib.shell.palette import Palette, current

ROW = 62  # pixels a row: label, mark, air
VALUES = 132  # pixels kept at the right for the values
FONT = "Hanken Grotesk, Segoe UI, system-ui, sans-serif"


def said(value: float, figure: Figure) -> str:
    """A value in the figure's format and the reader's way."""
    match figure.number_format:
        case "percent":
            return percent(value, 1 if abs(value) < 0.1 else 0)
        case "signed_percent":
            return ("+" if value > 0 else "−" if value < 0 else "") + percent(abs(value), 1 if abs(value) < 0.1 else 0)
        case "money":
            return money(value, figure.unit)
    return number(value, 0 if abs(value) >= 100 and value == round(value) else 2 if abs(value) < 10 else 1)


def interval_said(mark: Mark, figure: Figure) -> str:
    """The interval in brackets, or nothing where none is known."""
    if mark.low is None or mark.high is None:
        return ""
    return _("({low} to {high})", low=said(mark.low, figure), high=said(mark.high, figure))


def domain(figure: Figure) -> tuple[float, float]:
    """The span of the value axis: all values and interval ends, and zero where the figure asks for it."""
    ends = [end for mark in figure.marks for end in (mark.value, mark.low, mark.high) if end is not None]
    if figure.zero:
        ends.append(0.0)
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def rows(figure: Figure) -> list[dict[str, Any]]:
    """The figure as records for the chart; values are texts already, so that the chart formats nothing."""
    return [
        {
            "row": place,
            "label": f"{mark.group} · {mark.label}" if mark.group else mark.label,
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


def chart(figure: Figure, colours: Palette) -> Any:
    """The altair chart of a figure, one row a mark; the kind 'line' joins the marks in their order."""
    import altair as alt

    data = alt.InlineData(values=rows(figure))
    span = list(domain(figure))
    scale = alt.Scale(domain=span, range=[4, alt.ExprRef(f"width - {VALUES}")], nice=False, zero=False)
    x = alt.X("value:Q", scale=scale, axis=None)
    y = alt.Y("row:O", axis=None, scale=alt.Scale(paddingOuter=0.1))
    colour = alt.Color(
        "role:N",
        legend=None,
        scale=alt.Scale(domain=["ours", "baseline", "neutral"], range=[colours.evidence, colours.quiet, colours.ink]),
    )
    base = alt.Chart(data).encode(y=y)
    layers = [_interval(base, scale, colour), *_marks(alt, base, figure, x, colour), *_texts(alt, base, colours)]
    if figure.zero and span[0] < 0:  # else zero is the axis's origin
        zero = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(color=colours.line, strokeWidth=1)
        layers.insert(0, zero.encode(x=alt.X("zero:Q", scale=scale, axis=None)))
    return _themed(alt.layer(*layers).properties(height=ROW * max(len(figure.marks), 1), background=colours.paper))


def _interval(base: Any, scale: Any, colour: Any) -> Any:
    import altair as alt

    known = base.transform_filter("isValid(datum.low) && isValid(datum.high)")
    return known.mark_rule(strokeWidth=2.5, yOffset=9, strokeCap="round").encode(
        x=alt.X("low:Q", scale=scale, axis=None), x2="high:Q", color=colour
    )


def _marks(alt: Any, base: Any, figure: Figure, x: Any, colour: Any) -> list[Any]:
    tips = [alt.Tooltip("label:N", title=_("What")), alt.Tooltip("said:N", title=figure.unit or _("Value"))]
    tips.append(alt.Tooltip("interval:N", title=_("95% interval")))
    if any(mark.note for mark in figure.marks):
        tips.append(alt.Tooltip("note:N", title=_("Note")))
    if figure.kind == "bars":
        return [base.mark_bar(height=10, yOffset=9, opacity=0.55).encode(x=x, color=colour, tooltip=tips)]
    # Ours is a filled disc, a baseline an open ring: told apart without colour.
    ours = base.transform_filter("datum.role !== 'baseline'").mark_point(filled=True, size=110, yOffset=9, opacity=1)
    other = base.transform_filter("datum.role === 'baseline'").mark_point(
        filled=False, size=90, yOffset=9, strokeWidth=2, opacity=1
    )
    drawn = [layer.encode(x=x, color=colour, tooltip=tips) for layer in (ours, other)]
    if figure.kind == "line":
        drawn.insert(0, base.mark_line(yOffset=9, order=False).encode(x=x, order="row:O", color=alt.value("gray")))
    return drawn


def _texts(alt: Any, base: Any, colours: Palette) -> list[Any]:
    label = base.mark_text(align="left", dy=-9, fontSize=14, color=colours.ink, fontWeight=500).encode(
        x=alt.value(0), text="label:N"
    )
    value = base.mark_text(align="right", dy=4, fontSize=14, fontWeight=600, color=colours.ink).encode(
        x=alt.value("width"), text="said:N"
    )
    interval = base.mark_text(align="right", dy=20, fontSize=12, color=colours.quiet).encode(
        x=alt.value("width"), text="interval:N"
    )
    return [label, value, interval]


def _themed(layered: Any) -> Any:
    return layered.configure(font=FONT).configure_view(stroke=None).configure_mark(font=FONT)


def draw(figure: Figure) -> None:
    """Show a figure: its finding, the chart, where it comes from, and the same figures as a table."""
    html.draw(element("p", figure.title, class_="toile-finding"))
    st.altair_chart(chart(figure, current()), width="stretch", theme=None, alt=spoken(figure))
    about = " · ".join(part for part in (figure.unit, figure.source) if part)
    if about:
        html.draw(element("p", about, class_="toile-source"))
    with st.expander(_("These figures as a table")):
        html.draw(table(figure))


def spoken(figure: Figure) -> str:
    """The chart in words, for who doesn't see it."""
    parts = [f"{row['label']}: {row['said']} {row['interval']}".strip() for row in rows(figure)]
    return f"{figure.title}. {'; '.join(parts)}"


def table(figure: Figure) -> Any:
    """The figure as an HTML table."""
    roles = {"ours": _("this use case"), "baseline": _("baseline"), "neutral": ""}
    heads = (_("What"), figure.unit or _("Value"), _("95% interval"), _("Kind"))
    head = element("tr", *(element("th", name, scope="col") for name in heads))
    body = [
        element(
            "tr",
            *(
                element("td", cell)
                for cell in (row["label"], row["said"], row["interval"].strip("()"), roles[row["role"]])
            ),
        )
        for row in rows(figure)
    ]
    return element("table", element("thead", head), element("tbody", *body), class_="toile-runs")
