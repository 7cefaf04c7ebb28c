"""One small description of a chart, from which the page's altair chart and the native PPTX chart are both drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
    number_format: Literal["number", "percent", "signed_percent", "money"] = "number"
