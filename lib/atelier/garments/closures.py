"""What a garment is closed with: buttons, zips, a wrap. A woman's right front lies on top."""

from __future__ import annotations

from lib.atelier.drawing import Pen, box, ellipse, line
from lib.atelier.garments.draft import Draft, Torso
from lib.atelier.garments.necks import DOUBLE_BREASTED_EDGE, OVERLAP
from lib.atelier.garments.options import LAPELS
from lib.i18n import N_

BUTTON, ZIP, EDGE, STITCHING = N_("Button"), N_("Zip"), N_("Front edge"), N_("Topstitching")
RADIUS = {"coat": 1.25, "blazer": 1.05, "jeans": 0.8}
SPACING = {"coat": 13.0, "blazer": 10.0, "shirt": 8.2, "dress": 8.2, "knit": 8.6, "jumpsuit": 8.2, "skirt": 9.0}


def draw_closure(draft: Draft, body: Torso, meet: float, bottom: float) -> None:
    """How a top, dress or coat closes; ``meet`` is where the neckline ends at the centre front."""
    kind = draft.garment.closure
    if kind == "back_zip" and not draft.front:
        _hidden_zip(draft, meet, min(draft.measures.hip_height, bottom - 3.0))
    if not draft.front:
        return
    if kind in ("buttons", "concealed_placket"):
        _buttoned(draft, meet, bottom)
    elif kind == "double_breasted":
        _double_breasted(draft, meet, bottom)
    elif kind == "zip":
        _open_zip(draft, meet, bottom)
    elif kind == "wrap":
        _wrap(draft, body, meet, bottom)
    elif kind == "open_front":
        _open_front(draft, meet, bottom)


def button(draft: Draft, x: float, y: float, radius: float = 0.6) -> None:
    """A four-hole button; a small one shows two."""
    draft.add("button", "closure", BUTTON, ellipse(x, y, radius), material="hardware")
    if radius >= 0.95:
        draft.add("button-rim", "closure", BUTTON, ellipse(x, y, radius * 0.72), "seam")
    gap = radius * 0.26
    for dx, dy in ((-gap, -gap), (gap, gap), (-gap, gap), (gap, -gap)):
        draft.add(
            "button-hole", "closure", N_("Buttonhole"), line((x + dx, y + dy), (x + dx + 0.03, y + dy + 0.03)), "seam"
        )


def _low(draft: Draft, meet: float) -> float:
    """Where a tailored front's edge leaves the lapel."""
    edge = DOUBLE_BREASTED_EDGE if draft.garment.closure == "double_breasted" else OVERLAP
    return meet + edge * meet / (draft.measures.neck + 0.6) if draft.garment.collar in LAPELS else meet


def _rounded(draft: Draft) -> bool:
    return draft.garment.kind == "blazer" and draft.garment.closure != "double_breasted"


def _buttoned(draft: Draft, meet: float, bottom: float) -> None:
    garment = draft.garment
    tailored = garment.kind in ("coat", "blazer")
    edge = OVERLAP if tailored else 1.5
    top = _low(draft, meet)
    foot = bottom - 5.0 if _rounded(draft) else bottom
    path = line((edge, top), (edge, foot))
    if _rounded(draft):
        path = Pen(edge, top).line(edge, foot - 4).curve((edge, foot - 2), (edge * 0.6, foot - 0.6), (0.2, foot)).path()
    draft.add("front-edge", "closure", EDGE, path, "seam")
    draft.stitches("front-edge", "closure", STITCHING, line((edge, top), (edge, foot - 3)), both=False)
    if not tailored:
        draft.add("placket", "closure", N_("Placket"), line((-edge, top), (-edge, bottom)), "seam")
        if garment.stitching != "none":
            draft.stitch("placket", "closure", STITCHING, line((-edge + 0.5, top), (-edge + 0.5, bottom)), both=False)
    if garment.closure == "concealed_placket":
        return
    radius, step = RADIUS.get(garment.kind, 0.58), SPACING.get(garment.kind, 9.0)
    y = top + (1.4 if tailored else 2.2)
    end = min(draft.measures.crotch if tailored else bottom - 5, bottom - 9.0)
    if garment.kind == "blazer":
        end = min(y + step * 1.2, bottom - 10.0)
    while y <= max(end, top + 1.5):
        button(draft, 0.0, y, radius)
        y += step


def _double_breasted(draft: Draft, meet: float, bottom: float) -> None:
    edge = DOUBLE_BREASTED_EDGE
    top = _low(draft, meet)
    draft.add("front-edge", "closure", EDGE, line((edge, top), (edge, bottom)), "seam")
    draft.stitches("front-edge", "closure", STITCHING, line((edge, top), (edge, bottom - 2)), both=False)
    radius = RADIUS.get(draft.garment.kind, 1.0)
    end = min(draft.measures.hip_height + 6, bottom - 6)
    rows = max(1, min(3, int((end - top - 1.5) // 9) + 1))
    for row in range(rows):
        for x in (-4.6, 4.6):
            button(draft, x, top + 1.8 + row * min(11.0, (end - top - 1.5) / max(rows - 1, 1)), radius)


def _open_zip(draft: Draft, meet: float, bottom: float) -> None:
    top = meet
    if draft.garment.collar in LAPELS:
        top = _low(draft, meet)
    draft.add("zip-tape", "closure", N_("Zip tape"), box(-0.9, top, 1.8, bottom - top), material="trim")
    teeth(draft, 0.0, top + 0.3, bottom - 0.3)
    pull(draft, 0.0, top + 0.3)
    if draft.garment.stitching != "none":
        draft.stitch("zip", "closure", STITCHING, line((1.7, top), (1.7, bottom)))


def teeth(draft: Draft, x: float, top: float, bottom: float) -> None:
    """A zip's teeth as one zigzag."""
    count = max(2, int((bottom - top) / 0.55))
    points = [(x + (0.28 if step % 2 else -0.28), top + (bottom - top) * step / count) for step in range(count + 1)]
    draft.add("zip-teeth", "closure", N_("Zip teeth"), line(*points), "seam")


def pull(draft: Draft, x: float, y: float) -> None:
    """A zip's slider and pull."""
    draft.add("zip-slider", "closure", N_("Zip slider"), box(x - 0.55, y, 1.1, 1.4, 0.3), material="hardware")
    draft.add("zip-pull", "closure", N_("Zip pull"), box(x - 0.36, y + 1.5, 0.72, 2.6, 0.3), material="hardware")


def _hidden_zip(draft: Draft, top: float, bottom: float) -> None:
    draft.add("zip", "closure", ZIP, line((0, top), (0, bottom)), "seam")
    draft.add("zip-line", "closure", ZIP, line((0.25, top + 0.6), (0.25, bottom)), "seam")
    draft.add(
        "zip-pull",
        "closure",
        N_("Zip pull"),
        Pen(0, top + 0.3)
        .curve((0.7, top + 1), (0.6, top + 2.4), (0, top + 2.6))
        .curve((-0.6, top + 2.4), (-0.7, top + 1), (0, top + 0.3))
        .closed(),
        material="hardware",
    )
    draft.add("zip-end", "closure", N_("Zip end"), line((-0.5, bottom), (0.5, bottom)), "seam")


def _wrap(draft: Draft, body: Torso, meet: float, bottom: float) -> None:
    waist = draft.measures.waist_height
    right = body.x(waist) - 0.3
    over = Pen(0, meet).curve((right * 0.35, meet + 7.5), (right * 0.8, waist - 5), (right, waist)).path()
    draft.add("wrap-edge", "closure", N_("Wrap edge"), over, "seam")
    if draft.garment.kind == "dress":
        draw_wrap_skirt(draft, body, waist, bottom)
    draw_bow(draft, right - 1.2, waist + 0.4, min(22.0, bottom - waist - 2))


def draw_wrap_skirt(draft: Draft, body: Torso, top: float, bottom: float) -> None:
    """The free edge of a wrapped skirt."""
    start, end = body.x(top) * 0.72, body.x(bottom) * 0.42
    fall = bottom - top
    edge = (
        Pen(start, top).curve((start * 0.98, top + fall * 0.4), (end * 1.05, bottom - fall * 0.3), (end, bottom)).path()
    )
    draft.add("wrap-skirt-edge", "closure", N_("Wrap edge"), edge, "seam")
    draft.stitches("wrap-skirt-edge", "closure", STITCHING, edge, both=False)


def draw_bow(draft: Draft, x: float, y: float, reach: float) -> None:
    """A tied bow with two hanging ends."""
    for index, lean in enumerate((-3.4, 1.2)):
        long = reach * (0.8 if index else 1.0)
        tail = Pen(x - 0.7, y).curve((x - 1.0, y + long * 0.4), (x + lean, y + long * 0.7), (x + lean - 1.3, y + long))
        tail.line(x + lean + 1.5, y + long - 0.6).curve(
            (x + lean + 1.6, y + long * 0.6), (x + 0.8, y + long * 0.4), (x + 0.7, y)
        )
        draft.add("tie-end", "closure", N_("Tie end"), tail.closed())
    for side in (-1, 1):
        loop = Pen(x, y).curve((x + side * 2.4, y - 3.4), (x + side * 5.8, y - 2.6), (x + side * 5.8, y - 0.2))
        loop.curve((x + side * 5.8, y + 2.2), (x + side * 2.2, y + 1.8), (x, y + 0.6))
        draft.add("tie-loop", "closure", N_("Bow"), loop.closed(), outline=True)
    draft.add("tie-knot", "closure", N_("Knot"), ellipse(x, y + 0.3, 1.0, 1.25))


def _open_front(draft: Draft, meet: float, bottom: float) -> None:
    foot = bottom - 5.0 if _rounded(draft) else bottom
    gap = (
        line((0, meet), (2.6, foot), (-2.6, foot)).close()
        if not _rounded(draft)
        else line((0, meet), (0.9, foot - 0.6), (-0.9, foot - 0.6)).close()
    )
    draft.add("front-opening", "closure", N_("Opening"), gap, material="lining")


def draw_skirt_closure(draft: Draft, body: Torso, top: float, band: float, bottom: float) -> None:
    """How a skirt closes, from its waistband down."""
    kind = draft.garment.closure
    if kind == "back_zip" and not draft.front:
        _hidden_zip(draft, top + 0.3, min(top + 20, bottom - 3))
    elif kind == "side_zip":
        low = min(top + 20, bottom - 3)
        edge = body.side(top + 0.3, low, 4).beside(0.5)
        edge = edge if draft.front else edge.mirrored()  # the wearer's left
        draft.add("side-zip", "closure", ZIP, edge, "seam")
        x, y = edge.start
        draft.add("zip-pull", "closure", N_("Zip pull"), ellipse(x, y + 1.6, 0.3, 0.8), material="hardware")
    elif kind == "buttons" and draft.front:
        _skirt_buttons(draft, top, band, bottom)
    elif kind == "wrap" and draft.front:
        draw_wrap_skirt(draft, body, top + band, bottom)
        draw_bow(draft, body.x(top) * 0.72, top + band * 0.5, min(18.0, bottom - top - 6))


def _skirt_buttons(draft: Draft, top: float, band: float, bottom: float) -> None:
    for x in (-1.8, 1.8):
        draft.add("placket", "closure", N_("Placket"), line((x, top + 1.1), (x, bottom)), "seam")
    if draft.garment.stitching != "none":
        draft.stitch("placket", "closure", STITCHING, line((1.3, top + band), (1.3, bottom)))
    y = top + band * 0.5 + 0.7
    while y < bottom - 6:
        button(draft, 0.0, y, 0.75)
        y += 8.4


def fly(draft: Draft, top: float, band: float, crotch: float) -> None:
    """A fly front: the J-shaped stitching, the waistband's button, the edge."""
    low = crotch - 6.5
    draft.add("fly-edge", "closure", N_("Fly"), line((0, top + band), (0, crotch)), "seam")
    curve = Pen(3.6, top + band).line(3.6, low - 4).curve((3.6, low - 0.5), (2.4, low + 1.4), (0.1, low + 2.2)).path()
    draft.add("fly-stitching", "closure", STITCHING, curve, "stitch")
    if draft.garment.stitching == "double":
        draft.add("fly-stitching", "closure", STITCHING, curve.beside(0.5), "stitch")
    if draft.garment.closure == "buttons":
        for step in range(3):
            button(draft, 1.4, top + band + 2.4 + 3.6 * step, 0.55)
    button(draft, 0.0, top + band / 2 + 0.8, RADIUS.get(draft.garment.kind, 0.7))
