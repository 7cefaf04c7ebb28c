"""The share of customers fitted over the number of sizes: chosen from their faces, and the trade's usual run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from lib.figures import Figure, Mark
from lib.i18n import _, ngettext, number, percent
from lib.merchandising.made_to_measure_eyewear.size_run import Run
from lib.shell import charts, html
from lib.shell.html import element
from lib.shell.palette import current


def figure(found: Sequence[Run], trade: dict[int, float], faces: int) -> Figure:
    """Share of customers fitted by the number of sizes, ours beside the trade's."""
    at = next((k for k, one in enumerate(found, 1) if one.held_out >= max(trade.values())), None)
    best = max(trade)
    if at is not None and at < best:
        title = _("{n} chosen sizes fit as many customers as the trade’s usual {many}", n=number(at), many=number(best))
    else:
        title = _("With {n} sizes, {share} of customers are fitted", n=number(len(found)),
                  share=percent(found[-1].held_out))  # fmt: skip
    marks = []
    for count, one in enumerate(found, 1):
        name = ngettext("{n} size", "{n} sizes", count)
        marks.append(Mark(_("chosen from the faces"), one.held_out, role="ours", group=name))
        if count in trade:
            marks.append(Mark(_("the trade’s usual run"), trade[count], role="baseline", group=name))
    source = ngettext("{n} customer", "{n} customers", faces)
    return Figure(
        title, tuple(marks), _("share of customers fitted by all four rules"), "dots", True,
        _("{source}; chosen on one half, counted on the other. The trade’s run is our assumption.", source=source),
        "percent",
    )  # fmt: skip


def curve(found: Sequence[Run], trade: dict[int, float], faces: int, own: float) -> None:
    """The picture: two lines over the number of sizes, each point named, and the same as a table."""
    shown = figure(found, trade, faces)
    html.draw(element("p", shown.title, class_="toile-finding"))
    st.vega_lite_chart(spec=_spec(found, trade, own), width="stretch", theme=None, alt=charts.spoken(shown))
    html.draw(element("p", f"{shown.unit} · {shown.source}", class_="toile-source"))
    if own < 1:
        html.draw(element("p", _why_not_all(own), class_="toile-source"))
    with st.expander(_("These figures as a table")):
        html.draw(charts.table(shown))


def _why_not_all(own: float) -> str:
    """Why a frame made for each doesn't fit everybody."""
    return _(
        "A frame made for each fits {share}, not all: one lens width has to suit both the pupils and the face’s width, "
        "within tolerances that are our assumptions; the table of all fits names each broken rule and by how much, so "
        "what to change.",
        share=percent(own),
    )


def _spec(found: Sequence[Run], trade: dict[int, float], own: float) -> dict[str, Any]:
    """The chart as Vega-Lite: ``own`` is the share that a frame made for each fits."""
    colours = current()
    ours, theirs = _("chosen from the faces"), _("the trade’s usual run")
    rows = [{"n": k, "share": one.held_out, "who": ours} for k, one in enumerate(found, 1)]
    rows += [{"n": count, "share": share, "who": theirs} for count, share in sorted(trade.items())]
    for row in rows:
        row["said"] = percent(float(row["share"]))  # type: ignore[arg-type]
    axes = _axes(max(len(found), *trade))
    layers = [*_lines(rows, ours, theirs, own, axes), *(_end(one, axes) for one in _ends(found, trade, own))]
    return {"height": 320, "background": colours.paper, "layer": layers,
            "config": {"font": charts.FONT, "view": {"stroke": None},
                       "axis": {"labelColor": colours.quiet, "titleColor": colours.quiet, "labelFontSize": 12,
                                "domainColor": colours.line, "tickColor": colours.line}}}  # fmt: skip


def _axes(most: int) -> dict[str, Any]:
    x = {
        "field": "n",
        "type": "quantitative",
        "title": _("Number of sizes"),
        "axis": {"tickMinStep": 1, "grid": False, "format": "d"},
        "scale": {"domain": [1, most]},
    }
    y = {
        "field": "share",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, 1]},
        "axis": {"format": "%", "grid": False, "tickCount": 5},
    }
    return {"x": x, "y": y}


def _lines(rows: list[dict[str, Any]], ours: str, theirs: str, own: float, axes: dict[str, Any]) -> list[Any]:
    """A rule for a frame made for each, the two lines with their points, and our points' shares."""
    colours = current()
    by_run = {"field": "who", "type": "nominal", "legend": None}
    colour = by_run | {"scale": {"domain": [ours, theirs], "range": [colours.evidence, colours.quiet]}}
    dash = {"strokeDash": by_run | {"scale": {"domain": [ours, theirs], "range": [[1, 0], [5, 4]]}}}
    base: dict[str, Any] = {"data": {"values": rows}, "encoding": axes | {"color": colour}}
    tip = [
        {"field": "who", "title": _("Run of sizes")},
        {"field": "n", "title": _("Number of sizes")},
        {"field": "said", "title": _("Fitted")},
    ]
    return [
        {"data": {"values": [{"share": own}]}, "mark": {"type": "rule", "color": colours.ink, "strokeDash": [2, 3]},
         "encoding": {"y": axes["y"]}},
        base | {"mark": {"type": "line", "strokeWidth": 2.5}, "encoding": base["encoding"] | dash},
        base | {"mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
                "encoding": base["encoding"] | {"tooltip": tip}},
        base | {"transform": [{"filter": {"field": "who", "equal": ours}}],
                "mark": {"type": "text", "dy": -12, "fontSize": 12, "color": colours.evidence},
                "encoding": axes | {"text": {"field": "said"}}},
    ]  # fmt: skip


def _ends(found: Sequence[Run], trade: dict[int, float], own: float) -> list[dict[str, Any]]:
    """Where each line ends and what it is called there; ``up`` in pixels, down where it is positive."""
    colours, last = current(), max(trade)
    each = _("{name}: {said}", name=_("a frame made for each"), said=percent(own))
    ours, theirs = _("chosen from the faces"), _("the trade’s usual run")
    return [
        {"n": len(found), "share": found[-1].held_out, "name": ours, "colour": colours.evidence, "up": -30},
        {"n": last, "share": trade[last], "name": theirs, "colour": colours.quiet, "up": 22},
        {"n": len(found), "share": own, "name": each, "colour": colours.ink, "up": -8},
    ]


def _end(end: dict[str, Any], axes: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"values": [end]},
            "mark": {"type": "text", "align": "right", "dx": 0, "fontSize": 13, "fontWeight": 600,
                     "color": end["colour"], "dy": end["up"]},
            "encoding": axes | {"text": {"field": "name"}}}  # fmt: skip
