"""A whole garment on a figure: trunk, legs, and sleeves along the arms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Final

import numpy as np

from lib.atelier.bending import Values, bent, hull, smoothstep, span
from lib.atelier.draping.lower import Lower
from lib.atelier.drawing import Path, Points, line
from lib.atelier.figures.body import ARM_INNER, ARM_OUTER, arm_size
from lib.atelier.figures.poses import SIDES
from lib.atelier.garments.model import Shape, View

#: The joints of an arm.
ARM: Final = ("shoulder_joint", "elbow", "wrist")
#: What of a sleeve's flat width is seen when an arm rounds it.
ROUND_SLEEVE: Final = 0.72
#: Share of the upper arm at which the armpit lies.
ARMPIT: Final = 0.36
#: Cm over which a sleeve's head turns from the body's frame into the arm's.
TURN: Final = 11.0


class Drape(Lower):
    """A front view on a person."""

    def worn(self) -> View:
        """The view where it lies on the figure: x to the viewer's right, y down, the floor at 0; in cm."""
        return View(self.view.name, tuple(self._moved(shape) for shape in self.view.shapes), {})

    def sleeve_heads(self) -> View:
        """Cloth under both sleeves' heads, from the armhole to the arm: where an arm is lifted, no gap shows."""
        if not any(shape.layer == "sleeves" and "-sleeve-" in shape.id for shape in self.view.shapes):
            return View(self.view.name, (), {})
        sleeve = self._moved(self._sleeve_piece)
        return View(
            self.view.name,
            tuple(
                replace(sleeve, id=f"{self.view.name}-sleeve-{side}", side=side, path=self._head(side), outline=True)
                for side in ("left", "right")
            ),
            {},
        )

    def _head(self, side: str) -> Path:
        start, away = self._arm_axis
        end = float((self._view_mark("underarm") - start) @ away)
        along = np.linspace(0.0, end, 8)
        inner, _outer = self._sleeve_span(along)
        flat = start + along[:, None] * away + inner[:, None] * np.array([away[1], -away[0]])
        body = self._trunk(flat * np.array([SIDES[side], 1]))
        edges = [self._on_arm(along, np.full(len(along), share), side) for share in (0.06, 0.94)]
        around = hull(np.vstack([body, *edges]))
        return line(*((float(x), float(y)) for x, y in around)).close()

    def _moved(self, shape: Shape) -> Shape:
        if shape.layer == "sleeves" and shape.side:
            turn = self._sleeve_turn(shape.side)
            grain = shape.grain + (turn if shape.side == "left" else -turn)
            return replace(shape, path=bent(shape.path, lambda points: self.sleeve(points, shape.side)), grain=grain)
        return replace(shape, path=bent(shape.path, lambda points: self.body(points, shape.side)))

    def sleeve(self, points: Points, side: str) -> Points:
        """Points of a sleeve on the figure's arm of this side ('left' is the wearer's)."""
        sign = SIDES[side]
        at = points * np.array([sign, 1])
        start, away = self._arm_axis
        along = (at - start) @ away
        across = (at - start) @ np.array([away[1], -away[0]])
        inner, outer = self._sleeve_span(along)
        share = np.clip((across - inner) / np.maximum(outer - inner, 0.5), -0.15, 1.15)
        placed = self._on_arm(along, share, side)
        # The tip of the shoulder stays where the body's is.
        tip = self._trunk(self._view_mark("shoulder")[None] * np.array([sign, 1]))
        held = 1 - smoothstep(along, 0.0, TURN)[:, None]
        placed = placed + (tip - self._on_arm(np.zeros(1), np.ones(1), side)) * held
        return np.asarray(placed + self._lifted(along, share, side))

    def _on_arm(self, along: Values, share: Values, side: str) -> Points:
        """Where ``along`` cm down the sleeve and ``share`` of its width (0 within, 1 without) lie on the arm."""
        inner, outer = self._sleeve_span(along)
        t = np.interp(along, *self._along_arm)
        beyond, within = self._around_arm(t, outer - inner)
        # From the shoulder's tip to the armpit a sleeve widens to the whole arm.
        begun = np.clip(t / ARMPIT, 0, 1) ** 0.7
        within = beyond + (within - beyond) * begun
        return self._beside(ARM, side, t, within + (beyond - within) * share)

    def _lifted(self, along: Values, share: Values, side: str) -> Points:
        """What keeps the sleeve at the armhole where an arm is lifted away from the body; nothing where it hangs."""
        start, away = self._arm_axis
        end = float((self._view_mark("underarm") - start) @ away)
        seam = np.minimum(along, end)
        inner, _outer = self._sleeve_span(seam)
        flat = start + seam[:, None] * away + inner[:, None] * np.array([away[1], -away[0]])
        on_body = self._trunk(flat * np.array([SIDES[side], 1]))
        gap = on_body - self._on_arm(seam, np.zeros(len(seam)), side)
        low = self._on_arm(np.array([end]), np.zeros(1), side)
        body = self._trunk(self._view_mark("underarm")[None] * np.array([SIDES[side], 1]))
        lift = smoothstep((low - body)[:, 0] * SIDES[side], -2.0, 2.0)
        near = (1 - np.clip(share, 0, 1)) * (1 - smoothstep(along - end, 0.0, TURN)) * smoothstep(along, 0.0, 5.0)
        return np.asarray(gap * (near * lift)[:, None])

    @cached_property
    def _arm_axis(self) -> tuple[Values, Values]:
        """Where the flat's sleeve begins, and the unit vector down it, on the viewer's right."""
        piece = self._sleeve_piece
        angle = np.radians(-piece.grain)
        return self._view_mark("shoulder"), np.array([np.sin(angle), np.cos(angle)])

    @cached_property
    def _sleeve_piece(self) -> Shape:
        return next(
            s for s in self.view.shapes if s.layer == "sleeves" and s.side == "left" and "-sleeve-" in s.id
            and s.role == "piece"
        )  # fmt: skip

    def _sleeve_turn(self, side: str) -> float:
        """Degrees from the flat sleeve's grain to that of the arm on the figure, on the viewer's right."""
        start, end = (self.frame.joints[f"{side}_{joint}"] for joint in ("shoulder_joint", "wrist"))
        lean = np.degrees(np.arctan2(SIDES[side] * (end - start)[0], (end - start)[1]))
        return float(-(lean + self._sleeve_piece.grain))

    @cached_property
    def _sleeve_rows(self) -> tuple[Values, Values, Values]:
        start, away = self._arm_axis
        path = self._sleeve_piece.path.sampled(12) - start
        local = np.column_stack([path @ away, path @ np.array([away[1], -away[0]])])
        levels = np.linspace(local[:, 0].min() + 0.2, local[:, 0].max() - 0.3, 50)
        low, high = span(local, 0, levels)
        return levels, low, high

    def _sleeve_span(self, along: Values) -> tuple[Values, Values]:
        levels, low, high = self._sleeve_rows
        return np.asarray(np.interp(along, levels, low)), np.asarray(np.interp(along, levels, high))

    @property
    def _along_arm(self) -> tuple[Values, Values]:
        """Cm down the flat sleeve, and the share of the arm that they are: 1 the elbow, 2 the wrist."""
        long = self._flat.arm
        return np.array([-6.0, 0.0, long * 0.56, long, long * 1.2]), np.array([-0.1, 0.0, 1.0, 2.0, 2.42])

    def _around_arm(self, t: Values, wide: Values) -> tuple[Values, Values]:
        """How far the sleeve reaches outwards and (negative) inwards of the arm's bones."""
        size = np.array([arm_size(self.frame, float(each)) for each in np.clip(t, 0, 2)])
        half = wide / 2 * (0.0 if self.covered else ROUND_SLEEVE)
        air = self._air
        outer = np.maximum(half, np.interp(t, *np.array(ARM_OUTER).T) * size + air)
        inner = np.maximum(half, np.interp(t, *np.array(ARM_INNER).T) * size + air)
        return outer, -inner


def only(view: View, wanted: Callable[[Shape], bool]) -> View:
    """The view with some of its shapes."""
    return replace(view, shapes=tuple(shape for shape in view.shapes if wanted(shape)))
