"""Reputation: what the public is told and shown. It stands under the same heading as bias and fairness."""

from __future__ import annotations

from typing import Final

from lib.govern.risk_review.model import Control, Risk, Sure
from lib.i18n import N_

REPUTATION: Final = (
    Control(
        "told_machine", Risk.FAIRNESS, "K",
        N_("Do people know that they talk with a machine?"),
        N_("It has been a duty since 2 August 2026, and a client who feels fooled tells others."),
        N_("The first message in each language and channel."),
        (("act", "50(1)"),), weight=3,
    ),
    Control(
        "fakes_disclosed", Risk.FAIRNESS, "IV",
        N_("Is it said where a picture or video could be taken for real?"),
        N_("Realistic fakes must be disclosed, and a model who never existed is a story for the press."),
        N_("The label as the public sees it, by channel."),
        (("act", "50(4)"),), needs_evidence=True, weight=3,
    ),
    Control(
        "synthetic_performer", Risk.FAIRNESS, "IV",
        N_("For advertising in New York: is a synthetic performer disclosed?"),
        N_("The state asks for it in advertisements, with a penalty for each."),
        N_("The wording in the advertisement, or that none runs there."),
        (("other", "New York General Business Law, 396-b"),), weight=1,
    ),
    Control(
        "no_intimate_pictures", Risk.FAIRNESS, "IV",
        N_("Are intimate pictures blocked, in try-on as well?"),
        N_("Undressing a person by machine is an offence in many countries and takes one upload."),
        N_("What was tried to get one, and that it was refused."),
        (("nist", "GV-1.4-001"),), needs_evidence=True, weight=3,
    ),
    Control(
        "offensive_pictures", Risk.FAIRNESS, "IV",
        N_("Does a person who knows the markets look at each picture before it goes out, for what may offend?"),
        N_("The source names offensive pictures in a worldwide campaign. Blaming the machine then calms nobody."),
        N_("The names of those who look, by market, and what they turned down."),
        (("document", ""),), Sure.READ, needs_evidence=True, weight=3,
    ),
    Control(
        "cultural_motifs", Risk.FAIRNESS, "I",
        N_("Are sacred signs and the motifs of communities kept out, or used with their agreement?"),
        N_("A pattern that a model offers may be a people’s heritage; houses have withdrawn collections over it."),
        N_("Where a motif comes from, who was asked, and what was agreed."),
        (("document", ""),), Sure.CONFIRM,
    ),
    Control(
        "green_claims", Risk.FAIRNESS, "CB",
        N_("Is each environmental claim specific, and is there proof of it?"),
        N_("General claims such as 'eco-friendly' without proof have been banned in the EU since 27 September 2026."),
        N_("The claims check’s results, and the certificate behind each claim that stays."),
        (("directive", "2024/825"),), needs_evidence=True, weight=3,
    ),
    Control(
        "cosmetics_safety", Risk.FAIRNESS, "M",
        N_("Has a qualified assessor signed a safety report before a formula touches anyone’s skin?"),
        N_("A model of viscosity and cost knows nothing of allergies. Panels and clients are people."),
        N_("The safety report and the responsible person for each formula that left the laboratory."),
        (("regulation", "1223/2009, 10"),), Sure.CONFIRM, needs_evidence=True, weight=3,
    ),
)  # fmt: skip
