"""Slides as PPTX: 16:9, in the house's look, with titles, texts, pictures, tables and swatches that stay editable.

    deck = Slides("Autumn shortlist", "Six ideas")
    page = deck.slide("Idea 1: a quilted gilet in felted wool")
    page.picture(png, left=1.3, top=3.2, width=9, height=13)
    page.facts([("Expected sell-through", "68% [61, 75]")], left=11.5, top=3.2, width=20)
    content = deck.to_bytes()

Lengths are centimetres on a page of 33.87 x 19.05. All texts are plain. python-pptx is spoken to here and in
``slide_charts`` and ``slide_marks`` alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

from lib.figures import Figure, Map, Timeline
from lib.files.documents import slide_charts
from lib.files.documents.pdf import ACCENT, INK, LINE, QUIET, Alignment
from lib.files.documents.slide_marks import Box, ChartColours

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
WIDTH: Final = 33.867  # cm
HEIGHT: Final = 19.05
MARGIN: Final = 1.4
MAX_TITLE: Final = 255  # characters of a file's own title
PAPER: Final = "#FBFAF6"
SERIF: Final = "Georgia"  # both are on the machines that open PPTX; the house's own typefaces may not be
SANS: Final = "Calibri"
_NOT_IN_XML: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


class Slide:
    """One slide. Each method puts something at a place; nothing moves by itself."""

    serif, sans, bold = SERIF, SANS, f"{SANS} Bold"  # the faces' names, to measure with

    def __init__(self, slide: Any) -> None:
        self._slide = slide

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
        """A text box; a line end begins a new paragraph, and words wrap at ``width``. ``link`` is opened by a click."""
        frame = self._slide.shapes.add_textbox(*_centimetres(left, top, width, height)).text_frame
        _fill_frame(frame, said, size=size, serif=serif, bold=bold, colour=colour, align=align)
        if link:  # of the whole box: on a run PowerPoint would put its theme's blue in place of our colour
            self._slide.shapes[-1].click_action.hyperlink.address = link

    def title(self, said: str, left: float, top: float, width: float, height: float, **look: Any) -> None:
        """The slide's title, looking as ``text`` would write it: outlines and screen readers go by it."""
        from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE

        shape = self._slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = _centimetres(left, top, width, height)
        frame = shape.text_frame
        frame.auto_size, frame.vertical_anchor = MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
        _fill_frame(frame, said, **look)

    def rule(self, left: float, top: float, width: float, colour: str = LINE, height: float = 0.05) -> None:
        """A line, as a thin filled shape."""
        from pptx.util import Cm

        shape = self._slide.shapes.add_shape(1, Cm(left), Cm(top), Cm(width), Cm(height))
        _plain_shape(shape, colour)

    def figure(self, figure: Figure, box: Box, colours: ChartColours) -> None:
        """A figure as a chart that stays editable."""
        slide_charts.figure_chart(self._slide.shapes, figure, box, colours)

    def map(self, figure: Map, box: Box, colours: ChartColours, numbered: Sequence[int] = ()) -> None:
        """A map as an editable scatter; ``numbered`` places bear their number in place of their name."""
        slide_charts.map_chart(self._slide.shapes, figure, box, colours, numbered)

    def timeline(self, figure: Timeline, box: Box, colours: ChartColours) -> None:
        """A timeline as editable stacked bars, with the periods' names above them."""
        head = 0.7
        for name, left, width in slide_charts.period_labels(figure, box):
            self.text(name, left, box[1], width, head, size=10, bold=True, colour=QUIET)
        lower = (box[0], box[1] + head, box[2], box[3] - head)
        slide_charts.timeline_chart(self._slide.shapes, figure, lower, colours)

    def picture(
        self, content: bytes, left: float, top: float, width: float, height: float, description: str = ""
    ) -> tuple[float, float]:
        """A PNG or JPEG within the given room, its proportions kept; its width and height in cm.

        ``description`` is what a screen reader says of it.
        """
        from pptx.util import Cm

        shape = self._slide.shapes.add_picture(io.BytesIO(content), Cm(left), Cm(top))
        scale = min(Cm(width) / shape.width, Cm(height) / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        shape._element.nvPicPr.cNvPr.set("descr", cleaned(description))
        return shape.width / Cm(1), shape.height / Cm(1)

    def facts(
        self, pairs: Iterable[tuple[str, str]], left: float, top: float, width: float, *, size: float = 13
    ) -> None:
        """Names in grey, what is to be said of each beside it: a table without lines."""
        rows = [[name, said] for name, said in pairs]
        if rows:
            self._grid(rows, left, top, width, [0.38, 0.62], size, None, head=False)

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
        total = sum(shares)
        self._grid(
            [list(columns), *(list(row) for row in rows)],
            left,
            top,
            width,
            [share / total for share in shares],
            size,
            align,
            heights=heights,
        )

    def swatches(self, colours: Sequence[tuple[str, str]], left: float, top: float, size: float = 1.6) -> None:
        """Squares of colour with their names below; ``colours`` holds (hex, name)."""
        from pptx.util import Cm

        for at, (hexa, name) in enumerate(colours):
            x = left + at * (size + 1.2)
            shape = self._slide.shapes.add_shape(1, Cm(x), Cm(top), Cm(size), Cm(size))
            shape.fill.solid()
            shape.fill.fore_color.rgb = rgb(hexa)
            shape.line.color.rgb = rgb(LINE)
            shape.shadow.inherit = False
            self.text(name, x - 0.2, top + size + 0.05, size + 1.3, 0.8, size=9)

    def notes(self, said: str) -> None:
        """What the speaker sees."""
        self._slide.notes_slide.notes_text_frame.text = cleaned(said)

    def _grid(
        self,
        rows: list[list[str]],
        left: float,
        top: float,
        width: float,
        shares: list[float],
        size: float,
        align: Sequence[Alignment] | None,
        head: bool = True,
        heights: Sequence[float] | None = None,
    ) -> None:
        from pptx.enum.text import MSO_ANCHOR
        from pptx.util import Cm

        tall = list(heights or [size * 0.075] * len(rows))  # cm, a little more than the letters' height
        frame = self._slide.shapes.add_table(len(rows), len(shares), Cm(left), Cm(top), Cm(width), Cm(sum(tall)))
        table = frame.table
        _plain_table(table, head)
        for at, share in enumerate(shares):
            table.columns[at].width = int(Cm(width * share))
        for down, row in enumerate(rows):
            table.rows[down].height = int(Cm(tall[down]))
            for across, said in enumerate(row):
                named = (head and down == 0) or (not head and across == 0)
                side = (align or ["left"] * len(row))[across]
                _fill_cell(table.cell(down, across), said, size, named, side)
                if heights:
                    table.cell(down, across).vertical_anchor = MSO_ANCHOR.MIDDLE


class Slides:
    """A deck: a title slide (unless ``opening`` is false), then one slide after the other."""

    def __init__(self, title: str, subtitle: str = "", *, footer: str = "", opening: bool = True) -> None:
        from pptx import Presentation
        from pptx.util import Cm

        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = Cm(WIDTH), Cm(HEIGHT)
        self._deck.core_properties.title = cleaned(title)[:MAX_TITLE]
        self._deck.core_properties.author = ""
        self._footer = footer
        if opening:
            self._open(title, subtitle, footer)

    def _open(self, title: str, subtitle: str, footer: str) -> None:
        first = self._blank()
        first.title(title, MARGIN + 1, 6.6, WIDTH - 2 * MARGIN - 2, 3, size=44, serif=True)
        first.text(subtitle, MARGIN + 1, 10.4, WIDTH - 2 * MARGIN - 2, 2, size=20, colour=QUIET)
        if footer:
            first.text(footer, MARGIN + 1, HEIGHT - 1.5, WIDTH - 2 * MARGIN - 2, 0.7, size=10, colour=QUIET)

    def slide(self, title: str, note: str = "") -> Slide:
        """A new slide whose title says the finding; room for things begins 3.2 cm from the top."""
        made = self._blank()
        made.title(title, MARGIN, 0.9, WIDTH - 2 * MARGIN, 1.6, size=26, serif=True)
        if note:
            made.text(note, MARGIN, 2.3, WIDTH - 2 * MARGIN, 0.8, size=12, colour=QUIET)
        if self._footer:
            made.text(self._footer, MARGIN, HEIGHT - 0.95, WIDTH - 8, 0.6, size=9, colour=QUIET)
        number = str(len(self._deck.slides))
        made.text(number, WIDTH - MARGIN - 3, HEIGHT - 0.95, 3, 0.6, size=9, colour=QUIET, align="right")
        return made

    def blank(self) -> Slide:
        """A new slide with nothing on it: give it its title."""
        return self._blank()

    def to_bytes(self) -> bytes:
        """The file."""
        file = io.BytesIO()
        self._deck.save(file)
        return file.getvalue()

    def _blank(self) -> Slide:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[5])  # a title and nothing else
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = rgb(PAPER)
        return Slide(slide)


def rgb(hexa: str) -> Any:
    from pptx.dml.color import RGBColor

    value, made = hexa.lstrip("#"), cast(Any, RGBColor)
    return made(*(int(value[at : at + 2], 16) for at in (0, 2, 4)))


def cleaned(text: str) -> str:
    """Without the control characters that a PPTX may not hold."""
    return text.translate(_NOT_IN_XML)


def _plain_shape(shape: Any, colour: str) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(colour)
    shape.line.fill.background()
    shape.shadow.inherit = False


def _centimetres(*lengths: float) -> tuple[Any, ...]:
    from pptx.util import Cm

    return tuple(Cm(length) for length in lengths)


def _fill_frame(
    frame: Any,
    said: str,
    *,
    size: float,
    serif: bool = False,
    bold: bool = False,
    colour: str = INK,
    align: Alignment = "left",
) -> None:
    """Paragraphs without margins that wrap at the frame's width."""
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for at, line in enumerate(said.split("\n")):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        _write(paragraph, line, size, serif, bold, colour, align)


def _write(paragraph: Any, said: str, size: float, serif: bool, bold: bool, colour: str, align: Alignment) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    paragraph.alignment = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "centre": PP_ALIGN.CENTER}[align]
    run = paragraph.add_run()
    run.text = cleaned(said).replace("\u202f", "\u00a0") if serif else cleaned(said)  # Georgia has no narrow space
    run.font.size, run.font.bold = Pt(size), bold
    run.font.name = SERIF if serif else SANS
    run.font.color.rgb = rgb(colour)


def _fill_cell(cell: Any, said: str, size: float, named: bool, side: Alignment) -> None:
    from pptx.util import Cm

    cell.margin_left = cell.margin_right = Cm(0.1)
    cell.margin_top = cell.margin_bottom = Cm(0.05)
    for at, line in enumerate(said.split("\n")):
        paragraph = cell.text_frame.paragraphs[0] if at == 0 else cell.text_frame.add_paragraph()
        _write(paragraph, line, size, False, named, QUIET if named else INK, side)


def _plain_table(table: Any, head: bool) -> None:
    """PowerPoint's own style without fills and lines; a rule under the head is its first row's."""
    properties = table._tbl.tblPr
    for flag in ("firstRow", "bandRow"):
        properties.set(flag, "0")
    style = properties.find("{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId")
    style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # 'No Style, No Grid'
    if head:
        for cell in table.rows[0].cells:
            _underline(cell)


def _underline(cell: Any) -> None:
    from lxml import etree

    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    line = etree.SubElement(cell._tc.get_or_add_tcPr(), f"{{{space}}}lnB", w="12700")
    fill = etree.SubElement(line, f"{{{space}}}solidFill")
    etree.SubElement(fill, f"{{{space}}}srgbClr", val=ACCENT.lstrip("#"))
