"""Skirts, alone or below a bodice: hem, pleats, gathers and the folds in which cloth falls."""

from __future__ import annotations

from lib.atelier.drawing import Path, Pen, line, whole
from lib.atelier.garments.bodies import cut, hem, hem_height, pleated_hem
from lib.atelier.garments.closures import draw_skirt_closure
from lib.atelier.garments.draft import Draft, Torso
from lib.atelier.garments.pockets import draw_pockets
from lib.atelier.garments.waists import draw_belt, draw_waistband
from lib.i18n import N_

SKIRT, FOLD, PLEAT = N_("Skirt"), N_("Fold"), N_("Pleat")
# Girth at the hip beyond the body's, in cm, then cm of widening per cm below the hip.
FLARE = {"pencil_cut": (3.0, -0.06), "straight": (4.0, 0.0), "a_line": (4.0, 0.25), "flared": (24.0, 0.5)}
BAND = 3.6
PLEATS = 7


def skirt(draft: Draft) -> None:
    """A skirt on its waistband."""
    garment, m = draft.garment, draft.measures
    bottom = hem_height(garment, m)
    more, flare = FLARE[garment.silhouette]
    if garment.pleats in ("knife", "gathers"):
        more, flare = more + 12, flare + 0.07
    top = m.waist_height
    widths = [(top, (m.waist + 2) / 4), (top + BAND, (m.waist + 4.5) / 4), (m.hip_height, (m.hip + more) / 4)]
    widths.append((170.0, widths[-1][1] + (170.0 - m.hip_height) * flare))
    body = Torso(cut(widths, bottom))
    draw_waistband(draft, body, top, BAND)
    draw_skirt(draft, body, top + BAND, bottom)
    draw_skirt_closure(draft, body, top, BAND, bottom)
    draw_pockets(draft, body, top + BAND, bottom)
    draw_belt(draft, body, top + BAND / 2)
    draft.landmarks |= {"waist": (body.x(top), top), "hem": (body.x(bottom), bottom)}


def draw_skirt(draft: Draft, body: Torso, top: float, bottom: float) -> None:
    """The skirt from ``top`` to ``bottom``, with its folds."""
    edge = skirt_hem(draft, body, top, bottom)
    side = body.side(top, bottom).part(0, 1) if edge.start[1] >= bottom else body.side(top, edge.start[1])
    side = Path(side.start, (*side.cubics[:-1], (*side.cubics[-1][:2], edge.start)))
    half = Pen(0, top).line(body.x(top), top).follow(side).follow(edge).path()
    draft.add("skirt", "body", SKIRT, whole(half), outline=True)
    _pleats(draft, body, top, bottom, edge)
    draft.stitches("hem", "stitching", N_("Topstitching"), edge, gap=1.6)


def skirt_hem(draft: Draft, body: Torso, top: float, bottom: float) -> Path:
    """The hem that the pleats and the width ask for."""
    width, fall = body.x(bottom), bottom - top
    spread = max(0.0, width - body.x(top))
    rise = min(0.18 * spread, 5.0) + 0.4
    if draft.garment.pleats == "knife":
        return pleated_hem(width, bottom, PLEATS, rise)
    if draft.garment.pleats == "gathers" or spread > 0.3 * fall:
        return hem(width, bottom, rise=rise, waves=3, depth=1.0)
    if spread > 0.14 * fall:
        return hem(width, bottom, rise=rise, waves=2, depth=0.7)
    return hem(width, bottom, rise=rise)


def _pleats(draft: Draft, body: Torso, top: float, bottom: float, edge: Path) -> None:
    kind = draft.garment.pleats
    wide, narrow = body.x(bottom), body.x(top)
    if kind == "knife":
        for step in range(1, PLEATS):
            share = step / PLEATS
            crease = Pen(narrow * share, top).bow(wide * share, _at(edge, wide * share) - 0.1, 0.0).path()
            draft.pair("pleat", "pleats", PLEAT, crease, "seam")
        return
    if kind == "box":
        for share in (0.3, 0.44):
            draft.pair(
                "pleat", "pleats", PLEAT, line((narrow * share, top), (wide * share, _at(edge, wide * share))), "seam"
            )
        draft.pair(
            "pleat-fold", "pleats", FOLD, line((narrow * 0.37, top), (wide * 0.37, _at(edge, wide * 0.37))), "fold"
        )
        return
    if kind == "gathers":
        _gathers(draft, body, top, bottom)
    if kind == "gathers" or wide - narrow > 0.14 * (bottom - top):
        _drape(draft, body, top, bottom, edge)


def _gathers(draft: Draft, body: Torso, top: float, bottom: float) -> None:
    narrow = body.x(top)
    reach = min(14.0, (bottom - top) * 0.3)
    for step in range(9):
        share = (step + 0.5) / 9.4
        tall = reach * (0.45 + 0.55 * ((step * 5) % 7) / 6)
        x = narrow * share
        crease = Pen(x, top + 0.1).bow(body.x(top + tall) * share, top + tall, -0.25).path()
        draft.pair("gathers", "pleats", N_("Gathers"), crease, "fold")


def _drape(draft: Draft, body: Torso, top: float, bottom: float, edge: Path) -> None:
    wide, narrow = body.x(bottom), body.x(top)
    waves = 3 if len(edge.cubics) >= 6 else 2
    for step in range(waves):
        share = (2 * step + 1.9) / (2 * waves)
        if share > 0.97:
            continue
        low = _at(edge, wide * share) - 0.2
        high = low - (low - top) * (0.52 + 0.16 * ((step * 2) % 3))
        x = narrow + (wide - narrow) * (high - top) / (bottom - top)
        draft.pair("fold", "pleats", FOLD, Pen(wide * share, low).bow(x * share, high, 0.5).path(), "fold")


def _at(edge: Path, x: float) -> float:
    points = edge.sampled(16)
    nearest = int(abs(points[:, 0] - x).argmin())
    return float(points[nearest, 1])
