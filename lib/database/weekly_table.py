"""The weekly table of design and engineering: requests, offers, decisions and aims, with who answers for each."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlite_utils import Database

from lib.access import Actor, Right, require, scope, visible
from lib.database.connection import new_id, now, writing
from lib.errors import InputError, NotFound
from lib.i18n import N_

MAX_TITLE = 120
MAX_TEXT = 1_000
MAX_WORDS = 80

Kind = Literal["request", "offer", "decision", "aim"]
Urgency = Literal["now", "season", "later"]
NEEDS_BOTH = ("decision", "aim")  # nobody at the table may doubt who answers


@dataclass(frozen=True)
class Entry:
    """What somebody brings to the table, as typed. ``due_on`` is an ISO date: a request's or decision's day, an aim's
    end of quarter; empty where none is set. ``artefact`` is a sketch."""

    kind: Kind
    title: str
    detail: str = ""
    urgency: Urgency = "season"
    business_owner: str = ""
    technical_owner: str = ""
    due_on: str = ""
    artefact: str | None = None


@dataclass(frozen=True)
class Kept:
    """An entry on the table: who brought it (a name) and when; when it was closed, '' while it is open, what came of it
    and who said so."""

    id: str
    entry: Entry
    person: str
    created_at: str
    closed_at: str
    outcome: str = ""
    closed_by: str = ""  # a name

    def waited(self, today: dt.date) -> int:
        """Days on the table, until today or until it was closed."""
        end = dt.date.fromisoformat(self.closed_at[:10]) if self.closed_at else today
        return max(0, (end - dt.date.fromisoformat(self.created_at[:10])).days)

    def overdue(self, today: dt.date) -> bool:
        """Open after its day."""
        return not self.closed_at and bool(self.entry.due_on) and self.entry.due_on < today.isoformat()


def add(database: Database, actor: Actor, entry: Entry) -> str:
    """Put an entry on the table; its id.

    Raises:
        InputError: it has no title or one too long, lacks who answers for it, or its day is none.
    """
    require(actor, Right.STEER)
    made = checked(entry)
    identifier = new_id()
    fields = asdict(made)
    with writing(database):
        if made.artefact is not None:
            _own_artefact(database, actor, made.artefact)
        database.table("weekly_entries").insert(
            {
                "id": identifier,
                "workspace_id": actor.workspace,
                "person_id": actor.person,
                **{name: value for name, value in fields.items() if name != "artefact"},
                "artefact_id": made.artefact,
                "created_at": now(),
            }
        )
    return identifier


def close(database: Database, actor: Actor, identifier: str, outcome: str = "") -> None:
    """Take an entry off the table with what came of it; it stays in the minutes.

    Raises:
        NotFound: no such open entry in the actor's workspace.
        InputError: the outcome is too long.
    """
    require(actor, Right.STEER)
    said = outcome.strip()
    if len(said) > MAX_TEXT:
        raise InputError(
            N_("What came of it has at most {most} characters; this has {length}. Shorten it."),
            most=MAX_TEXT,
            length=len(said),
        )
    with writing(database):
        changed = database.execute(
            "update weekly_entries set closed_at = :now, outcome = :outcome, closed_by = :person"
            f" where id = :id and closed_at is null and {visible()}",
            {"now": now(), "outcome": said, "id": identifier, **scope(actor)},
        ).rowcount
    if not changed:
        raise NotFound(N_("This isn’t on the table any more. Reload the page to see what is."))


def reopen(database: Database, actor: Actor, identifier: str) -> None:
    """Put a settled entry back on the table, as it was; what had come of it is gone.

    Raises:
        NotFound: no such settled entry in the actor's workspace.
    """
    require(actor, Right.STEER)
    with writing(database):
        changed = database.execute(
            "update weekly_entries set closed_at = null, outcome = '', closed_by = null"
            f" where id = :id and closed_at is not null and {visible()}",
            {"id": identifier, **scope(actor)},
        ).rowcount
    if not changed:
        raise NotFound(N_("This is on the table again already. Reload the page to see what is."))


def listing(database: Database, actor: Actor) -> list[Kept]:
    """Everything that was on the workspace's table, oldest first, closed entries too."""
    require(actor, Right.READ)
    rows = database.query(
        "select e.*, p.name as person, c.name as closer from weekly_entries e join people p on p.id = e.person_id"
        " left join people c on c.id = e.closed_by"
        f" where {visible('e')} order by e.rowid",
        scope(actor),
    )
    return [_kept(row) for row in rows]


def _kept(row: dict[str, Any]) -> Kept:
    fields = {name: row[name] for name in Entry.__dataclass_fields__ if name != "artefact"}
    entry = Entry(**fields, artefact=row["artefact_id"])
    closed = (row["closed_at"] or "", row["outcome"], row["closer"] or "")
    return Kept(row["id"], entry, row["person"], row["created_at"], *closed)


def checked(entry: Entry) -> Entry:
    """The entry with its texts tidied.

    Raises:
        InputError: see ``add``.
    """
    fields = {name: " ".join(getattr(entry, name).split()) for name in ("title", "business_owner", "technical_owner")}
    made = Entry(**{**asdict(entry), **fields, "detail": entry.detail.strip()})
    if not made.title:
        raise InputError(N_("Say in a few words what it is about."))
    if len(made.title) > MAX_TITLE:
        raise InputError(
            N_("A title has at most {most} characters; this one has {length}. Shorten it."),
            most=MAX_TITLE,
            length=len(made.title),
        )
    if len(made.detail) > MAX_TEXT:
        raise InputError(N_("The description has at most {most} characters. Shorten it."), most=MAX_TEXT)
    if max(len(made.business_owner), len(made.technical_owner)) > MAX_WORDS:
        raise InputError(N_("A name of who answers has at most {most} characters. Shorten it."), most=MAX_WORDS)
    if made.kind == "request" and not made.detail:
        raise InputError(N_("Give an example of what the tool should do: engineering then knows what is meant."))
    if made.kind in NEEDS_BOTH and not (made.business_owner and made.technical_owner and made.due_on):
        raise InputError(N_("Name who answers on the business side and on the technical side, and by which day."))
    return made


def _own_artefact(database: Database, actor: Actor, artefact: str) -> None:
    found = database.execute(
        f"select 1 from artefacts where id = :id and {visible()}", {"id": artefact, **scope(actor)}
    ).fetchone()
    if found is None:
        raise NotFound(N_("There is no such sketch in this workspace. Upload it again."))
