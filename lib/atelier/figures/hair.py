"""Hair: seven ways to wear it, each with a part behind the head and one in front."""

from __future__ import annotations

import numpy as np

from lib.atelier.figures.heads import Head
from lib.atelier.figures.poses import Skeleton
from lib.atelier.figures.strokes import Array, curve, filled, pen
from lib.atelier.figures.tones import mixed


def hair(frame: Skeleton) -> tuple[list[str], list[str]]:
    """(behind the head, in front of it)."""
    head = Head(frame)
    colour = head.person.hair_hex
    dark, light = mixed(colour, "#120c0a", 0.40), mixed(colour, "#fff2dc", 0.30)
    style = head.person.hair
    back = [filled(form, dark if style in ("bob", "long") else colour) for form in _back(head, style)]
    front = [filled(form, colour) for form in _cap(head, style)]
    if style == "coily":
        back, front = _coils(head, colour, dark, light)
    if style == "headwrap":
        return _wrap(head)
    for strand in _strands(head, style):
        front.append(filled(pen(strand, 0.20), dark, 0.55))
    for strand in _strands(head, style, 0.03)[::3]:
        front.append(filled(pen(strand, 0.26), light, 0.5))
    return back, front


def _back(head: Head, style: str) -> list[Array]:
    if style == "bun":
        turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
        return [head.at(0.03, -0.055) + (np.stack([np.cos(turn) * 0.155, np.sin(turn) * 0.125], -1) * head.height)]
    if style in ("bob", "long"):
        low = 0.98 if style == "bob" else 1.55
        half = 0.42 if style == "bob" else 0.44
        side = [(0.27, 0.03), (0.39, 0.30), (half, 0.68), (half - 0.01, low), (0.28, low + 0.03), (0.10, low - 0.04)]
        knots = [(0.0, -0.05), *side, *((-a, d) for a, d in side[::-1])]
        return [curve([head.at(a, d) for a, d in knots], 8, closed=True)]
    return []


def _cap(head: Head, style: str) -> list[Array]:
    """The hair that lies on the skull, down to the hairline."""
    if style == "coily":
        return []
    part = -0.07 if head.turn <= 0 else 0.07
    grow = {"shaved": 0.008, "short": 0.045, "bun": 0.022}.get(style, 0.04)
    low = {"shaved": 0.40, "short": 0.50, "bun": 0.46}.get(style, 0.44)
    outer = [
        (-0.328 - grow, low),
        (-0.338 - grow, 0.30),
        (-0.27 - grow, 0.09),
        (-0.15, -0.035 - grow),
        (0, -0.055 - grow * 0.8),
        (0.15, -0.035 - grow),
        (0.27 + grow, 0.09),
        (0.338 + grow, 0.30),
        (0.328 + grow, low),
    ]
    if style in ("bob", "long"):
        reach = 0.96 if style == "bob" else 1.5
        left = [(-0.40, 0.62), (-0.395, reach), (-0.30, reach + 0.02), (-0.315, 0.66), (-0.300, 0.44), (-0.22, 0.27)]
        right = [(0.22, 0.27), (0.300, 0.44), (0.315, 0.66), (0.30, reach + 0.02), (0.395, reach), (0.40, 0.62)]
        return [
            curve([head.at(a, d) for a, d in [*outer[1:-1], *right[::-1], (part, 0.155), *left[::-1]]], 8, closed=True)
        ]
    line = [
        (0.322 + grow, low),
        (0.285, 0.33),
        (0.20, 0.225),
        (part + 0.10, 0.175),
        (part, 0.160),
        (part - 0.12, 0.185),
        (-0.22, 0.235),
        (-0.285, 0.33),
        (-0.322 - grow, low),
    ]
    if style == "short":
        line = [
            (0.322 + grow * 0.6, low),
            (0.282, 0.36),
            (0.24, 0.255),
            (0.10, 0.265),
            (-0.06, 0.225),
            (-0.17, 0.255),
            (-0.25, 0.29),
            (-0.285, 0.37),
            (-0.322 - grow * 0.6, low),
        ]
    return [np.vstack([curve([head.at(a, d) for a, d in outer], 8), curve([head.at(a, d) for a, d in line], 8)])]


def _strands(head: Head, style: str, shift: float = 0.0) -> list[Array]:
    """Lines that follow the hair from its parting."""
    if style in ("coily", "headwrap", "shaved"):
        return []
    part = -0.07 if head.turn <= 0 else 0.07
    lines = []
    for k in range(7):
        a = -0.30 + 0.10 * k + shift
        if style in ("bob", "long"):
            side = 1 if a > part else -1
            low = 0.92 if style == "bob" else 1.42
            reach = side * (0.335 + 0.022 * (k % 3))
            lines.append(
                curve(
                    [
                        head.at(part + side * 0.02, 0.10 - 0.02 * (k % 3)),
                        head.at(side * 0.25, 0.17 + 0.03 * (k % 3)),
                        head.at(reach, 0.46),
                        head.at(reach + side * 0.01, low - 0.06 * (k % 2)),
                    ],
                    10,
                )
            )
        else:
            top = (0.03, -0.02) if style == "bun" else (part + 0.02 * k, 0.0)
            lines.append(
                curve(
                    [
                        head.at(a * 0.95, 0.20 + 0.55 * a * a),
                        head.at(a * 0.72, 0.09 + 0.3 * a * a),
                        head.at(top[0] + a * 0.3, top[1]),
                    ],
                    10,
                )
            )
    return lines


def _coils(head: Head, colour: str, dark: str, light: str) -> tuple[list[str], list[str]]:
    """A cloud of curls with an uneven edge, its hairline soft."""
    generator = np.random.default_rng(7)
    turn = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    rim = 1 + 0.035 * generator.standard_normal(72)
    cloud = head.at(0.0, 0.24) + np.stack([np.cos(turn) * 0.505 * rim, np.sin(turn) * 0.455 * rim], -1) * head.height
    back = [filled(curve(cloud, 4, closed=True), dark)]
    line = [
        (0.325, 0.52),
        (0.292, 0.36),
        (0.22, 0.245),
        (0.10, 0.195),
        (0, 0.185),
        (-0.10, 0.195),
        (-0.22, 0.245),
        (-0.292, 0.36),
        (-0.325, 0.52),
    ]
    upper = np.linspace(np.radians(200), np.radians(-20), 30)
    edge = head.at(0.0, 0.24) + np.stack([np.cos(upper) * 0.47, -np.sin(upper) * 0.43], -1) * head.height
    front = [filled(np.vstack([edge, curve([head.at(a, d) for a, d in line], 8)]), colour)]
    for _k in range(150):
        angle, reach = generator.uniform(-0.35, np.pi + 0.35), generator.uniform(0.60, 1.0)
        place = head.at(0.0, 0.24) + np.array([np.cos(angle) * 0.475, -np.sin(angle) * 0.435]) * reach * head.height
        bend = np.linspace(0, 1.5 * np.pi, 9) + generator.uniform(0, 6)
        curl = place + np.stack([np.cos(bend), np.sin(bend)], -1) * generator.uniform(0.012, 0.026) * head.height
        front.append(filled(pen(curl, 0.16), light if generator.random() < 0.35 else dark, 0.8))
    return back, front


def _wrap(head: Head) -> tuple[list[str], list[str]]:
    """A knotted headwrap."""
    cloth, deep, pale = "#7b3b3f", "#57262b", "#b07a6e"
    ends = (
        ((0.05, -0.12), (0.20, -0.23), (0.27, -0.12), (0.14, -0.05)),
        ((0.02, -0.10), (-0.08, -0.24), (-0.19, -0.20), (-0.10, -0.06)),
    )
    knot = [curve([head.at(a, d) for a, d in end], 8, closed=True) for end in ends]
    outer = [
        (-0.345, 0.40),
        (-0.385, 0.20),
        (-0.31, 0.0),
        (-0.14, -0.12),
        (0.06, -0.14),
        (0.26, -0.06),
        (0.375, 0.13),
        (0.375, 0.30),
        (0.345, 0.40),
    ]
    line = [(0.30, 0.33), (0.16, 0.235), (0, 0.215), (-0.16, 0.235), (-0.30, 0.33)]
    form = np.vstack([curve([head.at(a, d) for a, d in outer], 8), curve([head.at(a, d) for a, d in line], 8)])
    folds = [
        ((-0.335, 0.34), (-0.10, 0.10), (0.06, -0.09)),
        ((0.33, 0.32), (0.20, 0.08), (0.07, -0.09)),
        ((-0.36, 0.18), (-0.18, 0.0), (0.04, -0.10)),
        ((0.18, 0.23), (0.14, 0.05), (0.06, -0.08)),
        ((0.36, 0.16), (0.26, 0.02), (0.09, -0.10)),
    ]
    front = [filled(form, cloth)]
    for k, points in enumerate(folds):
        front.append(
            filled(pen(curve([head.at(a, d) for a, d in points], 10), 0.42), pale if k % 3 == 2 else deep, 0.75)
        )
    return [filled(form, deep) for form in knot], front
