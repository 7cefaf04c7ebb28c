"""The queue's pictures: waiting by hour with its band, and the agents that each half hour takes."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lib.commerce.service_assistant.queueing.log import DAY
from lib.commerce.service_assistant.queueing.simulation import WITH, WITHOUT
from lib.commerce.service_assistant.queueing.telling import SCENARIOS, time_of, waiting_title
from lib.i18n import _, duration, number, translate
from lib.shell import charts, html
from lib.shell.html import element
from lib.shell.palette import current

HEIGHT = 260
AXIS = {"grid": False, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 400}


def waiting(found: dict[str, Any], channel: str) -> None:
    """Mean waiting of a channel by the hour of the day, with and without, and what 19 of 20 weeks lie within."""
    rows = [
        {
            "hour": one["hour"] + 0.5,
            "value": one["value"] / 60,
            "low": one["low"] / 60,
            "high": one["high"] / 60,
            "who": translate(SCENARIOS[name]),
            "role": name,
            "said": duration(one["value"]),
            "at": f"{one['hour']:02d}:00",
        }
        for name in (WITHOUT, WITH)
        if found["scenarios"][name]["stable"]
        for one in found["scenarios"][name]["hours"][channel]
    ]
    title = waiting_title(found, channel)
    _draw(title, _waiting_spec(rows), _("minutes of opening hours, by the hour of the day"), rows)
    told = [
        {_("Hour"): row["at"], _("Scenario"): row["who"], _("Waiting"): row["said"], **_interval(row)} for row in rows
    ]
    _as_table(told)


def _interval(row: dict[str, Any]) -> dict[str, str]:
    low, high = duration(row["low"] * 60), duration(row["high"] * 60)
    return {_("19 of 20 weeks"): _("{low} to {high}", low=low, high=high)}


def _waiting_spec(rows: list[dict[str, Any]]) -> dict[str, Any]:
    x = _x([min((row["hour"] for row in rows), default=8) - 0.5, max((row["hour"] for row in rows), default=20) + 0.5])
    y = {"type": "quantitative", "axis": {**AXIS, "title": None, "tickCount": 4}, "scale": {"zero": True}}
    tips = [{"field": name, "type": "nominal", "title": title} for name, title in _tips()]
    return {
        "data": {"values": rows},
        "height": HEIGHT,
        "layer": [
            {
                "mark": {"type": "area", "opacity": 0.18, "interpolate": "monotone"},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": _colour()},
            },
            {
                "mark": {"type": "line", "strokeWidth": 2.5, "interpolate": "monotone"},
                "encoding": {"x": x, "y": {**y, "field": "value"}, "color": _colour(), "strokeDash": _dash()},
            },
            {
                "mark": {"type": "point", "size": 60, "opacity": 0.01},
                "encoding": {"x": x, "y": {**y, "field": "value"}, "tooltip": tips},
            },
            *_names(rows, x, y, "value"),
        ],
    }


def _tips() -> tuple[tuple[str, str], ...]:
    return (("at", _("Hour")), ("who", _("Scenario")), ("said", _("Waiting")))


def agents(found: dict[str, Any], day: int, title: str) -> None:
    """The agents that each half hour of a day takes to keep the promises."""
    rows: list[dict[str, Any]] = []
    for name in (WITHOUT, WITH):
        roster = found["needed"][name]["roster"][day * DAY : (day + 1) * DAY]
        used = [at for at, count in enumerate(roster) if count]
        for at in used:
            rows.append(_step(at, roster[at], name))
        if used:
            rows.append(_step(used[-1] + 1, roster[used[-1]], name))
    hours = [row["hour"] for row in rows]
    x = _x([min(hours, default=8), max(hours, default=20)])
    y = {
        "field": "value",
        "type": "quantitative",
        "axis": {**AXIS, "title": None, "tickMinStep": 1},
        "scale": {"zero": True},
    }
    spec = {
        "data": {"values": rows},
        "height": HEIGHT,
        "layer": [
            {
                "mark": {"type": "line", "strokeWidth": 2.5, "interpolate": "step-after"},
                "encoding": {"x": x, "y": y, "color": _colour(), "strokeDash": _dash()},
            },
            *_names(rows, x, y, "value"),
        ],
    }
    _draw(title, spec, _("agents at once, by half hour"), rows)
    _as_table(
        [{_("Half hour"): row["at"], _("Scenario"): row["who"], _("Agents"): number(row["value"])} for row in rows]
    )


def _step(at: int, count: int, name: str) -> dict[str, Any]:
    return {
        "hour": at / 2,
        "value": count,
        "who": translate(SCENARIOS[name]),
        "role": name,
        "at": time_of(at),
        "said": number(count),
    }


def _x(domain: list[float]) -> dict[str, Any]:
    axis = {**AXIS, "title": None, "labelExpr": "datum.value + ' h'", "tickMinStep": 1, "tickCount": 6}
    return {"field": "hour", "type": "quantitative", "axis": axis, "scale": {"domain": domain, "nice": False}}


def _colour() -> dict[str, Any]:
    colours = current()
    scale = {"domain": [WITHOUT, WITH], "range": [colours.quiet, colours.evidence]}
    return {"field": "role", "type": "nominal", "legend": None, "scale": scale}


def _dash() -> dict[str, Any]:
    """Told apart without colour."""
    scale = {"domain": [WITHOUT, WITH], "range": [[5, 4], [1, 0]]}
    return {"field": "role", "type": "nominal", "legend": None, "scale": scale}


def _names(rows: list[dict[str, Any]], x: dict[str, Any], y: dict[str, Any], field: str) -> list[dict[str, Any]]:
    """Each line's name beside its highest point, not in a legend."""
    named = []
    for name in (WITHOUT, WITH):
        own = [row for row in rows if row["role"] == name]
        if own:
            top = max(own, key=lambda row: float(row[field]))
            middle = (min(row["hour"] for row in rows) + max(row["hour"] for row in rows)) / 2
            named.append({**top, "left": top["hour"] <= middle})
    ground = {"stroke": current().paper, "strokeWidth": 5, "strokeJoin": "round"}  # so that no line crosses a name
    return [
        {
            "data": {"values": [one]},
            "mark": {
                **under,
                "type": "text",
                "align": "left" if one["left"] else "right",
                "dx": 8 if one["left"] else -8,
                "dy": -9,
                "fontSize": 13,
                "fontWeight": 600,
            },
            "encoding": {"x": x, "y": {**y, "field": field}, "text": {"field": "who"}, "color": _colour()},
        }
        for one in named
        for under in (ground, {})
    ]


def _draw(title: str, spec: dict[str, Any], unit: str, rows: list[dict[str, Any]]) -> None:
    html.draw(element("p", title, class_="toile-finding"))
    spoken = "; ".join(f"{row['who']} {row['at']}: {row['said']}" for row in rows)
    config = {"font": charts.FONT, "view": {"stroke": None}, "background": current().paper}
    ink = current().ink
    config["axis"] = {"labelColor": ink, "titleColor": ink, "domainColor": current().line, "tickColor": current().line}
    st.vega_lite_chart(spec={**spec, "config": config}, width="stretch", theme=None, alt=f"{title}. {spoken}")
    html.draw(element("p", unit, class_="toile-source"))


def _as_table(rows: list[dict[str, str]]) -> None:
    import pandas as pd

    with st.expander(_("These figures as a table")):
        html.draw(html.table(pd.DataFrame(rows)))
