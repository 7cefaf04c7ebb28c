"""Inputs on which the agents' prompt can be tried before anything is sent, and what its variables are."""

from __future__ import annotations

from lib.i18n import N_
from lib.merchandising.product_ideation.model import Role, Steering
from lib.merchandising.product_ideation.rounds import hold_round
from lib.merchandising.product_ideation.samples import (
    HOUSE_NAME,
    PARTNER_NAME,
    fitted,
    sample_codes,
    sample_styles,
)
from lib.merchandising.product_ideation.scoring import Codes, Scorer
from lib.merchandising.product_ideation.speaking import shortlist
from lib.merchandising.product_ideation.task import Shortlist

MEANINGS = {
    "role": N_("Which of the four agents speaks."),
    "aim": N_("What this agent looks for."),
    "house": N_("The house’s name; empty for a line of one’s own."),
    "partner": N_("The second brand’s name; empty without a limited edition."),
    "wish": N_("The person’s wish in a sentence; empty where there is none."),
    "must": N_("What each idea must keep."),
    "must_not": N_("What no idea may have."),
    "ideas": N_("The shortlist with its scores, and changes that could be asked for."),
}


def examples() -> dict[str, Shortlist]:
    """Two shortlists of the demo house that between them use every part of the prompt."""
    _line, sell, margin = fitted(sample_styles())
    plain = Scorer(sell, margin, Codes(sample_codes(), house_name=HOUSE_NAME), Steering(ideas=3))
    wished = Steering(
        ideas=3, sentence="more linen, no velvet", must=(("fabric", "linen"),), must_not=(("fabric", "velvet"),)
    )
    both = Codes(sample_codes(), sample_codes(partner=True), HOUSE_NAME, PARTNER_NAME)
    return {
        N_("The merchandiser on a first shortlist"): _seen(plain, "merchandiser"),
        N_("The brand guardian on a limited edition, with a wish"): _seen(
            Scorer(sell, margin, both, wished), "guardian"
        ),
    }


def _seen(scorer: Scorer, role: Role) -> Shortlist:
    held = hold_round(scorer, 1, 0, generations=4, population=24)
    return shortlist(scorer, role, held.ideas)
