"""The form of each channel: greeting, signature, room, and how a citation looks there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CHANNELS: Final = ("chat", "e-mail", "text", "social")
ROOM: Final = {"chat": 620, "e-mail": 1_100, "text": 300, "social": 300}  # characters of quotations
LONGEST: Final = {"chat": 1_600, "e-mail": 3_200, "text": 640, "social": 640}  # characters of the whole


@dataclass(frozen=True)
class Form:
    """How a message begins and ends, in English and French."""

    greeting: tuple[str, str]
    signature: tuple[str, str]


FORMS: Final = {
    "chat": Form(("", ""), ("", "")),
    "e-mail": Form(
        ("Dear client,", "Bonjour,"),
        (
            "Kind regards,\nMaison Solène, client service (automatic answer; a person is a reply away)",
            (
                "Bien à vous,\nMaison Solène, service client (réponse automatique\u202f; une "
                "personne vous répond sur demande)"
            ),
        ),
    ),
    "text": Form(("", ""), ("Maison Solène (auto)", "Maison Solène (auto)")),
    "social": Form(("Hello,", "Bonjour,"), ("Maison Solène 🤍 (auto)", "Maison Solène 🤍 (auto)")),
}


def formed(channel: str, language: str, body: str) -> str:
    """The message as it leaves: never longer than the channel allows, always with its signature."""
    form, at = FORMS[channel], 1 if language == "fr" else 0
    greeting, signature = form.greeting[at], form.signature[at]
    gap = "\n\n" if channel == "e-mail" else "\n" if channel == "chat" else " "
    left = LONGEST[channel] - len(greeting) - len(signature) - 2 * len(gap)
    if channel in ("text", "social"):
        body = " ".join(body.split())
    kept = body if len(body) <= left else body[: left - 1].rsplit(" ", 1)[0].rstrip(",;: ") + "…"
    return gap.join(part for part in (greeting, kept, signature) if part)
