"""Collars, lapels and neckbands, with what shows of the back's inside."""

from __future__ import annotations

from lib.atelier.drawing import Path, Pen, box, line, smooth, whole
from lib.atelier.garments.draft import Draft
from lib.atelier.garments.necks import DOUBLE_BREASTED_EDGE, OVERLAP, Neck, neck_edge, slope
from lib.atelier.garments.options import LAPELS
from lib.i18n import N_

COLLAR, STAND, INSIDE, LAPEL = N_("Collar"), N_("Collar stand"), N_("Back neck, inside"), N_("Lapel")
RIB, STRAP, LABEL, BOW = N_("Neckband"), N_("Neck strap"), N_("Label"), N_("Bow")
STITCHING = N_("Topstitching")


def draw_collar(draft: Draft, front: Neck, back: Neck) -> None:
    """What finishes the neck, on the side that is drawn. Comes after the body."""
    collar = draft.garment.collar
    if collar in LAPELS:
        _lapels(draft, front)
    elif collar in ("roll_neck", "mock_neck"):
        _tube(draft, 9.0 if collar == "roll_neck" else 5.0)
    elif collar == "shirt_collar":
        _shirt(draft)
    elif collar in ("band_collar", "bow_collar"):
        _band(draft)
        if collar == "bow_collar" and draft.front:
            _bow(draft)
    elif collar == "peter_pan":
        _inside(draft, front.edge, back.edge)
        _peter_pan(draft)
    else:
        _open_neck(draft, front, back)


def _open_neck(draft: Draft, front: Neck, back: Neck) -> None:
    cut = draft.garment.neckline
    if cut == "halter_neck":
        _halter_strap(draft)
    elif draft.front and cut != "strapless":
        _inside(draft, front.edge, back.edge)
    here = front if draft.front else back
    if draft.garment.kind in ("t_shirt", "knit"):
        _rib_band(draft, cut)
    elif cut not in ("halter_neck", "strapless"):
        draft.stitches("neckline", "stitching", STITCHING, here.edge)


def _inside(draft: Draft, front: Path, back: Path) -> None:
    if not draft.front:
        return
    half = Pen(*back.start).follow(back).follow(front.reversed()).path()
    draft.add("neck-inside", "inside", INSIDE, whole(half), material="lining", outline=True)
    tape = smooth([*_points(back.mirrored().reversed(), 4), *_points(back, 4)[1:]]).moved(0, 1.0)
    if front.start[1] - back.start[1] > 4:
        draft.add("neck-tape", "inside", N_("Neck tape"), tape.part(0.12, 0.88), "seam")
        draft.add("label", "inside", LABEL, box(-2, back.start[1] + 1.0, 4, 1.6, 0.2), material="trim")


def _points(path: Path, count: int) -> list[tuple[float, float]]:
    return [path.at(step / count) for step in range(count + 1)]


def _rib_band(draft: Draft, cut: str) -> None:
    wide = 2.8 if draft.garment.kind == "knit" else 1.9
    inner = neck_edge(cut, draft.measures, draft.front)
    outer = neck_edge(cut, draft.measures, draft.front, wider=wide)
    half = Pen(*inner.start).follow(inner).follow(outer.reversed()).path()
    draft.add("neckband", "collar", RIB, whole(half), material="rib")
    for step in range(1, 12):
        a, b = inner.at(step / 12), outer.at(step / 12)
        draft.pair("neckband-rib", "collar", N_("Rib"), line(a, b), "fold")
    if cut == "v_neck" and draft.front:
        draft.add("neckband-mitre", "collar", N_("Seam"), line(inner.start, outer.start), "seam")
    if draft.garment.stitching != "none" and draft.garment.kind == "t_shirt":
        draft.stitch("neckband", "stitching", STITCHING, neck_edge(cut, draft.measures, draft.front, wider=wide + 0.5))


def _tube(draft: Draft, height: float) -> None:
    m = draft.measures
    base = neck_edge("crew_neck", m, draft.front)
    top = m.neck - 0.5
    half = Pen(0, -height + 0.7).curve((top * 0.5, -height + 0.7), (top * 0.9, -height + 0.3), (top, -height))
    half.curve((top + 0.2, -height * 0.5), (top, -1.5), base.end).follow(base.reversed())
    draft.add("collar", "collar", COLLAR, whole(half.path()), material="rib", outline=True)
    if height > 6:
        y = -1.2
        fold = Pen(0, base.start[1] * 0.62).curve(
            (top * 0.5, base.start[1] * 0.62), (top * 0.96, y + 2.4), (top + 0.1, y)
        )
        draft.pair("collar-turn", "collar", N_("Turned edge"), fold.path(), "seam")
    for step in range(1, 7):
        x = top * step / 7
        low = base.at(step / 7.5)[1] - 1.0
        draft.pair("collar-rib", "collar", N_("Rib"), line((x, -height + 1.3), (x * 1.04, low)), "fold")


def _shirt(draft: Draft) -> None:
    n = draft.measures.neck
    top, outer = (n - 0.5, -3.0), (n + 2.9, 1.2)
    if not draft.front:
        half = Pen(0, -3.5).curve((n * 0.5, -3.5), (n * 0.8, -3.4), top).curve((n + 1.2, -2.4), (n + 2.4, -0.6), outer)
        leaf = whole(half.curve((n * 0.9, 3.2), (n * 0.45, 3.8), (0, 3.8)).path())
        draft.add("collar", "collar", COLLAR, leaf, outline=True)
        edge = Pen(*outer).curve((n * 0.9, 3.2), (n * 0.45, 3.8), (0, 3.8)).path()
        draft.stitches("collar", "collar", STITCHING, edge.part(0.04, 1))
        return
    roll = Pen(*top).curve((n - 0.9, 1.0), (3.4, 4.6), (0.2, 7.0)).path()
    inside = Pen(0, -3.5).curve((n * 0.5, -3.5), (n * 0.8, -3.4), top).follow(roll).line(0, 7.0).path()
    draft.add("collar-inside", "inside", N_("Collar, inside"), whole(inside), material="lining", outline=True)
    seam = Pen(0, 0.8).curve((n * 0.5, 0.8), (n * 0.75, -0.2), (n - 0.8, -1.6)).path()
    draft.pair("collar-stand", "inside", STAND, seam, "seam")
    base = neck_edge("crew_neck", draft.measures, front=True, wider=0.6)
    stand = Pen(0, 7.0).follow(roll.reversed()).follow(base.reversed()).path()
    draft.add("collar-stand", "collar", STAND, whole(stand), outline=True)
    tip = (6.6, 13.4)
    edge = Pen(0.2, 7.0).bow(*tip, 0.35).curve((n + 0.6, 8.6), (n + 3.2, 4.4), outer).path()
    leaf = Pen(0.2, 7.0).follow(edge).curve((n + 2.3, -0.9), (n + 0.8, -2.3), top).follow(roll).closed()
    draft.pair("collar", "collar", COLLAR, leaf, outline=True, grain=35)
    draft.stitches("collar", "collar", STITCHING, edge, gap=-0.6)


def _band(draft: Draft) -> None:
    n = draft.measures.neck
    top = (n - 0.6, -3.2)
    base = neck_edge("crew_neck", draft.measures, draft.front)
    rim = Pen(0, -3.5).curve((n * 0.5, -3.5), (n * 0.8, -3.5), top).path()
    if draft.front:
        low = Pen(*top).curve((n - 1.0, 0.8), (3.6, 4.6), (0, 4.9)).path()
        half = Pen(0, -3.5).follow(rim).follow(low).path()
        draft.add("collar-inside", "inside", N_("Collar, inside"), whole(half), material="lining", outline=True)
        rim = low.reversed()
    half = Pen(*rim.start).follow(rim).curve((n - 0.4, -1.8), (n, -0.6), base.end).follow(base.reversed()).path()
    draft.add("collar", "collar", COLLAR, whole(half), outline=True)
    if draft.front:
        draft.add("collar-opening", "collar", N_("Opening"), line((0, 4.9), (0, base.start[1])), "seam")
    draft.stitches("collar", "collar", STITCHING, base, gap=-0.6)


def _peter_pan(draft: Draft) -> None:
    m = draft.measures
    n, base = m.neck, neck_edge("crew_neck", m, draft.front)
    top, wing = (n - 0.1, -1.7), (n + 5.4, slope(m, n + 5.4) + 0.4)
    if draft.front:
        d = base.start[1]
        outer = (
            Pen(0.25, d)
            .curve((1.4, d + 6.5), (n + 1.6, d + 6.6), (n + 4.6, 6.8))
            .curve((n + 5.8, 4.8), (n + 6.0, 3.2), wing)
        )
        edge = outer.path()
        leaf = Pen(0.25, d).follow(edge).curve((n + 3.2, -0.6), (n + 1.4, -1.6), top).line(*base.end)
        draft.pair("collar", "collar", COLLAR, leaf.follow(base.reversed()).closed(), outline=True, grain=25)
        draft.stitches("collar", "collar", STITCHING, edge, gap=-0.6)
        return
    half = Pen(0, -1.6).curve((n * 0.5, -1.6), (n * 0.8, -1.7), top).curve((n + 1.4, -1.6), (n + 3.2, -0.6), wing)
    half.curve((n + 4.6, 5.4), (n * 0.6, 8.2), (0, 8.2))
    draft.add("collar", "collar", COLLAR, whole(half.path()), outline=True)
    draft.add("collar-split", "collar", N_("Seam"), line((0, 2.2), (0, 8.2)), "seam")


def _bow(draft: Draft) -> None:
    y = 8.6
    loop = (
        Pen(0.6, y)
        .curve((4, y - 5.6), (11, y - 5.2), (12.4, y - 2.2))
        .curve((13.4, y + 1.6), (6, y + 4.6), (0.6, y + 0.8))
    )
    tail = (
        Pen(0.4, y + 0.6)
        .curve((3.2, y + 8), (4.2, y + 15), (5.6, y + 21))
        .line(9.6, y + 19.4)
        .curve((8.2, y + 12), (5.4, y + 4.5), (1.4, y + 0.4))
    )
    draft.pair("bow-tail", "collar", BOW, tail.closed(), grain=-15)
    draft.pair("bow-loop", "collar", BOW, loop.closed(), grain=70)
    crease = Pen(1.2, y).curve((4, y - 1.6), (6, y - 1.8), (8.4, y - 1.2)).path()
    draft.pair("bow-crease", "collar", N_("Fold"), crease, "fold")
    draft.add("bow-knot", "collar", N_("Knot"), box(-1.2, y - 1.3, 2.4, 3.0, 0.9))


def _halter_strap(draft: Draft) -> None:
    w = draft.measures.neck - 0.6
    half = Pen(0, -3.6).curve((w * 0.6, -3.6), (w + 1.8, -2.2), (w + 3.0, 0.6)).line(w, -0.6)
    half.curve((w * 0.9, -1.6), (w * 0.6, -2.0), (0, -2.0))
    layer = "inside" if draft.front else "collar"
    draft.add(
        "neck-strap", layer, STRAP, whole(half.path()), material="lining" if draft.front else "fabric", outline=True
    )


def _lapels(draft: Draft, front: Neck) -> None:
    n = draft.measures.neck
    top = (n - 0.5, -3.3)
    if not draft.front:
        half = (
            Pen(0, -3.8)
            .curve((n * 0.5, -3.8), (n * 0.8, -3.7), top)
            .curve((n + 1.0, -2.6), (n + 2.6, -0.6), (n + 3.2, 1.3))
        )
        half.curve((n, 3.4), (n * 0.5, 4.2), (0, 4.2))
        draft.add("collar", "collar", COLLAR, whole(half.path()), outline=True)
        return
    meet = front.edge.start[1]
    inside = Pen(0, -3.8).curve((n * 0.5, -3.8), (n * 0.8, -3.7), top).line(n - 0.1, -0.4).line(0, meet).path()
    draft.add("neck-inside", "inside", INSIDE, whole(inside), material="lining", outline=True)
    collar_seam = Pen(0, 0.4).curve((n * 0.5, 0.4), (n * 0.8, -0.4), (n - 0.6, -1.6)).path()
    draft.pair("collar-seam", "inside", N_("Seam"), collar_seam, "seam")
    draft.add("label", "inside", LABEL, box(-2.6, 2.4, 5.2, 2.0, 0.2), material="trim")
    edge_x = DOUBLE_BREASTED_EDGE if draft.garment.closure == "double_breasted" else OVERLAP
    low = meet + edge_x * meet / (n + 0.6)
    over, under = _leaf(draft, n, (-edge_x, low), meet), _leaf(draft, n, (0.0, meet), meet)
    draft.add("lapel", "collar", LAPEL, under[0], outline=True, grain=12, side="left")
    draft.add(
        "lapel", "collar", LAPEL, over[0].mirrored(), outline=True, grain=-12, side="right"
    )  # women's right is on top
    for side, (_leaf_path, notch, edge) in ((1, under), (-1, over)):
        for piece in notch:
            draft.add("gorge", "collar", N_("Seam"), piece if side > 0 else piece.mirrored(), "seam")
        if draft.garment.stitching != "none":
            inner = edge.beside(-0.6)
            draft.stitch("lapel", "collar", STITCHING, inner if side > 0 else inner.mirrored(), both=False)


def _leaf(draft: Draft, n: float, end: tuple[float, float], meet: float) -> tuple[Path, list[Path], Path]:
    """The viewer's right lapel and collar: outline, gorge seams, outer edge; ``end`` is where it meets the edge."""
    top, outer = (n - 0.5, -3.3), (n + 3.3, 1.3)
    fall = meet - 12
    if draft.garment.collar == "shawl_collar":
        edge = (
            Pen(*end)
            .curve((n * 0.55, meet * 0.92), (n + 5.0, 12 + fall * 0.35), (n + 4.6, 9))
            .curve((n + 4.5, 6), (n + 4.2, 3.2), outer)
        )
        seams: list[Path] = []
    elif draft.garment.collar == "peak_lapels":
        tip = (n + 7.4, 9.0)
        edge = Pen(*end).curve((n * 0.5, meet * 0.93), (n + 4.6, 12 + fall * 0.42), tip).line(n + 2.7, 11.4)
        edge.line(n + 4.2, 7.0).curve((n + 4.3, 5), (n + 4.0, 2.9), outer)
        seams = [line((n + 2.7, 11.4), (n - 1.2, 8.2))]
    else:
        tip = (n + 6.2, 13.6)
        edge = Pen(*end).curve((n * 0.5, meet * 0.95), (n + 4.2, 16 + fall * 0.42), tip).line(n + 2.2, 11.6)
        edge.line(n + 4.4, 9.2).curve((n + 4.5, 6), (n + 4.0, 3.2), outer)
        seams = [line((n + 2.2, 11.6), (n - 1.4, 8.6))]
    path = edge.path()
    roll = Pen(*top).line(n - 0.1, -0.4).line(0, meet).path()
    if end[0] < 0:
        roll = roll.joined(line((0, meet), end))
    shape = Pen(*end).follow(path).curve((n + 2.6, -0.8), (n + 1.0, -2.6), top).follow(roll).closed()
    return shape, seams, path
