"""What the field says of the sector: beside a value sheet to compare with, never in its sums."""

from __future__ import annotations

from dataclasses import dataclass

from lib.i18n import N_


@dataclass(frozen=True)
class SectorFigure:
    """One published figure with who published it. Both are message ids."""

    said: str
    source: str


FIGURES = (
    SectorFigure(
        N_(
            "Operating profit of apparel, fashion and luxury as a whole: 150 to 275 billion dollars more"
            " within three to five years."
        ),
        N_("McKinsey’s analysis, quoted in “Generative AI: Unlocking the future of fashion”"),
    ),
    SectorFigure(
        N_("Companies that excel at personalisation: 40% more revenue from it than those that don’t."),
        N_("A McKinsey study, quoted in the same article"),
    ),
    SectorFigure(
        N_("Luxury boutiques with shopping by appointment: 60 to 70% of visits end in a sale at best."),
        N_("Quoted in the same article, of high-end brands"),
    ),
)
