"""What the variables of this use case's prompt are, for who edits it."""

from __future__ import annotations

from pydantic import BaseModel

from lib.i18n import N_

MEANINGS = {
    "first_name": N_("The client’s first name."),
    "house": N_("The house’s name as it signs."),
    "stylist": N_("Who signs the note."),
    "occasion": N_("What the selection is for; empty where nothing was said."),
    "pieces": N_("The pieces set aside, with their attributes."),
    "wish": N_("What the stylist wants the note to say; empty where there is nothing."),
}


def examples() -> dict[str, BaseModel]:
    """None of its own: the desk makes one up."""
    return {}
