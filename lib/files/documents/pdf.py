"""PDF files: a title, then headings, text, pictures, tables, facts, swatches and columns, one below the other.

    sheet = Pdf("Midi dress", "Tech sheet")
    left, right = sheet.columns(9, 8)
    left.picture(front_png, 8.5, caption="Front")
    right.facts([("Fabric", "Linen, 180 g/m²")])
    content = sheet.to_bytes()

All texts are plain: nothing in them is read as markup. Lengths are centimetres.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal

from lib.files.documents.typefaces import FALLBACK, SANS, SANS_BOLD, SERIF, SERIF_ITALIC, markup, register

Alignment = Literal["left", "right", "centre"]
MEDIA_TYPE: Final = "application/pdf"
INK: Final = "#1F1B18"
QUIET: Final = "#5E574F"
LINE: Final = "#CFC8BA"
ACCENT: Final = "#6E1F3A"
CLOTH: Final = "#F3F0E8"
MARGIN: Final = 1.8  # cm
GAP: Final = 0.6  # cm between columns
SIZES: Final = {  # face, size and leading in points, colour
    "title": (SERIF, 24, 28, INK),
    "subtitle": (SERIF_ITALIC, 12.5, 16, QUIET),
    "heading": (SERIF, 15, 19, INK),
    "subheading": (SANS_BOLD, 9.5, 13, INK),
    "text": (SANS, 9.5, 13.2, INK),
    "small": (SANS, 8, 10.8, QUIET),
    "cell": (SANS, 8.5, 11, INK),
    "head": (SANS_BOLD, 8, 10.5, QUIET),
}


class Block:
    """A column of things. Each method adds one at the end; widths may not pass ``width`` and are made to fit."""

    def __init__(self, width: float) -> None:
        self.width = width
        self._things: list[Any] = []

    def heading(self, text: str, level: int = 1) -> None:
        """A heading of level 1 or 2; it stays with what follows it."""
        self._paragraph(
            text, "heading" if level == 1 else "subheading", before=8 if level == 1 else 5, after=3, keep=True
        )

    def text(self, text: str, small: bool = False) -> None:
        """A paragraph; line ends in it are kept."""
        self._paragraph(text, "small" if small else "text", after=4)

    def space(self, height: float) -> None:
        """Room of ``height`` cm."""
        from reportlab.platypus import Spacer

        self._things.append(Spacer(1, _points(height)))

    def rule(self) -> None:
        """A hairline over the whole width."""
        from reportlab.platypus import HRFlowable

        self._things.append(HRFlowable(width="100%", thickness=0.5, color=LINE, spaceBefore=4, spaceAfter=6))

    def picture(self, content: bytes, width: float | None = None, caption: str = "", most_height: float = 23.0) -> None:
        """A PNG or JPEG, ``width`` cm wide (or less, to fit width and ``most_height``), its caption below it."""
        shown = _image(content, min(width or self.width, self.width), most_height)
        self._things.append((shown, *_caption(caption)))

    def pictures(self, shown: Sequence[tuple[bytes, str]], per_row: int = 3, most_height: float = 9.0) -> None:
        """Pictures with captions in rows of ``per_row``."""
        width = (self.width - GAP * (per_row - 1)) / per_row
        for at in range(0, len(shown), per_row):
            row: list[Any] = [
                [_image(content, width, most_height), *_caption(caption)]
                for content, caption in shown[at : at + per_row]
            ]
            self._side_by_side(row + [[] for _ in range(per_row - len(row))], [width] * per_row, foot=8)

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Names and what is to be said of each, a pair a line."""
        rows = [[_cell(name, "head"), _cell(said, "cell")] for name, said in pairs]
        if rows:
            left = min(self.width * 0.38, 4.2)
            self._grid(rows, [left, self.width - left], lines=False)

    def table(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float] | None = None,
        align: Sequence[Alignment] | None = None,
    ) -> None:
        """A table whose head is repeated on each page. ``widths`` are shares of the whole; texts break within cells."""
        aligned: list[Alignment] = list(align) if align else ["left"] * len(columns)
        shares = list(widths or [1.0] * len(columns))
        total = sum(shares)
        head = [_cell(name, "head", side) for name, side in zip(columns, aligned, strict=True)]
        body = [[_cell(said, "cell", side) for said, side in zip(row, aligned, strict=True)] for row in rows]
        self._grid([head, *body], [self.width * share / total for share in shares], lines=True)

    def swatches(self, colours: Sequence[tuple[str, str]], size: float = 1.5) -> None:
        """Squares of colour, each with its name and its hex value; ``colours`` holds (hex, name)."""
        from reportlab.lib.colors import HexColor
        from reportlab.platypus import Table

        per_row = max(1, int((self.width + 0.3) // (size + 1.6)))
        width = self.width / per_row
        for at in range(0, len(colours), per_row):
            part = colours[at : at + per_row]
            cells = []
            for hexa, name in part:
                square = Table([[""]], colWidths=[_points(width - 0.3)], rowHeights=[_points(size)], hAlign="LEFT")
                square.setStyle(
                    [("BACKGROUND", (0, 0), (-1, -1), HexColor(hexa)), ("BOX", (0, 0), (-1, -1), 0.4, LINE)]
                )
                cells.append([square, _cell(name, "cell"), _cell(hexa.upper(), "head")])
            self._side_by_side(cells + [[] for _ in range(per_row - len(part))], [width] * per_row, gap=0.0, foot=6)

    def columns(self, *widths: float) -> list[Block]:
        """Blocks beside each other, as wide as these shares; what is added to them stands here. They do not break
        over pages: keep them shorter than a page.
        """
        room = self.width - GAP * (len(widths) - 1)
        blocks = [Block(room * share / sum(widths)) for share in widths]
        self._things.append(blocks)
        return blocks

    def flowables(self, nested: bool = False) -> list[Any]:
        """What was added, as reportlab takes it. Within a column (``nested``) nothing can break, so nothing is held."""
        made: list[Any] = []
        for thing in self._things:
            if isinstance(thing, list):
                cells = [block.flowables(nested=True) for block in thing]
                made.append(_beside(cells, [block.width for block in thing], GAP, 0))
            elif isinstance(thing, tuple):
                made.extend(thing if nested else [_together(list(thing))])
            else:
                made.append(thing)
        return made

    def _paragraph(self, text: str, kind: str, before: float = 0, after: float = 0, keep: bool = False) -> None:
        self._things.append(_said(text, kind, before=before, after=after, keep=keep))

    def _side_by_side(self, cells: list[Any], widths: list[float], gap: float = GAP, foot: float = 0) -> None:
        self._things.append(_beside(cells, widths, gap, foot))

    def _grid(self, rows: list[list[Any]], widths: list[float], lines: bool) -> None:
        from reportlab.platypus import Table

        table = Table(
            rows,
            colWidths=[_points(width) for width in widths],
            repeatRows=1 if lines else 0,
            hAlign="LEFT",
            spaceAfter=8,
        )
        style: list[Any] = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ]
        if lines:
            style += [("LINEBELOW", (0, 0), (-1, 0), 0.8, INK), ("LINEBELOW", (0, 1), (-1, -1), 0.3, LINE)]
        table.setStyle(style)
        self._things.append(table)


class Pdf(Block):
    """A document: its title on the first page, its ``footer`` and the page's number on each."""

    def __init__(self, title: str, subtitle: str = "", *, footer: str = "", landscape: bool = False) -> None:
        register()
        self._page = (29.7, 21.0) if landscape else (21.0, 29.7)
        super().__init__(self._page[0] - 2 * MARGIN)
        self._title, self._footer = title, footer or title
        self._paragraph(title, "title", after=2)
        if subtitle:
            self._paragraph(subtitle, "subtitle", after=8)

    def new_page(self) -> None:
        """What follows begins on a new page."""
        from reportlab.platypus import PageBreak

        self._things.append(PageBreak())

    def to_bytes(self) -> bytes:
        """The file. It can be made once: reportlab uses up what was added."""
        from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

        file = io.BytesIO()
        across, down = (_points(length) for length in self._page)
        margin, foot = _points(MARGIN), _points(MARGIN) + 8
        template = BaseDocTemplate(file, pagesize=(across, down), title=self._title, author="", creator="Toile")
        room = Frame(margin, foot, across - 2 * margin, down - margin - foot, 0, 0, 0, 0)
        template.addPageTemplates(PageTemplate(frames=[room], onPage=self._foot))
        template.build(self.flowables())
        return file.getvalue()

    def _foot(self, canvas: Any, template: Any) -> None:
        canvas.saveState()
        low = _points(MARGIN) - 8
        note = _said(self._footer, "small")
        _, height = note.wrap(_points(self.width - 2), _points(2))
        note.drawOn(canvas, _points(MARGIN), low - height + 10)
        canvas.setFont(SANS, 8)
        canvas.setFillColor(QUIET)
        canvas.drawRightString(_points(self._page[0] - MARGIN), low, str(template.page))
        canvas.restoreState()


def _points(cm: float) -> float:
    return cm * 72 / 2.54


def _said(
    text: str, kind: str, side: Alignment = "left", before: float = 0, after: float = 0, keep: bool = False
) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    face, size, leading, colour = SIZES[kind]
    style = ParagraphStyle(
        kind,
        fontName=face,
        fontSize=size,
        leading=leading,
        textColor=colour,
        alignment={"left": 0, "centre": 1, "right": 2}[side],
        spaceBefore=before,
        spaceAfter=after,
        keepWithNext=keep,
        splitLongWords=True,
        bulletFontName=FALLBACK,
    )
    return Paragraph(markup(text, face), style)


def _cell(text: str, kind: str, side: Alignment = "left") -> Any:
    return _said(text, kind, side)


def _caption(text: str) -> list[Any]:
    return [_said(text, "small", before=3, after=4)] if text else []


def _image(content: bytes, width: float, most_height: float) -> Any:
    from reportlab.lib.utils import ImageReader
    from reportlab.platypus import Image

    across, down = ImageReader(io.BytesIO(content)).getSize()
    width = min(width, most_height * across / down)
    return Image(io.BytesIO(content), width=_points(width), height=_points(width * down / across), hAlign="LEFT")


def _together(things: list[Any]) -> Any:
    from reportlab.platypus import KeepTogether

    return KeepTogether(things)


def _beside(cells: list[Any], widths: list[float], gap: float, foot: float) -> Any:
    from reportlab.platypus import Table

    padded = [width + (gap if at < len(widths) - 1 else 0) for at, width in enumerate(widths)]
    table = Table([cells], colWidths=[_points(width) for width in padded], hAlign="LEFT")
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), foot),
            *[
                ("RIGHTPADDING", (at, 0), (at, 0), _points(gap) if at < len(widths) - 1 else 0)
                for at in range(len(widths))
            ],
        ]
    )
    return table
