"""Texts by others that try to instruct the assistant: found by their form, taken out, and marked where they stood.

Which tools run is decided by code and permissions; this keeps what such a text says out of answers, and shows it.
"""

from __future__ import annotations

import re
from typing import Final

_SENTENCE: Final = re.compile(r"(?<=[.!?…:])\s+|\n+")
_LONGEST: Final = 20_000  # characters that are looked through
_SIGNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|"
            r"polic(?:y|ies)|prompts?|guidelines?|above|previous)\b"
        ),
        (
            r"\b(?:ignore[rz]?|oublie[rz]?|contourne[rz]?|ne tiens? pas compte|ne tenez pas "
            r"compte|faites? abstraction)\b.{0,40}\b(?:consignes?|instructions?|r[èe]gles?|"
            r"politiques?|conditions|directives)\b"
        ),
        r"\bsystem\s*(?:note|prompt|message|override)\b|\bSYSTEM\s*:|\bSYST[ÈE]ME\s*:",
        (
            r"\b(?:note|message|instructions?)\s+(?:to|for|[àa] l['’])\s*(?:the\s+)?(?:AI|IA|"
            r"assistant|chatbot|bot|model)\b"
        ),
        r"^\s*(?:assistant|ai|ia|bot|chatbot)\s*[:,]",
        (
            r"\byou are (?:now|no longer)\b|\btu es (?:maintenant|d[ée]sormais)\b|\bvous "
            r"[êe]tes (?:maintenant|d[ée]sormais)\b"
        ),
        r"\b(?:developer|admin|debug|god|jailbreak|dan)[ -]mode\b|\bmode (?:d[ée]veloppeur|admin|debug)\b",
        (
            r"\b(?:list|print|reveal|show|send|dump|affiche[rz]?|liste[rz]?|envoie|envoyez|"
            r"r[ée]v[èe]le[rz]?|donne[rz]?|montre[rz]?)\b.{0,60}\b(?:e-?mails?|adresses|"
            r"addresses|prompt|passwords?|customers|clients|orders of|commandes "
            r"de)\b.{0,40}\b(?:last|all|other|five|derni|tous|toutes|autres|cinq|of (?:the|"
            r"this)|system|syst[èe]me|customers|clients)"
        ),
        (
            r"\b(?:print|reveal|show|list|affiche[rz]?|liste[rz]?)\b.{0,30}\b(?:last|all|"
            r"other|five|ten|derni[èe]re?s?|tous|toutes|autres|cinq|"
            r"dix)\b.{0,40}\b(?:customers?|clients?|e-?mails?|orders|commandes|prompt)"
        ),
        r"\b(?:tell|say to|dites?(?: au| [àa]))\b.{0,30}\bclient\b.{0,40}\b(?:refund|rembours)",
        (
            r"\b(?:grant|approve|accorde[rz]?|approuve[rz]?|valide[rz]?)\b.{0,20}\b(?:it at "
            r"once|refund|le remboursement|un remboursement)\b"
        ),
        r"\brefund this order in full\b|\brembourse[rz]? (?:cette commande|int[ée]gralement)",
        r"\bentitled to a 100 ?% refund without return\b",
        r"\bdo not (?:hand over|mention|tell)\b.{0,40}\b(?:person|note|client|anyone)\b",
        r"\b(?:system|initial|hidden) prompt\b|\bprompt (?:syst[èe]me|initial|cach[ée])\b",
    )
)


def without_instructions(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without its sentences that instruct a machine, and those sentences."""
    kept: list[str] = []
    marked: list[str] = []
    for sentence in _SENTENCE.split(text[:_LONGEST]):
        (marked if instructs(sentence) else kept).append(sentence)
    return (" ".join(kept).strip() if marked else text, tuple(part for part in marked if part.strip()))


def instructs(sentence: str) -> bool:
    """Whether one sentence has the form of an instruction to an assistant."""
    return any(sign.search(sentence) for sign in _SIGNS)
