"""One small description of a chart, from which the page's altair chart and the native PPTX chart are both drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lib.i18n import _, money, number, percent

Role = Literal["ours", "baseline", "neutral"]


@dataclass(frozen=True)
class Mark:
    """One value with its interval. ``label`` is already in the reader's language.

    ``value``, ``low`` and ``high`` share the figure's unit; ``low`` and ``high`` are None where no interval is known,
    which the chart then shows as a bare point.
    """

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    role: Role = "ours"
    group: str = ""
    note: str = ""  # shown on hover and in the table under the chart


@dataclass(frozen=True)
class Figure:
    """A chart: its title states the finding, not the axes."""

    title: str
    marks: tuple[Mark, ...]
    unit: str
    kind: Literal["dots", "bars", "line"] = "dots"
    zero: bool = True  # the axis shows zero, as a rule or as its origin
    source: str = ""  # data and method in one line, shown under the chart
    number_format: Literal["number", "count", "percent", "signed_percent", "money", "place"] = "number"
    interval: str = ""  # what low and high are, in the reader's language, where they are no 95% interval


@dataclass(frozen=True)
class Place:
    """A point of a map with its ranges; ``label`` is already in the reader's language."""

    key: str  # what a click hands back
    label: str
    x: float
    y: float
    x_low: float | None = None
    x_high: float | None = None
    y_low: float | None = None
    y_high: float | None = None
    role: Role = "ours"
    note: str = ""


@dataclass(frozen=True)
class Map:
    """Points over two axes with four named quarters; its title states the finding.

    ``split`` is where the quarters meet; ``quarters`` their names: upper left, upper right, lower left, lower right.
    """

    title: str
    places: tuple[Place, ...]
    x_name: str
    y_name: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    split: tuple[float, float]
    quarters: tuple[str, str, str, str]
    source: str = ""


@dataclass(frozen=True)
class Span:
    """A bar of a timeline from period ``start`` to the end of period ``end``, both counted from 0."""

    key: str
    label: str
    start: int
    end: int
    lane: str = ""
    role: Role = "ours"
    note: str = ""


@dataclass(frozen=True)
class Timeline:
    """Bars over named periods (quarters, weeks) in lanes; its title states the finding."""

    title: str
    spans: tuple[Span, ...]
    periods: tuple[str, ...]
    source: str = ""


def said(value: float, figure: Figure) -> str:
    """A value in the figure's format and the reader's way."""
    match figure.number_format:
        case "count":
            return number(value, 0)
        case "percent":
            return percent(value, 1 if abs(value) < 0.1 else 0)
        case "signed_percent":
            return ("+" if value > 0 else "−" if value < 0 else "") + percent(abs(value), 1 if abs(value) < 0.1 else 0)
        case "place":  # in a ranking: the ends of its range are whole, its mean isn't
            return number(value, 0 if value == round(value) else 1)
        case "money":
            return money(value, figure.unit, 0 if abs(value) >= 1_000 else None)
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
