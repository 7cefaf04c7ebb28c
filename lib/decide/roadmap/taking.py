"""What is taken away of a roadmap: a workbook of plan, capacity and every 'why not then?', and a calendar."""

from __future__ import annotations

import datetime as dt
import time

from lib.database.roadmaps import PlanRow
from lib.decide.model import BASIS_NAMES
from lib.decide.pack.model import PackSheet
from lib.decide.roadmap.explaining import why_not
from lib.decide.roadmap.model import Plan, Step, renewals
from lib.decide.roadmap.pack import steps_sheet, team_sheet
from lib.decide.roadmap.planning import Sketch, shown_basis
from lib.decide.roadmap.quarters import counted, first_day
from lib.decide.roadmap.saying import proven_said, reason_said
from lib.errors import Cancelled
from lib.files.writers import Sheet, write_xlsx
from lib.i18n import _, date_time, percent, translate

SECONDS = 12.0  # for all questions together; what is still open then is said to be
EACH = 2.0  # for one question
STAMP = "%Y%m%dT%H%M%SZ"
FOLD = 75  # bytes of a line in a calendar (RFC 5545)


def workbook(found: Sketch, row: PlanRow, plan: Plan, currency: str, seconds: float = SECONDS) -> bytes:
    """The plan as XLSX, in the reader's language."""
    made = (
        steps_sheet(found, plan, row),
        team_sheet(found, plan),
        why_sheet(found, plan, currency, seconds),
        _about(found, row, plan),
    )
    return write_xlsx([Sheet(one.name, one.columns, one.rows) for one in made])


def why_sheet(found: Sketch, plan: Plan, currency: str, seconds: float = SECONDS) -> PackSheet:
    """For each step and quarter why it doesn't start then, asked of the model until ``seconds`` are over."""
    until = time.monotonic() + seconds
    rows = [
        (step.title, quarter, _answer(found, plan, step, at, currency, until))
        for step in found.steps
        for at, quarter in enumerate(found.capacity.quarters)
    ]
    return PackSheet(_("Why not then?"), (_("Step"), _("Quarter"), _("Answer of the model")), tuple(rows))


def _answer(found: Sketch, plan: Plan, step: Step, quarter: int, currency: str, until: float) -> str:
    left = until - time.monotonic()
    unasked = _("Not asked: the time for this workbook was over. Ask on the page.")
    if left <= 0:
        return unasked
    try:
        reasons = why_not(found.steps, found.capacity, plan, step.slug, quarter, seconds=min(EACH, left))
    except Cancelled:  # a large roadmap on a busy machine: nothing was found in the time that was left
        return unasked
    return " ".join(reason_said(reason, found, plan, step, quarter, currency) for reason in reasons)


def _about(found: Sketch, row: PlanRow, plan: Plan) -> PackSheet:
    when = date_time(dt.datetime.fromisoformat(row.created_at).astimezone())
    draws = row.firm.get("draws", 0)
    rows = (
        (_("Planned on"), when),
        (_("Its run"), row.run_id or ""),
        (_("How sure"), proven_said(plan)),
        (_("What may be missing at most"), percent(plan.gap, 1)),
        (_("Draws of the values"), draws),
        (_("First quarter"), found.capacity.quarters[0]),
    )
    return PackSheet(_("About this plan"), (_("What"), _("Value")), rows)


def calendar(found: Sketch, row: PlanRow, plan: Plan) -> bytes:
    """The plan for a calendar (iCalendar, RFC 5545): each step, the day it has to show its worth, renewals."""
    stamp = dt.datetime.fromisoformat(row.created_at).astimezone(dt.UTC).strftime(STAMP)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Toile//Roadmap//EN", "CALSCALE:GREGORIAN"]
    for step in sorted(found.steps, key=lambda one: (plan.starts.get(one.slug, 0), one.slug)):
        if step.slug in plan.starts:
            lines += _events(step, plan.starts[step.slug], found, stamp, row.id)
    return ("\r\n".join(_folded(line) for line in [*lines, "END:VCALENDAR"]) + "\r\n").encode()


def _events(step: Step, start: int, found: Sketch, stamp: str, plan: str) -> list[str]:
    first = counted(found.roadmap.team.first)
    begins, ends = first_day(first + start), first_day(first + start + step.quarters)
    basis = translate(BASIS_NAMES[shown_basis(found, step)])
    lines = _event(f"{plan}-{step.slug}", stamp, begins, ends, step.title, "")
    gate = _("{title}: go on or stop", title=step.title)
    shown = _("It must show: {what} ({basis})", what=step.must_show, basis=basis)
    lines += _event(f"{plan}-{step.slug}-gate", stamp, ends, ends + dt.timedelta(days=1), gate, shown)
    for at in renewals(step, start, len(found.capacity.quarters)):
        days, title = (first_day(first + at), first_day(first + at + 1)), _("{title}: renewal", title=step.title)
        lines += _event(f"{plan}-{step.slug}-renewal-{at}", stamp, *days, title, "")
    return lines


def _event(uid: str, stamp: str, begins: dt.date, ends: dt.date, title: str, about: str) -> list[str]:
    said = [f"DESCRIPTION:{_escaped(about)}"] if about else []
    days = [f"DTSTART;VALUE=DATE:{begins:%Y%m%d}", f"DTEND;VALUE=DATE:{ends:%Y%m%d}"]
    head = ["BEGIN:VEVENT", f"UID:{uid}@toile", f"DTSTAMP:{stamp}"]
    return [*head, *days, f"SUMMARY:{_escaped(title)}", *said, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _escaped(text: str) -> str:
    safe = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(safe.splitlines())


def _folded(line: str) -> str:
    """Lines of 75 bytes at most, broken between characters; those that go on begin with a space."""
    found, size = [""], 0
    for sign in line:
        if size + len(sign.encode()) > FOLD:
            found.append(" ")
            size = 1
        found[-1] += sign
        size += len(sign.encode())
    return "\r\n".join(found)
