"""Erasing what a person made or brought, one run, or one table. Each is recorded without personal data.

What becomes of a row that names a person is decided here by table; the list of tables comes from the schema. What the
house decided stays under a pseudonym unless it is asked to go, and so does a verdict, without its words.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlite_utils import Database

from lib.access import DEMO_WORKSPACE, Actor, Right, Role, require, scope, visible
from lib.database.connection import new_id, now, writing
from lib.database.erasing import Erasing, clean, remove_files
from lib.database.schema_paths import of_workspace, person_columns, tables, text_columns
from lib.errors import InputError, NotAllowed, NotFound
from lib.i18n import N_

NOT_YOURS = N_("Only who it belongs to, or an administrator of the workspace, can erase this. Ask one of them.")
LAST_ADMINISTRATOR = N_(
    "They are the only administrator of this workspace. Make somebody else administrator on the page Workspace, then "
    "erase their data."
)
NO_PERSON = N_("There is no such person in this workspace. Choose one from the list.")
ERASED_PERSON = "—"  # in place of a name within a text that stays
SHORTEST_NAME = 3


@dataclass(frozen=True)
class Fate:
    """What becomes of a row that names the erased person.

    'delete' with all that hangs on it; 'keep' under a pseudonym, the columns ``blank`` emptied; 'decision': what the
    house decided, kept under a pseudonym unless decisions are to go as well; 'own': handled by itself in ``_erase``.
    """

    what: str
    blank: tuple[str, ...] = ()


DELETE, KEEP, DECISION, OWN = Fate("delete"), Fate("keep"), Fate("decision"), Fate("own")
FATES: dict[tuple[str, str], Fate] = {
    ("runs", "person_id"): OWN,
    ("data_sets", "person_id"): OWN,
    ("artefacts", "person_id"): OWN,
    ("memberships", "person_id"): OWN,
    ("identities", "person_id"): OWN,  # of no workspace: it goes with the person
    ("tool_calls", "person_id"): DELETE,
    ("tool_calls", "answered_by"): KEEP,
    ("page_states", "person_id"): DELETE,
    ("house_voices", "person_id"): DELETE,
    ("conversations", "person_id"): DELETE,
    ("documents", "person_id"): DELETE,
    ("jobs", "person_id"): DELETE,
    ("comparisons", "person_id"): DELETE,
    ("prompt_versions", "person_id"): DELETE,
    ("reviews", "person_id"): Fate("keep", ("comment", "reason", "edited_output")),
    ("votes", "person_id"): Fate("keep", ("reason",)),
    ("join_codes", "created_by"): KEEP,
    ("cohort_budgets", "person_id"): KEEP,
    ("chain_checks", "person_id"): KEEP,
    ("deletions", "person_id"): KEEP,
    ("retention_rules", "person_id"): KEEP,
    ("house_use_cases", "person_id"): DECISION,
    ("value_domains", "person_id"): DECISION,
    ("roadmaps", "person_id"): DECISION,
    ("roadmap_plans", "person_id"): DECISION,
    ("scoring_sessions", "person_id"): DECISION,
    ("scoring_seats", "person_id"): DECISION,
    ("scores", "person_id"): Fate("decision", ("note",)),
    ("criterion_weights", "person_id"): DECISION,
    ("accepted_evidence", "person_id"): DECISION,
    ("value_lines", "person_id"): DECISION,
    ("exchange_rates", "person_id"): DECISION,
    ("partners", "person_id"): DECISION,
    ("partner_weights", "person_id"): DECISION,
    ("partner_choices", "person_id"): DECISION,
    ("pilots", "person_id"): DECISION,
    ("pilot_decisions", "person_id"): DECISION,
    ("weekly_entries", "person_id"): DECISION,
    ("weekly_entries", "closed_by"): KEEP,
    ("house_terms", "person_id"): DECISION,
    ("risk_reviews", "person_id"): DECISION,
    ("risk_classifications", "person_id"): DECISION,
    ("risk_answers", "person_id"): DECISION,
    ("risk_evidence", "person_id"): DECISION,
    ("risk_evidence", "withdrawn_by"): KEEP,
    ("risk_signatures", "person_id"): KEEP,  # that two people signed stays true, whoever they were
    ("incidents", "person_id"): DECISION,
    ("incident_entries", "person_id"): DECISION,
    ("queue_rules", "person_id"): KEEP,
    ("queue_items", "person_id"): Fate("keep", ("note",)),
    ("queue_claims", "person_id"): DELETE,
    ("queue_verdicts", "person_id"): Fate("keep", ("comment", "edited_output", "findings")),
    ("queue_samples", "person_id"): KEEP,
    ("flaw_rounds", "person_id"): DELETE,
    ("flaw_marks", "person_id"): DELETE,
}


@dataclass(frozen=True)
class Erased:
    """What was erased, by kind of thing. ``clean`` is False while traces are still being cleaned off the disk."""

    counts: dict[str, int] = field(default_factory=dict)
    clean: bool = True


def erase_runs(database: Database, actor: Actor, ids: Iterable[str]) -> Erased:
    """Erase runs: what went in and came out, their files, and what checks and reviewers quoted of them.

    Raises:
        NotAllowed: one of them is another person's, and the actor may not administer the workspace.
        NotFound: one of them isn't in the actor's workspace.
    """
    wanted = list(dict.fromkeys(ids))
    erasing = Erasing(database, actor.workspace)
    with writing(database):
        _require_own(database, actor, "runs", wanted)
        erasing.runs(wanted)
        erasing.record("run", actor)
    return _done(database, erasing)


def erase_data_set(database: Database, actor: Actor, data_set: str) -> Erased:
    """Erase a table that somebody brought. Runs that used it keep an empty place.

    Raises:
        NotAllowed: it is another person's, and the actor may not administer the workspace.
        NotFound: it isn't in the actor's workspace.
    """
    erasing = Erasing(database, actor.workspace)
    with writing(database):
        _require_own(database, actor, "data_sets", [data_set])
        erasing.data_sets([data_set])
        erasing.record("upload", actor)
    return _done(database, erasing)


def _require_own(database: Database, actor: Actor, table: str, ids: list[str]) -> None:
    rows = database.execute(
        f"select person_id from {table} where id in (select value from json_each(:ids)) and {visible()}",
        {"ids": json.dumps(ids), **scope(actor)},
    ).fetchall()
    if len(rows) != len(ids):
        raise NotFound(N_("There is no such thing in this workspace. Go back and choose one from its list."))
    if any(row[0] != actor.person for row in rows) and not actor.may(Right.ADMINISTER):
        raise NotAllowed(NOT_YOURS)


def erase_person(
    database: Database, actor: Actor, person: str, *, everywhere: bool = False, decisions: bool = False
) -> Erased:
    """Erase what a person made or brought in the actor's workspace.

    Args:
        everywhere: in all of their workspaces, with their name and personal link; themselves only.
        decisions: also what they decided for the house; in the demo house, where a row is its owner's, always.

    Raises:
        NotAllowed: it is somebody else's data, and the actor may not administer the workspace.
        NotFound: no such member of the workspace, or the demo house, in which others are not seen.
        InputError: they are its only administrator, and others are in it.
    """
    _require_theirs(actor, person)
    if person != actor.person and everywhere:
        raise NotAllowed(NOT_YOURS)
    known = database.execute(
        "select workspace_id from memberships where person_id = ? order by workspace_id = ?", [person, DEMO_WORKSPACE]
    ).fetchall()
    mine = [row[0] for row in known]
    if actor.workspace not in mine:
        raise NotFound(NO_PERSON)
    places = mine if everywhere else [actor.workspace]
    done = []
    with writing(database):
        for workspace in places:
            _require_an_administrator(database, workspace, person)
        for workspace in places:
            erasing = Erasing(database, workspace)
            pseudonym = _pseudonym(database)
            _erase(erasing, person, pseudonym, decisions or workspace == DEMO_WORKSPACE, everywhere)
            leaves = everywhere or workspace != DEMO_WORKSPACE
            erasing.record("person", actor, pseudonym if leaves and person == actor.person else None)
            done.append(erasing)
        if everywhere:
            database.execute("delete from identities where person_id = ?", [person])
            database.execute(
                "update people set name = '', language = null, token_hash = ?, erased_at = ? where id = ?",
                [secrets.token_hex(32), now(), person],
            )
    total = Erasing(database, actor.workspace)
    for erasing in done:
        total.counts += erasing.counts
        total.files |= erasing.files
    return _done(database, total)


def _require_theirs(actor: Actor, person: str) -> None:
    """Pass silently for one's own data, and for an administrator in a house that isn't the demo."""
    if person != actor.person:
        require(actor, Right.ADMINISTER)
        if actor.workspace == DEMO_WORKSPACE:
            raise NotFound(NO_PERSON)


def _require_an_administrator(database: Database, workspace: str, person: str) -> None:
    rows = database.execute("select person_id, role from memberships where workspace_id = ?", [workspace]).fetchall()
    roles = dict(rows)
    others = {role for other, role in roles.items() if other != person}
    if roles[person] == Role.ADMINISTRATOR.value and others and Role.ADMINISTRATOR.value not in others:
        raise InputError(LAST_ADMINISTRATOR)


def _pseudonym(database: Database) -> str:
    """A person without a name, whom nobody can become: what stays belongs to them."""
    identifier = new_id()
    database.table("people").insert(
        {"id": identifier, "name": "", "token_hash": secrets.token_hex(32), "created_at": now(), "erased_at": now()}
    )
    return identifier


def _erase(erasing: Erasing, person: str, pseudonym: str, decisions: bool, everywhere: bool) -> None:
    database = erasing.database
    given = {"person": person, "pseudonym": pseudonym, "workspace": erasing.workspace}
    name = str(database.execute("select name from people where id = ?", [person]).fetchone()[0])
    for table, column in person_columns(erasing.keys):
        fate = FATES.get((table, column), KEEP)
        place = of_workspace(database, erasing.keys, table)
        where = f"{column} = :person" + (f" and {place}" if place else "")
        if fate.what == "delete" or (fate.what == "decision" and decisions):
            erasing.delete(table, where, given)
    _own(erasing, given)
    for table, column in person_columns(erasing.keys):
        fate = FATES.get((table, column), KEEP)
        place = of_workspace(database, erasing.keys, table)
        if table not in ("memberships", "identities"):
            erasing.hand_over(
                table, column, f"{column} = :person" + (f" and {place}" if place else ""), given, fate.blank
            )
    if everywhere or erasing.workspace != DEMO_WORKSPACE:
        database.execute("delete from memberships where person_id = :person and workspace_id = :workspace", given)
    _forget_name(erasing, name)


def _own(erasing: Erasing, given: dict[str, str]) -> None:
    """Runs, tables that were brought, and other files."""
    mine = "person_id = :person and workspace_id = :workspace"

    def ids(table: str, more: str = "") -> list[str]:
        return [row[0] for row in erasing.database.execute(f"select id from {table} where {mine}{more}", given)]

    # In the demo house a review is its holder's alone; the pseudonym holds it from now on.
    erasing.database.execute(
        "update risk_reviews set holder = :pseudonym where holder = :person and workspace_id = :workspace", given
    )
    erasing.runs(ids("runs", " and erased_at is null"), given["pseudonym"])
    erasing.data_sets(ids("data_sets", " and erased_at is null"))
    erasing.artefacts(ids("artefacts", " and erased_at is null"))


def _forget_name(erasing: Erasing, name: str) -> None:
    """Take the person's name out of what the house decided: owners and texts in which it stands as a word."""
    if len(name) < SHORTEST_NAME:
        return
    database = erasing.database
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    decided = {table for (table, _column), fate in FATES.items() if fate.what == "decision"}
    children = {key.table for key in erasing.keys if key.parent in decided}
    for table in sorted((decided | children) & set(tables(database))):
        place = of_workspace(database, erasing.keys, table)
        if place is None:
            continue
        for column in text_columns(database, table):
            rows = database.execute(
                f"select distinct {column} from {table} where instr({column}, :name) and {place}",
                {"name": name, "workspace": erasing.workspace},
            ).fetchall()
            for (text,) in rows:
                erasing.changing(table, f"{column} = :old and {place}", {"old": text, "workspace": erasing.workspace})
                database.execute(
                    f"update {table} set {column} = :new where {column} = :old and {place}",
                    {"new": word.sub(ERASED_PERSON, text), "old": text, "workspace": erasing.workspace},
                )


def _done(database: Database, erasing: Erasing) -> Erased:
    remove_files(database, erasing.files)
    return Erased({name: n for name, n in erasing.counts.items() if n}, clean(database))


def what_would_go(database: Database, actor: Actor, person: str) -> dict[str, int]:
    """How much there is of a person in the actor's workspace, by kind of thing, before it is erased.

    Keys: runs, uploads, files, documents, conversations, prompts (of these: in use, ``prompts_in_use``), verdicts,
    built_on (runs of others that refine theirs, which stay).

    Raises:
        NotAllowed: it is somebody else's data, and the actor may not administer the workspace.
        NotFound: somebody else's in the demo house, in which others are not seen.
    """
    _require_theirs(actor, person)
    mine = "person_id = :person and workspace_id = :workspace"
    asked = {
        "runs": f"runs where {mine} and erased_at is null",
        "uploads": f"data_sets where {mine} and erased_at is null",
        "files": f"artefacts where {mine} and erased_at is null",
        "documents": f"documents where {mine}",
        "conversations": f"conversations where {mine}",
        "prompts": f"prompt_versions where {mine}",
        "prompts_in_use": f"prompt_versions where {mine} and active = 1",
        "verdicts": f"reviews where {mine}",
        "built_on": "runs r join runs p on p.id = r.parent_id where p.person_id = :person"
        " and p.workspace_id = :workspace and r.person_id <> :person",
    }
    given = {"person": person, "workspace": actor.workspace}
    return {
        name: int(database.execute(f"select count(*) from {where}", given).fetchone()[0])
        for name, where in asked.items()
    }


def deletions(database: Database, actor: Actor, limit: int = 20) -> list[dict[str, object]]:
    """What was erased in the actor's workspace, newest first: at, scope, counts, person (a name), cleaned_at."""
    require(actor, Right.READ)
    rows = database.query(
        "select d.at, d.scope, d.counts, d.cleaned_at, p.name as person, d.person_id, p.erased_at from deletions d"
        " left join people p on p.id = d.person_id where d.workspace_id = :workspace"
        " and (d.workspace_id <> 'demo' or d.person_id = :person) order by d.rowid desc limit :limit",
        {**scope(actor), "limit": limit},
    )
    return [{**row, "counts": _counts(row["counts"])} for row in rows]


def _counts(written: str) -> dict[str, int]:
    try:
        return {str(name): int(n) for name, n in json.loads(written).items()}
    except (ValueError, AttributeError, TypeError):  # somebody wrote something else into it, past the app
        return {}
