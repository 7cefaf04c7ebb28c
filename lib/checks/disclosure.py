"""Is it said that AI made it, where a person would take it as another person's or as a real picture?

Every text checked is generated. Whether saying so is due depends on where it appears: at the opening of a chat or a
call, under a testimonial, under a picture that looks real, beside a model; elsewhere when the text pretends to be a
person.
After Article 50 of Regulation (EU) 2024/1689; it is no legal judgement.
"""

from __future__ import annotations

import re
from typing import Any

from lib.checks.model import Check, CheckResult, Finding, Verdict
from lib.checks.texts import texts_of
from lib.checks.wordings import find, plain
from lib.i18n import N_

FILE = "disclosure.toml"
# Places where a reader expects a person, or a photograph, unless told otherwise; each is a kind of finding.
DUE = {
    "chat_opening": "chat", "voice": "voice", "testimonial": "testimonial", "image_caption": "image",
    "model_photo": "model_photo",
}  # fmt: skip
PRETENDED = {"chat_reply": "chat", "email": "chat", "copy": "chat"}
# Names of output fields that tell where a text appears.
FIELDS = (
    (re.compile(r"testimonial|review_quote|customer_quote|temoignage"), "testimonial"),
    (re.compile(r"model_photo|model_note|worn_by"), "model_photo"),
    (re.compile(r"caption|alt_text|legende"), "image_caption"),
    (re.compile(r"greeting|chat_opening|welcome"), "chat_opening"),
    (re.compile(r"voice_?over|spoken|voicemail|script_for_call"), "voice"),
)
MESSAGES: dict[str, str] = {
    "chat": N_("A reader would take this as written by a person. Say that an AI wrote it."),
    "voice": N_("A listener would take this as spoken by a person. Say at the start that the voice is artificial."),
    "testimonial": N_(
        "A reader would take this as a real person's experience. Say that it was generated; don't publish it as a "
        "review."
    ),
    "image": N_("A reader would take the picture as a photograph. Say in the caption that it was generated."),
    "model_photo": N_("A reader would take the model as a real person. Say that the model was generated."),
}
LIMITS = N_(
    "Looks for words that say AI made a text, and for a pretended person, by lists in French and English and by the "
    "place where the text appears. It doesn't see the picture, and it gives no legal judgement."
)


def disclosure_findings(text: str, path: str, where: str = "copy") -> list[Finding]:
    """A WARN where saying that AI made ``text`` is due and isn't done; at most one.

    ``where``: 'chat_opening', 'chat_reply', 'voice', 'testimonial', 'image_caption', 'model_photo', 'email', 'copy' or
    'internal' (never due: nobody outside reads it).
    """
    if not text.strip() or where == "internal":
        return []
    told = find(text, FILE, "any")
    kinds = {hit.rule.kind for hit in told}
    if "said" in kinds and not _denied(text):
        return []
    if where in DUE:
        excused = {"testimonial": "counted", "image_caption": "drawn", "model_photo": "drawn"}.get(where)
        if excused in kinds and not (where == "testimonial" and "person" in kinds):
            return []
        start = len(text) - len(text.lstrip())
        return [Finding(path, Verdict.WARN, MESSAGES[DUE[where]], {}, start, len(text.rstrip()), kind=DUE[where])]
    pretended = [hit for hit in told if hit.rule.kind == "person"]
    if not pretended:
        return []
    first = pretended[0]
    kind = PRETENDED.get(where, "chat")
    return [Finding(path, Verdict.WARN, MESSAGES[kind], {}, first.start, first.end, kind=kind)]


DENIED = re.compile(
    r"\b(?:not|n't|no) (?:a |an |some )?(?:\w+ )?(?:bots?|robots?|machines?|ai|chatbots?)\b|"
    r"\bpas (?:un |une )(?:robot|machine|ia|bot|chatbot)\b"
)
OWNED = re.compile(r"\b(?:not|pas) (?:a |une? )?(?:real |vraie )?(?:person|human|personne|humain)")


def _denied(text: str) -> bool:
    """Whether a machine is named only to deny it: 'I'm not a bot'."""
    said = plain(text).text
    return bool(DENIED.search(said)) and not OWNED.search(said)


def where_of(path: str) -> str:
    """Where the text of an output's field appears, by the field's name; 'copy' for any other."""
    name = path.rsplit(".", 2)[-1] if not path.rsplit(".", 1)[-1].isdigit() else path
    return next((where for pattern, where in FIELDS if pattern.search(name)), "copy")


def run(_inputs: Any, output: Any, _language: str) -> CheckResult:
    """The check over every text of an output, each by the place that its field names."""
    found = tuple(f for path, text in texts_of(output) for f in disclosure_findings(text, path, where_of(path)))
    return CheckResult("disclosure", found)


DISCLOSURE = Check("disclosure", N_("AI made it, and says so"), run, LIMITS)
