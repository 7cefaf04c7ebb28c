"""Speed against price, drawn: one disc a model, named beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from lib.i18n import _, amount, current_language, number
from lib.shell import html
from lib.shell.charts import FONT
from lib.shell.html import element
from lib.shell.palette import Palette, current
from lib.workbench.speed import Point, finding

HEIGHT = 300
POINT = {"en": "datum.label", "fr": "replace(datum.label, '.', ',')"}  # the library writes English numbers only


def draw(found: Sequence[Point], currency: str) -> None:
    """The finding, the chart, how to read it, and the same figures as a table."""
    title = finding(found)
    html.draw(element("p", title, class_="toile-finding"))
    spoken = "; ".join(f"{point.title}: {_speed(point)}, {amount(point.price, currency)}" for point in found)
    st.altair_chart(chart(found, currency, current()), width="stretch", theme=None, alt=f"{title}. {spoken}")
    html.draw(
        element(
            "p",
            _("Each engine’s last test, waiting included. Higher is faster, further left is cheaper."),
            class_="toile-source",
        )
    )
    with st.expander(_("These figures as a table")):
        html.draw(table(found, currency))


def _speed(point: Point) -> str:
    return _("{n} tokens a second", n=number(point.speed, 0 if point.speed >= 10 else 1))


def _short(point: Point) -> str:
    return _("{n}/s", n=number(point.speed, 0 if point.speed >= 10 else 1))


def chart(found: Sequence[Point], currency: str, colours: Palette) -> Any:
    """The altair chart: price of a million written tokens to the right, speed upwards, both from zero."""
    import altair as alt

    dearest, fastest = max(point.price for point in found), max(point.speed for point in found)
    values = [
        {
            "title": point.title,
            "speed": point.speed,
            "price": point.price,
            "said": f"{_short(point)} · {amount(point.price, currency)}",
            "right": point.price > 0.5 * dearest > 0,
        }
        for point in found
    ]
    across, named = _prices(dearest, currency, colours)
    up = _speeds(colours)
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("price:Q", scale=across, axis=named),
        y=alt.Y("speed:Q", scale=alt.Scale(domain=[0, fastest * 1.2]), axis=up),
        tooltip=[alt.Tooltip("title:N", title=_("Engine")), alt.Tooltip("said:N", title=_("Value"))],
    )
    discs = base.mark_point(filled=True, size=130, opacity=1, color=colours.evidence)
    left = base.transform_filter("!datum.right")
    right = base.transform_filter("datum.right")
    named_by: dict[str, Any] = {"fontSize": 14, "fontWeight": 500, "color": colours.ink, "dy": -7}
    told_by: dict[str, Any] = {"fontSize": 12, "color": colours.quiet, "dy": 9}
    layers = [
        discs,
        left.mark_text(align="left", dx=11, **named_by).encode(text="title:N"),
        left.mark_text(align="left", dx=11, **told_by).encode(text="said:N"),
        right.mark_text(align="right", dx=-11, **named_by).encode(text="title:N"),
        right.mark_text(align="right", dx=-11, **told_by).encode(text="said:N"),
    ]
    whole = alt.layer(*layers).properties(height=HEIGHT, background=colours.paper)
    return whole.configure(font=FONT).configure_view(stroke=None)


def _prices(dearest: float, currency: str, colours: Palette) -> tuple[Any, Any]:
    """Scale and axis of the price, from zero."""
    import altair as alt

    # A square root keeps the many cheap models apart without losing zero, which a logarithm has no place for.
    across = alt.Scale(type="sqrt", domain=[0, dearest * 1.05 or 1.0], nice=False)
    ticks = [0.0, dearest / 4, dearest] if dearest else [0.0]
    named = alt.Axis(
        title=_("Price of a million written tokens ({currency})", currency=currency),
        values=ticks,
        grid=False,
        format=".2~f",
        labelExpr=POINT[current_language()],
        titleColor=colours.quiet,
        labelColor=colours.quiet,
        domainColor=colours.line,
        tickColor=colours.line,
        titleFontWeight="normal",
        labelFlush=True,
    )
    return across, named


def _speeds(colours: Palette) -> Any:
    """The axis of the speed."""
    import altair as alt

    return alt.Axis(
        title=_("Tokens a second"),
        tickCount=4,
        gridColor=colours.line,
        titleColor=colours.quiet,
        labelColor=colours.quiet,
        domain=False,
        ticks=False,
        titleFontWeight="normal",
    )


def table(found: Sequence[Point], currency: str) -> Any:
    """The figures as an HTML table."""
    heads = (_("Engine"), _("Tokens a second"), _("Price of a million written tokens"))
    body = [
        element(
            "tr",
            *(
                element("td", cell, data_name=head)
                for head, cell in zip(
                    heads, (point.title, number(point.speed, 1), amount(point.price, currency)), strict=True
                )
            ),
        )
        for point in found
    ]
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    return element("table", head, element("tbody", *body), class_="toile-runs")
