"""What of the erased still stands in backups, until when, and how it leaves them too."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from lib.access import Actor
from lib.database import connect
from lib.database.backups import Made, backups_made
from lib.i18n import _, ngettext
from lib.shell import html
from lib.shell.evidence.listing import moment
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.text import plain

COMMAND = "python -m lib.database.backups NEW --instead-of OLD"


def draw(actor: Actor) -> None:
    """The backups that stand, what each still holds, and the command that replaces one."""
    with connect() as database:
        found = backups_made(database, actor)
    section(
        _("What backups still hold"),
        _("Erasing reaches the database and its files. A backup stays as it was made until somebody removes it."),
    )
    if not found:
        html.draw(element("p", _("No backup stands that was made with the app."), class_="toile-empty"))
    else:
        html.draw(_table(found))
    if any(one.erased_since for one in found):
        st.markdown(
            plain(
                _(
                    "No backup ends by itself. Whoever looks after the machine makes a new one and removes an old one"
                    " with this command:"
                )
            )
        )
        st.code(COMMAND, language=None, wrap_lines=True)
    st.caption(
        _(
            "Copies that were made in another way aren’t known here and hold what they held. Whoever restores a backup"
            " brings back what was erased after it: erase it again then."
        )
    )


def _table(found: list[Made]) -> Markup:
    heads = (_("Backup of"), _("Still holds"), _("Until"))
    body = [
        element("tr", *(element("td", c, data_name=h) for h, c in zip(heads, _cells(one), strict=True)))
        for one in found
    ]
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    return element("table", head, element("tbody", *body), class_="toile-runs")


def _cells(one: Made) -> tuple[str, ...]:
    if not one.erased_since:
        return moment(one.at), _("nothing that was erased here"), "–"
    holds = ngettext(
        "of {n} deletion since, what existed by then", "of {n} deletions since, what existed by then", one.erased_since
    )
    return moment(one.at), holds, _("it is removed")
