"""An idea drawn: its garment in its fabric, print and colours, front and back."""

from __future__ import annotations

import io
from typing import Any

from lib.atelier.palettes import Palette
from lib.merchandising.product_ideation.cloth import FABRICS, PRINTS, SMALL, colour_hex
from lib.merchandising.product_ideation.feasible import garment_of
from lib.merchandising.product_ideation.model import Genome

PAGE = (880, 600)  # pixels
FRONT, BACK = (570, 580), (250, 330)  # rooms for the two views
MOST_PER_CM = 8.0
PAPER = (251, 250, 246)


def palette_of(genome: Genome) -> Palette:
    """The idea's colour, and beside it what a print of it needs: a light or dark ground, then tints."""
    main = colour_hex(genome.get("colour", ""))
    level = sum(int(main[at : at + 2], 16) * share for at, share in ((1, 0.2126), (3, 0.7152), (5, 0.0722)))
    other = "#F4F0E4" if level < 150 else "#2B2A2C"
    return Palette.of(main, other)


def fabric_kind(genome: Genome) -> str:
    """The atelier's fabric for an idea: its print where it has one, else its cloth."""
    return PRINTS.get(genome.get("pattern", "")) or FABRICS.get(genome.get("fabric", ""), "plain_weave")


def draw(genome: Genome, seed: int = 0) -> bytes | None:
    """The idea as a PNG of ``PAGE``, front large and back small; None where the atelier draws no such category."""
    from PIL import Image

    from lib.atelier.fabrics import Fabric
    from lib.atelier.garments import flat

    garment = garment_of(genome)
    if garment is None:
        return None
    drawn = flat(garment)
    fabrics = {"fabric": Fabric(fabric_kind(genome), palette_of(genome), SMALL.get(genome.get("pattern", "")))}
    page = Image.new("RGB", PAGE, PAPER)
    middle = PAGE[1] // 2
    for view, room, centre in ((drawn.front, FRONT, (300, middle)), (drawn.back, BACK, (745, middle))):
        picture = _view(view, fabrics, room, seed)
        page.paste(picture, (centre[0] - picture.width // 2, centre[1] - picture.height // 2), picture)
    out = io.BytesIO()
    page.save(out, "PNG", optimize=True)
    return out.getvalue()


def _view(view: Any, fabrics: dict[str, Any], room: tuple[int, int], seed: int) -> Any:
    """One side as large as its room allows."""
    from PIL import Image

    from lib.atelier.rendering import render

    left, top, right, bottom = view.bounds()
    per_cm = min(MOST_PER_CM, room[0] / (right - left + 6.5), room[1] / (bottom - top + 6.5))
    return Image.fromarray(render(view, fabrics, per_cm, seed=seed))
