"""Dresses, coats, jackets, shirts, knitwear and jumpsuits: everything that hangs from the shoulders."""

from __future__ import annotations

from lib.atelier.drawing import Path, Pen, line, whole
from lib.atelier.garments.bodies import DROP, cutaway, empire_seam, hem, hem_height, shirt_tail, torso
from lib.atelier.garments.closures import draw_closure
from lib.atelier.garments.collars import draw_collar
from lib.atelier.garments.draft import Draft, Torso
from lib.atelier.garments.legs import draw_legs, hips
from lib.atelier.garments.necks import Neck, neck
from lib.atelier.garments.pockets import draw_pockets
from lib.atelier.garments.skirts import draw_skirt
from lib.atelier.garments.sleeves import draw_sleeves
from lib.atelier.garments.waists import draw_belt
from lib.i18n import N_

BODY, BODICE, SEAM, DART, STITCHING = N_("Garment body"), N_("Bodice"), N_("Seam"), N_("Dart"), N_("Topstitching")
RIB_HEIGHT = 6.0


def top(draft: Draft) -> None:
    """A garment in one piece from shoulder to hem, or with a seam at the waist."""
    garment, m = draft.garment, draft.measures
    bottom = hem_height(garment, m)
    body = torso(garment, m, bottom)
    seam = _waist_seam(draft)
    front, back = _necks(draft, body)
    here = front if draft.front else back
    draw_sleeves(draft, here)
    if seam is None:
        _one_piece(draft, body, here, bottom)
    else:
        _bodice(draft, body, here, seam)
        draw_skirt(draft, body, seam, bottom)
    _shaping(draft, body, here, seam or bottom)
    draw_pockets(draft, body, seam or m.armhole, bottom)
    draw_closure(draft, body, here.depth, bottom)
    draw_collar(draft, front, back)
    draw_belt(draft, body, m.waist_height)
    draft.landmarks |= {"hem": (body.x(bottom), bottom), "waist": (body.x(m.waist_height), m.waist_height)}


def jumpsuit(draft: Draft) -> None:
    """A bodice on trousers."""
    m = draft.measures
    waist = m.waist_height
    lower = hips(draft, m, waist)
    body = Torso([(m.armhole, (m.bust + 6) / 4), (m.armhole + 8, (m.bust + 2) / 4), (waist, lower.x(waist))])
    front, back = _necks(draft, body)
    here = front if draft.front else back
    draw_sleeves(draft, here)
    _bodice(draft, body, here, waist)
    draw_legs(draft, lower, waist)
    _shaping(draft, body, here, waist)
    draw_pockets(draft, lower, waist, m.knee)
    if draft.garment.closure in ("buttons", "zip"):
        draw_closure(draft, body, here.depth, m.crotch - 6)
    else:
        draw_closure(draft, body, here.depth, m.hip_height)
    draw_collar(draft, front, back)
    whole_body = Torso([*body.widths, *lower.widths[1:]])
    draw_belt(draft, whole_body, waist)
    draft.landmarks["waist"] = (lower.x(waist), waist)


def _necks(draft: Draft, body: Torso) -> tuple[Neck, Neck]:
    start = body.widths[0][0]
    underarm = (body.x(start), start)
    dropped = DROP.get(draft.garment.silhouette, 0.0)
    front = neck(draft.garment, draft.measures, True, underarm, dropped)
    back = neck(draft.garment, draft.measures, False, underarm, dropped)
    draft.landmarks |= {"shoulder": front.tip, "underarm": underarm, "neck": front.edge.end}
    _cowl(draft, front)
    return front, back


def _cowl(draft: Draft, front: Neck) -> None:
    """The folds in which a cowl hangs from shoulder to shoulder."""
    if not draft.front or draft.garment.neckline != "cowl_neck" or draft.garment.collar not in ("none", "collarless"):
        return
    x, y = front.edge.end
    for step in range(1, 5):
        low = front.depth + 2.6 * step
        fold = Pen(0, low).curve((x * 0.45, low), (x * 0.92, low - 3.5 - step), (x + 0.5 * step, y + 2.4 * step)).path()
        draft.pair("cowl-fold", "pleats", N_("Fold"), fold, "fold" if step > 2 else "seam")


def _waist_seam(draft: Draft) -> float | None:
    garment, m = draft.garment, draft.measures
    if garment.kind != "dress":
        return None
    if garment.silhouette == "empire":
        return empire_seam(m)
    if garment.silhouette == "fit_and_flare" or garment.pleats != "none" or garment.closure == "wrap":
        return m.waist_height
    return None


def _bodice(draft: Draft, body: Torso, here: Neck, low: float) -> None:
    side = body.side(body.widths[0][0], low)
    half = Pen(0, here.depth).follow(here.upper()).follow(side).line(0, low).path()
    draft.add("bodice", "body", BODICE, whole(half), outline=True)
    draft.stitches("waist", "stitching", STITCHING, line((0, low), (body.x(low), low)))


def _one_piece(draft: Draft, body: Torso, here: Neck, bottom: float) -> None:
    garment = draft.garment
    rib = RIB_HEIGHT if garment.kind == "knit" else 0.0
    edge = _hem(draft, body, bottom - rib)
    side = body.side(body.widths[0][0], edge.start[1])
    half = Pen(0, here.depth).follow(here.upper()).follow(side).follow(edge).path()
    draft.add("body", "body", BODY, whole(half), outline=True)
    if rib:
        _rib(draft, edge, bottom, rib)
    else:
        draft.stitches(
            "hem", "stitching", STITCHING, edge, gap=2.0 if garment.kind in ("coat", "dress", "t_shirt") else 0.7
        )


def _hem(draft: Draft, body: Torso, bottom: float) -> Path:
    garment = draft.garment
    if garment.kind == "shirt" and garment.length != "cropped":
        longer = 0.0 if draft.front else 2.0
        rise = 7.0 + longer
        return shirt_tail(body.x(bottom + longer - rise), bottom + longer, rise)
    if garment.kind == "blazer" and garment.closure != "double_breasted" and draft.front:
        return cutaway(body.x(bottom - 1.2), bottom)
    spread = max(0.0, body.x(bottom) - body.x(draft.measures.waist_height))
    rise = 0.8 + 0.13 * spread
    waves = 2 if spread > 12 and garment.silhouette in ("a_line", "fit_and_flare") else 0
    return hem(body.x(bottom - rise), bottom, rise=rise, waves=waves, depth=0.6)


def _rib(draft: Draft, edge: Path, bottom: float, tall: float) -> None:
    width, start = edge.start
    tight = min(1.4, width * 0.06)
    low = bottom - (bottom - tall - start)
    half = Pen(*edge.end).follow(edge.reversed())
    half.curve((width - 0.1, start + 0.9), (width - tight, start + 0.9), (width - tight, start + 2.2)).line(
        width - tight, low
    )
    half.curve((width * 0.7, low + 0.6), (width * 0.35, bottom), (0, bottom))
    draft.add("hem-rib", "body", N_("Ribbed hem"), whole(half.path()), material="rib", outline=True)
    for step in range(1, 17):
        x = (width - tight) * step / 17
        up = (bottom - low) * (step / 17) ** 2
        draft.pair("hem-rib", "seams", N_("Rib"), line((x, bottom - tall - up + 0.3), (x, bottom - up - 0.3)), "fold")


def _shaping(draft: Draft, body: Torso, here: Neck, low: float) -> None:
    """The seams and darts that give the garment its shape."""
    kind, m = draft.garment.kind, draft.measures
    if kind in ("coat", "blazer"):
        _panels(draft, body, here, low)
    elif kind == "shirt":
        _yoke(draft, here, low)
    elif kind == "knit" and draft.garment.sleeve != "sleeveless":
        draft.stitches("armhole", "stitching", STITCHING, here.scye)
    elif kind in ("dress", "jumpsuit") and draft.garment.silhouette != "oversized":
        _darts(draft, body, low)
    if draft.front and kind == "t_shirt":
        return
    if not draft.front and kind in ("coat", "blazer"):
        draft.add("centre-back-seam", "seams", N_("Centre back seam"), line((0, here.depth), (0, low)), "seam")
        if draft.garment.pleats == "box":
            back = line((2.4, here.depth + 13.0), (2.4, low - 0.4))
            draft.pair("back-pleat", "pleats", N_("Pleat"), back, "seam")
        vent = min(24.0, (low - m.hip_height) * 0.6)
        if vent > 8 or draft.garment.pleats == "box":
            slit = Pen(0, low - max(vent, 8)).line(2.2, low - max(vent, 8) + 2.2).line(2.2, low - 0.6).path()
            draft.add("vent", "seams", N_("Vent"), slit, "seam")


def _panels(draft: Draft, body: Torso, here: Neck, low: float) -> None:
    start = here.scye.at(0.62)
    waist = min(draft.measures.waist_height, low - 4)
    x = body.x(waist) * 0.66
    seam = Pen(*start).curve((x + 1.5, start[1] + 6), (x - 0.4, waist - 8), (x, waist))
    end = body.x(low) * 0.68
    seam.curve((x + 0.4, waist + 8), (end, low - (low - waist) * 0.3), (end, low - 0.6))
    draft.pair("panel-seam", "seams", SEAM, seam.path(), "seam")
    draft.stitches("panel", "stitching", STITCHING, seam.path(), gap=-0.5)


def _yoke(draft: Draft, here: Neck, low: float) -> None:
    if draft.front:
        if draft.garment.pleats == "knife":
            for step in range(4):
                x = 3.6 + 1.3 * step
                draft.pair("tuck", "pleats", N_("Tuck"), line((x, 13.5 + step * 0.3), (x, min(34.0, low - 6))), "seam")
        a, b = here.shoulder.at(0.02) if here.shoulder else here.tip, here.tip
        yoke = Pen(a[0] - 0.2, a[1] + 2.4).bow(b[0] - 1.0, b[1] + 2.6, 0.1).path()
        draft.pair("yoke", "seams", N_("Yoke"), yoke, "seam")
        return
    y = here.tip[1] + 6.0
    edge = here.scye.at(0.34)
    yoke = Pen(0, y + 2.6).bow(edge[0], edge[1], 0.3).path()
    draft.pair("yoke", "seams", N_("Yoke"), yoke, "seam")
    draft.stitches("yoke", "stitching", STITCHING, yoke, gap=-0.5)
    if draft.garment.pleats == "box":
        for x in (1.6, 0.0):
            fold = line((x, y + 2.6), (x, min(y + 24, low - 4)))
            draft.pair("back-pleat", "pleats", N_("Pleat"), fold, "fold" if not x else "seam")


def _darts(draft: Draft, body: Torso, low: float) -> None:
    m = draft.measures
    if draft.garment.closure == "wrap" and draft.front:
        return
    x = body.x(m.armhole + 2) * 0.46
    if draft.front:
        start = m.armhole + 6.0
        edge = body.x(start + 4.5)
        if low - start > 8:
            draft.pair("bust-dart", "seams", DART, line((edge - 0.05, start + 4.5), (x + 4.0, start - 0.6)), "seam")
    if draft.garment.pleats == "none" or low <= m.waist_height:
        end = min(m.waist_height + 11, low - 5) if low > m.waist_height + 4 else low
        begin = m.armhole + (4.0 if draft.front else 1.0)
        if end - begin > 6:
            draft.pair("waist-dart", "seams", DART, Pen(x, begin).bow(x * 0.94, end, 0.0).path(), "seam")
