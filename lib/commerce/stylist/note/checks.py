"""The checks of a note: its language, its length, only pieces that are offered, and nothing that feels watched."""

from __future__ import annotations

import re

from lib.checks.language import language_findings
from lib.checks.model import Check, CheckResult, Finding, Verdict
from lib.commerce.stylist.note.model import ClientNote, ClientNoteInputs
from lib.i18n import N_
from lib.vocabulary.matching import bare

FEWEST, MOST, SUBJECT = 30, 220, 60
#: What tells a client that their words were collected, or speaks of their body.
WATCHED = (
    r"\byou (?:once |often |always )?(?:said|wrote|told|mentioned|complained)\b",
    r"\byour (?:comments?|reviews?|messages?|e-mails?)\b",
    r"\bour (?:records|data|system)\b",
    r"\bvous (?:avez|aviez) (?:dit|écrit|mentionné|indiqué)\b",
    r"\bvos (?:commentaires?|avis|messages?|e-mails?)\b",
    r"\bnos (?:données|fichiers)\b",
    r"\balgorithm\w*\b",
)
BODY = (
    r"\b(?:weight|slimming|overweight|plump|curvy|belly|your hips|your bust|your figure|your age|pregnan\w+)\b",
    r"\b(?:poids|mincir|amincissant\w*|ronde?s?|ventre|enceinte)\b",
    r"\b(?:vos hanches|votre poitrine|votre silhouette|votre âge)\b",
)
PRESSING = (r"\b(?:last chance|hurry|only today|don.t miss)\b", r"\b(?:dernière chance|dépêchez|seulement aujourd)\b")


def _language(inputs: ClientNoteInputs, output: ClientNote, language: str) -> CheckResult:
    names = [piece.name for piece in inputs.pieces] + [inputs.first_name, inputs.house, inputs.stylist]
    findings = [
        finding
        for path in ("subject", "body")
        for finding in language_findings(getattr(output, path), path, language, [name for name in names if name])
    ]
    return CheckResult("language", tuple(findings))


def _length(inputs: ClientNoteInputs, output: ClientNote, language: str) -> CheckResult:
    words = len(output.text().split())
    findings = []
    if not FEWEST <= words <= MOST:
        message = N_("The note has {n} words; between {fewest} and {most} read well. Shorten or complete it.")
        findings.append(Finding("body", Verdict.WARN, message, {"n": words, "fewest": FEWEST, "most": MOST}))
    if len(output.subject) > SUBJECT:
        message = N_("The subject has {n} characters; phones show {most}. Shorten it.")
        findings.append(Finding("subject", Verdict.WARN, message, {"n": len(output.subject), "most": SUBJECT}))
    return CheckResult("note_length", tuple(findings))


def _pieces(inputs: ClientNoteInputs, output: ClientNote, language: str) -> CheckResult:
    said = bare(output.subject + " " + output.body)
    missing = [piece.name for piece in inputs.pieces if bare(piece.name) not in said]
    message = N_("“{name}” is offered and isn’t named in the note. Add it, or take it off the selection.")
    findings = [Finding("body", Verdict.FAIL, message, {"name": name}) for name in missing]
    prices = {_digits(piece.price) for piece in inputs.pieces} | {_digits(piece.size) for piece in inputs.pieces}
    for match in re.finditer(r"\d[\d\s\u202f\u00a0.,]*(?=\s?(?:€|euros?|EUR|£))", output.body):
        if _digits(match[0]) not in prices:
            text = N_("The price {price} isn’t that of a piece on offer. Correct it.")
            findings.append(
                Finding("body", Verdict.FAIL, text, {"price": match[0].strip()}, match.start(), match.end())
            )
    return CheckResult("note_pieces", tuple(findings))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", re.sub(r"[.,]\d\d?$", "", text.strip().rstrip("€ EUR£")))


def _tact(inputs: ClientNoteInputs, output: ClientNote, language: str) -> CheckResult:
    findings = []
    for rules, message in (
        (WATCHED, N_("“{words}” tells the client that their words were collected. Say what the piece is instead.")),
        (BODY, N_("“{words}” speaks of the client’s body or age. Speak of the piece.")),
        (PRESSING, N_("“{words}” presses the client. Leave it out.")),
    ):
        for rule in rules:
            for match in re.finditer(rule, output.body, re.I):
                values = {"words": match[0]}
                findings.append(Finding("body", Verdict.FAIL, message, values, match.start(), match.end()))
    return CheckResult("note_tact", tuple(findings))


CHECKS = (
    Check("language", N_("Language"), _language),
    Check("note_length", N_("Length of the note"), _length),
    Check("note_pieces", N_("Pieces that are offered"), _pieces),
    Check("note_tact", N_("Tact: nothing quoted, nothing on the body, no pressure"), _tact),
)
