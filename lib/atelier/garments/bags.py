"""Handbags: the body by its shape, handle, closure and an outer pocket."""

from __future__ import annotations

from dataclasses import dataclass

from lib.atelier.drawing import Path, Pen, box, ellipse, line, whole
from lib.atelier.garments.closures import pull
from lib.atelier.garments.draft import Draft
from lib.atelier.garments.pockets import patch
from lib.i18n import N_

BAG, HANDLE, FLAP, STITCHING, RING = N_("Bag"), N_("Handle"), N_("Flap"), N_("Topstitching"), N_("Ring")
# Half width above, half width below, height and corner, in cm, for a medium bag.
SHAPES: dict[str, tuple[float, float, float, float]] = {
    "tote": (18.5, 16.0, 30.0, 2.0),
    "satchel": (14.0, 16.0, 22.0, 3.5),
    "baguette": (13.0, 14.0, 14.0, 4.5),
    "bucket": (10.5, 13.0, 26.0, 3.0),
    "clutch": (14.5, 14.5, 17.0, 1.2),
}
SCALES = {"small": 0.76, "medium": 1.0, "large": 1.28}


@dataclass(frozen=True)
class Form:
    """A bag's measurements in cm."""

    top: float
    low: float
    height: float
    corner: float

    def x(self, y: float) -> float:
        """Half the width at height ``y``."""
        return self.top + (self.low - self.top) * y / self.height


def bag(draft: Draft) -> None:
    """A handbag from the front or behind."""
    garment = draft.garment
    scale = SCALES[garment.length]
    form = Form(*(value * scale for value in SHAPES[garment.silhouette]))
    _handle(draft, form)
    outline = _outline(form)
    draft.add("bag", "body", BAG, whole(outline), outline=True)
    draft.stitches("bag", "stitching", STITCHING, outline)
    _base(draft, form)
    if garment.pockets == "outer_pocket" and (garment.closure in ("open", "zip") or not draft.front):
        width = form.x(form.height * 0.7) * 1.2
        y = form.height * 0.46
        pocket = patch(-width / 2, y, width, form.height * 0.4)
        draft.add("outer-pocket", "pockets", N_("Pocket"), pocket, grain=0)
        draft.stitches("outer-pocket", "pockets", STITCHING, Path(pocket.cubics[0][2], pocket.cubics[1:]), both=False)
    _closure(draft, form)
    draft.landmarks |= {"top": (form.top, 0.0), "base": (form.low, form.height)}


def _outline(form: Form) -> Path:
    r, low, h = form.corner, form.low, form.height
    pen = Pen(0, 0.4).curve((form.top * 0.5, 0.4), (form.top * 0.85, 0.2), (form.top, 0))
    pen.curve((form.top + 0.3, h * 0.35), (low, h * 0.65), (low, h - r))
    return pen.curve((low, h - r * 0.35), (low - r * 0.35, h), (low - r, h)).line(0, h).path()


def _base(draft: Draft, form: Form) -> None:
    kind = draft.garment.silhouette
    if kind == "bucket":
        y = form.height * 0.16
        for step in range(6):
            x = form.x(y) * (step + 0.5) / 6
            draft.pair("eyelet", "details", N_("Eyelet"), ellipse(x, y, 0.45), material="hardware")
            crease = Pen(x, 0.8).bow(x * 1.03, y - 0.7, 0.2).path()
            draft.pair("gathers", "pleats", N_("Gathers"), crease, "fold")
        draft.add("drawstring", "details", N_("Drawstring"), line((-form.x(y) + 0.2, y), (form.x(y) - 0.2, y)), "seam")
        return
    if kind in ("tote", "satchel"):
        y = form.height * 0.84
        edge = Pen(0, y).line(form.x(y) - 0.25, y).path()
        draft.pair("base-seam", "seams", N_("Seam"), edge, "seam")
        for x in (form.low * 0.7,):
            draft.pair("foot", "details", N_("Foot"), ellipse(x, form.height - 0.5, 0.45), material="hardware")
    if kind == "satchel":
        x = form.x(form.height * 0.5) * 0.78
        draft.pair("gusset", "seams", N_("Seam"), Pen(x * 0.94, 0.4).bow(x, form.height * 0.84, -0.5).path(), "seam")


def _handle(draft: Draft, form: Form) -> None:
    kind = draft.garment.handle
    if kind == "top_handles":
        spread, tall, thick = form.top * 0.46, form.height * 0.34 + 7, 1.5
        _strap(draft, spread, tall, thick, foot=3.6)
        for y in (2.6,):
            draft.pair("rivet", "details", N_("Rivet"), ellipse(spread + thick / 2, y, 0.4), material="hardware")
    elif kind == "shoulder_strap":
        _strap(draft, form.top - 2.4, form.height * 0.9 + 16, 1.7, foot=1.0)
        draft.pair("ring", "details", RING, ellipse(form.top - 1.5, 1.3, 1.0), material="hardware")
        draft.pair("ring-opening", "details", RING, ellipse(form.top - 1.5, 1.3, 0.6))
    elif kind == "chain":
        arc = Pen(form.top - 1.2, 0.6).curve(
            (form.top + 1.0, -form.height * 0.6 - 8), (form.top * 0.35, -form.height - 10), (0, -form.height - 10)
        )
        path = arc.path()
        for step in range(27):
            x, y = path.at((step + 0.2) / 26.5 if step < 26 else 0.995)
            flat = step % 2
            draft.pair(
                "link",
                "sleeves",
                N_("Chain link"),
                ellipse(x, y, 0.5 if flat else 0.85, 1.15 if flat else 0.9),
                material="hardware",
                outline=True,
            )


def _strap(draft: Draft, x: float, tall: float, thick: float, foot: float) -> None:
    outer = (
        Pen(0, -tall).curve((x * 0.75, -tall), (x + thick, -tall * 0.8), (x + thick, -tall * 0.3)).line(x + thick, foot)
    )
    inner = (
        Pen(x, foot).line(x, -tall * 0.3).curve((x, -tall * 0.72), (x * 0.7, -tall + thick), (0, -tall + thick)).path()
    )
    half = outer.follow(inner).path()
    layer = "details" if foot > 2 else "sleeves"
    draft.add("handle", layer, HANDLE, whole(half), outline=True, material="trim", grain=90)
    draft.stitches("handle", layer, STITCHING, inner.reversed(), gap=-0.35)


def _closure(draft: Draft, form: Form) -> None:
    kind, h = draft.garment.closure, form.height
    if kind in ("flap", "turn_lock"):
        if draft.front:
            _flap(draft, form)
        return
    if kind == "zip":
        y = max(1.6, h * 0.07)
        x = form.x(y) - 1.2
        draft.add("zip-tape", "closure", N_("Zip tape"), box(-x, y - 0.6, 2 * x, 1.2, 0.3), material="trim")
        if draft.front:
            draft.add("zip", "closure", N_("Zip"), line((-x + 0.4, y), (x - 0.4, y)), "stitch")
            pull(draft, -x + 1.4, y - 0.6)
        return
    if draft.front:
        inside = (
            Pen(0, 0.4)
            .line(form.top * 0.98, 0.1)
            .curve((form.top * 0.6, -1.5), (form.top * 0.3, -1.7), (0, -1.7))
            .path()
        )
        draft.add("bag-inside", "inside", N_("Inside"), whole(inside), material="lining", outline=True)


def _flap(draft: Draft, form: Form) -> None:
    h = form.height
    deep = h * 0.62
    x = form.x(deep * 0.6) - 0.3
    edge = (
        Pen(form.top - 0.1, 0.1)
        .curve((x + 0.1, deep * 0.3), (x, deep * 0.5), (x, deep * 0.66))
        .curve((x, deep * 0.9), (x * 0.7, deep), (0, deep))
    )
    path = edge.path()
    half = Pen(0, 0.4).line(form.top - 0.1, 0.1).follow(path).path()
    draft.add("flap", "closure", FLAP, whole(half))
    draft.stitches("flap", "closure", STITCHING, path)
    if draft.garment.closure == "turn_lock":
        draft.add("lock-plate", "closure", N_("Lock"), box(-2.1, deep - 3.6, 4.2, 2.8, 0.6), material="hardware")
        draft.add("lock-turn", "closure", N_("Turn lock"), box(-0.45, deep - 3.2, 0.9, 2.0, 0.4), material="hardware")
    else:
        tab = patch(-1.5, deep - 2.6, 3.0, 4.6)
        draft.add("tab", "closure", N_("Tab"), tab, material="trim")
        draft.add("stud", "closure", N_("Press stud"), ellipse(0, deep + 0.6, 0.55), material="hardware")
