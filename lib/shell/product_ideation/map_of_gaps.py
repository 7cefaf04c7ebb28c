"""The picture of white space: two attributes crossed, what each pair would sell, and which pairs nobody made."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from lib.atelier.colours import contrast
from lib.i18n import _, ngettext, number, percent
from lib.merchandising.product_ideation import analysis
from lib.merchandising.product_ideation.levels import attribute_name, value_name
from lib.merchandising.product_ideation.pooling import Pooled
from lib.merchandising.product_ideation.samples import latest
from lib.merchandising.product_ideation.white_space import Cell, Map, white_space
from lib.shell import html, session
from lib.shell.charts import FONT
from lib.shell.html import element
from lib.shell.palette import Palette, current
from lib.shell.product_ideation.state import keep, state, widget
from lib.shell.product_ideation.tables import Given
from lib.shell.text import plain

CELL = 40  # pixels
LISTED = 5  # gaps told beside the map
ALL = ""
Seen = tuple[Pooled, list[tuple[str, str, str, Cell]]]


def look(given: Given) -> Seen:
    """The fitted line with its gaps, learned once per session and data, recorded once per person and data."""
    styles = latest(given.line.items)[0]
    kept = st.session_state.get("ideation_seen")
    if kept is None or kept[0] is not given.line.items:
        with st.spinner(_("Learning from the past line")):
            kept = (given.line.items, analysis.look(session.actor(), styles, given.line.data_set))
        st.session_state["ideation_seen"] = kept
    seen: Seen = kept[1]
    return seen


def draw(seen: Seen, source: str) -> None:
    """The map, the choice of the two attributes that it crosses, and the gaps that are worth most."""
    pooled, gaps = seen
    picture = st.container()
    chosen = _choose(pooled, gaps, source)
    if chosen is None:
        return
    category, rows, columns = chosen
    drawn = white_space(pooled, rows, columns, category)
    with picture:
        html.draw(element("p", finding(drawn), class_="toile-finding"))
        st.vega_lite_chart(spec=deepcopy(spec(drawn, current())), width="stretch", theme=None, alt=finding(drawn))
        html.draw(_key())
    if pooled.line.constant:
        names = ", ".join(attribute_name(name) for name in pooled.line.constant)
        st.caption(plain(_("Left out, since it never varies: {names}", names=names)))
    with st.expander(_("These figures as a table")):
        html.draw(html.table(table(drawn)))
    with st.expander(_("Gaps worth most, in all categories"), expanded=False):
        html.draw(_list(gaps))


def _choose(pooled: Pooled, gaps: list[tuple[str, str, str, Cell]], source: str) -> tuple[str, str, str] | None:
    """Category and two attributes: at first those of the gap that is worth most. Each past line has its own choice."""
    line = pooled.line
    first = gaps[0][:3] if gaps else (line.categories[0], "", "")
    maps = state().get("maps", {})
    before = maps.get(source, {})
    one, two, three = st.columns([4, 3, 3])
    categories = [ALL, *line.categories]
    place = f"map_{source}"
    with one:
        default = before.get("category", first[0])
        category = _select(_("Category"), categories, default, f"{place}_category", _category_name)
    names = [name for name in (line.offered[category] if category else line.attributes) if name in line.attributes]
    if len(names) < 2:
        st.info(_("Fewer than two attributes vary in this category. Choose another one."))
        return None
    with two:
        rows = _select(_("Down"), names, before.get("rows", first[1]), f"{place}_rows", attribute_name)
    others = [name for name in names if name != rows]
    with three:
        columns = _select(_("Across"), others, before.get("columns", first[2]), f"{place}_columns", attribute_name)
    now = {"category": category, "rows": rows, "columns": columns}
    if now != before:
        keep(maps={**maps, source: now})
    return category, rows, columns


def _category_name(category: str) -> str:
    return value_name("category", category).capitalize() if category else _("All")


def _select(label: str, options: list[str], default: str, name: str, said: Any) -> str:
    """A choice that survives a change of what there is to choose from, and of the language that it is said in."""
    key = widget(f"{name}_{session.language()}")
    if st.session_state.get(key) not in options:
        st.session_state[key] = default if default in options else options[0]
    return str(st.selectbox(label, options, format_func={one: said(one) for one in options}.__getitem__, key=key))


def finding(drawn: Map) -> str:
    """What the map shows, in a sentence."""
    where = _category_name(drawn.category) if drawn.category else _("The line")
    if not drawn.gaps:
        return _(
            "No gap here: what was rarely made is not what sells. Mean of {where}: {mean}.",
            where=where,
            mean=percent(drawn.mean),
        )
    best = drawn.gaps[0]
    pair = _(
        "{where}: {first} with {second}",
        where=where,
        first=value_name(drawn.rows, best.first),
        second=value_name(drawn.columns, best.second),
    )
    made = ngettext("made {n} time", "made {n} times", best.made) if best.made else _("never made")
    expected = _(
        "{value} expected ({low} to {high}), mean {mean}",
        value=percent(best.value),
        low=percent(best.low),
        high=percent(best.high),
        mean=percent(drawn.mean),
    )
    return _("{pair}, {made}: {expected}", pair=pair, made=made, expected=expected)


def records(drawn: Map, colours: Palette) -> list[dict[str, Any]]:
    """The cells for the chart; texts are said already, colours chosen so that each can be read."""
    values = [cell.value for cell in drawn.cells if cell.possible]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    found = []
    for cell in drawn.cells:
        share = (cell.value - low) / max(high - low, 1e-9) if cell.possible else 0.0
        fill = _between(colours.cloth, colours.evidence, share)
        apart = {ink: contrast(_rgb(fill), _rgb(ink)) for ink in (colours.ink, colours.paper, "#000000", "#FFFFFF")}
        found.append(
            {
                "row": value_name(drawn.rows, cell.first),
                "column": value_name(drawn.columns, cell.second),
                "value": cell.value,
                "said": percent(cell.value) if cell.possible else "×",
                "interval": _("{low} to {high}", low=percent(cell.low), high=percent(cell.high)),
                "made": number(cell.made),
                "label": "×" if not cell.possible else f"◆ {cell.made}" if cell.rare else str(cell.made),
                "kind": "none" if not cell.possible else "gap" if cell.rare else "cell",
                "fill": fill,
                "ink": max(apart, key=apart.__getitem__),
            }
        )
    return found


def _rgb(value: str) -> tuple[int, int, int]:
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def _between(one: str, other: str, share: float) -> str:
    """A colour on the way from one to another."""
    mixed = (round(a + (b - a) * share) for a, b in zip(_rgb(one), _rgb(other), strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed)


def spec(drawn: Map, colours: Palette) -> dict[str, Any]:
    """The heat map as Vega-Lite: colour is the expected sell-through, the number how often it was made."""
    order = {
        "row": [value_name(drawn.rows, one) for one in drawn.row_values],
        "column": [value_name(drawn.columns, one) for one in drawn.column_values],
    }
    x = {"field": "column", "type": "nominal", "sort": order["column"], "axis": _axis("top", colours)}
    y = {"field": "row", "type": "nominal", "sort": order["row"], "axis": _axis("left", colours)}
    tips = [
        {"field": "row", "title": attribute_name(drawn.rows)},
        {"field": "column", "title": attribute_name(drawn.columns)},
        {"field": "said", "title": _("Expected sell-through")},
        {"field": "interval", "title": _("95% interval")},
        {"field": "made", "title": _("Styles made")},
    ]
    return {
        "data": {"values": records(drawn, colours)},
        "height": {"step": CELL},
        "background": colours.paper,
        "encoding": {"x": x, "y": y, "tooltip": tips},
        "layer": [
            {
                "mark": {"type": "rect", "stroke": colours.paper, "strokeWidth": 2},
                "encoding": {"color": {"field": "fill", "type": "nominal", "legend": None, "scale": None}},
            },
            {
                "transform": [{"filter": "datum.kind === 'gap'"}],
                "mark": {"type": "rect", "filled": False, "stroke": colours.accent, "strokeWidth": 3},
            },
            {
                "mark": {"type": "text", "fontSize": 13},
                "encoding": {
                    "text": {"field": "label"},
                    "color": {"field": "ink", "type": "nominal", "legend": None, "scale": None},
                },
            },
        ],
        "config": {"font": FONT, "view": {"stroke": None}},
    }


def _axis(orient: str, colours: Palette) -> dict[str, Any]:
    angled = {"labelAngle": -40} if orient == "top" else {}
    return {
        "orient": orient,
        "title": None,
        "domain": False,
        "ticks": False,
        "labelFontSize": 13,
        "labelColor": colours.ink,
        "labelLimit": 150 if orient == "top" else 130,
        "labelPadding": 6,
        **angled,
    }


def _key() -> Markup:
    """What the signs of the map mean."""
    return element(
        "p",
        element("span", _("Number: styles made")),
        element("span", _("Stronger colour: higher expected sell-through")),
        element("span", _("◆: gap, rarely made though both parts sell")),
        element("span", _("×: can’t be made")),
        class_="toile-source ideas-key",
    )


def table(drawn: Map) -> pd.DataFrame:
    """The cells, the gaps first."""
    cells = sorted(drawn.cells, key=lambda cell: (not cell.rare, not cell.possible, -cell.value))
    return pd.DataFrame(
        {
            attribute_name(drawn.rows): [value_name(drawn.rows, cell.first) for cell in cells],
            attribute_name(drawn.columns): [value_name(drawn.columns, cell.second) for cell in cells],
            _("Styles made"): [number(cell.made) for cell in cells],
            _("By chance"): [number(cell.expected, 1) for cell in cells],
            _("Expected sell-through"): [percent(cell.value) if cell.possible else "×" for cell in cells],
            _("95% interval"): [_("{low} to {high}", low=percent(cell.low), high=percent(cell.high)) for cell in cells],
            _("Gap"): ["◆" if cell.rare else "" for cell in cells],
        }
    )


def _list(gaps: list[tuple[str, str, str, Cell]]) -> Markup:
    """The gaps of the whole line, one a line."""
    if not gaps:
        return element("p", _("No gap stands out in this line."), class_="toile-source")
    rows = pd.DataFrame(
        {
            _("Category"): [_category_name(one[0]) for one in gaps],
            _("Combination"): [
                f"{value_name(one[1], one[3].first)} + {value_name(one[2], one[3].second)}" for one in gaps
            ],
            _("Styles made"): [number(one[3].made) for one in gaps],
            _("Expected sell-through"): [percent(one[3].value) for one in gaps],
            _("95% interval"): [
                _("{low} to {high}", low=percent(one[3].low), high=percent(one[3].high)) for one in gaps
            ],
        }
    )
    return html.table(rows)
