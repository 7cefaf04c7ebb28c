"""Whether an impact assessment on data protection is needed, and which consent: by rules over what a use case does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from lib.govern.risk_review.model import Sure
from lib.i18n import N_

Need = Literal["needed", "check", "none"]


@dataclass(frozen=True)
class Rule:
    """``uses`` are letters; where one of them is a use case's, the rule says ``said`` (a message id)."""

    uses: str
    need: Need
    said: str
    source: str
    sure: Sure = Sure.CONFIRM
    high_only: bool = False  # holds where the use is classed as high-risk


NEED_TITLES: Final[dict[Need, str]] = {
    "needed": N_("Needed"),
    "check": N_("To be checked"),
    "none": N_("No rule here asks for it"),
}

IMPACT: Final = (
    Rule("T", "needed", N_("Areas open to the public are monitored systematically and on a large scale."),
         N_("GDPR, Art. 35(3)(c)"), Sure.READ),
    Rule("EV", "needed", N_("Faces or bodies are measured: special categories, where people are identified by them."),
         N_("GDPR, Art. 35(3)(b)")),
    Rule("H", "needed", N_("People at work are evaluated, and decisions about them follow."),
         N_("GDPR, Art. 35(3)(a)"), high_only=True),
    Rule("W", "needed", N_("Staff are observed while they work: constant monitoring is on the CNIL’s list."),
         N_("CNIL, list of operations that need an impact assessment (2018)")),
    Rule("P", "check", N_("Clients are profiled. Needed where it is systematic, extensive, and weighs on them."),
         N_("GDPR, Art. 35(3)(a)")),
    Rule("S", "check", N_("People’s posts are collected without their knowing; with large numbers it is needed."),
         N_("GDPR, Art. 35(1)")),
    Rule("K", "check", N_("Conversations hold what people tell of themselves; count how many and how sensitive."),
         N_("GDPR, Art. 35(1)")),
)  # fmt: skip

CONSENT: Final = (
    Rule("EV", "needed", N_("Explicit consent before a photo is taken; it can be withdrawn, and minors are refused."),
         N_("GDPR, Art. 7 and 9"), Sure.CONFIRM),
    Rule("P", "needed", N_("Consent by purpose, or a legitimate interest with a way to object; cookies need consent."),
         N_("GDPR, Art. 6 and 21; ePrivacy Directive, Art. 5(3)")),
    Rule("T", "check", N_("Consent can’t be had in a store: another basis, and signs at the door."),
         N_("GDPR, Art. 6 and 13")),
    Rule("HW", "check", N_("Staff can’t consent freely: another basis, and information before, with their"
                           " representatives."),
         N_("GDPR, Art. 6, 13 and 88")),
    Rule("S", "check", N_("Authors of posts can’t be asked one by one: a legitimate interest, and public information."),
         N_("GDPR, Art. 6 and 14")),
    Rule("I", "check", N_("Models and photographers in the pictures have agreed to this use."),
         N_("Image rights and contracts")),
)  # fmt: skip


@dataclass(frozen=True)
class Duty:
    """The gravest need of all rules that hold, and those rules."""

    need: Need
    rules: tuple[Rule, ...]


def impact_assessment(uses: str, risk_class: str) -> Duty:
    """Whether an impact assessment on data protection is needed."""
    return _duty(IMPACT, uses, risk_class)


def consent(uses: str, risk_class: str) -> Duty:
    """Whose consent, or what instead of it, is needed."""
    return _duty(CONSENT, uses, risk_class)


def _duty(rules: tuple[Rule, ...], uses: str, risk_class: str) -> Duty:
    held = tuple(rule for rule in rules if set(rule.uses) & set(uses) and (risk_class == "high" or not rule.high_only))
    needs: tuple[Need, ...] = ("needed", "check")
    return Duty(next((need for need in needs if any(rule.need == need for rule in held)), "none"), held)
