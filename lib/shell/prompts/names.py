"""How the Prompts page calls an edition of a prompt."""

from __future__ import annotations

from lib.i18n import _, date_time, number
from lib.workbench.prompt_desk import Edition


def edition_name(edition: Edition) -> str:
    """'Version 3', or the original text."""
    return _("version {n}", n=number(edition.number)) if edition.id else _("the original text")


def edition_title(edition: Edition) -> str:
    """The same at the beginning of a line."""
    name = edition_name(edition)
    return name[0].upper() + name[1:]


def when(edition: Edition) -> str:
    """When it was saved; nothing for the original text."""
    return date_time(edition.at) if edition.at else ""


def in_full(edition: Edition, begins: bool = True) -> str:
    """Name, note and author in a line, to choose it by; ``begins`` where the line begins with it."""
    who = edition.person or (_("Someone without a name") if edition.id else "")
    name = edition_title(edition) if begins else edition_name(edition)
    parts = (name, edition.note, who, when(edition))
    return " · ".join(part for part in parts if part)
