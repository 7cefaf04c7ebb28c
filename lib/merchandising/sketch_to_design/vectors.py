"""A design as layered SVG: the flat's own layers, or a sketch's regions and lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from lib.access import Actor
from lib.merchandising.sketch_to_design import drawing, sketched
from lib.merchandising.sketch_to_design.design import Design
from lib.merchandising.sketch_to_design.sketch_pictures import roles_of, whole

if TYPE_CHECKING:
    from lib.vision.sketches import Region

#: Pixels of the longer side in which a sketch's layers are drawn.
LONGEST: Final = 1600


@dataclass(frozen=True, eq=False)
class _Drawn:
    """A sketch drawn again, as whoever writes its SVG reads it."""

    lines: NDArray[np.float32]
    regions: NDArray[np.int32]
    parts: Sequence[Region]
    pixels_per_cm: float
    grains: dict[int, float]
    roles: dict[int, str]
    paths: tuple[str, ...] = ()


def layered(design: Design, actor: Actor) -> str:
    """Front and back of a flat, or the regions and lines of its sketch, with the fabric as a pattern.

    Raises:
        NotFound: the sketch is gone.
    """
    if not design.sketch:
        return drawing.vector(design)
    from lib.atelier.laid_vectors import vector

    read = sketched.open_sketch(sketched.content_of(design.sketch, actor))
    fills = {part.label: design.fabric for part in read.parts}
    if read.paths:  # its own paths are its lines
        return vector(read, fills, seed=design.seed)
    drawn = whole(read, LONGEST)
    made = _Drawn(drawn.lines, drawn.regions, read.parts, drawn.pixels_per_cm, read.grains, roles_of(read))
    return vector(made, fills, seed=design.seed, fastenings=drawn.fastenings)
