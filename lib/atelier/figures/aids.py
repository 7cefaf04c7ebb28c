"""What a body moves with: a wheelchair, a leg or an arm prosthesis, a stool to sit on."""

from __future__ import annotations

import numpy as np

from lib.atelier.figures.body import Arm, Leg
from lib.atelier.figures.poses import Skeleton
from lib.atelier.figures.strokes import Array, curve, filled, pen, tube
from lib.atelier.figures.tones import Skin

FRAME, FRAME_LIGHT, TYRE, SEAT = "#3a3d42", "#9aa0a8", "#26272a", "#4a4643"
CARBON = Skin("#3d4045", "#24262a", "#7d838c", "#141518", "#17181b", "#3d4045")
STEEL, STEEL_DARK = "#b4b9bf", "#6d737a"


def _ring(centre: Array, rx: float, ry: float, width: float, tilt: float = 0.0) -> str:
    """An ellipse as a band of this width."""
    turn = np.linspace(0, 2 * np.pi, 72)
    ring = np.stack([np.cos(turn), np.sin(turn)], -1)
    a = np.radians(tilt)
    spin = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    outer = centre + (ring * np.array([rx, ry])) @ spin
    inner = centre + (ring * np.array([rx - width * 0.75, ry - width])) @ spin
    path = (
        "M"
        + "L".join(f"{x:.2f} {y:.2f}" for x, y in outer)
        + "ZM"
        + "L".join(f"{x:.2f} {y:.2f}" for x, y in inner[::-1])
        + "Z"
    )
    return path


def _band(centre: Array, rx: float, ry: float, width: float, colour: str) -> str:
    return f'<path d="{_ring(centre, rx, ry, width)}" fill="{colour}" fill-rule="evenodd"/>'


def _wheel(centre: Array, rx: float, ry: float, near: bool) -> list[str]:
    drawn = []
    for k in range(20):
        a = 2 * np.pi * k / 20
        end = centre + np.array([np.cos(a) * rx, np.sin(a) * ry]) * 0.9
        drawn.append(filled(pen(np.array([centre, end]), 0.16, 0.8, 0.8), FRAME_LIGHT, 0.75))
    drawn.append(_band(centre, rx, ry, 2.2, TYRE))
    drawn.append(_band(centre, rx * 0.90, ry * 0.93, 0.7, FRAME_LIGHT))
    if near:
        drawn.append(_band(centre + np.array([1.3, 0.2]), rx * 0.83, ry * 0.86, 0.75, STEEL))
    turn = np.linspace(0, 2 * np.pi, 24)
    hub = np.stack([np.cos(turn) * 1.5, np.sin(turn) * 2.1], -1)
    return [*drawn, filled(centre + hub, FRAME), filled(centre + hub * 0.45, FRAME_LIGHT)]


def _bar(*points: tuple[float, float], half: float = 0.85, colour: str = FRAME) -> list[str]:
    line = curve(np.asarray(points), 8)
    return [
        filled(tube(line, (half, half)), colour),
        filled(tube(line + np.array([-half * 0.35, 0]), (half * 0.22, half * 0.22)), FRAME_LIGHT, 0.8),
    ]


def wheelchair(frame: Skeleton) -> tuple[list[str], list[str]]:
    """(behind the person, in front): an active chair, light, low in the back, seen a little from the side."""
    x, y = (float(v) for v in frame.pelvis[0])
    half = 10.0 + 0.62 * float(frame.body.hips) / 6.0
    far, near = np.array([x - half - 4.5, -31.5]), np.array([x + half + 3.5, -29.5])
    back = _wheel(far, 9.5, 28.0, False)
    cushion = curve(
        [
            (x - half - 1, y + 5),
            (x - half + 2, y - 1),
            (x + half - 2, y - 1),
            (x + half + 1, y + 5),
            (x + half - 3, y + 9),
            (x - half + 1, y + 10),
        ],
        8,
        closed=True,
    )
    rest = curve(
        [(x - half + 3, y - 26), (x, y - 28), (x + half - 3, y - 26), (x + half - 2, y), (x - half + 2, y)],
        8,
        closed=True,
    )
    back += [filled(rest, SEAT), filled(cushion, SEAT)]
    for side in (-1, 1):
        back += _bar(
            (x + side * (half - 2.5), y + 6),
            (x + side * (half - 3), y - 20),
            (x + side * (half - 3.4), y - 28),
            half=0.8,
        )
    left, right = frame.joints["left_ankle"], frame.joints["right_ankle"]
    plate_y = max(float(left[1]), float(right[1])) + 10.8
    back += _bar((x + half - 4, y + 10), (float(left[0]) + 7, y + 22), (float(left[0]) + 6, plate_y))
    back += _bar((x - half, y + 10), (float(right[0]) - 6, y + 22), (float(right[0]) - 5, plate_y))
    plate = np.array(
        [
            (float(right[0]) - 7.5, plate_y - 1.2),
            (float(left[0]) + 8.5, plate_y - 1.2),
            (float(left[0]) + 7, plate_y + 1.6),
            (float(right[0]) - 9, plate_y + 1.6),
        ]
    )
    back.append(filled(plate, FRAME))
    for end in (float(right[0]) - 13.0, float(left[0]) + 12.0):
        back += [
            _band(np.array([end, -7.0]), 4.6, 6.6, 2.2, TYRE),
            *_bar((end, -8), (end + 0.5, -17), (end * 0.75 + x * 0.25, -24), half=0.6),
        ]
    return back, _wheel(near, 13.5, 29.0, True)


def stool(frame: Skeleton) -> list[str]:
    """What a seated person without a wheelchair sits on."""
    x, y = (float(v) for v in frame.pelvis[0])
    half = 15.0 + 0.55 * max(frame.body.step, 0)
    seat = curve(
        [
            (x - half, y + 8),
            (x, y + 4.5),
            (x + half, y + 8),
            (x + half - 1, y + 12),
            (x, y + 14.5),
            (x - half + 1, y + 12),
        ],
        8,
        closed=True,
    )
    drawn = []
    for foot, top in ((-1.22, -0.75), (1.22, 0.75), (0.35, 0.3)):
        line = curve(
            [(x + top * half, y + 11), (x + (top + foot) / 2 * half, (y + 11) * 0.45), (x + foot * half, -0.5)], 8
        )
        drawn += [
            filled(tube(line, (1.7, 1.4, 1.1)), "#a98a62"),
            filled(pen(tube(line, (1.7, 1.4, 1.1))[:20], 0.2), "#4c3822"),
        ]
    return [*drawn, filled(seat, "#b99a70"), filled(pen(np.vstack([seat, seat[:1]]), 0.28, 0.5, 0.5), "#4c3822")]


def leg_prosthesis(frame: Skeleton, name: str, form: Leg) -> list[str]:
    """Below the knee: a socket, a pylon and an ankle; the foot is drawn in the same material."""
    n_out, n_in = len(form.outer), len(form.inner)
    top_out, top_in = int(n_out * 0.56), int(n_in * 0.56)
    low_out, low_in = int(n_out * 0.80), int(n_in * 0.80)
    socket = np.vstack([form.outer[top_out:low_out], form.inner[top_in:low_in][::-1]])
    end = (form.outer[low_out] + form.inner[low_in]) / 2
    ankle = frame.joints[f"{name}_ankle"]
    tube_line = np.array([end + (end - ankle) * 0.02, (end + ankle) / 2, ankle + np.array([0, 1.0])])
    pylon = tube(curve(tube_line, 6), (1.75, 1.5, 1.5), False)
    shine = tube(curve(tube_line + np.array([-0.55, 0]), 6), (0.3, 0.28, 0.28), False)
    clamps = [
        tube(np.array([p - np.array([1.9, 0.0]), p + np.array([1.9, 0.0])]), (1.15, 1.15))
        for p in (end + (ankle - end) * 0.06, end + (ankle - end) * 0.88)
    ]
    rim = np.vstack(
        [form.outer[top_out], (form.outer[top_out] + form.inner[top_in]) / 2 + np.array([0, 1.3]), form.inner[top_in]]
    )
    gleam = (
        form.outer[top_out + 4 : low_out - 4] * 0.76 + _matched(form.inner[top_in:low_in], low_out - top_out - 8) * 0.24
    )
    return [
        filled(pylon, STEEL), filled(shine, "#eef0f2"), filled(socket, CARBON.base),
        filled(pen(gleam, 0.9), CARBON.light, 0.55),
        filled(pen(curve(rim, 8), 0.5, 0.6, 0.6), CARBON.line), *(filled(clamp, STEEL_DARK) for clamp in clamps),
        filled(pen(form.outer[top_out:low_out], 0.3, 0.4, 0.4), CARBON.line),
        filled(pen(form.inner[top_in:low_in], 0.3, 0.4, 0.4), CARBON.line),
    ]  # fmt: skip


def _matched(line: Array, count: int) -> Array:
    t = np.linspace(0, 1, len(line))
    want = np.linspace(0, 1, count)
    return np.stack([np.interp(want, t, line[:, 0]), np.interp(want, t, line[:, 1])], -1)


def arm_prosthesis(form: Arm) -> list[str]:
    """Below the elbow: a smooth shell; the hand is drawn in the same material."""
    n_out, n_in = len(form.outer), len(form.inner)
    top_out, top_in = form.tip + int((n_out - form.tip) * 0.60), int(n_in * 0.56)
    shell = np.vstack([form.outer[top_out:], form.inner[top_in:][::-1]])
    gleam = _matched(form.outer[top_out + 3 :], 30) * 0.7 + _matched(form.inner[top_in + 3 :], 30) * 0.3
    rim = np.vstack([form.outer[top_out], form.inner[top_in]])
    cuff = np.vstack([form.outer[-6], form.inner[-6]])
    return [
        filled(shell, CARBON.base), filled(pen(gleam, 0.6), CARBON.light, 0.6),
        filled(pen(rim, 0.5, 0.7, 0.7), CARBON.line), filled(pen(cuff, 0.4, 0.7, 0.7), STEEL_DARK),
        filled(pen(form.outer[top_out:], 0.26, 0.4, 0.4), CARBON.line),
        filled(pen(form.inner[top_in:], 0.26, 0.4, 0.4), CARBON.line),
    ]  # fmt: skip
