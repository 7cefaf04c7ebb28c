"""How jobs are said: their state, what they do, how long they still take, what they cost."""

from __future__ import annotations

import datetime as dt

from lib.catalogue import use_case
from lib.database.jobs import Job
from lib.engines import registry
from lib.errors import EngineNotConfigured, NotFound
from lib.i18n import N_, _, amount, current_language, date_time, language_name, list_of, ngettext, number, translate
from lib.shell import session
from lib.workbench.jobs import Standing, TimeToGo

STATUS_NAMES = {
    "preparing": N_("Being prepared"),
    "waiting": N_("Waiting to begin"),
    "running": N_("Under way"),
    "paused": N_("Paused"),
    "done": N_("Finished"),
    "cancelled": N_("Cancelled"),
    "failed": N_("Ended with an error"),
}
ACTIVE = ("waiting", "running")
MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0


def title_of(job: Job) -> str:
    """A job's title in the reader's language. Heavy work leaves its use case's name to whoever shows it."""
    values = {"use_case": _case_title(job), **job.title_values}
    if codes := job.title_values.get("codes"):
        names = [language_name(str(code)) for code in codes]
        # French writes the names of languages small within a sentence, English doesn't.
        values["languages"] = list_of([name.lower() if current_language() == "fr" else name for name in names])
    return translate(job.title, None, **values)


def status_of(job: Job, rows: Standing) -> str:
    """A job's state in words; a finished one says at once whether rows failed."""
    if job.status == "done" and rows.failed:
        return ngettext("Finished, {n} row failed", "Finished, {n} rows failed", rows.failed)
    return translate(STATUS_NAMES.get(job.status, job.status))


def about(job: Job) -> str:
    """Whose it is, what writes it, when it was started."""
    mine = job.person == session.person()
    who = _("by you") if mine else job.person_name or _("Someone without a name")
    when = date_time(dt.datetime.fromisoformat(job.created_at).astimezone())
    parts = [_case_title(job), _engine_title(job.engine) if job.engine else "", who, when]
    return " · ".join(part for part in parts if part)


def _case_title(job: Job) -> str:
    try:
        return translate(use_case(job.use_case).title)
    except NotFound:
        return ""


def _engine_title(name: str) -> str:
    """The engine's name as it is shown; of one that was taken out, the name that it had in the settings."""
    try:
        return translate(registry.info(name).title)
    except EngineNotConfigured:
        return name


def span(low: float, high: float) -> str:
    """A span of seconds in one unit, rounded as far as its width allows: '4 to 6 minutes', 'about 2 hours'."""
    if high < 10:
        return _("a few seconds")
    if high < 1.5 * MINUTE:
        return _between(_tens(low), _tens(high), "second")
    if high < 1.5 * HOUR:
        return _between(low / MINUTE, high / MINUTE, "minute")
    if high < 2 * DAY:
        return _between(low / HOUR, high / HOUR, "hour")
    return _between(low / DAY, high / DAY, "day")


def _tens(seconds: float) -> float:
    return max(round(seconds / 10), 1) * 10.0


def _between(low: float, high: float, unit: str) -> str:
    halves = unit in ("hour", "day") and high < 10
    first, last = _rounded(low, halves), _rounded(high, halves)
    if first == last:
        return _about(last, unit)
    if first < (0.5 if halves else 1):
        return _at_most(last, unit)
    low_said = number(first)
    texts = {
        "second": ngettext("{low} to {n} second", "{low} to {n} seconds", last, low=low_said),
        "minute": ngettext("{low} to {n} minute", "{low} to {n} minutes", last, low=low_said),
        "hour": ngettext("{low} to {n} hour", "{low} to {n} hours", last, low=low_said),
        "day": ngettext("{low} to {n} day", "{low} to {n} days", last, low=low_said),
    }
    return texts[unit]


def _rounded(value: float, halves: bool) -> float:
    return round(value * 2) / 2 if halves else float(round(value))


def _about(value: float, unit: str) -> str:
    if unit == "second":
        return ngettext("about {n} second", "about {n} seconds", value)
    if unit == "minute":
        return ngettext("about {n} minute", "about {n} minutes", value)
    if unit == "hour":
        return ngettext("about {n} hour", "about {n} hours", value)
    return ngettext("about {n} day", "about {n} days", value)


def _at_most(value: float, unit: str) -> str:
    if unit == "minute":
        return ngettext("at most {n} minute", "at most {n} minutes", value)
    if unit == "hour":
        return ngettext("at most {n} hour", "at most {n} hours", value)
    if unit == "day":
        return ngettext("at most {n} day", "at most {n} days", value)
    return ngettext("at most {n} second", "at most {n} seconds", value)


def to_go_said(left: TimeToGo | None) -> str:
    """The time to go, or that nothing can be said of it yet."""
    return _("Not known yet") if left is None else span(left.low, left.high)


def cost_said(job: Job) -> str:
    """What was spent so far, of how much."""
    currency = job.currency or "EUR"
    if job.budget is None and job.cost == 0 and not job.row_estimate:
        return _("Free") if job.engine == registry.BUILT_IN else _("Nothing so far")
    if job.budget is None:
        return amount(job.cost, currency)
    return _("{cost} of {budget}", cost=amount(job.cost, currency), budget=amount(job.budget, currency))


def repeated_said(job: Job) -> str:
    """What was spent on rows that were done again; '' where none were."""
    if not job.repeated:
        return ""
    return _(
        "{amount} of it set aside for rows that were interrupted: what they cost is not known, at most this",
        amount=amount(job.repeated, job.currency or "EUR"),
    )
