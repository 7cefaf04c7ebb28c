"""Wording that needs evidence whatever the product's data: superlatives, effects, price, origin, environment.

For texts that speak of no one product (campaigns, letters, posts), where ``lib.checks.claims`` has no facts to trace a
claim to. It reads the wording alone and builds on the same lists; a passage that names its evidence is let through.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from lib.checks.lexicon import context, phrases
from lib.checks.model import Check, CheckResult, Finding, Verdict
from lib.checks.texts import texts_of
from lib.checks.wordings import find, is_excused, table
from lib.checks.words import Phrases, Word, fold, words
from lib.i18n import N_

FILE = "claims_plus.toml"
MESSAGES: dict[str, str] = {
    "superlative": N_("“{passage}” can't be proved. Say what is special instead."),
    "health": N_(
        "“{passage}” promises an effect on body or health, which needs proof. Take it out, or name the proof."
    ),
    "cosmetic": N_(
        "“{passage}” promises an effect on looks, which Regulation (EU) No 655/2013 wants proved. Take it out, or name "
        "the test."
    ),
    "price": N_("“{passage}” is a price or an offer: give its conditions and its end, or take it out."),
    "origin": N_("“{passage}” is a claim of origin or making. Keep it only where the papers bear it out."),
    "sustainability": N_(
        "“{passage}” is an environmental claim, which Directive (EU) 2024/825 allows only when it is specific and "
        "proved. Name the fact and its proof."
    ),
}
LIMITS = N_(
    "Reads the wording alone, by lists in French and English: it doesn't know whether a claim is true, misses what is "
    "only implied, and gives no legal judgement."
)
# The lists of claims.toml that need no product, with the kind that they stand for here.
LISTS = (("generic_green", "sustainability"), ("climate", "sustainability"), ("health", "health"))
DENIAL_REACH = 3


@cache
def _listed(language: str) -> Phrases[str]:
    ambiguous = table(FILE)["ambiguous"]
    left_out = {name: {fold(phrase) for phrase in ambiguous[name]} for name, _kind in LISTS}
    return Phrases(
        (phrase, kind)
        for name, kind in LISTS
        for phrase in phrases(name, language)
        if fold(phrase) not in left_out[name]
    )


def claims_plus_findings(text: str, path: str, language: str) -> list[Finding]:
    """Each such wording in ``text`` ('fr' or 'en'), as a WARN, in reading order and without overlaps."""
    tongue = language if language in ("en", "fr") else "en"
    marks = [(hit.start, hit.end, hit.rule.kind) for hit in find(text, FILE, tongue)]
    told = words(text) if len(text) < 20_000 else words.__wrapped__(text)
    marks = [mark for mark in marks if not _denied(told, mark[0], tongue)]
    for match in _listed(tongue).find(told):
        start, end = told[match.first].start, told[match.last - 1].end
        taken = any(start < e and s < end for s, e, _kind in marks)
        if not taken and not is_excused(text, FILE, start, end) and not _denied(told, start, tongue):
            marks.append((start, end, match.value))
    return [
        Finding(path, Verdict.WARN, MESSAGES[kind], {"passage": text[start:end]}, start, end, kind=kind)
        for start, end, kind in sorted(marks)
    ]


def _denied(told: tuple[Word, ...], start: int, language: str) -> bool:
    """Whether a denial stands shortly before in the same clause: 'we don't say sustainable'."""
    place = next((number for number, word in enumerate(told) if word.start >= start), len(told))
    denials = context("denials", language) - {
        "free",
        "no",
        "non",
        "sans",
        "without",
        "aucun",
        "aucune",
        "jamais",
        "never",
        "nul",
        "nulle",
    }
    for before in range(place - 1, max(place - 1 - DENIAL_REACH, -1), -1):
        if before + 1 < len(told) and told[before + 1].gap:
            return False
        if told[before].text in denials:
            return not re.match(r"\W*(?:only|seulement)", "".join(word.text for word in told[before + 1 : before + 2]))
    return False


def run(_inputs: Any, output: Any, language: str) -> CheckResult:
    """The check over every text of an output."""
    found = tuple(f for path, text in texts_of(output) for f in claims_plus_findings(text, path, language))
    return CheckResult("claims_plus", found)


CLAIMS_PLUS = Check("claims_plus", N_("Claims that need evidence"), run, LIMITS)
