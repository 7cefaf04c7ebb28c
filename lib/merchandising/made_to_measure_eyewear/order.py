"""The order sheet for the workshop and the lens lab, and the fit as a table. No photo is in either."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from threading import Lock

from lib.atelier.solids import png
from lib.files.writers import Cell, Sheet, write_xlsx
from lib.i18n import _, date, number, translate
from lib.merchandising.made_to_measure_eyewear.fit_run import VALUES, Fit
from lib.merchandising.made_to_measure_eyewear.fitting import RULES, WITHIN
from lib.merchandising.made_to_measure_eyewear.frames import SHAPE_TITLES, TINTS, Design, finish_of, piece_of
from lib.merchandising.made_to_measure_eyewear.measuring import Value
from lib.merchandising.made_to_measure_eyewear.texts_of import MEASURES, RULE_TITLES


def millimetres(value: float, digits: int = 1) -> str:
    """'63.5 mm' in the reader's way, a deviation below zero with a minus, not a hyphen."""
    said = number(value, digits).replace("-", "\u2212")
    return _("{value} mm", value=said)


def with_error(mm: float, error: float) -> str:
    """'63.5 ± 1.8 mm'."""
    said = _("{value} ± {error} mm", value=number(mm, 1), error=number(error, 1))
    return said.replace(" ", "\u00a0")  # on one line


_DRAWING = Lock()  # who asks while the views are being drawn waits for them, and doesn't draw them again


def views(design: Design) -> tuple[bytes, bytes]:
    """The frame from the front and from the side as PNG. Seconds of work: drawn once.

    Raises:
        InputError: the frame can't be made.
    """
    with _DRAWING:
        return _views(design)


@lru_cache(maxsize=12)
def _views(design: Design) -> tuple[bytes, bytes]:
    piece = piece_of(design)
    return png(piece, 1100, 620, 0, 3), png(piece, 1100, 620, 78, 12)


def sheet(fit: Fit, made_on: dt.datetime) -> bytes:
    """The order sheet as PDF, in the reader's language.

    Raises:
        InputError: the frame can't be made.
    """
    from lib.files.documents.pdf import Pdf

    page = Pdf(
        _("Frame {notation}", notation=fit.design.notation),
        _("Order sheet, made to measure"),
        footer=_("Run {run}. An optician checks every fit before the order.", run=fit.run[:8]),
    )
    left, right = page.columns(9, 8)
    front, side = views(fit.design)
    left.picture(front, 9, caption=_("Seen from the front"))
    left.picture(side, 9, caption=_("Seen from the side"))
    left.text(_("Drawn by the atelier, by rules, without a model"), small=True)
    right.facts(_order(fit, made_on))
    page.heading(_("The face"))
    page.table(
        [_("Measurement"), _("Value, with the half width of its 95% interval")],
        [[_title(fit, name), with_error(value.mm, value.error)] for name, value in _values(fit)],
        widths=[3, 2],
    )
    page.heading(_("Against the fitting rules"))
    page.table(
        [_("Rule"), _("Off by"), _("Tolerance")],
        [
            [translate(RULE_TITLES[rule]), millimetres(fit.off[rule]), "± " + millimetres(WITHIN[rule], 0)]
            for rule in RULES
        ],
        widths=[3, 1, 1],
    )
    page.text(_("The weight includes plano lenses of 2 mm."), small=True)
    return page.to_bytes()


def _values(fit: Fit) -> list[tuple[str, Value]]:
    """Of typed measurements only what was typed: nobody measured the two halves."""
    names = [name for name in VALUES if fit.origin != "typed" or name not in ("pd_right", "pd_left")]
    return [(name, getattr(fit.measured, name)) for name in names]


def _title(fit: Fit, name: str) -> str:
    return _("Eye to ear") if name == "ear" and fit.origin == "typed" else translate(MEASURES[name])


def _order(fit: Fit, made_on: dt.datetime) -> list[tuple[str, str]]:
    design = fit.design
    return [
        (_("Size"), design.notation),
        (_("Lens width"), millimetres(design.lens, 0)),
        (_("Bridge"), millimetres(design.bridge, 0)),
        (_("Temple"), millimetres(design.temple, 0)),
        (_("Shape"), translate(SHAPE_TITLES[design.shape])),
        (_("Material and colour"), translate(finish_of(design.finish).title)),
        (_("Lenses"), translate(TINTS[design.tint][0])),
        (_("Weight"), _("{grams} g", grams=number(fit.weight, 1))),
        (_("Date"), date(made_on.date())),
    ]


def workbook(fit: Fit) -> bytes:
    """Measurements, frame and rules as XLSX."""
    face: list[list[Cell]] = [[_title(fit, name), value.mm, value.error] for name, value in _values(fit)]
    design = fit.design
    frame: list[list[Cell]] = [
        [_("Size"), design.notation], [_("Lens width"), design.lens], [_("Bridge"), design.bridge],
        [_("Temple"), design.temple], [_("Shape"), translate(SHAPE_TITLES[design.shape])],
        [_("Material and colour"), translate(finish_of(design.finish).title)],
        [_("Lenses"), translate(TINTS[design.tint][0])], [_("Weight (g)"), fit.weight],
    ]  # fmt: skip
    rules: list[list[Cell]] = [[translate(RULE_TITLES[rule]), fit.off[rule], WITHIN[rule]] for rule in RULES]
    return write_xlsx(
        [
            Sheet(_("The face"), (_("Measurement"), _("mm"), _("± mm (95%)")), face),
            Sheet(_("The frame"), (_("What"), _("Value")), frame),
            Sheet(_("Fitting rules"), (_("Rule"), _("Off by (mm)"), _("Tolerance (mm)")), rules),
        ]
    )
