"""What a review asks. Texts are English message ids, translated when shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from lib.catalogue import RISK_TAG_TITLES
from lib.i18n import N_, translate

STATE_DATE: Final = "2026-11-22"  # of the sources, ISO date


class Risk(StrEnum):
    """The four risks that the source names, in its order: the headings that executives see."""

    RIGHTS = "rights"
    FAIRNESS = "fairness"
    AWARENESS = "awareness"
    PROCESS = "process"


RISK_TITLES: Final = {
    Risk.RIGHTS: N_("Intellectual property and derivative works"),
    Risk.FAIRNESS: N_("Bias, fairness and reputation"),
    Risk.AWARENESS: N_("Staff who don’t see the errors"),
    Risk.PROCESS: N_("A standing process for risk, ethics and quality"),
}
RISK_SHORT: Final = {
    Risk.RIGHTS: N_("Rights"),
    Risk.FAIRNESS: N_("Fairness"),
    Risk.AWARENESS: N_("Awareness"),
    Risk.PROCESS: N_("Process"),
}


class Sure(StrEnum):
    """How well a control's source is known."""

    READ = "read"
    SECONDARY = "secondary"
    CONFIRM = "confirm"


SURE_TITLES: Final = {
    Sure.READ: N_("read in the primary text"),
    Sure.SECONDARY: N_("read in a secondary source"),
    Sure.CONFIRM: N_("to be confirmed by counsel"),
}

# What a source's place is put into: 'EU AI Act, Art. 50(2)'.
SOURCES: Final = {
    "nist": N_("NIST AI 600-1, {place}"),
    "iso": N_("ISO/IEC 42001, {place}"),
    "act": N_("EU AI Act, Art. {place}"),
    "annex": N_("EU AI Act, Annex {place}"),
    "gdpr": N_("GDPR, Art. {place}"),
    "owasp": N_("OWASP Top 10 for LLM applications (2025), {place}"),
    "copyright": N_("US Copyright Office, {place}"),
    "ftc": N_("US Federal Trade Commission, {place}"),
    "directive": N_("Directive (EU) {place}"),
    "regulation": N_("Regulation (EC) {place}"),
    "document": N_("The source document, its section on risks"),
    "other": N_("{place}"),
}

# The catalogue's letters, and four more for what they leave out.
USE_TITLES: Final = {
    **RISK_TAG_TITLES,
    "P": N_("Profiling and personal offers"),
    "M": N_("Cosmetics"),
    "S": N_("Data from social networks"),
    "W": N_("Monitoring of staff"),
}
# What a use case does beyond its letters in the catalogue.
BEYOND_CATALOGUE: Final = {
    "customer_segmentation": "P",
    "personalised_content": "P",
    "personalised_storefront": "P",
    "return_offers": "P",
    "stylist": "P",
    "clienteling_coach": "PW",
    "beauty_formulation": "M",
    "trend_radar": "S",
    "staffing_and_loss_prevention": "W",
    "individualised_training": "W",
    "warehouse_flow": "W",
}


@dataclass(frozen=True)
class Control:
    """One question.

    ``uses`` are the letters that it concerns, 'A' for all. ``sources`` are pairs of a key of ``SOURCES`` and a place.
    ``needs_evidence``: a 'yes' counts with evidence attached only. ``weight`` 3 has to be settled before anybody signs;
    2 and 1 count in the score alone.
    """

    id: str
    risk: Risk
    uses: str
    question: str
    why: str
    evidence: str
    sources: tuple[tuple[str, str], ...]
    sure: Sure = Sure.SECONDARY
    needs_evidence: bool = False
    weight: Literal[1, 2, 3] = 2

    @property
    def required(self) -> bool:
        """Whether it has to be settled before anybody signs."""
        return self.weight == 3

    def source(self, language: str | None = None) -> str:
        """Its sources in the reader's language."""
        return " · ".join(translate(SOURCES[key], language, place=place) for key, place in self.sources)
