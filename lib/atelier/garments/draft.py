"""The drawing board on which one view of a garment is built up, and the torso that most garments hang on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

import numpy as np

from lib.atelier.drawing import Path, Point, Points, beyond, smooth
from lib.atelier.garments.model import Garment, Material, Role, Shape, View, ViewName
from lib.atelier.garments.sizes import Measures, measures

STITCH_GAP = 0.6  # a presser foot's distance from the edge, in cm
DOUBLE_GAP = 0.5
OVERRUN = 0.15  # cm that a line may reach past the cloth


class Draft:
    """Shapes of one view, gathered piece by piece. Left and right are the wearer's."""

    def __init__(self, garment: Garment, view: ViewName) -> None:
        self.garment = garment
        self.view = view
        self.measures: Measures = measures(garment.size)
        self.shapes: list[Shape] = []
        self.landmarks: dict[str, Point] = {}

    @property
    def front(self) -> bool:
        """Whether the front is drawn."""
        return self.view == "front"

    def add(
        self,
        id: str,
        layer: str,
        name: str,
        path: Path,
        role: Role = "piece",
        *,
        material: Material = "fabric",
        outline: bool = False,
        grain: float = 0.0,
        side: Literal["", "left", "right"] = "",
    ) -> None:
        """One shape; a second one of the same id gets a number."""
        full = f"{self.view}-{id}" + (f"-{side}" if side else "")
        taken = {shape.id for shape in self.shapes}
        number = 2
        unique = full
        while unique in taken:
            unique = f"{full}-{number}"
            number += 1
        self.shapes.append(Shape(unique, layer, name, path, role, material, outline, grain, side))

    def pair(
        self,
        id: str,
        layer: str,
        name: str,
        path: Path,
        role: Role = "piece",
        *,
        material: Material = "fabric",
        outline: bool = False,
        grain: float = 0.0,
    ) -> None:
        """A shape drawn on the viewer's right, and its mirror image."""
        right: Literal["left", "right"] = "left" if self.front else "right"
        left: Literal["left", "right"] = "right" if self.front else "left"
        self.add(id, layer, name, path.mirrored(), role, material=material, outline=outline, grain=-grain, side=left)
        self.add(id, layer, name, path, role, material=material, outline=outline, grain=grain, side=right)

    def stitches(
        self, id: str, layer: str, name: str, edge: Path, *, both: bool = True, gap: float = STITCH_GAP
    ) -> None:
        """Topstitching beside an edge as the garment's option asks; a negative gap lies on the other side."""
        if self.garment.stitching == "none":
            return
        self.stitch(id, layer, name, edge.beside(gap), both=both)
        if self.garment.stitching == "double":
            more = DOUBLE_GAP if gap > 0 else -DOUBLE_GAP
            self.stitch(id, layer, name, edge.beside(gap + more), both=both)

    def stitch(self, id: str, layer: str, name: str, path: Path, *, both: bool = True) -> None:
        """One row of stitches, on both sides or on the viewer's right alone."""
        if both:
            self.pair(f"{id}-stitching", layer, name, path, "stitch")
        else:
            self.add(f"{id}-stitching", layer, name, path, "stitch")

    def done(self, order: Iterable[str]) -> View:
        """The view, its shapes in the layers' order of painting."""
        rank = {layer: place for place, layer in enumerate(order)}
        outlines = [shape.path.sampled(16) for shape in self.shapes if shape.outline]
        shapes = []
        for shape in self.shapes:
            path = shape.path if shape.role == "piece" else trimmed(shape.path, outlines)
            if path:
                shapes.append(replace(shape, path=path))
        ordered = tuple(sorted(shapes, key=lambda shape: rank[shape.layer]))
        return View(self.view, ordered, dict(self.landmarks), self.garment.size)


def trimmed(path: Path, outlines: list[Points]) -> Path | None:
    """A line without what runs past the cloth; None where hardly anything stays."""
    points = path.sampled(24)
    out = beyond(points, outlines) > OVERRUN
    if not out.any():
        return path
    ends = np.flatnonzero(np.diff(np.concatenate([[True], out, [True]]).astype(int)))
    start, stop = max(zip(ends[::2], ends[1::2], strict=True), key=lambda run: run[1] - run[0], default=(0, 0))
    if stop - start < 8:
        return None
    kept = [*range(int(start), int(stop) - 1, 8), int(stop) - 1]
    return smooth([(float(x), float(y)) for x, y in points[kept]])


class Torso:
    """The right half of a body piece from underarm to hem: its width at each height, in cm.

    Args:
        widths: (height, half width) from the underarm down; the side seam runs smoothly through them.
    """

    def __init__(self, widths: list[tuple[float, float]]) -> None:
        self.widths = widths
        self._seam: Points = smooth([(x, y) for y, x in widths]).sampled(16)

    def x(self, y: float) -> float:
        """Half the width at height ``y``."""
        return float(np.interp(y, self._seam[:, 1], self._seam[:, 0]))

    def side(self, top: float, bottom: float, steps: int = 6) -> Path:
        """The side seam between two heights."""
        return smooth([(self.x(y), y) for y in np.linspace(top, bottom, steps + 1).tolist()])
