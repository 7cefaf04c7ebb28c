"""Which shapes suit a face, as stylists usually put it. Opinion, and marked as such on the page."""

from __future__ import annotations

from dataclasses import dataclass

from lib.i18n import N_
from lib.merchandising.made_to_measure_eyewear.measuring import Measured
from lib.merchandising.made_to_measure_eyewear.population import ADULTS

# Length from the eyes to the chin over breadth: an invented middle, since the rule itself is one of taste.
SHORT, LONG = 0.74, 0.84


@dataclass(frozen=True)
class Advice:
    """Shapes to begin with, and why: message ids."""

    face: str
    shapes: tuple[str, ...]
    reasons: tuple[str, ...]


def advice(measured: Measured) -> Advice:
    """What a stylist would try first."""
    ratio = measured.length.mm / measured.width.mm
    if ratio < SHORT:
        face = N_("short and broad")
        shapes = ("rectangle", "cat_eye")
        reasons = [N_("Straight lines and an upswept brow lengthen a face that is broad for its height.")]
    elif ratio > LONG:
        face = N_("long and narrow")
        shapes = ("panto", "aviator")
        reasons = [N_("A tall lens shortens a long face; a low, narrow one would draw it out.")]
    else:
        face = N_("balanced")
        shapes = ("panto", "round")
        reasons = [N_("With balanced proportions the choice is free: soft shapes stay in the background.")]
    apart = measured.pd.mm / measured.width.mm - ADULTS["pd"].mean / ADULTS["width"].mean
    if apart < -0.02:
        reasons.append(N_("The eyes stand close together: a light or clear bridge opens the middle."))
    elif apart > 0.02:
        reasons.append(N_("The eyes stand wide apart: a dark bridge and a strong brow line hold them together."))
    return Advice(face, shapes, tuple(reasons))
