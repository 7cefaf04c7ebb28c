"""A map as an altair chart: points with their ranges over two axes, four named quarters, names beside the points.

Names are laid where they cover neither a point nor another name; a point without room shows its number alone, as all do
on a narrow screen, and says its name when it is pointed at.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import lru_cache
from typing import Any

import streamlit as st

from lib.figures import Map, Place
from lib.i18n import _, current_language, number
from lib.shell import html
from lib.shell.charts import FONT
from lib.shell.html import element
from lib.shell.palette import Palette, current

HEIGHT = 520  # pixels
WIDTH = 1000  # pixels for which names are laid
NARROW = 620  # pixels below which only numbers are drawn
LETTER, LINE = 6.6, 16  # pixels of a letter and of a line at the names' size
DOT = 11  # radius in pixels
NEAR = 6  # pixels from a point's middle to its name's corner, past the ranges that cross in it
PICK = "pick"
Box = tuple[float, float, float, float]  # left, top, right, bottom, in pixels


def draw(drawn: Map, key: str, on_pick: Callable[[str], None] | None = None) -> None:
    """Show the map with its finding; ``on_pick`` gets the key of a point that is clicked."""
    html.draw(element("p", drawn.title, class_="toile-finding"))

    def picked() -> None:
        points = st.session_state[key].get("selection", {}).get(PICK, [])
        if points and on_pick is not None:
            on_pick(str(points[0]["key"]))

    made = deepcopy(_spec(drawn, current(), current_language()))
    said = spoken(drawn)
    if on_pick is None:
        st.vega_lite_chart(spec=made, width="stretch", theme=None, alt=said)
    else:
        st.vega_lite_chart(
            spec=made, width="stretch", theme=None, alt=said, key=key, on_select=picked, selection_mode=PICK
        )
    if drawn.source:
        html.draw(element("p", drawn.source, class_="toile-source"))


def chart(drawn: Map, colours: Palette) -> Any:
    """The altair chart, with a point selection called ``PICK`` over the field 'key'."""
    import altair as alt

    x = alt.X("x:Q", title=f"{drawn.x_name} →", scale=_scale(drawn.x_range), axis=_axis(colours))
    y = alt.Y("y:Q", title=f"{drawn.y_name} ↑", scale=_scale(drawn.y_range), axis=_axis(colours))
    base = alt.Chart(alt.InlineData(values=records(drawn)))
    pick = alt.selection_point(name=PICK, fields=["key"], on="click", clear="dblclick")
    layers = [
        *_split(alt, drawn, colours),
        *_quarters(alt, drawn, colours),
        *_ranges(alt, base, x, y, colours),
        _points(alt, base, x, y, colours).add_params(pick),
        *_names(alt, base, x, y, colours),
    ]
    return (
        alt.layer(*layers)
        .properties(height=HEIGHT, background=colours.paper)
        .configure(font=FONT)
        .configure_view(stroke=None)
    )


@lru_cache(maxsize=16)
def _spec(drawn: Map, colours: Palette, language: str) -> dict[str, Any]:
    """The chart as Vega-Lite, which altair takes a while for."""
    found: dict[str, Any] = chart(drawn, colours).to_dict()
    return found


def records(drawn: Map) -> list[dict[str, Any]]:
    """The points with where their names go; ``dx`` is None where there is no room."""
    boxes = [_dot(drawn, place) for place in drawn.places]
    found = []
    for place in drawn.places:
        own = _dot(drawn, place)
        spot = _spot(drawn, place, [box for box in boxes if box != own])
        if spot is not None:
            boxes.append(spot[1])
        first, _space, rest = place.label.partition(" ")
        said = f"{drawn.y_name} {number(place.y, 1)} · {drawn.x_name} {number(place.x, 1)}"
        found.append(
            {
                "key": place.key,
                "number": _number(drawn, place, first),
                "name": rest if first.isdigit() else place.label,
                "x": place.x,
                "y": place.y,
                "x_low": place.x if place.x_low is None else place.x_low,
                "x_high": place.x if place.x_high is None else place.x_high,
                "y_low": place.y if place.y_low is None else place.y_low,
                "y_high": place.y if place.y_high is None else place.y_high,
                "role": place.role,
                "front": int(place.role == "neutral"),
                "note": place.note,
                "said": said,
                "spoken": " · ".join(part for part in (place.label, said, place.note) if part),
                "side": spot[0] if spot else "none",
            }
        )
    return found


def _number(drawn: Map, place: Place, first: str) -> str:
    """The number inside a point. Of several at one spot one carries it, with a plus, so that it can be read."""
    if not first.isdigit():
        return ""
    here = [other for other in drawn.places if _together(_dot(drawn, place), _dot(drawn, other))]
    lead = next((other for other in here if other.role == "neutral"), here[0])
    if lead is not place:
        return ""
    return f"{first}+" if len(here) > 1 else first


def _together(one: Box, other: Box) -> bool:
    return abs(one[0] - other[0]) < DOT / 2 and abs(one[1] - other[1]) < DOT / 2


def _pixels(drawn: Map, place: Place) -> tuple[float, float]:
    (left, right), (low, high) = drawn.x_range, drawn.y_range
    return (place.x - left) / (right - left) * WIDTH, (high - place.y) / (high - low) * HEIGHT


def _dot(drawn: Map, place: Place) -> Box:
    x, y = _pixels(drawn, place)
    return x - DOT, y - DOT, x + DOT, y + DOT


def _spot(drawn: Map, place: Place, taken: list[Box]) -> tuple[str, Box] | None:
    """The first side of the point on which its name covers nothing, within the picture."""
    x, y = _pixels(drawn, place)
    wide = len(place.label) * LETTER
    # Off the axes of the point: its ranges run along them.
    right, left = (x + NEAR, x + NEAR + wide), (x - NEAR - wide, x - NEAR)
    above, below = (y - NEAR - LINE, y - NEAR), (y + NEAR, y + NEAR + LINE)
    sides: dict[str, Box] = {
        f"{upright}_{side}": (across[0], along[0], across[1], along[1])
        for upright, along in (("above", above), ("below", below))
        for side, across in (("right", right), ("left", left))
    }
    for side, box in sides.items():
        inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT
        if inside and not any(_cover(box, other) for other in taken):
            return side, box
    return None


def _cover(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _scale(ends: tuple[float, float]) -> Any:
    import altair as alt

    return alt.Scale(domain=list(ends), nice=False, zero=False)


def _axis(colours: Palette) -> Any:
    import altair as alt

    return alt.Axis(
        values=[1, 2, 3, 4, 5],
        format="d",
        grid=False,
        domain=False,
        tickColor=colours.line,
        labelColor=colours.quiet,
        titleColor=colours.ink,
        titleFontSize=14,
        titleFontWeight=500,
        labelFontSize=12,
    )


def _split(alt: Any, drawn: Map, colours: Palette) -> list[Any]:
    """The lines on which the quarters meet."""
    at = alt.Chart(alt.InlineData(values=[{"x": drawn.split[0], "y": drawn.split[1]}]))
    rule = at.mark_rule(color=colours.quiet, strokeDash=[3, 4], strokeWidth=1)
    return [
        rule.encode(x=alt.X("x:Q", scale=_scale(drawn.x_range))),
        rule.encode(y=alt.Y("y:Q", scale=_scale(drawn.y_range))),
    ]


def _quarters(alt: Any, drawn: Map, colours: Palette) -> list[Any]:
    """The quarters' names in their outer corners."""
    (left, right), (low, high) = drawn.x_range, drawn.y_range
    corners = [(left, high, "left", "top"), (right, high, "right", "top")]
    corners += [(left, low, "left", "bottom"), (right, low, "right", "bottom")]
    layers = []
    for name, (x, y, align, baseline) in zip(drawn.quarters, corners, strict=True):
        layers.append(
            alt.Chart(alt.InlineData(values=[{"x": x, "y": y, "name": name}]))
            .mark_text(
                align=align,
                baseline=baseline,
                dx=6 if align == "left" else -6,
                dy=4 if baseline == "top" else -4,
                fontSize=alt.ExprRef(f"width < {NARROW} ? 13 : 17"),
                fontStyle="italic",
                font="Newsreader, Georgia, serif",
                color=colours.quiet,
            )
            .encode(
                x=alt.X("x:Q", scale=_scale(drawn.x_range)),
                y=alt.Y("y:Q", scale=_scale(drawn.y_range)),
                text="name:N",
            )
        )
    return layers


def _ranges(alt: Any, base: Any, x: Any, y: Any, colours: Palette) -> list[Any]:
    """The ranges as thin lines, those of the chosen point and of what rests on evidence stronger."""
    strength = alt.condition("datum.role !== 'baseline'", alt.value(0.85), alt.value(0.22))
    colour = _colour(alt, colours)
    rule = base.mark_rule(strokeWidth=1.5)
    return [
        rule.encode(x=_end(x, "x_low"), x2="x_high:Q", y=y, color=colour, opacity=strength),
        rule.encode(y=_end(y, "y_low"), y2="y_high:Q", x=x, color=colour, opacity=strength),
    ]


def _end(channel: Any, field: str) -> Any:
    """The same axis over another field."""
    other = channel.copy()
    other.shorthand = f"{field}:Q"
    return other


def _colour(alt: Any, colours: Palette) -> Any:
    return alt.Color(
        "role:N",
        legend=None,
        scale=alt.Scale(domain=["ours", "baseline", "neutral"], range=[colours.evidence, colours.quiet, colours.ink]),
    )


def _points(alt: Any, base: Any, x: Any, y: Any, colours: Palette) -> Any:
    tips = [alt.Tooltip("name:N", title=_("What")), alt.Tooltip("said:N", title=_("Expected"))]
    tips.append(alt.Tooltip("note:N", title=_("Rank")))
    fill = alt.Fill(
        "role:N",
        legend=None,
        scale=alt.Scale(domain=["ours", "baseline", "neutral"], range=[colours.evidence, colours.paper, colours.ink]),
    )
    mark = base.mark_circle(size=DOT * DOT * 3.2, stroke=colours.ink, strokeWidth=1.2, opacity=1, cursor="pointer")
    return mark.encode(x=x, y=y, fill=fill, tooltip=tips, description="spoken:N", order=alt.Order("front:Q"))


def _names(alt: Any, base: Any, x: Any, y: Any, colours: Palette) -> list[Any]:
    """Numbers inside the points, names beside them."""
    ink = alt.condition("datum.role !== 'baseline'", alt.value(colours.paper), alt.value(colours.ink))
    numbers = base.mark_text(fontSize=11, fontWeight=600).encode(x=x, y=y, text="number:N", color=ink)
    # Not merely unseen on a narrow screen: a name of some size would still take the map's width.
    size = alt.ExprRef(f"width < {NARROW} ? 0 : 12.5")
    marks = {
        f"{upright}_{side}": {"align": align, "baseline": baseline, "dx": dx, "dy": dy}
        for upright, baseline, dy in (("above", "bottom", -NEAR), ("below", "top", NEAR))
        for side, align, dx in (("right", "left", NEAR), ("left", "right", -NEAR))
    }
    layers = [numbers]
    for side, placed in marks.items():
        one = base.transform_filter(f"datum.side === '{side}'")
        layers.append(one.mark_text(fontSize=size, color=colours.ink, **placed).encode(x=x, y=y, text="name:N"))
    return layers


def spoken(drawn: Map) -> str:
    """The map in words, for who doesn't see it."""
    return f"{drawn.title}. " + "; ".join(f"{place.label}: {place.note}" for place in drawn.places)
