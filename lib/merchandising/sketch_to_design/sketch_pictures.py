"""A design in the lines of its sketch, as a picture of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lib.merchandising.sketch_to_design.design import Design
from lib.merchandising.sketch_to_design.redrawing import Redrawn, redrawn
from lib.merchandising.sketch_to_design.sketched import sides_of

if TYPE_CHECKING:
    from lib.vision.sketches import Sketch

Pixels = NDArray[np.uint8]


def sketch_picture(
    sketch: Sketch,
    design: Design,
    paper: tuple[int, int, int],
    size: tuple[int, int],
    side: str = "front",
    *,
    lens: bool = True,
) -> Pixels:
    """The sketch with the design's fabric in its regions on a sheet of ``size`` (width, height), shape (h, w, 3).

    Where it shows front and back, only the ``side`` asked for: each then fills its sheet. ``lens``: with the cloth
    magnified in a circle beside it, which is too small to be read in a grid.
    """
    from lib.atelier.laying import lay
    from lib.atelier.magnified import beside

    drawn = redrawn_side(sketch, size, side)
    laid = lay(
        drawn.lines,
        drawn.regions,
        {part.label: design.fabric for part in sketch.parts},
        drawn.pixels_per_cm,
        seed=design.seed,
        grains=sketch.grains,
        roles=roles_of(sketch),
        ground=paper,
        fastenings=drawn.fastenings,
    )
    if not lens:
        return laid
    return beside(laid, drawn.regions > 0, design.fabric, drawn.pixels_per_cm, design.seed)


def redrawn_side(sketch: Sketch, size: tuple[int, int], side: str = "front") -> Redrawn:
    """One side of a sketch at the size of a sheet."""
    return redrawn(sketch, box_of(sketch, side), size)


def whole(sketch: Sketch, longest: int) -> Redrawn:
    """All that a sketch shows, its sides beside each other; ``longest`` pixels on its longer side."""
    left, top, right, low = box = _around(sketch)
    scale = longest / max(right - left, low - top)
    return redrawn(sketch, box, (round((right - left) * scale), round((low - top) * scale)))


def roles_of(sketch: Sketch) -> dict[int, str]:
    """What each region is for whoever lays cloth: an opening between two halves of a collar shows the inside."""
    roles = sketch.roles
    for part in sketch.parts:
        sides = {one.side for one in sketch.named("collar") if one.garment == part.garment}
        if part.role == "collar" and not part.side and {"left", "right"} <= sides:
            roles[part.label] = "inside"
    return roles


def box_of(sketch: Sketch, side: str) -> tuple[int, int, int, int]:
    """What is drawn of a side with a twelfth of air around it (less where the other side stands near), as left, top,
    right, bottom."""
    height, width = sketch.regions.shape
    if len(sides_of(sketch)) == 2:
        (box,) = (drawn.box for drawn in sketch.garments if drawn.view == side)
        (other,) = (drawn.box for drawn in sketch.garments if drawn.view != side)
        air = max(box[2] - box[0], box[3] - box[1]) // 12
        near = min(air, max(other[0] - box[2], box[0] - other[2], 2) // 2)
        return max(0, box[0] - near), max(0, box[1] - air), min(width, box[2] + near), min(height, box[3] + air)
    return _around(sketch)


def _around(sketch: Sketch) -> tuple[int, int, int, int]:
    height, width = sketch.regions.shape
    down, across = np.nonzero(sketch.regions)
    air = int(max(np.ptp(down), np.ptp(across))) // 12
    left, top = max(0, int(across.min()) - air), max(0, int(down.min()) - air)
    return left, top, min(width, int(across.max()) + air), min(height, int(down.max()) + air)
