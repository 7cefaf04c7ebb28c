"""The charts of ``slide_charts`` drawn on a page of a PDF, at the same places."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from lib.figures import Figure, Map, Mark, Timeline, domain, interval_said, said
from lib.files.documents.measuring import LEADING, POINT, shortened
from lib.files.documents.placing import GAP, MOST, SIZE, joined_numbers, placed_names, spot
from lib.files.documents.slide_charts import LABELS, VALUES, timeline_rows
from lib.files.documents.slide_marks import Box, ChartColours

if TYPE_CHECKING:
    from lib.files.documents.pages import Page


def figure_chart(page: Page, figure: Figure, box: Box, colours: ChartColours) -> None:
    """A row for each mark: its name, the mark with its interval, its value. A line is drawn as joined dots."""
    left, top, width, height = box
    step = height / max(len(figure.marks), 1)
    size = max(8.0, min(14.0, step / (3.0 * LEADING * POINT)))
    low, high = domain(figure)
    room = width * (1 - VALUES)

    def across(value: float) -> float:
        return left + 0.1 + (value - low) / (high - low) * (room - 0.3)

    if figure.zero:
        page.stroke(across(0.0), top, across(0.0), top + height, colours.line, 0.8)
    points: list[tuple[float, float]] = []
    for at, mark in enumerate(figure.marks):
        y = top + at * step + step * 0.68
        name = shortened(mark.label, page.sans, size, width * 0.97)
        page.line(name, left, y - 0.32 - size * LEADING * POINT, width, page.sans, size, colours.ink)
        _mark(page, figure, mark, across(mark.value), (across(low if low > 0 else 0.0), y), colours)
        if mark.low is not None and mark.high is not None:
            page.stroke(across(mark.low), y, across(mark.high), y, colours.of(mark.role), 1.8)
        points.append((across(mark.value), y))
        told = shortened(f"{said(mark.value, figure)} {interval_said(mark, figure)}".strip(), page.sans, size, width)
        page.line(told, left, y - size * POINT * 0.6, width, page.sans, size, colours.ink, "right")
    if figure.kind == "line":
        for (x1, y1), (x2, y2) in pairwise(points):
            page.stroke(x1, y1, x2, y2, colours.baseline, 0.8)


def _mark(page: Page, figure: Figure, mark: Mark, x: float, origin: tuple[float, float], colours: ChartColours) -> None:
    zero, y = origin
    if figure.kind == "bars":
        page.rule(min(x, zero), y - 0.12, abs(x - zero), colours.of(mark.role), 0.24)
    else:
        page.dot(x, y, 0.14, colours.of(mark.role), filled=mark.role != "baseline")


def map_chart(page: Page, figure: Map, box: Box, colours: ChartColours, numbered: Sequence[int]) -> None:
    """Places with their ranges, the lines where the quarters meet, the quarters' names in the corners."""
    left, top, width, height = box

    def at_spot(x: float, y: float) -> tuple[float, float]:
        across, down = spot(figure, x, y, width, height)
        return left + across, top + down

    (low, high), (foot, head) = figure.x_range, figure.y_range
    for start, end in (
        ((figure.split[0], foot), (figure.split[0], head)),
        ((low, figure.split[1]), (high, figure.split[1])),
    ):
        page.stroke(*at_spot(*start), *at_spot(*end), colours.baseline, 0.8)
    line = 12 * LEADING * POINT
    for at, name in enumerate(figure.quarters):
        y = top if at < 2 else top + height - line
        kept = shortened(name, page.bold, 12, width * 0.45)
        page.line(kept, left, y, width, page.bold, 12, colours.baseline, "left" if at % 2 == 0 else "right")
    for place in figure.places:
        for ends in (
            ((place.x_low, place.y), (place.x_high, place.y)),
            ((place.x, place.y_low), (place.x, place.y_high)),
        ):
            (x1, y1), (x2, y2) = ends
            if x1 is not None and x2 is not None and y1 is not None and y2 is not None:
                page.stroke(*at_spot(x1, y1), *at_spot(x2, y2), colours.line, 1.2)
    sides = placed_names(figure, width, height, page.sans)
    numbers = joined_numbers(figure, numbered, width, height)
    for at, place in enumerate(figure.places):
        x, y = at_spot(place.x, place.y)
        page.dot(x, y, 0.13, colours.of(place.role), filled=place.role != "baseline")
        name = numbers[at] if at in numbers else shortened(place.label, page.sans, SIZE, width * MOST)
        _name(page, name, x, y, sides.get(at, "r"), colours.ink)


def _name(page: Page, name: str, x: float, y: float, side: str, colour: str) -> None:
    line = SIZE * LEADING * POINT
    top = {"t": y - GAP - line, "b": y + GAP}.get(side, y - line / 2)
    left, align = {"r": (x + GAP, "left"), "l": (x - GAP - 20, "right")}.get(side, (x - 10, "centre"))
    page.line(name, left, top, 20, page.sans, SIZE, colour, align)  # type: ignore[arg-type]


def timeline_chart(page: Page, figure: Timeline, box: Box, colours: ChartColours) -> None:
    """Bars over periods, lane by lane."""
    left, top, width, height = box
    rows = timeline_rows(figure)
    step = height / max(len(rows), 1)
    size = max(8.0, min(14.0, step / (1.6 * LEADING * POINT)))
    begin, period = left + width * LABELS, width * (1 - LABELS) / max(len(figure.periods), 1)
    for at in range(len(figure.periods) + 1):
        page.stroke(begin + at * period, top, begin + at * period, top + height, colours.line, 0.6)
    for at, (name, start, length, role) in enumerate(rows):
        y = top + at * step
        room = width * LABELS * 0.94
        face = page.sans if length else page.bold
        kept = shortened(name, face, size, room)
        page.line(kept, left, y + step / 2 - size * POINT * 0.6, room, face, size, colours.ink, "right")
        if length:
            page.rule(begin + start * period, y + step * 0.19, length * period, colours.of(role), step * 0.62)
