"""A front that stands open: both fronts drawn back from the middle, side seams where they were, the back behind."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from lib.atelier.bending import bent, smoothstep, span
from lib.atelier.drawing import Path, Points, line
from lib.atelier.garments import Shape, View

#: Kinds and closures that open down their whole front.
FRONTS: Final = {
    "coat": ("buttons", "double_breasted", "zip", "open_front"),
    "blazer": ("buttons", "double_breasted", "open_front"),
    "shirt": ("buttons", "concealed_placket"),
    "knit": ("buttons",),
}
GAP: Final = 0.42  # how far each front is drawn back, in shares of its width
_NEAR: Final = 2.6  # cm from the middle within which a small thing (a button) goes with the wearer's left front


def can_open(kind: str, closure: str) -> bool:
    """Whether a garment opens down its front."""
    return closure in FRONTS.get(kind, ())


def opened(view: View, share: float = GAP) -> View:
    """The front view with its fronts drawn back by ``share`` of their width; 0 leaves it closed."""
    if share <= 0:
        return view
    outline = [shape.path.sampled(12) for shape in view.shapes if shape.outline and shape.layer == "body"]
    top = float(view.landmarks["neck"][1])
    made: list[Shape] = []
    for shape in view.shapes:
        if shape.layer in ("inside", "sleeves"):
            made.append(shape)
        else:
            made += _parted(shape, outline, top, share)
    return replace(view, shapes=(*_behind(view), *made))


def _behind(view: View) -> list[Shape]:
    """The inside of the back, which shows between the fronts."""
    return [
        replace(shape, id=f"{shape.id}-back", layer="inside", material="lining", name="Inside of the back")
        for shape in view.shapes
        if shape.outline and shape.layer == "body" and not shape.side
    ]


def _parted(shape: Shape, outline: list[Points], top: float, share: float) -> list[Shape]:
    """A shape as one or two, drawn back from the middle."""
    left, _up, right, _low = shape.path.bounds()

    def drawn(path: Path, sign: float) -> Path:
        return bent(path, lambda points: _drawn_back(points, outline, top, share, sign))

    if left >= -0.05 or right <= 0.05:
        return [replace(shape, path=drawn(shape.path, 1.0 if left >= -0.05 else -1.0))]
    if right - left < 2 * _NEAR or shape.side:
        return [replace(shape, path=drawn(shape.path, -1.0 if shape.side == "right" else 1.0))]
    halves = []
    for name, sign in (("right", -1.0), ("left", 1.0)):
        half = _half(shape.path, sign)
        if half is not None:
            halves.append(replace(shape, id=f"{shape.id}-{name}", path=drawn(half, sign)))
    return halves


def _half(path: Path, sign: float) -> Path | None:
    """The part of a path on one side of the middle (Sutherland and Hodgman, 1974); None where none is left."""
    points = path.sampled(10) * np.array([sign, 1.0])
    kept: list[tuple[float, float]] = []
    following = np.roll(points, -1, axis=0) if path.closed else points[1:]
    for a, b in zip(points, following, strict=False):
        if a[0] >= 0:
            kept.append((sign * float(a[0]), float(a[1])))
        if (a[0] >= 0) != (b[0] >= 0):
            t = a[0] / (a[0] - b[0])
            kept.append((0.0, float(a[1] + t * (b[1] - a[1]))))
    if not path.closed and points[-1][0] >= 0:
        kept.append((sign * float(points[-1][0]), float(points[-1][1])))
    if len(kept) < (3 if path.closed else 2):
        return None
    return line(*kept).close() if path.closed else line(*kept)


def _drawn_back(points: Points, outline: list[Points], top: float, share: float, sign: float) -> Points:
    """Points of one front: its edge moved away from the middle, its side seam kept."""
    y = points[:, 1]
    # A curved hem narrows the outline, not the cloth: the width is that of the rows just above, too.
    wide = np.max([span(one, 1, y - up)[1] for one in outline for up in (0.0, 4.0, 8.0)], axis=0)
    wide = np.maximum(np.where(wide > 1, wide, np.max(wide, initial=1.0)), 1.0)
    back = share * smoothstep(y, top + 1.0, top + 42.0) * wide
    away = np.maximum(points[:, 0] * sign, 0.0)
    moved = back + away * (wide - back) / wide
    return np.column_stack([sign * moved, y])
