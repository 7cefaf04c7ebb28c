"""Head and face. A face is suggested, calmly: brows, lids, the shade of a nose, a mouth; years add a few lines."""

from __future__ import annotations

import numpy as np

from lib.atelier.figures.poses import Skeleton
from lib.atelier.figures.strokes import Array, curve, filled, pen
from lib.atelier.figures.tones import Skin, mixed

# The skull and jaw's right half as (half-width, height) in shares of the head's height, from the crown down.
HALF = (
    (0.0, 0.0),
    (0.17, 0.03),
    (0.285, 0.15),
    (0.325, 0.33),
    (0.325, 0.46),
    (0.310, 0.60),
    (0.272, 0.74),
    (0.195, 0.885),
    (0.092, 0.985),
    (0.0, 1.0),
)


class Head:
    """A frame for the head: places as shares of its height, from the crown, across positive to the viewer's right."""

    def __init__(self, frame: Skeleton) -> None:
        self.crown, self.chin = frame.joints["crown"], frame.joints["chin"]
        self.height = float(np.linalg.norm(self.chin - self.crown))
        self.down = (self.chin - self.crown) / self.height
        self.across = np.array([self.down[1], -self.down[0]])
        self.turn = frame.pose.head_turn
        self.person = frame.person

    def at(self, across: float, down: float) -> Array:
        """A place on the picture."""
        place: Array = self.crown + (self.across * across + self.down * down) * self.height
        return place

    def on_face(self, across: float, down: float) -> Array:
        """A place on the face, which turns: what lies on the far side is foreshortened."""
        bulge = 0.10 * self.turn * np.sqrt(max(1 - (across / 0.34) ** 2, 0.0))
        return self.at(across * (1 - 0.10 * abs(self.turn)) + bulge, down)

    def line(self, *points: tuple[float, float]) -> Array:
        """A smooth line over places on the face."""
        return curve([self.on_face(a, d) for a, d in points], 8)

    def outline(self, grow: float = 1.0) -> Array:
        """The head's outline, closed."""
        right = [self.at(a * grow + 0.012 * self.turn * d, d) for a, d in HALF]
        left = [self.at(-a * grow + 0.012 * self.turn * d, d) for a, d in HALF[-2:0:-1]]
        return curve([*right, *left], 8, closed=True)


def neck(frame: Skeleton, colours: Skin, left: Array, right: Array) -> list[str]:
    """The neck between its two lines, with the shade that the jaw throws."""
    head = Head(frame)
    column = np.vstack([left[:30], right[:30][::-1]])
    near, far = left[13] * 0.97 + right[13] * 0.03, right[9] * 0.98 + left[9] * 0.02
    dip = curve([near, head.at(0.07, 1.25), head.at(-0.06, 1.21), far], 8)
    shade = np.vstack([left[2:13], dip, right[2:9][::-1]])
    return [filled(column, colours.base), filled(shade, colours.shade, 0.55)]


def face(frame: Skeleton, colours: Skin) -> tuple[list[str], list[str]]:
    """(head, features)."""
    head = Head(frame)
    outline = head.outline()
    dark = np.vstack([outline[22:72], head.line((0.10, 0.93), (0.20, 0.74), (0.245, 0.55), (0.25, 0.36))])
    skull = [*_ears(head, colours), filled(outline, colours.base), filled(dark, colours.shade, 0.30)]
    skull.append(filled(pen(outline[24:116], 0.26, 0.25, 0.25, 0.5), colours.line))
    return skull, [*_eyes(head, colours), *_nose_and_mouth(head, colours), *_years(head, colours)]


def _ears(head: Head, colours: Skin) -> list[str]:
    drawn = []
    for side in (-1, 1):
        if side * head.turn > 0.3:
            continue
        ear = curve(
            [
                head.at(side * 0.315, 0.44),
                head.at(side * 0.362, 0.43),
                head.at(side * 0.368, 0.52),
                head.at(side * 0.335, 0.615),
                head.at(side * 0.305, 0.62),
            ],
            8,
        )
        drawn += [filled(ear, colours.base), filled(pen(ear, 0.18, 0.2, 0.2), colours.line)]
    return drawn


def _eyes(head: Head, colours: Skin) -> list[str]:
    drawn = []
    ink = mixed(colours.line, "#000000", 0.3)
    white = mixed("#fdfaf5", colours.base, 0.18)
    for side in (-1, 1):
        e = 0.145 * side
        inner, outer = e - 0.052 * side, e + 0.066 * side
        lid = head.line(
            (inner, 0.512),
            (e - 0.015 * side, 0.487),
            (e + 0.025 * side, 0.488),
            (outer, 0.505),
            (outer + 0.014 * side, 0.498),
        )
        low = head.line((outer, 0.505), (e + 0.01 * side, 0.528), (inner, 0.512))
        drawn.append(filled(np.vstack([lid[:25], low]), white))
        iris = head.on_face(e + 0.004 * side, 0.506)
        turn = np.linspace(0, 2 * np.pi, 20)
        ball = np.stack([np.cos(turn), np.sin(turn)], -1) * head.height
        drawn.append(filled(iris + ball * 0.0185, "#2c1d17"))
        drawn.append(filled(iris + np.array([-0.006, -0.007]) * head.height + ball * 0.005, "#ffffff"))
        drawn.append(filled(pen(lid, 0.36, 0.3, 0.1, 0.7), ink))
        drawn.append(filled(pen(low, 0.10), colours.inner, 0.7))
        fold = head.line((inner + 0.01 * side, 0.487), (e, 0.462), (outer, 0.480))
        drawn.append(filled(pen(fold, 0.12), colours.inner, 0.7))
        brow = head.line(
            (inner - 0.012 * side, 0.428),
            (e - 0.01 * side, 0.404),
            (e + 0.04 * side, 0.402),
            (outer + 0.03 * side, 0.432),
        )
        drawn.append(filled(pen(brow, 0.46, 0.45, 0.0, 0.35), mixed(head.person.hair_hex, colours.line, 0.45), 0.9))
    return drawn


def _nose_and_mouth(head: Head, colours: Skin) -> list[str]:
    s = 1 if head.turn >= 0 else -1
    bridge = head.line((0.035 * s, 0.47), (0.030 * s, 0.56), (0.050 * s, 0.625))
    base = head.line((-0.050, 0.664), (-0.028, 0.678), (0.0, 0.672), (0.028, 0.678), (0.050, 0.664))
    shade = np.vstack([bridge, head.line((0.05 * s, 0.655), (0.0, 0.668), (0.012 * s, 0.56))])
    upper = np.vstack(
        [
            head.line((-0.098, 0.775), (-0.035, 0.752), (0, 0.760), (0.035, 0.752), (0.098, 0.775)),
            head.line((0.098, 0.775), (0, 0.783), (-0.098, 0.775)),
        ]
    )
    lower = np.vstack(
        [
            head.line((-0.094, 0.776), (0, 0.784), (0.094, 0.776)),
            head.line((0.094, 0.776), (0.05, 0.815), (0, 0.825), (-0.05, 0.815), (-0.094, 0.776)),
        ]
    )
    between = head.line((-0.104, 0.772), (-0.03, 0.781), (0.03, 0.781), (0.104, 0.772))
    return [
        filled(shade, colours.shade, 0.40), filled(pen(base, 0.15, 0.4, 0.4, 0.5), colours.inner),
        filled(upper, mixed(colours.lips, colours.line, 0.22)), filled(lower, colours.lips),
        filled(pen(between, 0.16, 0.3, 0.3, 0.5), colours.line),
        filled(head.line((-0.045, 0.838), (0, 0.850), (0.045, 0.838)), colours.shade, 0.5),
    ]  # fmt: skip


def _years(head: Head, colours: Skin) -> list[str]:
    """The lines of a life: at the mouth, under the eyes, on the brow. They deepen with the years."""
    strength = head.person.years
    if strength < 0.25:
        return []
    drawn = []
    for side in (-1, 1):
        for points, width in (
            (((0.062, 0.655), (0.110, 0.71), (0.118, 0.765)), 0.17),
            (((0.105, 0.545), (0.15, 0.560), (0.20, 0.545)), 0.13),
            (((0.232, 0.49), (0.258, 0.482)), 0.10), (((0.232, 0.51), (0.260, 0.518)), 0.10),
            (((0.118, 0.80), (0.128, 0.835)), 0.11),
        ):  # fmt: skip
            line = head.line(*((side * a, d) for a, d in points))
            drawn.append(filled(pen(line, width), colours.inner, 0.35 + 0.45 * strength))
    for level in (0.30, 0.335)[: 1 + (strength > 0.6)]:
        drawn.append(
            filled(
                pen(head.line((-0.14, level), (0, level - 0.008), (0.14, level)), 0.10),
                colours.inner,
                0.3 + 0.3 * strength,
            )
        )
    return drawn
