"""The pack's slides drawn one by one, on whatever writes: the same places in PPTX and in PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from lib.decide.model import BASIS_NAMES, BASIS_SIGNS, Basis, Reference
from lib.decide.pack.collecting import REFERENCES, Deck
from lib.decide.pack.fitting import Aside, set_points, set_table
from lib.decide.pack.model import PackSlide, PackTable, Points
from lib.figures import Figure, Map, Timeline
from lib.files.documents.pdf import INK, LINE, QUIET, Alignment
from lib.files.documents.placing import unnamed
from lib.files.documents.slide_marks import Box, ChartColours
from lib.files.documents.slides import HEIGHT, MARGIN, WIDTH
from lib.i18n import _, ngettext, translate

WIDE: Final = WIDTH - 2 * MARGIN
TOP: Final = 3.9  # cm, where bodies begin
FOOT: Final = 15.7  # where they end
SHOWN: Final = 6  # references under a slide
COLUMN: Final = (WIDE - 0.8) / 2
Address = Callable[[Reference], str]


class Sheet(Protocol):
    """What a slide is drawn on: ``lib.files.documents`` has one for PPTX and one for PDF."""

    serif: str
    sans: str
    bold: str

    def text(
        self,
        said: str,
        left: float,
        top: float,
        width: float,
        height: float = ...,
        *,
        size: float = ...,
        serif: bool = ...,
        bold: bool = ...,
        colour: str = ...,
        align: Alignment = ...,
        link: str = ...,
    ) -> None: ...

    def title(self, said: str, left: float, top: float, width: float, height: float, **look: Any) -> None: ...

    def rule(self, left: float, top: float, width: float, colour: str = ..., height: float = ...) -> None: ...

    def table(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        left: float,
        top: float,
        width: float,
        *,
        widths: Sequence[float] | None = ...,
        align: Sequence[Alignment] | None = ...,
        size: float = ...,
        heights: Sequence[float] | None = ...,
    ) -> None: ...

    def figure(self, figure: Figure, box: Box, colours: ChartColours) -> None: ...

    def map(self, figure: Map, box: Box, colours: ChartColours, numbered: Sequence[int] = ...) -> None: ...

    def timeline(self, figure: Timeline, box: Box, colours: ChartColours) -> None: ...

    def notes(self, said: str) -> None: ...


@dataclass
class Drawing:
    """One slide being drawn."""

    sheet: Sheet
    deck: Deck
    address: Address
    aside: Aside = field(default_factory=Aside)

    @property
    def colours(self) -> ChartColours:
        return ChartColours(self.deck.house.second, "#8A8378", INK, LINE)

    def fit(
        self,
        said: str,
        left: float,
        top: float,
        width: float,
        height: float,
        sizes: Sequence[float],
        *,
        serif: bool = False,
        bold: bool = False,
        colour: str = INK,
        align: Alignment = "left",
        link: str = "",
    ) -> float:
        """A text in its room; its height."""
        face = self.sheet.serif if serif else self.sheet.bold if bold else self.sheet.sans
        made = self.aside.fit(said, face, width, height, sizes)
        self.sheet.text(
            made.said,
            left,
            top,
            width,
            height,
            size=made.size,
            serif=serif,
            bold=bold,
            colour=colour,
            align=align,
            link=link,
        )
        return made.height

    def title(self, said: str, top: float, height: float, sizes: Sequence[float], inset: float = 0.0) -> None:
        """The slide's title in its room, over the width; ``inset`` is left free on both sides."""
        left, width = MARGIN + inset, WIDE - 2 * inset
        made = self.aside.fit(said, self.sheet.serif, width, height, sizes)
        self.sheet.title(made.said, left, top, width, height, size=made.size, serif=True)

    def finish(self, notes: str, references: Sequence[Reference]) -> None:
        """The speaker's notes: what was said, what was shortened, what stands behind the numbers."""
        parts = [notes] if notes else []
        parts += [_("In full:"), *self.aside.whole] if self.aside.whole else []
        if references:
            parts.append(_("Behind the numbers:"))
            parts += [self.named(one) for one in references]
        self.sheet.notes("\n".join(parts))

    def named(self, reference: Reference) -> str:
        """A reference with its number, its sign and its date."""
        dated = f" ({reference.dated})" if reference.dated else ""
        return f"{BASIS_SIGNS[reference.basis]} [{self.deck.number(reference)}] {reference.said}{dated}"


def draw_title(drawing: Drawing) -> None:
    """The first slide: whose it is, what it is, and how the signs are read."""
    deck = drawing.deck
    drawing.sheet.rule(MARGIN + 1, 4.6, 4.0, deck.house.main, 0.12)
    left, wide = MARGIN + 1, WIDE - 2
    drawing.fit(deck.house.name, left, 5.1, wide, 2.6, (24, 20, 18, 16, 14, 12), serif=True, colour=deck.house.main)
    drawing.title(deck.title, 7.8, 3.4, (40, 36, 32, 28), inset=1)
    drawing.fit(deck.subtitle, left, 11.3, wide, 1.0, (18, 16, 14), colour=QUIET)
    for at, (sign, said) in enumerate(_legend()):
        drawing.fit(f"{sign}  {said}", left, 13.4 + at * 0.8, wide, 0.75, (13, 12), colour=_tone(deck, sign))
    drawing.finish("", ())


def _legend() -> list[tuple[str, str]]:
    return [
        (BASIS_SIGNS[Basis.EVIDENCE], _("Evidence: measured, with a run, a proof or a pilot behind it")),
        (BASIS_SIGNS[Basis.ASSUMPTION], _("Assumption: taken for granted, with its source where there is one")),
        (BASIS_SIGNS[Basis.OPINION], _("Opinion: somebody’s judgement")),
    ]


def _tone(deck: Deck, sign: str) -> str:
    return deck.house.second if sign == BASIS_SIGNS[Basis.EVIDENCE] else INK


def draw_slide(drawing: Drawing, slide: PackSlide, number: int) -> None:
    """A slide of content."""
    _frame(drawing, slide.title, number)
    foot = FOOT if slide.references else HEIGHT - 1.6
    for body, box in zip(slide.bodies, _boxes(slide.bodies, foot), strict=True):
        _draw_body(drawing, body, box, slide.title)
    _references_below(drawing, slide.references)
    drawing.finish(slide.notes, slide.references)


def _frame(drawing: Drawing, title: str, number: int) -> None:
    deck = drawing.deck
    drawing.sheet.rule(MARGIN, 0.9, 2.2, deck.house.main, 0.1)
    drawing.title(title, 1.2, 2.3, (28, 26, 24, 22, 20, 18))
    foot = HEIGHT - 0.95
    signs = "   ".join(f"{BASIS_SIGNS[basis]} {translate(BASIS_NAMES[basis])}" for basis in reversed(Basis))
    drawing.fit(deck.house.name, MARGIN, foot, WIDE * 0.45, 0.5, (9,), colour=QUIET)
    drawing.fit(signs, MARGIN + WIDE * 0.45, foot, WIDE * 0.48, 0.5, (9,), colour=QUIET, align="right")
    drawing.fit(str(number), WIDTH - MARGIN - 1.5, foot, 1.5, 0.5, (9,), colour=QUIET, align="right")


def _boxes(bodies: Sequence[object], foot: float) -> list[Box]:
    """One body has the whole width; of two, a picture or a table has the larger part."""
    tall = foot - TOP
    if len(bodies) < 2:
        return [(MARGIN, TOP, WIDE, tall)] * len(bodies)
    first = (
        0.5
        if isinstance(bodies[0], Figure | Map | Timeline) == isinstance(bodies[1], Figure | Map | Timeline)
        else 0.56
    )
    share = first if isinstance(bodies[0], Figure | Map | Timeline | PackTable) else 1 - first
    room = WIDE - 1.0
    return [
        (MARGIN, TOP, room * share, tall),
        (MARGIN + room * share + 1.0, TOP, room * (1 - share), tall),
    ]


def _draw_body(drawing: Drawing, body: Figure | Map | Timeline | PackTable | Points, box: Box, title: str) -> None:
    left, top, width, height = box
    sheet = drawing.sheet
    if isinstance(body, PackTable):
        made = set_table(body, sheet.sans, sheet.bold, width, height, drawing.aside)
        align: list[Alignment] = ["right" if at in body.numbers else "left" for at in range(len(body.columns))]
        fit = {"widths": made.shares, "align": align, "size": made.size, "heights": made.heights}
        sheet.table(made.columns, made.rows, left, top, width, **fit)  # type: ignore[arg-type]
        return
    if isinstance(body, Points):
        for one, down in set_points(body, sheet.sans, width, height, drawing.aside):
            sheet.text(one.said, left, top + down, width, one.height, size=one.size)
        return
    if body.title and body.title != title:
        used = drawing.fit(body.title, left, top, width, 1.1, (12, 11, 10), bold=True) + 0.2
        top, height = top + used, height - used
    if isinstance(body, Figure) and body.kind == "dots" and " " in body.unit:  # what the values are, not "min" or "%"
        used = drawing.fit(body.unit, left, top, width, 1.0, (11, 10, 9), colour=QUIET) + 0.15
        top, height = top + used, height - used
    if body.source:
        height -= 0.5
        drawing.fit(body.source, left, top + height, width, 0.45, (9, 8), colour=QUIET)
    _draw_picture(drawing, body, (left, top, width, height))


def _draw_picture(drawing: Drawing, body: Figure | Map | Timeline, box: Box) -> None:
    if isinstance(body, Map):
        _draw_map(drawing, body, box)
    elif isinstance(body, Timeline):
        names = [span.label for span in body.spans]
        _keep_long(drawing, names, box[2] * 0.3)
        drawing.sheet.timeline(body, box, drawing.colours)
    else:
        _keep_long(drawing, [mark.label for mark in body.marks], box[2] * 0.3 if body.kind == "bars" else box[2] * 0.9)
        drawing.sheet.figure(body, box, drawing.colours)


def _keep_long(drawing: Drawing, names: Sequence[str], width: float) -> None:
    """Names that a chart will shorten stand whole in the notes."""
    for name in names:
        drawing.aside.fit(name, drawing.sheet.sans, width, 0.5, (10,))


def _draw_map(drawing: Drawing, body: Map, box: Box) -> None:
    """The map with its axes named; who has no room for a name bears a number that is explained below."""
    left, top, width, height = box
    height -= 0.6
    columns, lines = (2 if width < 22 else 3), 0
    numbered = unnamed(body, width, height, drawing.sheet.sans)
    while numbered and lines < min(6, -(-len(numbered) // columns)):  # less room leaves more names without one
        lines += 1
        numbered = unnamed(body, width, height - lines * 0.42, drawing.sheet.sans)
    height -= lines * 0.42
    _keep_long(drawing, [place.label for place in body.places], width * 0.38)
    drawing.sheet.map(body, (left, top, width, height), drawing.colours, numbered)
    axes = _("{x} to the right, {y} upwards; lines are 90% ranges", x=body.x_name, y=body.y_name)
    drawing.fit(axes, left, top + height + 0.05, width, 0.5, (9,), colour=QUIET)
    per_column = -(-len(numbered) // columns) if numbered else 0
    for at, place in enumerate(numbered):
        x = left + (at // per_column) * width / columns
        y = top + height + 0.6 + (at % per_column) * min(0.42, lines * 0.42 / per_column)
        name, position = body.places[place].label, str(place + 1)
        label = name if name.startswith(f"{position} ") else f"{position}  {name}"
        drawing.fit(label, x, y, width / columns - 0.2, 0.42, (9, 8))


def _references_below(drawing: Drawing, references: Sequence[Reference]) -> None:
    if not references:
        return
    top = FOOT + 0.15
    drawing.sheet.rule(MARGIN, top, WIDE, LINE, 0.02)
    shown = references[:SHOWN] if len(references) <= SHOWN else references[: SHOWN - 1]
    for at, one in enumerate(shown):
        _reference(drawing, one, at, top + 0.15, 0.6, 1)
    if len(references) > len(shown):
        more = len(references) - len(shown)
        said = ngettext("and {n} more on the last slide", "and {n} more on the last slide", more)
        drawing.fit(said, MARGIN + COLUMN + 0.8, top + 0.15 + 2 * 0.6, COLUMN, 0.5, (9,), colour=QUIET)


def _reference(drawing: Drawing, reference: Reference, at: int, top: float, step: float, lines: int) -> None:
    """One reference at its place in two columns, row by row."""
    link = drawing.address(reference)
    colour = drawing.deck.house.second if reference.basis is Basis.EVIDENCE else INK
    left = MARGIN + (at % 2) * (COLUMN + 0.8)
    said = drawing.named(reference) + (" ↗" if link else "")
    drawing.fit(said, left, top + (at // 2) * step, COLUMN, 0.5 * lines, (11, 10, 9), colour=colour, link=link)


def draw_references(drawing: Drawing, references: Sequence[Reference], number: int) -> None:
    """A slide of references, each with its link where there is something to open."""
    _frame(drawing, _("What stands behind the numbers"), number)
    if not references:
        drawing.fit(_("No slide gave a reference."), MARGIN, 3.6, WIDE, 1, (14,))
    shown = references[:REFERENCES]
    step = min(1.1, (HEIGHT - 1.5 - 3.6) / max(-(-len(shown) // 2), 1))
    for at, one in enumerate(shown):
        _reference(drawing, one, at, 3.6, step, 2 if step > 1 else 1)
    drawing.finish("", references)
