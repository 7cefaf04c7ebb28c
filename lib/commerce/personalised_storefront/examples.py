"""What the variables of this use case's prompt are, for who edits it."""

from __future__ import annotations

from pydantic import BaseModel

from lib.i18n import N_

MEANINGS = {
    "house": N_("The house’s name on the page."),
    "hero": N_("The piece that opens the page, with its attributes."),
    "cards": N_("The products of the page, each with its attributes and the one to lead with."),
    "offer": N_("The open offer that the page shows first; empty where there is none."),
    "conditions": N_("The offer’s conditions, as they stand on every page."),
}


def examples() -> dict[str, BaseModel]:
    """None of its own: the desk makes one up."""
    return {}
