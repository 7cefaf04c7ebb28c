"""Incidents and near-misses: what happened, how bad, why, and what was changed since. Every state of an entry stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database import chain
from lib.database.connection import new_id, now, writing
from lib.database.risk_answers import require_subject
from lib.database.runs import get_run
from lib.errors import InputError, NotFound, Overtaken
from lib.i18n import N_

KINDS: Final = ("incident", "near_miss")
SEVERITIES: Final = ("minor", "serious", "severe")
MAX_TEXT: Final = 4_000


@dataclass(frozen=True)
class Entry:
    """What is known of an incident. Dates are ISO dates; ``run`` is a run's id or empty, ``closed_on`` while open."""

    kind: str
    severity: str
    happened_on: str
    what: str
    run: str = ""
    harm: str = ""
    cause: str = ""
    changed: str = ""
    owner: str = ""
    closed_on: str = ""


@dataclass(frozen=True)
class Incident:
    """An incident as it stands; ``person`` is the name of who wrote the newest state, ``version`` counts from 1."""

    id: str
    use_case: str
    entry: Entry
    version: int
    person: str
    created_at: str
    changed_at: str

    @property
    def open_severe(self) -> bool:
        """Whether it re-opens the use case's review."""
        return self.entry.severity == "severe" and not self.entry.closed_on and self.entry.kind == "incident"


def log(database: Database, actor: Actor, use_case: str, entry: Entry) -> str:
    """Write an incident down; its id.

    Raises:
        InputError: nothing said, a day that isn't past, or closed without saying what was changed.
        NotFound: no such use case or run in the actor's workspace; a deleted run is none.
    """
    require(actor, Right.GOVERN)
    tidy = _checked(entry)
    identifier = new_id()
    with writing(database):
        require_subject(database, actor, use_case)
        if tidy.run:
            get_run(database, actor, tidy.run)
        database.table("incidents").insert({**_whose(actor, identifier), "use_case": use_case})
        _insert(database, actor, identifier, 1, tidy)
    return identifier


def change(database: Database, actor: Actor, incident: str, entry: Entry, *, version: int) -> None:
    """Put a new state beside the earlier ones; ``version`` is that of the state that the person saw.

    Raises:
        InputError: see ``log``.
        NotFound: no such incident in the actor's workspace.
        Overtaken: somebody changed it meanwhile.
    """
    require(actor, Right.GOVERN)
    tidy = _checked(entry)
    with writing(database):
        before = get(database, actor, incident)
        if before.version != version:
            raise Overtaken(
                N_("{person} changed this entry meanwhile. Read it anew, then save again; what you typed still stands"
                   " here."),
                person=before.person,
            )  # fmt: skip
        if tidy.run and tidy.run != before.entry.run:
            get_run(database, actor, tidy.run)
        _insert(database, actor, incident, version + 1, tidy)


def get(database: Database, actor: Actor, incident: str) -> Incident:
    """One incident.

    Raises:
        NotFound: none in the actor's workspace.
    """
    require(actor, Right.READ)
    found = _read(database, actor, "i.id = :id", {"id": incident})
    if not found:
        raise NotFound(N_("There is no such entry in this workspace’s log. Choose one from the list."))
    return found[0]


def listing(
    database: Database, actor: Actor, use_case: str | None = None, still_open: bool | None = None,
    severity: str | None = None,
) -> list[Incident]:  # fmt: skip
    """The workspace's incidents, the last to happen first; by use case, by whether they are open, by severity."""
    require(actor, Right.READ)
    conditions = ["(:use_case is null or i.use_case = :use_case)", "(:severity is null or e.severity = :severity)"]
    if still_open is not None:
        conditions.append("e.closed_on = ''" if still_open else "e.closed_on <> ''")
    return _read(database, actor, " and ".join(conditions), {"use_case": use_case, "severity": severity})


def states(database: Database, actor: Actor, incident: str) -> list[tuple[Entry, str, str]]:
    """All states of an incident, newest first: entry, who wrote it, when."""
    get(database, actor, incident)
    rows = database.query(
        "select e.*, p.name as person from incident_entries e join people p on p.id = e.person_id"
        " where e.incident_id = ? order by e.version desc",
        [incident],
    )
    return [(_entry(row), row["person"], row["created_at"]) for row in rows]


def open_severe(database: Database, actor: Actor, use_case: str) -> int:
    """How many severe incidents of a use case are open."""
    return sum(one.open_severe for one in listing(database, actor, use_case, still_open=True, severity="severe"))


def severe_since(database: Database, actor: Actor, use_case: str, since: str) -> bool:
    """Whether a severe incident of a use case was logged or opened again after ``since`` (ISO), closed since or not.

    One that was set right to a near-miss or to something less grave doesn't count.
    """
    for one in listing(database, actor, use_case, severity="severe"):
        if one.entry.kind != "incident":
            continue
        *later, first = states(database, actor, one.id)
        written = [first[2], *(at for entry, _who, at in later if not entry.closed_on)]
        if max(written) > since:
            return True
    return False


def _read(database: Database, actor: Actor, condition: str, values: dict[str, Any]) -> list[Incident]:
    rows = database.query(
        "select e.*, i.use_case, i.created_at as logged_at, p.name as person from incidents i join incident_entries e"
        " on e.incident_id = i.id and e.version = (select max(o.version) from incident_entries o"
        " where o.incident_id = i.id) join people p on p.id = e.person_id"
        f" where {condition} and {visible('i')} order by e.happened_on desc, i.rowid desc",
        {**values, **scope(actor)},
    )
    return [
        Incident(
            row["incident_id"], row["use_case"], _entry(row), row["version"], row["person"], row["logged_at"],
            row["created_at"],
        )
        for row in rows
    ]  # fmt: skip


def _entry(row: dict[str, Any]) -> Entry:
    names = [name for name in Entry.__dataclass_fields__ if name != "run"]
    return Entry(run=row["run_id"], **{name: row[name] for name in names})


def _insert(database: Database, actor: Actor, incident: str, version: int, entry: Entry) -> None:
    values = asdict(entry)
    values["run_id"] = values.pop("run")
    whose = _whose(actor, new_id())
    database.table("incident_entries").insert({**whose, "incident_id": incident, "version": version, **values})
    chain.append(database, "incident_entries", whose["id"])


def _whose(actor: Actor, identifier: str) -> dict[str, str]:
    return {"id": identifier, "workspace_id": actor.workspace, "person_id": actor.person, "created_at": now()}


def _checked(entry: Entry) -> Entry:
    texts = {name: getattr(entry, name).strip() for name in ("what", "harm", "cause", "changed", "owner", "run")}
    tidy = replace(entry, **texts)
    if tidy.kind not in KINDS or tidy.severity not in SEVERITIES:
        raise InputError(N_("Choose what it was, and how severe."))
    if not tidy.what:
        raise InputError(N_("Say what happened: a sentence is enough to begin with."))
    if any(len(said) > MAX_TEXT for said in texts.values()):
        raise InputError(N_("Each text has at most {most} characters. Shorten the longest one."), most=MAX_TEXT)
    today = dt.date.today()
    for day in (tidy.happened_on, *([tidy.closed_on] if tidy.closed_on else [])):
        try:
            late = dt.date.fromisoformat(day) > today
        except ValueError as error:
            raise InputError(N_("A day is missing or can’t be read. Choose it in the calendar.")) from error
        if late:
            raise InputError(N_("This day has not come yet. Choose today or an earlier one."))
    if tidy.closed_on and tidy.closed_on < tidy.happened_on:
        raise InputError(N_("It can’t be closed before it happened. Choose a later day."))
    if tidy.closed_on and not tidy.changed:
        raise InputError(N_("Say what was changed since before you close it: that is what the log is for."))
    return tidy
