"""A person's verdict on the look that was kept last."""

from __future__ import annotations

from lib.database import connect
from lib.database.runs import get_run
from lib.errors import NotFound
from lib.i18n import _
from lib.shell import session
from lib.shell.page import review, section
from lib.shell.virtual_try_on.state import state


def draw() -> None:
    """The form, once a look was kept."""
    run = str(state().get("last") or "")
    if not run:
        return
    try:
        with connect() as database:
            get_run(database, session.actor(), run)
    except NotFound:
        return
    section(_("Review"), _("Of the look that you kept last."))
    review(run)
