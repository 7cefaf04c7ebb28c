"""A plain bodysuit under whatever is draped."""

from __future__ import annotations

import numpy as np

from lib.atelier.figures.body import trunk_side, widths
from lib.atelier.figures.poses import Skeleton
from lib.atelier.figures.strokes import curve, edge_tone, filled, pen
from lib.atelier.figures.tones import mixed

SUIT, SUIT_LINE = "#e4dcd0", "#8d8172"


def suit(frame: Skeleton) -> list[str]:
    """A plain bodysuit, so that a figure can be shown before it is dressed."""
    w, body = widths(frame), frame.body
    sag = 1.8 * frame.person.years
    sides = {side: trunk_side(frame, side) for side in (1, -1)}
    strap = {
        side: [frame.torso_at(body.height_of("shoulder") + 2.3, side * 8.4), frame.torso("underarm", side * 9.4)]
        for side in (1, -1)
    }
    neckline = curve(
        [
            strap[-1][1] + np.array([0.7, 0]),
            frame.torso_at(body.height_of("bust") + 3.0, 0),
            strap[1][1] - np.array([0.7, 0]),
        ],
        10,
    )
    crotch = frame.torso_at(body.height_of("crotch") - 0.4, 0)
    opening = {
        side: curve(
            [
                sides[side][-6],
                frame.torso_at(body.height_of("crotch") + 5.5, side * w["hips"] * 0.60),
                crotch + np.array([side * 3.0, -0.2]),
            ],
            10,
        )
        for side in (1, -1)
    }
    arm_line = {
        side: curve(
            [
                strap[side][1] + np.array([side * 0.7, 0]),
                frame.torso_at(body.height_of("bust") + 1.2, side * w["bust"] * 0.86),
                sides[side][8],
            ],
            8,
        )
        for side in (1, -1)
    }
    form = np.vstack(
        [
            neckline,
            arm_line[1],
            sides[1][8:-6],
            opening[1],
            opening[-1][::-1],
            sides[-1][8:-6][::-1],
            arm_line[-1][::-1],
        ]
    )
    drawn = []
    for side in (1, -1):
        drawn.append(
            filled(
                pen(
                    curve(
                        [
                            strap[side][0],
                            (strap[side][0] + strap[side][1]) / 2 - np.array([side * 0.3, 0]),
                            strap[side][1] + np.array([0, 1.2]),
                        ],
                        8,
                    ),
                    1.5,
                    0.75,
                    1.0,
                ),
                SUIT,
            )
        )
    drawn.append(filled(form, SUIT))
    drawn.append(filled(edge_tone(sides[1][8:-6], sides[-1][8:-6], 0.20), mixed(SUIT, "#6f5f4d", 0.5), 0.35))
    for line in (neckline, arm_line[1], arm_line[-1][::-1], opening[1], opening[-1]):
        drawn.append(filled(pen(line, 0.24, 0.4, 0.4), SUIT_LINE))
    for side in (1, -1):
        drawn.append(filled(pen(sides[side][8:-6], 0.40, 0.4, 0.4), SUIT_LINE))
        low = body.height_of("bust") - 5.0 - sag
        under = curve(
            [
                frame.torso_at(low + 2.6, side * w["bust"] * 0.88),
                frame.torso_at(low - 0.4, side * w["bust"] * 0.56),
                frame.torso_at(low + 1.8, side * w["bust"] * 0.18),
            ],
            8,
        )
        drawn.append(filled(pen(under, 0.22, 0.0, 0.0, 0.5), SUIT_LINE, 0.8))
    fold = curve(
        [frame.torso("waist", w["waist"] * 0.2), frame.torso_at(body.height_of("waist") - 2, w["waist"] * 0.7)], 6
    )
    return [*drawn, filled(pen(fold, 0.16), SUIT_LINE, 0.7)]
