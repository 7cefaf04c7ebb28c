"""Bias and fairness: how people are pictured, watched, judged and addressed."""

from __future__ import annotations

from typing import Final

from lib.govern.risk_review.model import Control, Risk, Sure
from lib.i18n import N_

FAIRNESS: Final = (
    Control(
        "compared_groups", Risk.FAIRNESS, "IVC",
        N_("Were outputs compared across gender, skin tone, age and size?"),
        N_("Models know some bodies better than others; those left out notice it first, and in public."),
        N_("Measures by group, with how many cases each; a difference named, not averaged away."),
        (("nist", "MS-2.11-002"),), needs_evidence=True, weight=3,
    ),
    Control(
        "stereotypes", Risk.FAIRNESS, "CK",
        N_("Was it tested for stereotypes, and are that test’s limits noted?"),
        N_("Who is addressed how, and who is offered what, tells clients what a house thinks of them."),
        N_("The test with its cases in each language, and what it can’t see."),
        (("nist", "MS-2.11-001"),), needs_evidence=True,
    ),
    Control(
        "false_alarms", Risk.FAIRNESS, "T",
        N_("Are false alarms measured by group before any alert is acted on?"),
        N_("A pharmacy chain was kept from using face recognition for five years: its false alarms fell more often on"
           " some groups, the authority said."),
        N_("The error rate by group on the house’s own footage, with its interval."),
        (("ftc", "Rite Aid (2023)"),), needs_evidence=True, weight=3,
    ),
    Control(
        "person_confirms", Risk.FAIRNESS, "T",
        N_("Does a person confirm before anyone is spoken to or stopped?"),
        N_("A wrong accusation in a boutique can’t be taken back."),
        N_("The procedure, and the log of alerts with who confirmed them."),
        (("ftc", "Rite Aid (2023)"),), needs_evidence=True, weight=3,
    ),
    Control(
        "no_watch_list", Risk.FAIRNESS, "T",
        N_("Is matching faces with a list of suspects excluded, or treated as high-risk?"),
        N_("Remote identification by the body is among the high-risk uses, and partly forbidden."),
        N_("The vendor’s setting and contract, or the full file that high-risk uses need."),
        (("annex", "III, 1(a)"),), needs_evidence=True, weight=3,
    ),
    Control(
        "no_emotions", Risk.FAIRNESS, "TH",
        N_("Is it certain that nobody’s emotions are inferred?"),
        N_("Of staff at work it is prohibited; elsewhere it is high-risk, and the science behind it is weak."),
        N_("The vendor’s written statement and the list of features that are on."),
        (("act", "5(1)(f)"), ("annex", "III, 1(c)")), needs_evidence=True, weight=3,
    ),
    Control(
        "no_sensitive_traits", Risk.FAIRNESS, "EVT",
        N_("Is it certain that nothing infers race, religion or orientation from bodies?"),
        N_("Sorting people by such traits from biometrics is prohibited."),
        N_("What is computed and kept of a face or body, field by field."),
        (("act", "5(1)(g)"),), needs_evidence=True, weight=3,
    ),
    Control(
        "told_categorised", Risk.FAIRNESS, "TE",
        N_("Are people told when they are sorted by their bodies?"),
        N_("The law asks for it, and a client who finds out otherwise doesn’t come back."),
        N_("The notice as people see it, where and when."),
        (("act", "50(3)"),), weight=3,
    ),
    Control(
        "applicants_ranked", Risk.FAIRNESS, "H",
        N_("Is the ranking of applicants or staff treated as high-risk, and are workers informed?"),
        N_("Recruiting, promotion and evaluation are on the list of high-risk uses, with duties for the employer."),
        N_("The class with its reason, and how workers and their representatives were informed."),
        (("annex", "III, 4(a)"), ("act", "26(7)")), needs_evidence=True, weight=3,
    ),
    Control(
        "no_automatic_decision", Risk.FAIRNESS, "H",
        N_("Is no decision that weighs on a person taken by the machine alone?"),
        N_("People have a right not to be subject to one; a person who only clicks 'OK' doesn’t count."),
        N_("Where in the process a person decides, with which information and how much time."),
        (("gdpr", "22"),), Sure.READ, needs_evidence=True, weight=3,
    ),
    Control(
        "us_hiring", Risk.FAIRNESS, "H",
        N_("For hiring in the United States: are New York City’s bias audit, Illinois’s notice and Colorado’s SB 26-189"
           " seen to?"),
        N_("Each has its own audit, notice and dates, and they change."),
        N_("Counsel’s note for each state in which people are hired, or that none is."),
        (("other", "NYC Local Law 144; Illinois HB 3773; Colorado SB 26-189"),),
    ),
    Control(
        "staff_monitored", Risk.FAIRNESS, "W",
        N_("Is what it records of staff proportionate, and were they and their representatives told before?"),
        N_("Positions, sales and conversations of each employee are monitoring, even if meant to help."),
        N_("The minutes of the works council’s consultation, and what is recorded of whom for how long."),
        (("gdpr", "88"), ("other", "Code du travail, L1222-4, L2312-38")), Sure.CONFIRM, needs_evidence=True, weight=3,
    ),
    Control(
        "staff_not_sanctioned", Risk.FAIRNESS, "W",
        N_("Is it excluded that its figures alone lead to sanctions, pay or dismissal?"),
        N_("A figure made for planning measures the shift and the store as much as the person."),
        N_("The written rule, known to managers, and who checks it."),
        (("gdpr", "22"),), Sure.CONFIRM,
    ),
    Control(
        "profiling_basis", Risk.FAIRNESS, "P",
        N_("Is there a legal basis for profiling each client, kept with its purpose?"),
        N_("What a client told the shop for a repair isn’t there to guess what she will buy."),
        N_("The basis and the consent by purpose, and that those without are left out: tried on real records."),
        (("gdpr", "6"),), Sure.CONFIRM, needs_evidence=True, weight=3,
    ),
    Control(
        "profiling_objection", Risk.FAIRNESS, "P",
        N_("Can a client object to profiling for marketing, and does it stop at once?"),
        N_("Against direct marketing the objection is absolute: no reason has to be given."),
        N_("A tried objection, and the segment or page without that client afterwards."),
        (("gdpr", "21(2)-(3)"),), Sure.CONFIRM, needs_evidence=True,
    ),
    Control(
        "fair_offers", Risk.FAIRNESS, "P",
        N_("Are personal prices disclosed, and do offers treat alike clients who are alike?"),
        N_("A price set by automated decision has to be called so; a client who compares on two phones will."),
        N_("The notice beside the price, or that prices aren’t personal; offers compared by age, gender and place."),
        (("other", "Directive 2011/83/EU, 6(1)(ea)"),), Sure.CONFIRM, needs_evidence=True,
    ),
)  # fmt: skip
