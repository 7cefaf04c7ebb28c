"""Necklines, shoulders and armholes: the upper edge of a bodice, half by half."""

from __future__ import annotations

from dataclasses import dataclass

from lib.atelier.drawing import Path, Pen, Point
from lib.atelier.garments.bodies import hem_height
from lib.atelier.garments.model import Garment
from lib.atelier.garments.options import LAPELS
from lib.atelier.garments.sizes import Measures

# Depth in front and behind, and how much wider than the neck, in cm.
CUTS: dict[str, tuple[float, float, float]] = {
    "crew_neck": (8.0, 2.2, 0.6),
    "v_neck": (19.0, 2.2, 0.9),
    "scoop_neck": (16.0, 5.0, 3.4),
    "square_neck": (14.0, 6.0, 4.2),
    "boat_neck": (4.6, 3.0, 6.6),
    "sweetheart": (18.5, 8.0, 4.6),
    "halter_neck": (14.5, 2.0, -0.6),
    "cowl_neck": (13.0, 2.6, 3.6),
}
DOUBLE_BREASTED_EDGE = 7.0
OVERLAP = 1.8


@dataclass(frozen=True)
class Neck:
    """The upper edge's right half: from the centre to the neck point, the shoulder, the armhole."""

    edge: Path
    shoulder: Path | None
    scye: Path
    tip: Point
    depth: float

    def upper(self) -> Path:
        """From the centre to the underarm."""
        path = self.edge
        if self.shoulder:
            path = path.joined(self.shoulder)
        return path.joined(self.scye)


def neck(garment: Garment, m: Measures, front: bool, underarm: Point, dropped: float = 0.0) -> Neck:
    """The upper edge of the front or the back of a bodice whose side seam begins at ``underarm``."""
    cut = garment.neckline if garment.neckline != "none" else "crew_neck"
    if garment.collar in LAPELS:
        return _lapel_neck(garment, m, front, underarm, dropped)
    if cut == "strapless":
        return _strapless(m, front, underarm)
    if cut == "off_shoulder":
        return _off_shoulder(m, front, underarm)
    if cut == "halter_neck":
        return _halter(m, front, underarm)
    edge = neck_edge(cut, m, front)
    return _shouldered(edge, m, underarm, _tip(garment, m, dropped), edge.start[1])


def neck_edge(cut: str, m: Measures, front: bool, wider: float = 0.0) -> Path:
    """The neckline from the centre to the shoulder seam; ``wider`` cm outwards all along."""
    deep, behind, extra = CUTS[cut]
    d = (deep if front else behind) + wider
    w = m.neck + extra + wider
    y = slope(m, w)
    pen = Pen(0, d)
    if cut == "v_neck" and front:
        return pen.bow(w, y, 0.5).path()
    if cut == "square_neck":
        return pen.line(w - 0.9, d).line(w, y).path()
    if cut == "sweetheart" and front:
        return pen.curve((1.0, d - 3.2), (5.2, d - 7.0), (w + 0.6, d - 6.2)).bow(w, y, -0.3).path()
    if cut == "boat_neck":
        return pen.curve((w * 0.5, d), (w * 0.85, d * 0.9), (w, y)).path()
    return pen.curve((w * 0.62, d), (w * 0.99, d * 0.62), (w, y)).path()


def slope(m: Measures, x: float) -> float:
    """The height of the shoulder line at ``x``."""
    return m.shoulder_drop * max(0.0, x - m.neck) / (m.shoulder - m.neck)


def break_point(garment: Garment, m: Measures) -> float:
    """Where the lapels of a tailored front meet at its centre."""
    if garment.closure == "double_breasted":
        return 19.0 if garment.length == "cropped" else 21.0
    return min(27.0 if garment.kind == "coat" else 34.0, hem_height(garment, m) - 22.5)


def _tip(garment: Garment, m: Measures, dropped: float) -> Point:
    x = m.shoulder + dropped - (1.6 if garment.sleeve == "sleeveless" else 0.0)
    return x, slope(m, x) + 0.12 * dropped


def _shouldered(edge: Path, m: Measures, underarm: Point, tip: Point, depth: float) -> Neck:
    shoulder = Pen(*edge.end).bow(*tip, -0.15).path()
    (sx, sy), (ux, uy) = tip, underarm
    fall = uy - sy
    inward = max(0.9, 2.6 - 0.4 * max(0.0, sx - m.shoulder))
    scye = Pen(sx, sy).curve((sx - inward, sy + 0.38 * fall), (sx - inward * 0.9, uy - 0.12 * fall), (ux, uy)).path()
    return Neck(edge, shoulder, scye, tip, depth)


def _lapel_neck(garment: Garment, m: Measures, front: bool, underarm: Point, dropped: float) -> Neck:
    if not front:
        edge = neck_edge("crew_neck", m, front=False)
    else:
        w = m.neck + 0.6
        edge = Pen(0, break_point(garment, m)).line(w, slope(m, w)).path()
    return _shouldered(edge, m, underarm, _tip(garment, m, dropped), edge.start[1])


def _strapless(m: Measures, front: bool, underarm: Point) -> Neck:
    ux, uy = underarm
    if front:
        edge = Pen(0, uy - 3).curve((1.2, uy - 6), (ux * 0.28, uy - 8.4), (ux * 0.5, uy - 7.4)).path()
    else:
        edge = Pen(0, uy + 1.5).curve((ux * 0.2, uy + 1.5), (ux * 0.4, uy + 1.2), (ux * 0.55, uy + 0.9)).path()
    x, y = edge.end
    lean = ((ux - x) * 0.3 + x, y + (1.6 if front else -0.3)), (ux - 1.5, uy - (1.6 if front else -0.1)), (ux, uy)
    return Neck(edge, None, Pen(x, y).curve(*lean).path(), underarm, edge.start[1])


def _off_shoulder(m: Measures, front: bool, underarm: Point) -> Neck:
    ux, uy = underarm
    d = 14.5 if front else 13.0
    top = (max(ux - 2.4, m.shoulder - 0.5), 12.4)
    edge = Pen(0, d).curve((top[0] * 0.4, d), (top[0] * 0.75, d - 0.5), top).path()
    scye = Pen(*top).curve((top[0] - 0.6, top[1] + 3), (ux - 1.6, uy - 2.5), (ux, uy)).path()
    return Neck(edge, None, scye, top, d)


def _halter(m: Measures, front: bool, underarm: Point) -> Neck:
    ux, uy = underarm
    if not front:
        edge = Pen(0, uy + 3).curve((ux * 0.3, uy + 3), (ux * 0.7, uy + 1.5), (ux * 0.85, uy + 0.7)).path()
        return Neck(edge, None, Pen(*edge.end).line(ux, uy).path(), underarm, uy + 3)
    w = m.neck + CUTS["halter_neck"][2]
    edge = Pen(0, CUTS["halter_neck"][0]).bow(w, -0.6, 0.9).path()
    shoulder = Pen(w, -0.6).line(w + 3.0, 0.6).path()
    tip = shoulder.end
    scye = Pen(*tip).curve((tip[0] + 1.2, uy * 0.55), (ux - 6.5, uy - 2.0), (ux, uy)).path()
    return Neck(edge, shoulder, scye, tip, CUTS["halter_neck"][0])
