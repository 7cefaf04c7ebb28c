"""Markup in an output: HTML, scripts, links, template remains. A model's output is untrusted text."""

from __future__ import annotations

import re

from lib.checks.model import Finding, Verdict
from lib.i18n import N_

# (kind, pattern, verdict, message), gravest first. Patterns hold no nested repetition: they run in linear time.
RULES: tuple[tuple[str, re.Pattern[str], Verdict, str], ...] = (
    (
        "script",
        re.compile(
            r"<\s*/?\s*(?:script|iframe|object|embed|svg|style|link|meta|form|input|base|template)\b[^<>]{0,500}>?"
            r"|\bon(?:error|load|click|mouseover|focus)\s*=\s*[\"']?[^\s\"'>]{1,80}"
            r"|\b(?:javascript|vbscript)\s*:\s*(?=[\w/(&%])[^\s\"'<>]{1,200}|\bdata:[a-z]{1,20}/[\w.+-]{1,40}[;,][^\s\"'<>]{0,200}",
            re.I,
        ),
        Verdict.FAIL,
        N_("“{text}” is program code, not text for a reader. Take it out before you publish."),
    ),
    (
        "html",
        re.compile(r"<!--.{0,500}?(?:-->|$)|</?[a-z][a-z0-9]{0,20}(?:\s[^<>]{0,500})?/?>", re.I | re.S),
        Verdict.FAIL,
        N_("“{text}” is an HTML tag. Take it out: shops show it as text or drop it."),
    ),
    (
        "template",
        re.compile(r"\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|\{#.{0,200}?#\}|\$\{[^}]{0,100}\}|\[\[.{0,100}?\]\]", re.S),
        Verdict.FAIL,
        N_("“{text}” is a placeholder that nobody filled in. Write what belongs there, or take it out."),
    ),
    (
        "template",
        re.compile(
            r"\{[a-zé_][\w.]{0,40}\}|\[(?:insert|your|name|brand|product|insérer|votre|nom|marque|produit)\b[^\]\n]{0,60}\](?!\()"
            r"|<\|[a-z_]{1,40}\|>|\blorem ipsum\b",
            re.I,
        ),
        Verdict.FAIL,
        N_("“{text}” is a placeholder that nobody filled in. Write what belongs there, or take it out."),
    ),
    (
        "link",
        re.compile(
            r"!?\[[^\]\n]{0,200}\]\([^)\s]{1,500}[^)\n]{0,100}\)|\b(?:https?|ftp)://[^\s<>\"']{1,500}|\bwww\.[^\s<>\"']{3,500}"
        ),
        Verdict.FAIL,
        N_("“{text}” is a link that nobody asked for. Take it out, or check where it leads."),
    ),
    (
        "markdown",
        re.compile(
            r"\*\*[^*\n]{1,200}\*\*|__[^_\n]{1,200}__|^#{1,6}\s+\S[^\n]{0,200}|`{1,3}[^`\n]{1,200}`{1,3}|^```\w*", re.M
        ),
        Verdict.WARN,
        N_("“{text}” holds formatting signs that readers would see. Take the signs out."),
    ),
    (
        "entity",
        re.compile(r"&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,6});", re.I),
        Verdict.WARN,
        N_("“{text}” is a coded character. Write the character itself."),
    ),
    (
        "invisible",
        re.compile(
            r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]+|[\x00-\x08\x0b\x0c\x0e-\x1f]+"
        ),
        Verdict.WARN,
        N_("There are invisible characters here. Delete this passage and write it again."),
    ),
)
SHOWN = 60


def find_markup(text: str, field: str) -> list[Finding]:
    """Markup in ``text``, in reading order; a passage is reported once, under its gravest kind."""
    found: list[Finding] = []
    for kind, pattern, verdict, message in RULES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(start < (other.end or 0) and (other.start or 0) < end for other in found):
                values = {"text": _short(match.group())} if "{text}" in message else {}
                found.append(Finding(field, verdict, message, values, start, end, kind=kind))
    return sorted(found, key=lambda finding: finding.start or 0)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
