"""From options to a flat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from lib.atelier.bending import bent
from lib.atelier.drawing import Points
from lib.atelier.garments.bags import bag
from lib.atelier.garments.draft import Draft
from lib.atelier.garments.legs import trousers
from lib.atelier.garments.model import LAYERS, Flat, Garment, View, ViewName
from lib.atelier.garments.shoes import shoe
from lib.atelier.garments.skirts import skirt
from lib.atelier.garments.tops import jumpsuit, top

DRAWN: dict[str, Callable[[Draft], None]] = {
    "dress": top,
    "coat": top,
    "blazer": top,
    "shirt": top,
    "t_shirt": top,
    "knit": top,
    "trousers": trousers,
    "jeans": trousers,
    "skirt": skirt,
    "jumpsuit": jumpsuit,
    "bag": bag,
    "shoe": shoe,
}


def flat(garment: Garment) -> Flat:
    """The garment's flat drawing; ``Flat.garment`` says what was drawn, with excluding options settled."""
    settled = garment.settled()
    return Flat(settled, _view(settled, "front"), _view(settled, "back"))


def _view(garment: Garment, view: ViewName) -> View:
    draft = Draft(garment, view)
    DRAWN[garment.kind](draft)
    if garment.hem == "asymmetric_hem":
        slant(draft)
    return draft.done(LAYERS)


def slant(draft: Draft) -> None:
    """Cut the hem aslant: the wearer's left side shorter, from the hip down; pleats and stitches go along."""
    hem = max(shape.path.bounds()[3] for shape in draft.shapes if shape.outline)
    top = min(draft.measures.hip_height, hem - 14.0)
    wide = max(max(abs(x) for x in shape.path.bounds()[::2]) for shape in draft.shapes if shape.layer == "body")
    lift, left = min(0.38 * (hem - top), 20.0), 1.0 if draft.front else -1.0

    def move(points: Points) -> Points:
        x, y = points.T
        share = np.clip((y - top) / (hem - top), 0, 1)
        return np.column_stack([x, y - lift * share * np.clip((left * x / wide + 1) / 2, 0, 1)])

    draft.shapes = [
        replace(shape, path=bent(shape.path, move)) if shape.layer != "sleeves" else shape for shape in draft.shapes
    ]
