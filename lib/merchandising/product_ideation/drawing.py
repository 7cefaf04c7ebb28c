"""An idea drawn: its garment in its fabric, print and colours, front and back."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.atelier.palettes import Palette
from lib.merchandising.product_ideation.cloth import FABRICS, PRINTS, SMALL, colour_hex
from lib.merchandising.product_ideation.feasible import garment_of
from lib.merchandising.product_ideation.model import Genome

Pixels = NDArray[np.uint8]
PAGE = (880, 600)  # pixels
FRONT, BACK = (570, 580), (250, 330)  # rooms for the two views
MARGIN = 6.5  # cm about a view, both sides together
MOST_PER_CM = 8.0
PAPER = (251, 250, 246)
# Steps in CIELAB's lightness from the idea's colour to those beside it, towards the side where there is room.
CLOTH_STEPS = (7.0,)
PRINT_STEPS = (42.0,)
RICH_STEPS = (34.0, 18.0, -12.0, 26.0, 10.0)  # as many as a print has colours, so that none is made up
RICH = ("floral", "paisley", "ikat", "camouflage", "tartan")  # prints of more than two colours
GREY = 0.75  # of the colour's chroma that the tones beside it keep


def palette_of(genome: Genome, printed: str = "") -> Palette:
    """The idea's colour first, then quieter tones of it: near in a cloth, further where a print has to be seen."""
    from lib.atelier.colours import Colour, lch_from_lab, rgb_from_lab
    from lib.atelier.colours.spaces import lab_from_lch

    main = Colour(colour_hex(genome.get("colour", "")))
    lightness, chroma, hue = (float(value) for value in lch_from_lab(main.lab))
    steps = RICH_STEPS if printed in RICH else PRINT_STEPS if printed else CLOTH_STEPS
    chroma *= GREY if printed else 1.0
    side = 1 if lightness < 60 else -1
    tones = [
        Colour.of(rgb_from_lab(lab_from_lch([min(max(lightness + side * step, 8.0), 97.0), chroma, hue])))
        for step in steps
    ]
    return Palette((main, *tones))


def fabric_kind(genome: Genome) -> str:
    """The atelier's cloth for an idea; a pattern that is knitted is its cloth."""
    pattern = PRINTS.get(genome.get("pattern", ""), "")
    return pattern if pattern and not print_kind(genome) else FABRICS.get(genome.get("fabric", ""), "plain_weave")


def print_kind(genome: Genome) -> str:
    """The atelier's print for an idea's pattern; '' for none, or one that is knitted."""
    from lib.atelier.fabrics import KINDS

    pattern = PRINTS.get(genome.get("pattern", ""), "")
    return pattern if pattern and KINDS[pattern].family == "print" else ""


def draw(genome: Genome, seed: int = 0) -> bytes | None:
    """The idea as a PNG of ``PAGE``, front large and back small; None where the atelier draws no such category.

    All garments of a kind are drawn to one scale and hang from one line, so that a midi is seen to be shorter than a
    maxi.
    """
    from PIL import Image

    from lib.atelier.garments import flat

    garment = garment_of(genome)
    if garment is None:
        return None
    drawn = flat(garment)
    page = Image.new("RGB", PAGE, PAPER)
    largest = _largest(garment.kind)
    for view, room, centre in ((drawn.front, FRONT, 300), (drawn.back, BACK, 745)):
        left, top, right, bottom = view.bounds()
        per_cm = min(_scale(room, largest), _scale(room, (right - left, top, bottom)))
        picture = Image.fromarray(_view(view, genome, per_cm, seed))
        above = PAGE[1] / 2 - (largest[2] - largest[1] + MARGIN) * per_cm / 2 + (top - largest[1]) * per_cm
        page.paste(picture, (centre - picture.width // 2, max(round(above), 0)), picture)
    out = io.BytesIO()
    page.save(out, "PNG", optimize=True)
    return out.getvalue()


@lru_cache(maxsize=32)
def _largest(kind: str) -> tuple[float, float, float]:
    """Width, top and bottom in cm that a kind of garment takes at most, in all its lengths, cuts and sleeves."""
    from lib.atelier.garments import Garment, flat, options

    offered = options(kind)

    def bounds(**wanted: Any) -> tuple[float, float, float, float]:
        found: tuple[float, float, float, float] = flat(Garment(kind, **wanted)).front.bounds()
        return found

    lengths = {length: bounds(length=length) for length in offered.get("length", ())}
    longest = {"length": max(lengths, key=lambda one: lengths[one][3])} if lengths else {}
    parts = [(name, value) for name in ("silhouette", "sleeve") for value in offered.get(name, ())]
    found = [bounds(**longest), *(bounds(**{**longest, name: value}) for name, value in parts)]
    found += lengths.values()
    return max(one[2] - one[0] for one in found), min(one[1] for one in found), max(one[3] for one in found)


def _scale(room: tuple[int, int], size: tuple[float, float, float]) -> float:
    """Pixels per cm at which a width, top and bottom fit a room."""
    width, top, bottom = size
    return min(MOST_PER_CM, room[0] / (width + MARGIN), room[1] / (bottom - top + MARGIN))


def _view(view: Any, genome: Genome, per_cm: float, seed: int) -> Pixels:
    """One side, shape (h, w, 4): the cloth, and a print laid over it.

    A print is drawn once with its figures and once with all of them in the ground's colour; what the figures change is
    put on the cloth, so that lace stays open and velvet keeps its pile.
    """
    from lib.atelier.fabrics import Fabric
    from lib.atelier.rendering import render

    kind, printed, small = fabric_kind(genome), print_kind(genome), SMALL.get(genome.get("pattern", ""))

    def rendered(of: str, colours: Palette, scale: float | None = None) -> Pixels:
        return np.asarray(render(view, {"fabric": Fabric(of, colours, scale)}, per_cm, seed=seed))

    if not printed:
        return rendered(kind, palette_of(genome), small)
    palette = palette_of(genome, printed)
    figures = rendered(printed, palette, small)
    if kind == "plain_weave":
        return figures
    cloth = rendered(kind, palette_of(genome))
    ground = rendered(printed, Palette((palette.pick(0),) * len(palette)), small)
    return np.dstack([_over(cloth, figures, ground), cloth[..., 3]])


def _over(cloth: Pixels, figures: Pixels, ground: Pixels) -> Pixels:
    """sRGB, (h, w, 3): the cloth multiplied by what the figures change of their ground, in linear light."""
    from lib.atelier.colours.spaces import linear_from_rgb, rgb_from_linear

    one, two, three = (linear_from_rgb(part[..., :3].astype(float)) for part in (cloth, figures, ground))
    mixed = rgb_from_linear(one * (two + 0.002) / (three + 0.002))
    return np.asarray(np.rint(mixed), dtype=np.uint8)
