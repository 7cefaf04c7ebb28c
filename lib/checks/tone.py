"""Abusive, insulting, aggressive, condescending or obscene wording, by lists with a fashion house's exceptions.

A 'cock feather hat' is no insult, nor is a 'cul-de-bouteille' green. Words between quotation marks, after someone is
said to have written or said them, are reported and not used.
"""

from __future__ import annotations

from typing import Any

from lib.checks.model import Check, CheckResult, Finding, Verdict
from lib.checks.texts import texts_of
from lib.checks.wordings import find
from lib.i18n import N_

FILE = "tone.toml"
LIMITS = N_(
    "Finds abusive and condescending wording by lists in French and English. It misses sarcasm, contempt in polite "
    "words and what only the context makes hurtful, and may object to a harmless second meaning."
)
MESSAGES: dict[str, str] = {
    "abusive": N_("“{passage}” threatens or demeans a person. Take it out."),
    "insulting": N_("“{passage}” insults a person. Take it out."),
    "aggressive": N_("“{passage}” is aggressive. Say what you ask for, and why, in a calm tone."),
    "condescending": N_("“{passage}” talks down to the reader. Give the information and leave the judgement out."),
    "obscene": N_("“{passage}” is coarse. Choose another word."),
}
GRAVE = frozenset({"abusive", "insulting", "obscene"})


def tone_findings(text: str, path: str, language: str) -> list[Finding]:
    """Each such wording in ``text`` ('fr' or 'en'): FAIL for insults, threats and obscenity, else WARN."""
    found = []
    for hit in find(text, FILE, language):
        kind = hit.rule.kind
        verdict = Verdict.FAIL if kind in GRAVE else Verdict.WARN
        values = {"passage": text[hit.start : hit.end]}
        found.append(Finding(path, verdict, MESSAGES[kind], values, hit.start, hit.end, kind=kind))
    return found


def run(_inputs: Any, output: Any, language: str) -> CheckResult:
    """The check over every text of an output."""
    return CheckResult("tone", tuple(f for path, text in texts_of(output) for f in tone_findings(text, path, language)))


TONE = Check("tone", N_("Tone"), run, LIMITS)
