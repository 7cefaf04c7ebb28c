"""Widths and hems of what hangs from shoulders or waist."""

from __future__ import annotations

import numpy as np

from lib.atelier.drawing import Path, Pen, Point, smooth
from lib.atelier.garments.draft import Torso
from lib.atelier.garments.model import Garment
from lib.atelier.garments.sizes import Measures

# Ease at bust, waist and hip in cm of girth, then how many cm each half widens per cm below the hip.
EASE: dict[str, tuple[float, float, float, float]] = {
    "fitted": (4, 5, 4, -0.015),
    "straight": (9, 22, 8, 0.02),
    "a_line": (6, 15, 11, 0.22),
    "oversized": (26, 42, 24, 0.0),
    "fit_and_flare": (4, 4, 30, 0.44),
    "empire": (4, 14, 26, 0.2),
}
OVER = {"coat": 9.0, "blazer": 5.0, "knit": 3.0, "shirt": 2.0}
DROP = {"oversized": 4.0}
RISE_MARGIN = 3.0


def hem_height(garment: Garment, m: Measures) -> float:
    """The height of the hem at the centre, in cm below the high point of the shoulder."""
    return {
        "cropped": m.waist_height + 5.0,
        "hip": m.hip_height + 3.0,
        "tunic_length": m.hip_height + 15.0,
        "mid_thigh": m.crotch + 13.0,
        "mini": m.crotch + 15.0,
        "knee": m.knee,
        "midi": m.knee + 19.0,
        "maxi": m.ankle + 2.0,
    }[garment.length]


def empire_seam(m: Measures) -> float:
    """The height of a seam under the bust."""
    return m.armhole + 8.5


def torso(garment: Garment, m: Measures, bottom: float) -> Torso:
    """The side seam of a top, dress or coat down to ``bottom``."""
    bust, waist, hip, flare = EASE[garment.silhouette]
    over = OVER.get(garment.kind, 0.0)
    lower = 3.0 if garment.silhouette == "oversized" else 1.2 if over > 4 else 0.0
    if garment.kind == "coat":
        flare += 0.05
    if garment.pleats in ("knife", "gathers") and garment.kind == "dress":
        hip, flare = hip + 8, flare + 0.05
    fixed = [
        (m.armhole + lower, (m.bust + bust + over) / 4),
        (m.waist_height, (m.waist + waist + over) / 4),
        (m.hip_height, (m.hip + hip + over) / 4),
    ]
    if garment.silhouette == "fit_and_flare":  # one line from the waist to the hem
        fixed[2] = (m.hip_height, fixed[1][1] + (m.hip_height - m.waist_height) * flare)
    if garment.silhouette == "empire":
        seam, half = empire_seam(m), (m.bust * 0.9 + 6) / 4
        hip_half = half + (m.hip_height - seam) * flare
        fixed = [fixed[0], (seam, half), (m.hip_height, hip_half)]
    fixed.append((160.0, fixed[-1][1] + (160.0 - m.hip_height) * flare))
    return Torso(cut(fixed, bottom))


def cut(widths: list[tuple[float, float]], bottom: float) -> list[tuple[float, float]]:
    """The widths as far as ``bottom``, ending exactly there."""
    heights, halves = [y for y, _x in widths], [x for _y, x in widths]
    kept = [(y, x) for y, x in widths if y < bottom - RISE_MARGIN]
    return [*kept, (bottom, float(np.interp(bottom, heights, halves)))]


def hem(width: float, bottom: float, *, rise: float = 1.0, waves: int = 0, depth: float = 0.8) -> Path:
    """The hem's right half from the side to the centre, ``rise`` cm higher at the side, with ``waves`` soft folds."""
    if not waves:
        start = bottom - rise
        return Pen(width, start).curve((width * 0.75, start + rise * 0.75), (width * 0.35, bottom), (0, bottom)).path()
    points: list[Point] = []
    for step in range(2 * waves + 1):
        x = width * (1 - step / (2 * waves))
        y = bottom - rise * (x / width) ** 2
        points.append((x, y + (depth if step % 2 else -depth * 0.4)))
    points[0] = (width, bottom - rise)
    return smooth(points)


def pleated_hem(width: float, bottom: float, pleats: int, rise: float) -> Path:
    """A hem of pressed pleats: each shows a small step."""
    pen = Pen(width, bottom - rise)
    for step in range(1, pleats + 1):
        x = width * (1 - step / pleats)
        y = bottom - rise * (x / width) ** 2
        pen.bow(x + 0.12 * width / pleats, y + 0.35, -0.2).line(x, y - 0.45 if step < pleats else y)
    return pen.path()


def shirt_tail(width: float, bottom: float, rise: float) -> Path:
    """The curved hem of a shirt."""
    start = bottom - rise
    pen = Pen(width, start).curve((width * 0.98, start + rise * 0.8), (width * 0.72, bottom), (width * 0.4, bottom))
    return pen.line(0, bottom).path()


def cutaway(width: float, bottom: float) -> Path:
    """A jacket's hem, rounded where the two fronts part."""
    pen = Pen(width, bottom - 1.2).curve((width * 0.75, bottom - 0.3), (width * 0.5, bottom), (6.5, bottom))
    return pen.curve((3.2, bottom), (1.0, bottom - 2.2), (0, bottom - 5.0)).path()
