"""The tech sheet of a design as PDF: pictures, callouts, materials, colourway, measurements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lib.files.documents.pdf import Alignment, Pdf
from lib.i18n import _, date, number, translate
from lib.merchandising.sketch_to_design import telling
from lib.merchandising.sketch_to_design.callouts import callouts, drawn_with
from lib.merchandising.sketch_to_design.design import Design
from lib.merchandising.sketch_to_design.drawing import encoded, swatch
from lib.merchandising.sketch_to_design.materials import Row, materials, sketch_materials
from lib.merchandising.sketch_to_design.measuring import measured
from lib.merchandising.sketch_to_design.names import piece_name
from lib.merchandising.sketch_to_design.sketch_callouts import sketch_callouts, sketch_with
from lib.merchandising.sketch_to_design.sketch_measuring import Own, own_measures
from lib.merchandising.sketch_to_design.sketched import sides_of

if TYPE_CHECKING:
    from lib.vision.sketches import Sketch


def tech_sheet(
    design: Design,
    front: bytes,
    back: bytes | None,
    fibres: Sequence[str] = (),
    house: str = "",
    run: str = "",
    sketch: Sketch | None = None,
    length_cm: float = 0.0,
) -> bytes:
    """The sheet as a PDF.

    Args:
        design: what it is about.
        front: its picture as PNG or JPEG.
        back: the same from behind; None where a sketch shows one side.
        fibres: what the brief named.
        house: whose sheet it is.
        run: the run that drew it, for the footer.
        sketch: in whose lines it is drawn, if any: its own parts and measures are told then.
        length_cm: of the sketched piece from top to hem, where a person gave it.
    """
    reference = design.id.upper()
    footer = " · ".join(part for part in (house, reference, date(dt.datetime.now(dt.UTC).date()), run) if part)
    sheet = Pdf(
        _said(design), _("Tech sheet {reference}, size {size}", reference=reference, size=design.size), footer=footer
    )
    sides = sheet.columns(1, 1)
    sides[0].picture(front, caption=_("Front"), most_height=12.5)
    if back is not None:
        sides[1].picture(back, caption=_("Back"), most_height=12.5)
    _colourway(sheet, design)
    if sketch is not None:
        if back is None:
            sheet.text(_("The sketch shows one side: the back isn’t drawn."), small=True)
        sheet.new_page()
        own = own_measures(sketch, length_cm, design.kind, design.size)
        _sketched_parts(sheet, sketch)
        _materials(sheet, sketch_materials(design, own, fibres))
        _own_measures(sheet, own)
    else:
        sheet.new_page()
        _parts(sheet, design)
        sheet.new_page()
        _materials(sheet, materials(design, fibres))
        _measures(sheet, design)
    return sheet.to_bytes()


def _said(design: Design) -> str:
    return f"{piece_name(design.kind)}, {telling.made_of(design)}, {design.shown[0].label()}"


def _colourway(sheet: Pdf, design: Design) -> None:
    sheet.heading(_("Colourway"))
    cloth, colours = sheet.columns(3.4, 13)
    cloth.picture(encoded(swatch(design), "PNG"), 3.4, caption=_("9 × 9 cm of the fabric"))
    colours.swatches([(colour.hex, colour.label()) for colour in design.shown])


def _parts(sheet: Pdf, design: Design) -> None:
    """The flats with their numbers, and what each number is."""
    sheet.heading(_("Parts"))
    numbers = callouts(design)
    sides = sheet.columns(1, 1)
    for block, side, name in zip(sides, ("front", "back"), (_("Front"), _("Back")), strict=True):
        own = [one for one in numbers if one.side == side]
        block.picture(drawn_with(design, side, own), caption=name, most_height=13)
    sheet.table(
        [_("No."), _("Part"), _("How")],
        [[str(one.number), *one.text.split(": ", 1)] for one in numbers],
        [1, 4, 9],
    )


def _sketched_parts(sheet: Pdf, sketch: Sketch) -> None:
    """The sketch's own lines with their numbers, and what each number is."""
    sheet.heading(_("Parts"))
    sheet.text(_("The outline is the sketch’s own. What was found in it:"))
    numbers = [one for side in sides_of(sketch) for one in sketch_callouts(sketch, side)]
    numbers = [replace(one, number=at) for at, one in enumerate(numbers, 1)]
    sides = sheet.columns(1, 1) if len(sides_of(sketch)) == 2 else [sheet]
    names = {"front": _("Front"), "back": _("Back")}
    for block, side in zip(sides, sides_of(sketch), strict=True):
        own = [one for one in numbers if one.side == side]
        block.picture(sketch_with(sketch, side, own), caption=names[side], most_height=9.5)
    rows = [[str(one.number), *one.text.split(": ", 1)] for one in numbers]
    sheet.table([_("No."), _("Part"), _("How")], rows, [1, 4, 9])


def _materials(sheet: Pdf, listed: Sequence[Row]) -> None:
    sheet.heading(_("Materials"))
    rows = [[row.what, row.detail, row.where, row.need] for row in listed]
    sheet.table([_("Material"), _("Description"), _("Where"), _("Need")], rows, [3, 6, 3, 4])
    sheet.text(_("The need is estimated from the drawing; a marker from the pattern replaces it."), small=True)


def _own_measures(sheet: Pdf, own: Own) -> None:
    """The sketch's proportions at its scale."""
    sheet.heading(_("Measurements in centimetres"))
    rows = [[translate(name), number(value, 1), f"± {number(off, 1)}"] for name, value, off in own.points]
    sheet.table([_("Point of measure"), _("as drawn"), _("Tolerance")], rows, [7, 2.4, 2.4], ["left", "right", "right"])
    if own.scaled:
        scale = _("Measured in the sketch, at the length that was given: {n} cm.", n=number(own.length, 1))
    elif own.by:
        scale = _(
            "Measured in the sketch. Its scale is an assumption: “{measure}” is taken to be the usual one of such a "
            "piece in this size. Give the length on the page, and every measure follows.",
            measure=translate(own.by),
        )
    else:
        scale = _(
            "Measured in the sketch. Its scale is an assumption: taken so, the piece is about {n} cm long. Give the "
            "length on the page, and every measure follows.",
            n=number(own.length, 1),
        )
    sheet.text(scale, small=True)


def _measures(sheet: Pdf, design: Design) -> None:
    lines = measured(design.garment)
    sizes = list(lines[0].values)
    sheet.heading(_("Measurements in centimetres"))
    rows = [
        [
            translate(line.name),
            *(number(line.values[size], 1) if size in line.values else "–" for size in sizes),
            f"± {number(line.tolerance, 1)}",
        ]
        for line in lines
    ]
    right: list[Alignment] = ["right"] * len(sizes)
    names = [str(size) if design.kind not in ("bag", "shoe") else _("as drawn") for size in sizes]
    sheet.table(
        [_("Point of measure"), *names, _("Tolerance")],
        rows,
        [7, *(2 for _size in sizes), 2.4],
        ["left", *right, "right"],
    )
    sheet.text(
        _("Taken on the drawing, laid flat. Tolerances are the trade’s usual ones: set the house’s own."), small=True
    )
