"""What the page calls verdicts, reasons and the gravity of findings, and which keys do what."""

from __future__ import annotations

from lib.i18n import N_, _, translate
from lib.shell import session

VERDICT_NAMES = {
    "approved": N_("Approved"),
    "edited": N_("Approved after editing"),
    "sent_back": N_("Sent back"),
    "rejected": N_("Rejected"),
}
REASON_NAMES = {
    "factual_error": N_("Factual error"),
    "invented_claim": N_("Invented claim"),
    "tone": N_("Tone"),
    "brand_voice": N_("Against the brand voice"),
    "wrong_language": N_("Wrong language, or poor"),
    "bias": N_("Biased or offensive"),
    "rights": N_("Rights of others"),
    "personal_data": N_("Personal data"),
    "picture_flaw": N_("Flaw in the picture"),
    "form": N_("Length or form"),
    "other": N_("Other"),
}
REASON_KEYS = dict(zip(REASON_NAMES, ("1", "2", "3", "4", "5", "6", "7", "8", "9", "F", "0"), strict=True))
# A letter that English and French can both remember where there is one; C and R belong to Streamlit.
KEYS = {"approve": "A", "edit": "E", "send_back": "B", "reject": "X", "skip": "N", "undo": "U", "list": "L",
        "confirm": "Ctrl+Enter", "cancel": "Esc"}  # fmt: skip
GRAVITY = (N_("nothing to object"), N_("with a note"), N_("to check"), N_("must be changed"))
TRAIT_NAMES = {
    "language": N_("Language"),
    "product_kind": N_("Kind of product"),
    "checks": N_("Verdict of the checks"),
}


def verdict_name(verdict: str) -> str:
    """A verdict as the reader reads it."""
    return translate(VERDICT_NAMES.get(verdict, verdict))


def reasons_said(reasons: list[str]) -> str:
    """Reasons as a list of words."""
    return ", ".join(translate(REASON_NAMES[reason]) for reason in reasons if reason in REASON_NAMES)


def reader_name(identifier: str, name: str) -> str:
    """A person told apart from others: two may have no name."""
    if identifier == session.actor().person:
        return _("You")
    return name or f"{_('Someone without a name')} ({identifier[-4:]})"
