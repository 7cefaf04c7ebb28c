"""The kinds of fabric: what each is called, how large its structure is, and how the cloth behaves.

Weights are middles of what mills offer for the kind, in grams a square metre; fall goes from 0 (stands by itself) to
1 (runs like water), shine from 0 (chalk) to 1 (mirror). They are this product's judgement, not measurements.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lib.i18n import N_


@dataclass(frozen=True)
class Kind:
    """A kind of fabric.

    Args:
        name: its key.
        label: its name for people, a message id.
        family: ``weave``, ``knit``, ``surface`` or ``print``.
        scale_cm: from one thread, stitch, cell or motif to the next, where the fabric says nothing else.
        scale_of: what that distance is, a message id.
        colours: how many colours of the palette it uses at most.
        weight: grams a square metre.
        fall: 0 stiff to 1 fluid.
        shine: 0 matt to 1 mirror.
        pile: how much of its light comes from hairs seen from their side: 0 none, 1 velvet, brightest where it turns
            away.
    """

    name: str
    label: str
    family: str
    scale_cm: float
    scale_of: str
    colours: int
    weight: int
    fall: float
    shine: float
    pile: float = 0.0


_THREAD, _STITCH, _REPEAT = N_("from thread to thread"), N_("from stitch to stitch"), N_("repeat of the motif")
_LOOP, _GRAIN, _DISC = N_("from loop to loop"), N_("size of the grain"), N_("diameter of a sequin")
_WALE = N_("from rib to rib")

_ALL: Final = (
    Kind("plain_weave", N_("plain weave"), "weave", 0.06, _THREAD, 1, 130, 0.5, 0.08),
    Kind("chambray", N_("chambray"), "weave", 0.06, _THREAD, 2, 140, 0.5, 0.06),
    Kind("linen", N_("linen"), "weave", 0.1, _THREAD, 1, 180, 0.4, 0.1),
    Kind("twill", N_("twill"), "weave", 0.07, _THREAD, 1, 240, 0.4, 0.12),
    Kind("denim", N_("denim"), "weave", 0.05, _THREAD, 2, 400, 0.15, 0.04),
    Kind("satin", N_("satin"), "weave", 0.03, _THREAD, 1, 120, 0.85, 0.8),
    Kind("tweed", N_("tweed"), "weave", 0.11, _THREAD, 4, 420, 0.2, 0.02),
    Kind("jersey", N_("jersey"), "knit", 0.12, _STITCH, 1, 180, 0.8, 0.05),
    Kind("rib_knit", N_("rib knit"), "knit", 0.22, _STITCH, 1, 320, 0.6, 0.03),
    Kind("cable_knit", N_("cable knit"), "knit", 5.0, _REPEAT, 1, 550, 0.3, 0.02),
    Kind("boucle", N_("bouclé"), "surface", 0.3, _LOOP, 3, 450, 0.3, 0.02),
    Kind("velvet", N_("velvet"), "surface", 0.03, _THREAD, 1, 320, 0.65, 0.0, 1.0),
    Kind("corduroy", N_("corduroy"), "surface", 0.3, _WALE, 1, 330, 0.3, 0.08),
    Kind("lace", N_("lace"), "surface", 6.0, _REPEAT, 2, 90, 0.75, 0.1),
    Kind("leather", N_("leather"), "surface", 0.16, _GRAIN, 1, 700, 0.15, 0.45),
    Kind("sequins", N_("sequins"), "surface", 0.55, _DISC, 2, 400, 0.6, 1.0),
    Kind("stripe", N_("stripe"), "print", 2.0, _REPEAT, 6, 130, 0.5, 0.08),
    Kind("check", N_("gingham check"), "print", 1.6, _REPEAT, 2, 130, 0.5, 0.06),
    Kind("tartan", N_("tartan"), "print", 8.0, _REPEAT, 4, 280, 0.35, 0.04),
    Kind("houndstooth", N_("houndstooth"), "print", 2.0, _REPEAT, 2, 300, 0.3, 0.04),
    Kind("dot", N_("polka dot"), "print", 2.0, _REPEAT, 3, 110, 0.65, 0.15),
    Kind("floral", N_("floral"), "print", 12.0, _REPEAT, 6, 100, 0.75, 0.15),
    Kind("paisley", N_("paisley"), "print", 10.0, _REPEAT, 5, 100, 0.75, 0.2),
    Kind("camouflage", N_("camouflage"), "print", 6.0, _REPEAT, 4, 220, 0.3, 0.04),
    Kind("ikat", N_("ikat"), "print", 8.0, _REPEAT, 4, 160, 0.5, 0.1),
)

#: Every kind by its key.
KINDS: Final[dict[str, Kind]] = {kind.name: kind for kind in _ALL}
