"""The brief's own sentence, as far as rules can understand it, and what they didn't understand, said so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lib.vocabulary.matching import bare

_LEADS = {
    "material": r"material|fabric|cloth|matiere|tissu|etoffe",
    "cut": r"cut|fit|shape|silhouette|line|coupe|ligne|tombe",
    "detail": r"details?|finish|finishing|finitions?",
    "colour": r"colou?r|shade|couleur|coloris|teinte",
    "making": r"origin|making|manufacture|country|origine|fabrication|provenance|pays",
    "use": r"use|pockets?|practical|usage|poches?|pratique|praticite|porter",
}
_LEAD_WORDS = (
    r"(?:lead|start|begin|open|put forward|stress|emphasi[sz]e|focus|highlight|commence[rz]?|ouvr\w+|met\w*|insist\w*|"
    r"souligne\w*|privilegie\w*|d'abord|avant tout|accent)"
)
_SHORT = r"\b(?:short(?:er)?|brief(?:er)?|concise|plus court\w*|court\w*|bref|breve|concis\w*|raccourci\w*)\b"
_LONG = (
    r"\b(?:long(?:er)?|more detail(?:ed|s)?|detailed|plus long\w*|long\w*|plus de details|detaille\w*|developpe\w*)\b"
)


@dataclass(frozen=True)
class Wishes:
    """``length`` multiplies the target length; ``lead`` is the first option's angle or ''; ``unread`` is the rest."""

    length: float = 1.0
    lead: str = ""
    unread: str = ""


def wishes(note: str) -> Wishes:
    """What the built-in writer understands of a note in French or English: shorter, longer, lead with something."""
    length, lead = 1.0, ""
    unread: list[str] = []
    for clause in re.split(r"[.;,!\n]+|\s+(?:and|et|puis|then)\s+", note):
        folded = bare(clause).strip()
        if not folded:
            continue
        understood = False
        found = _lead(folded)
        if found:
            lead, understood = lead or found, True
        if not understood and re.search(_SHORT, folded):
            length, understood = 0.55, True
        elif not understood and re.search(_LONG, folded):
            length, understood = 1.35, True
        if not understood:
            unread.append(clause.strip())
    return Wishes(length, lead, ", ".join(unread))


def _lead(folded: str) -> str:
    if not re.search(_LEAD_WORDS, folded):
        return ""
    for angle, pattern in _LEADS.items():
        if re.search(rf"\b(?:{pattern})\b", folded):
            return angle
    return ""
