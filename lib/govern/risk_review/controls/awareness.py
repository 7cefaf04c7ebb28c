"""Staff who don't see the errors."""

from __future__ import annotations

from typing import Final

from lib.govern.risk_review.model import Control, Risk, Sure
from lib.i18n import N_

AWARENESS: Final = (
    Control(
        "tested_broadly", Risk.AWARENESS, "A",
        N_("Do decisions rest on more than a few trials that somebody liked?"),
        N_("Five good examples say nothing about the worst of five hundred."),
        N_("Measures with number of cases, interval and baseline: a Proof, a comparison, a pilot’s figures."),
        (("nist", "MS-2.5-001"),), needs_evidence=True, weight=3,
    ),
    Control(
        "trained_staff", Risk.AWARENESS, "A",
        N_("Were the people who use it trained on its errors and on AI in general?"),
        N_("The law asks for AI literacy, and the source names unaware staff as a risk of its own."),
        N_("The list of who was trained when, on which errors, with the result of an exercise."),
        (("act", "4"), ("nist", "MP-3.4-002"), ("document", "")), needs_evidence=True, weight=3,
    ),
    Control(
        "warned", Risk.AWARENESS, "A",
        N_("Does it say, where one works with it, that outputs may be wrong, and how?"),
        N_("Fluent texts and fine pictures look right. A warning helps when it names the errors to look for."),
        N_("A picture of the page with the warning, in the languages of its users."),
        (("nist", "GV-5.1-002"), ("iso", "A.8.2")),
    ),
    Control(
        "named_reviewer", Risk.AWARENESS, "CIBL",
        N_("Does a named person have to approve before anything is published?"),
        N_("Where everybody may publish, nobody has read it. A name makes it somebody’s work."),
        N_("The rule, and approvals with names on a sample of what was published."),
        (("nist", "MG-3.2-008"),), needs_evidence=True, weight=3,
    ),
    Control(
        "facts_checked", Risk.AWARENESS, "CKL",
        N_("Are facts, citations and specifications in the outputs checked?"),
        N_("A wrong composition or a made-up clause is an error that reaches clients and courts."),
        N_("Results of the checks on facts and claims, with the share of outputs that failed."),
        (("nist", "MS-2.5-003; MP-2.3-003"),), needs_evidence=True, weight=3,
    ),
    Control(
        "override", Risk.AWARENESS, "HTL",
        N_("Can the person who reviews override the output, and does that happen?"),
        N_("People follow a machine’s proposal even against what they see. If nobody ever overrides, nobody looks."),
        N_("The share of outputs that were changed or refused, over some weeks."),
        (("act", "14"),), Sure.CONFIRM, needs_evidence=True, weight=3,
    ),
    Control(
        "qualified_review", Risk.AWARENESS, "LH",
        N_("Are legal and HR documents read by someone qualified before they are used?"),
        N_("A plausible clause that doesn’t hold is found by a lawyer or by the other side."),
        N_("Who reads which kind of document, and their sign-off on the last ones."),
        (("iso", "A.9.2"),), needs_evidence=True, weight=3,
    ),
    Control(
        "cosmetics_limits", Risk.AWARENESS, "M",
        N_("Are proposed formulas checked against the lists of prohibited and restricted substances in force?"),
        N_("A method that looks for the best mixture knows only the limits it was given, and those lists change"
           " several times a year."),
        N_("The version of the annexes, the date, and the toxicologist or formulator who checked."),
        (("regulation", "1223/2009, 14"),), Sure.CONFIRM, needs_evidence=True, weight=3,
    ),
)  # fmt: skip
