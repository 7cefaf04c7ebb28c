"""The parts of charts in slides: axes, markers, lines, error bars and labels, as PowerPoint's own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from lib.figures import Role

SANS: Final = "Calibri"
SPACE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
Box = tuple[float, float, float, float]  # left, top, width, height in cm


@dataclass(frozen=True)
class ChartColours:
    """What is whose: the house's evidence colour for ours, grey for baselines."""

    ours: str
    baseline: str
    ink: str
    line: str

    def of(self, role: Role) -> str:
        return {"ours": self.ours, "baseline": self.baseline, "neutral": self.ink}[role]


def added(shapes: Any, kind: Any, data: Any, box: Box) -> Any:
    from pptx.util import Cm, Pt

    left, top, width, height = box
    chart = shapes.add_chart(kind, Cm(left), Cm(top), Cm(width), Cm(height), data).chart
    chart.has_legend, chart.has_title = False, False
    # Its axes' ids are negative in what python-pptx writes; the schema wants them positive.
    for one in (*chart._chartSpace.iter(f"{SPACE}axId"), *chart._chartSpace.iter(f"{SPACE}crossAx")):
        one.set("val", one.get("val").lstrip("-"))
    chart.font.size, chart.font.name = Pt(10), SANS
    return chart


def bare_axes(chart: Any, colours: ChartColours, flipped: bool, size: float = 10) -> None:
    from pptx.enum.chart import XL_TICK_MARK
    from pptx.util import Pt

    chart.value_axis.has_major_gridlines = False
    unseen(chart.value_axis)
    axis = chart.category_axis
    axis.reverse_order = flipped
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.color.rgb = rgb(colours.line)
    axis.tick_labels.font.size = Pt(size)
    axis.tick_labels.font.color.rgb = rgb(colours.ink)


def unseen(axis: Any) -> None:
    """An axis without line and figures. It isn't deleted: without one, programs scale by their own rules."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK

    axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.fill.background()


def inner(chart: Any, x: float, y: float, width: float, height: float) -> None:
    """The plot's own room as shares of the chart, so that what stands beside it can be placed."""
    from lxml import etree

    area = chart._chartSpace.find(f".//{SPACE}plotArea")
    for old in area.findall(f"{SPACE}layout"):
        area.remove(old)
    layout = etree.Element(f"{SPACE}layout")
    manual = etree.SubElement(layout, f"{SPACE}manualLayout")
    shares = (("x", x), ("y", y), ("w", width), ("h", height))
    said_of = [("layoutTarget", "inner"), ("xMode", "edge"), ("yMode", "edge")]
    for name, value in [*said_of, *((name, f"{share:.4f}") for name, share in shares)]:
        etree.SubElement(manual, f"{SPACE}{name}", val=value)
    area.insert(0, layout)


def error_bars(
    chart: Any, series: Any, values: Sequence[tuple[float, float | None, float | None]], colour: str
) -> None:
    """Intervals from low to high, kept in the chart's own workbook; where none is known, of no length."""
    from lxml import etree

    if all(low is None or high is None for _value, low, high in values):
        return
    bars = etree.Element(f"{SPACE}errBars")
    scatter = series._element.find(f"{SPACE}xVal") is not None
    parts = [("errDir", "y")] if scatter else []
    for name, value in [*parts, ("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "1")]:
        etree.SubElement(bars, f"{SPACE}{name}", val=value)
    first = first_row(series)
    lengths = {
        "plus": [0.0 if high is None else max(high - value, 0.0) for value, _low, high in values],
        "minus": [0.0 if low is None else max(value - low, 0.0) for value, low, _high in values],
    }
    columns = dict(zip(lengths, "DE", strict=True))
    for name, found in lengths.items():
        reference = etree.SubElement(etree.SubElement(bars, f"{SPACE}{name}"), f"{SPACE}numRef")
        column = columns[name]
        cells = f"Sheet1!${column}${first}:${column}${first + len(found) - 1}"
        etree.SubElement(reference, f"{SPACE}f").text = cells
        cache = etree.SubElement(reference, f"{SPACE}numCache")
        etree.SubElement(cache, f"{SPACE}formatCode").text = "General"
        etree.SubElement(cache, f"{SPACE}ptCount", val=str(len(found)))
        for at, length in enumerate(found):
            point = etree.SubElement(cache, f"{SPACE}pt", idx=str(at))
            etree.SubElement(point, f"{SPACE}v").text = f"{length:.6g}"
    bars.append(stroke(colour, 19050))
    before = series._element.find(f"{SPACE}{'xVal' if scatter else 'cat'}")
    before.addprevious(bars)
    keep(
        chart, {f"{columns[name]}{first + at}": one for name, found in lengths.items() for at, one in enumerate(found)}
    )


def first_row(series: Any) -> int:
    """The row of the series' first value in the chart's workbook."""
    values = series._element.find(f"{SPACE}yVal")
    values = series._element.find(f"{SPACE}val") if values is None else values
    cells = values.find(f".//{SPACE}f").text
    return int(cells.rpartition("!")[2].split(":")[0].rpartition("$")[2])


def keep(chart: Any, cells: dict[str, float]) -> None:
    """Write numbers into the chart's workbook, where who edits the chart finds them."""
    from openpyxl import load_workbook

    held = chart.part.chart_workbook
    book = load_workbook(io.BytesIO(held.xlsx_part.blob))
    for place, value in cells.items():
        book.worksheets[0][place] = value
    out = io.BytesIO()
    book.save(out)
    held.update_from_xlsx_blob(out.getvalue())


def stroke(colour: str, width: int) -> Any:
    from lxml import etree

    space = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    properties = etree.Element(f"{SPACE}spPr")
    line = etree.SubElement(properties, f"{space}ln", w=str(width), cap="rnd")
    fill = etree.SubElement(line, f"{space}solidFill")
    etree.SubElement(fill, f"{space}srgbClr", val=colour.lstrip("#"))
    return properties


def marker(series: Any, colour: str, filled: bool) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 9
    if filled:
        fill(series.marker.format, colour)
    else:
        series.marker.format.fill.background()
    series.marker.format.line.color.rgb = rgb(colour)


def line(series: Any, colour: str, width: float = 1.0) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.util import Pt

    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.color.rgb = rgb(colour)
    series.format.line.width = Pt(width)


def hide(series: Any) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.fill.background()


def invisible(series: Any, names: Sequence[str], size: float, side: str, colours: ChartColours) -> None:
    """Points that only carry names."""
    hide(series)
    for at, name in enumerate(names):
        set_label(series.points[at], name, size, side, colours.ink)


def set_label(point: Any, said_of: str, size: float, side: str, colour: str, bold: bool = False) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    label = point.data_label
    frame = label.text_frame
    frame.text = said_of
    frame.word_wrap = False
    for run in frame.paragraphs[0].runs:
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, SANS
        run.font.color.rgb = rgb(colour)
    label.position = {
        "r": XL_LABEL_POSITION.RIGHT,
        "l": XL_LABEL_POSITION.LEFT,
        "t": XL_LABEL_POSITION.ABOVE,
        "b": XL_LABEL_POSITION.BELOW,
    }[side]


def fill(format_: Any, colour: str) -> None:
    format_.fill.solid()
    format_.fill.fore_color.rgb = rgb(colour)


def rgb(hexa: str) -> Any:
    from lib.files.documents.slides import rgb

    return rgb(hexa)


def safe(name: str) -> str:
    """A name for the chart's own workbook, in which it must be no formula and no link."""
    from lib.files.documents.slides import cleaned

    plain = cleaned(name)
    return f" {plain}" if plain[:1] in "={+-@" or "://" in plain or ":" in plain[:10] else plain
