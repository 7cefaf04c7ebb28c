"""Agenda and minutes of the weekly meeting as DOCX, in the reader's language."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from lib.database.weekly_table import Kept, Kind
from lib.decide.weekly_table.agenda import URGENCY_NAMES, agenda, last_week
from lib.i18n import N_, _, date, ngettext, translate

KIND_NAMES: dict[Kind, str] = {
    "request": N_("Request"),
    "offer": N_("Offer"),
    "decision": N_("Decision"),
    "aim": N_("Quarterly aim"),
}
SKETCH_WIDTH = 6.0  # cm
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def agenda_docx(
    entries: Sequence[Kept], house: str, today: dt.date, sketches: Mapping[str, bytes] | None = None
) -> bytes:
    """The agenda: what is overdue, requests by urgency, offers, open decisions, aims, and what was settled since.

    ``sketches`` are PNG files by their artefacts' ids; one that is missing is left out.
    """
    found = agenda(entries, today)
    document = _begun(_("Agenda of the weekly table"), house, today)
    for title, kept in (
        (_("Overdue"), found.overdue),
        (_("Requests of design"), found.requests),
        (_("Offers of engineering"), found.offers),
        (_("Open decisions"), found.decisions),
        (_("Aims of the quarter"), found.aims),
    ):
        _part(document, title, kept, today, sketches or {})
    settled = last_week(entries, today).closed
    if settled:
        _part(document, _("Settled in the last seven days"), settled, today)
    return _bytes(document)


def minutes_docx(entries: Sequence[Kept], house: str, today: dt.date) -> bytes:
    """The minutes: what the last week brought, what it closed, and what stays open with who answers for it."""
    week, found = last_week(entries, today), agenda(entries, today)
    document = _begun(_("Minutes of the weekly table"), house, today)
    _part(document, _("Decided this week"), [one for one in week.brought if one.entry.kind == "decision"], today)
    _part(document, _("Brought this week"), [one for one in week.brought if one.entry.kind != "decision"], today)
    _part(document, _("Closed this week"), week.closed, today)
    _part(document, _("Open, by day"), (*found.overdue, *found.decisions, *found.aims), today)
    return _bytes(document)


def details(one: Kept, today: dt.date) -> list[str]:
    """What stands beside an entry's title: kind, urgency, day, who answers, who brought it."""
    entry = one.entry
    said = [translate(KIND_NAMES[entry.kind])]
    if entry.kind == "request":
        said.append(translate(URGENCY_NAMES[entry.urgency]))
        days = one.waited(today)
        brought = ngettext("{n} day on the table", "{n} days on the table", days)
        said.append(brought if days else _("on the table since today"))
    if entry.due_on:
        day = date(dt.date.fromisoformat(entry.due_on), "medium")
        said.append(_("due {day}, overdue", day=day) if one.overdue(today) else _("due {day}", day=day))
    if entry.business_owner:
        said.append(_("business: {name}", name=entry.business_owner))
    if entry.technical_owner:
        said.append(_("technical: {name}", name=entry.technical_owner))
    if one.person:
        said.append(_("brought by {name}", name=one.person))
    if one.closed_at:
        said.append(_settled(one))
    return said


def _settled(one: Kept) -> str:
    day = date(dt.datetime.fromisoformat(one.closed_at).date(), "medium")
    return _("settled on {day} by {name}", day=day, name=one.closed_by) if one.closed_by else _(
        "settled on {day}", day=day
    )  # fmt: skip


def outcome_said(one: Kept) -> str:
    """'What came of it: …', '' where nobody said."""
    return _("What came of it: {outcome}", outcome=one.outcome) if one.outcome else ""


def _begun(title: str, house: str, today: dt.date) -> Any:
    from docx import Document

    document = Document()
    document.core_properties.title = title
    document.core_properties.author = _clean(house)
    document.add_heading(title, 0)
    document.add_paragraph(_clean(f"{house} · {date(today)}"))
    return document


def _part(
    document: Any, title: str, kept: Sequence[Kept], today: dt.date, sketches: Mapping[str, bytes] | None = None
) -> None:
    from docx.shared import Cm

    document.add_heading(title, 1)
    if not kept:
        document.add_paragraph(_("Nothing."))
    for one in kept:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(_clean(one.entry.title)).bold = True
        paragraph.add_run(_clean(" – " + " · ".join(details(one, today))))
        if one.entry.detail:
            document.add_paragraph(_clean(one.entry.detail))
        if one.outcome:
            document.add_paragraph().add_run(_clean(outcome_said(one))).italic = True
        sketch = (sketches or {}).get(one.entry.artefact or "")
        if sketch:
            document.add_picture(io.BytesIO(sketch), width=Cm(SKETCH_WIDTH))


def _clean(text: str) -> str:
    """Without what no XML may hold."""
    return _NOT_IN_XML.sub("", text)


def _bytes(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
