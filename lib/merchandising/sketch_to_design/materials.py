"""What a garment is made from: cloth with an estimated need, lining, closure, thread, labels; each with where it goes.

The need of cloth is estimated from the drawing: the area of its pieces front and back, a quarter more for seams and for
what is lost between the pieces, on cloth 140 cm wide. A marker made from the pattern replaces it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from lib.atelier.fabrics import KINDS
from lib.atelier.garments import Flat, flat
from lib.i18n import N_, _, ngettext, number, translate
from lib.merchandising.sketch_to_design import telling
from lib.merchandising.sketch_to_design.design import Design
from lib.merchandising.sketch_to_design.names import value_name

WIDTH_CM: Final = 140.0
LOST: Final = 1.25
LINED: Final = ("coat", "blazer", "bag", "shoe")
FIBRES: dict[str, str] = {
    "cashmere": N_("cashmere"),
    "wool": N_("wool"),
    "mohair": N_("mohair"),
    "alpaca": N_("alpaca"),
    "viscose": N_("viscose"),
    "polyester": N_("polyester"),
    "linen": N_("linen fibre"),
    "cotton": N_("cotton"),
    "silk": N_("silk"),
}


@dataclass(frozen=True)
class Row:
    """One line of the materials list, in the reader's language."""

    what: str
    detail: str
    where: str
    need: str


def materials(design: Design, fibres: Sequence[str] = ()) -> list[Row]:
    """The list of a design; ``fibres`` are those that the brief named."""
    drawn = flat(design.garment)
    rows = [_cloth(design, drawn, fibres)]
    if design.kind in LINED:
        rows.append(Row(_("Lining"), _("tone on tone"), _("inside"), _metres(drawn, 0.9)))
    rows += _closure(drawn)
    rows.append(Row(_("Sewing thread"), design.shown[0].label(), _("all seams"), "–"))
    if design.garment.stitching not in ("none", ""):
        rows.append(Row(_("Topstitching thread"), value_name(design.garment.stitching), _("edges and seams"), "–"))
    rows.append(Row(_("Labels"), _("brand, size, composition, care, origin"), _("neck or waist, side seam"), "2"))
    return rows


def _cloth(design: Design, drawn: Flat, fibres: Sequence[str]) -> Row:
    about = KINDS[design.cloth]
    named = ", ".join(translate(FIBRES[one]) for one in fibres if one in FIBRES)
    parts = [telling.made_of(design), _("about {n} g/m²", n=about.weight)]
    parts += [named] if named else []
    parts += [_("motif {n} cm", n=number(design.fabric.scale, 1))] if design.pattern else []
    return Row(_("Main fabric"), ", ".join(parts), _("all pieces"), _metres(drawn))


def _metres(drawn: Flat, share: float = 1.0) -> str:
    return _("about {n} m at {width} cm", n=number(need_of(drawn) * share, 2), width=round(WIDTH_CM))


def need_of(drawn: Flat) -> float:
    """Estimated metres of cloth 140 cm wide."""
    square = sum(
        _area(shape.path.sampled()) for view in (drawn.front, drawn.back) for shape in view.shapes if shape.outline
    )
    return float(square * LOST / WIDTH_CM / 100)


def _area(points: np.ndarray) -> float:
    """Area of a polygon in cm² (the shoelace formula)."""
    x, y = points.T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def _closure(drawn: Flat) -> list[Row]:
    """Buttons are counted in the drawing; a zip is measured in it."""
    rows = []
    shapes = [shape for view in (drawn.front, drawn.back) for shape in view.shapes]
    buttons = [shape for shape in shapes if shape.name == "Button" and shape.role == "piece"]
    if buttons:
        box = buttons[0].path.bounds()
        size = _("{n} mm", n=round((box[2] - box[0]) * 10))
        count = ngettext("{n} piece", "{n} pieces", len(buttons))
        rows.append(Row(_("Buttons"), size, _("closure"), count))
    for zip_line in [shape for shape in shapes if shape.name in ("Zip", "Zip teeth")][:1]:
        box = zip_line.path.bounds()
        size = _("{n} cm", n=round(max(box[3] - box[1], box[2] - box[0])))
        rows.append(Row(_("Zip"), size, _("closure"), ngettext("{n} piece", "{n} pieces", 1)))
    return rows
