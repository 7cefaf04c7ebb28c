"""What the variables of this use case's prompt are, for who edits it."""

from __future__ import annotations

from pydantic import BaseModel

from lib.i18n import N_

MEANINGS = {
    "text": N_("The client’s message."),
    "channel": N_("Where it was written: chat, e-mail, text or social message."),
    "today": N_("The day on which periods are counted."),
    "intent": N_("The wish that was recognised on this machine."),
    "probability": N_("How sure the recognition is, from 0 to 1."),
    "sure": N_("Whether that is sure enough to act on."),
    "signal": N_("Anger, a legal threat, a risk to safety or a high value, where one was seen."),
    "sections": N_("Passages of the house’s documents that were found, with their ids."),
    "procedure": N_("What the house does with such a request."),
    "limits": N_("What the house never does without a person."),
    "marked": N_("Instructions found in the message, which are not to be followed."),
    "characters": N_("How long an answer on this channel may be."),
    "history": N_("What was said before in this conversation."),
}


def examples() -> dict[str, BaseModel]:
    """None of its own: the desk makes one up."""
    return {}
