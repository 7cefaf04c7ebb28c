"""Trousers, jeans and the legs of a jumpsuit."""

from __future__ import annotations

from lib.atelier.drawing import Path, Pen, Point, ellipse, line, smooth
from lib.atelier.garments.closures import fly
from lib.atelier.garments.draft import Draft, Torso
from lib.atelier.garments.pockets import draw_pockets, patch
from lib.atelier.garments.sizes import Measures
from lib.atelier.garments.waists import draw_belt, draw_loops, draw_waistband
from lib.i18n import N_

LEG, CREASE, STITCHING, POCKET = N_("Leg"), N_("Crease"), N_("Topstitching"), N_("Pocket")
# Width of the flat leg at knee and hem in cm for size 38, and the ease at the hip in cm of girth.
SHAPES: dict[str, tuple[float, float, float]] = {
    "straight_leg": (20.5, 19.5, 4.0),
    "slim_leg": (17.2, 13.2, 1.0),
    "tapered_leg": (20.5, 14.5, 8.0),
    "wide_leg": (27.0, 30.0, 7.0),
    "flared_leg": (18.6, 27.5, 1.5),
}


def trousers(draft: Draft) -> None:
    """Trousers or jeans on their waistband."""
    m = draft.measures
    band = 3.8
    top = m.waist_height
    body = hips(draft, m, top)
    draw_waistband(draft, body, top, band)
    draw_legs(draft, body, top + band)
    if draft.front and draft.garment.closure in ("zip", "buttons"):
        fly(draft, top, band, m.crotch)
    if draft.garment.closure == "side_zip":
        edge = body.side(top + 0.4, top + 18, 4).beside(0.5)
        draft.add("side-zip", "closure", N_("Zip"), edge if draft.front else edge.mirrored(), "seam")
    if draft.garment.closure != "elastic_waist":
        draw_loops(draft, body, top, band)
    _pockets(draft, body, top + band)
    draw_belt(draft, body, top + band / 2)
    draft.landmarks |= {"waist": (body.x(top), top), "crotch": (0.0, m.crotch)}


def hips(draft: Draft, m: Measures, top: float) -> Torso:
    """From the waist to below the crotch."""
    ease = SHAPES[draft.garment.silhouette][2]
    pleated = 4.0 if draft.garment.pleats in ("single", "double") else 0.0
    elastic = 6.0 if draft.garment.closure == "elastic_waist" else 0.0
    half_hip = (m.hip + ease + pleated) / 4
    # The side seam leaves the waist steeply and is straight again at the hip, as it is cut.
    waist = (m.waist + 5 + elastic) / 4
    out = half_hip - waist
    return Torso(
        [
            (top, waist),
            (top + (m.hip_height - top) * 0.35, waist + out * 0.52),
            (top + (m.hip_height - top) * 0.70, waist + out * 0.86),
            (m.hip_height, half_hip - 0.1),
            (m.crotch + 4, half_hip - 0.25),
        ]
    )


def leg_bottom(draft: Draft) -> float:
    """The height of the legs' hem."""
    m = draft.measures
    return {
        "mid_thigh": m.crotch + 9.0,
        "knee": m.knee - 2.0,
        "cropped": m.ankle - 16.0,
        "ankle": m.ankle - 3.0,
        "full_length": m.floor - 2.0,
    }[draft.garment.length]


def draw_legs(draft: Draft, body: Torso, top: float) -> None:
    """Both legs from ``top`` down, with creases, pleats and hems."""
    m, bottom = draft.measures, leg_bottom(draft)
    outer, inner = _seams(draft, body, m, bottom)
    hem = Pen(*outer.end).bow(*inner.end, -0.3).path()
    side = body.side(top, m.hip_height, 4).joined(outer)
    pen = Pen(0, top).line(body.x(top), top).follow(side).follow(hem).follow(inner.reversed())
    draft.pair("leg", "body", LEG, pen.closed(), outline=True)
    draft.stitches("leg-hem", "stitching", STITCHING, hem, gap=1.8)
    if draft.garment.kind == "jeans":
        draft.stitches("outseam", "stitching", STITCHING, _along(body, top, m))
    _creases(draft, body, top, outer, inner)
    if draft.front:
        draft.pair(
            "crotch-fold", "pleats", N_("Fold"), Pen(0.9, m.crotch - 0.4).bow(6.2, m.crotch - 4.6, -0.5).path(), "fold"
        )
    draft.landmarks["hem"] = outer.end


def _along(body: Torso, top: float, m: Measures) -> Path:
    return body.side(top + 0.5, m.hip_height + 2, 4)


def _seams(draft: Draft, body: Torso, m: Measures, bottom: float) -> tuple[Path, Path]:
    """The leg's outer seam from the hip and its inner seam from the crotch, both down to the hem."""
    knee, hem_width, _ease = SHAPES[draft.garment.silhouette]
    more = (m.hip - 94) / 4 * 0.55
    knee, hem_width = knee + more, hem_width + more * 0.7
    ankle = m.ankle
    gaps = {m.crotch: 0.0, m.knee: 1.6, ankle: 2.2 if hem_width < 27 else 1.0}
    hip = body.x(m.hip_height)
    thigh = body.x(m.crotch + 4)

    def at(y: float) -> tuple[float, float]:
        if y <= m.knee:
            t = (y - m.crotch) / (m.knee - m.crotch)
            gap = gaps[m.knee] * t
            return thigh + (gaps[m.knee] + knee - thigh) * t, gap
        t = (y - m.knee) / (ankle - m.knee)
        gap = gaps[m.knee] + (gaps[ankle] - gaps[m.knee]) * t
        return gap + knee + (hem_width - knee) * t, gap

    stops = [y for y in (m.crotch + 2, m.crotch + 14, m.knee, m.knee + 18, m.floor) if y < bottom - 6]
    outer: list[Point] = [(hip, m.hip_height), *((at(y)[0], y) for y in stops), (at(bottom)[0], bottom)]
    inner: list[Point] = [(0.0, m.crotch), *((at(y)[1] + 0.15, y) for y in stops[1:]), (at(bottom)[1] + 0.2, bottom)]
    return smooth(outer), smooth(inner)


def _creases(draft: Draft, body: Torso, top: float, outer: Path, inner: Path) -> None:
    kind = draft.garment.pleats
    if kind == "none":
        return
    foot = ((outer.end[0] + inner.end[0]) / 2, outer.end[1])
    if kind in ("single", "double") and draft.front:
        for step in range(1 if kind == "single" else 2):
            x = body.x(top) * 0.47 + 3.2 * step
            fold = Pen(x, top).bow(x + 1.1 * (step + 1), top + 11.0 - 3 * step, 0.2).path()
            draft.pair("front-pleat", "pleats", N_("Pleat"), fold, "seam")
    start = (body.x(top) * 0.47 + 1.1, top + 13) if kind != "crease" else (body.x(top) * 0.5, top + 6)
    crease = Pen(*start).bow(*foot, -0.4).path()
    draft.pair("crease", "pleats", CREASE, crease, "fold")


def _pockets(draft: Draft, body: Torso, top: float) -> None:
    kind, m = draft.garment.pockets, draft.measures
    if draft.garment.kind == "jeans":
        _jeans(draft, body, top)
    elif kind in ("slanted_pockets", "seam_pockets"):
        draw_pockets(draft, body, top, m.knee)
    elif kind == "cargo_pockets":
        _cargo(draft, body, m)
    if not draft.front and draft.garment.kind == "trousers" and kind != "none":
        x = body.x(top) * 0.5
        y = top + 7.0
        draft.pair(
            "back-pocket", "pockets", POCKET, line((x - 6, y), (x + 6, y), (x + 6, y + 1.1), (x - 6, y + 1.1)).close()
        )
        draft.pair("dart", "seams", N_("Dart"), line((x, top), (x, y)), "seam")


def _cargo(draft: Draft, body: Torso, m: Measures) -> None:
    bottom = leg_bottom(draft)
    tall = min(17.0, bottom - m.crotch - 5.5)
    if tall < 3:
        return
    knee = SHAPES[draft.garment.silhouette][0]
    y = m.crotch + 3.5 if tall < 12 else m.crotch + 6.0
    tall = min(tall, bottom - y - 1.5)
    x = 1.6 + knee * 0.28
    width = knee * 0.52
    draft.pair("cargo-pocket", "pockets", POCKET, patch(x, y, width, tall))
    draft.pair("cargo-flap", "pockets", N_("Pocket flap"), patch(x - 0.3, y - 0.6, width + 0.6, min(4.4, tall * 0.4)))


def _jeans(draft: Draft, body: Torso, top: float) -> None:
    if draft.front:
        if draft.garment.pockets == "patch_pockets":
            pocket = patch(body.x(top) * 0.4, top + 3.0, body.x(top) * 0.46, 15)
            draft.pair("pocket", "pockets", POCKET, pocket)
            draft.stitches("pocket", "pockets", STITCHING, Path(pocket.cubics[0][2], pocket.cubics[1:]))
            return
        low = top + 8.6
        start, end = body.x(top) - 8.6, body.x(low) - 0.1
        mouth = Pen(start, top).curve((start + 0.6, low - 1.5), (end - 5.5, low + 0.2), (end, low)).path()
        bag = Pen(start, top).follow(mouth).follow(body.side(top, low, 3).reversed()).closed()
        draft.pair("pocket", "pockets", POCKET, bag)
        draft.stitches("pocket", "pockets", STITCHING, mouth, gap=0.6)
        for point in (mouth.at(0.03), mouth.at(0.95)):
            draft.pair(
                "rivet", "details", N_("Rivet"), ellipse(point[0] - 0.4, point[1] + 0.7, 0.3), material="hardware"
            )
        coin = line((body.x(top) - 5.8, top + 3.4), (body.x(top) - 1.4, top + 3.4)).mirrored()
        draft.add("coin-pocket", "pockets", N_("Coin pocket"), coin, "seam", side="right")
        return
    low = body.x(top + 4)
    yoke = Pen(0, top + 8.4).bow(low + 0.05, top + 3.6, 0.4).path()
    draft.pair("yoke", "seams", N_("Yoke"), yoke, "seam")
    draft.stitches("yoke", "stitching", STITCHING, yoke, gap=0.5)
    draft.add("seat-seam", "seams", N_("Seat seam"), line((0, top), (0, draft.measures.crotch)), "seam")
    draft.stitches("seat", "stitching", STITCHING, line((0, top), (0, draft.measures.crotch)), both=False, gap=-0.5)
    x = 4.6
    width = min(14.0, low - 8.0)
    pocket = patch(x, top + 9.8, width, 14.5, point=2.6)
    draft.pair("back-pocket", "pockets", POCKET, pocket)
    draft.stitches("back-pocket", "pockets", STITCHING, Path(pocket.cubics[0][2], pocket.cubics[1:]))
    wave = (
        Pen(x + 0.6, top + 15)
        .curve((x + width * 0.3, top + 15), (x + width * 0.4, top + 18), (x + width / 2, top + 18))
        .curve((x + width * 0.6, top + 18), (x + width * 0.7, top + 15), (x + width - 0.6, top + 15))
        .path()
    )
    if draft.garment.stitching != "none":
        draft.stitch("back-pocket-arc", "pockets", STITCHING, wave)
    draft.add(
        "patch",
        "details",
        N_("Leather patch"),
        line((6.8, top - 3.2), (13.4, top - 3.0), (13.4, top + 0.2), (6.8, top)).close(),
        material="trim",
    )
