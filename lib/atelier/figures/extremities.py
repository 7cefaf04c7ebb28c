"""Hands and feet: fingers and toes are drawn one by one, as small soft forms."""

from __future__ import annotations

import numpy as np

from lib.atelier.figures.poses import SIDES, Skeleton
from lib.atelier.figures.strokes import Array, curve, filled, pen, tube
from lib.atelier.figures.tones import Skin

# Finger by finger from index to little: root across the palm (-1 is the thumb's side), length, fan in degrees.
FINGERS = ((-0.72, 0.455, 5.0), (-0.22, 0.50, 1.0), (0.28, 0.465, -3.5), (0.70, 0.375, -9.0))
# Toe by toe from the big one: (across, down) of root and tip as shares of the foot's length, half-width.
TOES = ((-0.185, 0.80, -0.150, 1.0, 0.074), (-0.02, 0.82, 0.015, 0.985, 0.052), (0.085, 0.79, 0.125, 0.945, 0.048),
        (0.175, 0.74, 0.22, 0.885, 0.045), (0.25, 0.67, 0.30, 0.815, 0.042))  # fmt: skip

# A foot's outline around ankle, ball and toes' roots: (across, down) as shares of its length.
SOLE = ((-0.205, -0.12), (-0.215, 0.02), (-0.25, 0.10), (-0.215, 0.22), (-0.225, 0.45), (-0.285, 0.68), (-0.275, 0.84),
        (-0.08, 0.90), (0.12, 0.86), (0.30, 0.74), (0.335, 0.60), (0.285, 0.38), (0.235, 0.20), (0.26, 0.06),
        (0.225, -0.02), (0.205, -0.12))  # fmt: skip


def hand(frame: Skeleton, name: str, colours: Skin) -> list[str]:
    """A hand: fingers from the little one to the index, the palm over their roots, then the thumb."""
    wrist, tip = frame.joints[f"{name}_wrist"], frame.joints[f"{name}_hand"]
    length = float(np.linalg.norm(tip - wrist)) * 0.97
    ahead = (tip - wrist) / max(length / 0.97, 1e-9)
    thumb = np.array([ahead[1], -ahead[0]]) * -SIDES[name]
    if getattr(frame.pose, f"{name}_arm").upper > 90:
        thumb = -thumb
    curl = 1.0 + 0.9 * frame.pose.curl.get(name, 0.0)
    half = frame.body.wrist / (2 * np.pi) * 1.10

    def at(along: float, across: float) -> Array:
        place: Array = wrist + ahead * along * length - thumb * across * half
        return place

    forms: list[tuple[Array, bool]] = []
    for root, long, fan in reversed(FINGERS):
        forms.append((_finger(at(0.44, root), ahead, -thumb, long * length, fan, 9.0 * curl, half * 0.30), True))
    palm = curve(
        [
            at(-0.05, -0.76),
            at(0.12, -0.86),
            at(0.30, -1.08),
            at(0.47, -1.02),
            at(0.52, -0.3),
            at(0.50, 0.5),
            at(0.46, 1.0),
            at(0.24, 0.96),
            at(0.08, 0.80),
            at(-0.05, 0.74),
        ],
        6,
    )
    thumb_line = curve([at(0.13, -0.30), at(0.27, -1.22), at(0.42, -1.52), at(0.56, -1.40)], 6)
    drawn = [part for form, _line in forms for part in _drawn(form, colours)]
    drawn.append(filled(palm, colours.base))
    drawn += [
        filled(pen(palm[4:20], 0.16, 0.2, 0.3), colours.line),
        filled(pen(palm[40:52], 0.18, 0.3, 0.2), colours.line),
    ]
    drawn += _drawn(tube(thumb_line, (half * 0.46, half * 0.40, half * 0.33, half * 0.24)), colours, 11)
    return drawn


def _drawn(form: Array, colours: Skin, skip: int = 5) -> list[str]:
    """A small form: its colour, a shade along one side and a line around that opens at its root."""
    return [filled(form, colours.base), filled(pen(form[skip:-skip], 0.15, 0.4, 0.4, 0.5), colours.line)]


def _finger(root: Array, ahead: Array, side: Array, length: float, fan: float, bend: float, half: float) -> Array:
    """Three bones, each bent a little further than the one before."""
    points, place, turn = [root - ahead * length * 0.12, root], root, -fan
    for share in (0.44, 0.31, 0.25):
        turn += bend * 0.55
        a = np.radians(turn - bend * 0.6)
        place = place + (ahead * np.cos(a) + side * -np.sin(a) * -1) * length * share
        points.append(place)
    line = curve(points, 6)
    return tube(line, (half * 1.02, half, half * 0.92, half * 0.84, half * 0.62))


def foot(frame: Skeleton, name: str, colours: Skin, toes: bool = True) -> list[str]:
    """A foot from the front, turned out: instep, ball, toes."""
    ankle, turn = frame.joints[f"{name}_ankle"], getattr(frame.pose, f"{name}_leg").end
    side, length = SIDES[name], frame.body.stature * 0.088
    lean = np.tan(np.radians(turn)) * 0.9

    def at(across: float, down: float) -> Array:
        place: Array = ankle + np.array([side * (across + lean * max(down, 0) * 0.8), down * (1 - 0.1 * lean)]) * length
        return place

    outline = curve([at(*place) for place in SOLE], 6)
    drawn = [filled(outline, colours.base)]
    if toes:
        for a, b, c, d, half in reversed(TOES):
            line = curve([at(a, b - 0.06), at((a + c) / 2, (b + d) / 2), at(c, d - half * 0.7)], 6)
            drawn += _drawn(tube(line, (half * length * 0.95, half * length, half * length * 0.82)), colours, 4)
    drawn += [
        filled(pen(outline[:38], 0.22, 0.5, 0.3), colours.line),
        filled(pen(outline[54:], 0.24, 0.3, 0.5), colours.line),
    ]
    tendon = curve([at(0.0, 0.30), at(-0.02, 0.5), at(-0.08, 0.66)], 6)
    return [*drawn, filled(pen(tendon, 0.12), colours.shade, 0.8)]
