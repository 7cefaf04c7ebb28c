"""Wording that leaves people out or types them, by lists, with a better wording offered where one is known."""

from __future__ import annotations

from typing import Any

from lib.checks.model import Check, CheckResult, Finding, Verdict
from lib.checks.texts import texts_of
from lib.checks.wordings import find
from lib.i18n import N_

FILE = "inclusivity.toml"
LIMITS = N_(
    "Finds wording that leaves people out, by lists in French and English that follow style guides. Guides differ and "
    "meaning hangs on context, so a person decides; stereotypes told in plain words are missed."
)
MESSAGES: dict[str, str] = {
    "gender": N_("“{passage}” ties a role or a taste to a gender."),
    "age": N_("“{passage}” values people by their age."),
    "body": N_("“{passage}” measures bodies against an ideal."),
    "skin": N_("“{passage}” takes one skin for everybody's, or for better."),
    "origin": N_("“{passage}” types people by origin."),
    "disability": N_("“{passage}” makes a disability an insult, a joke or an exception."),
}
BETTER: dict[str, str] = {
    "gender": N_("“{passage}” ties a role or a taste to a gender. Better: {better}."),
    "age": N_("“{passage}” values people by their age. Better: {better}."),
    "body": N_("“{passage}” measures bodies against an ideal. Better: {better}."),
    "skin": N_("“{passage}” takes one skin for everybody's, or for better. Better: {better}."),
    "origin": N_("“{passage}” types people by origin. Better: {better}."),
    "disability": N_("“{passage}” makes a disability an insult, a joke or an exception. Better: {better}."),
}


def inclusivity_findings(text: str, path: str, language: str) -> list[Finding]:
    """Each such wording in ``text`` ('fr' or 'en'), as a WARN; ``values`` hold the better wording where there is one.

    The better wording is in the text's language, since it is meant to stand in the text.
    """
    found = []
    for hit in find(text, FILE, language):
        better = hit.rule.better.get(language, "")
        values = {"passage": text[hit.start : hit.end], **({"better": better} if better else {})}
        message = (BETTER if better else MESSAGES)[hit.rule.kind]
        found.append(Finding(path, Verdict.WARN, message, values, hit.start, hit.end, kind=hit.rule.kind))
    return found


def run(_inputs: Any, output: Any, language: str) -> CheckResult:
    """The check over every text of an output."""
    found = tuple(f for path, text in texts_of(output) for f in inclusivity_findings(text, path, language))
    return CheckResult("inclusivity", found)


INCLUSIVITY = Check("inclusivity", N_("Inclusive wording"), run, LIMITS)
