"""What the weekly table hands in to the board pack: all its entries in the workbook, and no slide."""

from __future__ import annotations

from sqlite_utils import Database

from lib.access import Actor
from lib.database import weekly_table
from lib.decide.pack.model import Handed, PackSheet
from lib.decide.weekly_table.agenda import URGENCY_NAMES
from lib.decide.weekly_table.papers import KIND_NAMES
from lib.i18n import _, translate, use_language


def handed(database: Database, actor: Actor, language: str) -> Handed:
    """One sheet; nothing where the table has never held anything."""
    found = weekly_table.listing(database, actor)
    if not found:
        return Handed()
    with use_language(language):
        columns = (
            _("Kind"), _("Title"), _("Description"), _("Urgency"), _("Business owner"), _("Technical owner"),
            _("Due"), _("Brought by"), _("Brought on"), _("Settled on"),
            _("What came of it"), _("Settled by"),
        )  # fmt: skip
        rows = tuple(
            (
                translate(KIND_NAMES[one.entry.kind]),
                one.entry.title,
                one.entry.detail,
                translate(URGENCY_NAMES[one.entry.urgency]) if one.entry.kind == "request" else "",
                one.entry.business_owner,
                one.entry.technical_owner,
                one.entry.due_on,
                one.person,
                one.created_at[:10],
                one.closed_at[:10],
                one.outcome,
                one.closed_by,
            )
            for one in found
        )
        return Handed(sheets=(PackSheet(_("Weekly table"), columns, rows),))
