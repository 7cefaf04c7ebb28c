"""From options to a flat."""

from __future__ import annotations

from collections.abc import Callable

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
    return draft.done(LAYERS)
