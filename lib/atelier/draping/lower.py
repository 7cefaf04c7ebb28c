"""Below the hips: skirts hang around both legs or lie over the lap, trousers follow each leg."""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np

from lib.atelier.bending import Values, smoothstep, span
from lib.atelier.draping.trunk import DEPTH, Trunk
from lib.atelier.drawing import Points
from lib.atelier.figures.body import LEG_INNER, LEG_OUTER, leg_size
from lib.atelier.figures.poses import SIDES
from lib.atelier.figures.sizes import HEIGHTS, half_width

#: The joints of a leg.
LEG: Final = ("hip_joint", "knee", "ankle")
#: What of a leg's flat width is seen when a leg rounds it: between a round tube and a flat one.
ROUND_LEG: Final = 0.74


class Lower(Trunk):
    """A front view on a person's trunk and legs."""

    def body(self, points: Points, side: str = "") -> Points:
        """Points of the body pieces, (n, 2) in the flat, on the figure; of a leg where the garment has legs."""
        trunk = self._trunk(points)
        below = smoothstep(points[:, 1], self._flat.hip_height - 3, self._flat.crotch + 5)[:, None]
        if not below.any():
            return trunk
        low = self._legs(points, side) if self._has_legs else self._skirt(points)
        return np.asarray(trunk * (1 - below) + low * below)

    @cached_property
    def _has_legs(self) -> bool:
        return any("-leg-" in shape.id and shape.role == "piece" for shape in self.view.shapes)

    def _skirt(self, points: Points) -> Points:
        """Points below the hips of what has no legs: around both legs, level, over the lap of who sits."""
        y = points[:, 1]
        t = self._leg_share(y)
        middles = {side: self._beside(LEG, side, t, np.zeros(len(t))) for side in SIDES}
        centre = (middles["left"] + middles["right"]) / 2
        if not self.person.seated:
            hang = self.frame.pelvis[0][0]
            centre[:, 0] = hang + (centre[:, 0] - hang) * 0.55
            centre[:, 1] = self._standing_y(y)
        factor = np.interp(y, *self._skirt_factor)
        return np.column_stack([centre[:, 0] + points[:, 0] * factor, centre[:, 1]])

    @cached_property
    def _skirt_factor(self) -> tuple[Values, Values]:
        """What a skirt's flat width is multiplied with, by height: it hangs from the hips, and covers both legs."""
        start = self._flat.hip_height
        hem = max(float(points[:, 1].max()) for points in self._outline)
        levels = np.linspace(start, max(hem, start + 1), 24)
        wide = np.array([self._half_width_at(float(level)) for level in levels])
        # A hem that rises to the sides narrows the outline, not the cloth.
        wide = np.maximum(np.maximum.accumulate(wide * 0.9), wide)
        need, wide = self._cover(levels), np.maximum(wide, 4.0)
        share = half_width(4.0, DEPTH["hips"])
        if self.person.seated:  # what is wide lies on the lap and falls between the knees
            return levels, np.maximum(need, np.minimum(share * wide, need + 2.5)) / wide
        return levels, np.maximum(share, need / wide)

    def _cover(self, levels: Values) -> Values:
        """Half the width that covers both legs at these heights of the flat, from the middle between them."""
        t = np.minimum(self._leg_share(levels), 1.0 if self.person.seated else 2.0)
        out = np.interp(t, *np.array(LEG_OUTER).T) * np.array([leg_size(self.frame, float(each)) for each in t])
        left, right = (self._beside(LEG, side, t, out)[:, 0] for side in ("left", "right"))
        return np.asarray(np.abs(left - right) / 2 + 0.6)

    def _standing_y(self, y: Values) -> Values:
        """Where a height lies below the pelvis of a person who stands."""
        point, _tilt = self.frame.pelvis
        return np.asarray(point[1] + self.frame.body.height_of("hips") - self._height(y))

    def _leg_share(self, y: Values) -> Values:
        """How far down a leg a height of the flat is: 0 at the hip joint, 1 at the knee, 2 at the ankle and on."""
        height = self._height(y) / self.frame.body.stature
        joint, knee, ankle = HEIGHTS["hip_joint"], HEIGHTS["knee"], HEIGHTS["ankle"]
        return np.asarray(
            np.where(height > knee, (joint - height) / (joint - knee), 1 + (knee - height) / (knee - ankle))
        )

    def _legs(self, points: Points, side: str) -> Points:
        if not side:
            right = self._leg(points, "left")
            left = self._leg(points, "right")
            return np.where(points[:, :1] >= 0, right, left)
        return self._leg(points, side)

    def _leg(self, points: Points, side: str) -> Points:
        y = points[:, 1]
        across = points[:, 0] * SIDES[side]
        inner, outer = self._leg_span(y)
        t = self._leg_share(y)
        size = np.array([leg_size(self.frame, float(each)) for each in np.clip(t, 0, 2)])
        half = (outer - inner) / 2 * ROUND_LEG
        air = self._air
        out = np.maximum(half, np.interp(t, *np.array(LEG_OUTER).T) * size + air)
        into = np.maximum(half, np.interp(t, *np.array(LEG_INNER).T) * size + air * 0.6)
        share = (across - inner) / np.maximum(outer - inner, 0.5)
        return self._beside(LEG, side, t, -into + (out + into) * np.clip(share, -0.2, 1.1))

    @cached_property
    def _leg_rows(self) -> tuple[Values, Values, Values]:
        piece = next(s for s in self.view.shapes if "-leg-" in s.id and s.side == "left" and s.role == "piece")
        path = piece.path.sampled(12)
        levels = np.linspace(path[:, 1].min() + 0.05, path[:, 1].max() - 0.3, 60)
        low, high = span(path, 1, levels)
        return levels, low, high

    def _leg_span(self, y: Values) -> tuple[Values, Values]:
        levels, low, high = self._leg_rows
        return np.asarray(np.interp(y, levels, low)), np.asarray(np.interp(y, levels, high))
