"""Slides as a PDF: the twin of ``slides``, with the same methods, the same places and the same charts, drawn in lines.

    deck = Pages("Board pack")
    page = deck.blank()
    page.text("Eleven use cases are ready", 1.4, 0.9, 31, 1.6, size=26, serif=True)
    content = deck.to_bytes()

Lengths are centimetres on a page of 33.87 x 19.05, from the upper left corner. All texts are plain.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from lib.figures import Figure, Map, Timeline
from lib.files.documents import page_charts
from lib.files.documents import typefaces as faces
from lib.files.documents.measuring import LEADING, POINT, width_of, wrapped
from lib.files.documents.pdf import INK, LINE, QUIET, Alignment
from lib.files.documents.slide_charts import period_labels
from lib.files.documents.slide_marks import Box, ChartColours
from lib.files.documents.slides import HEIGHT, PAPER, WIDTH, cleaned

CELL: Final = 0.1  # cm of room at each side of a cell
AIR: Final = 0.22  # cm of a row beyond its lines and margins
ASCENT: Final = 0.98  # of the size, from a line's top to its foot of letters


class Page:
    """One page. Each method puts something at a place; nothing moves by itself."""

    serif, sans, bold = faces.SERIF, faces.SANS, faces.SANS_BOLD

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas

    def text(
        self,
        said: str,
        left: float,
        top: float,
        width: float,
        height: float = 1.0,
        *,
        size: float = 14,
        serif: bool = False,
        bold: bool = False,
        colour: str = INK,
        align: Alignment = "left",
        link: str = "",
    ) -> None:
        """Lines that wrap at ``width``; ``link`` is opened by a click."""
        face = self.serif if serif else self.bold if bold else self.sans
        lines = wrapped(cleaned(said), face, size, width)
        for at, line in enumerate(lines):
            self.line(line, left, top + at * size * LEADING * POINT, width, face, size, colour, align)
        if link:
            foot = top + max(len(lines) * size * LEADING * POINT, 0.3)
            corners = (_x(left), _y(foot), _x(left + width), _y(top))
            self._canvas.linkURL(link, corners, relative=0)

    def title(self, said: str, left: float, top: float, width: float, height: float, **look: Any) -> None:
        """As ``text``: a page of a PDF knows no title of its own."""
        self.text(said, left, top, width, height, **look)

    def line(
        self,
        said: str,
        left: float,
        top: float,
        width: float,
        face: str,
        size: float,
        colour: str,
        align: Alignment = "left",
    ) -> None:
        """One line; letters that the face lacks come from the fallback."""
        spare = width - width_of(said, face, size)
        x = left + {"left": 0.0, "right": spare, "centre": spare / 2}[align]
        self._canvas.setFillColor(colour)
        for found, part in groupby(said, key=lambda letter: _face(letter, face)):
            piece = "".join(part)
            self._canvas.setFont(found, size)
            self._canvas.drawString(_x(x), _y(top + size * ASCENT * POINT), piece)
            x += width_of(piece, face, size)

    def rule(self, left: float, top: float, width: float, colour: str = LINE, height: float = 0.05) -> None:
        """A line, as a thin filled shape."""
        self._canvas.setFillColor(colour)
        self._canvas.rect(_x(left), _y(top + height), _x(width), _x(height), stroke=0, fill=1)

    def stroke(self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1.0) -> None:
        """A line between two points; ``width`` in points."""
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(width)
        self._canvas.setLineCap(1)
        self._canvas.line(_x(x1), _y(y1), _x(x2), _y(y2))

    def dot(self, x: float, y: float, radius: float, colour: str, filled: bool = True) -> None:
        """A disc, or a ring."""
        self._canvas.setStrokeColor(colour)
        self._canvas.setFillColor(colour if filled else PAPER)
        self._canvas.setLineWidth(1.2)
        self._canvas.circle(_x(x), _y(y), _x(radius), stroke=1, fill=1)

    def table(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        left: float,
        top: float,
        width: float,
        *,
        widths: Sequence[float] | None = None,
        align: Sequence[Alignment] | None = None,
        size: float = 11,
        heights: Sequence[float] | None = None,
    ) -> None:
        """A table with a head; ``widths`` are shares of the whole, ``heights`` the rows' in cm, the head's first."""
        shares = list(widths or [1.0] * len(columns))
        sides: list[Alignment] = list(align) if align else ["left"] * len(columns)
        room = [width * share / sum(shares) for share in shares]
        for down, row in enumerate([list(columns), *(list(row) for row in rows)]):
            face, colour = (self.bold, QUIET) if down == 0 else (self.sans, INK)
            cells = [wrapped(cleaned(said), face, size, wide - 2 * CELL) for said, wide in zip(row, room, strict=True)]
            x = left
            for lines, wide, side in zip(cells, room, sides, strict=True):
                for at, line in enumerate(lines):
                    y = top + (CELL + AIR) / 2 + at * size * LEADING * POINT
                    self.line(line, x + CELL, y, wide - 2 * CELL, face, size, colour, side)
                x += wide
            top += heights[down] if heights else row_height(max(len(lines) for lines in cells), size)
            self.rule(left, top, width, QUIET if down == 0 else LINE, 0.03 if down == 0 else 0.015)

    def figure(self, figure: Figure, box: Box, colours: ChartColours) -> None:
        """A figure as a chart."""
        page_charts.figure_chart(self, figure, box, colours)

    def map(self, figure: Map, box: Box, colours: ChartColours, numbered: Sequence[int] = ()) -> None:
        """A map; ``numbered`` places bear their number in place of their name."""
        page_charts.map_chart(self, figure, box, colours, numbered)

    def timeline(self, figure: Timeline, box: Box, colours: ChartColours) -> None:
        """A timeline with the periods' names above its bars."""
        head = 0.7
        for name, left, width in period_labels(figure, box):
            self.text(name, left, box[1], width, head, size=10, bold=True, colour=QUIET)
        page_charts.timeline_chart(self, figure, (box[0], box[1] + head, box[2], box[3] - head), colours)

    def notes(self, said: str) -> None:
        """A PDF has no speaker's notes."""


class Pages:
    """A deck as PDF, page by page."""

    def __init__(self, title: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        faces.register()
        self._file = io.BytesIO()
        self._canvas = Canvas(self._file, pagesize=(_x(WIDTH), _x(HEIGHT)))
        self._canvas.setTitle(cleaned(title))
        self._canvas.setCreator("Toile")
        self._begun = False

    def blank(self) -> Page:
        """A new page with nothing on it."""
        if self._begun:
            self._canvas.showPage()
        self._begun = True
        self._canvas.setFillColor(PAPER)
        self._canvas.rect(0, 0, _x(WIDTH), _x(HEIGHT), stroke=0, fill=1)
        return Page(self._canvas)

    def to_bytes(self) -> bytes:
        """The file."""
        self._canvas.save()
        return self._file.getvalue()


def row_height(lines: int, size: float) -> float:
    """The height of a table's row of so many lines, in cm."""
    return lines * size * LEADING * POINT + CELL + AIR


def _face(letter: str, face: str) -> str:
    return face if ord(letter) in faces.letters(face) else faces.FALLBACK


def _x(cm: float) -> float:
    return cm / POINT


def _y(cm: float) -> float:
    return (HEIGHT - cm) / POINT
