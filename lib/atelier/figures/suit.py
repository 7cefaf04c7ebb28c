"""A plain bodysuit under whatever is draped."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lib.atelier.figures.body import trunk_side, widths
from lib.atelier.figures.poses import Skeleton
from lib.atelier.figures.strokes import Array, curve, edge_tone, filled, pen
from lib.atelier.figures.tones import mixed

#: The trunk's sides: the person's left (the viewer's right), then their right.
SIDES = (1, -1)
SUIT, SUIT_LINE = "#e4dcd0", "#8d8172"


def suit(frame: Skeleton) -> list[str]:
    """A plain bodysuit, so that a figure can be shown before it is dressed."""
    sides = {side: trunk_side(frame, side) for side in SIDES}
    straps = {side: _strap(frame, side) for side in SIDES}
    neckline = _neckline(frame, straps)
    armholes = {side: _armhole(frame, side, straps[side], sides[side]) for side in SIDES}
    openings = {side: _opening(frame, side, sides[side]) for side in SIDES}
    form = np.vstack(
        [neckline, armholes[1], sides[1][8:-6], openings[1], openings[-1][::-1], sides[-1][8:-6][::-1],
         armholes[-1][::-1]]
    )  # fmt: skip
    drawn = [_drawn_strap(side, straps[side]) for side in SIDES]
    drawn.append(filled(form, SUIT))
    drawn.append(filled(edge_tone(sides[1][8:-6], sides[-1][8:-6], 0.20), mixed(SUIT, "#6f5f4d", 0.5), 0.35))
    for edge in (neckline, armholes[1], armholes[-1][::-1], openings[1], openings[-1]):
        drawn.append(filled(pen(edge, 0.24, 0.4, 0.4), SUIT_LINE))
    for side in SIDES:
        drawn.append(filled(pen(sides[side][8:-6], 0.40, 0.4, 0.4), SUIT_LINE))
        drawn.append(filled(pen(_under_bust(frame, side), 0.22, 0.0, 0.0, 0.5), SUIT_LINE, 0.8))
    return [*drawn, filled(pen(_waist_fold(frame), 0.16), SUIT_LINE, 0.7)]


def _strap(frame: Skeleton, side: int) -> tuple[Array, Array]:
    """From the shoulder to where the strap meets the front."""
    top = frame.torso_at(frame.body.height_of("shoulder") + 2.3, side * 8.4)
    return top, frame.torso("underarm", side * 9.4)


def _neckline(frame: Skeleton, straps: Mapping[int, tuple[Array, Array]]) -> Array:
    low = frame.torso_at(frame.body.height_of("bust") + 3.0, 0)
    return curve([straps[-1][1] + np.array([0.7, 0]), low, straps[1][1] - np.array([0.7, 0])], 10)


def _armhole(frame: Skeleton, side: int, strap: tuple[Array, Array], trunk: Array) -> Array:
    middle = frame.torso_at(frame.body.height_of("bust") + 1.2, side * widths(frame)["bust"] * 0.86)
    return curve([strap[1] + np.array([side * 0.7, 0]), middle, trunk[8]], 8)


def _opening(frame: Skeleton, side: int, trunk: Array) -> Array:
    """The edge at the leg."""
    middle = frame.torso_at(frame.body.height_of("crotch") + 5.5, side * widths(frame)["hips"] * 0.60)
    low = frame.torso_at(frame.body.height_of("crotch") - 0.4, 0) + np.array([side * 3.0, -0.2])
    return curve([trunk[-6], middle, low], 10)


def _drawn_strap(side: int, strap: tuple[Array, Array]) -> str:
    middle = (strap[0] + strap[1]) / 2 - np.array([side * 0.3, 0])
    return filled(pen(curve([strap[0], middle, strap[1] + np.array([0, 1.2])], 8), 1.5, 0.75, 1.0), SUIT)


def _under_bust(frame: Skeleton, side: int) -> Array:
    """The line below the bust, lower with the years."""
    low = frame.body.height_of("bust") - 5.0 - 1.8 * frame.person.years
    bust = widths(frame)["bust"]
    return curve(
        [frame.torso_at(low + up, side * bust * out) for up, out in ((2.6, 0.88), (-0.4, 0.56), (1.8, 0.18))], 8
    )


def _waist_fold(frame: Skeleton) -> Array:
    waist = widths(frame)["waist"]
    return curve([frame.torso("waist", waist * 0.2), frame.torso_at(frame.body.height_of("waist") - 2, waist * 0.7)], 6)
