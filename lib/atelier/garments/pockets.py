"""Pockets of tops, skirts and coats."""

from __future__ import annotations

from lib.atelier.drawing import Path, Pen, Point, line
from lib.atelier.garments.draft import Draft, Torso
from lib.i18n import N_

POCKET, FLAP, STITCHING = N_("Pocket"), N_("Pocket flap"), N_("Topstitching")


def draw_pockets(draft: Draft, body: Torso, top: float, bottom: float) -> None:
    """The garment's pockets below ``top``; those that would not fit above the hem are drawn shorter."""
    kind = draft.garment.pockets
    if kind in ("chest_pocket", "chest_pockets"):
        _chest(draft, both=kind == "chest_pockets")
    elif kind == "seam_pockets":
        _seam(draft, body, top, bottom)
    elif kind == "slanted_pockets":
        _slanted(draft, body, top, bottom)
    elif draft.front and kind in ("patch_pockets", "flap_pockets", "welt_pockets"):
        _hip(draft, body, top, bottom, kind)


def patch(x: float, y: float, width: float, height: float, point: float = 0.0) -> Path:
    """A patch pocket, its top left at (x, y), with a point or rounded corners below."""
    right, low = x + width, y + height
    pen = Pen(x, y).line(right, y)
    if point:
        return pen.line(right - 0.3, low - point).line(x + width / 2, low).line(x + 0.3, low - point).closed()
    r = min(2.2, width / 3)
    pen.line(right, low - r).curve((right, low - r * 0.4), (right - r * 0.4, low), (right - r, low))
    return pen.line(x + r, low).curve((x + r * 0.4, low), (x, low - r * 0.4), (x, low - r)).closed()


def _hip(draft: Draft, body: Torso, top: float, bottom: float, kind: str) -> None:
    m = draft.measures
    y = max(top + 5.0, m.waist_height + (9.0 if kind != "patch_pockets" else 7.0))
    tall = {"patch_pockets": 17.0, "flap_pockets": 5.2, "welt_pockets": 15.0}[kind]
    if draft.garment.kind != "coat" and kind == "welt_pockets":
        tall = 1.4
    room = bottom - 4.0 - y
    if room < 4.0:
        y, room = bottom - 8.5, 5.0
    tall = min(tall, room)
    narrow = min(body.x(y), body.x(y + tall))
    inner = 8.6 if draft.garment.closure == "double_breasted" else 4.6
    width = min(15.0, narrow - inner - 2.0)
    x = inner + (narrow - 1.6 - inner - width) * 0.55
    if kind == "welt_pockets" and draft.garment.kind == "coat":
        shape = _tilted((x + width * 0.35, y), 3.0, tall, 3.2 if narrow - x - width * 0.35 > 8 else 1.0)
        draft.pair("pocket", "pockets", POCKET, shape)
        draft.stitches("pocket", "pockets", STITCHING, line(shape.start, shape.cubics[2][2]), gap=-0.5)
        return
    if kind == "patch_pockets":
        shape = patch(x, y, width, tall)
        draft.pair("pocket", "pockets", POCKET, shape)
        draft.stitches("pocket", "pockets", STITCHING, _rim(shape))
        draft.pair("pocket-top", "pockets", N_("Seam"), line((x, y + 2.4), (x + width, y + 2.4)), "seam")
        return
    draft.pair("pocket", "pockets", N_("Pocket opening"), line((x, y), (x + width, y)), "seam")
    flap = patch(x, y, width, tall)
    draft.pair("flap" if kind == "flap_pockets" else "welt", "pockets", FLAP, flap)
    if kind == "flap_pockets":
        draft.stitches("flap", "pockets", STITCHING, _rim(flap))


def _rim(shape: Path) -> Path:
    """A pocket's sides and bottom, without its opening."""
    return Path(shape.cubics[0][2], shape.cubics[1:])


def _tilted(at: Point, width: float, height: float, lean: float) -> Path:
    x, y = at
    return line((x, y), (x + width, y - 0.4), (x + width + lean, y + height - 0.4), (x + lean, y + height)).close()


def _chest(draft: Draft, *, both: bool) -> None:
    if not draft.front:
        return
    m = draft.measures
    width = 9.6 + 0.1 * (draft.garment.size - 38)
    x, y = m.bust / 4 * 0.30, m.armhole - 2.0
    shape = patch(x, y, width, 11.0, point=1.6)
    if both:
        draft.pair("chest-pocket", "pockets", POCKET, shape)
    else:
        draft.add("chest-pocket", "pockets", POCKET, shape, side="left")
    draft.stitches("chest-pocket", "pockets", STITCHING, _rim(shape), both=both)
    hem = line((x, y + 1.8), (x + width, y + 1.8))
    if both:
        draft.pair("chest-pocket-hem", "pockets", STITCHING, hem, "stitch")
    else:
        draft.add("chest-pocket-hem", "pockets", STITCHING, hem, "stitch", side="left")


def _seam(draft: Draft, body: Torso, top: float, bottom: float) -> None:
    start = max(top + 4.0, draft.measures.waist_height + 5.0)
    end = min(start + 15.0, bottom - 5.0)
    if end - start < 5:
        return
    edge = body.side(start, end, 3)
    draft.pair("pocket", "pockets", N_("Pocket opening"), edge.beside(0.35), "seam")
    if draft.front:
        draft.pair("pocket-stitching", "pockets", STITCHING, edge.beside(1.3), "stitch")


def _slanted(draft: Draft, body: Torso, top: float, bottom: float) -> None:
    if not draft.front:
        return
    tall = min(15.0, (bottom - top) * 0.45)
    low = body.x(top + tall) - 0.15
    start = body.x(top) - 5.2
    mouth = Pen(start, top).bow(low, top + tall, -0.4).path()
    draft.pair("pocket", "pockets", N_("Pocket opening"), mouth, "seam")
    draft.stitches("pocket", "pockets", STITCHING, mouth, gap=0.6)
