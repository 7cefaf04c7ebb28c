"""The functions and groups of raw materials that the page can say in both languages; others are shown as they are."""

from __future__ import annotations

from lib.i18n import N_, translate
from lib.merchandising.beauty_formulation.regulation import folded

KNOWN = (
    N_("Solvent"), N_("Humectant"), N_("Thickener"), N_("Thickeners"), N_("Emulsifier"), N_("Emulsifiers"),
    N_("Consistency agent"), N_("Emollient"), N_("Oils"), N_("Preservative"), N_("Antioxidant"), N_("Fragrance"),
    N_("Colourant"), N_("Surfactant"), N_("Surfactants"), N_("Conditioner"), N_("pH adjuster"), N_("UV filter"),
    N_("separated overnight"),
)  # fmt: skip
_BY_NAME = {folded(word): word for word in KNOWN}


def spoken(word: str, language: str | None = None) -> str:
    """A function, a group or a note in the reader's language."""
    known = _BY_NAME.get(folded(word))
    return translate(known, language) if known else word
