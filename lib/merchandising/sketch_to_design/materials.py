"""What a garment is made from: cloth with an estimated need, lining, closure, thread, labels; each with where it goes.

The need of cloth is estimated from the drawing: its pieces front and back with seams and hems, laid row by row on cloth
140 cm wide. A marker made from the pattern replaces it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from lib.atelier.fabrics import KINDS
from lib.atelier.garments import Flat, flat
from lib.i18n import _, ngettext, number, translate
from lib.merchandising.sketch_to_design import telling
from lib.merchandising.sketch_to_design.design import Design
from lib.merchandising.sketch_to_design.names import FIBRES, value_name
from lib.merchandising.sketch_to_design.sketch_measuring import Own

WIDTH_CM: Final = 140.0
HIDE_LOSS: Final = 1.35  # a hide has flaws and edges: leather bought over leather in the piece
SEAMS: Final = 3.0  # cm that seams and hems add to a piece across and along
#: Diameter of a button in millimetres as the trade usually takes it (18 ligne are 11.4 mm, 40 ligne 25.4 mm).
BUTTON_MM: Final = {"shirt": 11, "dress": 12, "jumpsuit": 15, "knit": 18, "blazer": 20, "coat": 25, "skirt": 15}
LINED: Final = ("coat", "blazer", "bag", "shoe")


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
    rows = [_cloth(design, _metres(drawn), fibres)]
    if design.kind in LINED:
        rows.append(Row(_("Lining"), _("tone on tone"), _("inside"), _metres(drawn, 0.9)))
    return [*rows, *_closure(drawn), *_sewn(design)]


def _sewn(design: Design, stitched: bool = True) -> list[Row]:
    """Threads and labels; ``stitched``: whether the topstitching is the design's own and not a sketch's."""
    rows = []
    rows.append(Row(_("Sewing thread"), design.shown[0].label(), _("all seams"), "–"))
    if stitched and design.garment.stitching not in ("none", ""):
        rows.append(Row(_("Topstitching thread"), value_name(design.garment.stitching), _("edges and seams"), "–"))
    rows.append(
        Row(
            _("Labels"),
            _("brand, size, composition, care, origin"),
            _("inside pocket") if design.kind == "bag" else _("neck or waist, side seam"),
            "2",
        )
    )
    return rows


def sketch_materials(design: Design, own: Own, fibres: Sequence[str] = ()) -> list[Row]:
    """The list of a sketched design, from the sketch's own pieces and the fastenings that it shows."""
    # Front and back are taken to need the same; what hangs in two layers (a sleeve) is seen once on each side.
    boxes = [(min(wide + SEAMS, WIDTH_CM), high + SEAMS) for wide, high in own.pieces] * 2
    hide = design.cloth == "leather"  # sold by its area, and a third of a hide is lost around the pieces
    need = _said_area(sum(wide * high for wide, high in boxes) * HIDE_LOSS) if hide else _said_metres(_packed(boxes))
    rows = [_cloth(design, need, fibres)]
    if design.kind in LINED:
        rows.append(Row(_("Lining"), _("tone on tone"), _("inside"), _said_metres(0.9 * _packed(boxes))))
    if own.buttons:
        name = _("Metal parts") if own.metal else _("Buttons")
        count = ngettext("{n} piece", "{n} pieces", own.buttons)
        usual = BUTTON_MM.get(design.kind)
        size = _("{n} mm, usual for the piece", n=usual) if usual else _("{n} mm", n=round(own.button_mm))
        rows.append(Row(name, size, _("closure"), count))
    return [*rows, *_sewn(design, stitched=False)]


def _cloth(design: Design, need: str, fibres: Sequence[str]) -> Row:
    about = KINDS[design.cloth]
    named = ", ".join(translate(FIBRES[one]) for one in fibres if one in FIBRES)
    parts = [telling.made_of(design), _("about {n} g/m²", n=about.weight)]
    parts += [named] if named else []
    parts += [_("motif {n} cm", n=number(design.fabric.scale, 1))] if design.pattern else []
    return Row(_("Main fabric"), ", ".join(parts), _("all pieces"), need)


def _metres(drawn: Flat, share: float = 1.0) -> str:
    return _said_metres(need_of(drawn) * share)


def _said_metres(need: float) -> str:
    return _("about {n} m at {width} cm", n=number(need, 2), width=round(WIDTH_CM))


def _said_area(cm2: float) -> str:
    """Leather as it is bought: in square decimetres and square feet."""
    return _("about {n} dm² ({feet} sq ft)", n=number(cm2 / 100, 0), feet=number(cm2 / 929.03, 1))


def need_of(drawn: Flat) -> float:
    """Estimated metres of cloth 140 cm wide: the drawn pieces with seams and hems, laid row by row on the cloth.

    Their boxes are packed by first-fit decreasing height (Coffman et al., 1980), none turned but what is wider than the
    cloth. It is a designer's estimate: a marker with the real pattern needs less or more.
    """
    return _packed(_boxes(drawn))


def _packed(boxes: Sequence[tuple[float, float]]) -> float:
    """Metres of cloth that boxes (width and height in cm) take."""
    rows: list[tuple[float, float]] = []  # height and used width, cm
    for wide, high in sorted(boxes, key=lambda box: -box[1]):
        at = next((n for n, (_high, used) in enumerate(rows) if used + wide <= WIDTH_CM), None)
        if at is None:
            rows.append((high, wide))
        else:
            rows[at] = (rows[at][0], rows[at][1] + wide)
    return sum(high for high, _used in rows) / 100


def _boxes(drawn: Flat) -> list[tuple[float, float]]:
    """Width and height of each piece in cm with its allowances. A sleeve is drawn folded: it is cut twice as wide."""
    found = []
    for view in (drawn.front, drawn.back):
        for shape in view.shapes:
            if not shape.outline:
                continue
            left, top, right, low = shape.path.bounds()
            wide = (right - left) * (2 if "sleeve" in shape.name.lower() and view is drawn.front else 1) + SEAMS
            high = low - top + SEAMS
            if "sleeve" in shape.name.lower() and view is drawn.back:
                continue  # the same sleeve, seen from behind
            found.append((high, wide) if wide > WIDTH_CM >= high else (min(wide, WIDTH_CM), high))
    return found


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
