"""An idea as layered, named SVG: what a designer opens in a drawing tool, its cloth a pattern at its real scale."""

from __future__ import annotations

from lib.atelier.drawing import Tile
from lib.merchandising.product_ideation.cloth import SMALL
from lib.merchandising.product_ideation.drawing import fabric_kind, palette_of, print_kind
from lib.merchandising.product_ideation.feasible import garment_of
from lib.merchandising.product_ideation.model import Genome

PIXELS_PER_CM = 24.0
MOST_PIXELS = 720.0


def vector(genome: Genome) -> str | None:
    """Front and back; None where the atelier draws no such category.

    A print fills the shapes by itself: the weave of the cloth under it is in the PNG alone.
    """
    from lib.atelier.garments import flat, svg

    garment = garment_of(genome)
    return None if garment is None else svg(flat(garment), {"fabric": _tile(genome)})


def _tile(genome: Genome) -> Tile:
    from lib.atelier.fabrics import Fabric, natural_size, tile

    printed = print_kind(genome)
    fabric = Fabric(printed or fabric_kind(genome), palette_of(genome, printed), SMALL.get(genome.get("pattern", "")))
    side = natural_size(fabric)
    return Tile(tile(fabric, min(PIXELS_PER_CM, MOST_PIXELS / side), side), side)
