"""Waistbands, belt loops and belts."""

from __future__ import annotations

from lib.atelier.drawing import Path, Pen, box, ellipse, line, smooth, whole
from lib.atelier.garments.draft import Draft, Torso
from lib.atelier.garments.model import Material
from lib.i18n import N_

WAISTBAND, BELT, STITCHING = N_("Waistband"), N_("Belt"), N_("Topstitching")
DIP = 1.1  # how much lower the front of a waist lies than its back


def draw_waistband(draft: Draft, body: Torso, top: float, height: float) -> None:
    """The band around the waist; in front its back's inside shows above it."""
    dip = DIP if draft.front else 0.0
    upper = _across(body, top, dip)
    lower = Pen(body.x(top + height), top + height).line(0, top + height).path()
    half = Pen(*upper.start).follow(upper).follow(body.side(top, top + height, 2)).follow(lower).path()
    if draft.front:
        inside = Pen(0, top - 0.1).line(body.x(top), top).follow(upper.reversed()).path()
        draft.add("waist-inside", "inside", N_("Waistband, inside"), whole(inside), material="lining", outline=True)
    draft.add("waistband", "body", WAISTBAND, whole(half), outline=True)
    if draft.garment.closure == "elastic_waist":
        for step in range(1, 12):
            x = body.x(top) * step / 12
            crease = line((x, top + dip + 0.4 + 0.3 * (step % 2)), (x * 1.01, top + height + 1.2 - 0.8 * (step % 3)))
            draft.pair("elastic-gathers", "pleats", N_("Gathers"), crease, "fold")
        return
    draft.stitches(
        "waistband",
        "stitching",
        STITCHING,
        Pen(0, top + height).line(body.x(top + height), top + height).path(),
        gap=-0.5,
    )
    draft.stitches("waistband-top", "stitching", STITCHING, upper, gap=0.5)


def _across(body: Torso, top: float, dip: float) -> Path:
    x = body.x(top)
    return Pen(0, top + dip).curve((x * 0.45, top + dip), (x * 0.8, top + dip * 0.4), (x, top)).path()


def draw_loops(draft: Draft, body: Torso, top: float, height: float) -> None:
    """Belt loops on a waistband."""
    for share in (0.36, 0.8):
        x = body.x(top) * share
        low = 0.6 if draft.front and share < 0.5 else 0.3
        draft.pair("belt-loop", "details", N_("Belt loop"), box(x - 0.6, top + low, 1.2, height - low + 0.6, 0.2))


def draw_belt(draft: Draft, body: Torso, at: float) -> None:
    """A belt at height ``at``, tied or buckled in front; nothing where the hem ends above it."""
    kind = draft.garment.belt
    if kind == "none" or at > body.widths[-1][0] - 5:
        return
    banded = draft.garment.kind in ("trousers", "jeans", "skirt")  # its loops are the waistband's
    tall = 2.8 if banded else 3.4 if kind == "buckle" else 4.2
    top, low = at - tall / 2, at + tall / 2
    half = Pen(0, top + 0.5).bow(body.x(top) + 0.25, top, -0.3).line(body.x(low) + 0.25, low).bow(0, low + 0.5, 0.3)
    material: Material = "trim" if kind == "buckle" else "fabric"
    draft.add("belt", "details", BELT, whole(half.path()), material=material, outline=True, grain=90)
    if not banded:
        x = body.x(at) * 0.82
        draft.pair("belt-loop", "details", N_("Belt loop"), box(x - 0.5, top - 0.5, 1.0, tall + 1.0, 0.2))
    if not draft.front:
        return
    if kind == "buckle":
        _buckle(draft, at + 0.4, tall)
    else:
        _tie(draft, body, at + 0.4, tall)


def _buckle(draft: Draft, y: float, tall: float) -> None:
    draft.add(
        "buckle", "details", N_("Buckle"), box(-2.6, y - tall / 2 - 0.8, 5.2, tall + 1.6, 0.8), material="hardware"
    )
    hole = box(-1.8, y - tall / 2, 3.6, tall, 0.4)
    draft.add("buckle-opening", "details", N_("Belt"), hole, material="trim", grain=90)
    draft.add("buckle-prong", "details", N_("Prong"), line((-2.2, y), (1.8, y)), "seam")
    for step in range(1, 4):
        draft.add("eyelet", "details", N_("Eyelet"), ellipse(3.4 + 1.6 * step, y, 0.2), material="hardware")


def _tie(draft: Draft, body: Torso, y: float, tall: float) -> None:
    bottom = body.widths[-1][0]
    reach = min(27.0, bottom - y - 3.0)
    for index, (x, lean) in enumerate(((1.5, 4.5), (-1.2, -1.5))):
        long = reach * (1.0 if index else 0.84)
        left = smooth([(x - 1.3, y + 0.5), (x - 1.2 + lean * 0.3, y + long * 0.5), (x - 1.9 + lean, y + long)])
        right = smooth([(x + 2.0 + lean, y + long - 0.8), (x + 1.7 + lean * 0.3, y + long * 0.5), (x + 1.1, y + 0.5)])
        draft.add("belt-end", "details", N_("Belt end"), left.joined(right).close())
    loop = (
        Pen(0.4, y)
        .curve((3, y - 3.8), (8.2, y - 3.4), (8.6, y - 0.4))
        .curve((8.8, y + 2.6), (3.4, y + 2.0), (0.4, y + 0.8))
    )
    draft.add("belt-bow", "details", N_("Bow"), loop.closed(), grain=80, outline=True)
    draft.add("belt-knot", "details", N_("Knot"), box(-1.5, y - tall / 2 - 0.2, 3.2, tall + 0.4, 1.0))
