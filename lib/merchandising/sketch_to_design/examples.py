"""Briefs on which the reading prompt can be tried before anything is sent, and what its variable is."""

from __future__ import annotations

from lib.i18n import N_
from lib.merchandising.sketch_to_design.wish import ReadWords

MEANINGS = {"text": N_("The designer’s brief in a sentence or two, in French or English.")}


def examples() -> dict[str, ReadWords]:
    """A brief in each language, and one that rules things out."""
    return {
        N_("A dress, in French"): ReadWords(text="robe midi en lin vert sauge, encolure carrée, poches"),
        N_("A coat, in English"): ReadWords(text="a double-breasted camel wool coat with a tie belt and flap pockets"),
        N_("Two pieces, with what they must not have"): ReadWords(
            text="a sleeveless white shirt without pockets and pleated navy trousers, no belt"
        ),
    }
