"""A design as layered SVG: the flat's own layers, or a sketch's regions and lines."""

from __future__ import annotations

from lib.access import Actor
from lib.merchandising.sketch_to_design import drawing, sketched
from lib.merchandising.sketch_to_design.design import Design


def layered(design: Design, actor: Actor) -> str:
    """Front and back of a flat, or the regions and lines of its sketch, with the fabric as a pattern.

    Raises:
        NotFound: the sketch is gone.
    """
    if not design.sketch:
        return drawing.vector(design)
    from lib.atelier.laid_vectors import vector

    read = sketched.open_sketch(sketched.content_of(design.sketch, actor))
    fabric = design.fabric
    return vector(read, {part.label: fabric for part in read.parts if part.role not in sketched.NOT_CLOTH})
