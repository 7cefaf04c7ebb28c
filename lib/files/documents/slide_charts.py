"""Figures as charts that PowerPoint itself draws: their numbers, names and intervals stay editable.

A figure of dots and a map are XY scatters, bars are bar charts, a timeline is stacked bars. Intervals are error bars.
Names stand in data labels, each measured before, so that none runs over another or over the edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from lib.figures import Figure, Map, Mark, Role, Timeline, domain, interval_said, said
from lib.files.documents.measuring import LEADING, POINT, shortened
from lib.files.documents.placing import MOST, SIZE, joined_numbers, placed_names
from lib.files.documents.slide_marks import (
    SANS,
    Box,
    ChartColours,
    added,
    bare_axes,
    error_bars,
    fill,
    hide,
    inner,
    invisible,
    line,
    marker,
    rgb,
    safe,
    set_label,
    unseen,
)

VALUES: Final = 0.34  # of the width, kept at the right for the values
LABELS: Final = 0.34  # of the width, kept at the left for the names of bars
Ends = tuple[float | None, float | None] | None
Sort = tuple[Role, bool]  # role, whether there is an interval of y
Spot = tuple[Role, float, float, Ends, Ends]  # role, x, y, interval of x, interval of y


def figure_chart(shapes: Any, figure: Figure, box: Box, colours: ChartColours) -> None:
    """A figure as a chart in its box."""
    if figure.kind == "dots":
        _dots(shapes, figure, box, colours)
    else:
        _categories(shapes, figure, box, colours)


def _dots(shapes: Any, figure: Figure, box: Box, colours: ChartColours) -> None:
    """One row a mark: its name above it, its value with the interval at the right."""
    low, high = domain(figure)
    end = high + (high - low) * VALUES / (1 - VALUES)
    rows = list(enumerate(reversed(figure.marks), start=1))
    own = [(mark.role, mark.value, float(row), (mark.low, mark.high), None) for row, mark in rows]
    extra = [("names", [(low, row + 0.36) for row, _mark in rows]), ("values", [(end, float(row)) for row, _ in rows])]
    if figure.zero:
        extra.append(("0", [(0.0, 0.6), (0.0, len(rows) + 0.4)]))
    _own, made = _scatter(shapes, own, extra, box, ((low, end), (0.4, len(rows) + 0.75)), colours)
    size = max(9.0, min(14.0, box[3] / max(len(rows), 1) / (3.0 * LEADING * POINT)))
    room = box[2] * 0.97
    invisible(made[0], [shortened(mark.label, SANS, size, room) for _row, mark in rows], size, "r", colours)
    told = [f"{said(mark.value, figure)} {interval_said(mark, figure)}".strip() for _row, mark in rows]
    room = box[2] * VALUES
    invisible(made[1], [shortened(one, SANS, size, room) for one in told], size, "l", colours)
    if figure.zero:
        line(made[-1], colours.line)


def _categories(shapes: Any, figure: Figure, box: Box, colours: ChartColours) -> None:
    """Bars lie, a line runs from left to right; the value stands with the name."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    bars = figure.kind == "bars"
    data: Any = cast(Any, CategoryChartData)()
    width = box[2] * LABELS if bars else box[2] / max(len(figure.marks), 1)
    data.categories = [_category(mark, figure, width) for mark in figure.marks]
    data.add_series(safe(figure.unit or figure.title), [mark.value for mark in figure.marks])
    kind = XL_CHART_TYPE.BAR_CLUSTERED if bars else XL_CHART_TYPE.LINE_MARKERS
    chart = added(shapes, kind, data, box)
    low, high = domain(figure)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = low, high
    bare_axes(chart, colours, flipped=bars)
    drawn = chart.plots[0].series[0]
    error_bars(chart, drawn, [(mark.value, mark.low, mark.high) for mark in figure.marks], colours.ink)
    if bars:
        chart.plots[0].gap_width = 90
        inner(chart, LABELS, 0.02, 1 - LABELS - 0.03, 0.96)
        for at, mark in enumerate(figure.marks):
            fill(drawn.points[at].format, colours.of(mark.role))
    else:
        drawn.format.line.color.rgb = rgb(colours.ours)
        drawn.smooth = False


def _category(mark: Mark, figure: Figure, width: float) -> str:
    told = f"{said(mark.value, figure)} {interval_said(mark, figure)}".strip()
    return safe(shortened(mark.label, SANS, 10, width * 0.92)) + "\n" + shortened(told, SANS, 10, width * 0.92)


def map_chart(shapes: Any, figure: Map, box: Box, colours: ChartColours, numbered: Sequence[int]) -> None:
    """Places with their ranges, the lines where the quarters meet, and the quarters' names in the corners.

    ``numbered`` are the positions of places whose name doesn't fit: they bear their number, which the slide explains.
    """
    (left, right), (foot, head) = figure.x_range, figure.y_range
    x, y = figure.split
    corners = [(left, head), (right, head), (left, foot), (right, foot)]
    own = [
        (place.role, place.x, place.y, (place.x_low, place.x_high), (place.y_low, place.y_high))
        for place in figure.places
    ]
    lines = [("x", [(x, foot), (x, head)]), ("y", [(left, y), (right, y)])]
    ranges = (figure.x_range, figure.y_range)
    drawn, made = _scatter(shapes, own, [*lines, ("quarters", corners)], box, ranges, colours, colours.line)
    sides = placed_names(figure, box[2], box[3], SANS)
    points = _points_of(drawn, [_sort(spot[0], spot[4]) for spot in own])
    numbers = joined_numbers(figure, numbered, box[2], box[3])
    for at, (point, place) in enumerate(zip(points, figure.places, strict=True)):
        name = numbers[at] if at in numbers else shortened(place.label, SANS, SIZE, box[2] * MOST)
        if name:
            set_label(point, name, SIZE, sides.get(at, "r"), colours.ink)
    for one in made[:2]:
        line(one, colours.baseline)
    hide(made[-1])
    for at, (name, side) in enumerate(zip(figure.quarters, "rlrl", strict=True)):
        label = shortened(name, SANS, 12, box[2] * 0.45)
        set_label(made[-1].points[at], label, 12, side, colours.baseline, bold=True)


def timeline_chart(shapes: Any, figure: Timeline, box: Box, colours: ChartColours) -> None:
    """Bars over periods: an unseen part before each, then the bar. Lanes stand as lines of their own."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    rows = timeline_rows(figure)
    size = max(8.0, min(14.0, box[3] / max(len(rows), 1) / (1.6 * LEADING * POINT)))
    room = box[2] * LABELS * 0.94
    data: Any = cast(Any, CategoryChartData)()
    data.categories = [safe(shortened(name, SANS, size, room)) for name, _start, _length, _role in rows]
    data.add_series("before", [start for _name, start, _length, _role in rows])
    data.add_series(safe(figure.title[:80]), [length for _name, _start, length, _role in rows])
    chart = added(shapes, XL_CHART_TYPE.BAR_STACKED, data, box)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, len(figure.periods)
    chart.value_axis.major_unit = 1
    bare_axes(chart, colours, flipped=True, size=size)
    chart.value_axis.has_major_gridlines = True
    chart.value_axis.major_gridlines.format.line.color.rgb = rgb(colours.line)
    inner(chart, LABELS, 0.0, 1 - LABELS, 1.0)
    plot = chart.plots[0]
    plot.overlap, plot.gap_width = 100, 60
    plot.series[0].format.fill.background()
    for at, (_name, _start, length, role) in enumerate(rows):
        if length:
            fill(plot.series[1].points[at].format, colours.of(role))


def timeline_rows(figure: Timeline) -> list[tuple[str, int, int, Role]]:
    """Name, start, length in periods and role, lane by lane; a lane's own name is a row without a bar."""
    found: list[tuple[str, int, int, Role]] = []
    for lane in dict.fromkeys(span.lane for span in figure.spans):
        if lane:
            found.append((lane.upper(), 0, 0, "neutral"))
        own = [span for span in figure.spans if span.lane == lane]
        found += [(span.label, span.start, span.end - span.start + 1, span.role) for span in own]
    return found


def period_labels(figure: Timeline, box: Box) -> list[tuple[str, float, float]]:
    """Name, left and width in cm of each period, above the bars."""
    step = box[2] * (1 - LABELS) / max(len(figure.periods), 1)
    return [(name, box[0] + box[2] * LABELS + at * step, step) for at, name in enumerate(figure.periods)]


def _scatter(
    shapes: Any,
    own: Sequence[Spot],
    extra: Sequence[tuple[str, Sequence[tuple[float, float]]]],
    box: Box,
    ranges: tuple[tuple[float, float], tuple[float, float]],
    colours: ChartColours,
    ranges_in: str = "",
) -> tuple[list[Any], list[Any]]:
    """A scatter: one series a role, and one for each of ``extra``. Handed back are these, in that order.

    Ranges of y are error bars. Those of x are lines of their own: LibreOffice doesn't read error bars along x.
    """
    from pptx.chart.data import XyChartData
    from pptx.enum.chart import XL_CHART_TYPE

    # Points without a range of y stand in a series of their own: error bars of no length would be drawn as ticks.
    sorts = _sorts([_sort(spot[0], spot[4]) for spot in own])
    series: list[tuple[str, Sequence[tuple[float, float]]]] = [
        (role, [(spot[1], spot[2]) for spot in own if _sort(spot[0], spot[4]) == (role, ranged)])
        for role, ranged in sorts
    ]
    series += extra
    ranged = [(spot[0], spot[2], spot[3]) for spot in own if spot[3] is not None and None not in spot[3]]
    series += [("interval", [(float(ends[0]), y), (float(ends[1]), y)]) for _role, y, ends in ranged]  # type: ignore
    # LibreOffice loses a series that stands before a longer one.
    order = sorted(range(len(series)), key=lambda at: -len(series[at][1]))
    data: Any = cast(Any, XyChartData)()
    for at in order:
        one = data.add_series(safe(series[at][0]))
        for x, y in series[at][1]:
            one.add_data_point(x, y)
    chart = added(shapes, XL_CHART_TYPE.XY_SCATTER, data, box)
    _scaled(chart, ranges)
    drawn = dict(zip(order, chart.plots[0].series, strict=True))
    made = [drawn[at] for at in range(len(series))]
    for (role, upright), one in zip(sorts, made, strict=False):
        marker(one, colours.of(role), filled=role != "baseline")
        if upright:
            ends = [(spot[2], *(spot[4] or (None, None))) for spot in own if _sort(spot[0], spot[4]) == (role, True)]
            error_bars(chart, one, ends, ranges_in or colours.of(role))
    for (role, _y, _ends), one in zip(ranged, made[len(sorts) + len(extra) :], strict=True):
        line(one, ranges_in or colours.of(role), 1.75)
    return made[: len(sorts)], made[len(sorts) : len(sorts) + len(extra)]


def _scaled(chart: Any, ranges: tuple[tuple[float, float], tuple[float, float]]) -> None:
    for axis, (low, high) in zip((chart.category_axis, chart.value_axis), ranges, strict=True):
        edge = (high - low) * 0.002  # what lies on the edge is drawn, however the ends are rounded
        axis.minimum_scale, axis.maximum_scale = low - edge, high + edge
        axis.has_major_gridlines = False
        unseen(axis)
    inner(chart, 0.015, 0.015, 0.97, 0.97)


def _sort(role: Role, ends: Ends) -> Sort:
    """A point's role, and whether it has a range of y."""
    return role, ends is not None and None not in ends


def _sorts(found: Sequence[Sort]) -> list[Sort]:
    return list(dict.fromkeys(found))


def _points_of(drawn: Sequence[Any], sorts: Sequence[Sort]) -> list[Any]:
    """The points of the sorts' series in the order in which they were handed in."""
    series = dict(zip(_sorts(sorts), drawn, strict=True))
    counted = dict.fromkeys(series, -1)
    found = []
    for sort in sorts:
        counted[sort] += 1
        found.append(series[sort].points[counted[sort]])
    return found
