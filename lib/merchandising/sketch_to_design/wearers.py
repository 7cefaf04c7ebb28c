"""Who wears a design in its picture: people of different bodies, skins, ages and ways of moving."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lib.i18n import N_
from lib.merchandising.sketch_to_design import drawing
from lib.merchandising.sketch_to_design.design import Design

NOT_WORN: Final = ("bag", "shoe")


@dataclass(frozen=True)
class Wearer:
    """A person to choose: ``size`` 0 is the design's own."""

    label: str
    size: int
    looks: dict[str, Any]


WEARERS: Final[dict[str, Wearer]] = {
    "own": Wearer(N_("The size drawn"), 0, {"tone": 7, "hair": "coily", "hair_colour": "black"}),
    "48": Wearer(N_("Size 48"), 48, {"tone": 3, "hair": "bob", "hair_colour": "chestnut"}),
    "grey": Wearer(N_("At 68"), 42, {"tone": 5, "age": 68, "hair": "short"}),
    "wheels": Wearer(N_("In a wheelchair"), 40, {"tone": 9, "hair": "shaved", "wheelchair": True, "pose": "seated"}),
    "leg": Wearer(N_("With a leg prosthesis"), 38, {"tone": 2, "hair": "long", "prosthesis": "left_leg"}),
}


def can_be_worn(design: Design) -> bool:
    """Whether a figure can wear it: no bag, no shoe, and a flat rather than a sketch."""
    return design.kind not in NOT_WORN and not design.sketch


def worn(design: Design, wearer: str, size: tuple[int, int] = (1000, 1500)) -> NDArray[np.uint8]:
    """A design on a figure, on paper, shape (h, w, 3); the garment is cut to the wearer's size."""
    import cv2

    from lib.atelier.figures import Person, figure
    from lib.atelier.garments import flat
    from lib.atelier.wearing import wear

    chosen = WEARERS[wearer]
    wearing = chosen.size or design.size
    view = flat(replace(design.garment, size=wearing)).front
    body = figure(Person(size=wearing, **chosen.looks))
    drawn = wear(body, view, {"fabric": design.fabric}, 0.9 * size[1] / body.box[3], seed=design.seed)
    down, across = np.nonzero(drawn[..., 3])
    seen = drawn[down.min() : down.max() + 1, across.min() : across.max() + 1]
    shrink = min(1.0, 0.94 * size[0] / seen.shape[1], 0.94 * size[1] / seen.shape[0])
    if shrink < 1:
        wide, tall = round(seen.shape[1] * shrink), round(seen.shape[0] * shrink)
        seen = np.asarray(cv2.resize(seen, (wide, tall), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return drawing.on_paper(drawing.placed(seen, size))
