"""A design as a request to an image model: words, and the flat whose lines it is to follow."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from lib.atelier.garments.options import OPTIONS
from lib.engines.images.model import ImageRequest, Operation
from lib.i18n import use_language
from lib.merchandising.sketch_to_design import drawing, telling
from lib.merchandising.sketch_to_design.design import Design
from lib.merchandising.sketch_to_design.names import piece_name, value_name

SIZE = (768, 960)
SCENE = "laid flat on pale paper, soft even light, fashion catalogue photograph, no person, no text"
_NOTHING = ("none", "collarless")
#: What is asked of an engine, the first that it can do: lines to follow, a picture to start from, words alone.
WANTED: tuple[Operation, ...] = ("control", "image_to_image", "text_to_image")


def prompt_of(design: Design) -> str:
    """The design in English words, as models read them best."""
    with use_language("en"):
        garment = design.garment
        parts = [getattr(garment, part) for part in OPTIONS[design.kind]]
        cut = [value_name(part) for part in parts if part not in _NOTHING and part not in ("single", "double")]
        colours = " and ".join(colour.label("en") for colour in design.shown[:3])
        return f"{colours} {telling.made_of(design)} {piece_name(design.kind).lower()}, {', '.join(cut)}, {SCENE}"


class AtelierPainter:
    """The design as the atelier draws it: what the engine of that name is handed."""

    def __init__(self, design: Design) -> None:
        self.design = design

    def paint(self, width: int, height: int, seed: int) -> NDArray[np.uint8]:
        """The front on paper; the folds follow the seed."""
        return drawing.picture(self.design.model_copy(update={"seed": seed}), "front", (width, height))


def request_of(design: Design, can: Collection[Operation]) -> ImageRequest:
    """The request that an engine with these operations fulfils best: it follows the lines of the flat, or starts from
    the atelier's picture, or has the words alone.
    """
    operation = next((one for one in WANTED if one in can), WANTED[-1])
    picture = drawing.picture(design, "front", SIZE)
    return ImageRequest(
        operation=operation,
        prompt=prompt_of(design),
        size=SIZE,
        seed=design.seed,
        image=picture if operation == "image_to_image" else None,
        control=drawing.outline(design, "front", SIZE) if operation == "control" else None,
        strength=0.55,
        painter=AtelierPainter(design),
        follows=True,
        photo=bool(design.sketch),
    )
